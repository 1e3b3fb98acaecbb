#include "ui/models/place_rows.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <map>
#include <set>

#include "ui/models/past_rows.h"
#include "ui/models/task_rows.h"
#include "ui/words.h"

namespace ui {
namespace {

using app::PlaceStretch;
using std::chrono::hours;
using std::chrono::minutes;
using Prefer = app::Policy::Prefer;

QString tr(const char* text) { return QCoreApplication::translate("places", text); }

bool answers(const PlaceStretch& s) { return s.work == PlaceStretch::Work::Answering; }

base::Time endOf(const PlaceStretch& s, base::Time now) {
  return s.running ? std::max(now, s.span.begin) : s.span.end;
}

QString computerOf(const PlaceStretch& s) {
  return s.none             ? tr("nobody")
         : s.worker.empty() ? tr("This computer")
                            : QString::fromStdString(s.computer.empty() ? s.worker : s.computer);
}

/// Within a sentence.
QString computerInside(const PlaceStretch& s) {
  return s.worker.empty() && !s.none ? tr("this computer") : computerOf(s);
}

QString taskOf(const PlaceStretch& s, const app::Snapshot& snapshot) {
  for (const app::TaskView& task : snapshot.tasks) {
    if (task.id == s.task) return taskName(task);
  }
  return taskName({.id = s.task, .name = s.taskName});
}

/// "14:03" today, else with the day.
QString minuteOf(base::Time t, base::Time now) {
  constexpr qsizetype kSeconds = 3;  // ":11"
  return pastTime(t, now).chopped(kSeconds);
}

QString preferWords(Prefer prefer) {
  switch (prefer) {
    case Prefer::LeastBusy:
      return tr("least busy");
    case Prefer::FastestAnswer:
      return tr("answers fastest");
    case Prefer::MostCores:
      return tr("most cores");
    case Prefer::FewestCores:
      return tr("fewest cores");
    case Prefer::MostMemory:
      return tr("most memory");
    case Prefer::LeastMemory:
      return tr("least memory");
  }
  return {};
}

bool isBestEffort(const PlaceStretch& s) {
  return !s.ranked.empty() &&
         std::none_of(s.ranked.begin(), s.ranked.end(), [](const auto& r) { return r.meets; });
}

/// Why it is there, in two or three words.
QString reasonWords(const PlaceStretch& s) {
  switch (s.by) {
    case PlaceStretch::By::Person:
      return tr("your choice");
    case PlaceStretch::By::StandIn:
      return tr("the chosen one did not take the model");
    case PlaceStretch::By::Policy:
      return isBestEffort(s) ? tr("none fits the rule, the best there is")
             : s.prefer      ? preferWords(*s.prefer)
                             : tr("as the rule says");
    case PlaceStretch::By::Nobody:
      break;
  }
  return tr("no rule says otherwise");
}

QString spanWords(const PlaceStretch& s, base::Time now) {
  const QString length = words::duration(endOf(s, now) - s.span.begin);
  return s.running ? tr("%1 until now, %2").arg(minuteOf(s.span.begin, now), length)
                   : tr("%1 to %2, %3")
                         .arg(minuteOf(s.span.begin, now), minuteOf(s.span.end, now), length);
}

QString didWords(const PlaceStretch& s, const QString& task) {
  if (s.none) return tr("Nobody answered for %1").arg(task);
  return answers(s) ? tr("%1 answered for %2").arg(computerOf(s), task)
                    : tr("%1 learnt %2").arg(computerOf(s), task);
}

struct Shown {
  const PlaceStretch* stretch;
  std::size_t index;
};

/// Those that touch the last `length`.
std::vector<Shown> shownOf(const app::PlaceStretches& all, base::Time now, base::Duration length) {
  std::vector<Shown> shown;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (endOf(all[i], now) > now - length && all[i].span.begin <= now)
      shown.push_back({&all[i], i});
  }
  return shown;
}

/// Whether somebody answered from the first of them until now. A new start takes less than the
/// break that is allowed.
bool isWithoutBreak(const std::vector<Shown>& shown, base::Time now) {
  std::optional<base::Time> reached;
  for (const Shown& one : shown) {
    const PlaceStretch& s = *one.stretch;
    if (!answers(s)) continue;
    if (reached && s.span.begin - *reached > minutes(1)) return false;
    reached = std::max(reached.value_or(s.span.begin), endOf(s, now));
  }
  return reached && now - *reached <= minutes(1);
}

QString findingOf(const std::vector<Shown>& shown, const app::Snapshot& snapshot, base::Time now,
                  base::Duration length) {
  std::map<app::TaskId, const PlaceStretch*> former;
  const PlaceStretch* moved = nullptr;
  std::set<QString> computers;
  const PlaceStretch* nobody = nullptr;
  for (const Shown& one : shown) {
    const PlaceStretch& s = *one.stretch;
    if (!answers(s)) continue;
    if (s.none) {
      nobody = &s;
    } else {
      computers.insert(computerInside(s));
    }
    const PlaceStretch*& before = former[s.task];
    if (before && (before->worker != s.worker || before->none != s.none)) moved = &s;
    before = &s;
  }
  if (moved) {
    const QString task = taskOf(*moved, snapshot);
    const QString at = minuteOf(moved->span.begin, now);
    return moved->none ? tr("%1 stopped at %2: no computer fits the rule").arg(task, at)
                       : tr("%1 moved to %2 at %3: %4")
                             .arg(task, computerInside(*moved), at, reasonWords(*moved));
  }
  if (nobody) {
    return tr("Nobody answered for %1: no computer fits the rule").arg(taskOf(*nobody, snapshot));
  }
  if (computers.empty()) {
    return shown.empty()
               ? tr("Nothing was learnt or answered in that time")
               : tr("%1 learnt, nobody answered yet").arg(computerOf(*shown.back().stretch));
  }
  if (computers.size() > 1) {
    return tr("%1 computers answered, nothing moved").arg(computers.size());
  }
  const auto first = std::find_if(shown.begin(), shown.end(),
                                  [](const Shown& one) { return answers(*one.stretch); });
  const PlaceStretch& only = *first->stretch;
  if (!isWithoutBreak(shown, now)) return tr("%1 answered, with breaks").arg(computerOf(only));
  return only.span.begin <= now - length
             ? tr("%1 answered all the time").arg(computerOf(only))
             : tr("%1 has answered since %2").arg(computerOf(only), minuteOf(only.span.begin, now));
}

/// Round times of the day between the edges.
std::vector<std::pair<double, QString>> timesOf(base::Time now, base::Duration length) {
  const base::Duration step = length <= minutes(15) ? base::Duration(minutes(2))
                              : length <= hours(2)  ? base::Duration(minutes(10))
                              : length <= hours(30) ? base::Duration(hours(3))
                                                    : base::Duration(hours(24));
  const auto local = [](base::Time t) { return QDateTime::fromMSecsSinceEpoch(t.ns / 1'000'000); };
  const base::Duration zone = std::chrono::seconds(local(now).offsetFromUtc());
  const base::Time left = now - length;
  std::vector<std::pair<double, QString>> times;
  for (base::Time t = base::floorTo(left + zone, step) + step - zone; t < now; t += step) {
    if (now - t < length / 16) break;  // there stands now
    const QString text = step < hours(24)
                             ? QLocale().toString(local(t).time(), QStringLiteral("HH:mm"))
                             : QLocale().toString(local(t).date(), QStringLiteral("ddd"));
    times.emplace_back(base::toSeconds(t - left), text);
  }
  times.emplace_back(base::toSeconds(length), tr("now"));
  return times;
}

/// This computer first, then by name, nobody last.
std::vector<const PlaceStretch*> rowsOf(const std::vector<Shown>& shown) {
  std::vector<const PlaceStretch*> rows;
  for (const Shown& one : shown) {
    const bool known = std::any_of(rows.begin(), rows.end(), [&](const auto* r) {
      return r->worker == one.stretch->worker && r->none == one.stretch->none;
    });
    if (!known) rows.push_back(one.stretch);
  }
  std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
    const auto key = [](const PlaceStretch& s) {
      return std::make_tuple(s.none, !s.worker.empty(), computerOf(s), s.worker);
    };
    return key(*a) < key(*b);
  });
  return rows;
}

}  // namespace

const std::vector<PlaceWindow>& placeWindows() {
  static std::vector<PlaceWindow> windows;
  windows = {{minutes(10), tr("last 10 minutes")},
             {hours(1), tr("last hour")},
             {hours(24), tr("last day")},
             {hours(24 * 7), tr("last week")}};
  return windows;
}

PlacesValue placesChart(const app::Snapshot& snapshot, base::Time now, int window) {
  const auto& windows = placeWindows();
  const PlaceWindow& of = windows[static_cast<std::size_t>(
      std::clamp<int>(window, 0, static_cast<int>(windows.size()) - 1))];
  // It need not be drawn anew more often than it moves by a pixel.
  const base::Duration step = std::max<base::Duration>(of.length / 900, std::chrono::seconds(1));
  now = base::floorTo(now, step) + step;
  const auto shown = shownOf(*snapshot.places, now, of.length);
  const base::Time left = now - of.length;
  PlacesValue value;
  value.length = base::toSeconds(of.length);
  value.words.title = findingOf(shown, snapshot, now, of.length);
  value.words.across = tr("time of day");
  value.columns = {tr("from"), tr("to"), tr("computer"), tr("task"), tr("did"), tr("because")};
  if (shown.empty()) return value;
  value.times = timesOf(now, of.length);

  std::set<app::TaskId> tasks;
  for (const Shown& one : shown) tasks.insert(one.stretch->task);
  const auto rows = rowsOf(shown);
  std::map<std::pair<std::size_t, app::TaskId>, int> lanes;  // in the order of the tasks
  for (std::size_t row = 0; row < rows.size(); ++row) {
    int lane = 0;
    for (const app::TaskId task : tasks) {
      const bool any = std::any_of(shown.begin(), shown.end(), [&](const Shown& one) {
        return one.stretch->task == task && one.stretch->worker == rows[row]->worker &&
               one.stretch->none == rows[row]->none;
      });
      if (any) lanes[{row, task}] = lane++;
    }
    value.rows.push_back({computerOf(*rows[row]), std::max(1, lane)});
  }
  for (const Shown& one : shown) {
    const PlaceStretch& s = *one.stretch;
    const auto row = static_cast<std::size_t>(
        std::find_if(rows.begin(), rows.end(),
                     [&](const auto* r) { return r->worker == s.worker && r->none == s.none; }) -
        rows.begin());
    const QString task = taskOf(s, snapshot);
    const auto rank = std::distance(tasks.begin(), tasks.find(s.task));
    value.blocks.push_back(
        {.begin = std::max(0.0, base::toSeconds(s.span.begin - left)),
         .end = std::min(value.length, base::toSeconds(endOf(s, now) - left)),
         .row = static_cast<int>(row),
         .lane = lanes[{row, s.task}],
         .look = s.none       ? PlacesValue::Look::Nobody
                 : answers(s) ? PlacesValue::Look::Answers
                              : PlacesValue::Look::Learns,
         .colour = tasks.size() == 1 ? -1 : static_cast<int>(rank % 8) + 1,
         .name = task,
         .cells = {minuteOf(s.span.begin, now), s.running ? tr("now") : minuteOf(s.span.end, now),
                   computerOf(s), task, answers(s) ? tr("answered") : tr("learnt"), reasonWords(s)},
         .text = tr("%1, %2: %3").arg(didWords(s, task), spanWords(s, now), reasonWords(s)),
         .stretch = one.index,
         .key = s.span.begin.ns * 2 + (answers(s) ? 1 : 0) + s.task * 1'000});
  }
  const auto learnt = std::count_if(shown.begin(), shown.end(),
                                    [](const Shown& one) { return !answers(*one.stretch); });
  value.words.note = tr("%1: answered in %2 stretches (wide), learnt in %3 (thin, hatched)")
                         .arg(of.name)
                         .arg(std::ssize(shown) - learnt)
                         .arg(learnt);
  return value;
}

PlaceReasons placeReasons(const PlaceStretch& s, const app::Snapshot& snapshot, base::Time now) {
  PlaceReasons made{.title = didWords(s, taskOf(s, snapshot)),
                    .when = spanWords(s, now),
                    .sentence = {},
                    .rule = QString::fromStdString(s.policy)};
  const QString reason = QString::fromStdString(s.reason);
  switch (s.by) {
    case PlaceStretch::By::Person:
      made.sentence = tr("You chose it; your choice wins over any rule.");
      break;
    case PlaceStretch::By::StandIn:
      made.sentence = s.none ? reason : tr("It stood in: %1").arg(reason);
      break;
    case PlaceStretch::By::Policy:
      made.sentence = reason.isEmpty() ? tr("The rule in force decided.")
                      : s.none         ? tr("The rule in force found none: %1").arg(reason)
                                       : tr("The rule in force decided: %1.").arg(reason);
      break;
    case PlaceStretch::By::Nobody:
      made.sentence = tr("No rule was in force and nobody chose, so the work stayed here.");
      break;
  }
  for (const app::RankedPlace& one : s.ranked) {
    made.rows.push_back(
        {.tone = one.meets ? Tone::Fine : Tone::Refused,
         .computer = one.worker.empty() ? tr("This computer") : QString::fromStdString(one.name),
         .why = QString::fromStdString(one.why),
         .chosen = !s.none && one.worker == s.worker});
  }
  return made;
}

std::optional<std::size_t> usualStretch(const app::Snapshot& snapshot) {
  const auto& all = *snapshot.places;
  for (std::size_t i = all.size(); i-- > 0;) {
    if (all[i].running && answers(all[i]) && all[i].task == snapshot.task.id) return i;
  }
  return all.empty() ? std::nullopt : std::optional(all.size() - 1);
}

}  // namespace ui
