// Text that claims to be a table, and its fields as numbers and times.

#include "app/project/importers/csv.h"
#include "app/project/importers/time_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto reader = app::CsvReader::open("a.csv", text);
  while (reader) {
    const auto row = reader->next();
    if (!row || !*row) break;
    for (const std::string_view field : **row) {
      (void)app::readNumber(field);
      (void)app::saysMissing(field);
      (void)app::readDateTime(field);
    }
  }
  return 0;
}
