#include "app/training/model_server.h"

#include <cmath>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/training/files.h"
#include "app/training/serve_messages.h"
#include "hubs/codec.h"
#include "hubs/request.h"
#include "sensors/base/log.h"

namespace app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostWaiting = 64;
constexpr std::size_t kMostModels = 64;

struct Slot {
  std::string blob;  ///< where its bytes are in the store
  learners::EnsemblePtr ensemble;
  sensors::FrameLayoutPtr layout;
};

base::Error refused(std::string why) { return {base::ErrorCode::Refused, std::move(why)}; }

/// A model must give finite answers before it may give any to people.
base::Result<void> selfCheck(const learners::Ensemble& ensemble) {
  const std::vector<float> zeros(ensemble.content().layout.features.size());
  const auto answer = ensemble.predict(zeros, {}, learners::Ensemble::Use::MembersOnly);
  bool finite = std::isfinite(answer.certainty) && std::isfinite(answer.disagreement) &&
                answer.probabilities.size() == ensemble.labels().size();
  for (const float p : answer.probabilities) finite = finite && std::isfinite(p);
  if (!finite) return refused("the model answers with numbers that are not finite");
  return {};
}

base::Result<learners::Prediction> answer(const Slot& slot, const ServeRequest& request) {
  const auto& ensemble = *slot.ensemble;
  if (request.hash != ensemble.hash()) {
    return refused("another model serves here: " + ensemble.hash().substr(0, 8) + " instead of " +
                   request.hash.substr(0, 8));
  }
  if (request.schema != ensemble.schema()) {
    return refused("the model was trained on other features than it was asked about");
  }
  if (request.values.size() != slot.layout->features.size()) {
    return refused("the model was asked about " + std::to_string(request.values.size()) +
                   " features and knows " + std::to_string(slot.layout->features.size()));
  }
  sensors::Frame frame{.span = request.span,
                       .layout = slot.layout,
                       .values = request.values,
                       .missing = request.missing,
                       .newestArrival = {}};
  frame.missing.resize(frame.values.size());
  for (std::size_t i = 0; i < frame.values.size(); ++i) {
    if (std::isfinite(frame.values[i]) && frame.missing[i] == 0) continue;
    frame.values[i] = 0;
    frame.missing[i] = 1;
  }
  return ensemble.predict(frame);
}

}  // namespace

struct ModelServer::Impl {
  Impl(hubs::Bus& busIn, hubs::Topics topicsIn, std::filesystem::path folder,
       const learners::LearnerMap& learnersIn)
      : bus(busIn),
        topics(std::move(topicsIn)),
        list(std::move(folder) / "serving.json"),
        learners(learnersIn) {}

  hubs::Bus& bus;
  const hubs::Topics topics;
  const std::filesystem::path list;
  const learners::LearnerMap learners;

  std::map<std::string, hubs::SubscriptionPtr> subscriptions;

  mutable std::mutex mutex;  // guards what follows
  std::condition_variable_any wake;
  std::map<std::string, Slot> slots;
  std::deque<std::pair<std::string, hubs::Message>> waiting;
  std::uint64_t lost = 0;
  std::jthread thread;

  void restore(const hubs::BlobStore& blobs);
  base::Result<std::string> activate(const std::string& model, const std::string& blob,
                                     std::span<const std::uint8_t> bytes);
  base::Result<void> writeList(const std::string& model, const std::string& blob) const;
  void listen(const std::string& model);
  void run(std::stop_token stop);
};

void ModelServer::Impl::restore(const hubs::BlobStore& blobs) {
  const auto bytes = readWhole(list, 1 << 20);
  if (!bytes) return;
  const auto map = hubs::parseJson(*bytes);
  if (!map || !map->is_object()) {
    base::logWarning(list.string() + " cannot be read: nothing is served from before");
    return;
  }
  for (const auto& [model, blob] : map->items()) {
    if (!hubs::isId(model) || !blob.is_string()) continue;
    const auto content = blobs.get(blob.get<std::string>());
    const auto hash = content ? activate(model, blob.get<std::string>(), *content)
                              : base::Result<std::string>(content.error());
    if (hash) {
      base::logInfo("serving " + model + " again: " + hash->substr(0, 8));
    } else {
      base::logWarning(model + " is no longer served: " + hash.error().message);
    }
  }
}

base::Result<void> ModelServer::Impl::writeList(const std::string& model,
                                                const std::string& blob) const {
  json map = json::object();
  {
    const std::lock_guard lock(mutex);
    for (const auto& [name, slot] : slots) map[name] = slot.blob;
  }
  map[model] = blob;
  return writeWhole(list, hubs::toJsonBytes(map));
}

base::Result<std::string> ModelServer::Impl::activate(const std::string& model,
                                                      const std::string& blob,
                                                      std::span<const std::uint8_t> bytes) {
  auto ensemble = learners::Ensemble::decode(bytes, learners);
  if (!ensemble) return ensemble.error();
  const auto checked = selfCheck(**ensemble);
  if (!checked) return checked.error();
  {
    const std::lock_guard lock(mutex);
    if (!slots.contains(model) && slots.size() >= kMostModels) {
      return base::Error{base::ErrorCode::Unavailable, "this worker already serves 64 models"};
    }
  }
  const auto written = writeList(model, blob);
  if (!written) return written.error();
  {
    const std::lock_guard lock(mutex);
    slots[model] = {blob, *ensemble,
                    std::make_shared<sensors::FrameLayout>((*ensemble)->content().layout)};
  }
  listen(model);
  return (*ensemble)->hash();
}

void ModelServer::Impl::listen(const std::string& model) {
  if (subscriptions.contains(model)) return;
  subscriptions[model] = bus.subscribe(topics.sharedServeIn(model), hubs::Delivery::AtMostOnce,
                                       [this, model](const hubs::Message& message) {
                                         if (message.responseTopic.empty()) return;
                                         {
                                           const std::lock_guard lock(mutex);
                                           if (waiting.size() >= kMostWaiting) {
                                             waiting.pop_front();
                                             ++lost;
                                           }
                                           waiting.emplace_back(model, message);
                                         }
                                         wake.notify_one();
                                       });
}

void ModelServer::Impl::run(std::stop_token stop) {
  for (;;) {
    std::pair<std::string, hubs::Message> next;
    Slot slot;
    {
      std::unique_lock lock(mutex);
      if (!wake.wait(lock, stop, [this] { return !waiting.empty(); })) return;
      next = std::move(waiting.front());
      waiting.pop_front();
      slot = slots[next.first];
    }
    if (stop.stop_requested()) return;
    const auto begin = std::chrono::steady_clock::now();
    const auto request = decodeServeRequest(next.second.payload);
    const auto result =
        request ? answer(slot, *request) : base::Result<learners::Prediction>(request.error());
    const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begin);
    base::Bytes payload = result ? encodeAnswer(*result, slot.ensemble->hash(), spent.count())
                                 : encodeAnswer(result.error());
    const auto sent = bus.publish(hubs::replyTo(next.second, std::move(payload)));
    if (!sent) base::logWarning("an answer could not be sent: " + sent.error().message);
  }
}

ModelServer::ModelServer(hubs::Bus& bus, hubs::Topics topics, std::filesystem::path folder,
                         const hubs::BlobStore& blobs, const learners::LearnerMap& learners)
    : impl_(std::make_unique<Impl>(bus, std::move(topics), std::move(folder), learners)) {
  impl_->thread = std::jthread([impl = impl_.get()](std::stop_token stop) { impl->run(stop); });
  impl_->restore(blobs);
}

ModelServer::~ModelServer() { impl_->subscriptions.clear(); }

base::Result<std::string> ModelServer::activate(const std::string& model, const std::string& blob,
                                                std::span<const std::uint8_t> bytes) {
  return impl_->activate(model, blob, bytes);
}

std::vector<ServedModel> ModelServer::served() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<ServedModel> all;
  for (const auto& [model, slot] : impl_->slots) all.push_back({model, slot.ensemble->hash()});
  return all;
}

std::vector<std::string> ModelServer::blobs() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<std::string> all;
  for (const auto& [model, slot] : impl_->slots) all.push_back(slot.blob);
  return all;
}

std::uint64_t ModelServer::lost() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->lost;
}

}  // namespace app
