#pragma once
// ImportFeed: what the window reads and asks while recordings are brought in from files, so that a
// test can bring its own. Each call returns at once; what it did is seen in the next view.

#include <functional>

#include "app/import_desk.h"

namespace ui {

/// GUI thread. All are set, or none: then nothing can be brought in. As app::ImportDesk.
struct ImportFeed {
  std::function<app::ImportView()> view;
  std::function<void(std::vector<std::filesystem::path> paths)> look;
  std::function<void(std::size_t part, const app::ImportPart& chosen)> choose;
  std::function<void()> start;
  std::function<void()> stop;
  std::function<void()> clear;
  std::function<void(bool watching)> watch;
};

}  // namespace ui
