#include "ui/models/param_rows.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("house", text); }

const QString kNothing = QStringLiteral("–");

bool isNumber(const base::ParamSpec& spec) {
  return spec.type == base::ParamType::Int || spec.type == base::ParamType::Float;
}

QString withUnit(QString text, const base::ParamSpec& spec) {
  if (!spec.unit.empty() && spec.unit != "1") {
    text += QChar(0x202F) + QString::fromStdString(spec.unit);
  }
  return text;
}

QString helpOf(const base::ParamSpec& spec) {
  QStringList parts;
  if (!spec.help.empty()) {
    parts << QString::fromStdString(spec.help);
  }
  if (isNumber(spec) && spec.min != spec.max) {
    parts << tr("From %1 to %2.").arg(valueText(spec, spec.min), valueText(spec, spec.max));
  }
  if (spec.type == base::ParamType::Enum) {
    QStringList options;
    for (const base::ParamValue& option : spec.options) {
      options << valueText(spec, option);
    }
    parts << tr("One of %1.").arg(options.join(QStringLiteral(", ")));
  }
  if (spec.apply == "restart") {
    parts << tr("A change takes effect when the device restarts.");
  } else if (spec.apply == "stream") {
    parts << tr("A change takes effect when the stream starts anew.");
  }
  return parts.join(QLatin1Char(' '));
}

/// The device's reason without the setting's key, which stands at the row's begin.
QString reasonOf(const base::ParamSpec& spec, const std::string& message) {
  QString reason = QString::fromStdString(message).simplified();
  const QString key = QString::fromStdString(spec.name) + QLatin1Char(':');
  if (reason.startsWith(key)) {
    reason = reason.mid(key.size()).trimmed();
  }
  return reason.left(300);
}

void describe(ParamRow& row, const hubs::ParamStatus& status, bool online) {
  switch (status.state) {
    case hubs::ParamState::NotAsked:
      row.tone = Tone::None;
      row.state = kNothing;
      return;
    case hubs::ParamState::InStep:
      row.tone = Tone::Fine;
      row.state = status.since.ns > 0 ? tr("in step %1").arg(words::clock(status.since).left(5))
                                      : tr("in step");
      return;
    case hubs::ParamState::Waiting:
      row.tone = Tone::Waiting;
      row.state = !online                       ? tr("waiting, the device is away")
                  : row.spec.apply == "restart" ? tr("waiting, after restart")
                                                : tr("waiting");
      return;
    case hubs::ParamState::Refused: {
      const QString reason = reasonOf(row.spec, status.message);
      row.tone = Tone::Refused;
      row.state = reason.isEmpty() ? tr("refused") : tr("refused: %1").arg(reason);
      return;
    }
    case hubs::ParamState::ChangedElsewhere:
      row.tone = Tone::Changed;
      row.state = tr("changed elsewhere");
      row.open = true;
      return;
  }
}

/// What stands in place of the state while a value is on trial.
void describe(ParamRow& row, const app::SettingTrial& trial, const hubs::ParamStatus& status,
              bool online, base::Time now) {
  const QString former = trial.before ? valueText(row.spec, *trial.before) : tr("what it was");
  row.open = false;
  row.tone = Tone::Waiting;
  if (trial.state == app::SettingTrial::State::GoingBack) {
    row.trial = OnTrial::GoingBack;
    row.state = online ? tr("going back to %1").arg(former)
                       : tr("goes back to %1 when the device is there again").arg(former);
    return;
  }
  row.trial = OnTrial::Running;
  const QString back =
      tr("back to %1 in %2")
          .arg(former, words::duration(std::max(base::Duration{0}, trial.until - now)));
  if (!online) {
    row.state = tr("on trial, the device is away; %1").arg(back);
  } else if (status.state == hubs::ParamState::Refused) {
    row.tone = Tone::Refused;
    row.state = tr("%1; %2").arg(row.state, back);
  } else if (status.state == hubs::ParamState::Waiting) {
    row.state = tr("on trial, no answer yet; %1").arg(back);
  } else {
    row.tone = Tone::Changed;
    row.state = tr("on trial; %1").arg(back);
  }
}

}  // namespace

QString toneSymbol(Tone tone) {
  switch (tone) {
    case Tone::None:
      return {};
    case Tone::Fine:
      return QStringLiteral("●");
    case Tone::Waiting:
      return QStringLiteral("○");
    case Tone::Changed:
      return QStringLiteral("≠");
    case Tone::Refused:
      return QStringLiteral("×");
  }
  return {};
}

QString valueText(const base::ParamSpec& spec, const base::ParamValue& value) {
  if (const bool* on = std::get_if<bool>(&value)) {
    return *on ? tr("on") : tr("off");
  }
  const QString text = QString::fromStdString(base::toText(value));
  return std::holds_alternative<std::string>(value) ? text : withUnit(text, spec);
}

std::vector<ParamRow> paramRows(const hubs::NodeView& node,
                                const std::vector<app::SettingTrial>& trials, base::Time now) {
  std::vector<ParamRow> rows;
  for (const base::ParamSpec& spec : node.device.about.params) {
    ParamRow row;
    row.spec = spec;
    row.title = QString::fromStdString(spec.title.empty() ? spec.name : spec.title);
    const auto known = node.params.find(spec.name);
    const hubs::ParamStatus status =
        known == node.params.end() ? hubs::ParamStatus{} : known->second;
    row.asked = status.asked;
    row.reported = status.reported;
    row.askedText = row.asked ? valueText(spec, *row.asked) : kNothing;
    row.reportedText = row.reported ? valueText(spec, *row.reported) : kNothing;
    row.help = helpOf(spec);
    describe(row, status, node.device.online);
    for (const app::SettingTrial& trial : trials) {
      if (trial.node == node.device.id && trial.param == spec.name) {
        describe(row, trial, status, node.device.online, now);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<base::ParamValue> typedValue(const base::ParamSpec& spec, const QString& text) {
  if (!isNumber(spec)) {
    return base::ParamValue(text.trimmed().toStdString());
  }
  QString digits = text.trimmed();
  const QString unit = QString::fromStdString(spec.unit);
  if (!unit.isEmpty() && digits.endsWith(unit)) {
    digits.chop(unit.size());
  }
  digits.remove(QLatin1Char(' ')).remove(QChar(0x00A0)).remove(QChar(0x202F));
  digits.replace(QLatin1Char(','), QLatin1Char('.')).replace(QChar(0x2212), QLatin1Char('-'));
  bool read = false;
  const double number = digits.toDouble(&read);
  if (!read || !std::isfinite(number)) {
    return std::nullopt;
  }
  constexpr double kExact = 9e15;  // whole numbers up to here have a double of their own
  if (spec.type == base::ParamType::Int && number == std::floor(number) &&
      std::abs(number) < kExact) {
    return base::ParamValue(static_cast<std::int64_t>(number));
  }
  return base::ParamValue(number);
}

base::ParamValue steppedValue(const base::ParamSpec& spec, const base::ParamValue& from,
                              int steps) {
  const double step = spec.step > 0                          ? spec.step
                      : spec.type == base::ParamType::Int    ? 1
                      : spec.max > spec.min && spec.max <= 1 ? (spec.max - spec.min) / 20
                                                             : 1;
  double to = std::round((base::toNumber(from) + steps * step) * 1e6) / 1e6;
  if (spec.max > spec.min) {
    to = std::clamp(to, spec.min, spec.max);
  }
  if (spec.type == base::ParamType::Int) {
    return static_cast<std::int64_t>(std::llround(to));
  }
  return to;
}

}  // namespace ui
