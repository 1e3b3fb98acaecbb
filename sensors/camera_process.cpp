#include "sensors/camera_process.h"

#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sensors {

namespace {

using capture::Descriptor;

constexpr int kNice = 5;

/// Between fork and exec: only calls that are safe there.
[[noreturn]] void becomeCamera(const char* program, int in, int out, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(126);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  const int nowhere = ::open("/dev/null", O_WRONLY);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);  // libraries chat there
  ::close_range(3, ~0U, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  [[maybe_unused]] const int priority = ::nice(kNice);
  ::execl(program, program, static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

CameraProcess::CameraProcess(pid_t pid, Descriptor orders, Descriptor messages)
    : pid_(pid), orders_(std::move(orders)), messages_(std::move(messages)) {}

CameraProcess::CameraProcess(CameraProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      orders_(std::move(other.orders_)),
      messages_(std::move(other.messages_)) {}

CameraProcess::~CameraProcess() { end(); }

bool CameraProcess::end() {
  if (pid_ <= 0) return false;
  int status = 0;
  bool crashed = false;
  const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
  if (ended == pid_) {
    crashed = WIFSIGNALED(status);
  } else {
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    // It closed its end by itself, and was not yet gone.
    crashed = WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL;
  }
  pid_ = -1;
  return crashed;
}

base::Result<CameraProcess> CameraProcess::start(const std::filesystem::path& program) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0) {
    return base::Error{base::ErrorCode::Io, "no pipe to the camera's process"};
  }
  const Descriptor theirIn(in[0]);
  Descriptor orders(in[1]);
  if (::pipe2(out.data(), O_CLOEXEC) != 0) {
    return base::Error{base::ErrorCode::Io, "no pipe to the camera's process"};
  }
  Descriptor messages(out[0]);
  const Descriptor theirOut(out[1]);
  ::fcntl(orders.get(), F_SETFL, O_NONBLOCK);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) {
    return base::Error{
        base::ErrorCode::Io,
        std::string("the camera's process cannot be started: ") + std::strerror(errno)};
  }
  if (child == 0) becomeCamera(program.c_str(), theirIn.get(), theirOut.get(), parent);
  return CameraProcess(child, std::move(orders), std::move(messages));
}

}  // namespace sensors
