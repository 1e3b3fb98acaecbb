#include "sensors/flood_gate.h"

#include <gtest/gtest.h>

namespace {

using sensors::FloodGate;

base::Time at(double seconds) { return base::Time{1} + base::fromSeconds(seconds); }

/// Rows taken of `rate` a second, in blocks of ten, over `seconds`.
double taken(FloodGate& gate, double rate, double seconds) {
  double rows = 0;
  for (double t = 0; t < seconds; t += 10 / rate) rows += gate.take(10, at(t)) ? 10 : 0;
  return rows;
}

TEST(FloodGate, TakesWhatIsDeclaredAndBursts) {
  FloodGate gate(50);
  EXPECT_NEAR(taken(gate, 50, 60), 3000, 10);
  FloodGate burst(50);
  EXPECT_TRUE(burst.take(900, at(0)));
}

TEST(FloodGate, OfAHundredTimesItsRateATenthIsTaken) {
  FloodGate gate(50);
  EXPECT_NEAR(taken(gate, 5000, 60), 60 * 500 + 1000, 600);
}

TEST(FloodGate, WhatSendsOnChangeMaySendAHundredASecond) {
  FloodGate gate(0);
  EXPECT_NEAR(taken(gate, 5000, 60), 60 * 100 + 200, 150);
}

TEST(FloodGate, AnotherDeclaredRateCountsFromThenOn) {
  FloodGate gate(1);
  EXPECT_FALSE(gate.take(5000, at(0)));
  gate.setRate(48000);
  EXPECT_TRUE(gate.take(5000, at(0)));
}

}  // namespace
