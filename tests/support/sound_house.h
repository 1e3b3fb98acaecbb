#pragma once
// SoundHouse: a sound system of the test's own: a PulseAudio with one silent loudspeaker, what is
// played there is what this computer's microphone hears, in real time. No sound card is needed.

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <spawn.h>
#include <sys/socket.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "tests/support/wait_until.h"

namespace support {

/// Sets HOME and PULSE_SERVER of this program for good: make it before PortAudio is used, once per
/// program.
class SoundHouse {
 public:
  explicit SoundHouse(const std::filesystem::path& folder) : folder_(folder / "sound") {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    std::ofstream(folder_ / ".asoundrc")
        << "pcm.room { type pulse device \"loudspeaker.monitor\" hint { show on description "
           "\"room\" } }\n"
           "pcm.!default { type pulse device \"loudspeaker.monitor\" hint { show on description "
           "\"default\" } }\n";
    setenv("HOME", folder_.c_str(), 1);
    setenv("PULSE_SERVER", ("unix:" + socket().string()).c_str(), 1);
    setenv("PULSE_RUNTIME_PATH", folder_.c_str(), 1);
    setenv("PULSE_STATE_PATH", folder_.c_str(), 1);
  }
  ~SoundHouse() {
    stopPlaying();
    pullOut();
  }
  SoundHouse(const SoundHouse&) = delete;
  SoundHouse& operator=(const SoundHouse&) = delete;

  /// Why there can be none on this computer, as a sentence; nothing where there can.
  static std::optional<std::string> missing() {
    for (const char* program : {"/usr/bin/pulseaudio", "/usr/bin/paplay"}) {
      if (!std::filesystem::exists(program)) {
        return std::string("left out: ") + program + " is not installed";
      }
    }
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib", failed)) {
      if (std::filesystem::exists(entry.path() / "alsa-lib/libasound_module_pcm_pulse.so")) {
        return std::nullopt;
      }
    }
    return "left out: the package libasound2-plugins is not installed";
  }

  bool plugIn() {
    std::error_code ignored;
    std::filesystem::remove(socket(), ignored);
    daemon_ = start({"/usr/bin/pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
                     "--use-pid-file=no", "--log-target=null", "--realtime=no", "--high-priority=no",
                     "--load=module-native-protocol-unix auth-anonymous=1 socket=" +
                         socket().string(),
                     "--load=module-null-sink sink_name=loudspeaker rate=16000 channels=1"});
    return waitUntil([&] { return std::filesystem::exists(socket()); }, std::chrono::seconds(20));
  }
  /// As pulling a plug: at once and without a word.
  void pullOut() {
    end(daemon_, SIGKILL);
    end(talker_, SIGKILL);
    if (speaker_ >= 0) ::close(std::exchange(speaker_, -1));
  }

  /// Begins to play a sound file; what played before ends.
  void play(const std::filesystem::path& file) {
    stopPlaying();
    player_ = start({"/usr/bin/paplay", "--device=loudspeaker", file.string()});
  }
  void stopPlaying() { end(player_, SIGKILL); }

  /// What is sent there, 16-bit samples at 16 kHz, is played as it comes. Owned by the house, which
  /// closes it when it is pulled out and at the end; -1 where there is none.
  int openLoudspeaker() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    speaker_ = ends[0];
    talker_ = start({"/usr/bin/pacat", "--playback", "--raw", "--rate=16000", "--channels=1",
                     "--format=s16le", "--latency-msec=100", "--device=loudspeaker"},
                    ends[1]);
    ::close(ends[1]);
    return speaker_;
  }

 private:
  std::filesystem::path socket() const { return folder_ / "pulse.socket"; }

  /// `input`: a file descriptor it reads from, or -1.
  static pid_t start(std::vector<std::string> words, int input = -1) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&quiet, fd, "/dev/null", O_WRONLY, 0);
    }
    if (input >= 0) posix_spawn_file_actions_adddup2(&quiet, input, STDIN_FILENO);
    pid_t child = -1;
    if (posix_spawn(&child, arguments[0], &quiet, nullptr, arguments.data(), environ) != 0) {
      child = -1;
    }
    posix_spawn_file_actions_destroy(&quiet);
    return child;
  }
  static void end(pid_t& child, int signal) {
    if (child <= 0) return;
    kill(child, signal);
    waitpid(child, nullptr, 0);
    child = -1;
  }

  std::filesystem::path folder_;
  pid_t daemon_ = -1;
  pid_t player_ = -1;
  pid_t talker_ = -1;
  int speaker_ = -1;
};

}  // namespace support
