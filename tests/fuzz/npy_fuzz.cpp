// Bytes that claim to be a NumPy array.

#include "app/project/importers/npy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto array =
      app::NpyArray::parse("a.npy", std::string(reinterpret_cast<const char*>(data), size));
  if (array && array->rows() > 0) {
    (void)array->at(array->rows() - 1, array->columns() - 1);
    (void)array->integerAt(0, 0);
  }
  return 0;
}
