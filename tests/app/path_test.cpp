// The path of one sample: blocks through stream, shared frames, two tasks, and out to the bus.

#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/announcer.h"
#include "app/task.h"
#include "hubs/codec.h"
#include "hubs/memory_bus.h"
#include "plugins/host/built_in.h"
#include "tests/support/wait_until.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const sensors::SourceInfo kShaker{.id = "node/imu",
                                  .kind = sensors::SourceKind::Motion,
                                  .channels = {{"x", "m/s2"}},
                                  .rate = 100};
const sensors::FrameSpec kSpec{"node/imu", "statistics", {seconds(1), milliseconds(500)}};

sensors::BlockPtr swing(base::Time start, float amplitude, std::uint64_t sequence) {
  auto block = std::make_shared<sensors::Block>();
  block->source = std::make_shared<const sensors::SourceInfo>(kShaker);
  block->sequence = sequence;
  block->start = start;
  block->step = milliseconds(10);
  sensors::Samples samples{.rows = 50, .channels = 1};
  for (int i = 0; i < 50; ++i) {
    samples.values.push_back(amplitude * std::sin(0.7F * static_cast<float>(i + 50 * sequence)));
  }
  block->content = std::move(samples);
  return block;
}

/// An ensemble that tells small swings from large ones, trained offline by the same code path.
learners::EnsemblePtr trainOffline(const plugins::Registry& registry) {
  const auto extractor = registry.extractors.at("statistics")(kShaker, kSpec.window).value();
  const auto layout = sensors::makeLayout("node/imu", *extractor);
  learners::DatasetContent content{
      .layout = *layout, .labels = {{.id = 1, .name = "still"}, {.id = 2, .name = "shaking"}}};
  for (int recording = 0; recording < 8; ++recording) {
    const int label = recording % 2;
    sensors::Windower windower(std::make_shared<const sensors::SourceInfo>(kShaker), kSpec.window);
    const base::Time start{1'000'000'000'000LL + recording * 100'000'000'000LL};
    std::vector<sensors::Window> windows;
    for (std::uint64_t i = 0; i < 8; ++i) {
      const float amplitude =
          (label == 0 ? 0.2F : 4.F) * (1 + 0.05F * static_cast<float>(recording));
      for (auto& w : windower.push(
               swing(start + milliseconds(500) * static_cast<std::int64_t>(i), amplitude, i))) {
        windows.push_back(std::move(w));
      }
    }
    for (const auto& window : windows) {
      const auto frame = sensors::makeFrame(*extractor, layout, window);
      content.values.insert(content.values.end(), frame->values.begin(), frame->values.end());
      content.label.push_back(label);
      content.group.push_back(recording);
      content.unit.push_back(recording);
    }
  }
  const auto data = learners::Dataset::make(std::move(content)).value();
  return learners::trainEnsemble(*data, {.learners = {"logistic", "knn"}}, registry.learners, {})
      .value()
      .ensemble;
}

TEST(Path, BlocksBecomeAnswersOfTwoTasksThatShareOneComputation) {
  const plugins::Registry registry = plugins::builtIn();
  const base::SystemClock clock;
  sensors::SourceTable sources;
  const auto stream = sources.declare(kShaker);
  sensors::FrameHub hub(sources, registry.extractors, clock);
  const auto room = hubs::makeMemoryRoom();
  const auto bus = hubs::makeMemoryBus(room);
  const auto listener = hubs::makeMemoryBus(room);
  std::mutex mutex;
  std::vector<std::string> heard, heardOfSecond;
  const auto subscription = listener->subscribe(
      "mimosa/1/home/pred/+", hubs::Delivery::AtMostOnce, [&](const hubs::Message& m) {
        std::lock_guard lock(mutex);
        auto& of = m.topic.ends_with("/main") ? heard : heardOfSecond;
        of.push_back(nlohmann::json::parse(m.text()).at("label"));
      });
  app::Announcer announcer(*bus, hubs::Topics("home"), "wb-1");
  const auto ensemble = trainOffline(registry);
  app::Task first(hub, clock,
                  [&](const app::Answer& a) { announcer.announce(a, ensemble->hash()); });
  app::Task second(hub, clock, [&](const app::Answer& a) {
    announcer.announce(a, ensemble->hash(), "second");
  });
  for (app::Task* task : {&first, &second}) {
    EXPECT_TRUE(task->watch({kSpec}, milliseconds(500)).empty());
    task->serve({.ensemble = ensemble, .version = 1, .place = "here"});
  }
  EXPECT_EQ(hub.running(), 1U);

  const base::Time start = base::floorTo(clock.now(), seconds(1)) - seconds(8);
  const auto send = [&](std::uint64_t from, std::uint64_t to, float amplitude) {
    for (std::uint64_t i = from; i < to; ++i) {
      const auto before = first.recent(1000).size();
      stream->publish(swing(start + milliseconds(500) * static_cast<std::int64_t>(i), amplitude, i),
                      clock.now());
      if (i >= 2)
        support::waitUntil([&] { return first.recent(1000).size() > before; }, seconds(2));
    }
  };
  send(0, 6, 0.2F);
  ASSERT_TRUE(first.latest());
  EXPECT_EQ(ensemble->labels()[first.latest()->prediction.label].name, "still");
  send(6, 12, 4.F);
  EXPECT_EQ(ensemble->labels()[first.latest()->prediction.label].name, "shaking");

  EXPECT_TRUE(support::waitUntil([&] {
    const auto a = first.latest(), b = second.latest();
    return b && a->prediction.span == b->prediction.span &&
           a->prediction.label == b->prediction.label;
  }));
  EXPECT_TRUE(support::waitUntil([&] {
    std::lock_guard lock(mutex);
    return heard.size() >= 8 && heard.front() == "still" && heard.back() == "shaking" &&
           heardOfSecond.size() >= 8 && heardOfSecond.back() == "shaking";
  }));
}

TEST(Path, ASteadyTaskBelievesAChangeLaterThanAQuickOne) {
  const plugins::Registry registry = plugins::builtIn();
  const base::SystemClock clock;
  sensors::SourceTable sources;
  const auto stream = sources.declare(kShaker);
  sensors::FrameHub hub(sources, registry.extractors, clock);
  const auto ensemble = trainOffline(registry);
  app::Task quick(hub, clock, [](const app::Answer&) {});
  app::Task steady(hub, clock, [](const app::Answer&) {});
  steady.setSteadiness(1);
  for (app::Task* task : {&quick, &steady}) {
    task->watch({kSpec}, milliseconds(500));
    task->serve({.ensemble = ensemble, .version = 1});
  }
  const base::Time start = base::floorTo(clock.now(), seconds(1)) - seconds(8);
  for (std::uint64_t i = 0; i < 9; ++i) {
    const auto before = std::pair(quick.recent(100).size(), steady.recent(100).size());
    stream->publish(
        swing(start + milliseconds(500) * static_cast<std::int64_t>(i), i < 7 ? 0.2F : 4.F, i),
        clock.now());
    if (i < 2) continue;
    ASSERT_TRUE(support::waitUntil([&] {
      return quick.recent(100).size() > before.first && steady.recent(100).size() > before.second;
    }));
  }

  const auto one = quick.latest()->prediction;
  const auto other = steady.latest()->prediction;
  ASSERT_EQ(one.span, other.span);
  EXPECT_LT(other.probabilities[1], one.probabilities[1]);
  EXPECT_NEAR(other.probabilities[0] + other.probabilities[1], 1, 1e-4);
  EXPECT_FLOAT_EQ(other.certainty, other.probabilities[other.label]);
}

TEST(Path, WhatAWorkerAnsweredIsSeenAsWell) {
  const plugins::Registry registry = plugins::builtIn();
  const base::SystemClock clock;
  sensors::SourceTable sources;
  const auto stream = sources.declare(kShaker);
  sensors::FrameHub hub(sources, registry.extractors, clock);
  const auto ensemble = trainOffline(registry);
  std::mutex mutex;
  std::vector<std::string> seen;
  app::Task task(hub, clock, [](const app::Answer&) {});
  task.onSeen([&](const sensors::FramePtr&, const std::string& label) {
    std::lock_guard lock(mutex);
    seen.push_back(label);
  });
  task.watch({kSpec}, milliseconds(500));
  task.serve({.ensemble = ensemble,
              .version = 1,
              .ask = [&](const sensors::Frame& frame, const app::Serving::Reply& reply) {
                reply(ensemble->predict(frame));
              }});

  const base::Time start = base::floorTo(clock.now(), seconds(1)) - seconds(8);
  for (std::uint64_t i = 0; i < 8; ++i) {
    stream->publish(swing(start + milliseconds(500) * static_cast<std::int64_t>(i), 0.2F, i),
                    clock.now());
  }

  EXPECT_TRUE(support::waitUntil([&] {
    std::lock_guard lock(mutex);
    return !seen.empty() && seen.front() == "still";
  }));
}

TEST(Path, AFrameOfOtherSourcesThanTheModelKnowsIsNotAnswered) {
  const plugins::Registry registry = plugins::builtIn();
  const base::SystemClock clock;
  sensors::SourceTable sources;
  const auto stream = sources.declare(kShaker);
  sensors::FrameHub hub(sources, registry.extractors, clock);
  app::Task task(hub, clock, [](const app::Answer&) {});
  sensors::FrameSpec other = kSpec;
  other.extractor = "motion";
  task.watch({other}, milliseconds(500));
  task.serve({.ensemble = trainOffline(registry), .version = 1});

  const base::Time start = base::floorTo(clock.now(), seconds(1)) - seconds(8);
  for (std::uint64_t i = 0; i < 8; ++i) {
    stream->publish(swing(start + milliseconds(500) * static_cast<std::int64_t>(i), 1.F, i),
                    clock.now());
  }

  EXPECT_FALSE(support::waitUntil([&] { return task.latest().has_value(); }, milliseconds(300)));
}

}  // namespace
