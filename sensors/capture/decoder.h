#pragma once
// Decoder: a process that decodes pictures which came over the network and can do nothing else: no
// files, no network, little memory, seconds of processor time. When one kills it, that picture is
// lost and the next is decoded by a new process.

#include <span>
#include <sys/types.h>

#include "sensors/capture/pipes.h"
#include "sensors/capture/wire.h"

namespace sensors::capture {

/// Forks: the only other thread of the camera's process waits for orders and holds no lock then. One
/// thread at a time.
class Decoder {
 public:
  Decoder() = default;
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Errors: Corrupt for a picture that is none, by its header or when decoded, or that ended the
  /// process; Timeout where it took longer than 5 s; Io where no process can be started.
  base::Result<Taken> decode(std::span<const std::uint8_t> jpeg, std::int64_t steadyNs,
                             const Shape& shape);
  int processId() const { return pid_; }  ///< -1: none runs

 private:
  base::Result<void> start();
  void end();

  pid_t pid_ = -1;
  Descriptor link_;
};

}  // namespace sensors::capture
