// How a source is read, chosen by a person: kept, undone, and refused where it cannot be.

#include <gtest/gtest.h>

#include "tests/support/home_session.h"

namespace {

using sensors::Fill;

bool soon(const std::function<bool()>& condition) {
  return support::waitUntil(condition, std::chrono::seconds(60));
}

struct Choices : testing::Test {
  /// A device that only says what it is.
  struct Silent final : sensors::Source {
    std::string id() const override { return kId; }
    std::optional<base::Error> trouble() const override { return std::nullopt; }
  };

  support::TempFolder folder;
  static constexpr const char* kId = "this.computer/imu-a";

  std::unique_ptr<app::Session> open() {
    plugins::Registry registry = plugins::builtIn();
    registry.localKinds["imu"] = {
        .title = "Movement",
        .icon = "mic",
        .start = [](const sensors::LocalSource& local, const sensors::LocalSurroundings& around)
            -> std::unique_ptr<sensors::Source> {
          around.sources.declare({.id = local.id,
                                  .name = local.name,
                                  .kind = sensors::SourceKind::Motion,
                                  .channels = {{"x", "m/s^2"}, {"y", "m/s^2"}, {"z", "m/s^2"}},
                                  .rate = 50});
          return std::make_unique<Silent>();
        }};
    app::SessionOptions options = support::homeOptions(folder.path());
    options.startWorker = options.startDemoHome = false;
    auto session = app::Session::open(options, std::move(registry));
    EXPECT_TRUE(session);
    return session ? *std::move(session) : nullptr;
  }
  std::unique_ptr<app::Session> openWithSource() {
    auto session = open();
    session->addLocal({.kind = "imu", .device = "a", .name = "Shaker"});
    EXPECT_TRUE(soon([&] { return hasSource(*session); }));
    return session;
  }
  static bool hasSource(const app::Session& session) {
    const auto snapshot = session.snapshot();
    return std::any_of(snapshot->sources.begin(), snapshot->sources.end(),
                       [](const app::SourceView& s) { return s.info.id == kId; });
  }
  static app::SourceChoice choice(const app::Session& session) {
    const auto snapshot = session.snapshot();
    const auto found = snapshot->task.choices.find(kId);
    return found == snapshot->task.choices.end() ? app::SourceChoice() : found->second;
  }
};

TEST_F(Choices, AFillIsKeptUndoneAndFoundAgain) {
  {
    const auto session = openWithSource();
    session->setFill(kId, "y", Fill::Hold);
    EXPECT_TRUE(soon([&] { return choice(*session).fill == sensors::FillChoice{{"y", Fill::Hold}}; }));
    EXPECT_EQ(session->snapshot()->undoText, "Gaps of Shaker y are held");
    session->undo();
    EXPECT_TRUE(soon([&] { return choice(*session).isUsual(); }));
    session->redo();
    session->setFill(kId, "", Fill::Interpolate);
    EXPECT_TRUE(soon([&] { return choice(*session).fill.size() == 3; }));
  }
  const auto again = open();
  ASSERT_TRUE(soon([&] { return choice(*again).fill.size() == 3; }));
  again->setFill(kId, "", Fill::Missing);
  EXPECT_TRUE(soon([&] { return choice(*again).isUsual(); })) << "the usual is not written down";
}

TEST_F(Choices, FeaturesAreChosenAmongWhatTheSourceCanBeTurnedInto) {
  const auto session = openWithSource();
  std::vector<app::ExtractorOption> options;
  ASSERT_TRUE(soon([&] { return !(options = session->extractors(kId)).empty(); }));
  EXPECT_EQ(options.front().id, "motion");
  EXPECT_TRUE(std::none_of(options.begin(), options.end(), [](const auto& o) { return o.id == "scene"; }));

  session->setExtractor(kId, "statistics");
  EXPECT_TRUE(soon([&] { return choice(*session).extractor == "statistics"; }));
  EXPECT_TRUE(soon([&] {
    const auto snapshot = session->snapshot();
    return std::any_of(snapshot->sources.begin(), snapshot->sources.end(), [](const auto& s) {
      return s.info.id == kId && s.extractor == "statistics";
    });
  }));

  session->setExtractor(kId, "scene");
  session->setExtractor(kId, "statistics@10,10,20,20");
  session->setExtractor(kId, "no such thing");
  EXPECT_TRUE(soon([&] { return session->snapshot()->notices.size() == 3; }));
  EXPECT_EQ(choice(*session).extractor, "statistics");

  session->setExtractor(kId, "motion");
  EXPECT_TRUE(soon([&] { return choice(*session).isUsual(); }));
}

TEST_F(Choices, APersonSaysThatAFlaggedSourceIsLearntFromAllTheSame) {
  const auto session = openWithSource();
  session->setLearnFlagged(kId, true);
  EXPECT_TRUE(soon([&] { return choice(*session).learnFlagged; }));
  session->undo();
  EXPECT_TRUE(soon([&] { return !choice(*session).learnFlagged; }));
}

}  // namespace
