#pragma once
// HeldWords: what a project from elsewhere would do here, in the words a person reads. Names and
// addresses come from the file: they are cut, and never read as anything but text.

#include <QString>

#include "app/held.h"

namespace ui {

/// One sentence that names everything; empty where nothing is held.
QString heldText(const app::Held& held);
/// The same in short: "4 things of this project are held back."
QString heldShort(const app::Held& held);

}  // namespace ui
