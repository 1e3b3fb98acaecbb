#pragma once
// KilledProgram: starts a program, lets it live for a while, kills it with SIGKILL, and keeps what it
// had said by then.

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

namespace support {

/// When the clock of a program's life starts.
enum class LifeFrom { Start, FirstLine };

/// Runs `words` (program first) and kills it after `life`. Returns the whole lines it printed. Fails
/// the test where it could not be started or ended by itself, or said nothing within `patience`.
inline std::vector<std::string> runAndKill(std::vector<std::string> words,
                                           std::chrono::milliseconds life, LifeFrom from,
                                           std::chrono::seconds patience = std::chrono::seconds(60)) {
  using Steady = std::chrono::steady_clock;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no pipe";
    return {};
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int started =
      posix_spawn(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (started != 0) {
    close(ends[0]);
    ADD_FAILURE() << words.front() << " did not start";
    return {};
  }

  std::string output;
  char buffer[4096];
  auto deadline = Steady::now() + (from == LifeFrom::Start ? life : patience);
  bool lives = from == LifeFrom::Start;
  bool killed = false;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Steady::now());
    if (!killed && left.count() <= 0) {
      kill(child, SIGKILL);
      killed = true;
    }
    pollfd waiting{.fd = ends[0], .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, killed ? -1 : static_cast<int>(left.count())) <= 0) continue;
    const ssize_t n = read(ends[0], buffer, sizeof buffer);
    if (n <= 0) break;
    output.append(buffer, static_cast<std::size_t>(n));
    if (!lives && output.find('\n') != std::string::npos) {
      lives = true;
      deadline = Steady::now() + life;
    }
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the program ended by itself: " << WEXITSTATUS(status);
  EXPECT_TRUE(lives) << "the program said nothing";

  std::vector<std::string> lines;
  std::istringstream whole(output.substr(0, output.rfind('\n') + 1));
  for (std::string line; std::getline(whole, line);) lines.push_back(line);
  return lines;
}

}  // namespace support
