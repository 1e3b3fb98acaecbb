#include <algorithm>
#include <cstdio>

#include "app/headless/command.h"
#include "app/headless/parts.h"
#include "app/headless/project_dataset.h"
#include "app/headless/session_command.h"
#include "sensors/microphone_driver.h"

namespace app {
namespace {

constexpr base::Duration kConnectPatience = std::chrono::seconds(30);
constexpr base::Duration kWritePatience = std::chrono::seconds(15);

Usage makeRecordUsage() {
  Usage usage{.command = "mimosactl record",
              .summary = "Record one example of a label from the sensors at a broker.",
              .options = sessionOptionsDeclared(),
              .positionals = "[PROJECT]",
              .leastPositionals = 0,
              .mostPositionals = 1};
  usage.options.push_back({"label", "NAME", "What happens meanwhile; added where it is new."});
  usage.options.push_back({"seconds", "N", "How long.", "5"});
  usage.options.push_back({"microphone", "", "Listen to this computer's microphone as well."});
  return usage;
}

const LabelCard* cardOf(const Snapshot& snapshot, const std::string& name) {
  const auto found = std::find_if(snapshot.cards.begin(), snapshot.cards.end(),
                                  [&](const LabelCard& card) { return card.label.name == name; });
  return found == snapshot.cards.end() ? nullptr : &*found;
}

std::size_t examplesOf(const Snapshot& snapshot, const std::string& name) {
  const LabelCard* card = cardOf(snapshot, name);
  return card ? card->examples.size() : 0;
}

/// What went wrong most recently, or `otherwise`.
base::Error troubleOf(const Snapshot& snapshot, const std::string& otherwise) {
  if (!snapshot.recording.trouble.empty()) {
    return {base::ErrorCode::Unavailable, snapshot.recording.trouble};
  }
  if (!snapshot.link.reason.empty()) {
    return {base::ErrorCode::Unavailable, snapshot.link.reason};
  }
  if (!snapshot.notices.empty() && snapshot.notices.back().kind != NoticeView::Kind::Info) {
    return {base::ErrorCode::Unavailable, snapshot.notices.back().text};
  }
  return {base::ErrorCode::Timeout, otherwise};
}

base::Error cancelled() { return {base::ErrorCode::Cancelled, "ended before it was done"}; }

base::Result<void> recordOne(SessionOptions options, const Arguments& arguments,
                             const std::string& name, base::Duration length,
                             const std::optional<sensors::LocalSource>& microphone,
                             std::stop_token stop) {
  options.startWorker = false;
  SessionWatch watch;
  auto opened = Session::open(std::move(options), allParts());
  if (!opened) return opened.error();
  Session& session = **opened;
  session.onChange([&watch] { watch.changed(); });
  letOrSay(session, arguments);
  if (const auto chosen = chooseTask(session, watch, stop, arguments); !chosen) return chosen;
  if (microphone) session.addLocal(*microphone);
  const auto hears = [&] {
    const auto snapshot = session.snapshot();
    return std::any_of(snapshot->sources.begin(), snapshot->sources.end(),
                       [](const SourceView& source) { return source.counts.blocks > 0; });
  };
  if (!watch.waitFor(stop, kConnectPatience, hears)) {
    if (stop.stop_requested()) return cancelled();
    return troubleOf(*session.snapshot(), "no sensor was heard at the broker in half a minute");
  }
  if (!cardOf(*session.snapshot(), name)) session.addLabel(name);
  const auto known = [&] { return cardOf(*session.snapshot(), name) != nullptr; };
  if (!watch.waitFor(stop, kWritePatience, known)) {
    if (stop.stop_requested()) return cancelled();
    return troubleOf(*session.snapshot(), "the label could not be added");
  }
  const std::size_t before = examplesOf(*session.snapshot(), name);
  std::fprintf(stderr, "recording %s for %.1f s\n", name.c_str(), base::toSeconds(length));
  session.startRecording(cardOf(*session.snapshot(), name)->label.id, length);
  const auto done = [&] {
    const auto snapshot = session.snapshot();
    return !snapshot->recording.active && examplesOf(*snapshot, name) > before;
  };
  if (!watch.waitFor(stop, length + kWritePatience, done)) {
    session.stopRecording();
    session.settle();
    if (stop.stop_requested()) return cancelled();
    return troubleOf(*session.snapshot(), "the recording did not end");
  }
  const auto snapshot = session.snapshot();
  const LabelCard* card = cardOf(*snapshot, name);
  std::printf("%s has %zu examples, %.1f s together\n", name.c_str(), card->examples.size(),
              card->seconds);
  return {};
}

base::Result<void> runRecord(const Arguments& arguments) {
  const auto file = projectFile(arguments);
  if (!file) return file.error();
  if (!arguments.has("label")) return base::invalid("say what happens with --label NAME");
  const auto seconds = arguments.number("seconds", 0.5, 86400);
  if (!seconds) return seconds.error();
  const auto options = sessionOptionsFrom(arguments, *file);
  if (!options) return options.error();
  std::optional<sensors::LocalSource> microphone;
  if (arguments.has("microphone")) {
    microphone = sensors::LocalSource{.kind = "microphone",
                                      .device = sensors::SoundDriver::kUsual,
                                      .name = "Microphone"};
  }
  return runUntilSignalled([&](std::stop_token stop) {
    return recordOne(*options, arguments, arguments.text("label"), base::fromSeconds(*seconds),
                     microphone, stop);
  });
}

}  // namespace

int recordCommand(const std::vector<std::string>& words) {
  return runWithArguments(makeRecordUsage(), words, runRecord);
}

}  // namespace app
