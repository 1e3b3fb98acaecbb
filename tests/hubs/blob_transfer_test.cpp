#include "hubs/blob_transfer.h"

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>

#include "hubs/codec.h"
#include "hubs/memory_bus.h"
#include "tests/support/wait_until.h"

namespace hubs {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using support::waitUntil;

base::Bytes randomBytes(std::size_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  base::Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

/// One end with a store of its own.
struct End {
  End(const std::shared_ptr<MemoryRoom>& room, const fs::path& theFolder, const std::string& self)
      : folder(theFolder), bus(makeMemoryBus(room)) {
    store = std::move(*BlobStore::open(folder));
    transfer = std::make_unique<BlobTransfer>(*bus, Topics("home"), "pi", self, *store);
  }
  ~End() { transfer.reset(); }

  base::Result<void> fetch(const BlobDescriptor& descriptor, base::Duration patience = 20s) {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<base::Result<void>> outcome;
    transfer->fetch(
        descriptor,
        [&](base::Result<void> result) {
          std::lock_guard lock(mutex);
          outcome = std::move(result);
          changed.notify_all();
        },
        {}, patience);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return outcome.has_value(); });
    return *outcome;
  }

  fs::path folder;
  std::unique_ptr<Bus> bus;
  std::unique_ptr<BlobStore> store;
  std::unique_ptr<BlobTransfer> transfer;
};

class BlobTransferTest : public testing::Test {
 protected:
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  /// Counts the blocks that travel.
  SubscriptionPtr countBlocks() {
    return spy_->subscribe("mimosa/1/home/b/pi/blk", Delivery::AtMostOnce,
                           [this](const Message&) { ++blocks_; });
  }

  const fs::path folder_ = fs::temp_directory_path() / ("mimosa-blobs-" + base::randomHex(6));
  std::shared_ptr<MemoryRoom> room_ = makeMemoryRoom();
  std::unique_ptr<Bus> spy_ = makeMemoryBus(room_);
  std::atomic<int> blocks_ = 0;
};

}  // namespace

TEST_F(BlobTransferTest, MovesBytesInBothDirections) {
  End bench(room_, folder_ / "bench", "bench");
  End worker(room_, folder_ / "worker", "pi");
  const base::Bytes task = randomBytes(3'000'000, 1);
  const base::Bytes model = randomBytes(1, 2);
  const auto taskBlob = bench.store->put(task);
  const auto modelBlob = worker.store->put(model);
  ASSERT_TRUE(taskBlob.ok());
  ASSERT_TRUE(modelBlob.ok());

  const auto there = worker.fetch(*taskBlob);
  const auto back = bench.fetch(*modelBlob);

  ASSERT_TRUE(there.ok()) << there.error().message;
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(*worker.store->get(taskBlob->id), task);
  EXPECT_EQ(*bench.store->get(modelBlob->id), model);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "worker"), {}), 2);
}

TEST_F(BlobTransferTest, AnEmptyBlobIsABlobToo) {
  End bench(room_, folder_ / "bench", "bench");
  End worker(room_, folder_ / "worker", "pi");
  const auto blob = bench.store->put({});

  const auto there = worker.fetch(*blob);

  ASSERT_TRUE(there.ok()) << there.error().message;
  EXPECT_TRUE(worker.store->get(blob->id)->empty());
}

TEST_F(BlobTransferTest, TheSameContentIsNeverSentTwice) {
  End bench(room_, folder_ / "bench", "bench");
  End worker(room_, folder_ / "worker", "pi");
  const auto blob = bench.store->put(randomBytes(500'000));
  const auto counting = countBlocks();

  ASSERT_TRUE(worker.fetch(*blob).ok());
  ASSERT_TRUE(waitUntil([&] { return blocks_ == 4; }));
  ASSERT_TRUE(worker.fetch(*blob).ok());

  EXPECT_EQ(blocks_, 4);
}

TEST_F(BlobTransferTest, GoesOnWhereItStopped) {
  End bench(room_, folder_ / "bench", "bench");
  const auto blob = bench.store->put(randomBytes(40 * 131'072));
  std::optional<base::ErrorCode> ended;
  {
    End first(room_, folder_ / "worker", "pi");
    std::atomic<std::uint64_t> have = 0;
    first.transfer->fetch(
        *blob,
        [&](const base::Result<void>& result) {
          if (!result) ended = result.error().code;
        },
        [&](std::uint64_t so, std::uint64_t) {
          have = so;
          // The other end goes away in the middle.
          if (so >= 20 * 131'072) bench.transfer.reset();
        });
    ASSERT_TRUE(waitUntil([&] { return have >= 20 * 131'072; }));
  }
  ASSERT_EQ(ended, base::ErrorCode::Cancelled);
  ASSERT_TRUE(fs::exists(folder_ / "worker" / (blob->id + ".part")));
  bench.transfer =
      std::make_unique<BlobTransfer>(*bench.bus, Topics("home"), "pi", "bench", *bench.store);
  const auto counting = countBlocks();

  End second(room_, folder_ / "worker", "pi");
  const auto resumed = second.fetch(*blob);

  ASSERT_TRUE(resumed.ok()) << resumed.error().message;
  EXPECT_TRUE(second.store->get(blob->id).ok());
  EXPECT_LE(blocks_, 20);
  EXPECT_FALSE(fs::exists(folder_ / "worker" / (blob->id + ".part")));
  EXPECT_FALSE(fs::exists(folder_ / "worker" / (blob->id + ".map")));
}

TEST_F(BlobTransferTest, AMapThatLiesIsNotBelieved) {
  End bench(room_, folder_ / "bench", "bench");
  const auto blob = bench.store->put(randomBytes(3 * 131'072));
  fs::create_directories(folder_ / "worker");
  std::ofstream(folder_ / "worker" / (blob->id + ".map")) << "111";
  std::ofstream(folder_ / "worker" / (blob->id + ".part")) << std::string(3 * 131'072, 'x');

  End worker(room_, folder_ / "worker", "pi");
  const auto there = worker.fetch(*blob);

  ASSERT_TRUE(there.ok()) << there.error().message;
  EXPECT_TRUE(worker.store->get(blob->id).ok());
}

TEST_F(BlobTransferTest, AWrongBlockTwiceEndsTheTransfer) {
  End worker(room_, folder_ / "worker", "pi");
  const BlobDescriptor blob = describe(randomBytes(100'000));
  const auto liar = makeMemoryBus(room_);
  const auto lying =
      liar->subscribe("mimosa/1/home/b/pi/get", Delivery::AtLeastOnce, [&](const Message& message) {
        const auto request = parseCbor(message.payload);
        const base::Bytes wrong(100'000, 7);
        const nlohmann::json answer{{"v", 1},     {"src", "bench"},
                                    {"to", "pi"}, {"id", (*request)["id"]},
                                    {"i", 0},     {"d", nlohmann::json::binary(wrong)}};
        EXPECT_TRUE(
            liar->publish({.topic = "mimosa/1/home/b/pi/blk", .payload = toCbor(answer)}).ok());
      });

  const auto there = worker.fetch(blob);

  ASSERT_FALSE(there.ok());
  EXPECT_EQ(there.error().code, base::ErrorCode::Corrupt);
}

TEST_F(BlobTransferTest, SilenceEndsInTimeout) {
  End worker(room_, folder_ / "worker", "pi");

  const auto there = worker.fetch(describe(randomBytes(10)), 300ms);

  ASSERT_FALSE(there.ok());
  EXPECT_EQ(there.error().code, base::ErrorCode::Timeout);
}

TEST_F(BlobTransferTest, ABlobTooLargeIsRefusedBeforeItStarts) {
  const auto bus = makeMemoryBus(room_);
  const auto store = std::move(*BlobStore::open(folder_ / "small", 1000));
  BlobTransfer transfer(*bus, Topics("home"), "pi", "pi", *store);
  std::mutex mutex;
  std::optional<base::ErrorCode> code;

  const auto put = store->put(randomBytes(1001));
  transfer.fetch(describe(randomBytes(1001)), [&](const base::Result<void>& result) {
    std::lock_guard lock(mutex);
    if (!result) code = result.error().code;
  });

  ASSERT_FALSE(put.ok());
  EXPECT_EQ(put.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_TRUE(waitUntil([&] {
    std::lock_guard lock(mutex);
    return code == base::ErrorCode::InvalidArgument;
  }));
}

TEST_F(BlobTransferTest, AMessageLostOnTheWayIsAskedForAgain) {
  // Two rooms joined by a bridge that loses every third block.
  const auto farRoom = makeMemoryRoom();
  End bench(farRoom, folder_ / "bench", "bench");
  End worker(room_, folder_ / "worker", "pi");
  const auto near = makeMemoryBus(room_);
  const auto far = makeMemoryBus(farRoom);
  std::atomic<int> passed = 0;
  const auto out = near->subscribe("mimosa/1/home/b/pi/get", Delivery::AtLeastOnce,
                                   [&](const Message& m) { EXPECT_TRUE(far->publish(m).ok()); });
  const auto in =
      far->subscribe("mimosa/1/home/b/pi/blk", Delivery::AtLeastOnce, [&](const Message& m) {
        if (++passed % 3 != 0) {
          EXPECT_TRUE(near->publish(m).ok());
        }
      });
  const auto blob = bench.store->put(randomBytes(12 * 131'072));

  const auto there = worker.fetch(*blob);

  ASSERT_TRUE(there.ok()) << there.error().message;
  EXPECT_TRUE(worker.store->get(blob->id).ok());
}

TEST_F(BlobTransferTest, AStoreNoticesThatAFileHasRotted) {
  const auto store = std::move(*BlobStore::open(folder_ / "store"));
  const auto blob = store->put(randomBytes(1000));
  std::ofstream(folder_ / "store" / blob->id) << "rotten";

  const auto rotten = store->get(blob->id);
  const auto unknown = store->get(std::string(64, '0'));
  const auto outside = store->get("../../etc/passwd");

  EXPECT_EQ(rotten.error().code, base::ErrorCode::Corrupt);
  EXPECT_EQ(unknown.error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(outside.error().code, base::ErrorCode::NotFound);
}

TEST(BlobDescriptor, SurvivesTheWire) {
  const BlobDescriptor descriptor = describe(randomBytes(300'000));

  const auto read = decodeDescriptor(encode(descriptor));

  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->id, descriptor.id);
  EXPECT_EQ(read->size, 300'000u);
  EXPECT_EQ(read->blocks, descriptor.blocks);
}

TEST(BlobDescriptor, IsRefusedWhereItsNumbersDoNotFit) {
  const BlobDescriptor good = describe(randomBytes(300'000));
  BlobDescriptor shorter = good;
  shorter.blocks.pop_back();
  BlobDescriptor larger = good;
  larger.size = std::uint64_t{1} << 62;
  BlobDescriptor nothing = good;
  nothing.block = 0;

  EXPECT_FALSE(decodeDescriptor(encode(shorter)).ok());
  EXPECT_FALSE(decodeDescriptor(encode(larger)).ok());
  EXPECT_FALSE(decodeDescriptor(encode(nothing)).ok());
  EXPECT_FALSE(decodeDescriptor(toBytes("nonsense")).ok());
}

}  // namespace hubs
