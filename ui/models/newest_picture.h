#pragma once
// The picture that shows best what a camera sees: the newest that came, else one it recorded.

#include <memory>
#include <string>

#include "ui/feed.h"

namespace ui {

/// Null where none has come yet, or while the recorded one is being read.
std::shared_ptr<const sensors::Image> newestPicture(const Feed& feed, const std::string& source);

}  // namespace ui
