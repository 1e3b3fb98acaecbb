#include "ui/models/source_choices.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/models/quality_words.h"
#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text, int n = -1) {
  return QCoreApplication::translate("choices", text, nullptr, n);
}

const app::SourceChoice& choiceOf(const app::Snapshot& snapshot, const std::string& source) {
  static const app::SourceChoice kUsual;
  const auto found = snapshot.task.choices.find(source);
  return found == snapshot.task.choices.end() ? kUsual : found->second;
}

QString tipOf(const app::ExtractorOption& option, bool isUsual) {
  QString tip = tr("%1 numbers for each moment.").arg(option.features);
  if (isUsual) {
    tip += QLatin1Char(' ') + tr("Usual for this source.");
  }
  if (!option.sha256.empty()) {
    tip += QLatin1Char(' ') + tr("Licence: %1. Hash: %2.")
                                  .arg(QString::fromStdString(option.licence),
                                       QString::fromStdString(option.sha256.substr(0, 12)));
  }
  return tip;
}

/// Where the chosen channels differ among each other, the first one stands for all.
int indexOf(const std::vector<sensors::Fill>& fills, sensors::Fill fill) {
  const auto found = std::find(fills.begin(), fills.end(), fill);
  return found == fills.end() ? 0 : static_cast<int>(found - fills.begin());
}

}  // namespace

QString extractorName(const std::string& id) {
  const std::array<std::pair<const char*, QString>, 12> names = {{
      {"statistics", tr("Statistics")},
      {"spectral", tr("Spectrum")},
      {"motion", tr("Movement")},
      {"sound", tr("Sound")},
      {"log_mel", tr("Sound, the whole patch")},
      {"level", tr("Levels and changes")},
      {"gradients", tr("Edges of a small picture")},
      {"values", tr("The numbers themselves")},
      {"scene", tr("All of the picture")},
      {"colour", tr("Light and colour")},
      {"texture", tr("Patterns and edges")},
      {"moving", tr("What moves and what is new")},
  }};
  for (const auto& [known, name] : names) {
    if (id == known) {
      return name;
    }
  }
  if (id.starts_with("onnx_")) {
    const std::size_t hash = id.rfind('_');
    return tr("Network %1").arg(QString::fromStdString(id.substr(5, hash > 5 ? hash - 5 : hash)));
  }
  return QString::fromStdString(id);
}

QString fillName(sensors::Fill fill) {
  switch (fill) {
    case sensors::Fill::Hold:
      return tr("the last number goes on");
    case sensors::Fill::Interpolate:
      return tr("a straight line to the next");
    case sensors::Fill::Missing:
      break;
  }
  return tr("nothing: it is missing");
}

QString flagText(const app::SourceView& source) {
  QStringList parts;
  if (source.flag) {
    const app::Flag& flag = *source.flag;
    const sensors::Finding finding{.fault = flag.fault,
                                   .channel = flag.channel,
                                   .since = flag.span.begin,
                                   .last = flag.span.end};
    parts << tr("%1 since %2. I do not learn from it meanwhile.")
                 .arg(findingText(finding), words::clock(flag.span.begin));
  }
  if (source.flaggedExamples > 0) {
    parts << (source.flaggedExamples == 1
                  ? tr("One example is left out, in part or whole, because its numbers looked wrong.")
                  : tr("%1 examples are left out, in part or whole, because their numbers looked "
                       "wrong.")
                        .arg(source.flaggedExamples));
  }
  return parts.join(QLatin1Char(' '));
}

std::string extractorWith(const std::string& id, const sensors::Region& region) {
  return sensors::toText(sensors::ExtractorChoice{id, region});
}

SourceChoices sourceChoices(const app::Snapshot& snapshot, const app::SourceView& source,
                            const std::vector<app::ExtractorOption>& options) {
  const sensors::SourceInfo& info = source.info;
  const app::SourceChoice& choice = choiceOf(snapshot, info.id);
  SourceChoices made;
  made.source = info.id;
  made.name = words::sourceName(snapshot, info);
  made.isPicture = info.kind == sensors::SourceKind::Picture;
  std::string chosen = choice.extractor.empty() ? source.extractor : choice.extractor;
  if (const auto read = sensors::extractorChoiceFrom(chosen)) {
    chosen = read->id;
    made.region = read->region;
  }
  const std::string usual = sensors::defaultExtractor(info);
  if (chosen.empty()) {
    chosen = usual;  // of one that is not used yet
  }
  for (const app::ExtractorOption& option : options) {
    if (option.id == chosen) {
      made.extractor = static_cast<int>(made.extractors.size());
    }
    made.extractors.push_back(option.id);
    made.extractorNames << extractorName(option.id);
    made.extractorTips << tipOf(option, option.id == usual);
  }
  made.fills = sensors::fillsOf(info);
  for (const sensors::Fill fill : made.fills) {
    made.fillNames << fillName(fill);
  }
  const std::vector<sensors::Fill> fill = sensors::fillPerChannel(info, choice.fill);
  if (!made.fills.empty() && std::ssize(info.channels) > kMostFillRows) {
    made.channels.push_back({{}, tr("all %1 channels").arg(std::ssize(info.channels)),
                             indexOf(made.fills, fill.front())});
  } else if (!made.fills.empty()) {
    for (std::size_t c = 0; c < info.channels.size(); ++c) {
      const QString unit = words::unit(info.channels[c].unit);
      const QString name = QString::fromStdString(info.channels[c].id);
      made.channels.push_back({info.channels[c].id,
                               unit.isEmpty() ? name : QStringLiteral("%1, %2").arg(name, unit),
                               indexOf(made.fills, fill[c])});
    }
  }
  made.flag = flagText(source);
  made.learnFlagged = choice.learnFlagged;
  if (made.learnFlagged) {
    made.flag = tr("I learn from it also where its numbers look wrong.");
  }
  return made;
}

}  // namespace ui
