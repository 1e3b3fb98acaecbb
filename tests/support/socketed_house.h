#pragma once
// SocketedHouse: the demonstration house with each of its senses at a socket of its own: its sound
// comes out of a loudspeaker that this computer's microphone hears, its pictures from a network
// camera, its power meter and its motion sensor are nodes at a broker. Each can be pulled out, at
// once and without a word, and put back.

#include <memory>
#include <mutex>

#include "app/simulator/demo_home.h"
#include "app/simulator/pacer.h"
#include "hubs/mqtt_bus.h"
#include "tests/support/picture_server.h"
#include "tests/support/sound_house.h"

namespace support {

/// Thread-safe but for the sockets, which one thread pulls.
class SocketedHouse {
 public:
  /// `broker`: where its nodes go. `sound` and `clock` must outlive it.
  SocketedHouse(SoundHouse& sound, const hubs::MqttOptions& broker, const hubs::Topics& topics,
                const base::Clock& clock)
      : sound_(sound),
        broker_(broker),
        topics_(topics),
        clock_(clock),
        server_([this](std::uint64_t) { return picture(); }, 10) {
    plugInPower();
    plugInMotion();
    plugInMicrophone();
    pacer_ = std::make_unique<app::Pacer>(clock, [this](const std::function<void()>&) {
      std::vector<std::unique_ptr<app::Player>> players;
      players.push_back(std::make_unique<Senses>(*this));
      return players;
    });
  }
  ~SocketedHouse() {
    pacer_.reset();
    server_.unplug();
  }
  SocketedHouse(const SocketedHouse&) = delete;
  SocketedHouse& operator=(const SocketedHouse&) = delete;

  void act(const std::string& activity, bool on) {
    std::lock_guard lock(mutex_);
    const auto done =
        house_.act(activity, on ? app::House::Act::Start : app::House::Act::Stop);
    if (!done) std::abort();
  }
  std::string cameraAddress() const { return server_.url("/stream"); }

  void pullOutCamera() { server_.unplug(); }
  void plugInCamera() { server_.plugIn(); }
  void pullOutMicrophone() {
    std::lock_guard lock(mutex_);
    speaker_ = -1;
    sound_.pullOut();
  }
  bool plugInMicrophone() {
    const bool there = sound_.plugIn();
    std::lock_guard lock(mutex_);
    speaker_ = there ? sound_.openLoudspeaker() : -1;
    return speaker_ >= 0;
  }
  void pullOutPower() { power_.pullOut(mutex_); }
  void plugInPower() {
    auto setup = app::kitchenSetup();
    std::erase_if(setup.about.streams, [](const auto& s) { return s.id != "power"; });
    std::erase_if(setup.about.params, [](const auto& p) { return p.name != "power.interval"; });
    setup.about.name = "Power meter";
    power_.plugIn(*this, "meter", std::move(setup));
  }
  void pullOutMotion() { motion_.pullOut(mutex_); }
  void plugInMotion() {
    auto setup = app::hallSetup();
    std::erase_if(setup.about.streams, [](const auto& s) { return s.id != "motion"; });
    std::erase_if(setup.about.params, [](const auto& p) { return p.name == "report.interval"; });
    motion_.plugIn(*this, "hall", std::move(setup));
  }

 private:
  /// A node with a connection of its own.
  struct Socket {
    std::unique_ptr<hubs::Bus> bus;
    std::unique_ptr<app::SimulatedNode> node;

    void plugIn(SocketedHouse& house, const std::string& id, app::NodeSetup setup) {
      setup.id = id;
      hubs::MqttOptions options = house.broker_;
      auto made = hubs::makeMqttBus(options);
      if (!made || !hubs::waitOnline(**made, std::chrono::seconds(30))) std::abort();
      std::lock_guard lock(house.mutex_);
      bus = *std::move(made);
      node = std::make_unique<app::SimulatedNode>(std::move(setup), *bus, house.topics_,
                                                  house.clock_, [] {});
    }
    void pullOut(std::mutex& mutex) {
      std::lock_guard lock(mutex);
      node.reset();
      bus.reset();
    }
  };

  /// What the pacer plays.
  struct Senses final : app::Player {
    explicit Senses(SocketedHouse& of) : house(of) {}
    void handleMessages() override {}
    void playTick(base::Time start) override { house.play(start); }
    void skip(std::uint64_t) override {}
    SocketedHouse& house;
  };

  void play(base::Time start) {
    std::lock_guard lock(mutex_);
    const app::HouseTick& tick = house_.next();
    scene_ = {house_.state().light, tick.doorOpen, tick.figures};
    if (speaker_ >= 0) {
      std::array<std::int16_t, app::kTickSound> levels{};
      for (std::size_t i = 0; i < levels.size(); ++i) {
        const float loud = std::clamp(4 * tick.sound[i], -1.0F, 1.0F);
        levels[i] = static_cast<std::int16_t>(32767 * loud);
      }
      // A loudspeaker that is full or gone swallows it.
      [[maybe_unused]] const auto sent =
          ::send(speaker_, levels.data(), sizeof levels, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    const base::Time end = start + app::kHouseTick;
    for (Socket* socket : {&power_, &motion_}) {
      if (socket->node) socket->node->handleMessages();
    }
    watts_ += tick.power;
    if (++ticks_ % 10 == 0) {  // once a second, as the mean since then
      const auto value = static_cast<float>(std::clamp(std::exchange(watts_, 0) / 10, 0.0, 3000.0));
      if (power_.node) power_.node->report("power", end, std::span(&value, 1));
    }
    const bool moves = sensor_.next(tick.motion, 5, std::chrono::seconds(2), app::kTickSeconds);
    if (moves != std::exchange(moves_, moves) || ticks_ % 20 == 0) {
      const float value = moves ? 1.0F : 0.0F;
      if (motion_.node) motion_.node->report("motion", end, std::span(&value, 1));
    }
    for (Socket* socket : {&power_, &motion_}) {
      if (socket->node) socket->node->advance();
    }
  }

  base::Bytes picture() {
    app::HallScene scene;
    {
      std::lock_guard lock(mutex_);
      scene = scene_;
    }
    std::lock_guard lock(cameraMutex_);
    return camera_.take(scene, 0.033).jpeg;
  }

  SoundHouse& sound_;
  const hubs::MqttOptions broker_;
  const hubs::Topics topics_;
  const base::Clock& clock_;
  std::mutex mutex_;  // of the house, the loudspeaker and the sockets
  app::House house_{7};
  app::MotionSensor sensor_{7};
  app::HallScene scene_;
  int speaker_ = -1;
  double watts_ = 0;
  std::uint64_t ticks_ = 0;
  bool moves_ = false;
  Socket power_, motion_;
  std::mutex cameraMutex_;
  app::HallCamera camera_{7};
  PictureServer server_;
  std::unique_ptr<app::Pacer> pacer_;  // last: it plays all of it
};

}  // namespace support
