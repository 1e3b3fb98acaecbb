#include "app/children.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace app {

namespace {

constexpr auto kLongestPause = std::chrono::seconds(30);

/// Waits until process `pid` has ended, at most `patience`; reaps it.
bool waitFor(int pid, base::Duration patience) {
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (fd >= 0) {
    pollfd waiting{fd, POLLIN, 0};
    poll(&waiting, 1, static_cast<int>(patience.count() / 1'000'000));
    close(fd);
  }
  return waitpid(pid, nullptr, WNOHANG) == pid;
}

}  // namespace

Child::Child(std::filesystem::path program, std::vector<std::string> arguments)
    : program_(std::move(program)), arguments_(std::move(arguments)) {}

Child::~Child() {
  if (pid_ < 0) return;
  kill(pid_, SIGTERM);
  if (!waitFor(pid_, std::chrono::seconds(2))) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
}

base::Result<void> Child::keepAlive(base::Time now) {
  if (pid_ >= 0 && waitpid(pid_, nullptr, WNOHANG) != pid_) return {};
  if (pid_ >= 0) {
    pid_ = -1;
    const auto pause =
        std::min<base::Duration>(std::chrono::seconds(1 << std::min(starts_, 5)), kLongestPause);
    nextTry_ = now + pause;
  }
  if (now < nextTry_) return {};
  return start();
}

base::Result<void> Child::start() {
  std::vector<std::string> words = arguments_;
  words.insert(words.begin(), program_.string());
  std::vector<char*> argv;
  std::transform(words.begin(), words.end(), std::back_inserter(argv),
                 [](std::string& w) { return w.data(); });
  argv.push_back(nullptr);

  int report[2];  // carries errno back where exec fails
  if (pipe2(report, O_CLOEXEC) != 0) {
    return base::Error{base::ErrorCode::Io, std::string("no pipe: ") + std::strerror(errno)};
  }
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) {
    // SIGKILL, not SIGTERM: a parent that was killed cannot be asked whether to wait.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    execv(argv[0], argv.data());
    const int error = errno;
    [[maybe_unused]] const auto n = write(report[1], &error, sizeof error);
    _exit(127);
  }
  close(report[1]);
  int error = 0;
  const bool failed = pid < 0 || read(report[0], &error, sizeof error) == sizeof error;
  close(report[0]);
  ++starts_;
  if (failed) {
    if (pid > 0) waitpid(pid, nullptr, 0);
    nextTry_ = base::Time{INT64_MAX};  // a program that is not there will not appear by waiting
    return base::Error{base::ErrorCode::Io,
                       program_.filename().string() +
                           " could not be started: " + std::strerror(pid < 0 ? errno : error)};
  }
  pid_ = pid;
  return {};
}

bool writeSecretFile(const std::filesystem::path& file, const std::string& text) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool written = fchmod(fd, 0600) == 0 &&
                       write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(fd);
  return written;
}

}  // namespace app
