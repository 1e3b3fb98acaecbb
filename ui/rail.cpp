#include "ui/rail.h"

#include <QPainter>
#include <QVBoxLayout>

#include "ui/views/basics.h"

namespace ui {
namespace {

class RailButton final : public QAbstractButton {
 public:
  RailButton(const Theme& theme, const QString& icon, const QString& name, QWidget* parent)
      : QAbstractButton(parent), theme_(theme), icon_(icon) {
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setFixedSize(size::kRail - 12, 54);
    setAttribute(Qt::WA_Hover);
    QObject::connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = theme_.tokens();
    const QRectF box = rect();
    if (isChecked() || underMouse()) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(t.sunk);
      painter.drawRoundedRect(box, size::kRadius, size::kRadius);
    }
    if (isChecked()) {
      painter.setBrush(t.accent);
      painter.drawRoundedRect(QRectF(0, 8, 3, box.height() - 16), 1.5, 1.5);
    }
    const QColor ink = isChecked() ? t.accent : t.text2;
    Theme::icon(icon_, ink).paint(&painter, QRect((width() - 20) / 2, 8, 20, 20));
    painter.setPen(ink);
    painter.setFont(theme_.font(Theme::Text::Axis, isChecked() ? 650 : 400));
    painter.drawText(QRect(0, 31, width(), 16), Qt::AlignCenter, text());
  }

 private:
  const Theme& theme_;
  QString icon_;
};

}  // namespace

Rail::Rail(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setProperty("role", "bar");
  setAttribute(Qt::WA_StyledBackground);
  setFixedWidth(size::kRail);
  setAccessibleName(tr("Pages"));
  auto* column = tightLayout<QVBoxLayout>(this, 4, {6, 8, 6, 8});
  column->addStretch();
}

void Rail::addPage(const QString& icon, const QString& name, const QString& keys) {
  auto* button = new RailButton(theme_, icon, name, this);
  button->setToolTip(QStringLiteral("%1 (%2)").arg(name, keys));
  const int page = static_cast<int>(buttons_.size());
  connect(button, &QAbstractButton::clicked, this, [this, page] { Q_EMIT pageWanted(page); });
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->insertWidget(page, button, 0, Qt::AlignHCenter);
  buttons_.push_back(button);
  button->setChecked(page == 0);
}

void Rail::setCurrent(int page) {
  if (page >= 0 && page < std::ssize(buttons_)) {
    buttons_[static_cast<std::size_t>(page)]->setChecked(true);
  }
}

int Rail::current() const {
  for (std::size_t i = 0; i < buttons_.size(); ++i) {
    if (buttons_[i]->isChecked()) {
      return static_cast<int>(i);
    }
  }
  return 0;
}

}  // namespace ui
