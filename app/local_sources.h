#pragma once
// LocalSources: the devices of this computer that the project listens to and looks at. Follows the
// project's list: what is on it runs, what left it ends.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "sensors/local_kind.h"

namespace app {

/// One local source as the window shows it.
struct LocalSourceView {
  sensors::LocalSource source;
  std::string kindTitle;
  std::string icon;
  std::string trouble;  ///< one sentence, or empty while all is well
  bool held = false;    ///< not started until a person lets this project from elsewhere
};

/// A kind of device that can be added.
struct LocalKindView {
  std::string kind;
  std::string title;
  std::string icon;
  std::vector<base::ParamSpec> params;
  bool byAddress = false;  ///< what a person types may name one
};

/// What is looked for and found right now.
struct LocalSearch {
  std::string kind;  ///< empty: nobody looks
  bool ready = false;
  std::vector<sensors::LocalDevice> devices;
};

/// follow(), startAnew() and look() belong to one thread; the rest may be asked by any.
class LocalSources {
 public:
  LocalSources(const sensors::LocalKinds& kinds, sensors::LocalSurroundings surroundings);
  ~LocalSources();

  /// Starts what is new, starts anew what changed, ends what left. Sources of kinds this program
  /// does not know stay on the list, with a sentence, and so do those whose id is in `held`.
  void follow(const std::vector<sensors::LocalSource>& wanted,
              const std::set<std::string>& held = {});
  /// Ends those for which `isMeant` holds and starts them again: what they were started with is
  /// old.
  void startAnew(const std::function<bool(const sensors::LocalSource&)>& isMeant);
  std::vector<LocalSourceView> views() const;
  /// Those that can be looked for.
  std::vector<LocalKindView> kinds() const;

  /// Looks for devices of `kind` until told otherwise; empty: stops looking.
  void look(const std::string& kind);
  LocalSearch search() const;

 private:
  struct Entry {
    sensors::LocalSource wanted;
    std::shared_ptr<sensors::Source> running;  ///< null for an unknown kind and while held
    bool held = false;
  };

  const sensors::LocalKinds& kinds_;
  sensors::LocalSurroundings surroundings_;
  mutable std::mutex mutex_;  ///< of what follows
  std::vector<Entry> entries_;
  std::string lookingFor_;
  std::shared_ptr<sensors::DeviceWatch> watch_;
};

/// Where the project file keeps the list, among its small named texts.
inline constexpr const char* kLocalSourcesKey = "local sources";
/// The list as it is kept there. Errors: Corrupt.
std::string toJson(const std::vector<sensors::LocalSource>& list);
base::Result<std::vector<sensors::LocalSource>> localSourcesFrom(const std::string& json);

/// `wanted` with another one behind the rest, its id and a free name given.
/// Errors: InvalidArgument where the device is on the list already.
base::Result<std::vector<sensors::LocalSource>> withLocalSource(
    std::vector<sensors::LocalSource> list, sensors::LocalSource added);

}  // namespace app
