#pragma once
// Trust: what of which project may listen, watch and send from this computer. It is kept beside
// this computer's settings and never in a project: whoever gives a file away can write anything
// into it.

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/project/rule_row.h"
#include "sensors/base/params.h"
#include "sensors/base/result.h"
#include "sensors/local_kind.h"

namespace app {

/// One thing a project makes this computer do unasked. Two that do the same are equal, whatever
/// they are called.
struct Deed {
  enum class Kind { Act, Local, Setting, Worker, Answers };
  Kind kind = Kind::Answers;
  std::string what = {};  ///< all of it, as text
  friend bool operator==(const Deed&, const Deed&) = default;
};
/// What the rule does, and whether it is switched on. Nothing where it sends nothing.
std::optional<Deed> deedOf(const RuleRow& rule);
/// Its kind, device and settings; not its name.
Deed deedOf(const sensors::LocalSource& local);
Deed settingDeed(const std::string& node, const std::string& param, const base::ParamValue& value);
/// That a worker in the house trains or answers.
Deed workerDeed(const std::string& worker);
/// That what is heard is told at the broker.
Deed answersDeed();

/// One thread at a time. A file with one line per deed: the project's random id and the hash of the
/// deed, so that what was changed elsewhere is another one.
class Trust {
 public:
  static constexpr std::size_t kMost = 20'000;  ///< lines; beyond, the oldest are forgotten

  /// Of one project, as it was when it was asked for.
  class Allowed {
   public:
    bool operator()(const Deed& deed) const;
    bool operator()(const std::optional<Deed>& deed) const { return !deed || (*this)(*deed); }
    bool rulesHeldBack() const;

   private:
    friend class Trust;
    std::set<std::string> lines_;
  };

  explicit Trust(std::filesystem::path file) : file_(std::move(file)) {}
  /// In the settings of this user of this computer.
  static std::filesystem::path usualFile();

  Allowed allowed(const std::string& project) const;

  struct HeldRules {
    std::set<std::int64_t> rules;  ///< ids of those that send something and may not
    bool byPerson = false;         ///< a person here held this project's rules back
  };
  HeldRules heldRules(const std::string& project, const std::vector<RuleRow>& rows) const;

  /// They were asked for here, or a person lets them be done. Errors: Io where that cannot be kept.
  base::Result<void> allow(const std::string& project, const std::vector<Deed>& deeds);
  /// A person ended them here; whoever brings them back elsewhere has to ask. Errors: Io.
  base::Result<void> revoke(const std::string& project, const std::vector<Deed>& deeds);
  /// A step was taken back: those among `deeds` that were revoked through this object are allowed
  /// again. Errors: Io.
  base::Result<void> allowAgain(const std::string& project, const std::vector<Deed>& deeds);
  /// As allow(), and rules that a person held back are no longer. Errors: Io.
  base::Result<void> allowRules(const std::string& project, const std::vector<RuleRow>& rows);
  /// No rule of the project may act any more. Errors: Io.
  base::Result<void> holdRulesBack(const std::string& project);

 private:
  struct Line {
    std::string project, deed;
    friend auto operator<=>(const Line&, const Line&) = default;
  };
  std::vector<Line> read() const;
  base::Result<void> write(const std::vector<Line>& lines) const;

  const std::filesystem::path file_;
  std::set<Line> revoked_;
};

}  // namespace app
