#pragma once
// Rules of a project and what they decided last, kept as two small named texts of its file. Plain
// functions over a ProjectStore; what reads and writes both wants one thread, or a transaction.

#include <vector>

#include "app/project/rule_row.h"
#include "app/project/store.h"

namespace app {

inline constexpr std::size_t kMostRules = 200;
inline constexpr std::size_t kDecisionsKept = 200;

/// Ordered by id. Errors: Corrupt; as ProjectStore::meta.
base::Result<std::vector<RuleRow>> rulesOf(const ProjectStore& store);
/// A row with an id is put in place of the one it names, or back under it; 0 takes a new id, one
/// that was never used. Durable when it returns. Errors: InvalidArgument beyond kMostRules.
base::Result<std::int64_t> putRule(ProjectStore& store, const RuleRow& row);
/// Errors: NotFound.
base::Result<void> removeRule(ProjectStore& store, std::int64_t id);

/// Keeps the newest kDecisionsKept.
base::Result<void> addDecisions(ProjectStore& store, const std::vector<DecisionRow>& rows);
base::Result<std::vector<DecisionRow>> decisionsOf(const ProjectStore& store);  ///< oldest first

}  // namespace app
