#include "app/library.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

#include "app/edits.h"
#include "app/library_events.h"
#include "plugins/host/built_in.h"
#include "tests/support/scripted_source.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace {

using sensors::EnvelopeColumn;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Time kStart{1'700'000'000'000'000'000};
const auto kImu =
    support::shared(support::sourceInfo("node/imu", sensors::SourceKind::Motion, 100, 2, "m/s2"));
const auto kPlug =
    support::shared(support::sourceInfo("node/plug", sensors::SourceKind::Slow, 0, 1, "W"));
const auto kMic =
    support::shared(support::sourceInfo("node/mic", sensors::SourceKind::Audio, 8000));

struct LibraryOfHouse : testing::Test {
  support::TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();
  plugins::Registry registry = plugins::builtIn();
  app::DatasetBuilder builder{*store, registry};
  std::unique_ptr<app::Library> library;

  std::int64_t record(const base::TimeSpan& span, const std::vector<sensors::BlockPtr>& blocks) {
    const auto id = store->addRecording({.span = span}).value();
    for (const auto& block : blocks) EXPECT_TRUE(store->declareSource(*block->source));
    EXPECT_TRUE(store->appendChunks(id, blocks));
    return id;
  }
  void open() {
    library = std::make_unique<app::Library>(*store, builder);
    until([&] { return !library->contents()->recordings.empty(); });
  }
  void until(const std::function<bool()>& done) {
    EXPECT_TRUE(support::waitUntil(done, seconds(60)));
  }
  std::vector<EnvelopeColumn> columns(const std::string& source, const base::TimeSpan& span,
                                      std::size_t n, std::size_t channel = 0) {
    app::StoredColumns answer;
    until([&] {
      answer = library->columns(source, channel, span, n);
      return answer.complete;
    });
    return answer.columns;
  }
};

TEST_F(LibraryOfHouse, NoPeakIsMissedAtAnyZoom) {
  const base::TimeSpan span{kStart, kStart + minutes(10)};
  record(span, support::blocksOf(kImu, kStart, 60'000, 100, [](double t) {
           return std::abs(t - 345.67) < 0.004 ? 9.0F : 1.0F;
         }));
  open();

  for (const std::size_t n : {7U, 100U, 1100U, 5000U}) {
    for (const base::Duration wide : {minutes(10), minutes(3)}) {
      const base::Time peak = kStart + milliseconds(345'670);
      const base::TimeSpan shown{peak - wide / 2, peak + wide / 2};
      const auto found = columns("node/imu", shown, n);

      float most = 0;
      std::size_t at = 0;
      for (std::size_t i = 0; i < found.size(); ++i) {
        if (!found[i].isEmpty() && found[i].max > most) {
          most = found[i].max;
          at = i;
        }
      }
      EXPECT_EQ(most, 9.0F) << n;
      EXPECT_NEAR(static_cast<double>(at), static_cast<double>(n) / 2, 1.1) << n;
    }
  }
}

TEST_F(LibraryOfHouse, WhatWasNotRecordedIsEmptyAndSlowValuesHold) {
  const base::TimeSpan first{kStart, kStart + seconds(60)};
  const base::TimeSpan second{kStart + seconds(120), kStart + seconds(180)};
  record(first,
         {support::block(kPlug, kStart, {5}), support::block(kPlug, kStart + seconds(30), {1840})});
  record(second, {support::block(kPlug, second.begin, {7})});
  open();

  const auto found = columns("node/plug", {kStart, second.end}, 180);

  EXPECT_EQ(found[10].max, 5);
  EXPECT_EQ(found[45].min, 1840);
  EXPECT_TRUE(found[90].isEmpty());
  EXPECT_EQ(found[170].max, 7);
  EXPECT_EQ(library->contents()->sittings.size(), 1U);
  EXPECT_EQ(library->contents()->covered.size(), 2U);
}

TEST_F(LibraryOfHouse, ANewRecordingIsSeenAfterARefresh) {
  record({kStart, kStart + seconds(10)},
         support::blocksOf(kImu, kStart, 1000, 100, [](double) { return 1.F; }));
  open();
  const base::TimeSpan all{kStart, kStart + seconds(30)};
  EXPECT_TRUE(columns("node/imu", all, 30)[25].isEmpty());

  record({kStart + seconds(20), all.end},
         support::blocksOf(kImu, kStart + seconds(20), 1000, 100, [](double) { return 2.F; }));
  library->refresh();

  until([&] { return library->contents()->recordings.size() == 2; });
  EXPECT_EQ(columns("node/imu", all, 30)[25].max, 2.F);
}

TEST_F(LibraryOfHouse, ASpectrumIsLoudWhereTheToneIs) {
  const base::TimeSpan span{kStart, kStart + seconds(4)};
  record(span, support::blocksOf(kMic, kStart, 32'000, 800, [](double t) {
           return t < 2 ? 0.F : static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * 1000 * t));
         }));
  open();

  app::StoredSpectrum spectrum;
  until([&] {
    spectrum = library->spectrum("node/mic", span, 100);
    return spectrum.complete;
  });

  const auto level = [&](std::size_t column, std::size_t band) {
    return int{spectrum.levels[column * app::StoredSpectrum::kBands + band]};
  };
  std::size_t loudest = 0;
  for (std::size_t b = 0; b < app::StoredSpectrum::kBands; ++b) {
    loudest = level(75, b) > level(75, loudest) ? b : loudest;
  }
  // 1000 Hz in mel = 1127 ln(1 + f / 700), 64 bands from 125 to 7500 Hz, two of them per row.
  const auto mel = [](double f) { return 1127 * std::log(1 + f / 700); };
  const double wanted = (mel(1000) - mel(125)) / (mel(7500) - mel(125)) * 65 / 2 - 0.75;
  EXPECT_NEAR(static_cast<double>(loudest), wanted, 1.5);
  EXPECT_GT(level(75, loudest), 180);
  EXPECT_EQ(level(20, loudest), 0);
  EXPECT_EQ(library->spectrum("node/mic", {kStart, kStart + minutes(30)}, 100).known[0], 0);
}

TEST_F(LibraryOfHouse, EventsAreWhereSomethingHappens) {
  record({kStart, kStart + minutes(5)}, support::blocksOf(kImu, kStart, 30'000, 100, [](double t) {
           const bool on = (t > 60 && t < 75) || (t > 200 && t < 210);
           return static_cast<float>(std::sin(t * 40) * (on ? 4 : 0.1));
         }));
  open();

  std::optional<std::vector<base::TimeSpan>> events;
  until([&] {
    events = library->events(library->contents()->sittings.at(0));
    return events.has_value();
  });

  ASSERT_EQ(events->size(), 2U);
  EXPECT_NEAR(base::toSeconds(events->at(0).begin - kStart), 60, 0.2);
  EXPECT_NEAR(base::toSeconds(events->at(0).end - kStart), 75, 0.2);
  EXPECT_NEAR(base::toSeconds(events->at(1).begin - kStart), 200, 0.2);
}

TEST_F(LibraryOfHouse, StretchesLikeOneAreFoundAndThreeOfThemToldApart) {
  const auto happens = [](double t) { return std::fmod(t, 30) > 10 && std::fmod(t, 30) < 14; };
  const auto id = record({kStart, kStart + minutes(3)},
                         support::blocksOf(kImu, kStart, 18'000, 100, [&](double t) {
                           return static_cast<float>(std::sin(t * 50) * (happens(t) ? 3 : 0.05));
                         }));
  open();

  library->findSimilar({kStart + seconds(10), kStart + seconds(14)}, id,
                       {kStart, kStart + minutes(3)});

  until([&] { return library->similar().has_value(); });
  const auto answer = *library->similar();
  ASSERT_EQ(answer.trouble, "");
  ASSERT_EQ(answer.spans.size(), 5U);  // six happen, one was given
  int telling = 0;
  for (const app::SimilarSpan& span : answer.spans) {
    const double middle = base::toSeconds(span.span.begin + span.span.length() / 2 - kStart);
    EXPECT_TRUE(happens(middle)) << middle;
    telling += span.telling;
  }
  EXPECT_EQ(telling, 3);
}

TEST_F(LibraryOfHouse, AProposalThatWasRejectedIsRememberedUntilItIsTakenBack) {
  record({kStart, kStart + seconds(10)},
         support::blocksOf(kImu, kStart, 1000, 100, [](double) { return 1.F; }));
  app::EditList edits(*store);
  ASSERT_TRUE(edits.perform({app::RejectProposal{3, {kStart, kStart + seconds(2)}}, "not that"}));
  open();
  ASSERT_EQ(library->contents()->rejected.size(), 1U);
  EXPECT_EQ(library->contents()->rejected[0].label, 3);

  ASSERT_TRUE(edits.undo());
  library->refresh();

  until([&] { return library->contents()->rejected.empty(); });
}

TEST_F(LibraryOfHouse, ARecordingIsForgottenAndTakenBackWithWhatWasSaidInIt) {
  const auto id = record({kStart, kStart + seconds(10)},
                         support::blocksOf(kImu, kStart, 1000, 100, [](double) { return 1.F; }));
  record({kStart + seconds(60), kStart + seconds(70)}, {});
  const auto label = store->addLabel({.name = "Kettle", .colour = 1, .key = 1}).value();
  ASSERT_TRUE(store->addDemonstration(
      {.label = label, .span = {kStart, kStart + seconds(2)}, .recording = id}));
  app::EditList edits(*store);
  open();
  until([&] { return library->contents()->recordings.size() == 2; });

  ASSERT_TRUE(edits.perform({app::ForgetRecording{id}, "Recording forgotten"}));
  library->refresh();

  until([&] { return library->contents()->recordings.size() == 1; });
  EXPECT_TRUE(store->demonstrations().value().empty());
  ASSERT_TRUE(edits.undo());
  library->refresh();
  until([&] { return library->contents()->recordings.size() == 2; });
  EXPECT_EQ(store->demonstrations().value().size(), 1U);
}

TEST_F(LibraryOfHouse, TheProjectIsSeenAsItWas) {
  record({kStart, kStart + seconds(10)},
         support::blocksOf(kImu, kStart, 1000, 100, [](double) { return 1.F; }));
  app::EditList edits(*store);
  learners::Label label{.name = "Kettle", .colour = 1, .key = 1};
  label.id = store->addLabel(label).value();
  ASSERT_TRUE(edits.keep({app::AddLabel{label}, "Label Kettle added"}));
  const base::Time then = store->commands().value().back().time;
  ASSERT_TRUE(edits.perform({app::RenameLabel{label.id, "Kettle", "Pot"}, "Renamed"}));
  open();

  std::optional<app::PastState> past;
  until([&] { return (past = library->asOf(then)).has_value(); });

  EXPECT_EQ(past->trouble, "");
  ASSERT_EQ(past->labels.size(), 1U);
  EXPECT_EQ(past->labels[0].name, "Kettle");
  EXPECT_EQ(store->labels().value()[0].name, "Pot");
}

TEST(Activity, OfAQuietChannelIsNone) {
  const std::vector<EnvelopeColumn> flat(50, EnvelopeColumn{0.9F, 1.1F});
  for (const float value : app::activityOf(flat)) EXPECT_EQ(value, 0);
}

TEST(Activity, OfALevelLastsAsLongAsItIsAway) {
  std::vector<EnvelopeColumn> columns(100, EnvelopeColumn{2.0F, 2.2F});
  for (std::size_t i = 40; i < 60; ++i) columns[i] = {1830, 1845};

  const auto events = app::eventsIn({app::activityOf(columns)}, {{0}, {100'000}}, base::Duration{1},
                                    base::Duration{1});

  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0], (base::TimeSpan{{40'000}, {60'000}}));
  EXPECT_EQ(app::trimmedTo({{30'000}, {90'000}}, {app::activityOf(columns)}, {{0}, {100'000}}),
            (base::TimeSpan{{40'000}, {60'000}}));
}

}  // namespace
