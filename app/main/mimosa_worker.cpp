// mimosa-worker: trains and serves for the workbenches of one site, without a window.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <signal.h>
#include <sys/prctl.h>

#include "app/headless/arguments.h"
#include "app/training/host.h"
#include "app/training/surroundings.h"
#include "app/training/training_child.h"
#include "app/training/worker_service.h"
#include "plugins/host/built_in.h"
#include "sensors/base/log.h"

namespace {

using app::Arguments;

constexpr int kKeepAliveSeconds = 5;
constexpr std::uint32_t kWillDelaySeconds = 5;
constexpr std::uint32_t kSessionExpirySeconds = 24 * 3600;
constexpr std::int64_t kMegabyte = 1024 * 1024;

app::Usage usage() {
  return {
      .command = "mimosa-worker",
      .summary = "Trains and serves for the Mimosa workbenches of one site, without a window.",
      .options =
          {{"broker", "URL",
            "where the MQTT broker is, such as mqtt://192.168.1.5:1883 or "
            "mqtts://host:8883"},
           {"user", "NAME", "user at the broker; the id where not given"},
           {"password-file", "FILE", "file holding the broker's password in its first line"},
           {"ca", "FILE", "certificates that may sign the broker's, for mqtts"},
           {"cert", "FILE", "own certificate, where the broker wants one"},
           {"key", "FILE", "key of the own certificate"},
           {"id", "ID",
            "small letters, digits, _ and -; the user where given, else made from the computer's "
            "name"},
           {"name", "TEXT", "how people see this worker; the computer's name where not given"},
           {"place", "WHERE",
            "house or elsewhere: whether this computer stands in the house; found out where not "
            "given"},
           {"site", "SITE", "the site whose workbenches it works for", "home"},
           {"folder", "DIR", "where models and results are kept"},
           {"memory-limit", "MB", "the most memory a training may have; 0: no limit", "0"},
           {"with-parent", "", "end when the program that started this one ends"}},
      .details =
          "Without --folder it is mimosa-worker/ID below $XDG_DATA_HOME or "
          "~/.local/share. Ends on SIGTERM or SIGINT."};
}

base::Result<std::string> firstLine(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line)) {
    return base::Error{base::ErrorCode::Io, "the password cannot be read from " + file};
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

base::Result<std::filesystem::path> defaultFolder(const std::string& id) {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
    return std::filesystem::path(data) / "mimosa-worker" / id;
  }
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') {
    return base::invalid("there is no home folder: say with --folder where results are kept");
  }
  return std::filesystem::path(home) / ".local/share/mimosa-worker" / id;
}

/// A broker gives rights by user, so a worker that has a user of its own is called like it.
std::string workerId(const Arguments& arguments) {
  if (arguments.has("id")) return arguments.text("id");
  if (hubs::isId(arguments.text("user"))) return arguments.text("user");
  return app::cleanedId(app::hostName());
}

base::Result<app::WorkerOptions> workerOptions(const Arguments& arguments) {
  app::WorkerOptions options;
  options.id = workerId(arguments);
  options.name = arguments.text("name");
  options.site = arguments.text("site");
  options.place = arguments.text("place");
  if (arguments.has("place") && options.place != "house" && options.place != "elsewhere") {
    return base::invalid("--place is house or elsewhere, not " + options.place);
  }
  if (arguments.has("folder")) {
    options.folder = arguments.text("folder");
  } else {
    auto folder = defaultFolder(options.id);
    if (!folder) return folder.error();
    options.folder = std::move(*folder);
  }
  const auto limit = arguments.integer("memory-limit", 0, 1 << 24);
  if (!limit) return limit.error();
  options.memoryLimitBytes = static_cast<std::uint64_t>(*limit * kMegabyte);
  std::error_code none;
  options.program = std::filesystem::read_symlink("/proc/self/exe", none);
  return options;
}

base::Result<hubs::MqttOptions> brokerOptions(const Arguments& arguments,
                                              const app::WorkerOptions& worker) {
  if (!arguments.has("broker")) {
    return base::invalid(
        "say with --broker where the MQTT broker is, such as "
        "mqtt://192.168.1.5:1883");
  }
  auto options = hubs::parseBrokerUrl(arguments.text("broker"));
  if (!options) return options;
  options->user = arguments.has("user") ? arguments.text("user") : worker.id;
  if (arguments.has("password-file")) {
    auto password = firstLine(arguments.text("password-file"));
    if (!password) return password.error();
    options->password = std::move(*password);
  }
  const bool wantsTls = arguments.has("ca") || arguments.has("cert") || arguments.has("key");
  if (wantsTls && !options->tls) {
    return base::invalid("--ca, --cert and --key need a broker with mqtts://");
  }
  if (arguments.has("cert") != arguments.has("key")) {
    return base::invalid("--cert and --key belong together");
  }
  if (options->tls) {
    if (!arguments.has("ca")) {
      return base::invalid("mqtts:// needs --ca with the certificate that signed the broker's");
    }
    options->tls->caFile = arguments.text("ca");
    options->tls->certFile = arguments.text("cert");
    options->tls->keyFile = arguments.text("key");
  }
  options->clientId = "mimosa-worker-" + worker.id;
  options->will = app::workerWill(worker);
  options->willDelaySeconds = kWillDelaySeconds;
  options->keepAliveSeconds = kKeepAliveSeconds;
  options->cleanStart = false;
  options->sessionExpirySeconds = kSessionExpirySeconds;
  return options;
}

void logLink(const hubs::LinkStatus& status) {
  switch (status.state) {
    case hubs::LinkState::Online:
      return base::logInfo("connected to the broker");
    case hubs::LinkState::Connecting:
      return;
    case hubs::LinkState::Lost:
      return base::logWarning("the broker is away: " + status.reason);
    case hubs::LinkState::Refused:
      return base::logError("the broker refuses: " + status.reason);
  }
}

/// SIGTERM and SIGINT are taken here and by no other thread.
sigset_t endSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

base::Result<void> work(const Arguments& arguments) {
  const sigset_t signals = endSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  if (arguments.has("with-parent")) prctl(PR_SET_PDEATHSIG, SIGTERM);
  auto options = workerOptions(arguments);
  if (!options) return options.error();
  const auto broker = brokerOptions(arguments, *options);
  if (!broker) return broker.error();
  if (options->place.empty()) {
    const auto near = app::isNear(broker->host);
    options->place = near ? *near ? "near" : "far" : "";
  }
  auto bus = hubs::makeMqttBus(*broker);
  if (!bus) return bus.error();
  const base::SystemClock clock;
  const auto service =
      app::WorkerService::start(**bus, *options, plugins::builtInLearners(), clock);
  if (!service) return service.error();
  const auto link = (*bus)->onStatus(logLink);
  base::logInfo("worker " + options->id + " works in " + options->folder.string());
  int signal = 0;
  sigwait(&signals, &signal);
  base::logInfo("ending");
  return {};
}

}  // namespace

int main(int count, char** words) {
  if (count == 5 && std::string_view(words[1]) == "--train-child") {
    return app::trainChildMain({.dataset = words[2], .folder = words[3], .checkpoints = words[4]},
                               plugins::builtInLearners());
  }
  return app::runWithArguments(usage(), std::vector<std::string>(words + 1, words + count), work);
}
