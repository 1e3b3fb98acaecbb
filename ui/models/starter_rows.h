#pragma once
// StarterRows: the projects to begin with, in words. Plain values.

#include <QString>
#include <vector>

namespace ui {

struct StarterRow {
  QString id;     ///< as app::Starter::id
  QString icon;
  QString title;
  QString about;  ///< what it hears or sees, and what it tells apart
};
/// As app::starters().
std::vector<StarterRow> starterRows();

}  // namespace ui
