#include "learners/member_policy.h"

#include <algorithm>
#include <cassert>
#include <chrono>

namespace learners {
namespace {

constexpr int kAttempts = 9;
constexpr double kShortestMs = 0.02;  // a clock's own cost must not show
constexpr std::size_t kMostCalls = 4096;

}  // namespace

double measureLatencyMs(const Model& model, const Dataset& data) {
  assert(data.rows() > 0);
  using Clock = std::chrono::steady_clock;
  std::vector<float> p(model.labelCount());
  std::size_t row = 0;
  const auto ask = [&](std::size_t calls) {
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < calls; ++i) {
      model.predict(data.row(row), p);
      row = row + 1 == data.rows() ? 0 : row + 1;
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  };
  std::size_t calls = 1;
  while (ask(calls) < kShortestMs && calls < kMostCalls) calls *= 4;
  double least = ask(calls);
  for (int i = 1; i < kAttempts; ++i) least = std::min(least, ask(calls));
  return least / static_cast<double>(calls);
}

std::vector<std::size_t> fastest(std::span<const double> latencyMs, std::size_t count) {
  std::vector<std::size_t> order(latencyMs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return latencyMs[a] < latencyMs[b]; });
  order.resize(std::min(order.size(), count));
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace learners
