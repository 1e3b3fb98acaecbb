#include "app/flag_keeper.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {

namespace {

using nlohmann::json;
using sensors::Fault;

constexpr const char* kFlagsKey = "flags";
/// Quality is sure of another unit after so long.
constexpr base::Duration kSureAfter = std::chrono::seconds(5);

constexpr std::array<std::pair<Fault, const char*>, 4> kWords = {{{Fault::Frozen, "frozen"},
                                                                  {Fault::Saturated, "saturated"},
                                                                  {Fault::OtherUnit, "other unit"},
                                                                  {Fault::OtherRate, "other rate"}}};

const char* wordOf(Fault fault) {
  for (const auto& [known, word] : kWords) {
    if (known == fault) return word;
  }
  return nullptr;
}

}  // namespace

bool spoils(Fault fault) { return wordOf(fault) != nullptr; }

base::Result<std::vector<Flag>> flagsOf(const ProjectStore& store) {
  const auto text = store.meta(kFlagsKey);
  if (!text) return text.error();
  std::vector<Flag> flags;
  if (text->empty()) return flags;
  const auto parsed = hubs::parseJson(hubs::toBytes(*text), {.bytes = 4 << 20, .keys = 100'000});
  if (!parsed || !parsed->is_array()) {
    return base::Error{base::ErrorCode::Corrupt,
                       "What was wrong with this project's sensors cannot be read."};
  }
  for (const json& j : *parsed) {
    if (!j.is_object()) continue;
    const std::string word = hubs::textField(j, "fault");
    for (const auto& [fault, known] : kWords) {
      if (word != known) continue;
      flags.push_back({hubs::textField(j, "source"), hubs::textField(j, "channel"), fault,
                       {{hubs::integerField(j, "begin")}, {hubs::integerField(j, "end")}}});
    }
  }
  return flags;
}

base::Result<void> setFlags(ProjectStore& store, const std::vector<Flag>& flags) {
  json all = json::array();
  for (const Flag& flag : flags) {
    const char* word = wordOf(flag.fault);
    if (!word) continue;
    all.push_back({{"source", flag.source},
                   {"channel", flag.channel},
                   {"fault", word},
                   {"begin", flag.span.begin.ns},
                   {"end", flag.span.end.ns}});
  }
  return store.setMeta(kFlagsKey, all.dump(-1, ' ', false, json::error_handler_t::replace));
}

void FlagKeeper::start(std::vector<Flag> kept) {
  std::lock_guard lock(mutex_);
  flags_ = std::move(kept);
}

void FlagKeeper::hear(const std::string& source, const std::vector<sensors::Finding>& findings,
                      base::Time now) {
  std::lock_guard lock(mutex_);
  for (const sensors::Finding& finding : findings) {
    if (!spoils(finding.fault) || now - finding.last > kOver) continue;
    const bool isLate = finding.fault == Fault::OtherUnit;
    const auto same = std::find_if(flags_.rbegin(), flags_.rend(), [&](const Flag& f) {
      return f.source == source && f.channel == finding.channel && f.fault == finding.fault;
    });
    // Quality remembers a finding for a minute; a pause longer than kOver is a new stretch here.
    if (same != flags_.rend() && finding.last - same->span.end <= kOver) {
      same->span.end = std::max(same->span.end, finding.last);
      continue;
    }
    base::Time since = finding.since;
    if (same != flags_.rend() && since <= same->span.end) since = finding.last;
    if (isLate) since = since - kSureAfter;
    flags_.push_back({source, finding.channel, finding.fault, {since, finding.last}});
    if (flags_.size() > kMost) flags_.erase(flags_.begin());
    isUnsaved_ = true;
  }
  const auto isOpen = [&](const Flag& f) { return now - f.span.end <= kOver; };
  const auto running =
      static_cast<std::size_t>(std::count_if(flags_.begin(), flags_.end(), isOpen));
  if (running < known_) isUnsaved_ = true;  // one ended
  known_ = running;
}

std::vector<Flag> FlagKeeper::all() const {
  std::lock_guard lock(mutex_);
  return flags_;
}

std::map<std::string, Flag> FlagKeeper::open(base::Time now) const {
  std::lock_guard lock(mutex_);
  std::map<std::string, Flag> open;
  for (const Flag& flag : flags_) {
    if (now - flag.span.end <= kOver) open[flag.source] = flag;
  }
  return open;
}

std::optional<std::vector<Flag>> FlagKeeper::unsaved() {
  std::lock_guard lock(mutex_);
  if (!std::exchange(isUnsaved_, false)) return std::nullopt;
  return flags_;
}

}  // namespace app
