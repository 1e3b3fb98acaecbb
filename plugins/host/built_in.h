#pragma once
// The extractors and learners that come with the program: one visible list.

#include "plugins/sdk/plugin.h"

namespace plugins {

Registry builtIn();

}  // namespace plugins
