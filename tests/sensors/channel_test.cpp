#include "sensors/channel.h"

#include <gtest/gtest.h>

namespace {

using sensors::SourceKind;

TEST(SourceKind, EveryKindReadsBackFromItsWord) {
  for (const auto kind : {SourceKind::Motion, SourceKind::Audio, SourceKind::Slow,
                          SourceKind::Picture, SourceKind::Features}) {
    EXPECT_EQ(sensors::sourceKindFrom(sensors::toText(kind)), kind);
  }
}

TEST(SourceKind, UnderstandsTheWordsNodesUseAndTakesUnknownOnesAsSlow) {
  EXPECT_EQ(sensors::sourceKindFrom("accel"), SourceKind::Motion);
  EXPECT_EQ(sensors::sourceKindFrom("gyro"), SourceKind::Motion);
  EXPECT_EQ(sensors::sourceKindFrom("imu"), SourceKind::Motion);
  EXPECT_EQ(sensors::sourceKindFrom("mic"), SourceKind::Audio);
  EXPECT_EQ(sensors::sourceKindFrom("weather"), SourceKind::Slow);
}

}  // namespace
