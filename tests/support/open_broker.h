#pragma once
// OpenBroker: a mosquitto as a home has it: any topic, for everyone or for one user with a password.
// Needs the package mosquitto.

#include <filesystem>
#include <fstream>
#include <signal.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "hubs/mqtt_bus.h"
#include "tests/support/scripted_broker.h"

namespace support {

class OpenBroker {
 public:
  /// Without `user` nobody is asked for a password.
  explicit OpenBroker(const std::string& user = {}, const std::string& password = {}) {
    std::filesystem::create_directories(folder_);
    // A port that was free a moment ago.
    port_ = ScriptedBroker([](std::uint8_t) { return std::string(); }).port();
    std::ofstream config(folder_ / "mosquitto.conf");
    config << "listener " << port_ << " 127.0.0.1\nlog_dest none\n"
           << (::geteuid() == 0 ? "user root\n" : "");
    if (user.empty()) {
      config << "allow_anonymous true\n";
    } else {
      const std::string passwords = (folder_ / "passwords").string();
      run("mosquitto_passwd", {"-b", "-c", passwords, user, password}, true);
      config << "allow_anonymous false\npassword_file " << passwords << "\n";
    }
    config.close();
    pid_ = run("mosquitto", {"-c", (folder_ / "mosquitto.conf").string()}, false);
  }
  ~OpenBroker() {
    if (pid_ > 0) {
      ::kill(pid_, SIGTERM);
      ::waitpid(pid_, nullptr, 0);
    }
    std::filesystem::remove_all(folder_);
  }
  OpenBroker(const OpenBroker&) = delete;
  OpenBroker& operator=(const OpenBroker&) = delete;

  int port() const { return port_; }
  std::string url() const { return "mqtt://127.0.0.1:" + std::to_string(port_); }
  hubs::MqttOptions options() const { return {.port = port_}; }

 private:
  static pid_t run(const std::string& name, std::vector<std::string> words, bool wait) {
    words.insert(words.begin(), name);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t pid = -1;
    for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/"}) {
      const std::string program = folder + name;
      if (pid < 0 && ::access(program.c_str(), X_OK) == 0 &&
          ::posix_spawn(&pid, program.c_str(), nullptr, nullptr, arguments.data(), environ) != 0) {
        pid = -1;
      }
    }
    if (wait && pid > 0) ::waitpid(pid, nullptr, 0);
    return pid;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("mimosa-open-" + base::randomHex(6));
  int port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace support
