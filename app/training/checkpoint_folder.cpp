#include "app/training/checkpoint_folder.h"

#include "app/training/files.h"
#include "sensors/base/log.h"

namespace app {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30;
constexpr double kWorthAFile = 0.2;  // seconds

}  // namespace

CheckpointFolder::CheckpointFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
  if (folder_.empty()) return;
  std::error_code trouble;
  std::filesystem::create_directories(folder_, trouble);
  trimFolder(folder_, {}, kMostBytes);
}

void CheckpointFolder::used(const std::string& key) {
  const std::lock_guard lock(mutex_);
  used_.insert(key);
}

learners::Checkpoints CheckpointFolder::sink() {
  if (folder_.empty()) return {};
  return {.find = [this](const std::string& key) -> std::optional<base::Bytes> {
            auto bytes = readWhole(folder_ / key);
            if (!bytes) return std::nullopt;
            used(key);
            return std::move(bytes).value();
          },
          .keep =
              [this](const std::string& key, base::Bytes bytes) {
                const auto written = writeWhole(folder_ / key, bytes);
                if (written) return used(key);
                base::logWarning("a training is not secured: " + written.error().message);
              },
          .leastSeconds = kWorthAFile};
}

void CheckpointFolder::done() {
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  for (const std::string& key : used_) std::filesystem::remove(folder_ / key, ignored);
  used_.clear();
}

}  // namespace app
