// A camera's HTTP body: the first byte says how large the pieces are that it arrives in; each
// part's header is looked at as if it were a picture.

#include <algorithm>

#include "sensors/capture/multipart.h"
#include "sensors/capture/wire.h"
#include "sensors/jpeg_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = 1 + data[0];
  std::span<const std::uint8_t> rest(data + 1, size - 1);
  static_cast<void>(sensors::jpegSize(rest));
  static_cast<void>(
      sensors::capture::boundaryOf({reinterpret_cast<const char*>(rest.data()), rest.size()}));
  static_cast<void>(sensors::capture::takenFrom({rest.begin(), rest.end()}));
  sensors::capture::MessageReader messages;
  sensors::capture::MultipartReader reader(
      "b", [](const base::Bytes& part) { static_cast<void>(sensors::jpegSize(part)); });
  while (!rest.empty()) {
    const auto now = rest.first(std::min(piece, rest.size()));
    static_cast<void>(messages.push(now.data(), now.size()));
    if (!reader.push(now)) break;
    rest = rest.subspan(now.size());
  }
  return 0;
}
