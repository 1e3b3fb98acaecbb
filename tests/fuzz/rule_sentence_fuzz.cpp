// What a person types as a rule: read without harm, and what was understood is printed and read
// again as the same rule.

#include <cstdlib>

#include "app/rule.h"
#include "tests/app/rule_samples.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const app::RuleWords words = sample::ruleWords();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto read = app::readRule(text, words);
  if (!read.value) return 0;
  const auto again = app::readRule(app::plainText(app::sentenceOf(*read.value, words)), words);
  if (!again.value || *again.value != *read.value) std::abort();
  const auto kept = app::ruleFrom(app::rowOf(*read.value, words));
  if (!kept || *kept != *read.value) std::abort();
  return 0;
}
