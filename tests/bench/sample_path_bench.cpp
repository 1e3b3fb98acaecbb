// Prints what one core carries on the path of a sample: stream, windower, features, and memory.
// Run by hand in a release build; figures are compared side by side, never asserted.

#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>
#include <sys/resource.h>
#include <thread>

#include "sensors/envelope.h"
#include "sensors/feature_extractor.h"
#include "sensors/frame.h"
#include "sensors/source.h"
#include "tests/support/scripted_source.h"

namespace {

using sensors::BlockPtr;
using sensors::SourceInfoPtr;
using sensors::SourceKind;
using sensors::WindowSpec;
using std::chrono::milliseconds;
using std::chrono::seconds;

double secondsOf(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Of the processor, so that other programs on the machine do not count.
double processorSecondsOf(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

double megabytesAtMost() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::vector<BlockPtr> noise(const SourceInfoPtr& source, double length, std::size_t perBlock) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal(0, 0.1f);
  return support::blocksOf(source, {0}, static_cast<std::size_t>(length * source->rate), perBlock,
                           [&](double) { return normal(random); });
}

void benchStream(std::size_t readers) {
  const auto source = support::shared(support::sourceInfo("n/imu", SourceKind::Motion, 100, 3));
  const auto blocks = noise(source, 2'000, 10);
  sensors::SourceStream stream(source);
  std::vector<std::shared_ptr<sensors::Reader<sensors::Block>>> subscriptions;
  // Room for all, so that what is measured is every block at every reader.
  for (std::size_t r = 0; r < readers; ++r)
    subscriptions.push_back(stream.subscribe(blocks.size()));
  const double taken = secondsOf([&] {
    std::vector<std::jthread> threads;
    for (std::size_t r = 0; r < readers; ++r) {
      threads.emplace_back([&, r](std::stop_token) {
        for (std::size_t i = 0; i < blocks.size(); ++i) subscriptions[r]->next({});
      });
    }
    for (const BlockPtr& block : blocks) stream.publish(block, block->start);
    for (std::jthread& thread : threads) thread.join();
  });
  const auto n = static_cast<double>(blocks.size());
  std::printf("stream, %zu readers          %10.0f blocks/s %12.0f readings/s  %.1f us/block\n",
              readers, n / taken, n * 30 / taken, taken / n * 1e6);
}

void benchWindows(const char* name, const SourceInfoPtr& source, double length,
                  std::size_t perBlock) {
  const auto blocks = noise(source, length, perBlock);
  sensors::Windower windower(source, {seconds(1), milliseconds(500)});
  std::size_t windows = 0;
  const double taken = processorSecondsOf([&] {
    for (const BlockPtr& block : blocks) windows += windower.push(block).size();
  });
  const double readings = length * source->rate * static_cast<double>(source->channels.size());
  std::printf("windower, %-18s %10.0f blocks/s %12.0f readings/s  %.1f us/window\n", name,
              static_cast<double>(blocks.size()) / taken, readings / taken,
              taken / static_cast<double>(windows) * 1e6);
}

void benchFeatures(const char* name, const sensors::ExtractorFactory& factory,
                   const SourceInfoPtr& source, std::size_t rounds) {
  const WindowSpec spec{seconds(1), milliseconds(500)};
  sensors::Windower windower(source, spec);
  std::vector<sensors::Window> windows;
  for (const BlockPtr& block : noise(source, 10, static_cast<std::size_t>(source->rate / 10))) {
    for (auto& window : windower.push(block)) windows.push_back(std::move(window));
  }
  const auto extractor = factory(*source, spec).value();
  const auto layout = sensors::makeLayout(source->id, *extractor);
  float sum = 0;
  const double taken = processorSecondsOf([&] {
    for (std::size_t i = 0; i < rounds; ++i) {
      sum += sensors::makeFrame(*extractor, layout, windows[i % windows.size()])->values[0];
    }
  });
  std::printf("features, %-18s %10.0f frames/s %12zu features    %.1f us/frame%s\n", name,
              static_cast<double>(rounds) / taken, extractor->features().size(),
              taken / static_cast<double>(rounds) * 1e6, std::isnan(sum) ? "!" : "");
}

void benchEnvelope() {
  const auto source = support::shared(support::sourceInfo("n/mic", SourceKind::Audio, 48'000));
  const auto blocks = noise(source, 60, 960);
  sensors::Envelope envelope(milliseconds(1), std::chrono::hours(1));
  const double taken = processorSecondsOf([&] {
    for (const BlockPtr& block : blocks) envelope.add(*block, 0);
  });
  std::size_t shown = 0;
  const double asked = processorSecondsOf([&] {
    for (int i = 0; i < 100; ++i) {
      shown += envelope.columns({{0}, base::Time{0} + seconds(60)}, 1'920).size();
    }
  });
  std::printf(
      "envelope, 48 kHz             %10.0f blocks/s %12.0f readings/s  %.2f ms for 1920 "
      "columns of a minute\n",
      static_cast<double>(blocks.size()) / taken, 60 * 48'000 / taken,
      asked / 100 * 1e3 * (shown > 0 ? 1 : 0));
}

}  // namespace

int main() {
  const auto imu =
      support::shared(support::sourceInfo("n/imu", SourceKind::Motion, 100, 3, "m/s2"));
  const auto mic = support::shared(support::sourceInfo("n/mic", SourceKind::Audio, 16'000));
  benchStream(1);
  benchStream(8);
  benchWindows("motion 100 Hz x 3", imu, 2'000, 10);
  benchWindows("sound 16 kHz", mic, 60, 320);
  benchFeatures("motion 100 Hz x 3", sensors::makeMotion, imu, 20'000);
  benchFeatures("sound 16 kHz", sensors::makeSound, mic, 2'000);
  benchFeatures("log-mel 16 kHz", sensors::makeLogMel, mic, 2'000);
  benchEnvelope();
  std::printf("memory at most               %10.0f MB\n", megabytesAtMost());
  return 0;
}
