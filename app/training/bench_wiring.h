#pragma once
// BenchWiring: what the parts of the worker directory share.

#include "app/training/blob_ref.h"
#include "app/training/loop.h"
#include "learners/learner.h"

namespace app {

/// What the bench knows about a worker right now.
struct Presence {
  std::string name;  ///< for people
  bool online = false;
  base::Time lastHeard;
  std::string boot;
};

/// What the directory lends to those who work for it. All calls on the loop's thread.
struct BenchWiring {
  Loop& loop;
  Loop& errands;  ///< encodes and decodes, off the loop
  hubs::BlobStore& blobs;
  const learners::LearnerMap& learners;
  const base::Clock& clock;
  std::function<Presence(const std::string& worker)> presence;
  std::function<hubs::BlobTransfer&(const std::string& worker)> transfer;
  std::function<void(const std::string& worker, const Content&, const std::string& key)> send;
};

}  // namespace app
