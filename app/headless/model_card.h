#pragma once
// ModelCard: what a deployed model is, what it was taught and how far it can be trusted.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/headless/example_names.h"
#include "learners/comparison.h"
#include "learners/ensemble.h"

namespace app {

/// The newest deployment of a task, or the one of `version`. Errors: NotFound; those of the store.
base::Result<DeploymentRow> deploymentOf(const ProjectStore& store, TaskId task,
                                         std::optional<int> version);

/// Keys: format, model, ensemble_hash, dataset_hash, schema {hash, features, frames}, labels,
/// members, limits, data {examples, recordings, groups, seconds}, metrics {held_out, accuracy,
/// examples, per_label}, groups (weakest first), tested (each held-out example and whether it was
/// recognised), test_hash (of what was tested). The same model gives the same card.
/// Errors: those of the store; Corrupt for a report that cannot be read.
base::Result<nlohmann::json> makeCard(const ProjectStore& store, const DeploymentRow& row,
                                      const learners::Ensemble& ensemble);

/// For people. `card` may come from a foreign file: what is missing in it is left out.
std::string cardText(const nlohmann::json& card);

/// The held-out examples of a card. `card` may come from a foreign file.
std::vector<learners::UnitOutcome> outcomesOf(const nlohmann::json& card);

}  // namespace app
