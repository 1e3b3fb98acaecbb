#pragma once
// Real programs for tests: processes that end with the test, a broker with TLS, passwords and the
// rights a home should give, and a second computer made of a network namespace.

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <signal.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hubs/mqtt_bus.h"
#include "tests/app/training/training_house.h"

namespace training {

using Words = std::vector<std::string>;

/// A program that runs until it ends or this object goes. Its output is in `log`.
class Process {
 public:
  explicit Process(Words words, const std::filesystem::path& log = "/dev/null",
                   Words environment = {}) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::dup2(output, 1);
      ::dup2(output, 2);
      for (std::string& entry : environment) ::putenv(entry.data());
      ::execvp(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(output);
  }
  ~Process() { end(SIGKILL); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Sends `signal` and waits for the end. Returns the exit code; -1 where a signal ended it.
  int end(int signal = SIGTERM) {
    if (pid_ < 0) return -1;
    ::kill(pid_, signal);
    return wait();
  }
  int wait() {
    int status = 0;
    if (pid_ > 0) ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
};

inline bool run(const Words& words) { return Process(words).wait() == 0; }

inline std::string contentOf(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file) << text;
  std::filesystem::permissions(
      file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

/// Resident memory of a process in megabytes.
inline double residentMegabytes(pid_t pid) {
  std::istringstream status(contentOf("/proc/" + std::to_string(pid) + "/status"));
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

inline int freePort() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return ntohs(address.sin_port);
}

/// A mosquitto as a careful home runs it: TLS by its own authority, a password for each, and no
/// more rights than the protocol needs.
class GuardedBroker {
 public:
  explicit GuardedBroker(std::string address) : address_(std::move(address)), port_(freePort()) {
    const auto& at = folder_.path();
    write(at / "names", "subjectAltName=IP:" + address_ + "\nbasicConstraints=CA:FALSE\n");
    write(at / "rights", rights());
    for (const auto& [user, password] :
         {std::pair("bench", "b-pass"), std::pair("attic", "a-pass")}) {
      write(at / user, std::string(password) + "\n");
    }
    write(at / "conf", "user root\nlistener " + std::to_string(port_) + ' ' + address_ +
                           "\ncafile " + (at / "ca.pem").string() + "\ncertfile " +
                           (at / "broker.pem").string() + "\nkeyfile " +
                           (at / "broker.key").string() + "\npassword_file " +
                           (at / "passwords").string() + "\nacl_file " + (at / "rights").string() +
                           "\nallow_anonymous false\nset_tcp_nodelay true\n"
                           "max_packet_size 262144\npersistence false\n");
    ready_ = makeCertificates() && makePasswords();
    if (ready_)
      process_ = std::make_unique<Process>(Words{"mosquitto", "-c", at / "conf"}, at / "log");
  }

  bool ready() const { return ready_; }
  std::string url() const { return "mqtts://" + address_ + ':' + std::to_string(port_); }
  std::filesystem::path ca() const { return folder_.path() / "ca.pem"; }
  std::filesystem::path passwordFile(const std::string& user) const {
    return folder_.path() / user;
  }
  /// A bus with the rights of a bench; null, and the test fails, where it cannot connect.
  std::unique_ptr<hubs::Bus> benchBus() const {
    auto options = hubs::parseBrokerUrl(url());
    if (!options) return nullptr;
    options->user = "bench";
    options->password = "b-pass";
    options->tls->caFile = ca();
    auto bus = hubs::makeMqttBus(*options);
    if (!bus) {
      ADD_FAILURE() << bus.error().message;
      return nullptr;
    }
    if (const auto online = hubs::waitOnline(**bus, std::chrono::seconds(20)); !online) {
      ADD_FAILURE() << online.error().message << '\n' << contentOf(folder_.path() / "log");
      return nullptr;
    }
    return std::move(*bus);
  }

 private:
  static std::string rights() {
    std::string text = "user bench\ntopic readwrite mimosa/1/home/#\n\n";
    for (const char* rest : {"cmd", "desired"}) {
      text += std::string("pattern read mimosa/1/home/w/%u/") + rest + '\n';
    }
    for (const char* rest : {"info", "status", "hb", "evt", "reported"}) {
      text += std::string("pattern write mimosa/1/home/w/%u/") + rest + '\n';
    }
    return text +
           "pattern readwrite mimosa/1/home/b/%u/+\n"
           "pattern read mimosa/1/home/coord\n"
           "pattern read mimosa/1/home/serve/+/in\n"
           "pattern write mimosa/1/home/wb/+/answers/+\n";
  }
  bool makeCertificates() const {
    const std::string at = folder_.path().string() + '/';
    return run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "2", "-subj", "/CN=Authority of a test", "-addext",
                "keyUsage=critical,keyCertSign", "-keyout", at + "ca.key", "-out",
                at + "ca.pem"}) &&
           run({"openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-subj", "/CN=" + address_, "-keyout", at + "broker.key", "-out",
                at + "broker.csr"}) &&
           run({"openssl", "x509", "-req", "-in", at + "broker.csr", "-CA", at + "ca.pem", "-CAkey",
                at + "ca.key", "-CAcreateserial", "-days", "2", "-extfile", at + "names", "-out",
                at + "broker.pem"});
  }
  bool makePasswords() const {
    const std::string file = folder_.path() / "passwords";
    return run({"mosquitto_passwd", "-c", "-b", file, "bench", "b-pass"}) &&
           run({"mosquitto_passwd", "-b", file, "attic", "a-pass"});
  }

  Folder folder_;
  const std::string address_;
  const int port_;
  bool ready_ = false;
  std::unique_ptr<Process> process_;
};

/// A second computer: a network namespace joined to this one by a cable of its own.
class SecondComputer {
 public:
  SecondComputer() {
    if (::geteuid() != 0) return;
    removeForgotten();
    const std::string number = std::to_string(::getpid());
    name_ = kPrefix + number;
    const std::string here = "mi" + number;
    const std::string there = "mo" + number;
    here_ = here;
    ready_ =
        run({"ip", "netns", "add", name_}) &&
        run({"ip", "link", "add", here, "type", "veth", "peer", "name", there}) &&
        run({"ip", "link", "set", there, "netns", name_}) &&
        run({"ip", "addr", "add", "10.213.77.1/30", "dev", here}) &&
        run({"ip", "link", "set", here, "up"}) &&
        run({"ip", "netns", "exec", name_, "ip", "addr", "add", "10.213.77.2/30", "dev", there}) &&
        run({"ip", "netns", "exec", name_, "ip", "link", "set", there, "up"});
  }
  ~SecondComputer() {
    if (name_.empty()) return;
    run({"ip", "link", "del", here_});
    run({"ip", "netns", "del", name_});
  }
  SecondComputer(const SecondComputer&) = delete;
  SecondComputer& operator=(const SecondComputer&) = delete;

  bool ready() const { return ready_; }
  static std::string addressHere() { return "10.213.77.1"; }
  Words in(Words words) const {
    words.insert(words.begin(), {"ip", "netns", "exec", name_});
    return words;
  }

 private:
  static constexpr const char* kPrefix = "mimosa-test-";

  /// Namespaces of tests that were killed.
  static void removeForgotten() {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/run/netns", none)) {
      const std::string name = entry.path().filename();
      if (name.starts_with(kPrefix) &&
          !std::filesystem::exists("/proc/" + name.substr(std::strlen(kPrefix)))) {
        run({"ip", "netns", "del", name});
      }
    }
  }

  std::string name_;
  std::string here_;
  bool ready_ = false;
};

}  // namespace training
