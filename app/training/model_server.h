#pragma once
// ModelServer: answers questions to the ensembles a worker was given, on a thread of its own, and
// keeps on disk what it serves, so that a restarted worker goes on where it was.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/training/messages.h"
#include "hubs/bus.h"
#include "hubs/topic.h"
#include "learners/ensemble.h"

namespace app {

/// Not to be used from a bus handler.
class ModelServer {
 public:
  /// Serves again what `folder` says was served. At most 64 questions wait; the oldest is lost and
  /// counted.
  ModelServer(hubs::Bus& bus, hubs::Topics topics, std::filesystem::path folder,
              const hubs::BlobStore& blobs, const learners::LearnerMap& learners);
  ~ModelServer();

  /// Decodes `bytes`, asks the ensemble one question with a known shape of answer, writes down that
  /// it is served and serves it, in place of what `model` was before.
  /// Returns the ensemble's hash. Errors: Corrupt, Unsupported; Refused where the answer is not
  /// finite; Io, Unavailable (disk full): the former ensemble then serves on. One thread at a time.
  base::Result<std::string> activate(const std::string& model, const std::string& blob,
                                     std::span<const std::uint8_t> bytes);
  /// Thread-safe.
  std::vector<ServedModel> served() const;
  /// The blobs the served models come from. Thread-safe.
  std::vector<std::string> blobs() const;
  /// Questions lost because too many waited. Thread-safe.
  std::uint64_t lost() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
