#include "ui/models/task_rows.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("tasks", text); }

QString stateOf(const app::TaskView& task, const std::optional<app::Answer>& answer) {
  using State = learners::PredictionState;
  if (task.version == 0 || !answer) {
    const bool learns =
        task.phase == app::ModelPhase::Training || task.phase == app::ModelPhase::Updating;
    return learns ? tr("learning") : task.version == 0 ? tr("nothing learnt yet") : tr("listening");
  }
  if (answer->stale) {
    return tr("no answer");
  }
  const learners::Prediction& p = answer->prediction;
  switch (p.state) {
    case State::NoData:
      return tr("no data");
    case State::Novel:
      return tr("not something I know");
    case State::Background:
      return tr("nothing happening");
    case State::Known:
      break;
  }
  if (p.label < 0 || p.label >= std::ssize(answer->labels)) {
    return tr("listening");
  }
  const auto& label = answer->labels[static_cast<std::size_t>(p.label)];
  return QStringLiteral("%1, %2 %3")
      .arg(QString::fromStdString(label.name), words::certaintyWord(*answer),
           words::percent(p.certainty));
}

}  // namespace

QString taskName(const app::TaskView& task) {
  return task.name.empty() ? tr("First task") : QString::fromStdString(task.name);
}

std::vector<TaskRow> taskRows(
    const app::Snapshot& snapshot,
    const std::function<std::optional<app::Answer>(app::TaskId)>& latestOf) {
  std::vector<TaskRow> rows;
  for (const app::TaskView& task : snapshot.tasks) {
    rows.push_back({task.id, taskName(task), stateOf(task, latestOf(task.id)), task.front});
  }
  return rows;
}

std::optional<app::TaskId> taskAfterFront(const app::Snapshot& snapshot) {
  const auto& tasks = snapshot.tasks;
  const auto front =
      std::find_if(tasks.begin(), tasks.end(), [](const app::TaskView& t) { return t.front; });
  if (tasks.size() < 2 || front == tasks.end()) {
    return std::nullopt;
  }
  return (std::next(front) == tasks.end() ? tasks.front() : *std::next(front)).id;
}

QStringList otherAnswers(const std::vector<TaskRow>& rows) {
  QStringList lines;
  for (const TaskRow& row : rows) {
    if (!row.front) {
      lines << QStringLiteral("%1: %2").arg(row.name, row.state);
    }
  }
  return lines;
}

}  // namespace ui
