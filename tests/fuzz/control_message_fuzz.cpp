// Fuzz target: what bench and workers say to each other, and questions to served models.

#include <cstdlib>

#include "app/training/messages.h"
#include "app/training/serve_messages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  if (const auto letter = app::decodeLetter(bytes)) {
    // What was understood can be said again, and is then understood alike.
    const auto again = app::encode(letter->header, letter->content);
    if (again) {
      const auto twice = app::decodeLetter(*again);
      if (!twice || twice->content.index() != letter->content.index()) std::abort();
    }
  }
  if (const auto request = app::decodeServeRequest(bytes)) {
    if (!app::decodeServeRequest(app::encode(*request))) std::abort();
  }
  (void)app::decodeAnswer(bytes);
  return 0;
}
