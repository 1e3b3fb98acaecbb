#pragma once
// What a plugin includes: Manifest says who it is, Registry is where its factories are listed.

#include <map>
#include <string>

#include "learners/learner.h"
#include "sensors/feature_extractor.h"
#include "sensors/local_kind.h"

namespace plugins {

struct Manifest {
  std::string id;  ///< [a-z0-9_-]{1,64}
  std::string name;
  std::string version;
  int sdkVersion = 1;
};

/// Where something that others trained comes from.
struct Origin {
  std::string name;
  std::string licence;
  std::string sha256;
};
/// By extractor id.
using Origins = std::map<std::string, Origin>;

/// Factories by id. Filled once at start, then only read. Adding an id twice keeps the first.
struct Registry {
  std::map<std::string, sensors::ExtractorFactory> extractors;
  learners::LearnerMap learners;
  sensors::LocalKinds localKinds;  ///< devices of this computer: microphones, cameras
  Origins origins;                 ///< of extractors that are networks, by their ids
};

}  // namespace plugins
