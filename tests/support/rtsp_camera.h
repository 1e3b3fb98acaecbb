#pragma once
// RtspCamera: runs tests/support/rtsp_camera.py for as long as it lives.

#include <fcntl.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace support {

class RtspCamera {
 public:
  /// Pictures are `folder`/0000.jpg, ... Null where this computer lacks what it needs.
  static std::unique_ptr<RtspCamera> start(const std::filesystem::path& folder, int rate) {
    auto camera = std::unique_ptr<RtspCamera>(new RtspCamera(folder, rate));
    return camera->begin() ? std::move(camera) : nullptr;
  }
  ~RtspCamera() { unplug(); }
  RtspCamera(const RtspCamera&) = delete;
  RtspCamera& operator=(const RtspCamera&) = delete;

  std::string url() const { return "rtsp://127.0.0.1:" + std::to_string(port_) + "/live"; }
  void unplug() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
    ::close(input_);
    std::fclose(output_);
  }
  bool plugIn() { return begin(); }

 private:
  RtspCamera(std::filesystem::path folder, int rate) : folder_(std::move(folder)), rate_(rate) {
    // A port nobody has now.
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(probe, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    ::close(probe);
  }

  bool begin() {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) return false;
    const std::string script = MIMOSA_SOURCE "/tests/support/rtsp_camera.py";
    const std::string port = std::to_string(port_);
    const std::string rate = std::to_string(rate_);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      // The system's own interpreter: the libraries it needs are the system's.
      ::execl("/usr/bin/python3", "python3", script.c_str(), port.c_str(), folder_.c_str(),
              rate.c_str(), static_cast<char*>(nullptr));
      ::_exit(77);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = ::fdopen(out[0], "r");
    char line[64] = {};
    if (std::fgets(line, sizeof line, output_) && std::string(line) == "ready\n") return true;
    unplug();
    return false;
  }

  const std::filesystem::path folder_;
  const int rate_;
  int port_ = 0;
  pid_t pid_ = -1;
  int input_ = -1;
  std::FILE* output_ = nullptr;
};

}  // namespace support
