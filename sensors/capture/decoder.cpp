#include "sensors/capture/decoder.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <opencv2/core/utility.hpp>
#include <poll.h>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "sensors/capture/limits.h"
#include "sensors/capture/shaper.h"
#include "sensors/jpeg_header.h"

namespace sensors::capture {

namespace {

constexpr int kPatienceMs = 5000;
constexpr rlim_t kProcessorSeconds = 5;
constexpr std::uint64_t kMemory = std::uint64_t{512} << 20;

struct Request {
  std::uint32_t bytes = 0;
  std::int64_t steadyNs = 0;
  Shape shape;
};
static_assert(std::is_trivially_copyable_v<Request>);

struct Reply {
  std::uint32_t taken = 0;  ///< bytes of a Taken, 0 where there is none
  std::uint32_t why = 0;    ///< bytes of a sentence then
};

/// Files, sockets and programs cannot be had any more. Where the kernel does not offer it, the
/// other limits stand alone.
void forbidAllButThinking() {
#define MIMOSA_DENY(number)                          \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), \
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      MIMOSA_DENY(SYS_socket),
      MIMOSA_DENY(SYS_connect),
      MIMOSA_DENY(SYS_execve),
      MIMOSA_DENY(SYS_execveat),
      MIMOSA_DENY(SYS_openat),
      MIMOSA_DENY(SYS_ptrace),
      MIMOSA_DENY(SYS_kill),
#ifdef SYS_open
      MIMOSA_DENY(SYS_open),
#endif
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
#undef MIMOSA_DENY
  const sock_fprog filter{static_cast<unsigned short>(std::size(program)), program};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

/// A few more seconds from now, so that one picture cannot take them all.
void renewProcessorTime() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  rlimit limit{};
  ::getrlimit(RLIMIT_CPU, &limit);
  limit.rlim_cur =
      static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + kProcessorSeconds;
  ::setrlimit(RLIMIT_CPU, &limit);
}

bool answer(int link, const base::Result<Taken>& taken) {
  const base::Bytes body = taken ? encode(*taken) : base::Bytes();
  const std::string why = taken ? std::string() : taken.error().message.substr(0, 200);
  const Reply reply{static_cast<std::uint32_t>(body.size()),
                    static_cast<std::uint32_t>(why.size())};
  return writeAll(link, &reply, sizeof reply) && writeAll(link, body.data(), body.size()) &&
         writeAll(link, why.data(), why.size());
}

/// The life of the process.
void serve(int link) {
  Shaper shaper;
  forbidAllButThinking();
  Request request;
  base::Bytes jpeg;
  while (readAll(link, &request, sizeof request)) {
    jpeg.resize(request.bytes);
    if (!readAll(link, jpeg.data(), jpeg.size())) return;
    renewProcessorTime();
    if (!answer(link, shaper.shape(jpeg, request.steadyNs, request.shape))) return;
  }
}

/// Waits for bytes until `deadline`.
bool isReadable(int fd, std::chrono::steady_clock::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd one{fd, POLLIN, 0};
    const int ready = ::poll(&one, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

}  // namespace

Decoder::~Decoder() { end(); }

void Decoder::end() {
  link_.reset();
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

base::Result<void> Decoder::start() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return base::Error{base::ErrorCode::Io, "no pipe to the picture decoder"};
  }
  Descriptor ours(ends[0]);
  const Descriptor theirs(ends[1]);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) {
    return base::Error{base::ErrorCode::Io, "the picture decoder cannot be started"};
  }
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    ::dup2(theirs.get(), STDIN_FILENO);
    ::close_range(3, ~0U, 0);
    ::unshare(CLONE_NEWUSER | CLONE_NEWNET);
    cv::setNumThreads(1);
    limitMemory(kMemory);
    serve(STDIN_FILENO);
    ::_exit(0);
  }
  link_ = std::move(ours);
  return {};
}

base::Result<Taken> Decoder::decode(std::span<const std::uint8_t> jpeg, std::int64_t steadyNs,
                                    const Shape& shape) {
  if (const auto size = jpegSize(jpeg); !size) return size.error();
  if (pid_ < 0) {
    if (auto started = start(); !started) return started.error();
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
  const Request request{static_cast<std::uint32_t>(jpeg.size()), steadyNs, shape};
  const auto lost = [&](base::ErrorCode code, const char* why) {
    end();
    return base::Error{code, why};
  };
  constexpr auto kEnded = "a picture ended the process that decoded it";
  if (!writeAll(link_.get(), &request, sizeof request) ||
      !writeAll(link_.get(), jpeg.data(), jpeg.size())) {
    return lost(base::ErrorCode::Corrupt, kEnded);
  }
  Reply reply;
  if (!isReadable(link_.get(), deadline)) {
    return lost(base::ErrorCode::Timeout, "a picture took too long to decode");
  }
  if (!readAll(link_.get(), &reply, sizeof reply) ||
      std::max(reply.taken, reply.why) > MessageReader::kMostBody) {
    return lost(base::ErrorCode::Corrupt, kEnded);
  }
  base::Bytes body(reply.taken + reply.why);
  if (!readAll(link_.get(), body.data(), body.size())) {
    return lost(base::ErrorCode::Corrupt, kEnded);
  }
  if (reply.taken == 0) {
    return base::Error{base::ErrorCode::Corrupt, std::string(body.begin(), body.end())};
  }
  return takenFrom(body);
}

}  // namespace sensors::capture
