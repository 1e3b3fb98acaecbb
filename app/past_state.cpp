#include "app/past_state.h"

#include "app/as_of.h"

namespace app {

PastState pastStateOf(const ProjectStore& store, base::Time time) {
  PastState state{.time = time};
  const auto past = projectAsOf(store, time);
  if (!past) {
    state.trouble = past.error().message;
    return state;
  }
  auto labels = past->store->labels();
  auto examples = past->store->demonstrations();
  const auto served = past->store->deployments();
  if (!labels || !examples || !served) {
    state.trouble = !labels     ? labels.error().message
                    : !examples ? examples.error().message
                                : served.error().message;
    return state;
  }
  state.labels = *std::move(labels);
  state.examples = *std::move(examples);
  state.skipped = past->skipped;
  for (const DeploymentRow& row : *served) {
    if (row.since <= time) state.modelVersion = row.ensembleHash.empty() ? 0 : row.version;
  }
  return state;
}

}  // namespace app
