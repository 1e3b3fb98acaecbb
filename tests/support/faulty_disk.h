#pragma once
// FaultyDisk: while it lives, every SQLite file this program opens lies on a disk that can be full,
// fail at any call, fail to sync, or lose power. It passes everything on to the real one.

#include <algorithm>
#include <cassert>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <sqlite3.h>
#include <string>
#include <vector>

namespace support {

/// One at a time. Thread-safe between construction and destruction.
class FaultyDisk {
 public:
  FaultyDisk() : real_(sqlite3_vfs_find(nullptr)) {
    current() = this;
    shim_ = *real_;
    shim_.zName = "faulty-disk";
    shim_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    shim_.xOpen = &FaultyDisk::open;
    shim_.xDelete = &FaultyDisk::remove;
    sqlite3_vfs_register(&shim_, 1);
  }
  ~FaultyDisk() {
    sqlite3_vfs_unregister(&shim_);
    current() = nullptr;
  }
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// From now on files cannot grow while `reserve` exists; when it has gone, by `bytes`.
  void fillUp(const std::filesystem::path& reserve, std::int64_t bytes) {
    std::lock_guard lock(mutex_);
    full_ = true;
    reserve_ = reserve;
    room_ = bytes;
  }
  void makeRoom() {
    std::lock_guard lock(mutex_);
    full_ = false;
  }
  /// The `n`th sync from now on fails, and those after it; 0 fails at once.
  void failSyncsAfter(int n) {
    std::lock_guard lock(mutex_);
    syncsLeft_ = n;
  }

  /// How a call fails.
  enum class Failure { Error, NoRoom, HalfWritten };
  /// The `n`th read, write, truncation or sync from now on fails, once; -1: none.
  void failCall(int n, Failure failure) {
    std::lock_guard lock(mutex_);
    callsLeft_ = n;
    failure_ = failure;
  }
  /// Reads, writes, truncations and syncs so far.
  int calls() const {
    std::lock_guard lock(mutex_);
    return calls_;
  }

  /// Begins to note what is written and when it is safe. Files already there count as safe.
  void watch() {
    std::lock_guard lock(mutex_);
    watching_ = true;
  }
  void stopWatching() {
    std::lock_guard lock(mutex_);
    watching_ = false;
  }
  /// How much was noted so far.
  std::size_t moment() const {
    std::lock_guard lock(mutex_);
    return events_.size();
  }
  /// Moments right before and after which something became safe.
  std::vector<std::size_t> syncs() const {
    std::lock_guard lock(mutex_);
    std::vector<std::size_t> moments;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (events_[i].kind == Kind::Sync) {
        moments.insert(moments.end(), {i, i + 1});
      }
    }
    return moments;
  }
  /// Writes into `folder` what a power cut at `moment` may leave: all that was synced, and of the
  /// rest what `seed` chooses, some of it half.
  void leaveAfterPowerCut(std::size_t moment, unsigned seed,
                          const std::filesystem::path& folder) const {
    std::lock_guard lock(mutex_);
    std::mt19937 random(seed);
    std::map<std::string, std::size_t> safeUntil;
    for (std::size_t i = 0; i < moment; ++i) {
      if (events_[i].kind == Kind::Sync) {
        safeUntil[events_[i].file] = i;
      }
    }
    std::map<std::string, std::string> files = before_;
    for (std::size_t i = 0; i < moment; ++i) {
      const Event& event = events_[i];
      const auto safe = safeUntil.find(event.file);
      const auto chance = random() % 5;
      if ((safe != safeUntil.end() && i < safe->second) || chance < 2) {
        apply(event, files);
      } else if (chance == 2 && event.kind == Kind::Write) {
        Event half = event;
        half.bytes.resize(half.bytes.size() / 2);
        apply(half, files);
      }
    }
    for (const auto& [file, content] : files) {
      const auto name = std::filesystem::path(file).filename();
      std::ofstream(folder / name, std::ios::binary | std::ios::trunc) << content;
    }
  }

 private:
  enum class Kind { Write, Truncate, Sync, Remove };
  struct Event {
    Kind kind;
    std::string file;
    std::int64_t offset = 0;
    std::string bytes;
  };
  struct File {
    sqlite3_file base;
    sqlite3_file* real;
    const char* name;  ///< owned by the list of names, which only grows
  };

  static FaultyDisk*& current() {
    static FaultyDisk* disk = nullptr;
    return disk;
  }
  static sqlite3_file* realOf(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }

  static void apply(const Event& event, std::map<std::string, std::string>& files) {
    if (event.kind == Kind::Remove) {
      files.erase(event.file);
    } else if (event.kind == Kind::Truncate) {
      files[event.file].resize(static_cast<std::size_t>(event.offset));
    } else if (event.kind == Kind::Write) {
      std::string& content = files[event.file];
      const auto end = static_cast<std::size_t>(event.offset) + event.bytes.size();
      content.resize(std::max(content.size(), end));
      content.replace(static_cast<std::size_t>(event.offset), event.bytes.size(), event.bytes);
    }
  }

  /// True where this call is the one that fails.
  bool failsNow() {
    std::lock_guard lock(mutex_);
    ++calls_;
    return callsLeft_ >= 0 && callsLeft_-- == 0;
  }

  void note(Event event) {
    if (watching_) {
      events_.push_back(std::move(event));
    }
  }

  static int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags,
                  int* outFlags) {
    FaultyDisk& disk = *current();
    auto* const shim = reinterpret_cast<File*>(file);
    shim->base.pMethods = nullptr;
    shim->real = reinterpret_cast<sqlite3_file*>(shim + 1);
    {
      std::lock_guard lock(disk.mutex_);
      const std::string whole = name ? name : "";
      const bool first = disk.names_.count(whole) == 0;
      if (disk.watching_ && first && std::filesystem::exists(whole)) {
        std::ifstream stream(whole, std::ios::binary);
        disk.before_[whole] = {std::istreambuf_iterator<char>(stream), {}};
      }
      shim->name = disk.names_.emplace(whole, 0).first->first.c_str();
    }
    const int code = disk.real_->xOpen(disk.real_, name, shim->real, flags, outFlags);
    if (shim->real->pMethods) {
      shim->base.pMethods = methods();
    }
    return code;
  }
  static int remove(sqlite3_vfs*, const char* name, int syncFolder) {
    FaultyDisk& disk = *current();
    const int code = disk.real_->xDelete(disk.real_, name, syncFolder);
    std::lock_guard lock(disk.mutex_);
    if (code == SQLITE_OK) {
      disk.note({.kind = Kind::Remove, .file = name});
      if (syncFolder) {
        disk.note({.kind = Kind::Sync, .file = name});
      }
    }
    return code;
  }

  static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    FaultyDisk& disk = *current();
    sqlite3_file* const real = realOf(file);
    if (disk.failsNow()) {
      if (disk.failure_ == Failure::HalfWritten) {
        real->pMethods->xWrite(real, bytes, count / 2, offset);
      }
      return disk.failure_ == Failure::NoRoom ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    {
      std::lock_guard lock(disk.mutex_);
      sqlite3_int64 size = 0;
      real->pMethods->xFileSize(real, &size);
      const std::int64_t growth = std::max<std::int64_t>(0, offset + count - size);
      if (disk.full_ && growth > 0) {
        if (std::filesystem::exists(disk.reserve_) || disk.room_ < growth) {
          return SQLITE_FULL;
        }
        disk.room_ -= growth;
      }
      disk.note(
          {.kind = Kind::Write,
           .file = reinterpret_cast<File*>(file)->name,
           .offset = offset,
           .bytes = std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count))});
    }
    return real->pMethods->xWrite(real, bytes, count, offset);
  }
  static int read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
    if (current()->failsNow()) {
      return SQLITE_IOERR_READ;
    }
    return realOf(file)->pMethods->xRead(realOf(file), to, count, offset);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    FaultyDisk& disk = *current();
    if (disk.failsNow()) {
      return SQLITE_IOERR_TRUNCATE;
    }
    {
      std::lock_guard lock(disk.mutex_);
      disk.note(
          {.kind = Kind::Truncate, .file = reinterpret_cast<File*>(file)->name, .offset = size});
    }
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
  }
  static int sync(sqlite3_file* file, int flags) {
    FaultyDisk& disk = *current();
    if (disk.failsNow()) {
      return SQLITE_IOERR_FSYNC;
    }
    {
      std::lock_guard lock(disk.mutex_);
      if (disk.syncsLeft_ == 0) {
        return SQLITE_IOERR_FSYNC;
      }
      disk.syncsLeft_ -= disk.syncsLeft_ > 0 ? 1 : 0;
    }
    const int code = realOf(file)->pMethods->xSync(realOf(file), flags);
    std::lock_guard lock(disk.mutex_);
    disk.note({.kind = Kind::Sync, .file = reinterpret_cast<File*>(file)->name});
    return code;
  }
  static int close(sqlite3_file* file) { return realOf(file)->pMethods->xClose(realOf(file)); }

  static const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods table = [] {
      sqlite3_io_methods m{};
      m.iVersion = 2;
      m.xClose = &FaultyDisk::close;
      m.xWrite = &FaultyDisk::write;
      m.xTruncate = &FaultyDisk::truncate;
      m.xSync = &FaultyDisk::sync;
      m.xRead = &FaultyDisk::read;
      m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
        return realOf(f)->pMethods->xFileSize(realOf(f), size);
      };
      m.xLock = [](sqlite3_file* f, int level) {
        return realOf(f)->pMethods->xLock(realOf(f), level);
      };
      m.xUnlock = [](sqlite3_file* f, int level) {
        return realOf(f)->pMethods->xUnlock(realOf(f), level);
      };
      m.xCheckReservedLock = [](sqlite3_file* f, int* held) {
        return realOf(f)->pMethods->xCheckReservedLock(realOf(f), held);
      };
      m.xFileControl = [](sqlite3_file* f, int what, void* argument) {
        return realOf(f)->pMethods->xFileControl(realOf(f), what, argument);
      };
      m.xSectorSize = [](sqlite3_file* f) { return realOf(f)->pMethods->xSectorSize(realOf(f)); };
      m.xDeviceCharacteristics = [](sqlite3_file* f) {
        return realOf(f)->pMethods->xDeviceCharacteristics(realOf(f));
      };
      m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** memory) {
        return realOf(f)->pMethods->xShmMap(realOf(f), page, size, extend, memory);
      };
      m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
        return realOf(f)->pMethods->xShmLock(realOf(f), offset, n, flags);
      };
      m.xShmBarrier = [](sqlite3_file* f) { realOf(f)->pMethods->xShmBarrier(realOf(f)); };
      m.xShmUnmap = [](sqlite3_file* f, int remove) {
        return realOf(f)->pMethods->xShmUnmap(realOf(f), remove);
      };
      return m;
    }();
    return &table;
  }

  sqlite3_vfs* real_;
  sqlite3_vfs shim_{};
  mutable std::mutex mutex_;
  bool full_ = false;
  std::filesystem::path reserve_;
  std::int64_t room_ = 0;
  int syncsLeft_ = -1;
  int callsLeft_ = -1;
  int calls_ = 0;
  Failure failure_ = Failure::Error;
  bool watching_ = false;
  std::map<std::string, int> names_;
  std::map<std::string, std::string> before_;  ///< files as they were when first seen
  std::vector<Event> events_;
};

}  // namespace support
