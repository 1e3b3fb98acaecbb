// The log-mel patch against numbers somebody else computed.

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <numbers>
#include <random>
#include <unistd.h>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceKind;

const auto kMic = support::sourceInfo("n/mic", SourceKind::Audio, 16'000);

/// The patch of exactly these rows.
std::vector<float> patchOf(const sensors::SourceInfo& mic, const std::vector<float>& values) {
  return support::extract(sensors::makeLogMel, mic, support::windowOf(mic, values)).values;
}

TEST(LogMelKnown, AnImpulseIsTheSumOfEachTriangle) {
  std::vector<float> x(400);
  x[200] = 1;  // where the window is 1, so that every |X_k| is 1

  const auto patch = patchOf(kMic, x);

  // ln(sum_k w_bk + 0.01), the triangles of 512 points at 16 kHz, in double precision.
  ASSERT_EQ(patch.size(), 64u);
  EXPECT_NEAR(patch[0], -0.0432307, 1e-4);
  EXPECT_NEAR(patch[1], -0.0045947, 1e-4);
  EXPECT_NEAR(patch[31], 1.0643754, 1e-4);
  EXPECT_NEAR(patch[63], 2.1921208, 1e-4);
}

TEST(LogMelKnown, AToneIsLoudestWhereItLies) {
  std::vector<float> x(400);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = static_cast<float>(
        0.5 * std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / 16'000));
  }

  const auto patch = patchOf(kMic, x);

  EXPECT_NEAR(patch[0], -4.5422909, 1e-4);
  EXPECT_NEAR(patch[20], 4.0819816, 1e-4);
  EXPECT_NEAR(patch[24], -2.9529105, 1e-4);
  EXPECT_NEAR(patch[63], -4.6031646, 1e-4);
}

/// A python3 that has NumPy, or nothing.
std::string pythonWithNumpy() {
  for (const char* python : {MIMOSA_PYTHON, "/usr/bin/python3"}) {
    const std::string asks = std::string(python) + " -c 'import numpy' 2>/dev/null";
    if (std::system(asks.c_str()) == 0) return python;
  }
  return {};
}

TEST(LogMelKnown, EqualsAnIndependentReferenceWithin1e4) {
  const std::string python = pythonWithNumpy();
  if (python.empty()) GTEST_SKIP() << "left out: no python3 with NumPy here";
  const auto folder = std::filesystem::temp_directory_path();
  const std::string in = (folder / ("mimosa-mel-" + std::to_string(getpid()) + ".in")).string();
  const std::string out = in + ".out";
  struct Case {
    double rate;
    std::size_t channels;
  };
  for (const Case& c : {Case{16'000, 1}, Case{48'000, 1}, Case{44'100, 2}}) {
    const auto mic = support::sourceInfo("n/mic", SourceKind::Audio, c.rate, c.channels);
    std::mt19937 random(11);
    std::normal_distribution<float> noise(0, 0.1F);
    // 96 frames of 25 ms, one every 10 ms.
    const auto rows = static_cast<std::size_t>(std::lround(0.975 * c.rate));
    std::vector<float> x(rows * c.channels);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double t = static_cast<double>(i / c.channels) / c.rate;
      x[i] = noise(random) +
             static_cast<float>(0.3 * std::sin(2 * std::numbers::pi * (300 + 2000 * t) * t));
    }
    {
      std::ofstream file(in, std::ios::binary);
      const std::array<double, 2> head = {c.rate, static_cast<double>(c.channels)};
      file.write(reinterpret_cast<const char*>(head.data()), sizeof head);
      file.write(reinterpret_cast<const char*>(x.data()),
                 static_cast<std::streamsize>(x.size() * sizeof(float)));
    }
    const std::string command =
        python + " " MIMOSA_LOG_MEL_REFERENCE " < " + in + " > " + out;
    ASSERT_EQ(std::system(command.c_str()), 0);
    std::ifstream file(out, std::ios::binary);
    std::vector<double> expected(96 * 64);
    file.read(reinterpret_cast<char*>(expected.data()),
              static_cast<std::streamsize>(expected.size() * sizeof(double)));
    ASSERT_EQ(file.gcount(), static_cast<std::streamsize>(expected.size() * sizeof(double)));

    const auto patch = patchOf(mic, x);

    ASSERT_EQ(patch.size(), expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < patch.size(); ++i) {
      worst = std::max(worst, std::abs(patch[i] - expected[i]));
    }
    std::printf("%.0f Hz, %zu channels: largest difference %.1e\n", c.rate, c.channels, worst);
    EXPECT_LT(worst, 1e-4) << c.rate;
  }
  std::filesystem::remove(in);
  std::filesystem::remove(out);
}

}  // namespace
