#include "app/headless/session_command.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <optional>
#include <signal.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

#include "app/headless/task_choice.h"

namespace app {
namespace {

constexpr base::Duration kFrontPatience = std::chrono::seconds(15);
constexpr base::Duration kForever = std::chrono::hours(24 * 365);

// Where the signal handler writes; a handler has no other way to be told.
std::atomic<int> handlerWakes = -1;

void onSignal(int) {
  const int former = errno;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(handlerWakes, &one, sizeof one);
  errno = former;
}

std::filesystem::path ownFolder() {
  std::error_code failed;
  return std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
}

}  // namespace

std::vector<Option> sessionOptionsDeclared() {
  return {{"project", "FILE", "The project; made where there is none."},
          taskOption("the one that was in front where absent"),
          {"broker", "URL", "mqtt://host:port or mqtts://host:port; a private one where absent."},
          {"user", "NAME", "User at the broker."},
          {"password-file", "FILE", "File holding the password."},
          {"ca", "FILE", "Certificate that signed the broker's, for mqtts."},
          {"site", "NAME", "Site below mimosa/1/.", "home"},
          {"demo", "", "Start the demonstration home as well."},
          {"let", "", "A project from elsewhere may listen, watch and send as it is set to."}};
}

base::Result<SessionOptions> sessionOptionsFrom(const Arguments& arguments,
                                                const std::string& project) {
  std::error_code failed;
  SessionOptions options;
  options.project = std::filesystem::absolute(project, failed);
  options.site = arguments.text("site");
  options.programs = ownFolder();
  options.startDemoHome = arguments.has("demo");
  if (!arguments.has("broker")) {
    if (arguments.has("user") || arguments.has("ca") || arguments.has("password-file")) {
      return base::invalid("--user, --password-file and --ca need --broker");
    }
    return options;
  }
  auto broker = hubs::parseBrokerUrl(arguments.text("broker"));
  if (!broker) return broker.error();
  broker->user = arguments.text("user");
  if (arguments.has("password-file")) {
    std::ifstream file(arguments.text("password-file"));
    if (!std::getline(file, broker->password)) {
      return base::Error{base::ErrorCode::Io,
                         "cannot read the password in " + arguments.text("password-file")};
    }
  }
  if (arguments.has("ca")) {
    if (!broker->tls) broker->tls.emplace();
    broker->tls->caFile = arguments.text("ca");
  }
  options.broker = std::move(*broker);
  return options;
}

base::Result<void> runUntilSignalled(
    const std::function<base::Result<void>(std::stop_token)>& work) {
  const int wakes = eventfd(0, EFD_CLOEXEC);
  if (wakes < 0) return base::Error{base::ErrorCode::Internal, "the system gives no event counter"};
  handlerWakes = wakes;
  struct sigaction action {};
  struct sigaction formerTerm {};
  struct sigaction formerInt {};
  action.sa_handler = onSignal;
  sigaction(SIGTERM, &action, &formerTerm);
  sigaction(SIGINT, &action, &formerInt);
  base::Result<void> result;
  {
    std::jthread worker([&](std::stop_token stop) {
      result = work(stop);
      onSignal(0);
    });
    std::uint64_t count = 0;
    while (read(wakes, &count, sizeof count) < 0 && errno == EINTR) {
    }
  }
  sigaction(SIGTERM, &formerTerm, nullptr);
  sigaction(SIGINT, &formerInt, nullptr);
  handlerWakes = -1;
  close(wakes);
  return result;
}

void letOrSay(Session& session, const Arguments& arguments) {
  session.settle();
  const std::string held = heldSentence(session.snapshot()->held);
  if (held.empty()) return;
  if (arguments.has("let")) return session.letProject();
  std::fprintf(stderr, "%s Nothing of it is done unless you say --let.\n", held.c_str());
}

base::Result<void> chooseTask(Session& session, SessionWatch& watch, std::stop_token stop,
                              const Arguments& arguments) {
  if (!arguments.has("task")) return {};
  session.settle();
  std::vector<TaskSettings> tasks;
  for (const TaskView& task : session.snapshot()->tasks) {
    tasks.push_back({.id = task.id, .key = task.key, .name = task.name});
  }
  const TaskSettings* wanted = taskNamed(tasks, arguments.text("task"));
  if (wanted == nullptr) return noSuchTask(tasks, arguments.text("task"));
  session.bringToFront(wanted->id);
  const auto isInFront = [&] {
    const auto snapshot = session.snapshot();
    return std::any_of(snapshot->tasks.begin(), snapshot->tasks.end(),
                       [&](const TaskView& task) { return task.front && task.id == wanted->id; });
  };
  if (watch.waitFor(std::move(stop), kFrontPatience, isInFront)) return {};
  return base::Error{base::ErrorCode::Timeout,
                     "the task " + arguments.text("task") + " did not come to the front"};
}

void SessionWatch::changed() {
  {
    std::lock_guard lock(mutex_);
    ++changes_;
  }
  wake_.notify_all();
}

bool SessionWatch::waitFor(std::stop_token stop, base::Duration patience,
                           const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::unique_lock lock(mutex_);
  for (;;) {
    const std::uint64_t seen = changes_;
    lock.unlock();
    if (stop.stop_requested()) return false;
    if (condition()) return true;
    lock.lock();
    if (!wake_.wait_until(lock, stop, deadline, [&] { return changes_ != seen; })) {
      lock.unlock();
      return !stop.stop_requested() && condition();
    }
  }
}

bool SessionWatch::waitFor(std::stop_token stop, const std::function<bool()>& condition) {
  return waitFor(std::move(stop), kForever, condition);
}

}  // namespace app
