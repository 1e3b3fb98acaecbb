#pragma once
// Starters: five projects to begin with, each a question one can ask a home. A starter is made when
// it is first opened: the demonstration home is played fast, what happened is kept and labelled as a
// person would ("that was"), and the session trains on it like on anything else. Nothing is shipped.

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/base/time.h"

namespace app {

struct Starter {
  const char* id;     ///< "appliances"; also of its project's file
  const char* title;  ///< for people
  const char* icon;
  std::vector<std::string> activities;  ///< of the demonstration home
  std::vector<std::string> labels;      ///< of the activities, for people
  std::vector<std::string> sources;     ///< that its task looks at
  std::uint64_t seed = 1;
};

/// activity, appliances, presence, sounds, camera.
std::span<const Starter> starters();
/// Null where there is none of that id.
const Starter* findStarter(const std::string& id);

/// Makes the project: recordings, labels and the task's sources, at times that end at `now`. A file
/// that is there is left alone. Takes some seconds; any thread. Errors: Cancelled; as the store. A
/// project that was not finished is removed.
base::Result<void> makeStarter(const Starter& starter, const std::filesystem::path& project,
                               base::Time now, std::stop_token stop = {});

/// For SessionOptions::demoArguments: the house lives on by itself, and does what the starter knows.
std::vector<std::string> demoArgumentsOf(const Starter& starter);

}  // namespace app
