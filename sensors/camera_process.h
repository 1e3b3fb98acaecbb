#pragma once
// CameraProcess: one running mimosa-camera and its two pipes. Private to the camera.

#include <filesystem>
#include <sys/types.h>

#include "sensors/base/result.h"
#include "sensors/capture/pipes.h"

namespace sensors {

/// Ends the process with this object. The thread that starts it must outlive it: the kernel ends
/// the process with that thread. One thread at a time.
class CameraProcess {
 public:
  /// Errors: Io with what is wrong.
  static base::Result<CameraProcess> start(const std::filesystem::path& program);
  CameraProcess(CameraProcess&& other) noexcept;
  ~CameraProcess();

  int orders() const { return orders_.get(); }      ///< to write; non-blocking
  int messages() const { return messages_.get(); }  ///< to read
  /// Ends it and says whether it was a crash: by a signal that was not ours.
  bool end();

 private:
  CameraProcess(pid_t pid, capture::Descriptor orders, capture::Descriptor messages);

  pid_t pid_;
  capture::Descriptor orders_;
  capture::Descriptor messages_;
};

}  // namespace sensors
