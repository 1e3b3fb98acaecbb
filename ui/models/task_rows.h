#pragma once
// TaskRows: the tasks of a project as the top bar, the command search and the page Live list them.

#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <vector>

#include "app/snapshot.h"

namespace ui {

struct TaskRow {
  app::TaskId id = app::kFirstTask;
  QString name;
  QString state;  ///< "Anna, sure 91 %", "nothing happening", "learning", "nothing learnt yet"
  bool front = false;
};

/// What was typed, or words for the first one where it has no name yet.
QString taskName(const app::TaskView& task);
/// All, as the snapshot has them. `latestOf`: the newest answer of a task.
std::vector<TaskRow> taskRows(
    const app::Snapshot& snapshot,
    const std::function<std::optional<app::Answer>(app::TaskId)>& latestOf);
/// The one after the one in front, round and round; nothing where there is no other.
std::optional<app::TaskId> taskAfterFront(const app::Snapshot& snapshot);
/// "Who is home: Anna, sure 91 %", one for each task that is not in front.
QStringList otherAnswers(const std::vector<TaskRow>& rows);

}  // namespace ui
