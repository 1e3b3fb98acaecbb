#pragma once
// Rows of a project's tables as JSON objects, for archives. Inside app/project only.

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "app/project/database.h"

namespace app {

using RowJson = nlohmann::ordered_json;

/// Tables whose rows hold content that lies in files of its own.
inline const std::set<std::string, std::less<>> kContentTables = {"chunk", "blob"};
/// Tables that are made again from others.
inline const std::set<std::string, std::less<>> kDerivedTables = {"envelope", "envelope_due",
                                                                  "chunk_reach"};

/// Columns of each table of the project by the table's name.
base::Result<std::map<std::string, std::vector<std::string>>> tablesOf(Database& database);

/// Whole numbers and texts as they are; {"real": "inf"}, {"hex": "00ff"} for what JSON lacks.
/// The column `leaveOut` is left out.
RowJson rowToJson(const SqlRow& row, std::string_view leaveOut = {});

/// Inserts what rowToJson() made. `content`: for the column "content"; null where there is none.
/// Errors: Corrupt for columns and values that cannot be; those of the database.
base::Result<void> insertRow(Database& database, const std::string& table,
                             const std::vector<std::string>& columns, const RowJson& row,
                             const std::span<const std::uint8_t>* content);

}  // namespace app
