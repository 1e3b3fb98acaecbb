#include "sensors/capture/child.h"

#include <csignal>
#include <cstdlib>
#include <opencv2/core/utility.hpp>
#include <thread>
#include <unistd.h>

#include "sensors/capture/limits.h"
#include "sensors/capture/pipes.h"

namespace sensors::capture {

namespace {

constexpr std::size_t kLongestOrders = 64 * 1024;
constexpr std::uint64_t kMemory = std::uint64_t{2} << 30;

/// The next line of descriptor 0; none at its end.
std::optional<std::string> nextLine() {
  std::string line;
  char c = 0;
  while (line.size() < kLongestOrders && readAll(STDIN_FILENO, &c, 1)) {
    if (c == '\n') return line;
    line += c;
  }
  return {};
}

}  // namespace

std::int64_t steadyNow() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

Orders Desk::orders() const {
  std::lock_guard lock(mutex_);
  return orders_;
}

void Desk::setOrders(Orders orders) {
  std::lock_guard lock(mutex_);
  orders.address = orders_.address;
  orders_ = std::move(orders);
  changed_ = true;
}

std::chrono::nanoseconds Desk::untilDue() const {
  using std::chrono::nanoseconds;
  if (!due_) return nanoseconds(0);
  return std::max(nanoseconds(0), nanoseconds(*due_ - std::chrono::steady_clock::now()));
}

bool Desk::isDue() {
  using Clock = std::chrono::steady_clock;
  const auto period =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / orders().rate));
  const auto now = Clock::now();
  // A camera's own rhythm wavers; a picture a little early is the one that was meant.
  if (due_ && now + period / 4 < *due_) return false;
  due_ = due_ && now - *due_ < period ? *due_ + period : now + period;
  return true;
}

void Desk::lose(const std::string& why) {
  ++lost_;
  if (!writeMessage(output_, Kind::Lost, why.data(), why.size())) ::_exit(0);
}

void Desk::send(Taken taken) {
  taken.lostBefore = std::exchange(lost_, 0);
  const base::Bytes body = encode(taken);
  if (!writeMessage(output_, Kind::Picture, body.data(), body.size())) ::_exit(0);
}

void Desk::say(const Said& said) {
  const std::string body = toJson(said);
  if (!writeMessage(output_, Kind::Said, body.data(), body.size())) ::_exit(0);
}

void Desk::finish() {
  writeMessage(output_, Kind::End, nullptr, 0);
  ::_exit(0);
}

void Desk::giveUp(const std::string& why) {
  writeMessage(output_, Kind::Trouble, why.data(), why.size());
  ::_exit(1);
}

int runCameraChild() {
  ::signal(SIGPIPE, SIG_IGN);
  cv::setNumThreads(1);
  const auto line = nextLine();
  const auto orders = line ? ordersFrom(*line) : base::Result<Orders>(base::invalid("no orders"));
  if (!orders) return 2;
  Desk desk(STDOUT_FILENO, *orders);
  const std::string& address = orders->address;
  const bool isHttp = address.starts_with("http://") || address.starts_with("https://");
  std::thread listener([&desk] {
    while (const auto next = nextLine()) {
      if (auto changed = ordersFrom(*next)) desk.setOrders(*std::move(changed));
    }
    ::_exit(0);  // the program is gone, or wants this process no more
  });
  if (isHttp) captureHttp(desk);
  limitMemory(kMemory);
  captureVideo(desk);
}

}  // namespace sensors::capture
