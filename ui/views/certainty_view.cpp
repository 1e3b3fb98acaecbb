#include "ui/views/certainty_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <numeric>
#include <utility>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kKeepAfterMs = 900;  ///< after the last key of a series
constexpr double kFigures = 52;    ///< width of the percentage at the right
constexpr double kGrip = 8;        ///< how near the pointer must be to a notch

}  // namespace

CertaintyView::CertaintyView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAccessibleName(tr("How likely each label is, and from where on I say it"));
  setToolTip(
      tr("How likely each label is. Right of its notch I say it, left of it I am not sure. Drag "
         "the notch, or L, then ← and →; Backspace makes it as tested."));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
  pause_.setSingleShot(true);
  pause_.setInterval(kKeepAfterMs);
  connect(&pause_, &QTimer::timeout, this, &CertaintyView::keepLimit);
}

void CertaintyView::show(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer) {
  std::vector<Bar> bars;
  for (const app::LabelCard& card : snapshot.cards) {
    Bar bar{.label = card.label.id,
            .name = QString::fromStdString(card.label.name),
            .colour = card.label.background ? 0 : card.label.colour};
    for (std::size_t i = 0; answer && i < answer->labels.size(); ++i) {
      if (answer->labels[i].id != card.label.id) {
        continue;
      }
      if (i < answer->prediction.probabilities.size()) {
        bar.share = answer->prediction.probabilities[i];
      }
      if (i < answer->limits.size()) {
        bar.limit = answer->limits[i];
      }
    }
    if (const auto own = snapshot.task.limits.find(card.label.id);
        own != snapshot.task.limits.end()) {
      bar.own = true;
      bar.limit = own->second;
    }
    bars.push_back(std::move(bar));
  }
  // The cards begin with the background; under the labels it reads better.
  std::stable_partition(bars.begin(), bars.end(), [](const Bar& bar) { return bar.colour != 0; });
  std::vector<LimitRow> rows;
  for (const Bar& bar : bars) {
    rows.push_back({.label = bar.label, .limit = bar.limit, .own = bar.own});
  }
  edit_.setRows(std::move(rows));
  if (answer && answer->prediction.state == learners::PredictionState::Novel) {
    bars.push_back({.name = tr("not known"), .novel = true, .share = answer->prediction.novelty});
  }
  dimmed_ =
      !answer || answer->stale || answer->prediction.state == learners::PredictionState::NoData;
  bars_ = std::move(bars);
  describe();
  update();
}

void CertaintyView::describe() {
  QStringList spoken;
  for (const Bar& bar : bars_) {
    if (hasFocus() && bar.label == edit_.chosen() && bar.label != 0) {
      spoken.prepend(tr("limit of %1: %2").arg(bar.name, words::percent(notchOf(bar))));
    }
    spoken << QStringLiteral("%1 %2").arg(bar.name, words::percent(bar.share));
  }
  setAccessibleDescription(spoken.join(QStringLiteral(", ")));
}

double CertaintyView::notchOf(const Bar& bar) const {
  return std::clamp(edit_.shown({.label = bar.label, .limit = bar.limit, .own = bar.own}), 0.0,
                    1.0);
}

QSize CertaintyView::sizeHint() const {
  return {420, static_cast<int>(std::max<std::size_t>(bars_.size(), 1)) * kRow};
}

QSize CertaintyView::minimumSizeHint() const {
  return {220, static_cast<int>(std::clamp<std::size_t>(bars_.size(), 1, 3)) * kLeastRow};
}

std::vector<CertaintyView::Bar> CertaintyView::shownBars() const {
  const auto fit = static_cast<std::size_t>(std::max(1, height() / kLeastRow));
  if (bars_.size() <= fit) {
    return bars_;
  }
  std::vector<std::size_t> order(bars_.size());
  std::iota(order.begin(), order.end(), 0U);
  const bool editing = hasFocus() || dragging_;  // then the bar in hand stays
  const auto rank = [this, editing](std::size_t i) {
    return editing && bars_[i].label == edit_.chosen() ? 2.0F : bars_[i].share;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
  order.resize(fit);
  std::sort(order.begin(), order.end());
  std::vector<Bar> shown;
  for (const std::size_t i : order) {
    shown.push_back(bars_[i]);
  }
  return shown;
}

std::vector<CertaintyView::Place> CertaintyView::places(const std::vector<Bar>& bars) const {
  const QFontMetrics metrics(theme_.font(Theme::Text::Body));
  int nameWidth = 60;
  for (const Bar& bar : bars) {
    nameWidth = std::max(nameWidth, metrics.horizontalAdvance(bar.name));
  }
  nameWidth = std::min(nameWidth, std::min(150, width() / 3));
  const double high =
      std::min<double>(kRow, static_cast<double>(height()) /
                                 static_cast<double>(std::max<std::size_t>(bars.size(), 1)));
  std::vector<Place> all;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const QRectF row(0, static_cast<double>(i) * high, width(), high);
    const QRectF name(row.left() + 18, row.top(), nameWidth + 2, row.height());
    all.push_back({.row = row,
                   .name = name,
                   .track = {name.right() + 14, row.center().y() - 7,
                             row.right() - kFigures - name.right() - 14, 14}});
  }
  return all;
}

void CertaintyView::paintEvent(QPaintEvent*) {
  const std::vector<Bar> bars = shownBars();
  const std::vector<Place> all = places(bars);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(theme_.font(Theme::Text::Body));
  for (std::size_t i = 0; i < bars.size(); ++i) {
    paintBar(painter, all[i], bars[i]);
  }
}

void CertaintyView::paintBar(QPainter& painter, const Place& place, const Bar& bar) const {
  const Tokens& t = theme_.tokens();
  const QColor ink = dimmed_ ? t.text2 : t.text;
  const QColor colour = dimmed_     ? t.background
                        : bar.novel ? t.text2
                                    : theme_.labelColour(bar.colour);
  const QRectF& track = place.track;
  const QRectF mark(place.row.left() + 1, place.row.center().y() - 5, 10, 10);
  if (bar.novel) {
    painter.setPen(QPen(t.text2, 1));
    painter.setBrush(QBrush(t.text2, Qt::BDiagPattern));
    painter.drawRoundedRect(mark, 2, 2);
  } else {
    paintLabelShape(painter, mark, bar.colour, colour);
  }
  painter.setPen(ink);
  painter.drawText(
      place.name, Qt::AlignVCenter | Qt::TextSingleLine,
      QFontMetricsF(painter.font()).elidedText(bar.name, Qt::ElideRight, place.name.width() - 1));
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(track, 7, 7);
  const double end = track.left() + track.width() * std::clamp<double>(bar.share, 0, 1);
  if (bar.share > 0.004F) {
    QPainterPath shape;
    shape.addRoundedRect(
        QRectF(track.left(), track.top(), std::max(6.0, end - track.left()), track.height()), 7, 7);
    painter.save();
    painter.setClipPath(shape);
    const bool accepted = bar.share >= edit_.shown({bar.label, bar.limit, bar.own}) && !bar.novel;
    if (accepted) {
      painter.fillRect(track, colour);
    } else {  // below the limit: hatched
      QColor pale = colour;
      pale.setAlphaF(0.28F);
      painter.fillRect(track, pale);
      painter.setPen(QPen(colour, 1.5));
      for (double x = track.left() - track.height(); x < end; x += 5) {
        painter.drawLine(QPointF(x, track.bottom()), QPointF(x + track.height(), track.top()));
      }
      painter.setPen(QPen(colour, 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawPath(shape);
    }
    painter.restore();
  }
  if (!bar.novel) {
    paintNotch(painter, place, bar, ink);
  }
  painter.setPen(ink);
  drawFigures(painter,
              QRectF(place.row.right() - kFigures, place.row.top(), kFigures, place.row.height()),
              words::percent(bar.share), Qt::AlignRight);
}

/// A person's own limit has a head on its notch; one that moves says its number.
void CertaintyView::paintNotch(QPainter& painter, const Place& place, const Bar& bar,
                               const QColor& ink) const {
  const QRectF& track = place.track;
  const double x = std::round(track.left() + track.width() * notchOf(bar));
  const bool chosen = hasFocus() && bar.label == edit_.chosen();
  painter.setPen(Qt::NoPen);
  painter.setBrush(chosen ? theme_.tokens().accent : ink);
  const double half = chosen ? 2 : 1;
  painter.drawRect(QRectF(x - half, track.top() - 3, 2 * half, track.height() + 6));
  if (bar.own || (bar.label == edit_.chosen() && edit_.isMoved())) {
    painter.drawConvexPolygon(
        QPolygonF{{x - 4, track.top() - 4}, {x + 4, track.top() - 4}, {x, track.top() + 1}});
  }
  if (!chosen) {
    return;
  }
  const QFont former = painter.font();
  painter.setFont(theme_.font(Theme::Text::Axis, 600));
  const QString text = words::percent(notchOf(bar));
  const double wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 10;
  const bool left = x + 6 + wide > track.right();
  const QRectF box(left ? x - 6 - wide : x + 6, track.center().y() - 8, wide, 16);
  painter.setBrush(theme_.tokens().accent);
  painter.drawRoundedRect(box, 4, 4);
  painter.setPen(theme_.tokens().onAccent);
  painter.drawText(box, Qt::AlignCenter, text);
  painter.setFont(former);
}

void CertaintyView::send(const std::optional<LimitEdit::Wanted>& limit) {
  if (limit) {
    Q_EMIT wanted(intent::SetLimit{limit->label, limit->certainty});
  }
  describe();
  update();
}

bool CertaintyView::keepLimit() {
  pause_.stop();
  const auto kept = edit_.keep();
  send(kept);
  return kept.has_value();
}

void CertaintyView::keyPressEvent(QKeyEvent* event) {
  const bool much = event->modifiers().testFlag(Qt::ShiftModifier);
  using Key = LimitEdit::Key;
  std::optional<Key> key;
  switch (event->key()) {
    case Qt::Key_Right:
      key = much ? Key::RaiseMuch : Key::Raise;
      break;
    case Qt::Key_Left:
      key = much ? Key::LowerMuch : Key::Lower;
      break;
    case Qt::Key_Down:
      key = Key::Next;
      break;
    case Qt::Key_Up:
      key = Key::Previous;
      break;
    case Qt::Key_Backspace:
      key = Key::AsTested;
      break;
    case Qt::Key_Escape:
      key = Key::Leave;
      break;
    default:
      break;
  }
  if (!key) {
    QWidget::keyPressEvent(event);
    return;
  }
  send(edit_.press(*key));
  if (edit_.isMoved()) {
    pause_.start();
  }
}

std::optional<std::size_t> CertaintyView::notchAt(const QPointF& at) const {
  const std::vector<Bar> bars = shownBars();
  const std::vector<Place> all = places(bars);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double x = all[i].track.left() + all[i].track.width() * notchOf(bars[i]);
    if (!bars[i].novel && all[i].row.contains(at) && std::abs(at.x() - x) <= kGrip) {
      return i;
    }
  }
  return std::nullopt;
}

void CertaintyView::mousePressEvent(QMouseEvent* event) {
  const auto found = notchAt(event->position());
  if (!found || event->button() != Qt::LeftButton) {
    QWidget::mousePressEvent(event);
    return;
  }
  dragging_ = true;
  pulled_ = false;
  pressedAt_ = event->position().x();
  send(edit_.choose(shownBars()[*found].label));
}

void CertaintyView::mouseMoveEvent(QMouseEvent* event) {
  if (!dragging_) {
    setCursor(notchAt(event->position()) ? Qt::SplitHCursor : Qt::ArrowCursor);
    return;
  }
  pulled_ =
      pulled_ || std::abs(event->position().x() - pressedAt_) >= QApplication::startDragDistance();
  if (!pulled_) {
    return;
  }
  const std::vector<Bar> bars = shownBars();
  const std::vector<Place> all = places(bars);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    if (bars[i].label == edit_.chosen() && all[i].track.width() > 0) {
      edit_.drag(bars[i].label,
                 (event->position().x() - all[i].track.left()) / all[i].track.width());
    }
  }
  update();
}

void CertaintyView::mouseReleaseEvent(QMouseEvent* event) {
  if (!std::exchange(dragging_, false)) {
    QWidget::mouseReleaseEvent(event);
    return;
  }
  if (pulled_) {
    keepLimit();
  }
}

void CertaintyView::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  edit_.enter();
  describe();
  update();
}

void CertaintyView::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  if (!dragging_) {
    keepLimit();
  }
}

}  // namespace ui
