#include "hubs/private_broker.h"

#include <array>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <future>
#include <linux/close_range.h>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace hubs {

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::array<const char*, 3> kRoles = {"bench", "worker", "home"};
constexpr int kPortTries = 5;
constexpr auto kStartPatience = 10s;
constexpr int kPollMilliseconds = 5;
constexpr auto kStopPatience = 2s;

base::Error ioError(const std::string& what) {
  return {base::ErrorCode::Io, what + ": " + std::strerror(errno)};
}

/// A file descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

/// The program's full path: searched in PATH, then where Debian puts servers.
std::optional<fs::path> findProgram(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string folders = (path ? std::string(path) : std::string()) + ":/usr/sbin:/usr/local/sbin";
  std::size_t begin = 0;
  while (begin <= folders.size()) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    const fs::path candidate = fs::path(folders.substr(begin, end - begin)) / name;
    if (candidate.is_absolute() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    begin = end + 1;
  }
  return std::nullopt;
}

/// Runs one function after another on a thread that lives as long as this object. A child's death
/// signal is tied to the thread that forked it, so that thread must not end before the child.
class Forker {
 public:
  template <class Function>
  auto run(Function function) {
    std::packaged_task<decltype(function())()> task(std::move(function));
    auto result = task.get_future();
    {
      std::lock_guard lock(mutex_);
      next_ = [&task] { task(); };
    }
    wake_.notify_one();
    return result.get();
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::function<void()> next_;
  std::jthread thread_{[this](std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [this] { return next_ != nullptr; })) {
      const auto task = std::exchange(next_, nullptr);
      lock.unlock();
      task();
      lock.lock();
    }
  }};
};

struct Child {
  int pid = -1;
  Descriptor alive;  ///< hangs up when the child ends
};

/// Starts a program with its output in `log`.
base::Result<Child> spawn(const std::vector<std::string>& words, const fs::path& log) {
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return ioError("no pipe");
  Descriptor alive(ends[0]);
  const Descriptor held(ends[1]);
  const Descriptor output(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (output.get() < 0 || nothing.get() < 0) return ioError("cannot write " + log.string());
  const int parent = ::getpid();
  const int pid = ::fork();
  if (pid < 0) return ioError("cannot start " + words[0]);
  if (pid == 0) {
    // Only calls that are safe between fork and exec.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::setpgid(0, 0);
    ::dup2(nothing.get(), 0);
    ::dup2(output.get(), 1);
    ::dup2(output.get(), 2);
    ::dup2(held.get(), 3);
    ::close_range(4, ~0U, 0);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  return Child{pid, std::move(alive)};
}

bool hasEnded(const Child& child, int waitMilliseconds) {
  pollfd waiter{.fd = child.alive.get(), .events = POLLIN, .revents = 0};
  return ::poll(&waiter, 1, waitMilliseconds) > 0;
}

/// Waits for the end, at most `patience`, and collects the child. Its exit status; -1 otherwise.
int awaitEnd(Child& child, base::Duration patience) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(patience);
  if (child.pid < 0 || !hasEnded(child, static_cast<int>(milliseconds.count()))) return -1;
  int status = 0;
  ::waitpid(child.pid, &status, 0);
  child.pid = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

base::Result<int> freePort() {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket.get(), plain, length) != 0 ||
      ::getsockname(socket.get(), plain, &length) != 0) {
    return ioError("no free port");
  }
  return static_cast<int>(ntohs(address.sin_port));
}

/// Does our broker answer there? Shows a user and password only our own broker knows (an MQTT 3.1.1
/// CONNECT), so that a stranger on the same port is not mistaken for it.
bool answers(int port, const std::string& user, const std::string& password) {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval limit{.tv_sec = 1, .tv_usec = 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    return false;
  }
  std::string body("\0\4MQTT\4\xc2\0\5", 10);
  for (const std::string& part : {std::string("probe"), user, password}) {
    body += '\0';
    body += static_cast<char>(part.size());
    body += part;
  }
  const std::string packet = std::string("\x10") + static_cast<char>(body.size()) + body;
  std::array<char, 4> answer{};
  return ::send(socket.get(), packet.data(), packet.size(), MSG_NOSIGNAL) ==
             static_cast<ssize_t>(packet.size()) &&
         ::recv(socket.get(), answer.data(), answer.size(), MSG_WAITALL) == 4 &&
         answer[0] == 0x20 && answer[3] == 0;
}

base::Result<void> writePrivate(const fs::path& file, const std::string& text) {
  const Descriptor fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (fd.get() < 0 ||
      ::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return ioError("cannot write " + file.string());
  }
  return {};
}

std::string configuration(const fs::path& folder, int port) {
  std::string text = "listener " + std::to_string(port) + " 127.0.0.1\n";
  if (::geteuid() == 0) text += "user root\n";
  return text + "allow_anonymous false\npassword_file " + (folder / "passwords").string() +
         "\nacl_file " + (folder / "rights").string() +
         "\npersistence false\nset_tcp_nodelay true\nmax_packet_size 262144\n"
         "max_inflight_messages 100\nmax_queued_messages 1000\nsys_interval 0\n"
         "log_dest stderr\nlog_type error\nlog_type warning\n";
}

std::string rights() {
  std::string text;
  for (const char* role : kRoles) {
    text += std::string("user ") + role + "\ntopic readwrite mimosa/1/#\n\n";
  }
  return text;
}

}  // namespace

struct PrivateBroker::Impl {
  fs::path folder;
  fs::path mosquitto;
  std::map<std::string, std::string> passwords;
  mutable std::mutex mutex;
  int port = 0;
  Child child;
  Forker forker;

  ~Impl() {
    stop();
    std::error_code ignored;
    if (!folder.empty()) fs::remove_all(folder, ignored);
  }

  void stop() {
    if (child.pid < 0) return;
    ::kill(child.pid, SIGTERM);
    if (awaitEnd(child, kStopPatience) == -1 && child.pid >= 0) {
      ::kill(child.pid, SIGKILL);
      awaitEnd(child, kStopPatience);
    }
  }

  base::Result<void> prepare(const fs::path& passwordProgram) {
    std::string pattern = (fs::temp_directory_path() / "mimosa-broker-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return ioError("no private folder");
    folder = pattern;
    std::string lines;
    for (const char* role : kRoles) {
      passwords[role] = base::randomHex(16);
      lines += std::string(role) + ":" + passwords[role] + "\n";
      if (auto ok = writePrivate(folder / (std::string(role) + ".password"), passwords[role]);
          !ok) {
        return ok;
      }
    }
    if (auto ok = writePrivate(folder / "passwords", lines); !ok) return ok;
    if (auto ok = writePrivate(folder / "rights", rights()); !ok) return ok;
    const std::vector<std::string> words = {passwordProgram, "-U", folder / "passwords"};
    auto hashing = forker.run([&] { return spawn(words, folder / "log"); });
    if (!hashing) return hashing.error();
    if (awaitEnd(*hashing, kStartPatience) != 0) {
      return base::Error{base::ErrorCode::Io, "mosquitto_passwd could not hash the passwords"};
    }
    return {};
  }

  /// Starts mosquitto on `port` and waits until it answers.
  base::Result<void> start() {
    if (auto ok = writePrivate(folder / "mosquitto.conf", configuration(folder, port)); !ok) {
      return ok;
    }
    const std::vector<std::string> words = {mosquitto, "-c", folder / "mosquitto.conf"};
    auto started = forker.run([&] { return spawn(words, folder / "log"); });
    if (!started) return started.error();
    child = std::move(*started);
    const auto deadline = SteadyClock::now() + kStartPatience;
    while (SteadyClock::now() < deadline) {
      if (hasEnded(child, kPollMilliseconds)) {
        awaitEnd(child, 0s);
        return base::Error{base::ErrorCode::Io, "the broker ended at once; " + lastLogLine()};
      }
      if (answers(port, kRoles[0], passwords[kRoles[0]])) return {};
    }
    stop();
    return base::Error{base::ErrorCode::Timeout, "the broker does not answer"};
  }

  std::string lastLogLine() const {
    std::ifstream log(folder / "log");
    std::string line;
    std::string last = "it said nothing";
    while (std::getline(log, line)) {
      if (!line.empty()) last = line;
    }
    return last;
  }
};

PrivateBroker::PrivateBroker(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PrivateBroker::~PrivateBroker() = default;

base::Result<std::unique_ptr<PrivateBroker>> PrivateBroker::open() {
  const auto mosquitto = findProgram("mosquitto");
  const auto passwordProgram = findProgram("mosquitto_passwd");
  if (!mosquitto || !passwordProgram) {
    return base::Error{base::ErrorCode::NotFound,
                       "mosquitto is not installed; on Debian it is in the package mosquitto"};
  }
  auto impl = std::make_unique<Impl>();
  impl->mosquitto = *mosquitto;
  if (auto ok = impl->prepare(*passwordProgram); !ok) return ok.error();
  base::Result<void> started = base::Error{base::ErrorCode::Io, "no port was tried"};
  for (int i = 0; i < kPortTries && !started; ++i) {
    const auto port = freePort();
    if (!port) return port.error();
    impl->port = *port;
    started = impl->start();
  }
  if (!started) return started.error();
  return std::unique_ptr<PrivateBroker>(new PrivateBroker(std::move(impl)));
}

int PrivateBroker::port() const { return impl_->port; }

MqttOptions PrivateBroker::optionsFor(const std::string& role) const {
  MqttOptions options;
  options.host = "127.0.0.1";
  options.port = impl_->port;
  options.user = role;
  const auto password = impl_->passwords.find(role);
  if (password != impl_->passwords.end()) options.password = password->second;
  return options;
}

std::filesystem::path PrivateBroker::passwordFile(const std::string& role) const {
  return impl_->folder / (role + ".password");
}

int PrivateBroker::processId() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->child.pid;
}

base::Result<void> PrivateBroker::reviveIfDead() {
  std::lock_guard lock(impl_->mutex);
  if (impl_->child.pid >= 0) {
    awaitEnd(impl_->child, 0s);
    if (impl_->child.pid >= 0) return {};
  }
  return impl_->start();
}

}  // namespace hubs
