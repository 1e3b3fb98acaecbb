#include "ui/models/happening_rows.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "ui/models/task_rows.h"
#include "ui/words.h"

namespace ui {
namespace {

/// Answers come once a hop; so long after the last one it still goes on.
constexpr base::Duration kGoesOn = std::chrono::milliseconds(2500);

QString tr(const char* text) { return QCoreApplication::translate("happenings", text); }

using LatestOf = std::function<std::optional<app::Answer>(app::TaskId)>;

int colourOf(const std::string& name, const app::Snapshot& snapshot, const LatestOf& latestOf) {
  for (const app::LabelCard& card : snapshot.cards) {
    if (card.label.name == name) {
      return card.label.colour;
    }
  }
  for (const app::TaskView& task : snapshot.tasks) {
    const auto answer = task.front ? std::nullopt : latestOf(task.id);
    for (const learners::Label& label : answer ? answer->labels : std::vector<learners::Label>()) {
      if (label.name == name) {
        return label.colour;
      }
    }
  }
  return 0;
}

/// Who saw it, by the names of their tasks.
QString viewsOf(const app::Happening& happening, const app::Snapshot& snapshot) {
  QStringList names;
  for (const app::Sighting& view : happening.views) {
    const auto task =
        std::find_if(snapshot.tasks.begin(), snapshot.tasks.end(),
                     [&](const app::TaskView& one) { return one.key == view.source; });
    names << (task != snapshot.tasks.end() ? taskName(*task) : QString::fromStdString(view.source));
  }
  return names.join(QStringLiteral(", "));
}

}  // namespace

std::vector<HappeningRow> happeningRows(const std::vector<app::Happening>& happenings,
                                        const app::Snapshot& snapshot, const LatestOf& latestOf,
                                        base::Time now, std::size_t most) {
  std::vector<const app::Happening*> newest;
  for (const app::Happening& happening : happenings) {
    newest.push_back(&happening);
  }
  std::stable_sort(newest.begin(), newest.end(),
                   [](const auto* a, const auto* b) { return a->span.begin > b->span.begin; });
  newest.resize(std::min(newest.size(), most));
  std::vector<HappeningRow> rows;
  for (const app::Happening* happening : newest) {
    HappeningRow row{.name = QString::fromStdString(happening->label), .span = happening->span};
    row.colour = colourOf(happening->label, snapshot, latestOf);
    const bool goesOn =
        std::any_of(happening->views.begin(), happening->views.end(),
                    [&](const app::Sighting& view) { return now - view.span.end <= kGoesOn; });
    row.goesOn = goesOn;
    const QString length =
        words::duration((goesOn ? std::max(now, happening->span.begin) : happening->span.end) -
                        happening->span.begin);
    row.when = goesOn ? tr("now, for %1").arg(length)
                      : tr("%1, for %2").arg(words::clock(happening->span.begin), length);
    row.sure = QStringLiteral("%1 %2").arg(words::certaintyWord(happening->certainty),
                                           words::percent(happening->certainty));
    if (snapshot.tasks.size() > 1) {
      row.views = viewsOf(*happening, snapshot);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace ui
