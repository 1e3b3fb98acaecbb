// Random forest and the packed trees that it shares with boosted trees.

#include <gtest/gtest.h>

#include "learners/packed_trees.h"
#include "tests/support/learner_contract.h"

namespace learners {
namespace {

/// Label 1 where exactly one of two features is positive.
DatasetPtr exclusiveOr(std::uint64_t seed) {
  auto content = support::blobContent(
      {.labels = 2, .features = 2, .rowsPerGroup = 50, .distance = 0, .seed = seed});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    content.label[i] = (content.values[2 * i] > 0) != (content.values[2 * i + 1] > 0) ? 1 : 0;
  }
  return support::made(std::move(content));
}

/// Below 0: leaf 1. From 0 on: leaf 3 below 5, else leaf 4.
TreeContent smallTree() {
  TreeContent tree;
  tree.root = {0};
  tree.feature = {0, TreeContent::kLeaf, 1, TreeContent::kLeaf, TreeContent::kLeaf};
  tree.value = {0, 0, 5, 0, 0};
  tree.child = {1, 0, 3, 0, 0};
  return tree;
}

TEST(RandomForest, HonoursTheLearnerContract) {
  support::expectHonoursLearnerContract(*makeRandomForest());
}

TEST(RandomForest, LearnsWhatNoLineCanTellWithEitherKindOfCut) {
  const auto forest = makeRandomForest();
  for (const char* cuts : {"best", "random"}) {
    base::Params params(forest->paramSpecs());
    ASSERT_TRUE(params.set(forest->paramSpecs(), "cuts", std::string(cuts)).ok());

    const auto model = forest->train(*exclusiveOr(1), params, {});

    EXPECT_GE(support::accuracy(**model, *exclusiveOr(2)), 0.93) << cuts;
  }
}

TEST(RandomForest, OneTreeOfLargeLeavesSaysTheirShares) {
  // 30 rows of one feature cannot be cut into leaves of 30, so the root says the bootstrap's shares
  // of labels, which are near a third.
  auto content =
      support::blobContent({.labels = 3, .features = 1, .groups = 10, .rowsPerGroup = 10});
  const auto forest = makeRandomForest();
  base::Params params(forest->paramSpecs());
  ASSERT_TRUE(params.set(forest->paramSpecs(), "leaf", std::int64_t{100}).ok());
  content.values.assign(content.values.size(), 1);
  const auto data = support::made(std::move(content));

  const auto model = forest->train(*data, params, {});

  std::vector<float> p(3);
  (*model)->predict(data->row(0), p);
  for (const float chance : p) EXPECT_NEAR(chance, 1.0 / 3, 0.02);
}

TEST(PackedTrees, WalkToTheLeafOfTheirQuestionsOneByOneAndTogether) {
  TreeContent content;
  for (int i = 0; i < 9; ++i) content.append(smallTree());
  const PackedTrees trees(content);
  const auto reached = [&](std::vector<float> row) {
    std::vector<std::uint32_t> node(9);
    trees.leavesOf(row.data(), 0, 8, node.data());
    trees.leavesOf(row.data(), 8, 9, node.data() + 8);
    for (std::uint32_t t = 0; t < 9; ++t) {
      node[t] -= 5 * t;
      EXPECT_EQ(node[t], node[0]);
    }
    return node[0];
  };

  EXPECT_TRUE(content.fitsTogether(2));
  EXPECT_EQ(reached({-1, 9}), 1);
  EXPECT_EQ(reached({0, 4.9F}), 3);
  EXPECT_EQ(reached({7, 5}), 4);
}

TEST(PackedTrees, RefuseWalksThatDoNotEndOrLeave) {
  auto loops = smallTree();
  loops.child[2] = 2;
  auto leaves = smallTree();
  leaves.child[2] = 4;
  auto asksTooFar = smallTree();

  EXPECT_FALSE(loops.fitsTogether(2));
  EXPECT_FALSE(leaves.fitsTogether(2));
  EXPECT_FALSE(asksTooFar.fitsTogether(1));
}

}  // namespace
}  // namespace learners
