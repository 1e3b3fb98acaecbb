// Five tasks on one microphone against one: what capture and features cost. Sound of the house's
// kettle and tap runs through stream, trace, frames and tasks ten times faster than it sounds.
// Nobody answers: a model is each task's own. Takes seconds of sound (default: 120).

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <thread>
#include <vector>

#include "app/simulator/house.h"
#include "app/task.h"
#include "app/traces.h"
#include "plugins/host/built_in.h"
#include "tests/support/wait_until.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr sensors::WindowSpec kWindow{seconds(1), milliseconds(250)};
constexpr int kRounds = 3;

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::vector<std::vector<float>> soundOf(double length) {
  app::House house(1);
  std::vector<std::vector<float>> ticks;
  for (double t = 0; t < length; t += app::kTickSeconds) {
    if (ticks.size() % 100 == 0) {
      const auto what = ticks.size() % 200 == 0 ? app::House::Act::Start : app::House::Act::Stop;
      static_cast<void>(house.act("kettle", what));
    }
    const app::HouseTick& tick = house.next();
    ticks.emplace_back(tick.sound.begin(), tick.sound.end());
  }
  return ticks;
}

/// Processor seconds for one second of sound with `n` tasks, and how many computations ran.
double costOf(int n, const std::vector<std::vector<float>>& ticks, std::size_t& feeds) {
  const base::SystemClock clock;
  const plugins::Registry registry = plugins::builtIn();
  sensors::SourceTable sources;
  sensors::Tape tape;
  app::Traces traces(tape);
  const sensors::SourceInfo info{.id = "kitchen/microphone",
                                 .kind = sensors::SourceKind::Audio,
                                 .channels = {{"l", "1", -1, 1}},
                                 .rate = app::kSoundRate};
  const auto stream = sources.declare(info);
  traces.follow(stream);
  sensors::FrameHub hub(sources, registry.extractors, clock);
  std::vector<std::unique_ptr<app::Task>> tasks;
  for (int i = 0; i < n; ++i) {
    tasks.push_back(std::make_unique<app::Task>(hub, clock, [](const app::Answer&) {}));
    tasks.back()->watch({{info.id, sensors::defaultExtractor(info), kWindow}}, kWindow.hop);
  }
  feeds = hub.running();
  const auto end = hub.acquire({info.id, sensors::defaultExtractor(info), kWindow});
  const auto reader = (*end)->subscribe(1 << 16);

  const double before = processorSeconds();
  base::Time at = base::floorTo(clock.now(), seconds(1)) -
                  base::fromSeconds(static_cast<double>(ticks.size()) * app::kTickSeconds);
  std::size_t frames = 0;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    auto block = std::make_shared<sensors::Block>();
    block->source = stream->info();
    block->sequence = i;
    block->start = at;
    block->step = base::fromSeconds(1.0 / app::kSoundRate);
    block->content =
        sensors::Samples{.rows = ticks[i].size(), .channels = 1, .values = ticks[i]};
    at += app::kHouseTick;
    stream->publish(std::move(block), clock.now());
    // As fast as features are computed: nothing is lost and nothing waits.
    const auto due = static_cast<std::size_t>(
        std::max(0.0, (static_cast<double>(i) * app::kTickSeconds - 2) /
                          base::toSeconds(kWindow.hop)));
    support::waitUntil([&] {
      while (reader->poll()) ++frames;
      return frames >= due;
    });
  }
  return (processorSeconds() - before) /
         (static_cast<double>(ticks.size()) * app::kTickSeconds);
}

}  // namespace

int main(int argc, char** argv) {
  const auto ticks = soundOf(argc > 1 ? std::atof(argv[1]) : 120);
  std::printf("processor milliseconds for a second of sound, best of %d\n", kRounds);
  double one = 0;
  for (const int n : {1, 2, 5}) {
    double best = 1e9;
    std::size_t feeds = 0;
    for (int round = 0; round < kRounds; ++round) best = std::min(best, costOf(n, ticks, feeds));
    if (n == 1) one = best;
    std::printf("%d task%s %8.2f   %.2f x one, features computed %zu time%s\n", n,
                n == 1 ? " " : "s", best * 1e3, best / one, feeds, feeds == 1 ? "" : "s");
  }
  return 0;
}
