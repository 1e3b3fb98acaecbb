#include "app/rule_words.h"

#include <map>

namespace app {

namespace {

/// Adds ids where names meet.
template <class Item, class IdOf>
void tellApart(std::vector<Item>& items, const IdOf& idOf) {
  std::map<std::string, int> count;
  for (const Item& item : items) ++count[item.name];
  for (Item& item : items) {
    if (count[item.name] > 1) item.name += " (" + idOf(item) + ")";
  }
}

}  // namespace

const learners::Label* RuleWords::label(learners::LabelId id) const {
  for (const auto& l : labels) {
    if (l.id == id) return &l;
  }
  return nullptr;
}

const RuleWords::Source* RuleWords::source(const std::string& id) const {
  for (const auto& s : sources) {
    if (s.id == id) return &s;
  }
  return nullptr;
}

const RuleWords::Setting* RuleWords::setting(const std::string& node,
                                             const std::string& param) const {
  for (const auto& s : settings) {
    if (s.node == node && s.spec.name == param) return &s;
  }
  return nullptr;
}

RuleWords ruleWords(std::vector<learners::Label> labels,
                    const std::vector<sensors::SourceInfo>& sources,
                    const std::vector<hubs::NodeView>& nodes) {
  RuleWords words;
  words.labels = std::move(labels);
  tellApart(words.labels, [](const learners::Label& l) { return std::to_string(l.id); });
  for (const sensors::SourceInfo& source : sources) {
    if (source.kind != sensors::SourceKind::Slow || source.channels.empty()) continue;
    const std::string& unit = source.channels.front().unit;
    words.sources.push_back({.id = source.id,
                             .name = source.name.empty() ? source.id : source.name,
                             .unit = unit == "1" ? std::string() : unit});
  }
  tellApart(words.sources, [](const RuleWords::Source& s) { return s.id; });
  for (const hubs::NodeView& node : nodes) {
    const std::string& name =
        node.device.about.name.empty() ? node.device.id : node.device.about.name;
    for (const base::ParamSpec& spec : node.device.about.params) {
      words.settings.push_back({.node = node.device.id,
                                .name = name + " " + (spec.title.empty() ? spec.name : spec.title),
                                .spec = spec});
    }
  }
  tellApart(words.settings,
            [](const RuleWords::Setting& s) { return s.node + " " + s.spec.name; });
  return words;
}

}  // namespace app
