#include "app/training/training_child.h"

#include <gtest/gtest.h>

#include "app/training/files.h"
#include "app/training/recipe_json.h"
#include "hubs/bus.h"
#include "tests/app/training/training_house.h"

namespace app {
namespace {

using namespace std::chrono_literals;

/// A dataset and a recipe on disk, as a child gets them.
class Child : public ::testing::Test {
 protected:
  void prepare(const TrainingJob& job) {
    files_ = {.dataset = folder_.path() / "dataset", .folder = folder_.path() / "job"};
    std::filesystem::create_directories(files_.folder);
    ASSERT_TRUE(writeWhole(files_.dataset, job.data->encode()));
    ASSERT_TRUE(writeWhole(files_.recipe(), hubs::toBytes(recipeToJson(job.recipe))));
  }

  training::Folder folder_;
  ChildJob files_;
};

TEST_F(Child, TrainsTheVerySameEnsembleAsThisProcess) {
  const auto job = training::job(1, support::blobs(), {});
  prepare(job);
  int first = 0;
  double last = 0;

  const auto failure =
      makeProcessChild(MIMOSA_WORKER, 0)
          ->run(files_, {.progress = [&](double done) { last = done; }, .first = [&] { ++first; }},
                {});

  ASSERT_FALSE(failure) << failure->reason;
  const auto bytes = readWhole(files_.ensemble());
  ASSERT_TRUE(bytes);
  EXPECT_EQ(base::sha256(*bytes), training::trainedHere(job)->hash());
  EXPECT_EQ(first, 1);
  EXPECT_GT(last, 0.5);
  const auto report = readWhole(files_.report());
  ASSERT_TRUE(report);
  EXPECT_TRUE(reportFromJson(std::string(report->begin(), report->end())));
}

TEST_F(Child, StartsWithinFiftyMilliseconds) {
  prepare(training::job(1));
  ASSERT_TRUE(writeWhole(files_.dataset, base::Bytes(3, 7)));
  const auto child = makeProcessChild(MIMOSA_WORKER, 0);
  std::vector<double> seconds;

  for (int i = 0; i < 9; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto failure = child->run(files_, {}, {});
    seconds.push_back(base::toSeconds(std::chrono::steady_clock::now() - begin));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->cause, "corrupt") << failure->reason;
  }

  std::sort(seconds.begin(), seconds.end());
  RecordProperty("fastest_ms", static_cast<int>(seconds.front() * 1000));
  EXPECT_LT(seconds.front(), 0.05);
}

TEST_F(Child, SaysThatItNeedsMoreMemoryThanItMayHave) {
  prepare(
      training::job(1, support::blobs({.features = 800, .groups = 10, .rowsPerGroup = 250}), {}));

  const auto failure =
      makeProcessChild(MIMOSA_WORKER, std::uint64_t{200} << 20)->run(files_, {}, {});

  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->cause, "oom") << failure->reason;
}

TEST_F(Child, AProgramThatCannotBeStartedIsNamed) {
  prepare(training::job(1));

  const auto failure = makeProcessChild("/nowhere/mimosa-worker", 0)->run(files_, {}, {});

  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->cause, "crash");
  EXPECT_NE(failure->reason.find("/nowhere/mimosa-worker"), std::string::npos);
}

TEST_F(Child, ACrashIsACauseAndNotOurEnd) {
  prepare(training::job(1));
  // A program that ends as one with a broken library does.
  const auto crasher = folder_.path() / "crasher";
  ASSERT_TRUE(writeWhole(crasher, hubs::toBytes("#!/bin/sh\nkill -SEGV $$\n")));
  std::filesystem::permissions(crasher, std::filesystem::perms::owner_all);

  const auto failure = makeProcessChild(crasher, 0)->run(files_, {}, {});

  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->cause, "crash");
  EXPECT_NE(failure->reason.find("Segmentation fault"), std::string::npos);
}

TEST_F(Child, AChildThatIsStoppedEndsAtOnce) {
  prepare(training::job(1));
  const auto sleeper = folder_.path() / "sleeper";
  ASSERT_TRUE(writeWhole(sleeper, hubs::toBytes("#!/bin/sh\necho progress 0.5\nexec sleep 60\n")));
  std::filesystem::permissions(sleeper, std::filesystem::perms::owner_all);
  std::stop_source stop;

  const auto begin = std::chrono::steady_clock::now();
  const auto failure =
      makeProcessChild(sleeper, 0)
          ->run(files_, {.progress = [&](double) { stop.request_stop(); }, .first = {}},
                stop.get_token());

  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->cause, "cancelled");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

}  // namespace
}  // namespace app
