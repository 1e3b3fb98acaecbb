#pragma once
// QualityWords: what is wrong with a source's numbers, in the words a person reads.

#include <QString>
#include <vector>

#include "sensors/quality.h"

namespace ui {

/// "x stands still since 14:02".
QString findingText(const sensors::Finding& finding);
/// One sentence: what happened, since when, and what it may mean.
QString findingSentence(const sensors::Finding& finding);
/// The newest finding in short, and how many more there are; empty where all is well.
QString findingsText(const std::vector<sensors::Finding>& findings);

}  // namespace ui
