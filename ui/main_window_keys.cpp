// Which key means what in the main window. What keys mean while teaching is decided by TeachKeys;
// here is only who has the keyboard and what follows.

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTextEdit>

#include "ui/held_bar.h"
#include "ui/live_strip.h"
#include "ui/main_window.h"
#include "ui/models/task_rows.h"
#include "ui/pages/label_card.h"
#include "ui/pages/teach_page.h"
#include "ui/tour.h"
#include "ui/views/certainty_view.h"
#include "ui/views/command_search.h"
#include "ui/views/help_sheet.h"
#include "ui/views/import_sheet.h"
#include "ui/views/region_view.h"
#include "ui/views/row_list.h"
#include "ui/views/topic_sheet.h"
#include "ui/words.h"

namespace ui {
namespace {

/// Up to here the session still holds a stopped recording open; after `kKeptAfter` it is one step
/// of the undo list.
constexpr base::Duration kStillOpen = std::chrono::milliseconds(350);
constexpr base::Duration kKeptAfter = std::chrono::milliseconds(700);

bool takesText(const QWidget* widget) {
  const auto* combo = qobject_cast<const QComboBox*>(widget);
  return qobject_cast<const QLineEdit*>(widget) != nullptr ||
         qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
         qobject_cast<const QPlainTextEdit*>(widget) != nullptr ||
         qobject_cast<const QTextEdit*>(widget) != nullptr ||
         (combo != nullptr && combo->isEditable());
}

/// Shift, or Ctrl with Alt, changes what a number key types, not which key it is (codes of X11 and
/// Wayland). When it goes up, they may have gone up before.
int keyOf(const QKeyEvent& event) {
  constexpr quint32 kOne = 10, kNine = 18;
  const quint32 code = event.nativeScanCode();
  const bool changed = (event.modifiers() & (Qt::ShiftModifier | Qt::AltModifier)) != 0;
  const bool number =
      (changed || event.type() == QEvent::KeyRelease) && code >= kOne && code <= kNine;
  return number ? Qt::Key_1 + static_cast<int>(code - kOne) : event.key();
}

}  // namespace

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (keyPlace() == KeyPlace::Teach && keys_.claims(key->key(), key->modifiers(), feed_.now())) {
      event->accept();
      return true;
    }
  }
  const bool down = event->type() == QEvent::KeyPress;
  if (down || event->type() == QEvent::KeyRelease) {
    // A key event climbs from the focus widget to its parents; it counts once, at the first stop.
    QWidget* focus = QApplication::focusWidget();
    if (watched == (focus != nullptr ? focus : this) &&
        (focus == nullptr || focus->window() == this) &&
        QApplication::activePopupWidget() == nullptr &&
        handleKey(static_cast<QKeyEvent*>(event), down)) {
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void MainWindow::changeEvent(QEvent* event) {
  if (event->type() == QEvent::ActivationChange && !isActiveWindow()) {
    carry(keys_.focusLost());
  }
  QWidget::changeEvent(event);
}

Sheet* MainWindow::openSheet() const {
  for (Sheet* sheet : std::initializer_list<Sheet*>{sheet_, topics_, imports_}) {
    if (sheet->isVisible()) {
      return sheet;
    }
  }
  return nullptr;
}

KeyPlace MainWindow::keyPlace() const {
  if (takesText(QApplication::focusWidget()) || openSheet() != nullptr) {
    return KeyPlace::TextField;
  }
  return pageId() == PageId::Teach ? KeyPlace::Teach : KeyPlace::OtherPage;
}

bool MainWindow::handleKey(QKeyEvent* event, bool down) {
  if (!down) {
    const KeyMeaning meaning = keys_.release(keyOf(*event), event->isAutoRepeat());
    carry(meaning);
    return meaning.kind != KeyMeaning::Kind::NotMine || page()->handleKeyUp(*event);
  }
  Sheet* over = openSheet();
  if (event->key() == Qt::Key_Escape && over != nullptr &&
      !over->isAncestorOf(QApplication::focusWidget())) {
    over->leave();  // whatever lies behind it has the keyboard
    return true;
  }
  const KeyPlace place = keyPlace();
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && place != KeyPlace::TextField && !event->isAutoRepeat() &&
      (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
    return handleEnter();
  }
  if (event->key() == Qt::Key_Escape && wholeScreenFrom_ &&
      !(snapshot_ && snapshot_->recording.active)) {
    setWholeScreen(false);
    return true;
  }
  const bool records = snapshot_ && snapshot_->recording.active;
  if (event->key() == Qt::Key_Escape && teach_->isHandsFree() && place != KeyPlace::TextField &&
      !records) {
    stopRecording();  // while it counts down, too
    return true;
  }
  if (event->key() == Qt::Key_Escape && tour_->isVisible() && place != KeyPlace::TextField &&
      !records && keys_.prefix(feed_.now()) == TeachKeys::Prefix::None &&
      keys_.sinceStop(feed_.now()) > TeachKeys::kTwice) {
    tour_->leave();
    return true;
  }
  const KeyMeaning meaning =
      keys_.press(keyOf(*event), event->modifiers(), event->isAutoRepeat(), place, feed_.now());
  carry(meaning);
  // In the bar that says what a file would do, arrows read on.
  const bool reads = held_->isAncestorOf(QApplication::focusWidget());
  return meaning.kind != KeyMeaning::Kind::NotMine ||
         (place != KeyPlace::TextField && !reads && page()->handleKey(*event));
}

bool MainWindow::handleEnter() {
  QWidget* focus = QApplication::focusWidget();
  if (auto* button = qobject_cast<QAbstractButton*>(focus)) {
    button->click();
    return true;
  }
  if (qobject_cast<LiveStrip*>(focus) != nullptr || qobject_cast<RowList*>(focus) != nullptr) {
    return false;
  }
  if (auto* part = qobject_cast<RegionView*>(focus)) {
    part->take();
    return true;
  }
  auto* bars = qobject_cast<CertaintyView*>(focus);
  return (bars != nullptr && bars->keepLimit()) || page()->handleEnter();
}

/// What a key cap says, as if it was pressed.
void MainWindow::pressKey(const QString& key) {
  const KeyMap& map = preferences_.keys;
  const int code = key == prefixNames_.correct           ? map.plainKey(ActionId::Correct)
                   : key == prefixNames_.missed          ? map.plainKey(ActionId::Missed)
                   : key == prefixNames_.newLabel        ? map.plainKey(ActionId::NewLabel)
                   : key.size() == 1 && key[0].isDigit() ? Qt::Key_0 + key[0].digitValue()
                                                         : Qt::Key_Escape;
  const base::Time now = feed_.now();
  const bool digit = code >= Qt::Key_0 && code <= Qt::Key_9;
  if (digit && keys_.prefix(now) == TeachKeys::Prefix::None) {
    // A clicked number after "Wrong?" means the correction, not a recording.
    pressCode(map.plainKey(ActionId::Correct));
  }
  pressCode(code);
}

void MainWindow::pressCode(int key) {
  carry(keys_.press(key, Qt::NoModifier, false, KeyPlace::Teach, feed_.now()));
}

std::optional<learners::LabelId> MainWindow::labelWithKey(int number) const {
  const app::LabelCard* card =
      snapshot_ && number >= 0 ? words::cardWithKey(*snapshot_, number) : nullptr;
  return card != nullptr ? std::optional(card->label.id) : std::nullopt;
}

void MainWindow::carry(const KeyMeaning& meaning) {
  using Kind = KeyMeaning::Kind;
  const auto label = labelWithKey(meaning.number);
  switch (meaning.kind) {
    case Kind::NotMine:
    case Kind::Nothing:
      return;
    case Kind::Start:
      if (label) {
        Q_EMIT wanted(intent::StartRecording{*label, base::Duration{0}});
      } else {
        keys_.forgetStart();
      }
      break;
    case Kind::Stop:
      stopRecording();
      break;
    case Kind::Discard:
      discardRecording();
      break;
    case Kind::Prefix:
      preferences_.missedFor = keys_.missedFor();
      break;
    case Kind::CorrectNew:
      teach_->startNewLabel(feed_.now());
      break;
    case Kind::Correct:
      if (label) {
        Q_EMIT wanted(intent::Correct{*label});
      }
      break;
    case Kind::Missed:
      if (label) {
        Q_EMIT wanted(intent::Missed{*label, keys_.missedFor()});
      }
      break;
    case Kind::ThatWas:
      if (label && strip_->isVisible()) {
        Q_EMIT wanted(intent::ThatWas{*label});
      }
      break;
  }
  teach_->setPrefix(keys_.prefix(feed_.now()), keys_.missedFor());
}

void MainWindow::recordFree() {
  if (!snapshot_ || snapshot_->readOnly) {
    return;
  }
  const app::RecordingView& recording = snapshot_->recording;
  if (!recording.active) {
    Q_EMIT wanted(intent::RecordFree{});
  } else if (recording.free) {
    askAfterFree_ = true;
    stopRecording();
  }
}

void MainWindow::stopRecording() {
  teach_->stopHandsFree();
  Q_EMIT wanted(intent::StopRecording{});
}

void MainWindow::discardRecording() {
  const base::Duration since = keys_.sinceStop(feed_.now());
  if (since < kStillOpen) {
    Q_EMIT wanted(intent::DiscardRecording{});
    return;
  }
  // It is being kept, or was: taking that back is the same, and can itself be undone.
  const base::Duration wait = std::max(base::Duration{0}, kKeptAfter - since);
  QTimer::singleShot(std::chrono::duration_cast<std::chrono::milliseconds>(wait), this,
                     [this] { Q_EMIT wanted(intent::Undo{}); });
}

std::optional<std::int64_t> MainWindow::exampleAtHand() const {
  const auto* button = qobject_cast<const ExampleButton*>(QApplication::focusWidget());
  if (button != nullptr && button->example() != 0) {
    return button->example();
  }
  if (selection_.kind == Selection::Kind::Example) {
    return selection_.id;
  }
  return std::nullopt;
}

std::vector<QAction*> MainWindow::commands() {
  std::vector<QAction*> all;
  for (const ActionSpec& spec : actionTable()) {
    if (const auto found = actions_.find(spec.id); found != actions_.end()) {
      all.push_back(found->second);
    }
  }
  qDeleteAll(labelActions_);
  labelActions_.clear();
  if (snapshot_) {
    for (const TaskRow& row : taskRows(*snapshot_, feed_.latestOf)) {
      if (row.front) {
        continue;
      }
      auto* bring = new QAction(tr("Task %1").arg(row.name), this);
      bring->setToolTip(tr("Brings it to the front; now: %1").arg(row.state));
      connect(bring, &QAction::triggered, this,
              [this, id = row.id] { Q_EMIT wanted(intent::BringToFront{id}); });
      labelActions_.push_back(bring);
      all.push_back(bring);
    }
    for (const app::LabelCard& card : snapshot_->cards) {
      const QString name = QString::fromStdString(card.label.name);
      auto* record = new QAction(tr("Record %1").arg(name), this);
      record->setToolTip(tr("Starts a recording; Enter or Esc stops it"));
      record->setProperty("keys",
                          card.label.key >= 0 ? tr("hold %1").arg(card.label.key) : QString());
      connect(record, &QAction::triggered, this, [this, id = card.label.id] {
        Q_EMIT wanted(intent::StartRecording{id, base::Duration{0}});
      });
      labelActions_.push_back(record);
      all.push_back(record);
    }
  }
  return all;
}

}  // namespace ui
