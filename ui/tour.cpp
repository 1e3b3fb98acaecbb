#include "ui/tour.h"

#include <QAccessible>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/views/basics.h"

namespace ui {

/// A frame round what the tour points at; it lets everything through.
class TourFrame final : public QWidget {
 public:
  TourFrame(const Theme& theme, QWidget* window) : QWidget(window), theme_(theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.tokens().accent, 3));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), size::kRadius,
                            size::kRadius);
  }

 private:
  const Theme& theme_;
};

namespace {
constexpr int kCardWidth = 320;
constexpr int kAround = 5;  ///< between a thing and the frame round it

/// Ten times a second, so nothing is done where nothing changed.
void bringTo(QWidget& widget, const QRect& place) {
  if (widget.isVisible() && widget.geometry() == place) {
    return;
  }
  widget.setGeometry(place);
  widget.show();
  widget.raise();
}
}  // namespace

Tour::Tour(const Theme& theme, FindAnchor findAnchor, InSight inSight, QWidget* window)
    : QFrame(window),
      theme_(theme),
      findAnchor_(std::move(findAnchor)),
      inSight_(std::move(inSight)),
      frame_(new TourFrame(theme, window)) {
  setProperty("role", "card-chosen");
  auto* column = tightLayout<QVBoxLayout>(this, size::kGap2, {16, 14, 16, 12});
  place_ = makeText({}, "secondary", this);
  title_ = makeText({}, "card-title", this);
  title_->setWordWrap(true);
  text_ = makeText({}, "", this);
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  auto* foot = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  foot->addWidget(place_, 1);
  leave_ = makeButton(tr("Leave (Esc)"), tr("Ends the tour; Shift+F1 begins it again"), "quiet",
                      this);
  connect(leave_, &QPushButton::clicked, this, &Tour::leave);
  foot->addWidget(leave_);
  column->addWidget(title_);
  column->addWidget(text_);
  column->addLayout(foot);
  hide();
}

void Tour::start() {
  progress_ = {};
  running_ = true;
  title_->clear();
}

void Tour::leave() {
  if (!running_) {
    return;
  }
  running_ = false;
  hide();
  frame_->hide();
  Q_EMIT ended();
}

void Tour::follow(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                  const KeyMap& keys, bool onTeach, bool covered) {
  if (!running_) {
    return;
  }
  progress_.follow(snapshot, answer);
  if (covered) {
    hide();
    frame_->hide();
    return;
  }
  say(tourWords(progress_.step(), snapshot, keys, onTeach));
  place(findAnchor_(tourAnchor(progress_.step(), onTeach)));
}

void Tour::say(const TourWords& words) {
  if (title_->text() == words.title && text_->text() == words.text) {
    return;
  }
  title_->setText(words.title);
  text_->setText(words.text);
  place_->setText(words.place);
  const bool done = progress_.step() == TourStep::Done;
  leave_->setText(done ? tr("Close (Esc)") : tr("Leave (Esc)"));
  leave_->setAccessibleName(done ? tr("Close the tour") : tr("Leave the tour"));
  setAccessibleName(tr("Guided tour: %1").arg(words.title));
  setAccessibleDescription(words.text);
  QAccessibleEvent alert(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

void Tour::place(QWidget* anchor) {
  const QRect room = parentWidget()->rect().adjusted(12, 12, -12, -12);
  const int wide = std::min(kCardWidth, room.width());
  text_->setFixedWidth(wide - 34);
  title_->setFixedWidth(wide - 34);
  const QSize size(wide, layout()->totalHeightForWidth(wide));
  QRect around(room.center(), QSize(0, 0));
  if (anchor != nullptr && anchor->isVisible()) {
    around = QRect(anchor->mapTo(parentWidget(), QPoint(0, 0)), anchor->size())
                 .adjusted(-kAround, -kAround, kAround, kAround)
                 .intersected(parentWidget()->rect());
    bringTo(*frame_, around);
  } else {
    frame_->hide();
  }
  std::vector<QRect> needed = inSight_();
  for (const TourAnchor kind : {TourAnchor::NextStep, TourAnchor::NewLabel, TourAnchor::Act}) {
    const QWidget* widget = findAnchor_(kind);
    if (widget != nullptr && widget != anchor && widget->isVisible()) {
      needed.emplace_back(widget->mapTo(parentWidget(), QPoint(0, 0)), widget->size());
    }
  }
  bringTo(*this, QRect(placeBeside(around, size, room, layoutDirection(), needed), size));
}

}  // namespace ui
