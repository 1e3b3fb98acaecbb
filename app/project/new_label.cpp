#include "app/project/new_label.h"

#include <algorithm>

namespace app {
namespace {

constexpr int kColours = 8;
constexpr int kKeys = 9;

int firstFree(const std::vector<learners::Label>& known, int learners::Label::*field, int last,
              int otherwise) {
  for (int number = 1; number <= last; ++number) {
    if (std::none_of(known.begin(), known.end(),
                     [&](const learners::Label& label) { return label.*field == number; })) {
      return number;
    }
  }
  return otherwise;
}

}  // namespace

learners::Label newLabel(std::string name, const std::vector<learners::Label>& known, TaskId task) {
  const int again = static_cast<int>(known.size()) % kColours + 1;
  return {.name = std::move(name),
          .colour = firstFree(known, &learners::Label::colour, kColours, again),
          .key = firstFree(known, &learners::Label::key, kKeys, -1),
          .task = task};
}

}  // namespace app
