#include "app/headless/parts.h"

#include <filesystem>

#include "plugins/host/built_in.h"
#include "plugins/host/loader.h"

namespace app {

plugins::Registry allParts() {
  plugins::Registry registry = plugins::builtIn();
  std::error_code failed;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (!failed) plugins::loadPlugins(program.parent_path().parent_path() / "plugins", registry);
  return registry;
}

}  // namespace app
