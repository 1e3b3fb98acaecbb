#include "app/training/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace app {
namespace {

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

base::Error failure(const std::filesystem::path& file, const char* what, int number) {
  const bool full = number == ENOSPC || number == EDQUOT;
  return {full ? base::ErrorCode::Unavailable : base::ErrorCode::Io,
          file.string() + " cannot be " + what + ": " + std::strerror(number)};
}

}  // namespace

base::Result<void> writeWhole(const std::filesystem::path& file,
                              std::span<const std::uint8_t> content) {
  const std::filesystem::path beside = file.string() + ".new";
  {
    const Descriptor out(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!out.ok()) return failure(file, "written", errno);
    std::size_t done = 0;
    while (done < content.size()) {
      const ssize_t n = ::write(out.get(), content.data() + done, content.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) {
        const int number = errno;
        ::unlink(beside.c_str());
        return failure(file, "written", number);
      }
      done += static_cast<std::size_t>(n);
    }
    if (::fsync(out.get()) != 0) return failure(file, "synced", errno);
  }
  if (::rename(beside.c_str(), file.c_str()) != 0) return failure(file, "renamed", errno);
  const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.ok()) ::fsync(folder.get());
  return {};
}

base::Result<base::Bytes> readWhole(const std::filesystem::path& file, std::uint64_t limit) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!in.ok()) {
    if (errno == ENOENT) {
      return base::Error{base::ErrorCode::NotFound, file.string() + " does not exist"};
    }
    return failure(file, "read", errno);
  }
  struct stat about {};
  if (::fstat(in.get(), &about) != 0) return failure(file, "read", errno);
  if (static_cast<std::uint64_t>(about.st_size) > limit) {
    return base::Error{base::ErrorCode::Corrupt,
                       file.string() + " is larger than " + std::to_string(limit) + " bytes"};
  }
  base::Bytes content(static_cast<std::size_t>(about.st_size));
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t n = ::read(in.get(), content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failure(file, "read", errno);
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  content.resize(done);
  return content;
}

void trimFolder(const std::filesystem::path& folder, const std::vector<std::string>& keep,
                std::uint64_t mostBytes) {
  struct Entry {
    std::filesystem::file_time_type written;
    std::uint64_t size;
    std::filesystem::path path;
  };
  std::vector<Entry> entries;
  std::uint64_t total = 0;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(folder, ignored)) {
    const Entry entry{file.last_write_time(ignored), file.file_size(ignored), file.path()};
    total += entry.size;
    if (std::find(keep.begin(), keep.end(), entry.path.filename()) == keep.end()) {
      entries.push_back(entry);
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.written < b.written; });
  for (const Entry& entry : entries) {
    if (total <= mostBytes) return;
    if (std::filesystem::remove(entry.path, ignored)) total -= entry.size;
  }
}

}  // namespace app
