#include "app/rule_trust.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "app/children.h"
#include "app/rule.h"
#include "sensors/base/hash.h"

namespace app {

namespace {

/// In place of a rule's hash: the project's rules are held back by a person.
constexpr const char* kHeldBack = "-";

std::string hashOf(const RuleRow& row) {
  const std::string whole = row.kind + "\n" + row.json;
  return base::sha256({reinterpret_cast<const std::uint8_t*>(whole.data()), whole.size()});
}

bool rowSends(const RuleRow& row) {
  const auto rule = ruleFrom(row);
  return rule && sends(*rule);
}

}  // namespace

std::filesystem::path RuleTrust::usualFile() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  const std::filesystem::path base = config && *config
                                         ? std::filesystem::path(config)
                                         : std::filesystem::path(home ? home : "/tmp") / ".config";
  return base / "mimosa" / "rules-that-act";
}

std::vector<RuleTrust::Line> RuleTrust::read() const {
  std::vector<Line> lines;
  std::ifstream in(file_);
  for (Line line; lines.size() < kMost && in >> line.project >> line.rule;) lines.push_back(line);
  return lines;
}

base::Result<void> RuleTrust::write(const std::vector<Line>& lines) const {
  std::string text;
  for (std::size_t i = lines.size() - std::min(lines.size(), kMost); i < lines.size(); ++i) {
    text += lines[i].project + " " + lines[i].rule + "\n";
  }
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);
  const std::filesystem::path fresh = file_.string() + ".new";
  const bool written = writeSecretFile(fresh, text);
  if (written) std::filesystem::rename(fresh, file_, error);
  if (written && !error) return {};
  return base::Error{base::ErrorCode::Io,
                     "Which rules may act cannot be kept in " + file_.string() + "."};
}

RuleTrust::Held RuleTrust::held(const std::string& project,
                                const std::vector<RuleRow>& rows) const {
  Held held;
  std::set<std::string> allowed;
  for (const Line& line : read()) {
    if (line.project == project) allowed.insert(line.rule);
  }
  held.byPerson = allowed.count(kHeldBack) != 0;
  for (const RuleRow& row : rows) {
    if (rowSends(row) && allowed.count(hashOf(row)) == 0) held.rules.insert(row.id);
  }
  return held;
}

base::Result<void> RuleTrust::allow(const std::string& project, const RuleRow& row) {
  if (!rowSends(row)) return {};
  std::vector<Line> lines = read();
  const Line line{project, hashOf(row)};
  if (std::find(lines.begin(), lines.end(), line) != lines.end()) return {};
  lines.push_back(line);
  return write(lines);
}

base::Result<void> RuleTrust::allowAll(const std::string& project,
                                       const std::vector<RuleRow>& rows) {
  std::vector<Line> lines = read();
  std::erase(lines, Line{project, kHeldBack});
  for (const RuleRow& row : rows) {
    const Line line{project, hashOf(row)};
    const bool known = std::find(lines.begin(), lines.end(), line) != lines.end();
    if (rowSends(row) && !known) lines.push_back(line);
  }
  return write(lines);
}

base::Result<void> RuleTrust::holdBack(const std::string& project) {
  std::vector<Line> lines = read();
  std::erase_if(lines, [&](const Line& line) { return line.project == project; });
  lines.push_back({project, kHeldBack});
  return write(lines);
}

}  // namespace app
