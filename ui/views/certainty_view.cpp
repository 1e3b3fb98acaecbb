#include "ui/views/certainty_view.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <numeric>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

CertaintyView::CertaintyView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  setAccessibleName(tr("How likely each label is"));
  setToolTip(tr("How likely each label is. Right of the notch I say it."));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CertaintyView::show(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer) {
  std::vector<Bar> bars;
  QStringList spoken;
  for (const app::LabelCard& card : snapshot.cards) {
    Bar bar{.name = QString::fromStdString(card.label.name), .colour = card.label.colour};
    if (card.label.background) {
      bar.colour = 0;
    }
    if (answer) {
      for (std::size_t i = 0; i < answer->labels.size(); ++i) {
        if (answer->labels[i].id == card.label.id && i < answer->prediction.probabilities.size()) {
          bar.share = answer->prediction.probabilities[i];
          if (i < answer->limits.size() && answer->limits[i] > 0) {
            bar.limit = answer->limits[i];
          }
        }
      }
    }
    spoken << QStringLiteral("%1 %2").arg(bar.name, words::percent(bar.share));
    bars.push_back(std::move(bar));
  }
  // The cards begin with the background; under the labels it reads better.
  std::stable_partition(bars.begin(), bars.end(), [](const Bar& bar) { return bar.colour != 0; });
  if (answer && answer->prediction.state == learners::PredictionState::Novel) {
    bars.push_back({.name = tr("not known"), .novel = true, .share = answer->prediction.novelty});
  }
  dimmed_ =
      !answer || answer->stale || answer->prediction.state == learners::PredictionState::NoData;
  bars_ = std::move(bars);
  setAccessibleDescription(spoken.join(QStringLiteral(", ")));
  update();
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
  std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
    return bars_[a].share > bars_[b].share;
  });
  order.resize(fit);
  std::sort(order.begin(), order.end());
  std::vector<Bar> shown;
  for (const std::size_t i : order) {
    shown.push_back(bars_[i]);
  }
  return shown;
}

void CertaintyView::paintEvent(QPaintEvent*) {
  const std::vector<Bar> bars = shownBars();
  if (bars.empty()) {
    return;
  }
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(theme_.font(Theme::Text::Body));
  const QFontMetrics metrics(painter.font());
  int nameWidth = 60;
  for (const Bar& bar : bars) {
    nameWidth = std::max(nameWidth, metrics.horizontalAdvance(bar.name));
  }
  nameWidth = std::min(nameWidth, std::min(150, width() / 3));
  const double row =
      std::min<double>(kRow, static_cast<double>(height()) / static_cast<double>(bars.size()));
  for (std::size_t i = 0; i < bars.size(); ++i) {
    paintBar(painter, QRectF(0, static_cast<double>(i) * row, width(), row), bars[i], nameWidth);
  }
}

void CertaintyView::paintBar(QPainter& painter, const QRectF& row, const Bar& bar,
                             int nameWidth) const {
  const Tokens& t = theme_.tokens();
  const QColor ink = dimmed_ ? t.text2 : t.text;
  const QColor colour = dimmed_     ? t.background
                        : bar.novel ? t.text2
                                    : theme_.labelColour(bar.colour);
  const double middle = row.center().y();
  const QRectF mark(row.left() + 1, middle - 5, 10, 10);
  if (bar.novel) {
    painter.setPen(QPen(t.text2, 1));
    painter.setBrush(QBrush(t.text2, Qt::BDiagPattern));
    painter.drawRoundedRect(mark, 2, 2);
  } else {
    paintLabelShape(painter, mark, bar.colour, colour);
  }
  painter.setPen(ink);
  const QRectF name(row.left() + 18, row.top(), nameWidth + 2, row.height());
  painter.drawText(
      name, Qt::AlignVCenter | Qt::TextSingleLine,
      QFontMetricsF(painter.font()).elidedText(bar.name, Qt::ElideRight, nameWidth + 1));
  const double figures = 52;
  const QRectF track(name.right() + 14, middle - 7, row.right() - figures - name.right() - 14, 14);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(track, 7, 7);
  const double notch = track.left() + track.width() * bar.limit;
  const double end = track.left() + track.width() * std::clamp<double>(bar.share, 0, 1);
  if (bar.share > 0.004F) {
    QPainterPath shape;
    shape.addRoundedRect(
        QRectF(track.left(), track.top(), std::max(6.0, end - track.left()), track.height()), 7, 7);
    painter.save();
    painter.setClipPath(shape);
    const bool accepted = bar.share >= bar.limit && !bar.novel;
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
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawRect(QRectF(std::round(notch) - 1, track.top() - 3, 2, track.height() + 6));
  }
  painter.setPen(ink);
  drawFigures(painter, QRectF(row.right() - figures, row.top(), figures, row.height()),
              words::percent(bar.share), Qt::AlignRight);
}

AgreementDots::AgreementDots(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAccessibleName(tr("Agreement of the models"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void AgreementDots::show(const std::optional<app::Answer>& answer) {
  std::vector<bool> agrees;
  QStringList lines;
  if (answer && answer->prediction.state != learners::PredictionState::NoData) {
    const learners::Prediction& p = answer->prediction;
    for (std::size_t i = 0; i < p.memberLabel.size() && i < 12; ++i) {
      agrees.push_back(p.memberLabel[i] == p.label);
      const auto label = static_cast<std::size_t>(std::max(0, p.memberLabel[i]));
      if (i < answer->memberTitles.size() && label < answer->labels.size()) {
        lines << QStringLiteral("%1: %2").arg(QString::fromStdString(answer->memberTitles[i]),
                                              QString::fromStdString(answer->labels[label].name));
      }
    }
    colour_ = p.label >= 0 && p.label < std::ssize(answer->labels)
                  ? answer->labels[static_cast<std::size_t>(p.label)].colour
                  : 0;
    dimmed_ = answer->stale;
  }
  setToolTip(lines.join(QLatin1Char('\n')));
  setAccessibleDescription(lines.join(QStringLiteral(", ")));
  if (agrees.size() != agrees_.size()) {
    updateGeometry();
  }
  agrees_ = std::move(agrees);
  update();
}

QSize AgreementDots::sizeHint() const { return {static_cast<int>(agrees_.size()) * 13, 14}; }

void AgreementDots::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor colour = dimmed_ ? theme_.tokens().background : theme_.labelColour(colour_);
  painter.setPen(QPen(colour, 1.5));
  for (std::size_t i = 0; i < agrees_.size(); ++i) {
    painter.setBrush(agrees_[i] ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(QRectF(static_cast<double>(i) * 13 + 1, 2.5, 9, 9));
  }
}

}  // namespace ui
