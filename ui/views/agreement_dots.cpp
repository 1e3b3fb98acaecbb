#include <QPainter>

#include "ui/views/certainty_view.h"

namespace ui {

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
