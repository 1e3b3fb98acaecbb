#pragma once
// What record and serve have in common: a session without a window, waited for until something
// happens in it or somebody ends the program.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>

#include "app/headless/arguments.h"
#include "app/session.h"

namespace app {

/// Options: project, task, broker, user, password-file, ca, site, demo, let.
std::vector<Option> sessionOptionsDeclared();

/// Errors: InvalidArgument for a bad address; Io for an unreadable password file.
base::Result<SessionOptions> sessionOptionsFrom(const Arguments& arguments,
                                                const std::string& project);

/// Lets a project from elsewhere do what it would, where --let says so; else says what is held back.
void letOrSay(Session& session, const Arguments& arguments);

class SessionWatch;
/// Brings the task that --task names to the front and waits until it is there, where one is named.
/// Errors: NotFound listing those there are; Timeout.
base::Result<void> chooseTask(Session& session, SessionWatch& watch, std::stop_token stop,
                              const Arguments& arguments);

/// Runs `work` on a thread of its own until it returns; SIGTERM and SIGINT ask it to stop.
base::Result<void> runUntilSignalled(
    const std::function<base::Result<void>(std::stop_token)>& work);

/// Wakes whoever waits for a session. Thread-safe; must outlive the session.
class SessionWatch {
 public:
  /// Give this to Session::onChange().
  void changed();
  /// Waits until `condition` holds; it is asked after each change. False where `stop` or the end of
  /// `patience` came first.
  bool waitFor(std::stop_token stop, base::Duration patience,
               const std::function<bool()>& condition);
  /// As above, however long it takes.
  bool waitFor(std::stop_token stop, const std::function<bool()>& condition);

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::uint64_t changes_ = 0;
};

}  // namespace app
