// The remembered predictions of the project's tasks.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "app/project/past_predictions.h"
#include "app/project/store_impl.h"

namespace app {

namespace {

using learners::PredictionState;
using learners::Stage;

constexpr double kShare = 10'000;  // stored units of a share of 1
constexpr std::int64_t kBytesPerPrediction = 48;  // in the file, as measured over 100 000 of them
constexpr std::int64_t kMostDays = 3650;
constexpr std::int64_t kMostMegabytes = 100'000;
constexpr const char* kDaysKey = "mimosa.history.days";
constexpr const char* kMegabytesKey = "mimosa.history.megabytes";

enum Flag : std::int64_t { kGate = 1, kBelowLimit = 2, kCalibrated = 4, kImputed = 8 };

std::int64_t stored(float share) {
  return std::isfinite(share) ? std::llround(std::clamp<double>(share, 0, 1) * kShare) : 0;
}

float shareOf(std::int64_t number) {
  return static_cast<float>(std::clamp(static_cast<double>(number) / kShare, 0.0, 1.0));
}

std::int64_t flagsOf(const PastPrediction& p) {
  return (p.stage == Stage::Gate ? kGate : 0) | (p.belowLimit ? kBelowLimit : 0) |
         (p.calibrated ? kCalibrated : 0) | (p.imputed ? kImputed : 0);
}

PredictionState stateOf(std::int64_t number) {
  switch (number) {
    case static_cast<std::int64_t>(PredictionState::Known):
      return PredictionState::Known;
    case static_cast<std::int64_t>(PredictionState::Background):
      return PredictionState::Background;
    case static_cast<std::int64_t>(PredictionState::Novel):
      return PredictionState::Novel;
    default:
      return PredictionState::NoData;
  }
}

/// The row that a query finds after `made` has seen to it that there is one.
base::Result<std::int64_t> rowOf(Database& database, const base::Result<void>& made,
                                 std::string_view find, SqlValues values) {
  std::int64_t found = 0;
  auto done = made ? database.each(find, values,
                                   [&](const SqlRow& row) {
                                     found = row.integer(0);
                                     return base::Result<void>();
                                   })
                   : made;
  return done ? base::Result<std::int64_t>(found) : base::Result<std::int64_t>(done.error());
}

base::Result<void> insertPrediction(Database& database, const PastPrediction& p) {
  const std::int64_t version = p.version;
  const auto predictor = rowOf(
      database,
      database.run("INSERT INTO predictor(task, version, model_hash) VALUES(?, ?, ?) ON CONFLICT "
                   "DO NOTHING",
                   {p.task, version, p.modelHash}),
      "SELECT row FROM predictor WHERE task = ? AND version = ? AND model_hash = ?",
      {p.task, version, p.modelHash});
  if (!predictor) {
    return predictor.error();
  }
  SqlValue label = nullptr;
  if (!p.label.empty()) {
    const auto row = rowOf(
        database,
        database.run("INSERT INTO predicted_label(name) VALUES(?) ON CONFLICT DO NOTHING",
                     {p.label}),
        "SELECT row FROM predicted_label WHERE name = ?", {p.label});
    if (!row) {
      return row.error();
    }
    label = *row;
  }
  return database.run(
      "INSERT INTO prediction(begin_ns, predictor, length_ns, label, state, flags, certainty, "
      "disagreement, novelty) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(begin_ns, predictor) "
      "DO UPDATE SET length_ns = excluded.length_ns, label = excluded.label, state = "
      "excluded.state, flags = excluded.flags, certainty = excluded.certainty, disagreement = "
      "excluded.disagreement, novelty = excluded.novelty",
      {p.span.begin.ns, *predictor, p.span.length().count(), label,
       static_cast<std::int64_t>(p.state), flagsOf(p), stored(p.certainty),
       stored(p.disagreement), stored(p.novelty)});
}

PastPrediction predictionFrom(const SqlRow& row) {
  const std::int64_t flags = row.integer(6);
  const base::Time begin{row.integer(0)};
  return {.task = row.text(1),
          .version = static_cast<int>(row.integer(2)),
          .modelHash = row.text(3),
          .span = {begin, begin + base::Duration(row.integer(4))},
          .state = stateOf(row.integer(5)),
          .stage = (flags & kGate) != 0 ? Stage::Gate : Stage::Ensemble,
          .label = row.text(7),
          .certainty = shareOf(row.integer(8)),
          .disagreement = shareOf(row.integer(9)),
          .novelty = shareOf(row.integer(10)),
          .belowLimit = (flags & kBelowLimit) != 0,
          .calibrated = (flags & kCalibrated) != 0,
          .imputed = (flags & kImputed) != 0};
}

base::Result<std::int64_t> numberUnder(Database& database, const char* key, std::int64_t usual,
                                       std::int64_t most) {
  const auto text = readMeta(database, key);
  if (!text) {
    return text.error();
  }
  const std::int64_t number = text->empty() ? usual : std::atoll(text->c_str());
  return std::clamp<std::int64_t>(number, 1, most);
}

base::Result<HistoryLimits> readLimits(Database& database) {
  const HistoryLimits usual;
  const auto days = numberUnder(database, kDaysKey, usual.days, kMostDays);
  const auto megabytes = numberUnder(database, kMegabytesKey, usual.megabytes, kMostMegabytes);
  if (!days || !megabytes) {
    return days ? megabytes.error() : days.error();
  }
  return HistoryLimits{.days = *days, .megabytes = *megabytes};
}

}  // namespace

base::Result<void> ProjectStore::appendPredictions(const std::vector<PastPrediction>& batch) {
  if (bytesFree(impl_->file) < kLeastFree) {
    return base::Error{base::ErrorCode::Io, "The disk is full: answers are not remembered."};
  }
  return impl_->write(Durability::Soon, [&](Database& database) -> base::Result<void> {
    for (const PastPrediction& prediction : batch) {
      if (auto kept = insertPrediction(database, prediction); !kept) {
        return kept;
      }
    }
    return {};
  });
}

base::Result<std::vector<PastPrediction>> ProjectStore::predictions(const base::TimeSpan& span,
                                                                    std::size_t most) const {
  std::vector<PastPrediction> found;
  auto done = impl_->read([&](Database& database) {
    // A window that began before the span may reach into it; none is longer than a day.
    constexpr std::int64_t kLongest = std::int64_t{86'400} * 1'000'000'000;
    const std::int64_t least = std::numeric_limits<std::int64_t>::min() + kLongest;
    return database.each(
        "SELECT begin_ns, task, version, model_hash, length_ns, state, flags, coalesce(name, ''), "
        "certainty, disagreement, novelty FROM prediction JOIN predictor ON predictor.row = "
        "prediction.predictor LEFT JOIN predicted_label ON predicted_label.row = "
        "prediction.label WHERE begin_ns >= ? AND begin_ns < ? AND begin_ns + length_ns > ? "
        "ORDER BY begin_ns DESC LIMIT ?",
        {std::max(span.begin.ns, least) - kLongest, span.end.ns, span.begin.ns,
         static_cast<std::int64_t>(std::min<std::size_t>(most, 10'000'000))},
        [&](const SqlRow& row) {
          found.push_back(predictionFrom(row));
          return base::Result<void>();
        });
  });
  if (!done) {
    return done.error();
  }
  std::reverse(found.begin(), found.end());
  return found;
}

base::Result<HistoryLimits> ProjectStore::historyLimits() const {
  base::Result<HistoryLimits> limits = HistoryLimits();
  auto done = impl_->read([&](Database& database) -> base::Result<void> {
    limits = readLimits(database);
    return {};
  });
  return done ? limits : base::Result<HistoryLimits>(done.error());
}

base::Result<void> ProjectStore::setHistoryLimits(const HistoryLimits& limits) {
  if (limits.days < 1 || limits.days > kMostDays || limits.megabytes < 1 ||
      limits.megabytes > kMostMegabytes) {
    return base::invalid("Answers can be remembered for 1 to 3650 days and in 1 to 100000 MB.");
  }
  return impl_->write(Durability::Now, [&](Database& database) {
    auto done = database.run(kSetMeta, {kDaysKey, std::to_string(limits.days)});
    return done ? database.run(kSetMeta, {kMegabytesKey, std::to_string(limits.megabytes)}) : done;
  });
}

base::Result<void> ProjectStore::forgetOldPredictions(base::Time now) {
  return impl_->write(Durability::Soon, [&](Database& database) -> base::Result<void> {
    const auto limits = readLimits(database);
    if (!limits) {
      return limits.error();
    }
    const base::Duration age = std::chrono::hours(24 * limits->days);
    const std::int64_t most = limits->megabytes * 1'000'000 / kBytesPerPrediction;
    auto done = database.run("DELETE FROM prediction WHERE begin_ns < ?", {(now - age).ns});
    if (done) {  // of those that are too many, the oldest
      done = database.run(
          "DELETE FROM prediction WHERE begin_ns <= (SELECT begin_ns FROM prediction ORDER BY "
          "begin_ns DESC LIMIT 1 OFFSET ?)",
          {most});
    }
    return done;
  });
}

}  // namespace app
