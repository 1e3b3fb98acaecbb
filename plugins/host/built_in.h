#pragma once
// The extractors and learners that come with the program: one visible list. A worker takes the
// learners alone, so that it loads none of the libraries for sound, pictures and devices.

#include "plugins/sdk/plugin.h"

namespace plugins {

Registry builtIn();
learners::LearnerMap builtInLearners();

}  // namespace plugins
