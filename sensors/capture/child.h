#pragma once
// The life of a camera's child process: reads orders, opens the camera, sends pictures, ends when
// the program closes its pipe. Only `mimosa-camera` runs it.

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "sensors/capture/wire.h"

namespace sensors::capture {

/// What a way of capturing needs: the newest orders, and where pictures go. The orders may be asked
/// by any thread; the rest belongs to the capturing one.
class Desk {
 public:
  Desk(int output, Orders orders) : output_(output), orders_(std::move(orders)) {}

  Orders orders() const;
  void setOrders(Orders orders);
  /// True once after each change of the orders.
  bool takeChanged() { return changed_.exchange(false); }

  /// True where the next picture is due at the asked rate; then it counts as taken.
  bool isDue();
  /// How long until isDue() says so. Never negative.
  std::chrono::nanoseconds untilDue() const;
  /// A picture was lost: its bytes are none, or it ended its decoder.
  void lose(const std::string& why);
  void send(Taken taken);
  void say(const Said& said);
  /// Ends the process behind the last picture of a film.
  [[noreturn]] void finish();
  /// Ends the process with a sentence.
  [[noreturn]] void giveUp(const std::string& why);

 private:
  const int output_;
  mutable std::mutex mutex_;
  Orders orders_;
  std::atomic<bool> changed_ = false;
  std::uint32_t lost_ = 0;
  std::optional<std::chrono::steady_clock::time_point> due_;
};

/// Pictures of an HTTP address: a multipart stream, or one picture asked for again and again. Ends
/// by Desk::giveUp only.
[[noreturn]] void captureHttp(Desk& desk);
/// A device, an RTSP address or a file, through OpenCV.
[[noreturn]] void captureVideo(Desk& desk);

std::int64_t steadyNow();

/// `mimosa-camera`: orders come on descriptor 0, messages go to descriptor 1.
int runCameraChild();

}  // namespace sensors::capture
