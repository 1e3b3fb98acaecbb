#include "ui/pages/node_card.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/views/thumbnail.h"

namespace ui {
namespace {

constexpr base::Duration kSpan = std::chrono::seconds(60);
constexpr base::Duration kChooseEvery = std::chrono::seconds(2);
constexpr std::size_t kColumns = 110;
constexpr int kPictureEdge = 224;

/// One colour per kind of signal, as in the live strip's first rows.
int colourOf(sensors::SourceKind kind) {
  switch (kind) {
    case sensors::SourceKind::Audio:
      return 1;
    case sensors::SourceKind::Motion:
      return 3;
    case sensors::SourceKind::Slow:
    case sensors::SourceKind::Features:
      return 4;
    case sensors::SourceKind::Picture:
      return 6;
  }
  return 1;
}

/// Makes a line of single readings: a value holds for up to `hold` columns, and neighbours meet.
void joinUp(std::vector<sensors::EnvelopeColumn>& columns, std::size_t hold) {
  sensors::EnvelopeColumn last;
  std::size_t held = 0;
  for (sensors::EnvelopeColumn& c : columns) {
    if (c.isEmpty()) {
      if (!last.isEmpty() && held < hold) {
        c = last;
        ++held;
      }
      continue;
    }
    const sensors::EnvelopeColumn own = c;
    if (!last.isEmpty()) {
      c.min = std::min(c.min, last.max);
      c.max = std::max(c.max, last.min);
    }
    last = own;
    held = 0;
  }
}

}  // namespace

NodeCard::NodeCard(const Theme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
  setCheckable(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);  // a button alone would be flat
  setCursor(Qt::PointingHandCursor);
  setAttribute(Qt::WA_Hover);
  setToolTip(tr("Shows the settings of this node"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NodeCard::show(const app::Snapshot& snapshot, const hubs::NodeView& node, base::Time now) {
  if (node_ != node.device.id) {
    node_ = node.device.id;
    shown_.reset();
    chosenAt_ = {};
    columns_.clear();
    encoded_.reset();
    picture_ = {};
  }
  online_ = node.device.online;
  words_ = nodeCardWords(snapshot, node, now);
  if (node.thumbnail != encoded_) {
    encoded_ = node.thumbnail;
    picture_ = encoded_ ? decodedThumbnail(*encoded_, kPictureEdge) : QImage();
  }
  setAccessibleName(tr("%1, %2").arg(words_.name, words_.online));
  setAccessibleDescription(
      tr("%1, %2, last heard %3, %4").arg(words_.room, words_.streams, words_.heard, words_.lost));
  update();
}

void NodeCard::choose(const Feed& feed, const app::Snapshot& snapshot, base::Time now) {
  double most = -1;
  std::optional<Shown> best;
  for (const app::SourceView* source : sourcesOf(snapshot, node_)) {
    const auto& channels = source->info.channels;
    for (std::size_t c = 0; c < channels.size() && c < 8; ++c) {
      const auto columns = feed.columns(source->info.id, c, {now - kSpan, now}, 40);
      const double range = thumbnailRange(columns);
      const double declared = channels[c].max - channels[c].min;
      // A louder kind wins a tie, so that the card does not change its mind in a quiet house.
      const double kind = source->info.kind == sensors::SourceKind::Audio    ? 0.02
                          : source->info.kind == sensors::SourceKind::Motion ? 0.01
                                                                             : 0;
      const double lively = (declared > 0 ? range / declared : range > 0 ? 0.5 : 0) + kind;
      const bool kept = shown_ && shown_->source == source->info.id && shown_->channel == c;
      if (lively * (kept ? 1.5 : 1) > most) {
        most = lively * (kept ? 1.5 : 1);
        best = Shown{source->info.id, c, source->info.kind, source->info.rate, declared};
      }
    }
  }
  shown_ = std::move(best);
}

void NodeCard::pull(const Feed& feed, const app::Snapshot& snapshot, base::Time now) {
  if (now - chosenAt_ > kChooseEvery) {
    chosenAt_ = now;
    choose(feed, snapshot, now);
  }
  if (!shown_) {
    return;
  }
  columns_ = feed.columns(shown_->source, shown_->channel, {now - kSpan, now}, kColumns);
  const double perColumn = base::toSeconds(kSpan) / kColumns;
  if (shown_->kind != sensors::SourceKind::Audio) {
    // What comes on change is held by the envelope itself; a hole there is missing data.
    joinUp(columns_, shown_->rate > 0
                         ? static_cast<std::size_t>(std::ceil(3 / shown_->rate / perColumn))
                         : 0);
  }
  update();
}

void NodeCard::paintWell(QPainter& painter, const QRectF& well) const {
  const Tokens& t = theme_.tokens();
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(well, size::kSmallRadius, size::kSmallRadius);
  if (!picture_.isNull()) {
    QSizeF fit = picture_.size();
    fit.scale(well.size(), Qt::KeepAspectRatio);
    QRectF box(QPointF(), fit);
    box.moveCenter(well.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(box, picture_);
    return;
  }
  if (shown_) {
    paintThumbnail(painter, well.adjusted(3, 4, -3, -4), columns_,
                   theme_.labelColour(colourOf(shown_->kind)), 0.04 * shown_->declared);
    return;
  }
  painter.setPen(t.text2);
  painter.setFont(theme_.font(Theme::Text::Axis));
  painter.drawText(well, Qt::AlignCenter, encoded_ ? tr("no picture") : tr("sends no signal"));
}

void NodeCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  painter.setPen(QPen(isChecked()    ? t.accent
                      : underMouse() ? t.text2
                                     : t.border,
                      isChecked() ? 1.5 : 1));
  painter.setBrush(t.surface);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), size::kRadius,
                          size::kRadius);
  const double left = 12;
  const double right = width() - 12;
  const auto line = [&](double y, const QString& at, const QString& end, const QColor& endInk) {
    const QFontMetricsF metrics(painter.font());
    const double tail = figuresWidth(metrics, end);
    painter.setPen(endInk);
    drawFigures(painter, QRectF(left, y, right - left, 18), end, Qt::AlignRight);
    painter.setPen(t.text2);
    const double room = right - left - tail - 8;
    drawFigures(painter, QRectF(left, y, room, 18), metrics.elidedText(at, Qt::ElideRight, room),
                Qt::AlignLeft);
  };

  paintLabelShape(painter, QRectF(left, 18.5, 8, 8), online_ ? 1 : 0, online_ ? t.ok : t.warn);
  painter.setFont(theme_.font(Theme::Text::Secondary));
  const QFontMetricsF small(painter.font());
  const double roomMost = (right - left) * 0.4;
  const QString room = small.elidedText(words_.room, Qt::ElideRight, roomMost);
  const double roomWidth = small.horizontalAdvance(room);
  painter.setPen(t.text2);
  painter.drawText(QRectF(right - roomWidth - 1, 12, roomWidth + 2, 21), Qt::AlignVCenter, room);
  painter.setFont(theme_.font(Theme::Text::CardTitle, 650));
  painter.setPen(t.text);
  const double nameWidth = right - left - 16 - roomWidth - (room.isEmpty() ? 0 : 8);
  painter.drawText(
      QRectF(left + 16, 12, nameWidth + 1, 21), Qt::AlignVCenter,
      QFontMetricsF(painter.font()).elidedText(words_.name, Qt::ElideRight, nameWidth));
  paintWell(painter, QRectF(left, 40, right - left, 50));
  painter.setFont(theme_.font(Theme::Text::Secondary));
  line(97, words_.streams, words_.heard, t.text2);
  line(118, words_.online, words_.lost, words_.losing ? t.rec : t.text2);
}

void NodeCard::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
      Q_EMIT moved(-1);
      return;
    case Qt::Key_Right:
    case Qt::Key_Down:
      Q_EMIT moved(1);
      return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      click();
      return;
    default:
      QAbstractButton::keyPressEvent(event);
  }
}

}  // namespace ui
