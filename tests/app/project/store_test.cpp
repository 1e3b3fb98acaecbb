#include "app/project/store.h"

#include <condition_variable>
#include <gtest/gtest.h>
#include <limits>
#include <mutex>
#include <thread>

#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"

namespace app {

namespace {

using learners::Demonstration;
using learners::Label;
using support::TempProject;

Label tap() { return {.name = "Tap", .colour = 3, .key = 1}; }

Demonstration example(learners::LabelId label, std::int64_t recording) {
  return {.label = label,
          .span = {{1000}, {2000}},
          .recording = recording,
          .origin = learners::Origin::Correction,
          .enabled = false,
          .author = "Ada",
          .modelHash = "abc"};
}

TEST(ProjectStore, KeepsLabelsAcrossOpenings) {
  const TempProject project;
  Label label = tap();
  Label background{.name = "Background", .colour = 0, .key = 0, .background = true};
  {
    const auto store = project.open();
    label.id = store->addLabel(label).value();
    background.id = store->addLabel(background).value();
    label.name = "Tap left";
    ASSERT_TRUE(store->updateLabel(label).ok());
  }

  const auto found = project.open()->labels();

  ASSERT_TRUE(found.ok());
  EXPECT_EQ(*found, (std::vector<Label>{label, background}));
}

TEST(ProjectStore, CleansNamesAndNeverTakesThemForAnythingButText) {
  const TempProject project;
  const auto store = project.open();
  const std::string umlauts = [] {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "\xC3\xA4";  // U+00E4
    return text;
  }();
  const std::vector<std::pair<std::string, std::string>> table = {
      {"  Tap \n", "Tap"},
      {std::string("a\0b", 3), "ab"},
      {"'; DROP TABLE label; --", "'; DROP TABLE label; --"},
      {"../+/#%s", "../+/#%s"},
      {"two\nlines", "two\nlines"},
      {"\xF0\x9F\x9A\xBF \xD7\x91\xD7\x99\xD7\xAA", "\xF0\x9F\x9A\xBF \xD7\x91\xD7\x99\xD7\xAA"},
      {"bad \xFF\xC3( bytes", "bad \xEF\xBF\xBD\xEF\xBF\xBD( bytes"},
      {umlauts, umlauts.substr(0, 400)}};

  for (const auto& [given, kept] : table) {
    const auto id = store->addLabel({.name = given});

    ASSERT_TRUE(id.ok()) << id.error().message;
    EXPECT_EQ(store->labels()->back().name, kept);
  }
  EXPECT_EQ(store->addLabel({.name = " \n "}).error().code, base::ErrorCode::InvalidArgument);
}

TEST(ProjectStore, KeepsEveryFieldOfADemonstration) {
  const TempProject project;
  const auto store = project.open();
  const auto label = store->addLabel(tap()).value();
  const auto recording = store->addRecording({.span = {{0}, {5000}}}).value();
  Demonstration given = example(label, recording);

  given.id = store->addDemonstration(given).value();

  EXPECT_EQ(*store->demonstrations(), std::vector<Demonstration>{given});
  given.enabled = true;
  given.span.end = {3000};
  given.origin = learners::Origin::Missed;
  ASSERT_TRUE(store->updateDemonstration(given).ok());
  EXPECT_EQ(*store->demonstrations(), std::vector<Demonstration>{given});
}

TEST(ProjectStore, PutsARemovedDemonstrationBackUnderItsOwnId) {
  const TempProject project;
  const auto store = project.open();
  const auto label = store->addLabel(tap()).value();
  const auto recording = store->addRecording({.span = {{0}, {5000}}}).value();
  Demonstration given = example(label, recording);
  given.id = store->addDemonstration(given).value();

  ASSERT_TRUE(store->removeDemonstration(given.id).ok());
  const auto other = store->addDemonstration(example(label, recording)).value();
  ASSERT_TRUE(store->restoreDemonstration(given).ok());

  EXPECT_NE(other, given.id);
  EXPECT_EQ(store->demonstrations()->front(), given);
  EXPECT_FALSE(store->restoreDemonstration(given).ok());  // it is there already
}

TEST(ProjectStore, RemovesALabelWithItsDemonstrationsAndPutsItBackUnderItsId) {
  const TempProject project;
  const auto store = project.open();
  Label label = tap();
  label.id = store->addLabel(label).value();
  const auto recording = store->addRecording({.span = {{0}, {5000}}}).value();
  ASSERT_TRUE(store->addDemonstration(example(label.id, recording)).ok());

  ASSERT_TRUE(store->removeLabel(label.id).ok());

  EXPECT_TRUE(store->labels()->empty());
  EXPECT_TRUE(store->demonstrations()->empty());
  EXPECT_EQ(store->addLabel(label).value(), label.id);
  EXPECT_EQ(*store->labels(), std::vector<Label>{label});
}

TEST(ProjectStore, SaysWhatIsNotThere) {
  const TempProject project;
  const auto store = project.open();

  EXPECT_EQ(store->removeLabel(7).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(store->updateLabel({.id = 7, .name = "x"}).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(store->removeDemonstration(7).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(store->updateRecording({.id = 7}).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(store->setCommandUndone(7, true).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(store->blob("none").error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(store->addDemonstration(example(7, 0)).error().code, base::ErrorCode::InvalidArgument);
}

TEST(ProjectStore, KeepsTaskDeploymentsCommandsAndDeviceSettings) {
  const TempProject project;
  TaskSettings task;
  task.frames = {{.source = "a/b",
                  .extractor = "motion",
                  .window = {.length = std::chrono::milliseconds(1500),
                             .hop = std::chrono::milliseconds(100)}}};
  task.window.hop = std::chrono::milliseconds(250);
  task.learners = {"knn"};
  task.policy = learners::MemberPolicy::LowLatency;
  task.steadiness = 0.5F;
  task.trainOn = "attic";
  task.serveOn = "hall";
  task.trainingPaused = true;
  const std::map<std::string, base::ParamValue> values = {{"rate", std::int64_t{50}},
                                                          {"gain", 50.0},
                                                          {"on", true},
                                                          {"mode", std::string("h\xC3\xB6r")}};
  {
    const auto store = project.open();
    EXPECT_EQ(store->task()->learners, learners::bestEffortLearners());
    ASSERT_TRUE(store->setTask(task).ok());
    ASSERT_TRUE(store
                    ->addDeployment({.version = 7,
                                     .ensembleHash = "e",
                                     .datasetHash = "d",
                                     .reportJson = "{}",
                                     .since = {5},
                                     .worker = "w"})
                    .ok());
    const auto command = store->addCommand({.kind = "k", .text = "t", .json = "{}", .time = {9}});
    ASSERT_TRUE(store->setCommandUndone(*command, true).ok());
    ASSERT_TRUE(store->setDeviceSettings("node", {.version = 3, .desired = values}).ok());
    ASSERT_TRUE(store->setMeta("name", "Our house").ok());
  }

  const auto store = project.open();

  const auto found = store->task();
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->frames, task.frames);
  EXPECT_EQ(found->window, task.window);
  EXPECT_EQ(found->learners, task.learners);
  EXPECT_EQ(found->policy, task.policy);
  EXPECT_EQ(found->steadiness, task.steadiness);
  EXPECT_EQ(found->trainOn + found->serveOn, "attichall");
  EXPECT_TRUE(found->trainingPaused);
  const auto deployment = store->deployments()->at(0);
  EXPECT_EQ(deployment.version, 7);
  EXPECT_EQ(deployment.ensembleHash + deployment.datasetHash + deployment.worker, "edw");
  EXPECT_EQ(deployment.since.ns, 5);
  const auto command = store->commands()->at(0);
  EXPECT_EQ(command.kind + command.text + command.json, "kt{}");
  EXPECT_TRUE(command.undone);
  EXPECT_EQ(deployment.task, app::kFirstTask);
  EXPECT_EQ(store->deviceSettings()->at("node").version, 3);
  EXPECT_EQ(store->deviceSettings()->at("node").desired, values);
  EXPECT_EQ(*store->meta("name"), "Our house");
  EXPECT_EQ(*store->meta("unknown"), "");
  EXPECT_FALSE(store->setMeta("mimosa.clean", "1").ok());
}

TEST(ProjectStore, KeepsSeveralTasksAndNeverUsesTheNumberOfOneTwice) {
  const TempProject project;
  const auto store = project.open();
  ASSERT_EQ(store->tasks()->size(), 1U);  // the first is there before anything is said about it

  const auto second = store->addTask({.id = 0, .key = "noise", .name = "Noise"}).value();
  ASSERT_TRUE(store->removeTask(second).ok());
  const auto third = store->addTask({.id = 0, .key = "guests", .name = "Guests"}).value();

  EXPECT_EQ(second, app::kFirstTask + 1);
  EXPECT_EQ(third, second + 1);
  EXPECT_FALSE(store->task(second).ok());
  EXPECT_EQ(store->task(third)->name + store->task(third)->key, "Guestsguests");
  ASSERT_TRUE(store->removeTask(app::kFirstTask).ok());
  ASSERT_EQ(store->tasks()->size(), 1U);
  EXPECT_EQ(store->tasks()->front().id, third);
  EXPECT_EQ(store->addTask({.id = second, .key = "noise", .name = "Noise"}).value(), second);
  EXPECT_EQ(store->tasks()->size(), 2U);
  EXPECT_FALSE(store->removeTask(99).ok());
}

TEST(ProjectStore, RaisesFencesOneByOneForEachTask) {
  const TempProject project;
  {
    const auto store = project.open();
    EXPECT_EQ(store->nextFence("a").value(), 1);
    EXPECT_EQ(store->nextFence("a").value(), 2);
    EXPECT_EQ(store->nextFence("b").value(), 1);
  }

  EXPECT_EQ(project.open()->nextFence("a").value(), 3);
}

TEST(ProjectStore, RaisesTheEpochWithEachOpeningForControlOnly) {
  const TempProject project;
  const auto first = project.open()->epoch();

  const auto reading = project.open(OpenMode::ReadOnly)->epoch();
  const auto second = project.open()->epoch();

  EXPECT_EQ(reading, first);
  EXPECT_EQ(second, first + 1);
}

TEST(ProjectStore, LeavesOneFileWhenClosed) {
  const TempProject project;
  {
    const auto store = project.open();
    ASSERT_TRUE(store->addLabel(tap()).ok());
    ASSERT_TRUE(store->labels().ok());
  }

  EXPECT_EQ(project.fileNames(), std::vector<std::string>{"house.mimosa"});
  EXPECT_FALSE(project.open()->recoveredAfterCrash());
}

TEST(ProjectStore, RefusesASecondOpenerAndNamesTheFirst) {
  const TempProject project;
  const auto store = project.open();

  const auto second = ProjectStore::open(project.file());

  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::Unavailable);
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  EXPECT_NE(second.error().message.find(host), std::string::npos) << second.error().message;
  EXPECT_NE(second.error().message.find("process " + std::to_string(getpid())), std::string::npos);
}

TEST(ProjectStore, RefusesASecondOpenerThroughALinkToo) {
  const TempProject project;
  const auto store = project.open();
  std::filesystem::create_symlink(project.file(), project.folder() / "alias.mimosa");

  const auto second = ProjectStore::open(project.folder() / "alias.mimosa");

  EXPECT_FALSE(second.ok());
}

TEST(ProjectStore, LetsOthersReadWhatAFirstOneWrites) {
  const TempProject project;
  const auto writer = project.open();
  const auto reader = project.open(OpenMode::ReadOnly);

  ASSERT_TRUE(writer->addLabel(tap()).ok());

  EXPECT_EQ(reader->labels()->size(), 1u);
  EXPECT_EQ(reader->addLabel(tap()).error().code, base::ErrorCode::Unavailable);
}

TEST(ProjectStore, ReadsWhereNobodyCanWriteAndSaysWhyItIsNotInControl) {
  const TempProject project;
  static_cast<void>(project.open()->addLabel(tap()));
  namespace fs = std::filesystem;
  const auto everybodyReads =
      fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  const auto everybodyLists =
      fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  fs::permissions(project.file(), everybodyReads);
  fs::permissions(project.folder(), everybodyReads | everybodyLists);
  const uid_t user = geteuid();
  ASSERT_EQ(seteuid(user == 0 ? 65534 : user), 0);  // root may write anywhere

  const auto control = ProjectStore::open(project.file());
  const auto reading = ProjectStore::open(project.file(), OpenMode::ReadOnly);
  const std::size_t labels = reading.ok() ? (*reading)->labels()->size() : 0;

  ASSERT_EQ(seteuid(user), 0);
  fs::permissions(project.folder(), fs::perms::owner_all);
  EXPECT_EQ(control.error().code, base::ErrorCode::Unavailable);
  EXPECT_NE(control.error().message.find("reading only"), std::string::npos);
  ASSERT_TRUE(reading.ok()) << reading.error().message;
  EXPECT_EQ(labels, 1u);
}

TEST(ProjectStore, CommitsSeveralCallsTogetherOrNoneOfThem) {
  const TempProject project;
  const auto store = project.open();

  const auto failed = store->inTransaction([&]() -> base::Result<void> {
    EXPECT_TRUE(store->addLabel(tap()).ok());
    EXPECT_EQ(store->labels()->size(), 1u);  // sees its own writes
    return base::invalid("changed my mind");
  });
  const auto done = store->inTransaction([&] {
    return store->inTransaction([&]() -> base::Result<void> {
      const auto id = store->addLabel(tap());
      return id ? base::Result<void>() : id.error();
    });
  });

  EXPECT_EQ(failed.error().message, "changed my mind");
  EXPECT_TRUE(done.ok());
  EXPECT_EQ(store->labels()->size(), 1u);
}

TEST(ProjectStore, LetsOtherThreadsReadButNotWriteDuringATransaction) {
  const TempProject project;
  const auto store = project.open();
  std::size_t seenByOther = 99;
  std::jthread writer;

  const auto done = store->inTransaction([&]() -> base::Result<void> {
    EXPECT_TRUE(store->addLabel(tap()).ok());
    std::jthread([&] { seenByOther = store->labels()->size(); }).join();
    writer = std::jthread([&] { static_cast<void>(store->addLabel({.name = "other"})); });
    return base::invalid("no");
  });
  writer.join();

  EXPECT_FALSE(done.ok());
  EXPECT_EQ(seenByOther, 0u);
  ASSERT_EQ(store->labels()->size(), 1u);
  EXPECT_EQ(store->labels()->front().name, "other");
}

TEST(ProjectStore, TakesBackATransactionWhoseBodyThrows) {
  const TempProject project;
  const auto store = project.open();

  EXPECT_THROW(static_cast<void>(store->inTransaction([&]() -> base::Result<void> {
                 static_cast<void>(store->addLabel(tap()));
                 throw std::runtime_error("bug");
               })),
               std::runtime_error);

  EXPECT_TRUE(store->labels()->empty());
  EXPECT_TRUE(store->addLabel(tap()).ok());
}

TEST(ProjectStore, KeepsManyThreadsWritesApart) {
  const TempProject project;
  const auto store = project.open();

  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 10; ++n) {
          EXPECT_TRUE(store->addLabel(tap()).ok());
          EXPECT_TRUE(store->labels().ok());
        }
      });
    }
  }

  EXPECT_EQ(store->labels()->size(), 40u);
}

TEST(ProjectStore, SavesACopyThatOpensByItself) {
  const TempProject project;
  const auto store = project.open();
  ASSERT_TRUE(store->addLabel(tap()).ok());

  ASSERT_TRUE(store->saveCopy(project.folder() / "copy.mimosa").ok());

  const auto copy = ProjectStore::open(project.folder() / "copy.mimosa");
  ASSERT_TRUE(copy.ok()) << copy.error().message;
  EXPECT_EQ((*copy)->labels()->size(), 1u);
  EXPECT_FALSE((*copy)->recoveredAfterCrash());
  EXPECT_FALSE(store->saveCopy(project.folder() / "copy.mimosa").ok());
}

TEST(ProjectStore, TellsWhenItLastSaved) {
  const TempProject project;
  const auto store = project.open();
  const base::Time before = store->lastSaved();

  ASSERT_TRUE(store->addLabel(tap()).ok());

  EXPECT_GT(store->lastSaved(), before);
  EXPECT_GT(store->diskFree(), 0u);
}

}  // namespace

}  // namespace app
