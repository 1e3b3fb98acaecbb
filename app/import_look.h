#pragma once
// What a look into files tells before they are brought in: channels, rate, length, labels. For
// import_plan.cpp alone.

#include "app/import_plan.h"

namespace app {

/// The file that a meta.csv names first; empty where it is no list of files.
std::string firstInList(const std::filesystem::path& meta);
/// Kind, columns and channels of a CSV; `trouble` where it is none. One with a column of time is
/// Signals, one with only a label column is a Table.
ImportPart lookAtTable(const std::filesystem::path& file);
bool isEdgeImpulse(const std::filesystem::path& file);
/// Fills in what is recognised in `part`. Sounds that are damaged leave it, with a sentence in
/// `notTaken`, unless all are.
void lookInto(ImportPart& part, std::vector<std::string>& notTaken, const ImportTools& tools,
              const std::stop_token& stop);

}  // namespace app
