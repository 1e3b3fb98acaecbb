// Bytes that claim to be an idx array.

#include "app/project/importers/idx.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto array =
      app::IdxArray::parse("a.idx", std::string(reinterpret_cast<const char*>(data), size));
  if (array && array->rows() > 0) {
    (void)array->row(array->rows() - 1).back();
  }
  return 0;
}
