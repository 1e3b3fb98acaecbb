#include "ui/views/command_search.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr int kWidth = 520;

}  // namespace

bool matchesQuery(const QString& name, const QString& query) {
  const QStringList words = query.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  return std::all_of(words.begin(), words.end(), [&name](const QString& word) {
    return name.contains(word, Qt::CaseInsensitive);
  });
}

CommandSearch::CommandSearch(QWidget* window) : QFrame(window) {
  setProperty("role", "popover");
  setAccessibleName(tr("Search all commands"));
  auto* column = tightLayout<QVBoxLayout>(this, 8, {12, 12, 12, 12});
  field_ = new QLineEdit(this);
  field_->setPlaceholderText(tr("What do you want to do?"));
  field_->setAccessibleName(tr("Search all commands"));
  field_->setToolTip(tr("Type a part of a name; arrows choose, Enter does it, Esc leaves"));
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Commands found"));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  column->addWidget(field_);
  column->addWidget(list_);
  connect(field_, &QLineEdit::textChanged, this, &CommandSearch::fill);
  onEnterAndEscape(field_, this, [this](bool keep) { keep ? run() : leave(); });
  connect(list_, &QListWidget::itemClicked, this, &CommandSearch::run);
  field_->installEventFilter(this);
  hide();
}

void CommandSearch::open(const std::vector<QAction*>& actions) {
  actions_ = actions;
  const QSize room = parentWidget()->size();
  const int wide = std::min(kWidth, room.width() - 48);
  setGeometry((room.width() - wide) / 2, 64, wide, std::min(420, room.height() - 128));
  field_->clear();
  fill();
  show();
  raise();
  field_->setFocus();
}

void CommandSearch::fill() {
  list_->clear();
  for (std::size_t i = 0; i < actions_.size(); ++i) {
    QAction* action = actions_[i];
    if (!action->isEnabled() ||
        !matchesQuery(action->text() + QLatin1Char(' ') + action->toolTip(), field_->text())) {
      continue;
    }
    auto* item = new QListWidgetItem(list_);
    item->setData(Qt::UserRole, static_cast<int>(i));
    item->setSizeHint({100, 34});
    auto* row = new QWidget(list_);
    auto* line = tightLayout<QHBoxLayout>(row, 12, {8, 0, 8, 0});
    line->addWidget(makeText(action->text(), "", row));
    auto* tip = new ElidedLabel(action->toolTip(), "secondary", row);
    line->addWidget(tip, 1);
    line->addWidget(makeText(action->property("keys").toString(), "secondary", row));
    list_->setItemWidget(item, row);
    item->setData(Qt::AccessibleTextRole, action->text());
  }
  list_->setCurrentRow(0);
}

void CommandSearch::run() {
  QListWidgetItem* item = list_->currentItem();
  QAction* action = item == nullptr
                        ? nullptr
                        : actions_[static_cast<std::size_t>(item->data(Qt::UserRole).toInt())];
  leave();
  if (action != nullptr) {
    action->trigger();
  }
}

void CommandSearch::leave() {
  hide();
  Q_EMIT closed();
}

bool CommandSearch::eventFilter(QObject* watched, QEvent* event) {
  if (watched == field_ && event->type() == QEvent::FocusOut && isVisible()) {
    leave();
  }
  if (watched == field_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
      const int to = list_->currentRow() + (key == Qt::Key_Down ? 1 : -1);
      list_->setCurrentRow(std::clamp(to, 0, std::max(0, list_->count() - 1)));
      return true;
    }
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace ui
