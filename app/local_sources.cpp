#include "app/local_sources.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "hubs/bus.h"
#include "hubs/codec.h"
#include "hubs/device_config.h"

namespace app {

LocalSources::LocalSources(const sensors::LocalKinds& kinds,
                           sensors::LocalSurroundings surroundings)
    : kinds_(kinds), surroundings_(std::move(surroundings)) {}

LocalSources::~LocalSources() = default;

void LocalSources::follow(const std::vector<sensors::LocalSource>& wanted,
                          const std::set<std::string>& held) {
  std::vector<Entry> former;
  {
    std::lock_guard lock(mutex_);
    former = entries_;
  }
  // What ends, ends before anything begins: it may hold the very device.
  std::vector<Entry> next;
  for (const sensors::LocalSource& source : wanted) {
    const auto same = std::find_if(former.begin(), former.end(),
                                   [&](const Entry& e) { return e.wanted == source; });
    const bool isHeld = held.contains(source.id);
    next.push_back({source, isHeld || same == former.end() ? nullptr : same->running, isHeld});
  }
  former.clear();
  {
    std::lock_guard lock(mutex_);
    former = std::exchange(entries_, next);
  }
  former.clear();  // joins their threads, outside the lock
  for (Entry& entry : next) {
    const auto kind = kinds_.find(entry.wanted.kind);
    if (!entry.running && !entry.held && kind != kinds_.end()) {
      entry.running = kind->second.start(entry.wanted, surroundings_);
    }
  }
  std::lock_guard lock(mutex_);
  entries_ = std::move(next);
}

void LocalSources::startAnew(const std::function<bool(const sensors::LocalSource&)>& isMeant) {
  std::vector<std::shared_ptr<sensors::Source>> ending;  // outside the lock: joins their threads
  std::vector<sensors::LocalSource> wanted;
  std::set<std::string> held;
  {
    std::lock_guard lock(mutex_);
    for (Entry& entry : entries_) {
      wanted.push_back(entry.wanted);
      if (entry.held) held.insert(entry.wanted.id);
      if (entry.running && isMeant(entry.wanted)) ending.push_back(std::move(entry.running));
    }
  }
  if (ending.empty()) return;
  ending.clear();
  follow(wanted, held);
}

std::vector<LocalSourceView> LocalSources::views() const {
  std::vector<Entry> entries;
  {
    std::lock_guard lock(mutex_);
    entries = entries_;
  }
  std::vector<LocalSourceView> all;
  for (const Entry& entry : entries) {
    LocalSourceView view{.source = entry.wanted, .held = entry.held};
    const auto kind = kinds_.find(entry.wanted.kind);
    if (kind != kinds_.end()) {
      view.kindTitle = kind->second.title;
      view.icon = kind->second.icon;
    }
    if (entry.held) {
      view.trouble = "Held back until you let this project use it.";
    } else if (entry.running) {
      if (const auto trouble = entry.running->trouble()) view.trouble = trouble->message;
    } else if (kind == kinds_.end()) {
      view.trouble = "This program has no part that can use " + entry.wanted.name + ".";
    }
    all.push_back(std::move(view));
  }
  return all;
}

std::vector<LocalKindView> LocalSources::kinds() const {
  std::vector<LocalKindView> all;
  for (const auto& [id, kind] : kinds_) {
    if (!kind.look) continue;
    all.push_back({id, kind.title, kind.icon, kind.params, kind.accept != nullptr});
  }
  return all;
}

void LocalSources::look(const std::string& kind) {
  const auto known = kinds_.find(kind);
  std::shared_ptr<sensors::DeviceWatch> next;
  std::shared_ptr<sensors::DeviceWatch> former;  // ended outside the lock
  {
    std::lock_guard lock(mutex_);
    if (kind == lookingFor_) return;
    lookingFor_.clear();
    former = std::exchange(watch_, nullptr);
  }
  former.reset();
  if (known != kinds_.end() && known->second.look) next = known->second.look();
  std::lock_guard lock(mutex_);
  watch_ = std::move(next);
  if (watch_) lookingFor_ = kind;
}

LocalSearch LocalSources::search() const {
  std::shared_ptr<sensors::DeviceWatch> watch;
  LocalSearch found;
  {
    std::lock_guard lock(mutex_);
    watch = watch_;
    found.kind = lookingFor_;
  }
  if (watch) {
    found.ready = watch->isReady();
    found.devices = watch->devices();
  }
  return found;
}

std::string toJson(const std::vector<sensors::LocalSource>& list) {
  nlohmann::json all = nlohmann::json::array();
  for (const sensors::LocalSource& source : list) {
    nlohmann::json params = nlohmann::json::object();
    for (const auto& [name, value] : source.params) params[name] = hubs::toJson(value);
    all.push_back({{"id", source.id},
                   {"kind", source.kind},
                   {"device", source.device},
                   {"name", source.name},
                   {"params", std::move(params)}});
  }
  return all.dump();
}

base::Result<std::vector<sensors::LocalSource>> localSourcesFrom(const std::string& text) {
  std::vector<sensors::LocalSource> list;
  if (text.empty()) return list;
  const auto parsed = hubs::parseJson(hubs::toBytes(text));
  if (!parsed) return parsed.error();
  if (!parsed->is_array()) {
    return base::Error{base::ErrorCode::Corrupt, "the kept list of devices is not a list"};
  }
  for (const nlohmann::json& item : *parsed) {
    if (!item.is_object()) continue;
    sensors::LocalSource source{.id = hubs::textField(item, "id"),
                                .kind = hubs::textField(item, "kind"),
                                .device = hubs::textField(item, "device"),
                                .name = hubs::textField(item, "name")};
    if (source.id.empty() || source.kind.empty()) continue;
    if (const auto params = item.find("params"); params != item.end() && params->is_object()) {
      for (const auto& [name, value] : params->items()) {
        if (auto kept = hubs::paramValueFrom(value)) source.params[name] = *std::move(kept);
      }
    }
    list.push_back(std::move(source));
  }
  return list;
}

base::Result<std::vector<sensors::LocalSource>> withLocalSource(
    std::vector<sensors::LocalSource> list, sensors::LocalSource added) {
  added.id = sensors::localId(added.kind, added.device);
  std::set<std::string> names;
  for (const sensors::LocalSource& source : list) {
    if (source.id == added.id) return base::invalid(source.name + " is in use already.");
    names.insert(source.name);
  }
  if (added.name.empty()) added.name = added.device;
  const std::string name = added.name;
  for (int n = 2; names.contains(added.name); ++n) added.name = name + " " + std::to_string(n);
  list.push_back(std::move(added));
  return list;
}

}  // namespace app
