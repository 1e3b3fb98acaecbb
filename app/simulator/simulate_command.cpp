#include "app/simulator/simulate_command.h"

#include <cstdio>
#include <fstream>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/headless/arguments.h"
#include "app/simulator/demo_home.h"
#include "app/simulator/pacer.h"
#include "app/simulator/replay.h"
#include "hubs/mqtt_bus.h"
#include "sensors/base/log.h"

namespace app {
namespace {

constexpr base::Duration kFlushPatience = std::chrono::seconds(2);

Usage usage() {
  Usage usage{
      .command = "mimosactl simulate",
      .summary = "Plays the demonstration home, or recordings, as sensor nodes on a broker."};
  usage.options = {
      {"broker", "URL", "Where the nodes live: mqtt://host:port or mqtts://host:port.",
       "mqtt://127.0.0.1:1883"},
      {"user", "NAME", "User at the broker."},
      {"password-file", "FILE", "File holding the password."},
      {"ca", "FILE", "Certificate that signed the broker's, for mqtts."},
      {"site", "NAME", "Site below mimosa/1/.", "home"},
      {"seed", "N", "Equal seeds give equal houses.", "1"},
      {"replay", "PATH", "Plays these recordings instead of the house; several between commas."},
      {"kind", "KIND", "Stream, table or clips: one for all recordings, or one for each.",
       "stream"},
      {"speed", "X", "How much faster a recording plays.", "1"},
      {"idle", "ACTIVITY", "What the first recording plays while nothing is acted."},
      {"script", "LIST", "What the first recording plays from the start: walking:60,typing:60."},
      {"label", "COLUMN", "The column of a recording that says what was going on."},
      {"by-itself", "LIST", "What the house does unasked, one after another: kettle,tap,door."},
      {"with-parent", "", "Ends when the process that started it ends."}};
  usage.details =
      "Runs until it is ended (Ctrl+C). The house takes the command act on its node \"house\":\n"
      "  {\"id\":\"1\",\"op\":\"act\",\"args\":{\"activity\":\"kettle\",\"on\":true}}\n"
      "A stream rests while nothing is acted, a table runs on in its order.";
  return usage;
}

/// Ends with the parent. The parent may be gone already: then this asks for the end at once.
void endWithParent() {
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) {
    kill(getpid(), SIGTERM);
  }
}

base::Result<hubs::MqttOptions> brokerOf(const Arguments& arguments) {
  auto options = hubs::parseBrokerUrl(arguments.text("broker"));
  if (!options) return options.error();
  options->user = arguments.text("user");
  if (arguments.has("password-file")) {
    std::ifstream file(arguments.text("password-file"));
    if (!std::getline(file, options->password)) {
      return base::Error{base::ErrorCode::Io, "cannot read " + arguments.text("password-file")};
    }
  }
  if (arguments.has("ca")) {
    if (!options->tls) options->tls.emplace();
    options->tls->caFile = arguments.text("ca");
  }
  return options;
}

base::Result<ReplayOptions::Kind> kindFrom(const std::string& text) {
  if (text == "stream") return ReplayOptions::Kind::Stream;
  if (text == "table") return ReplayOptions::Kind::Table;
  if (text == "clips") return ReplayOptions::Kind::Clips;
  return base::invalid("--kind: " + text + " is not one of stream, table, clips");
}

/// One per --replay; node names get a number where a kind occurs twice.
base::Result<std::vector<ReplayOptions>> replaysOf(const Arguments& arguments) {
  std::vector<ReplayOptions> replays;
  const auto kinds = arguments.list("kind");
  const auto speed = arguments.number("speed", 0.01, 1000);
  if (!speed) return speed.error();
  const auto script = parseScript(arguments.text("script"));
  if (!script) return script.error();
  std::array<int, 3> count{};
  for (const std::string& path : arguments.list("replay")) {
    const auto kind = kindFrom(kinds[std::min(replays.size(), kinds.size() - 1)]);
    if (!kind) return kind.error();
    ReplayOptions options;
    options.path = path;
    options.kind = *kind;
    options.speed = *speed;
    const auto which = static_cast<std::size_t>(*kind);
    const std::array names{"watch", "room", "sounds"};
    options.node = names[which];
    if (++count[which] > 1) options.node += std::to_string(count[which]);
    if (replays.empty()) {  // its activities are the first recording's
      options.idle = arguments.text("idle");
      options.script = *script;
    }
    options.labelColumn = arguments.text("label");
    replays.push_back(std::move(options));
  }
  if (replays.empty()) {
    for (const char* needsReplay : {"kind", "speed", "idle", "script", "label"}) {
      if (arguments.has(needsReplay)) {
        return base::invalid("--" + std::string(needsReplay) + " needs --replay");
      }
    }
  }
  return replays;
}

/// One connection has one will; it is the first node's.
hubs::Message willOf(const hubs::Topics& topics, const std::string& node) {
  hubs::Message will;
  will.topic = topics.node(node, "state");
  will.payload = hubs::toBytes("offline");
  will.delivery = hubs::Delivery::AtLeastOnce;
  will.retain = hubs::Retain::Yes;
  return will;
}

base::Result<void> simulate(const Arguments& arguments, const sigset_t& endSignals) {
  auto broker = brokerOf(arguments);
  if (!broker) return broker.error();
  const auto seed = arguments.integer("seed", 0, INT64_MAX);
  if (!seed) return seed.error();
  const auto replays = replaysOf(arguments);
  if (!replays) return replays.error();
  const auto byItself = arguments.list("by-itself");
  for (const std::string& activity : byItself) {
    if (const auto known = House(0).act(activity, House::Act::Start); !known) return known.error();
  }

  const hubs::Topics topics(arguments.text("site"));
  broker->will = willOf(topics, replays->empty() ? "kitchen" : replays->front().node);
  auto bus = hubs::makeMqttBus(*broker);
  if (!bus) return bus.error();
  const auto status = (*bus)->onStatus([](const hubs::LinkStatus& link) {
    if (link.state == hubs::LinkState::Lost || link.state == hubs::LinkState::Refused) {
      base::logWarning("broker: " + link.reason);
    }
    if (link.state == hubs::LinkState::Online) base::logInfo("at the broker");
  });
  const base::SystemClock clock;
  std::vector<PlayerMaker> makers;
  for (ReplayOptions options : *replays) {
    options.seed = static_cast<std::uint64_t>(*seed);
    auto maker = openReplay(options, {**bus, topics, clock});
    if (!maker) return maker.error();
    makers.push_back(std::move(*maker));
  }
  {
    const Pacer pacer(clock, [&](const std::function<void()>& wake) {
      std::vector<std::unique_ptr<Player>> players;
      for (const PlayerMaker& make : makers) {
        players.push_back(make(wake));
      }
      if (players.empty()) {
        players.push_back(std::make_unique<DemoHome>(static_cast<std::uint64_t>(*seed), **bus,
                                                     topics, clock, wake, byItself));
      }
      return players;
    });
    int signal = 0;
    sigwait(&endSignals, &signal);
    const Pacer::Counts counts = pacer.counts();
    base::logInfo("played " + std::to_string(counts.ticks) + " ticks of 0.1 s, " +
                  std::to_string(counts.late) + " late, " + std::to_string(counts.skipped) +
                  " not at all");
  }
  (*bus)->flush(kFlushPatience);  // the nodes' "offline"
  return {};
}

}  // namespace

int simulateCommand(const std::vector<std::string>& args) {
  // Blocked before any thread starts, so that all inherit it and sigwait() gets them.
  sigset_t endSignals;
  sigemptyset(&endSignals);
  sigaddset(&endSignals, SIGTERM);
  sigaddset(&endSignals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &endSignals, nullptr);
  return runWithArguments(usage(), args, [&](const Arguments& arguments) -> base::Result<void> {
    if (arguments.has("with-parent")) {
      endWithParent();
    }
    return simulate(arguments, endSignals);
  });
}

}  // namespace app
