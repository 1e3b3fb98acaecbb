// A project file of which any bytes may have been changed: it is refused unaltered, or opens and
// everything in it can be asked for. The input is a list of changes to a small real project, four
// bytes each: where (3), what (1); an input that begins like a database is taken as the whole file.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <unistd.h>

#include "app/project/store.h"
#include "sensors/base/log.h"

namespace {

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A folder of this process's own.
const std::filesystem::path& folder() {
  static const std::filesystem::path path = [] {
    base::setLogLevel(base::LogLevel::Error);
    const auto made = std::filesystem::temp_directory_path() /
                      ("mimosa-project-fuzz-" + std::to_string(getpid()));
    std::filesystem::create_directories(made);
    std::atexit([] { std::filesystem::remove_all(folder()); });
    return made;
  }();
  return path;
}

std::string makeProject() {
  const auto file = folder() / "seed.mimosa";
  {
    auto opened = app::ProjectStore::open(file);
    if (!opened) {
      std::abort();
    }
    app::ProjectStore& store = **opened;
    const auto label = store.addLabel({.name = "Tap"});
    const auto recording = store.addRecording({.span = {{0}, {1'000'000'000}}});
    sensors::SourceInfo info{.id = "kitchen/imu", .name = "Kitchen", .rate = 100};
    info.channels = {{.id = "x", .unit = "m/s2"}};
    sensors::Block block;
    block.source = std::make_shared<const sensors::SourceInfo>(info);
    block.step = std::chrono::milliseconds(10);
    block.content = sensors::Samples{.rows = 3, .channels = 1, .values = {1, 2, 3}, .missing = {}};
    const auto shared = std::make_shared<const sensors::Block>(block);
    const base::Bytes model(6000, 7);
    if (!store.appendChunks(*recording, {shared, shared}) ||
        !store.addDemonstration({.label = *label, .recording = *recording}) || !store.setTask({}) ||
        !store.putBlob("model", model) || !store.setMeta("name", "House")) {
      std::abort();
    }
  }
  std::string content = contentOf(file);
  std::filesystem::remove(file);
  return content;
}

void readEverything(const app::ProjectStore& store) {
  static_cast<void>(store.labels());
  static_cast<void>(store.demonstrations());
  static_cast<void>(store.sources());
  static_cast<void>(store.task());
  static_cast<void>(store.deployments());
  static_cast<void>(store.commands());
  static_cast<void>(store.deviceSettings());
  static_cast<void>(store.blob("model"));
  static_cast<void>(store.meta("name"));
  const auto recordings = store.recordings();
  for (std::size_t i = 0; recordings && i < recordings->size() && i < 4; ++i) {
    const std::int64_t id = recordings->at(i).id;
    static_cast<void>(store.sourcesOf(id));
    static_cast<void>(
        store.readBlocks(id, "kitchen/imu", {{0}, {std::numeric_limits<std::int64_t>::max()}}));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string seed = makeProject();
  std::string content = seed;
  if (size >= 6 && std::string_view(reinterpret_cast<const char*>(data), 6) == "SQLite") {
    content.assign(reinterpret_cast<const char*>(data), size);
  } else {
    for (std::size_t i = 0; i + 4 <= size; i += 4) {
      const std::size_t where = data[i] | data[i + 1] << 8 | data[i + 2] << 16;
      content[where % content.size()] = static_cast<char>(data[i + 3]);
    }
  }
  const auto file = folder() / "changed.mimosa";
  std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
  const auto store = app::ProjectStore::open(file, app::OpenMode::ReadOnly);
  if (store) {
    readEverything(**store);
  }
  if (contentOf(file) != content) {  // reading never writes, and a refusal least of all
    std::abort();
  }
  return 0;
}
