#include "app/check.h"

#include <gtest/gtest.h>

#include "app/check_desk.h"
#include "app/map_trail.h"
#include "tests/support/sounding_project.h"
#include "tests/support/wait_until.h"

namespace app {
namespace {

using support::waitUntil;

/// A project, its model, and what a check is made from.
struct Checked {
  explicit Checked(int examples) : house(examples), data(house.data()) {}

  CheckInput input() {
    if (!ensemble) ensemble = house.train(*data);
    return {.data = data,
            .ensemble = ensemble,
            .version = 3,
            .learners = &house.registry.learners,
            .seed = 1};
  }
  CheckReport scores() {
    auto exam = examOf(input(), {.seed = 1});
    EXPECT_TRUE(exam) << (exam ? "" : exam.error().message);
    return scoresOf(input(), *exam);
  }

  CheckSubject subject(int version = 3, std::string name = "a") {
    return {.ensemble = input().ensemble,
            .version = version,
            .settings = *house.store->task(),
            .name = std::move(name)};
  }
  /// A model of old that learnt from all examples.
  FormerModel former(std::string hash, int version) {
    const auto& unit = data->content().unit;
    return {.hash = std::move(hash),
            .version = version,
            .ensemble = input().ensemble,
            .learnt = {unit.begin(), unit.end()}};
  }

  support::SoundingProject house;
  learners::DatasetPtr data;
  learners::EnsemblePtr ensemble;
};

/// A desk that watches.
struct WatchedDesk : CheckDesk {
  explicit WatchedDesk(Checked& checked)
      : CheckDesk(*checked.house.store, checked.house.builder, checked.house.registry.learners, 1,
                  [] {}) {
    watch(true);
  }
  bool isReady() const { return view().phase == CheckView::Phase::Ready; }
};

TEST(Check, AsksAboutEveryExampleAndNamesWhatIsBehindEachAnswer) {
  Checked checked(6);

  const CheckReport report = checked.scores();

  EXPECT_EQ(report.examples, 18);
  EXPECT_EQ(report.recordings, 18);
  EXPECT_TRUE(report.byRecording);
  EXPECT_EQ(report.windows.size(), checked.data->rows());
  EXPECT_EQ(report.version, 3);
  EXPECT_EQ(report.labels[static_cast<std::size_t>(report.background)].name, "Quiet");
  std::size_t right = 0;
  std::size_t gated = 0;
  for (std::size_t i = 0; i < report.windows.size(); ++i) {
    const CheckedWindow& window = report.windows[i];
    EXPECT_EQ(window.unit, checked.data->content().unit[i]);
    EXPECT_EQ(window.label, checked.data->label(i));
    EXPECT_EQ(window.span, checked.data->content().span[i]);
    right += window.right() ? 1 : 0;
    gated += window.byGate ? 1 : 0;
    EXPECT_TRUE(!window.byGate || window.said == report.background);
  }
  EXPECT_GT(gated, 0U);
  EXPECT_GT(right, report.windows.size() / 2);
}

TEST(Check, SaysWhatIsMissingWhereNothingWasKeptForTesting) {
  Checked checked(1);

  const auto exam = examOf(checked.input(), {.seed = 1});

  ASSERT_FALSE(exam);
  EXPECT_EQ(exam.error().code, base::ErrorCode::NotFound);
  EXPECT_NE(exam.error().message.find("Record one more of each"), std::string::npos);
}

TEST(Check, EveryPartIsThereOrSaysWhyNot) {
  Checked checked(6);
  CheckReport report = checked.scores();

  for (const CheckPart part : {CheckPart::Map, CheckPart::Leaks, CheckPart::Labels,
                               CheckPart::Curve, CheckPart::Stages, CheckPart::Drift}) {
    ASSERT_TRUE(addPart(report, part, checked.input(), {.seed = 1}));
    EXPECT_FALSE(report.troubles.contains(part)) << report.troubles[part];
  }

  EXPECT_EQ(report.partsDone, kUsualCheckParts);
  ASSERT_EQ(report.maps.size(), 2);
  EXPECT_EQ(report.maps[0].points.size(), report.windows.size());
  EXPECT_TRUE(report.leaks.has_value());
  EXPECT_EQ(report.suspicious.size(), report.examples);
  EXPECT_TRUE(report.curve.has_value());
  EXPECT_EQ(report.stages.size(), 5);  // prepare, gate, two members, certainty
  EXPECT_FALSE(report.drift.empty());
}

TEST(Check, AWrongLabelIsTheMostSuspiciousOne) {
  Checked checked(6);
  const std::int64_t wrong = checked.house.record(2, 1);  // hums, called Hiss
  checked.data = checked.house.data();
  CheckReport report = checked.scores();

  ASSERT_TRUE(addPart(report, CheckPart::Labels, checked.input(), {.seed = 1}));

  ASSERT_FALSE(report.suspicious.empty());
  EXPECT_EQ(report.suspicious.front().unit, wrong);
  EXPECT_EQ(report.labels[static_cast<std::size_t>(report.suspicious.front().suggested)].name,
            "Hum");
}

TEST(Check, APartIsStoppedOnRequest) {
  Checked checked(4);
  CheckReport report = checked.scores();
  std::stop_source stop;
  stop.request_stop();

  const auto made =
      addPart(report, CheckPart::Curve, checked.input(), {.seed = 1, .stop = stop.get_token()});

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, base::ErrorCode::Cancelled);
}

TEST(CheckDesk, ChecksOnlyWhileSomebodyWatches) {
  Checked checked(4);
  CheckDesk desk(*checked.house.store, checked.house.builder, checked.house.registry.learners, 1,
                 [] {});
  desk.setSubject(checked.subject());
  EXPECT_EQ(desk.view().phase, CheckView::Phase::NoModel);

  desk.watch(true);

  EXPECT_TRUE(waitUntil([&] { return desk.view().phase == CheckView::Phase::Ready; }));
  EXPECT_EQ(desk.view().report->partsDone, kUsualCheckParts);
  EXPECT_FALSE(desk.view().outdated);
}

TEST(Check, AMapKeepsHowLaterWindowsArePutOnIt) {
  Checked checked(6);
  CheckReport report = checked.scores();

  ASSERT_TRUE(addPart(report, CheckPart::Map, checked.input(), {.seed = 1}));
  ASSERT_TRUE(addPart(report, CheckPart::PrettyMap, checked.input(), {.seed = 1}));

  for (const CheckMap& map : report.maps) {
    EXPECT_EQ(map.projection != nullptr, map.kind != CheckMap::Kind::Tsne);
    if (!map.projection) continue;
    EXPECT_EQ(map.projection->layout(), checked.data->content().layout.hash());
    const CheckMap::Point& point = map.points.front();
    const std::size_t row = report.answers->row[point.window];
    const auto at = map.projection->place(checked.data->row(row), checked.data->missing(row));
    ASSERT_TRUE(at);
    EXPECT_NEAR((*at)[0], point.x, 1e-4F);
    EXPECT_NEAR((*at)[1], point.y, 1e-4F);
  }
}

TEST(CheckRival, IsAskedAboutTheSameWindowsAndKnowsOnlyWhatItHadLearnt) {
  Checked checked(6);
  const CheckReport report = checked.scores();
  std::set<std::int64_t> all(checked.data->content().unit.begin(),
                             checked.data->content().unit.end());

  const auto same = askRival(
      report, checked.input(),
      {.hash = "r", .version = 2, .ensemble = checked.ensemble, .learnt = all}, {.seed = 1});

  ASSERT_TRUE(same) << same.error().message;
  EXPECT_EQ(same->version, 2);
  ASSERT_EQ(same->windows.size(), report.windows.size());
  for (std::size_t i = 0; i < report.windows.size(); ++i) {
    EXPECT_EQ(same->of[i], i);
    EXPECT_EQ(same->windows[i].said, report.windows[i].said) << "the same model says the same";
    EXPECT_EQ(same->windows[i].unit, report.windows[i].unit);
  }
}

TEST(CheckRival, LabelsItHadNotLearntAreWrongAndTooLittleIsSaid) {
  Checked checked(6);
  const CheckReport report = checked.scores();
  std::set<std::int64_t> withoutHiss;
  std::set<std::int64_t> quiet;
  for (const CheckedWindow& window : report.windows) {
    const std::string& name = report.labels[static_cast<std::size_t>(window.label)].name;
    if (name != "Hiss") withoutHiss.insert(window.unit);
    if (name == "Quiet") quiet.insert(window.unit);
  }
  const auto ask = [&](const std::set<std::int64_t>& learnt) {
    return askRival(report, checked.input(),
                    {.hash = "r", .version = 2, .ensemble = checked.ensemble, .learnt = learnt},
                    {.seed = 1});
  };

  const auto rival = ask(withoutHiss);
  ASSERT_TRUE(rival) << rival.error().message;
  for (const CheckedWindow& window : rival->windows) {
    const bool hiss = report.labels[static_cast<std::size_t>(window.label)].name == "Hiss";
    EXPECT_FALSE(hiss && window.right());
  }
  const auto none = ask(quiet);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, base::ErrorCode::NotFound);
  EXPECT_NE(none.error().message.find("model 2"), std::string::npos);
}

TEST(CheckDesk, AnotherModelIsSetBesideUntilItIsNoLongerWanted) {
  Checked checked(4);
  WatchedDesk desk(checked);
  desk.setSubject(checked.subject());
  const auto shown = [&](const std::string& hash) {
    return waitUntil([&] {
      const CheckView view = desk.view();
      if (view.phase != CheckView::Phase::Ready || !view.report) return false;
      return (view.report->rival ? view.report->rival->ensembleHash : "") == hash;
    });
  };

  desk.compareWith(checked.former("r", 2));
  EXPECT_TRUE(shown("r"));
  desk.compareWith(checked.former("s", 1));
  EXPECT_TRUE(shown("s"));
  desk.compareWith(
      FormerModel{.hash = "t", .version = 1, .ensemble = checked.ensemble, .learnt = {}});
  EXPECT_TRUE(shown(""));
  EXPECT_TRUE(desk.view().report->troubles.contains(CheckPart::Rival));
  EXPECT_EQ(desk.view().report->partsDone, kUsualCheckParts);
}

TEST(CheckDesk, AnotherModelIsCheckedAnew) {
  Checked checked(4);
  WatchedDesk desk(checked);
  desk.setSubject(checked.subject());
  ASSERT_TRUE(waitUntil([&] { return desk.isReady(); }));
  checked.house.record(1);
  checked.data = checked.house.data();

  checked.ensemble = nullptr;  // to be trained on these
  desk.setSubject(checked.subject(4, "b"));

  EXPECT_TRUE(waitUntil([&] {
    return desk.view().phase == CheckView::Phase::Ready && desk.view().report->version == 4;
  }));
  EXPECT_EQ(desk.view().report->examples, 13);
}

TEST(CheckDesk, GoingBackToWhatWasCheckedIsReadyAtOnceWithTheModelChosenMeanwhile) {
  Checked checked(4);
  WatchedDesk desk(checked);
  const CheckSubject before = checked.subject();
  CheckSubject after = before;
  after.name = "b";
  desk.setSubject(before);
  ASSERT_TRUE(waitUntil([&] { return desk.isReady(); }));

  desk.setSubject(after);
  ASSERT_TRUE(waitUntil([&] { return desk.view().phase == CheckView::Phase::Working; }));
  desk.setSubject(before);

  EXPECT_TRUE(waitUntil([&] { return desk.isReady(); }));
  EXPECT_FALSE(desk.view().outdated);
  EXPECT_EQ(desk.view().report->partsDone, kUsualCheckParts);
  desk.setSubject(after);
  desk.compareWith(checked.former("r", 2));
  desk.setSubject(before);
  EXPECT_TRUE(waitUntil([&] {
    const CheckView view = desk.view();
    return view.phase == CheckView::Phase::Ready && view.report && view.report->rival;
  }));
}

TEST(CheckDesk, AModelThatIsNoLongerWantedIsNotAskedToTheEnd) {
  Checked checked(4);
  WatchedDesk desk(checked);
  desk.setSubject(checked.subject());
  ASSERT_TRUE(waitUntil([&] { return desk.isReady(); }));

  desk.compareWith(checked.former("r", 2));
  ASSERT_TRUE(waitUntil([&] {
    const CheckView view = desk.view();
    return view.doing == CheckPart::Rival;
  }));
  desk.compareWith(std::nullopt);

  EXPECT_TRUE(waitUntil([&] { return desk.isReady(); }));
  EXPECT_FALSE(desk.view().report->troubles.contains(CheckPart::Rival));
}

TEST(CheckDesk, AReportAboutAnotherTaskGoesAtOnce) {
  Checked checked(4);
  WatchedDesk desk(checked);
  CheckSubject subject = checked.subject();
  desk.setSubject(subject);
  ASSERT_TRUE(waitUntil([&] { return desk.isReady(); }));
  desk.watch(false);

  subject.settings.id += 1;
  subject.name = "b";
  desk.setSubject(subject);

  EXPECT_EQ(desk.view().report, nullptr);
}

TEST(CheckDesk, StopsAndGoesOnWhereAsked) {
  Checked checked(4);
  CheckDesk desk(*checked.house.store, checked.house.builder, checked.house.registry.learners, 1,
                 [] {});
  desk.stop();
  desk.watch(true);
  desk.setSubject(checked.subject());

  desk.stop();
  desk.resume();
  desk.ask(CheckPart::WhatIf);

  EXPECT_TRUE(waitUntil([&] {
    const CheckView view = desk.view();
    return view.phase == CheckView::Phase::Ready && !view.report->whatIf.empty();
  }));
}

TEST(CheckDesk, SaysWhenNothingWasKeptForTesting) {
  Checked checked(1);
  WatchedDesk desk(checked);

  desk.setSubject(checked.subject(1));

  EXPECT_TRUE(waitUntil([&] { return desk.view().phase == CheckView::Phase::NoTestData; }));
}

}  // namespace
}  // namespace app
