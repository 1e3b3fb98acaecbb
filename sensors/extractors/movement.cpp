#include "sensors/extractors/movement.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "sensors/extractors/axes.h"

namespace sensors {

namespace {

constexpr double kLeast = 1e-3;    // of the unit
constexpr double kQuickest = 0.2;  // seconds, of a rhythm's period
constexpr double kSlowest = 2.5;
constexpr double kAsStrong = 0.9;

double decibels(double value) { return 20 * std::log10(std::max(value, kLeast)); }

/// Root of the mean squared distance from `centre` of whole rows in [begin, end).
double spreadOf(const AxisRows& rows, std::size_t begin, std::size_t end, const Vector& centre) {
  double squares = 0;
  double n = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (!rows.isThere[i]) continue;
    const double d = apart(rows.values[i], centre);
    squares += d * d;
    n += 1;
  }
  return std::sqrt(squares / std::max(n, 1.0));
}

class Pen {
 public:
  explicit Pen(std::span<float> out) : out_(out) {}
  void put(double value) { out_[at_++] = static_cast<float>(value); }
  void skip(std::size_t count) { at_ += count; }

 private:
  std::span<float> out_;
  std::size_t at_ = 0;
};

void writeStrength(const AxisRows& rows, const Vector& mean, Pen& pen) {
  std::vector<double> movement;
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    if (rows.isThere[i]) movement.push_back(apart(rows.values[i], mean));
  }
  std::sort(movement.begin(), movement.end());
  const double low = decibels(percentile(movement, 0.1));
  const double high = decibels(percentile(movement, 0.9));
  pen.put(low);
  pen.put(decibels(percentile(movement, 0.5)));
  pen.put(high);
  pen.put(decibels(percentile(movement, 0.99)));
  pen.put(high - low);
}

void writeJerk(const AxisRows& rows, double rate, Pen& pen) {
  std::vector<double> jerk;
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 1; i < rows.values.size(); ++i) {
    if (!rows.isThere[i - 1] || !rows.isThere[i]) continue;
    jerk.push_back(apart(rows.values[i], rows.values[i - 1]) * rate);
    sum += jerk.back();
    squares += jerk.back() * jerk.back();
  }
  if (jerk.empty()) return pen.skip(5);
  std::sort(jerk.begin(), jerk.end());
  const double mean = sum / static_cast<double>(jerk.size());
  pen.put(decibels(mean));
  pen.put(
      decibels(std::sqrt(std::max(0.0, squares / static_cast<double>(jerk.size()) - mean * mean))));
  for (const double share : {0.1, 0.5, 0.9}) pen.put(decibels(percentile(jerk, share)));
}

void writeDirections(const PrincipalAxes& axes, Pen& pen) {
  double total = 0;
  for (const double power : axes.power) {
    pen.put(decibels(std::sqrt(power)));
    total += power;
  }
  const double whole = std::max(total, kLeast * kLeast);
  pen.put(axes.power[0] / whole);
}

void writeBursts(const AxisRows& rows, double rate, Pen& pen) {
  const auto second = static_cast<std::size_t>(std::lround(rate));
  const std::size_t seconds = second > 0 ? rows.values.size() / second : 0;
  std::vector<double> strength;
  std::vector<Vector> means;
  for (std::size_t s = 0; s < seconds; ++s) {
    Vector mean{};
    if (!meanOf(rows, s * second, (s + 1) * second, mean)) continue;
    strength.push_back(decibels(spreadOf(rows, s * second, (s + 1) * second, mean)));
    means.push_back(mean);
  }
  if (strength.size() < 2) return pen.skip(7);
  const auto n = static_cast<double>(strength.size());
  double mean = 0;
  for (const double value : strength) mean += value / n;
  double squares = 0;
  double change = 0;
  double turn = 0;
  double mostTurn = 0;
  for (std::size_t i = 0; i < strength.size(); ++i) {
    squares += (strength[i] - mean) * (strength[i] - mean);
    if (i == 0) continue;
    change += std::abs(strength[i] - strength[i - 1]) / (n - 1);
    const double step = apart(means[i], means[i - 1]);
    turn += step / (n - 1);
    mostTurn = std::max(mostTurn, step);
  }
  std::sort(strength.begin(), strength.end());
  pen.put(std::sqrt(squares / n));
  pen.put(strength.front());
  pen.put(strength.back());
  pen.put(percentile(strength, 0.5));
  pen.put(change);
  pen.put(decibels(turn));
  pen.put(decibels(mostTurn));
}

void writeDrift(const AxisRows& rows, Pen& pen) {
  Vector before{};
  Vector after{};
  const std::size_t half = rows.values.size() / 2;
  const bool isThere =
      meanOf(rows, 0, half, before) && meanOf(rows, half, rows.values.size(), after);
  const double lengths = length(before) * length(after);
  if (!isThere || lengths < kLeast * kLeast) return pen.skip(1);
  const double along =
      (before[0] * after[0] + before[1] * after[1] + before[2] * after[2]) / lengths;
  pen.put(std::acos(std::clamp(along, -1.0, 1.0)) * 180 / std::numbers::pi);
}

/// Autocorrelation at lags 0 .. n / 2 of values whose mean is 0, unbiased, 1 at lag 0; empty where
/// nothing moves. `transform` is at least twice as long as `values`.
std::vector<float> autocorrelation(const std::vector<float>& values,
                                   const RealTransform& transform) {
  RealTransform::Work work(transform.size());
  const auto input = work.input();
  std::fill(input.begin(), input.end(), 0.0F);
  std::copy(values.begin(), values.end(), input.begin());
  transform.run(work);
  // The power is even and real, so that its transform is its inverse but for a factor.
  const auto bins = work.output();
  for (std::size_t k = 0; k < bins.size(); ++k) {
    input[k] = std::norm(bins[k]);
    if (k > 0) input[transform.size() - k] = input[k];
  }
  transform.run(work);
  const float all = work.output()[0].real();
  const auto n = static_cast<double>(values.size());
  const double least = kLeast * kLeast * n * static_cast<double>(transform.size());
  if (!(all > least)) return {};
  std::vector<float> r(values.size() / 2 + 1);
  for (std::size_t lag = 0; lag < r.size(); ++lag) {
    r[lag] =
        static_cast<float>(work.output()[lag].real() / all * n / (n - static_cast<double>(lag)));
  }
  return r;
}

void writeRhythm(const std::vector<float>& values, double rate, const RealTransform& transform,
                 Pen& pen) {
  const std::size_t first = std::max<std::size_t>(2, std::lround(kQuickest * rate));
  const std::size_t last = std::min<std::size_t>(values.size() / 2, std::lround(kSlowest * rate));
  if (last < first + 2) return pen.skip(4);
  const std::vector<float> r = autocorrelation(values, transform);
  if (r.empty()) {
    for (int i = 0; i < 4; ++i) pen.put(0);
    return;
  }
  double peak = 0;
  double least = r[first];
  const auto isTop = [&](std::size_t lag) { return r[lag] > r[lag - 1] && r[lag] >= r[lag + 1]; };
  for (std::size_t lag = first; lag <= last; ++lag) {
    least = std::min(least, static_cast<double>(r[lag]));
    if (lag > first && lag < last && isTop(lag)) peak = std::max(peak, static_cast<double>(r[lag]));
  }
  // Whole multiples of a period are as strong as itself.
  std::size_t where = 0;
  for (std::size_t lag = first + 1; lag < last && where == 0; ++lag) {
    if (peak > 0 && isTop(lag) && r[lag] >= kAsStrong * peak) where = lag;
  }
  std::size_t half = 0;
  while (half < r.size() && r[half] >= 0.5F) ++half;
  pen.put(peak);
  pen.put(where > 0 ? rate / static_cast<double>(where) : 0);
  pen.put(least);
  pen.put(static_cast<double>(half) / rate);
}

}  // namespace

void Movement::name(const std::string& triple, std::vector<Feature>& to) {
  const auto add = [&](const std::string& what, const char* unit) {
    to.push_back({.name = triple + " " + what, .unit = unit, .resolution = 0});
  };
  for (const char* what :
       {"10th percentile", "median", "90th percentile", "99th percentile", "percentile range"}) {
    add(std::string("movement ") + what, "dB");
  }
  for (const char* what :
       {"mean level", "std level", "10th percentile", "median", "90th percentile"}) {
    add(std::string("jerk ") + what, "dB");
  }
  for (const char* axis : {"first", "second", "third"}) {
    add(std::string("spread along ") + axis + " axis", "dB");
  }
  add("share of first axis", "1");
  for (const char* what : {"std", "min", "max", "median", "mean change"}) {
    add(std::string("burst ") + what, "dB");
  }
  add("turn per second mean", "dB");
  add("turn per second max", "dB");
  add("drift", "deg");
  for (const char* of : {"magnitude", "first axis"}) {
    add(of + std::string(" rhythm strength"), "1");
    add(of + std::string(" rhythm frequency"), "Hz");
    add(of + std::string(" rhythm least"), "1");
    add(of + std::string(" memory"), "s");
  }
}

void Movement::write(std::span<const Signal> axes, std::span<float> out) const {
  assert(axes.size() == 3 && out.size() == kCount);
  std::fill(out.begin(), out.end(), kNone);
  const double rate = axes[0].rate;
  const AxisRows rows = rowsOf(axes);
  Vector mean{};
  if (rate <= 0 || !meanOf(rows, 0, rows.values.size(), mean)) return;
  const PrincipalAxes principal = principalAxes(rows, mean);
  Pen pen(out);
  writeStrength(rows, mean, pen);
  writeJerk(rows, rate, pen);
  writeDirections(principal, pen);
  writeBursts(rows, rate, pen);
  writeDrift(rows, pen);

  std::vector<float> magnitude(rows.values.size());
  std::vector<float> along(rows.values.size());
  double meanMagnitude = 0;
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    if (!rows.isThere[i]) continue;
    const Vector& v = rows.values[i];
    magnitude[i] = static_cast<float>(length(v));
    meanMagnitude += magnitude[i];
    double sum = 0;
    for (std::size_t a = 0; a < 3; ++a) sum += (v[a] - mean[a]) * principal.direction[0][a];
    along[i] = static_cast<float>(sum);
  }
  meanMagnitude /= static_cast<double>(rows.count);
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    if (rows.isThere[i]) magnitude[i] = static_cast<float>(magnitude[i] - meanMagnitude);
  }
  std::size_t size = 16;
  while (size < 2 * rows.values.size()) size *= 2;
  const auto transform = transforms_.get(size);
  writeRhythm(magnitude, rate, *transform, pen);
  writeRhythm(along, rate, *transform, pen);
}

std::array<Signal, 2> alongAndAcross(std::span<const Signal> axes) {
  const AxisRows rows = rowsOf(axes);
  Vector up{};
  meanOf(rows, 0, rows.values.size(), up);
  const double size = length(up);
  for (double& value : up) value = size > kLeast ? value / size : 0;
  Signal along{.rate = axes[0].rate, .values = {}, .missing = {}};
  Signal across = along;
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    const Vector& v = rows.values[i];
    const double part = v[0] * up[0] + v[1] * up[1] + v[2] * up[2];
    along.values.push_back(static_cast<float>(part));
    across.values.push_back(
        static_cast<float>(apart(v, {part * up[0], part * up[1], part * up[2]})));
    if (rows.count == rows.values.size()) continue;
    along.missing.push_back(rows.isThere[i] ? 0 : 1);
    across.missing.push_back(along.missing.back());
  }
  return {std::move(along), std::move(across)};
}

}  // namespace sensors
