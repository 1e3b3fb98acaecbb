#pragma once
// DiskReserve: one megabyte kept beside the project file, given up when the disk is full, so that
// what a person says can still be saved.

#include <cstdint>
#include <filesystem>

namespace app {

/// One thread at a time.
class DiskReserve {
 public:
  static constexpr std::int64_t kBytes = 1 << 20;

  DiskReserve() = default;
  /// Keeps nothing yet.
  explicit DiskReserve(const std::filesystem::path& file);
  ~DiskReserve();
  DiskReserve(const DiskReserve&) = delete;
  DiskReserve& operator=(const DiskReserve&) = delete;

  /// Takes the space where it is not taken and the disk has it to spare.
  void keep();
  /// Gives the space back to the disk. False where nothing was kept.
  bool giveUp();

 private:
  std::filesystem::path companion_;
  bool kept_ = false;
};

/// Bytes that may still be written in the folder of `file`; 0 where nobody knows.
std::uint64_t bytesFree(const std::filesystem::path& file);

}  // namespace app
