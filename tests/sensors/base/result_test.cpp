#include "sensors/base/result.h"

#include <gtest/gtest.h>
#include <memory>

namespace {

base::Result<int> half(int v) {
  if (v % 2 != 0) return base::invalid(std::to_string(v) + " is odd");
  return v / 2;
}

TEST(Result, HoldsTheValue) {
  const auto result = half(8);

  ASSERT_TRUE(result.ok());
  EXPECT_EQ(*result, 4);
}

TEST(Result, HoldsTheReasonThereIsNone) {
  const auto result = half(7);

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(result.error().message, "7 is odd");
}

TEST(Result, TellsAStringFromAnErrorAboutIt) {
  const base::Result<std::string> text(std::string("fine"));
  const base::Result<std::string> error(base::invalid("bad"));

  EXPECT_TRUE(text.ok());
  EXPECT_FALSE(error.ok());
}

TEST(Result, OfNothingIsFineUnlessAnErrorIsGiven) {
  const base::Result<void> fine;
  const base::Result<void> bad = base::Error{base::ErrorCode::Io, "the disk is full"};

  EXPECT_TRUE(fine.ok());
  EXPECT_EQ(bad.error().code, base::ErrorCode::Io);
}

TEST(Result, MovesItsValueOut) {
  base::Result<std::unique_ptr<int>> result(std::make_unique<int>(3));

  const std::unique_ptr<int> taken = *std::move(result);

  EXPECT_EQ(*taken, 3);
}

}  // namespace
