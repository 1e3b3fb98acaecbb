#include "app/trust.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/children.h"
#include "app/rule.h"
#include "hubs/device_config.h"
#include "sensors/base/hash.h"

namespace app {

namespace {

/// In place of a deed: the project's rules are held back by a person.
constexpr const char* kHeldBack = "-";
constexpr const char* kRule = "rule:";

std::string wordOf(Deed::Kind kind) {
  switch (kind) {
    case Deed::Kind::Act:
      return kRule;
    case Deed::Kind::Local:
      return "local:";
    case Deed::Kind::Setting:
      return "setting:";
    case Deed::Kind::Worker:
      return "worker:";
    case Deed::Kind::Answers:
      return "answers:";
  }
  return {};
}

std::string lineOf(const Deed& deed) {
  return wordOf(deed.kind) +
         base::sha256({reinterpret_cast<const std::uint8_t*>(deed.what.data()), deed.what.size()});
}

/// No two different lists give the same text.
std::string textOf(const nlohmann::json& parts) {
  return parts.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::optional<Deed> deedOf(const RuleRow& row) {
  const auto rule = ruleFrom(row);
  if (!rule || !sends(*rule)) return std::nullopt;
  return Deed{Deed::Kind::Act, textOf({row.kind, row.json, row.enabled})};
}

Deed deedOf(const sensors::LocalSource& local) {
  nlohmann::json params = nlohmann::json::object();
  for (const auto& [name, value] : local.params) params[name] = hubs::toJson(value);
  return {Deed::Kind::Local, textOf({local.id, local.kind, local.device, params})};
}

Deed settingDeed(const std::string& node, const std::string& param,
                 const base::ParamValue& value) {
  return {Deed::Kind::Setting, textOf({node, param, hubs::toJson(value)})};
}

Deed workerDeed(const std::string& worker) { return {Deed::Kind::Worker, worker}; }

Deed answersDeed() { return {Deed::Kind::Answers, "main"}; }

bool Trust::Allowed::operator()(const Deed& deed) const { return lines_.contains(lineOf(deed)); }

bool Trust::Allowed::rulesHeldBack() const { return lines_.contains(kHeldBack); }

std::filesystem::path Trust::usualFile() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  const std::filesystem::path base = config && *config
                                         ? std::filesystem::path(config)
                                         : std::filesystem::path(home ? home : "/tmp") / ".config";
  return base / "mimosa" / "trusted";
}

std::vector<Trust::Line> Trust::read() const {
  std::vector<Line> lines;
  std::ifstream in(file_);
  for (Line line; lines.size() < kMost && in >> line.project >> line.deed;) lines.push_back(line);
  return lines;
}

base::Result<void> Trust::write(const std::vector<Line>& lines) const {
  std::string text;
  for (std::size_t i = lines.size() - std::min(lines.size(), kMost); i < lines.size(); ++i) {
    text += lines[i].project + " " + lines[i].deed + "\n";
  }
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);
  const std::filesystem::path fresh = file_.string() + ".new";
  const bool written = writeSecretFile(fresh, text);
  if (written) std::filesystem::rename(fresh, file_, error);
  if (written && !error) return {};
  return base::Error{base::ErrorCode::Io,
                     "What this project may do here cannot be kept in " + file_.string() + "."};
}

Trust::Allowed Trust::allowed(const std::string& project) const {
  Allowed allowed;
  for (const Line& line : read()) {
    if (line.project == project) allowed.lines_.insert(line.deed);
  }
  return allowed;
}

Trust::HeldRules Trust::heldRules(const std::string& project,
                                  const std::vector<RuleRow>& rows) const {
  const Allowed may = allowed(project);
  HeldRules held{.byPerson = may.rulesHeldBack()};
  for (RuleRow row : rows) {
    bool known = may(deedOf(row));
    if (!row.enabled) {  // one that was on here, and was switched off elsewhere, is known as well
      row.enabled = true;
      known = known || may(deedOf(row));
    }
    if (!known) held.rules.insert(row.id);
  }
  return held;
}

base::Result<void> Trust::allow(const std::string& project, const std::vector<Deed>& deeds) {
  std::vector<Line> lines = read();
  const std::size_t before = lines.size();
  for (const Deed& deed : deeds) {
    const Line line{project, lineOf(deed)};
    revoked_.erase(line);
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
  }
  return lines.size() == before ? base::Result<void>() : write(lines);
}

base::Result<void> Trust::revoke(const std::string& project, const std::vector<Deed>& deeds) {
  std::vector<Line> lines = read();
  const std::size_t before = lines.size();
  for (const Deed& deed : deeds) {
    const Line line{project, lineOf(deed)};
    if (std::erase(lines, line) > 0) revoked_.insert(line);
  }
  return lines.size() == before ? base::Result<void>() : write(lines);
}

base::Result<void> Trust::allowAgain(const std::string& project, const std::vector<Deed>& deeds) {
  std::vector<Deed> back;
  for (const Deed& deed : deeds) {
    if (revoked_.contains({project, lineOf(deed)})) back.push_back(deed);
  }
  return allow(project, back);
}

base::Result<void> Trust::allowRules(const std::string& project, const std::vector<RuleRow>& rows) {
  std::vector<Line> lines = read();
  if (std::erase(lines, Line{project, kHeldBack}) > 0) {
    if (auto written = write(lines); !written) return written;
  }
  std::vector<Deed> deeds;
  for (const RuleRow& row : rows) {
    if (auto deed = deedOf(row)) deeds.push_back(*std::move(deed));
  }
  return allow(project, deeds);
}

base::Result<void> Trust::holdRulesBack(const std::string& project) {
  std::vector<Line> lines = read();
  std::erase_if(lines, [&](const Line& line) {
    return line.project == project && (line.deed == kHeldBack || line.deed.starts_with(kRule));
  });
  std::erase_if(revoked_, [&](const Line& line) {
    return line.project == project && line.deed.starts_with(kRule);
  });
  lines.push_back({project, kHeldBack});
  return write(lines);
}

}  // namespace app
