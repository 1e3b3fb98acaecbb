#include "ui/views/act_panel.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr int kRow = 32, kGap = 6, kMostRows = 2, kTitle = 132;

QString shownName(const std::string& activity) {
  QString name = QString::fromStdString(activity).replace(QLatin1Char('_'), QLatin1Char(' '));
  if (!name.isEmpty()) {
    name[0] = name[0].toUpper();
  }
  return name.size() > 24 ? name.left(23) + QStringLiteral("…") : name;
}

bool canAct(const hubs::NodeView& node) {
  const auto& ops = node.device.about.ops;
  return node.device.online && std::find(ops.begin(), ops.end(), "act") != ops.end();
}

}  // namespace

ActPanel::ActPanel(const Theme&, QWidget* parent) : QFrame(parent) {
  setAccessibleName(tr("Act in this house"));
  auto* row = tightLayout<QHBoxLayout>(this);
  title_ = makeText(tr("Act in this house"), "section", this);
  title_->setFixedSize(kTitle, kRow);
  row->addWidget(title_, 0, Qt::AlignTop);
  scroll_ = new QScrollArea(this);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  scroll_->viewport()->setAutoFillBackground(false);
  host_ = new QWidget;
  scroll_->setWidget(host_);
  host_->setAutoFillBackground(false);
  row->addWidget(scroll_, 1);
  setVisible(false);
}

bool ActPanel::show(const std::vector<hubs::NodeView>& nodes) {
  std::vector<Toggle> now;
  for (const hubs::NodeView& node : nodes) {
    if (!canAct(node)) {
      continue;
    }
    for (const std::string& activity : node.device.about.activities) {
      now.push_back({node.device.id, activity, nullptr});
    }
  }
  const auto same = [](const Toggle& a, const Toggle& b) {
    return a.node == b.node && a.activity == b.activity;
  };
  if (std::equal(now.begin(), now.end(), toggles_.begin(), toggles_.end(), same)) {
    return false;
  }
  for (Toggle& toggle : now) {
    const auto old = std::find_if(toggles_.begin(), toggles_.end(),
                                  [&](const Toggle& t) { return same(t, toggle); });
    if (old != toggles_.end()) {
      toggle.button = std::exchange(old->button, nullptr);
      continue;
    }
    const QString name = shownName(toggle.activity);
    toggle.button = makeButton(
        name, tr("Starts or stops %1").arg(QString::fromStdString(toggle.activity)), "", host_);
    toggle.button->setCheckable(true);
    connect(toggle.button, &QPushButton::toggled, this,
            [this, node = toggle.node, activity = toggle.activity](bool on) {
              Q_EMIT wanted(intent::Act{node, activity, on});
            });
    toggle.button->show();
  }
  for (Toggle& gone : toggles_) {
    if (gone.button != nullptr) {
      gone.button->hide();
      gone.button->deleteLater();
    }
  }
  toggles_ = std::move(now);
  for (std::size_t i = 1; i < toggles_.size(); ++i) {
    QWidget::setTabOrder(toggles_[i - 1].button, toggles_[i].button);
  }
  setVisible(!toggles_.empty());
  place(scroll_->width(), true);
  updateGeometry();
  return true;
}

int ActPanel::place(int width, bool move) const {
  int x = 0;
  int y = 0;
  for (const Toggle& toggle : toggles_) {
    const int wide = std::min(toggle.button->sizeHint().width(), std::max(40, width));
    if (x > 0 && x + wide > width) {
      x = 0;
      y += kRow + kGap;
    }
    if (move) {
      toggle.button->setGeometry(x, y, wide, kRow);
    }
    x += wide + kGap;
  }
  const int height = toggles_.empty() ? 0 : y + kRow;
  if (move) {
    host_->resize(std::max(1, width), height);
  }
  return height;
}

int ActPanel::heightForWidth(int width) const {
  return std::min(place(width - kTitle, false), kMostRows * kRow + (kMostRows - 1) * kGap);
}

void ActPanel::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  layout()->activate();
  place(scroll_->width() - (scroll_->height() < place(scroll_->width(), false) ? 10 : 0), true);
}

}  // namespace ui
