#pragma once
// What the program and a camera's child process say to each other over two pipes. The child is not
// trusted: it decodes bytes from elsewhere. So every message has a length that is checked first.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sensors/base/hash.h"
#include "sensors/base/params.h"
#include "sensors/base/result.h"

namespace sensors::capture {

/// How pictures are made smaller before anybody sees them.
struct Shape {
  int longest = 320;    ///< pixels of the longer side; 0: as the camera sends them
  bool square = false;  ///< the middle square, `longest` on a side
  int quality = 80;     ///< of the JPEG, [30, 95]
  friend bool operator==(const Shape&, const Shape&) = default;
};

/// What the program asks of the child; all of it each time.
struct Orders {
  std::string address;  ///< counts in the first orders only
  double rate = 5;      ///< pictures a second
  Shape shape;
  std::string resolution;                          ///< "640x480" of the device, or empty
  std::map<std::string, base::ParamValue> device;  ///< controls of the device, "device.gain"
  /// A film from beginning to end, as fast as its pictures are taken; Taken::steadyNs is the time in
  /// it, and Kind::End comes behind the last.
  bool film = false;
};
std::string toJson(const Orders& orders);
/// Errors: Corrupt.
base::Result<Orders> ordersFrom(const std::string& json);

/// A picture from the child.
struct Taken {
  std::int64_t steadyNs = 0;  ///< when it was captured, on the computer's steady clock
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t wholeBytes = 0;  ///< what the uncropped, full-size picture would take; 0: unknown
  std::uint32_t lostBefore = 0;  ///< pictures that could not be decoded since the former one
  base::Bytes jpeg;
  base::Bytes background;  ///< see Image::background; empty: as before
};

/// What the device said about itself after it was opened, or after orders.
struct Said {
  int width = 0;  ///< of what the camera sends
  int height = 0;
  double seconds = 0;  ///< of a film; 0: unknown
  std::vector<base::ParamSpec> specs;  ///< of the device's own controls
  std::map<std::string, base::ParamValue> reported;
  std::map<std::string, std::string> refused;  ///< why, by name
};
std::string toJson(const Said& said);
base::Result<Said> saidFrom(const std::string& json);

enum class Kind : std::uint8_t { Picture = 1, Said = 2, Trouble = 3, Lost = 4, End = 5 };

struct Message {
  Kind kind = Kind::Trouble;
  base::Bytes body;
};

base::Bytes encode(const Taken& taken);
/// Errors: Corrupt where lengths do not fit; the pictures themselves are not looked at.
base::Result<Taken> takenFrom(const base::Bytes& body);

/// Takes messages out of a stream of bytes. One thread at a time.
class MessageReader {
 public:
  static constexpr std::size_t kMostBody = std::size_t{24} << 20;
  /// Errors: Corrupt for an unknown kind or a length beyond kMostBody; for good then.
  base::Result<std::vector<Message>> push(const std::uint8_t* bytes, std::size_t n);

 private:
  base::Bytes held_;
  bool broken_ = false;
};

/// Writes one message whole. False where the other side is gone.
bool writeMessage(int fd, Kind kind, const void* body, std::size_t n);

/// The address without user name and password, as people and logs may see it.
std::string shownAddress(const std::string& address);

}  // namespace sensors::capture
