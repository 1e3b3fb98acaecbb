#include "sensors/extractors/body_axes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "sensors/extractors/axes.h"

namespace sensors {

namespace {

constexpr double kLeastLength = 1e-3;  // of the unit
constexpr float kQuietest = -40;       // dB
constexpr double kShares[] = {0.01, 0.05, 0.25, 0.75, 0.95, 0.99};

/// What is there, in order of size; and its moments.
struct Course {
  std::vector<double> sorted;
  double mean = 0;
  double second = 0;
  double third = 0;
  double fourth = 0;

  explicit Course(std::vector<double> values) : sorted(std::move(values)) {
    const auto n = static_cast<double>(sorted.size());
    for (const double value : sorted) mean += value / n;
    for (const double value : sorted) {
      const double d = value - mean;
      second += d * d / n;
      third += d * d * d / n;
      fourth += d * d * d * d / n;
    }
    std::sort(sorted.begin(), sorted.end());
  }
};

bool isThere(const Signal& signal, std::size_t i) {
  return signal.missing.empty() || !signal.missing[i];
}

std::vector<double> valuesOf(const Signal& signal) {
  std::vector<double> values;
  for (std::size_t i = 0; i < signal.values.size(); ++i) {
    if (isThere(signal, i)) values.push_back(signal.values[i]);
  }
  return values;
}

std::vector<double> changesOf(const Signal& signal) {
  std::vector<double> changes;
  for (std::size_t i = 1; i < signal.values.size(); ++i) {
    if (!isThere(signal, i - 1) || !isThere(signal, i)) continue;
    changes.push_back((static_cast<double>(signal.values[i]) - signal.values[i - 1]) * signal.rate);
  }
  return changes;
}

void writeCourse(std::vector<double> values, std::span<float> out) {
  if (values.size() < 2) return;
  const Course course(std::move(values));
  const double deviation = std::max(std::sqrt(course.second), kLeastLength);
  out[0] = static_cast<float>(20 * std::log10(deviation));
  out[1] = static_cast<float>(course.third / std::pow(deviation, 3));
  out[2] = static_cast<float>(course.fourth / std::pow(deviation, 4));
  for (std::size_t i = 0; i < std::size(kShares); ++i) {
    out[3 + i] = static_cast<float>(percentile(course.sorted, kShares[i]));
  }
}

void turnToPositiveSkew(Signal& signal) {
  double third = 0;
  for (const float value : signal.values) third += std::pow(static_cast<double>(value), 3);
  if (third >= 0) return;
  for (float& value : signal.values) value = -value;
}

struct BodySignals {
  Signal up;
  Signal forward;
  Signal sideways;
};

BodySignals bodySignals(AxisRows rows, double rate) {
  Vector up{};
  meanOf(rows, 0, rows.values.size(), up);
  const double size = length(up);
  for (double& value : up) value = size > kLeastLength ? value / size : 0;

  Signal none{.rate = rate, .values = {}, .missing = {}};
  if (rows.count < rows.values.size()) {
    for (const std::uint8_t there : rows.isThere) none.missing.push_back(there ? 0 : 1);
  }
  BodySignals made{none, none, none};
  for (Vector& row : rows.values) {
    const double along = row[0] * up[0] + row[1] * up[1] + row[2] * up[2];
    made.up.values.push_back(static_cast<float>(along));
    for (std::size_t a = 0; a < 3; ++a) row[a] -= along * up[a];
  }
  Vector middle{};
  meanOf(rows, 0, rows.values.size(), middle);
  const PrincipalAxes level = principalAxes(rows, middle);
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    double parts[2] = {};
    for (std::size_t a = 0; a < 3 && rows.isThere[i]; ++a) {
      parts[0] += (rows.values[i][a] - middle[a]) * level.direction[0][a];
      parts[1] += (rows.values[i][a] - middle[a]) * level.direction[1][a];
    }
    made.forward.values.push_back(static_cast<float>(parts[0]));
    made.sideways.values.push_back(static_cast<float>(parts[1]));
  }
  turnToPositiveSkew(made.forward);
  turnToPositiveSkew(made.sideways);
  return made;
}

}  // namespace

void BodyAxes::name(const std::string& triple, const std::string& unit,
                    std::vector<Feature>& to) const {
  for (const char* signal : {" up", " forward", " sideways"}) {
    spectrum_.nameBands(triple + signal, to);
  }
  const std::string perSecond = unit.empty() ? "" : unit + "/s";
  const auto nameCourse = [&](const std::string& signal, const std::string& of) {
    to.push_back({.name = signal + " level", .unit = "dB", .resolution = 0});
    to.push_back({.name = signal + " skewness", .unit = "1", .resolution = 0});
    to.push_back({.name = signal + " kurtosis", .unit = "1", .resolution = 0});
    for (const char* share : {"1st", "5th", "25th", "75th", "95th", "99th"}) {
      to.push_back({.name = signal + " " + share + " percentile", .unit = of, .resolution = 0});
    }
  };
  nameCourse(triple + " forward", unit);
  nameCourse(triple + " change upwards", perSecond);
  nameCourse(triple + " change forward", perSecond);
}

void BodyAxes::write(std::span<const Signal> axes, std::span<float> out) const {
  assert(axes.size() == 3 && out.size() == count());
  std::fill(out.begin(), out.end(), kNone);
  AxisRows rows = rowsOf(axes);
  if (axes[0].rate <= 0 || rows.count == 0) return;
  const BodySignals body = bodySignals(std::move(rows), axes[0].rate);
  std::size_t at = 0;
  for (const Signal* signal : {&body.up, &body.forward, &body.sideways}) {
    const auto part = out.subspan(at, bands());
    spectrum_.writeBands(*signal, part);
    for (float& level : part) level = std::isnan(level) ? level : std::max(level, kQuietest);
    at += bands();
  }
  writeCourse(valuesOf(body.forward), out.subspan(at, kCourse));
  writeCourse(changesOf(body.up), out.subspan(at + kCourse, kCourse));
  writeCourse(changesOf(body.forward), out.subspan(at + 2 * kCourse, kCourse));
}

}  // namespace sensors
