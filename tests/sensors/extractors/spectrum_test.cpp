#include "sensors/extractors/spectrum.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace {

using sensors::LastMade;
using sensors::RealTransform;

TEST(RealTransform, OfAnImpulseIsOneEverywhere) {
  const RealTransform transform(12);
  RealTransform::Work work(12);
  std::fill(work.input().begin(), work.input().end(), 0.0f);
  work.input()[0] = 1;

  transform.run(work);

  ASSERT_EQ(work.output().size(), 7U);
  for (const auto& bin : work.output()) {
    EXPECT_NEAR(bin.real(), 1, 1e-6);
    EXPECT_NEAR(bin.imag(), 0, 1e-6);
  }
}

TEST(RealTransform, OfASineIsMinusHalfItsLengthInItsBin) {
  constexpr std::size_t kSize = 100;
  const RealTransform transform(kSize);
  RealTransform::Work work(kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    work.input()[i] =
        static_cast<float>(std::sin(2 * std::numbers::pi * 7 * static_cast<double>(i) / kSize));
  }

  transform.run(work);

  for (std::size_t k = 0; k < work.output().size(); ++k) {
    EXPECT_NEAR(work.output()[k].imag(), k == 7 ? -50 : 0, 1e-3);
  }
}

TEST(LastMade, MakesATableOnceForEqualKeys) {
  struct Table {
    explicit Table(int k) : key(k) {}
    int key;
  };
  const LastMade<int, Table> tables;

  const auto first = tables.get(3);

  EXPECT_EQ(tables.get(3), first);
  EXPECT_EQ(tables.get(4)->key, 4);
  EXPECT_EQ(first->key, 3);
}

}  // namespace
