#include "app/training/adaptation_job.h"

#include <gtest/gtest.h>

#include "tests/app/training/training_house.h"

namespace app {
namespace {

/// A trained ensemble and one example of label 2 it has not learnt from.
AdaptationJob correction() {
  auto content = support::blobContent({.groups = 6, .rowsPerGroup = 4});
  AdaptationJob job;
  job.recipe.learners = {"logistic", "knn"};
  auto former =
      learners::trainEnsemble(*support::made(content), job.recipe, plugins::builtIn().learners, {});
  EXPECT_TRUE(former);
  job.former = *std::move(former);
  const auto last = content.values.end() - 4 * 6;
  const std::vector<float> rows(last, content.values.end());
  content.values.insert(content.values.end(), rows.begin(), rows.end());
  content.label.insert(content.label.end(), 4, 2);
  content.group.insert(content.group.end(), 4, 900);
  content.unit.insert(content.unit.end(), 4, 900);
  job.data = support::made(content);
  job.fresh = {900};
  return job;
}

struct Correction : testing::Test {
  learners::LearnerMap learners = plugins::builtIn().learners;
  training::Folder folder;
  std::filesystem::path files = folder.path() / "correction";
  AdaptationJob job = correction();
};

TEST_F(Correction, IsLearntInAChildExactlyAsHere) {
  const auto here = learners::adaptEnsemble(job.former, *job.data, job.fresh, job.recipe, learners,
                                            {.seed = job.recipe.seed});
  const auto child = makeProcessChild(MIMOSA_WORKER, 0);

  const auto made = adaptInChild(*child, files, job, learners, {});

  ASSERT_TRUE(here);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->trained.ensemble->hash(), here->trained.ensemble->hash());
  EXPECT_EQ(made->trained.report.units.size(), here->trained.report.units.size());
  EXPECT_EQ(made->tested, here->tested);
  EXPECT_EQ(made->before, here->before);
  EXPECT_EQ(made->after, here->after);
  EXPECT_EQ(made->worse, here->worse);
  ASSERT_EQ(made->forgetting.size(), here->forgetting.size());
  EXPECT_EQ(made->forgetting.front().label, here->forgetting.front().label);
  EXPECT_FALSE(std::filesystem::exists(files)) << "nothing is left behind";
}

TEST_F(Correction, WhatTheChildSaysIsSaidHere) {
  const auto child = makeThreadChild(learners);
  job.fresh.clear();

  const auto made = adaptInChild(*child, files, job, learners, {});

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(made.error().message, "There is nothing new to learn from.");
}

TEST_F(Correction, AProgramThatCannotBeStartedIsAnError) {
  const auto child = makeProcessChild(folder.path() / "nothing", 0);

  EXPECT_FALSE(adaptInChild(*child, files, job, learners, {}));
}

}  // namespace
}  // namespace app
