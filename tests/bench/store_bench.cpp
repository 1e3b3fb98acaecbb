// What the project file costs: the time until a label is durably saved, rows written in batches as
// the recorder does, reading them back, drawing an hour of sound, and opening a large project. Takes
// a folder to work in and how many gigabytes of sound the project shall hold beside the rest.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <vector>

#include "app/project/store.h"
#include "sensors/envelope.h"

namespace {

using Steady = std::chrono::steady_clock;

double secondsSince(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

[[noreturn]] void fail(const base::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  std::exit(1);
}

template <class T>
T orFail(base::Result<T> result) {
  if (!result) {
    fail(result.error());
  }
  return std::move(result).value();
}

void orFail(const base::Result<void>& result) {
  if (!result) {
    fail(result.error());
  }
}

std::vector<sensors::BlockPtr> batchOf(const sensors::SourceInfoPtr& source, std::size_t blocks,
                                       std::size_t rows, std::uint64_t& sequence) {
  std::vector<sensors::BlockPtr> batch;
  for (std::size_t i = 0; i < blocks; ++i, ++sequence) {
    sensors::Block block;
    block.source = source;
    block.sequence = sequence;
    block.step = std::chrono::milliseconds(1);
    block.start = {static_cast<std::int64_t>(sequence * rows) * block.step.count()};
    sensors::Samples samples{.rows = rows, .channels = source->channels.size()};
    samples.values.resize(rows * samples.channels);
    for (std::size_t v = 0; v < samples.values.size(); ++v) {
      samples.values[v] = 0.1f * static_cast<float>((v * 2654435761u + sequence) % 1000);
    }
    block.content = std::move(samples);
    batch.push_back(std::make_shared<const sensors::Block>(std::move(block)));
  }
  return batch;
}

void printTimes(const char* what, std::vector<double> ms) {
  std::sort(ms.begin(), ms.end());
  std::printf("%-38s p50 %.2f ms, p99 %.2f ms, worst %.2f ms\n", what, ms[ms.size() / 2],
              ms[ms.size() * 99 / 100], ms.back());
}

/// What the disk itself needs to keep three pages: no commit can be faster.
void measureDisk(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const std::vector<char> pages(3 * 4096, 'x');
  std::vector<double> ms;
  for (int i = 0; i < 500; ++i) {
    const auto begin = Steady::now();
    if (write(descriptor, pages.data(), pages.size()) < 0 || fdatasync(descriptor) != 0) {
      fail({base::ErrorCode::Io, "the disk failed"});
    }
    ms.push_back(secondsSince(begin) * 1e3);
  }
  close(descriptor);
  printTimes("this disk, append and sync 12 kB:", ms);
}

void measureLabels(app::ProjectStore& store, const char* what,
                   const std::function<void()>& between) {
  std::vector<double> ms;
  for (int i = 0; i < 500; ++i) {
    between();
    const auto begin = Steady::now();
    orFail(store.addLabel({.name = "Label"}));
    ms.push_back(secondsSince(begin) * 1e3);
  }
  printTimes(what, ms);
}

sensors::SourceInfoPtr sourceOf(std::size_t channels) {
  sensors::SourceInfo info{.id = "bench/source", .name = "Bench", .rate = 1000};
  for (std::size_t c = 0; c < channels; ++c) {
    info.channels.push_back({.id = std::to_string(c)});
  }
  return std::make_shared<const sensors::SourceInfo>(info);
}

void measureRows(app::ProjectStore& store, std::size_t channels, std::size_t blocks,
                 std::size_t rows, int batches) {
  const auto source = sourceOf(channels);
  const auto recording = orFail(store.addRecording({}));
  std::uint64_t sequence = 0;
  double seconds = 0;
  double worst = 0;
  for (int i = 0; i < batches; ++i) {
    const auto batch = batchOf(source, blocks, rows, sequence);
    const auto begin = Steady::now();
    orFail(store.appendChunks(recording, batch));
    seconds += secondsSince(begin);
    worst = std::max(worst, secondsSince(begin));
  }
  const double total = static_cast<double>(blocks * rows) * batches;
  std::printf(
      "write %4zu channels, batches of %3zu x %3zu rows: %.0f rows/s, %.1f MB/s, worst batch "
      "%.1f ms\n",
      channels, blocks, rows, total / seconds,
      total * static_cast<double>(channels) * 4e-6 / seconds, worst * 1e3);
  const auto begin = Steady::now();
  const auto all = orFail(store.readBlocks(recording, source->id, {{0}, {INT64_MAX}}));
  std::printf("read back: %.0f rows/s\n", total / secondsSince(begin));
  if (all.size() != blocks * static_cast<std::size_t>(batches)) {
    fail({base::ErrorCode::Internal, "blocks are missing"});
  }
}

/// An hour of sound as the recorder writes it, and what drawing parts of it costs.
void measureHour(app::ProjectStore& store) {
  sensors::SourceInfo info{.id = "bench/sound", .kind = sensors::SourceKind::Audio, .rate = 48000};
  info.channels.push_back({.id = "sound"});
  const auto source = std::make_shared<const sensors::SourceInfo>(info);
  const auto recording = orFail(store.addRecording({}));
  const base::Duration blockLength = std::chrono::milliseconds(20);
  double seconds = 0;
  double worst = 0;
  std::vector<sensors::BlockPtr> batch;
  for (std::int64_t i = 0; i < 180'000; ++i) {
    sensors::Block block;
    block.source = source;
    block.sequence = static_cast<std::uint64_t>(i);
    block.step = base::Duration(20'833);
    block.start = {i * blockLength.count()};
    sensors::Samples samples{.rows = 960, .channels = 1};
    for (std::int64_t k = 0; k < 960; ++k) {
      samples.values.push_back(static_cast<float>((i * 960 + k) * 2654435761 % 65536 - 32768) /
                               32768);
    }
    block.content = std::move(samples);
    batch.push_back(std::make_shared<const sensors::Block>(std::move(block)));
    if (batch.size() == 12) {
      const auto begin = Steady::now();
      orFail(store.appendChunks(recording, batch));
      seconds += secondsSince(begin);
      worst = std::max(worst, secondsSince(begin));
      batch.clear();
    }
  }
  const base::TimeSpan hour{{0}, {3600'000'000'000}};
  orFail(store.updateRecording({.id = recording, .span = hour}));
  std::printf("an hour of 48 kHz sound: written in %.1f s, worst batch %.1f ms\n", seconds,
              worst * 1e3);
  for (const double part : {3600.0, 600.0, 60.0, 5.0, 0.2}) {
    std::vector<double> ms;
    for (int i = 0; i < 50; ++i) {
      const base::Time from{static_cast<std::int64_t>((3600 - part) * i / 50 * 1e9)};
      const auto begin = Steady::now();
      orFail(store.storedColumns(recording, source->id, 0, {from, from + base::fromSeconds(part)},
                                 1920));
      ms.push_back(secondsSince(begin) * 1e3);
    }
    char what[64];
    std::snprintf(what, sizeof what, "1920 columns of %.1f s:", part);
    printTimes(what, ms);
  }
}

/// Grows the project by sound nobody looks at.
void grow(app::ProjectStore& store, double gigabytes) {
  const auto source = sourceOf(8);
  std::uint64_t sequence = 0;
  const auto recording = orFail(store.addRecording({}));
  for (double done = 0; done < gigabytes; done += 0.0128) {
    orFail(store.appendChunks(recording, batchOf(source, 20, 20'000, sequence)));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder =
      std::filesystem::path(argc > 1 ? argv[1] : ".") / "store-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto file = folder / "bench.mimosa";
  measureDisk(folder / "disk");
  {
    const auto store = orFail(app::ProjectStore::open(file));
    measureLabels(*store, "durable label, alone:", [] {});
    const auto source = sourceOf(3);
    const auto recording = orFail(store->addRecording({}));
    std::uint64_t sequence = 0;
    measureLabels(*store, "durable label, after a batch of rows:", [&] {
      orFail(store->appendChunks(recording, batchOf(source, 12, 20, sequence)));
    });
    measureRows(*store, 3, 125, 20, 400);
    measureRows(*store, 1172, 125, 1, 40);
    measureHour(*store);
    grow(*store, argc > 2 ? std::atof(argv[2]) : 0);
    const auto label = orFail(store->addLabel({.name = "Many"}));
    orFail(store->inTransaction([&] {
      for (int i = 0; i < 100'000; ++i) {
        orFail(store->addDemonstration({.label = label, .span = {{i}, {i + 1}}}));
      }
      return base::Result<void>();
    }));
  }
  std::printf("file: %.0f MB, 100000 demonstrations\n",
              static_cast<double>(std::filesystem::file_size(file)) * 1e-6);
  {
    auto begin = Steady::now();
    const auto store = orFail(app::ProjectStore::open(file));
    std::printf("open: %.2f s\n", secondsSince(begin));
    begin = Steady::now();
    const auto demonstrations = orFail(store->demonstrations());
    std::printf("list %zu demonstrations: %.2f s\n", demonstrations.size(), secondsSince(begin));
  }
  std::filesystem::remove_all(folder);
}
