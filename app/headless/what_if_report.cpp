// The report of what would be left in another house.
#include "app/headless/printed.h"
#include "app/headless/score_report.h"

namespace app {
namespace {

using nlohmann::json;

struct Words {
  const char* kind;
  const char* unit;
  const char* title;
};

Words wordsOf(WhatIfKind kind) {
  switch (kind) {
    case WhatIfKind::Noise: return {"noise", "dB", "noise, so far below the examples"};
    case WhatIfKind::Quieter: return {"quieter", "dB", "further from the microphone, quieter by"};
    case WhatIfKind::Room: return {"room", "s", "a room that echoes for"};
    case WhatIfKind::Dark: return {"dark", "%", "light that is left"};
    case WhatIfKind::Blur: return {"blur", "px", "out of focus by"};
    case WhatIfKind::Dropout: return {"dropout", "%", "samples that do not arrive"};
    case WhatIfKind::Lost: return {"lost", "", "silent"};
  }
  return {"", "", ""};
}

}  // namespace

Report toReport(const std::vector<WhatIfResult>& results,
                const std::vector<learners::Label>& labels) {
  Report report;
  json all = json::array();
  for (const WhatIfResult& result : results) {
    const Words words = wordsOf(result.kind);
    json points = json::array();
    add(report.text, "\n%s%s%.60s\n  level      all right", words.title,
        result.source.empty() ? "" : ": ", result.source.c_str());
    for (const learners::Label& label : labels) add(report.text, "  %12.12s", label.name.c_str());
    report.text += "\n";
    for (const WhatIfPoint& point : result.points) {
      json recall = json::object();
      for (std::size_t i = 0; i < labels.size(); ++i) {
        if (point.recall[i].n > 0) recall[labels[i].name] = toJson(point.recall[i]);
      }
      points.push_back({{"level", point.level},
                        {"measured", point.measured},
                        {"accuracy", toJson(point.all)},
                        {"recall", std::move(recall)}});
      if (point.measured) {
        add(report.text, "  as it was ");
      } else {
        add(report.text, "  %6.1f %-3s", point.level, words.unit);
      }
      add(report.text, "  %6.1f %%", 100 * point.all.value);
      for (std::size_t i = 0; i < labels.size(); ++i) {
        if (point.recall[i].n > 0) {
          add(report.text, "  %10.1f %%", 100 * point.recall[i].value);
        } else {
          add(report.text, "  %12s", "-");
        }
      }
      report.text += "\n";
    }
    all.push_back({{"kind", words.kind},
                   {"source", result.source},
                   {"unit", words.unit},
                   {"points", std::move(points)}});
  }
  report.json["what_if"] = std::move(all);
  return report;
}

}  // namespace app
