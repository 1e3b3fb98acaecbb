#pragma once
// RuleWords: the names a rule may speak of, as people see them, and what they stand for.

#include <string>
#include <vector>

#include "hubs/node_directory.h"
#include "learners/label.h"
#include "sensors/base/params.h"
#include "sensors/channel.h"

namespace app {

/// Names are unique within each list: where two are alike, the id is added in brackets.
struct RuleWords {
  struct Source {
    std::string id;
    std::string name;
    std::string unit;  ///< of its first channel
  };
  struct Setting {
    std::string node;
    std::string name;  ///< "Kitchen node Status light"
    base::ParamSpec spec;
  };
  std::vector<learners::Label> labels;  ///< the background too
  std::vector<Source> sources;          ///< levels and switches only
  std::vector<Setting> settings;
  std::vector<std::string> devices = {};  ///< computers that can learn or answer

  const learners::Label* label(learners::LabelId id) const;
  const Source* source(const std::string& id) const;
  const Setting* setting(const std::string& node, const std::string& param) const;
};

RuleWords ruleWords(std::vector<learners::Label> labels,
                    const std::vector<sensors::SourceInfo>& sources,
                    const std::vector<hubs::NodeView>& nodes);

}  // namespace app
