#include "app/place_record.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {

namespace {

using nlohmann::json;
using By = PlaceStretch::By;
using Work = PlaceStretch::Work;

constexpr const char* kPlacesKey = "places";
constexpr const char* kUntilKey = "places until";
constexpr std::size_t kLongestText = 400;

constexpr std::array<std::pair<By, const char*>, 4> kByWords = {{{By::Nobody, "nobody"},
                                                                 {By::Person, "person"},
                                                                 {By::Policy, "rule"},
                                                                 {By::StandIn, "stand-in"}}};
constexpr std::array<std::pair<Policy::Prefer, const char*>, 6> kPreferWords = {
    {{Policy::Prefer::LeastBusy, "least busy"},
     {Policy::Prefer::FastestAnswer, "fastest answer"},
     {Policy::Prefer::MostCores, "most cores"},
     {Policy::Prefer::FewestCores, "fewest cores"},
     {Policy::Prefer::MostMemory, "most memory"},
     {Policy::Prefer::LeastMemory, "least memory"}}};

template <class Words, class Value>
const char* placeWord(const Words& words, Value value) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == value; });
  return found == words.end() ? words.front().second : found->second;
}

template <class Value, std::size_t kCount>
std::optional<Value> placeValue(const std::array<std::pair<Value, const char*>, kCount>& words,
                                const std::string& word) {
  for (const auto& [value, known] : words) {
    if (word == known) return value;
  }
  return std::nullopt;
}

std::string shortened(std::string text) {
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;  // never within a character
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string shortText(const json& object, const char* key) {
  return shortened(hubs::textField(object, key));
}

/// Without what a computer may say of itself at any length. What tells works apart stays as it is.
void shorten(PlaceStretch& stretch) {
  stretch.computer = shortened(std::move(stretch.computer));
  stretch.reason = shortened(std::move(stretch.reason));
  stretch.ranked.resize(std::min(stretch.ranked.size(), PlaceRecord::kMostRanked));
  for (RankedPlace& one : stretch.ranked) {
    one.name = shortened(std::move(one.name));
    one.why = shortened(std::move(one.why));
  }
}

bool isSameWork(const PlaceStretch& a, const PlaceStretch& b) {
  return a.task == b.task && a.work == b.work && a.worker == b.worker && a.none == b.none &&
         a.by == b.by && a.policy == b.policy;
}

json rankedJson(const std::vector<RankedPlace>& ranked) {
  json list = json::array();
  for (const RankedPlace& one : ranked) {
    list.push_back(
        {{"worker", one.worker}, {"name", one.name}, {"meets", one.meets}, {"why", one.why}});
  }
  return list;
}

std::optional<PlaceStretch> stretchFrom(const json& j) {
  if (!j.is_object()) return std::nullopt;
  PlaceStretch stretch;
  stretch.task = hubs::integerField(j, "task");
  stretch.taskName = shortText(j, "name");
  stretch.work = hubs::textField(j, "work") == "learning" ? Work::Learning : Work::Answering;
  stretch.span = {{hubs::integerField(j, "begin")}, {hubs::integerField(j, "end")}};
  stretch.running = hubs::boolField(j, "running");
  stretch.worker = shortText(j, "worker");
  stretch.computer = shortText(j, "computer");
  stretch.none = hubs::boolField(j, "none");
  stretch.by = placeValue(kByWords, hubs::textField(j, "by")).value_or(By::Nobody);
  stretch.policy = shortText(j, "rule");
  stretch.prefer = placeValue(kPreferWords, hubs::textField(j, "prefer"));
  stretch.reason = shortText(j, "reason");
  if (stretch.task < 1 || stretch.span.begin.ns < 0 ||
      stretch.span.end.ns < stretch.span.begin.ns) {
    return std::nullopt;
  }
  if (const auto ranked = j.find("ranked"); ranked != j.end() && ranked->is_array()) {
    for (const json& one : *ranked) {
      if (!one.is_object() || stretch.ranked.size() >= PlaceRecord::kMostRanked) continue;
      stretch.ranked.push_back({shortText(one, "worker"), shortText(one, "name"),
                                hubs::boolField(one, "meets"), shortText(one, "why")});
    }
  }
  return stretch;
}

}  // namespace

void PlaceRecord::start(PlaceStretches kept, base::Time until) {
  stretches_ = std::move(kept);
  for (PlaceStretch& stretch : stretches_) {
    if (std::exchange(stretch.running, false)) {
      stretch.span.end = std::max(stretch.span.end, until);
    }
  }
  std::stable_sort(stretches_.begin(), stretches_.end(),
                   [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  all_ = std::make_shared<PlaceStretches>(stretches_);
}

bool PlaceRecord::follow(const PlaceStretches& now, base::Time time,
                         const std::function<void(PlaceStretch&)>& explain) {
  bool changed = false;
  for (PlaceStretch& stretch : stretches_) {
    if (!stretch.running) continue;
    // A clock that was put back must not turn a stretch round.
    stretch.span.end = std::max(stretch.span.begin, time);
    stretch.running = std::any_of(now.begin(), now.end(),
                                  [&](const auto& one) { return isSameWork(one, stretch); });
    changed = changed || !stretch.running;
  }
  for (const PlaceStretch& one : now) {
    const bool known = std::any_of(stretches_.begin(), stretches_.end(),
                                   [&](const auto& s) { return s.running && isSameWork(one, s); });
    if (known) continue;
    PlaceStretch fresh = one;
    fresh.span = {time, time};
    fresh.running = true;
    explain(fresh);
    shorten(fresh);
    stretches_.push_back(std::move(fresh));
    changed = true;
  }
  if (!changed) return false;
  forgetOld(time);
  all_ = std::make_shared<PlaceStretches>(stretches_);
  return true;
}

void PlaceRecord::forgetOld(base::Time now) {
  std::erase_if(stretches_,
                [&](const PlaceStretch& s) { return !s.running && now - s.span.end > kKept; });
  for (const Work work : {Work::Learning, Work::Answering}) {
    auto many = static_cast<std::size_t>(std::count_if(
        stretches_.begin(), stretches_.end(), [&](const auto& s) { return s.work == work; }));
    std::erase_if(stretches_, [&](const PlaceStretch& s) {
      const bool goes = s.work == work && !s.running && many > kMost;
      many -= goes ? 1 : 0;
      return goes;
    });
  }
}

bool PlaceRecord::isAnyRunning() const {
  return std::any_of(stretches_.begin(), stretches_.end(), [](const auto& s) { return s.running; });
}

std::string toJson(const PlaceStretches& stretches) {
  json list = json::array();
  for (const PlaceStretch& s : stretches) {
    json one = {{"task", s.task},
                {"name", s.taskName},
                {"work", s.work == Work::Learning ? "learning" : "answering"},
                {"begin", s.span.begin.ns},
                {"end", s.span.end.ns},
                {"worker", s.worker},
                {"computer", s.computer},
                {"by", placeWord(kByWords, s.by)}};
    if (s.running) one["running"] = true;
    if (s.none) one["none"] = true;
    if (!s.policy.empty()) one["rule"] = s.policy;
    if (s.prefer) one["prefer"] = placeWord(kPreferWords, *s.prefer);
    if (!s.reason.empty()) one["reason"] = s.reason;
    if (!s.ranked.empty()) one["ranked"] = rankedJson(s.ranked);
    list.push_back(std::move(one));
  }
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<PlaceStretches> placeStretchesFrom(const std::string& text) {
  PlaceStretches stretches;
  if (text.empty()) return stretches;
  const auto parsed = hubs::parseJson(hubs::toBytes(text), {.bytes = 8 << 20, .keys = 200'000});
  if (!parsed || !parsed->is_array()) {
    return base::Error{base::ErrorCode::Corrupt,
                       "Which computer learnt and answered before cannot be read."};
  }
  for (const json& j : *parsed) {
    if (stretches.size() >= 2 * PlaceRecord::kMost) break;
    if (auto stretch = stretchFrom(j)) stretches.push_back(*std::move(stretch));
  }
  return stretches;
}

base::Result<void> loadPlaces(const ProjectStore& store, PlaceRecord& record) {
  const auto text = store.meta(kPlacesKey);
  const auto until = store.meta(kUntilKey);
  if (!text || !until) return text ? until.error() : text.error();
  auto kept = placeStretchesFrom(*text);
  if (!kept) return kept.error();
  record.start(*std::move(kept), base::Time{std::atoll(until->c_str())});
  return {};
}

base::Result<void> savePlaces(ProjectStore& store, const PlaceRecord& record, base::Time until) {
  if (auto kept = store.setMeta(kPlacesKey, toJson(*record.all())); !kept) return kept;
  return savePlacesUntil(store, until);
}

base::Result<void> savePlacesUntil(ProjectStore& store, base::Time until) {
  return store.setMeta(kUntilKey, std::to_string(until.ns));
}

}  // namespace app
