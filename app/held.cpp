#include "app/held.h"

#include <algorithm>

namespace app {

namespace {

std::string verbOf(HeldThing::Kind kind) {
  switch (kind) {
    case HeldThing::Kind::Listen:
      return "listen to ";
    case HeldThing::Kind::Watch:
      return "watch ";
    case HeldThing::Kind::Use:
      return "use ";
    case HeldThing::Kind::Set:
      return "set ";
    case HeldThing::Kind::Follow:
      return "follow the rule ";
    case HeldThing::Kind::Work:
      return "give work to ";
    case HeldThing::Kind::Tell:
      return "tell at the hub what it hears";
  }
  return {};
}

std::string wordsOf(const HeldThing& thing) {
  switch (thing.kind) {
    case HeldThing::Kind::Set:
      return verbOf(thing.kind) + thing.detail + " on " + thing.name;
    case HeldThing::Kind::Follow:
      return verbOf(thing.kind) + "\"" + thing.name + "\"";
    default:
      return verbOf(thing.kind) + thing.name +
             (thing.detail.empty() ? "" : " (" + thing.detail + ")");
  }
}

}  // namespace

std::string heldSentence(const Held& held) {
  const std::size_t n = held.things.size();
  if (n == 0) return {};
  std::string text = held.isProject ? "This project is from elsewhere. It would "
                                    : "A part of this project is from elsewhere. It would ";
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) text += i + 1 == n ? " and " : ", ";
    text += wordsOf(held.things[i]);
  }
  return text + ".";
}

}  // namespace app
