#include "app/training/deployments.h"

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto kComePatience = 10s;
constexpr auto kSilencePatience = 10s;
constexpr auto kWholePatience = 60s;

base::Error unavailable(std::string why) { return {base::ErrorCode::Unavailable, std::move(why)}; }

}  // namespace

void Deployments::start(const Token& token, const std::string& worker, const std::string& model,
                        const learners::EnsemblePtr& ensemble, Done done) {
  if (!hubs::isId(model) || !ensemble) {
    if (done) done(base::invalid("\"" + model + "\" is no model that could be served"));
    return;
  }
  running_[token.fence] = {.worker = worker,
                           .model = model,
                           .token = token,
                           .ensemble = {},
                           .done = std::move(done),
                           .since = wiring_.clock.now()};
  wiring_.errands.post([this, fence = token.fence, ensemble] {
    std::size_t room = kMostInlineBytes;
    auto ref = makeRef(wiring_.blobs, ensemble->encode(), room);
    wiring_.loop.post([this, fence, ref = std::move(ref)]() mutable {
      const auto found = running_.find(fence);
      if (found == running_.end()) return;
      if (!ref) return finish(fence, ref.error());
      found->second.ensemble = std::move(*ref);
      found->second.packed = true;
      tick();
    });
  });
}

void Deployments::tick() {
  std::vector<std::pair<std::int64_t, base::Error>> lost;
  const auto now = wiring_.clock.now();
  for (auto& [fence, one] : running_) {
    const Presence worker = wiring_.presence(one.worker);
    const auto waited = now - one.since;
    // Whoever began anew meanwhile knows nothing of it.
    if (one.sent && worker.online && worker.boot != one.boot) one.sent = false;
    if (one.packed && !one.sent && worker.online) {
      one.sent = true;
      one.boot = worker.boot;
      wiring_.transfer(one.worker);  // answers when the worker pulls
      wiring_.send(one.worker, Deploy{one.model, one.token, one.ensemble}, base::randomHex(8));
    } else if (!one.sent && !worker.online && waited >= kComePatience) {
      lost.emplace_back(fence, unavailable(worker.name + " is away"));
    } else if (one.sent && now - worker.lastHeard >= kSilencePatience) {
      lost.emplace_back(fence, unavailable(worker.name + " vanished while it took over a model"));
    } else if (waited >= kWholePatience) {
      lost.emplace_back(fence, base::Error{base::ErrorCode::Timeout,
                                           worker.name + " did not take over the model in time"});
    }
  }
  for (const auto& [fence, error] : lost) finish(fence, error);
}

void Deployments::onActive(const std::string& worker, const Active& active) {
  const auto found = running_.find(active.token.fence);
  if (found == running_.end() || found->second.worker != worker) return;
  finish(active.token.fence, {});
}

void Deployments::onFailed(const std::string& worker, const Failed& failed) {
  const auto found = running_.find(failed.token.fence);
  if (found == running_.end() || found->second.worker != worker) return;
  finish(failed.token.fence,
         base::Error{codeOf(failed.cause), wiring_.presence(worker).name + ": " + failed.reason});
}

void Deployments::finish(std::int64_t fence, base::Result<void> result) {
  const auto node = running_.extract(fence);
  if (!node.empty() && node.mapped().done) node.mapped().done(std::move(result));
}

void Deployments::cancelEverything() {
  while (!running_.empty()) {
    finish(running_.begin()->first,
           base::Error{base::ErrorCode::Cancelled, "the workbench was closed"});
  }
}

}  // namespace app
