#pragma once
// ParamRows: the settings of one node as a person reads them: what was asked, what the device
// reports, and how the two stand to each other. Plain values.

#include <QString>
#include <optional>
#include <vector>

#include "app/setting_trial.h"
#include "hubs/node_directory.h"

namespace ui {

/// How a state looks; always beside a symbol and a word.
enum class Tone { None, Fine, Waiting, Changed, Refused };
/// "●", "○", "≠", "×"; empty for None.
QString toneSymbol(Tone tone);

/// A value that was asked for on trial: it goes back by itself unless somebody keeps it.
enum class OnTrial { No, Running, GoingBack };

struct ParamRow {
  base::ParamSpec spec;
  QString title;
  std::optional<base::ParamValue> asked;
  std::optional<base::ParamValue> reported;
  QString askedText;     ///< with its unit; "–" where nothing was asked
  QString reportedText;  ///< with its unit; "–" where the device did not say
  Tone tone = Tone::None;
  QString state;      ///< "in step 14:03", "refused: 12 is not between 0 and 9", ...
  bool open = false;  ///< changed elsewhere: a person decides which value holds
  OnTrial trial = OnTrial::No;
  QString help;       ///< what it does, its range, and when a change takes effect
};

/// In the order in which the device describes its settings.
std::vector<ParamRow> paramRows(const hubs::NodeView& node,
                                const std::vector<app::SettingTrial>& trials = {},
                                base::Time now = {});

/// "50 Hz", "on", "high".
QString valueText(const base::ParamSpec& spec, const base::ParamValue& value);
/// The value behind what was typed, in range or not: the device decides. Decimal comma or point,
/// with or without the unit. Nothing where a number is wanted and none was typed.
std::optional<base::ParamValue> typedValue(const base::ParamSpec& spec, const QString& text);
/// One step up (`steps` = 1) or down from `from`; stays within the range.
base::ParamValue steppedValue(const base::ParamSpec& spec, const base::ParamValue& from, int steps);

}  // namespace ui
