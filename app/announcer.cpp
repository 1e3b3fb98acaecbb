#include "app/announcer.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"

namespace app {

namespace {

double secondsOf(base::Time t) { return std::round(static_cast<double>(t.ns) / 1e6) / 1e3; }
double rounded(float v) { return std::round(static_cast<double>(v) * 1e4) / 1e4; }

std::string stateWord(learners::PredictionState state) {
  switch (state) {
    case learners::PredictionState::Known:
      return "known";
    case learners::PredictionState::Background:
      return "background";
    case learners::PredictionState::Novel:
      return "novel";
    case learners::PredictionState::NoData:
      return "no_data";
  }
  return "no_data";
}

std::string labelOf(const Answer& answer) {
  const int i = answer.prediction.label;
  return i >= 0 && static_cast<std::size_t>(i) < answer.labels.size() ? answer.labels[i].name
                                                                      : std::string();
}

}  // namespace

base::Bytes encodeAnswer(const Answer& answer, const std::string& modelHash) {
  const learners::Prediction& p = answer.prediction;
  nlohmann::json chances = nlohmann::json::object();
  for (std::size_t i = 0; i < p.probabilities.size() && i < answer.labels.size(); ++i) {
    chances[answer.labels[i].name] = rounded(p.probabilities[i]);
  }
  return hubs::toJsonBytes({{"t", secondsOf(p.span.end)},
                            {"label", labelOf(answer)},
                            {"state", stateWord(p.state)},
                            {"certainty", std::lround(p.certainty * 100)},
                            {"calibrated", p.calibrated},
                            {"sure", !p.belowLimit},
                            {"disagreement", rounded(p.disagreement)},
                            {"novelty", rounded(p.novelty)},
                            {"p", chances},
                            {"window", {secondsOf(p.span.begin), secondsOf(p.span.end)}},
                            {"model", modelHash},
                            {"ver", answer.modelVersion},
                            {"stage", p.stage == learners::Stage::Gate ? "gate" : "ensemble"}});
}

base::Bytes encodeHappening(const Happening& happening) {
  nlohmann::json views = nlohmann::json::array();
  for (const Sighting& view : happening.views) {
    views.push_back({{"task", view.source},
                     {"begin", secondsOf(view.span.begin)},
                     {"end", secondsOf(view.span.end)},
                     {"certainty", std::lround(view.certainty * 100)}});
  }
  return hubs::toJsonBytes({{"label", happening.label},
                            {"certainty", std::lround(happening.certainty * 100)},
                            {"begin", secondsOf(happening.span.begin)},
                            {"end", secondsOf(happening.span.end)},
                            {"views", views}});
}

Announcer::Announcer(hubs::Bus& bus, hubs::Topics topics, std::string benchId)
    : bus_(bus), topics_(std::move(topics)), benchId_(std::move(benchId)) {}

void Announcer::announce(const Answer& answer, const std::string& modelHash,
                         const std::string& task) {
  const base::Bytes payload = encodeAnswer(answer, modelHash);
  // A full outbox is no reason to hold up predictions; the next one says what this one would have.
  [[maybe_unused]] const auto sent = bus_.publish(
      {.topic = topics_.prediction(task), .payload = payload, .contentType = "application/json"});
  const std::string label = stateWord(answer.prediction.state) + labelOf(answer);
  {
    std::lock_guard lock(mutex_);
    Activity& last = last_[task];
    const base::Time now = answer.prediction.span.end;
    if (label == last.label && now - last.at < std::chrono::seconds(1)) return;
    last = {label, now};
  }
  const std::string rest = task == "main" ? "activity" : "activity/" + task;
  [[maybe_unused]] const auto kept = bus_.publish({.topic = topics_.bench(benchId_, rest),
                                                   .payload = payload,
                                                   .delivery = hubs::Delivery::AtLeastOnce,
                                                   .retain = hubs::Retain::Yes,
                                                   .contentType = "application/json"});
}

void Announcer::tell(const Happening& happening) {
  // As above: a full outbox holds up nothing.
  [[maybe_unused]] const auto sent = bus_.publish({.topic = topics_.bench(benchId_, "happening"),
                                                   .payload = encodeHappening(happening),
                                                   .delivery = hubs::Delivery::AtLeastOnce,
                                                   .contentType = "application/json"});
}

}  // namespace app
