#include "app/edits.h"

#include <algorithm>

#include "sensors/base/log.h"
#include "sensors/base/time.h"

namespace app {

EditList::EditList(ProjectStore& store) : store_(store) { reload(); }

void EditList::reload() {
  const auto rows = store_.commands();
  if (!rows) return;
  done_.clear();
  undone_.clear();
  for (const CommandRow& row : *rows) {
    (row.undone ? undone_ : done_).push_back(row);
  }
  // What was undone before the newest edit was forgotten by it.
  std::erase_if(undone_, [this](const CommandRow& row) { return row.id < newest(); });
  std::reverse(undone_.begin(), undone_.end());  // the one to redo first is last
}

base::Result<void> EditList::inTransaction(const std::function<base::Result<void>()>& work) {
  auto done = store_.inTransaction(work);
  if (!done) reload();  // what was kept meanwhile is not in the file
  return done;
}

base::Result<std::int64_t> EditList::perform(const Edit& edit) {
  std::int64_t id = 0;
  const auto done = inTransaction([&]() -> base::Result<void> {
    if (auto applied = apply(store_, edit.value); !applied) return applied;
    const auto kept = keep(edit);
    if (!kept) return kept.error();
    id = *kept;
    return {};
  });
  if (!done) return done.error();
  return id;
}

base::Result<std::int64_t> EditList::keep(const Edit& edit) {
  CommandRow row{.kind = kindOf(edit.value),
                 .text = edit.text,
                 .json = toJson(edit.value),
                 .time = base::SystemClock().now()};
  const auto id = store_.addCommand(row);
  if (!id) return id.error();
  row.id = *id;
  done_.push_back(row);
  undone_.clear();
  return row.id;
}

base::Result<Edit> EditList::step(const CommandRow& row, bool back) {
  const auto value = editFrom(row.kind, row.json);
  if (!value) return value.error();
  const auto done = store_.inTransaction([&]() -> base::Result<void> {
    const auto changed = back ? revert(store_, *value) : apply(store_, *value);
    return changed ? store_.setCommandUndone(row.id, back) : changed;
  });
  if (done) return Edit{*value, row.text};
  const base::ErrorCode why = done.error().code;
  const bool isGone = why == base::ErrorCode::NotFound || why == base::ErrorCode::InvalidArgument;
  if (!isGone) return done.error();
  base::logWarning("passed over \"" + row.text + "\": " + done.error().message);
  if (auto passed = store_.setCommandUndone(row.id, back); !passed) return passed.error();
  return Edit{*value, row.text, true};
}

base::Result<std::optional<Edit>> EditList::undo() {
  if (done_.empty()) return std::optional<Edit>();
  const CommandRow row = done_.back();
  auto edit = step(row, true);
  if (!edit) return edit.error();
  done_.pop_back();
  undone_.push_back(row);
  return std::optional<Edit>(*std::move(edit));
}

base::Result<std::optional<Edit>> EditList::redo() {
  if (undone_.empty()) return std::optional<Edit>();
  const CommandRow row = undone_.back();
  auto edit = step(row, false);
  if (!edit) return edit.error();
  undone_.pop_back();
  done_.push_back(row);
  return std::optional<Edit>(*std::move(edit));
}

}  // namespace app
