#include "app/edits.h"

#include <algorithm>

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

base::Result<std::optional<Edit>> EditList::undo() {
  if (done_.empty()) return std::optional<Edit>();
  const CommandRow row = done_.back();
  const auto value = editFrom(row.kind, row.json);
  if (!value) return value.error();
  const auto done = store_.inTransaction([&]() -> base::Result<void> {
    if (auto reverted = revert(store_, *value); !reverted) return reverted;
    return store_.setCommandUndone(row.id, true);
  });
  if (!done) return done.error();
  done_.pop_back();
  undone_.push_back(row);
  return std::optional<Edit>(Edit{*value, row.text});
}

base::Result<std::optional<Edit>> EditList::redo() {
  if (undone_.empty()) return std::optional<Edit>();
  const CommandRow row = undone_.back();
  const auto value = editFrom(row.kind, row.json);
  if (!value) return value.error();
  const auto done = store_.inTransaction([&]() -> base::Result<void> {
    if (auto applied = apply(store_, *value); !applied) return applied;
    return store_.setCommandUndone(row.id, false);
  });
  if (!done) return done.error();
  undone_.pop_back();
  done_.push_back(row);
  return std::optional<Edit>(Edit{*value, row.text});
}

}  // namespace app
