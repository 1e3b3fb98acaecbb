#pragma once
// Held: what a project from elsewhere would do on this computer, and does not until a person
// lets it. Plain values.

#include <string>
#include <vector>

namespace app {

struct HeldThing {
  enum class Kind {
    Listen,  ///< to a microphone: name, device
    Watch,   ///< a camera: name, device or address
    Use,     ///< a device of a kind this program cannot tell
    Set,     ///< a setting of a node: node, "gain = 3"
    Follow,  ///< a rule: its sentence
    Work,    ///< on a worker: its name or id
    Tell,    ///< at the broker: what is heard
  };
  Kind kind = Kind::Tell;
  std::string name = {};    ///< what a person calls it; a file from elsewhere can call it anything
  std::string detail = {};  ///< what it really is
  friend bool operator==(const HeldThing&, const HeldThing&) = default;
};

struct Held {
  bool isProject = false;  ///< nobody here ever made or let this project; else only a part is held
  std::vector<HeldThing> things = {};
};

/// One sentence that names everything, for logs and command lines; empty where nothing is held.
std::string heldSentence(const Held& held);

}  // namespace app
