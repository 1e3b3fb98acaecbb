#pragma once
// Guards: what stands between the program and a plugin's code, so that no exception of a plugin
// crosses the border.

#include <exception>
#include <string>

#include "plugins/sdk/plugin.h"

namespace plugins {

/// Runs `body`; what it throws becomes an error that names the plugin.
template <class Body>
base::Result<void> guarded(const std::string& plugin, const Body& body) {
  try {
    body();
    return {};
  } catch (const std::exception& e) {
    return base::Error{base::ErrorCode::Internal,
                       "The plugin " + plugin + " failed: " + e.what() + "."};
  } catch (...) {
    return base::Error{base::ErrorCode::Internal,
                       "The plugin " + plugin + " failed without saying why."};
  }
}

/// The same factories, guarded.
sensors::ExtractorFactory guardedExtractor(const std::string& plugin,
                                           sensors::ExtractorFactory factory);
learners::LearnerPtr guardedLearner(const std::string& plugin, learners::LearnerPtr learner);

}  // namespace plugins
