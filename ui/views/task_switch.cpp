#include "ui/views/task_switch.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr int kWide = 190, kNarrow = 120;  ///< of the name, in pixels

}  // namespace

TaskSwitch::TaskSwitch(QWidget* parent) : QWidget(parent) {
  auto* row = tightLayout<QHBoxLayout>(this);
  button_ = makeButton({}, tr("The task in front: what you show and correct is for it. Press to "
                              "choose another (Ctrl+Tab: the next)"),
                       "pill", this);
  menu_ = new QMenu(this);
  button_->setMenu(menu_);
  connect(menu_, &QMenu::aboutToShow, this, &TaskSwitch::fillMenu);
  edit_ = new QLineEdit(this);
  edit_->setAccessibleName(tr("Name of the task"));
  edit_->setToolTip(tr("Enter keeps the name, Esc leaves it as it was"));
  edit_->setPlaceholderText(tr("What is to be recognised?"));
  edit_->setFixedWidth(kWide);
  edit_->hide();
  connect(edit_, &QLineEdit::editingFinished, this, [this] { endTyping(true); });
  onEnterAndEscape(edit_, this, [this](bool keep) { endTyping(keep); });
  row->addWidget(button_);
  row->addWidget(edit_);
  arrange();
}

void TaskSwitch::show(const app::Snapshot& snapshot, bool narrow) {
  several_ = snapshot.tasks.size() > 1;
  for (const app::TaskView& task : snapshot.tasks) {
    if (!task.front) {
      continue;
    }
    front_ = task.id;
    name_ = taskName(task);
    several_ = several_ || !task.name.empty();
    const QString shown =
        button_->fontMetrics().elidedText(name_, Qt::ElideRight, narrow ? kNarrow : kWide) +
        QStringLiteral(" ▾");
    if (button_->text() != shown) {
      button_->setText(shown);
      button_->setAccessibleName(tr("Task %1").arg(name_));
    }
  }
  arrange();
}

void TaskSwitch::arrange() {
  const bool typing = edit_->isVisibleTo(this);
  button_->setVisible(several_ && !typing);
  setVisible(several_ || typing);
}

void TaskSwitch::fillMenu() {
  menu_->clear();
  for (const TaskRow& row : rows_()) {
    auto* action = menu_->addAction(QStringLiteral("%1 – %2").arg(row.name, row.state));
    action->setCheckable(true);
    action->setChecked(row.front);
    connect(action, &QAction::triggered, this,
            [this, id = row.id] { Q_EMIT wanted(intent::BringToFront{id}); });
  }
  menu_->addSeparator();
  menu_->addActions({actions_.begin(), actions_.end()});
}

void TaskSwitch::startNew() {
  isNew_ = true;
  startTyping({});
}

void TaskSwitch::startRename() {
  isNew_ = false;
  startTyping(name_);
}

void TaskSwitch::startTyping(const QString& text) {
  edit_->setText(text);
  edit_->show();
  arrange();
  edit_->selectAll();
  edit_->setFocus();
}

void TaskSwitch::endTyping(bool keep) {
  if (!edit_->isVisibleTo(this)) {
    return;
  }
  const QString name = edit_->text().trimmed();
  edit_->hide();
  arrange();
  if (keep && !name.isEmpty() && isNew_) {
    Q_EMIT wanted(intent::AddTask{name});
  } else if (keep && !name.isEmpty() && name != name_) {
    Q_EMIT wanted(intent::RenameTask{front_, name});
  }
  Q_EMIT editingDone();
}

}  // namespace ui
