// A program made to be killed: the whole of Mimosa but its window, with a private broker, the
// demonstration home and a worker, in the folder of its first argument. Adds labels, records
// demonstrations of them, and prints a line for each that a snapshot showed:
//   ready | label <name> | began <now ns> | live <now ns> | example <label> <how many>
// Runs until it is killed.

#include <cstdlib>
#include <random>
#include <unistd.h>

#include "tests/support/home_session.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::waitUntil;

void say(const std::string& line) {
  const std::string whole = line + "\n";
  if (write(STDOUT_FILENO, whole.data(), whole.size()) < 0) std::exit(1);
}

void need(bool happened, const app::Session& session, const char* what) {
  if (happened) return;
  std::fprintf(stderr, "session_writer: %s did not happen\n%s", what,
               support::describe(session).c_str());
  std::exit(2);
}

/// A second and more of one label, live, with a line each 50 ms in which samples came.
void demonstrate(app::Session& session, const std::string& label, int length) {
  session.startRecording(support::labelId(session, label));
  need(waitUntil([&] { return session.snapshot()->recording.active; }), session, "recording");
  say("began " + std::to_string(session.now().ns));
  for (int i = 0; i < length; ++i) {
    support::live(session, milliseconds(50));
    say("live " + std::to_string(session.now().ns));
  }
  const int before = support::enabledOf(session, label);
  session.stopRecording();
  need(waitUntil([&] { return support::enabledOf(session, label) > before; }), session, "example");
  say("example " + label + " " + std::to_string(before + 1));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 1;
  std::mt19937 random(static_cast<unsigned>(std::atoi(argv[2])));
  const auto opened = app::Session::open(support::homeOptions(argv[1]), plugins::builtIn());
  if (!opened) {
    std::fprintf(stderr, "session_writer: %s\n", opened.error().message.c_str());
    return 2;
  }
  app::Session& session = **opened;
  need(support::waitForSource(session, "kitchen/vibration", seconds(30)), session, "the house");
  say("ready");
  for (int i = 0;; ++i) {
    const std::string label = "L" + std::string(argv[2]) + "." + std::to_string(i);
    session.addLabel(label);
    need(waitUntil([&] { return support::labelId(session, label) != 0; }), session, "label");
    say("label " + label);
    demonstrate(session, label, static_cast<int>(random() % 40) + 4);
  }
}
