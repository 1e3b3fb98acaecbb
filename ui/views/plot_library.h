#pragma once
// QCustomPlot's header wants Qt's keywords, which the rest of the program does without: they exist
// for the length of this include only.

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
// clang-format off
#include <qcustomplot.h>
// clang-format on
#undef signals
#undef slots
#undef emit
#undef foreach
