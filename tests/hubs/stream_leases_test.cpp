#include "hubs/stream_leases.h"

#include <gtest/gtest.h>

#include "tests/support/wait_until.h"

namespace hubs {

namespace {

using namespace std::chrono_literals;
using support::waitUntil;

/// Remembers what was asked for. Thread-safe.
class Asked {
 public:
  StreamLeases::Ask ask() {
    return [this](const std::string& node, const std::string& stream) {
      std::lock_guard lock(mutex_);
      asked_.push_back(node + "/" + stream);
    };
  }
  std::vector<std::string> all() const {
    std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
};

}  // namespace

TEST(StreamLeases, AskOnceTheLinkIsUpAndAgainAfterItWasDown) {
  Asked asked;
  StreamLeases leases(1h, asked.ask());
  leases.begin("hall", {"imu", "mic"});
  EXPECT_TRUE(asked.all().empty());

  leases.linkUp();
  ASSERT_TRUE(waitUntil([&] { return asked.all().size() == 2; }));
  leases.linkDown();
  leases.linkUp();

  ASSERT_TRUE(waitUntil([&] { return asked.all().size() == 4; }));
  EXPECT_EQ(asked.all(),
            std::vector<std::string>({"hall/imu", "hall/mic", "hall/imu", "hall/mic"}));
}

TEST(StreamLeases, RenewAfterThePause) {
  Asked asked;
  StreamLeases leases(20ms, asked.ask());
  leases.linkUp();

  leases.begin("hall", {"imu"});

  EXPECT_TRUE(waitUntil([&] { return asked.all().size() >= 3; }));
}

TEST(StreamLeases, ANodeThatWentAwayIsNotAsked) {
  Asked asked;
  StreamLeases leases(1h, asked.ask());
  leases.begin("hall", {"imu"});
  leases.begin("kitchen", {"imu"});

  leases.end("hall");
  leases.linkUp();

  ASSERT_TRUE(waitUntil([&] { return !asked.all().empty(); }));
  EXPECT_EQ(asked.all(), std::vector<std::string>({"kitchen/imu"}));
}

}  // namespace hubs
