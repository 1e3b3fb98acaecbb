#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "app/training/training_child.h"

extern char** environ;

namespace app {
namespace {

constexpr rlim_t kMostFiles = 64;
constexpr int kNice = 5;
constexpr std::size_t kLongestLine = 4096;

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

/// Memory in large pages that stay with the program, which ends soon anyway: to get small ones again
/// and again costs a fifth of a correction. What a C library does not know it leaves alone.
constexpr const char* kMemory =
    "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:"
    "glibc.malloc.trim_threshold=1073741824";

/// Our environment without OpenMP's settings, with those of a child that shares a small computer.
std::vector<std::string> childEnvironment() {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (!text.starts_with("OMP_") && !text.starts_with("GLIBC_TUNABLES=")) all.emplace_back(text);
  }
  all.emplace_back("OMP_WAIT_POLICY=PASSIVE");
  all.emplace_back("OMP_NUM_THREADS=1");
  all.emplace_back(kMemory);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// Between fork and exec: only calls that are safe there.
[[noreturn]] void becomeChild(const char* program, char* const* arguments, char* const* environment,
                              int output, pid_t parent, std::uint64_t memoryLimit, bool isUrgent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(126);
  ::dup2(output, STDOUT_FILENO);
  ::close_range(3, ~0U, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const rlimit files{kMostFiles, kMostFiles};
  ::setrlimit(RLIMIT_NOFILE, &files);
  const rlimit noCore{0, 0};
  ::setrlimit(RLIMIT_CORE, &noCore);
  if (memoryLimit > 0) {
    const rlimit memory{memoryLimit, memoryLimit};
    ::setrlimit(RLIMIT_AS, &memory);
  }
  if (!isUrgent) [[maybe_unused]] const int priority = ::nice(kNice);
  ::execve(program, arguments, environment);
  ::_exit(127);
}

/// What the lines of a child add up to.
class Conversation {
 public:
  explicit Conversation(const ChildEvents& events) : events_(events) {}

  void take(std::string_view bytes) {
    for (const char c : bytes) {
      if (c != '\n') {
        if (line_.size() < kLongestLine) line_ += c;
        continue;
      }
      onLine(line_);
      line_.clear();
    }
  }
  bool isDone() const { return done_; }
  const std::optional<ChildFailure>& failure() const { return failure_; }

 private:
  void onLine(std::string_view line) {
    if (line == "done") {
      done_ = true;
    } else if (line == "first") {
      if (events_.first) events_.first();
    } else if (line.starts_with("progress ")) {
      const double share = std::strtod(std::string(line.substr(9)).c_str(), nullptr);
      if (events_.progress && share >= 0 && share <= 1) events_.progress(share);
    } else if (line.starts_with("failed ")) {
      const auto rest = line.substr(7);
      const auto space = rest.find(' ');
      failure_ = {std::string(rest.substr(0, space)),
                  space == std::string_view::npos ? "" : std::string(rest.substr(space + 1))};
    }
  }

  const ChildEvents& events_;
  std::string line_;
  bool done_ = false;
  std::optional<ChildFailure> failure_;
};

class ProcessChild final : public TrainingChild {
 public:
  ProcessChild(std::filesystem::path program, std::uint64_t memoryLimitBytes)
      : program_(std::move(program)), memoryLimit_(memoryLimitBytes) {}

  std::optional<ChildFailure> run(const ChildJob& job, const ChildEvents& events,
                                  std::stop_token stop) override {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      return ChildFailure{"crash", std::string("no pipe to the training: ") + std::strerror(errno)};
    }
    const Descriptor input(ends[0]);
    Descriptor output(ends[1]);
    const Descriptor stopped(::eventfd(0, EFD_CLOEXEC));

    std::vector<std::string> arguments = {program_.string(), "--train-child", job.dataset.string(),
                                          job.folder.string(), job.checkpoints.string()};
    std::vector<std::string> environment = childEnvironment();
    const auto argumentPointers = pointers(arguments);
    const auto environmentPointers = pointers(environment);
    std::error_code unknown;
    const bool isUrgent = std::filesystem::exists(job.adapt(), unknown);  // a person waits
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) {
      return ChildFailure{"crash",
                          std::string("the training cannot be started: ") + std::strerror(errno)};
    }
    if (child == 0) {
      becomeChild(program_.c_str(), argumentPointers.data(), environmentPointers.data(),
                  output.get(), parent, memoryLimit_, isUrgent);
    }
    output.reset();

    Conversation conversation(events);
    {
      const std::stop_callback wake(stop, [&] { ::eventfd_write(stopped.get(), 1); });
      listen(input.get(), stopped.get(), conversation, stop);
    }
    if (stop.stop_requested()) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (stop.stop_requested()) return ChildFailure{"cancelled", "the training was cancelled"};
    return verdict(conversation, status);
  }

 private:
  /// Until the child closes its end or somebody asks to stop.
  static void listen(int input, int stopped, Conversation& conversation,
                     const std::stop_token& stop) {
    std::array<char, 1024> buffer{};
    while (!stop.stop_requested()) {
      std::array<pollfd, 2> ready = {pollfd{input, POLLIN, 0}, pollfd{stopped, POLLIN, 0}};
      if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR) return;
      if (ready[0].revents == 0) continue;
      const ssize_t n = ::read(input, buffer.data(), buffer.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return;
      conversation.take({buffer.data(), static_cast<std::size_t>(n)});
    }
  }

  std::optional<ChildFailure> verdict(const Conversation& conversation, int status) const {
    if (conversation.failure()) return conversation.failure();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && conversation.isDone()) return {};
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
      return ChildFailure{memoryLimit_ > 0 ? "oom" : "crash",
                          program_.string() + " could not be started as the training"};
    }
    if (WIFSIGNALED(status)) {
      const int signal = WTERMSIG(status);
      // Killed from outside with no word of ours: what the kernel does when memory runs out. An
      // abort under a memory limit is a library that could not live with a refused allocation.
      const bool memory = signal == SIGKILL || (signal == SIGABRT && memoryLimit_ > 0);
      return ChildFailure{memory ? "oom" : "crash",
                          std::string("the training process ended: ") + ::sigdescr_np(signal)};
    }
    return ChildFailure{memoryLimit_ > 0 ? "oom" : "crash",
                        "the training process ended with code " +
                            std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1)};
  }

  const std::filesystem::path program_;
  const std::uint64_t memoryLimit_;
};

}  // namespace

std::unique_ptr<TrainingChild> makeProcessChild(std::filesystem::path program,
                                                std::uint64_t memoryLimitBytes) {
  return std::make_unique<ProcessChild>(std::move(program), memoryLimitBytes);
}

}  // namespace app
