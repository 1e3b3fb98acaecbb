#include "learners/smoother.h"

#include <gtest/gtest.h>
#include <random>

#include "learners/numbers.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

constexpr base::Duration kHop = std::chrono::seconds(1);

base::TimeSpan window(int i, int length = 1) {
  const base::Time end{(i + 1) * kHop.count()};
  return {end - length * kHop, end};
}

TEST(Transitions, ByDwellKeepsALabelForItsDwell) {
  const auto made = Transitions::byDwell(3, 10 * kHop, kHop);

  EXPECT_FLOAT_EQ(made.chance(0, 0), 0.9F);
  EXPECT_FLOAT_EQ(made.chance(0, 1), 0.05F);
  EXPECT_FLOAT_EQ(Transitions::byDwell(4, kHop, kHop).chance(2, 2), 0.25F);
}

TEST(Transitions, AreLearntWithinRecordingsInTheOrderOfTime) {
  auto content = support::blobContent({.labels = 2, .groups = 1, .rowsPerGroup = 4});
  content.group.assign(8, 1);  // one recording: 0 0 0 0 1 1 1 1 by time, though stored backwards
  std::reverse(content.label.begin(), content.label.end());
  for (int i = 0; i < 8; ++i) content.span.push_back(window(7 - i));

  const auto made = Transitions::learnt(*support::made(std::move(content)));

  // Three times 0 -> 0, once 0 -> 1, and half a time of each to begin with.
  EXPECT_NEAR(made.chance(0, 0), 3.5 / 5, 1e-6);
  EXPECT_NEAR(made.chance(0, 1), 1.5 / 5, 1e-6);
  EXPECT_NEAR(made.chance(1, 1), 3.5 / 4, 1e-6);
}

TEST(Transitions, ComeBackFromTheirBytesAndRefuseDamage) {
  const auto made = Transitions::byDwell(3, 10 * kHop, kHop);
  ByteWriter out;
  made.save(out);
  auto bytes = out.take();

  ByteReader in(bytes);
  const auto again = Transitions::load(in);
  bytes.resize(bytes.size() - 3);
  ByteReader cut(bytes);
  (void)Transitions::load(cut);

  EXPECT_TRUE(in.ok() && in.atEnd());
  EXPECT_EQ(again.chance(1, 2), made.chance(1, 2));
  EXPECT_FALSE(cut.ok());
}

TEST(Smoother, LeavesAnswersAloneWhereItIsQuick) {
  Smoother smoother(Transitions::byDwell(2, 100 * kHop, kHop), {.steadiness = 0});
  for (int i = 0; i < 5; ++i) {
    std::vector<float> p{i % 2 == 0 ? 0.9F : 0.2F, i % 2 == 0 ? 0.1F : 0.8F};
    const auto before = p;
    smoother.apply(window(i), p);
    EXPECT_NEAR(p[0], before[0], 1e-5);
  }
}

TEST(Smoother, FollowsTheForwardRecursion) {
  // T = 0.9 / 0.1, first belief (0.8, 0.2), evidence (0.4, 0.6): expected (0.74, 0.26),
  // posterior (0.74 x 0.4, 0.26 x 0.6) / 0.452 = (0.6549, 0.3451).
  Smoother smoother(Transitions::byDwell(2, 10 * kHop, kHop), {.steadiness = 1});
  std::vector<float> first{0.8F, 0.2F};
  std::vector<float> second{0.4F, 0.6F};

  smoother.apply(window(0), first);
  smoother.apply(window(1), second);

  EXPECT_NEAR(second[0], 0.6549, 1e-4);
}

TEST(Smoother, BeginsAnewAfterAGapAndCountsSharedSamplesOnce) {
  const auto transitions = Transitions::byDwell(2, 10 * kHop, kHop);
  Smoother smoother(transitions, {.steadiness = 1, .gap = 5 * kHop});
  std::vector<float> p{0.99F, 0.01F};
  smoother.apply(window(0), p);

  std::vector<float> late{0.3F, 0.7F};
  smoother.apply(window(20), late);
  std::vector<float> same{0.3F, 0.7F};
  smoother.apply(window(20), same);  // the very same window again: nothing new

  EXPECT_EQ(late, (std::vector<float>{0.3F, 0.7F}));
  EXPECT_NEAR(same[1], 0.7 * 0.9 + 0.3 * 0.1, 1e-5);
}

TEST(Smoother, HalvesTheFlickerOfNoisyAnswersAndIsNotLessOftenRight) {
  std::mt19937_64 random(3);
  std::normal_distribution<float> noise;
  Smoother smoother(Transitions::byDwell(4, 30 * kHop, kHop), {});
  std::vector<int> raw;
  std::vector<int> smooth;
  std::vector<base::TimeSpan> spans;
  int rawRight = 0;
  int smoothRight = 0;
  for (int i = 0; i < 2000; ++i) {
    const int truth = (i / 40) % 4;
    std::vector<float> p(4);
    for (float& value : p) value = noise(random);
    p[truth] += 1.5F;
    softmax(p);
    raw.push_back(largest(p));
    smoother.apply(window(i), p);
    smooth.push_back(largest(p));
    spans.push_back(window(i));
    rawRight += raw.back() == truth ? 1 : 0;
    smoothRight += smooth.back() == truth ? 1 : 0;
  }

  EXPECT_LT(flickerPerMinute(smooth, spans), flickerPerMinute(raw, spans) / 2);
  EXPECT_GE(smoothRight, rawRight);
}

}  // namespace
}  // namespace learners
