#include "app/lineage.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {

ModelLineage lineageOf(const DeploymentRow& row) {
  ModelLineage lineage{.task = row.task,
                       .version = row.version,
                       .hash = row.ensembleHash,
                       .worker = row.worker,
                       .since = row.since};
  const auto kept =
      hubs::parseJson(hubs::toBytes(row.reportJson), {.bytes = 64U << 20, .keys = 4'000'000});
  if (!kept || !kept->is_object()) return lineage;
  if (const auto report = kept->find("report"); report != kept->end() && report->is_object()) {
    lineage.heldOut = hubs::boolField(*report, "held_out");
    if (const auto score = report->find("accuracy"); score != report->end() && score->is_number()) {
      lineage.accuracy = score->get<double>();
    }
  }
  if (const auto learnt = kept->find("learnt"); learnt != kept->end() && learnt->is_array()) {
    for (const auto& one : *learnt) {
      const bool fits =
          one.is_array() && one.size() == 4 &&
          std::all_of(one.begin(), one.end(), [](const auto& n) { return n.is_number_integer(); });
      if (!fits) continue;
      lineage.learnt.push_back(
          {.id = one[0].get<std::int64_t>(),
           .label = one[1].get<std::int64_t>(),
           .span = {{one[2].get<std::int64_t>()}, {one[3].get<std::int64_t>()}}});
    }
  }
  return lineage;
}

}  // namespace app
