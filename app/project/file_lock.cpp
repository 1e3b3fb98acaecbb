#include "app/project/file_lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "sensors/base/time.h"

namespace app {

namespace {

/// What the holder says about itself, fit for a sentence.
std::string holderOf(int descriptor) {
  std::array<char, 512> buffer{};
  const ssize_t n = pread(descriptor, buffer.data(), buffer.size(), 0);
  std::string holder(buffer.data(), n > 0 ? static_cast<std::size_t>(n) : 0);
  std::erase_if(holder, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  return holder;
}

/// "computer attic, process 4711, since 2026-11-20 14:02:11", one line.
std::string ownStatement() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return std::string("computer ") + host.data() + ", process " + std::to_string(getpid()) +
         ", since " + base::dateTimeText(base::SystemClock().now()) + "\n";
}

base::Error notWritable(const std::filesystem::path& companion, int reason) {
  return {base::ErrorCode::Unavailable, "The folder " + companion.parent_path().string() +
                                            " cannot be written to (" + std::strerror(reason) +
                                            "); the project can be opened for reading only."};
}

base::Error heldBy(const std::filesystem::path& file, const std::string& holder) {
  return {base::ErrorCode::Unavailable, "The project " + file.filename().string() +
                                            " is open in another program" +
                                            (holder.empty() ? "." : " (" + holder + ").")};
}

/// True while the name still leads to the file behind `descriptor`: a holder that ends removes it.
bool isStillNamed(const std::filesystem::path& companion, int descriptor) {
  struct stat named {};
  struct stat held {};
  return stat(companion.c_str(), &named) == 0 && fstat(descriptor, &held) == 0 &&
         named.st_dev == held.st_dev && named.st_ino == held.st_ino;
}

}  // namespace

base::Result<FileLock> FileLock::take(const std::filesystem::path& file) {
  std::filesystem::path companion = file;
  companion += "-lock";
  while (true) {
    const int descriptor = open(companion.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0) {
      return notWritable(companion, errno);
    }
    FileLock lock;
    lock.descriptor_ = descriptor;
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (fcntl(descriptor, F_OFD_SETLK, &whole) != 0) {
      if (errno == EAGAIN || errno == EACCES) {
        return heldBy(file, holderOf(descriptor));
      }
      return base::Error{base::ErrorCode::Unavailable,
                         "Files in " + companion.parent_path().string() + " cannot be locked (" +
                             std::strerror(errno) +
                             "); the project can be opened for reading only."};
    }
    if (!isStillNamed(companion, descriptor)) {
      continue;
    }
    const std::string statement = ownStatement();
    if (ftruncate(descriptor, 0) != 0 ||
        pwrite(descriptor, statement.data(), statement.size(), 0) < 0) {
      // The lock holds without its text; only the sentence of the next one is poorer.
    }
    lock.companion_ = companion;
    return lock;
  }
}

FileLock::FileLock(FileLock&& other) noexcept
    : companion_(std::exchange(other.companion_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(companion_, other.companion_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (!companion_.empty()) {
    unlink(companion_.c_str());
  }
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

}  // namespace app
