#include "ui/models/import_rows.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/words.h"

namespace ui {
namespace {

using app::ImportKind;
using app::ImportPart;

constexpr int kShown = 6;  ///< channels or labels in a line

QString tr(const char* text, int n = -1) {
  return QCoreApplication::translate("imports", text, nullptr, n);
}

QString listed(const std::vector<std::string>& names, bool isWhole = true) {
  QStringList shown;
  for (const std::string& name : names) {
    if (shown.size() < kShown) {
      shown << QString::fromStdString(name);
    }
  }
  const bool isMore = std::ssize(names) > kShown || !isWhole;
  return shown.join(QStringLiteral(", ")) + (isMore ? QStringLiteral(" …") : QString());
}

QString titleOf(const ImportPart& part) {
  const QString name = QString::fromStdString(part.name);
  const int n = static_cast<int>(part.count);
  const bool isOne = part.files.size() == 1;
  switch (part.kind) {
    case ImportKind::Sounds:
      return isOne ? tr("Sound %1").arg(name) : tr("%n sound(s)", n);
    case ImportKind::Films:
      return isOne ? tr("Film %1").arg(name) : tr("%n film(s)", n);
    case ImportKind::Signals:
    case ImportKind::Table:
      return isOne ? tr("Table %1").arg(name) : tr("%n table(s) like %1", n).arg(name);
    case ImportKind::Clips:
      return tr("Folder %1 with %n sound(s)", n).arg(name);
    case ImportKind::Pictures:
      return tr("Folder %1 with %n picture(s)", n).arg(name);
    case ImportKind::EdgeImpulse:
      return isOne ? tr("Edge Impulse file %1").arg(name) : tr("%n Edge Impulse file(s)", n);
  }
  return name;
}

QString rateWords(const ImportPart& part) {
  const QString rate = words::number(part.rate);
  switch (part.kind) {
    case ImportKind::Sounds:
      return tr("%1 samples a second").arg(rate);
    case ImportKind::Signals:
    case ImportKind::EdgeImpulse:
      return tr("%1 rows a second").arg(rate);
    default:
      return {};
  }
}

QString detailOf(const ImportPart& part) {
  QStringList parts;
  if (!part.channels.empty()) {
    parts << (part.kind == ImportKind::Table
                  ? tr("%n feature(s): %1", static_cast<int>(part.channels.size()))
                  : tr("%n channel(s): %1", static_cast<int>(part.channels.size())))
                 .arg(listed(part.channels));
  }
  if (part.rate > 0 && !rateWords(part).isEmpty()) {
    parts << rateWords(part);
  }
  if (part.length.count() > 0) {
    const QString length = words::duration(part.length);
    parts << (part.isWhole ? length : tr("%1 and more").arg(length));
  }
  std::vector<std::string> left = part.texts;
  std::erase(left, part.labelColumn);
  if (!left.empty()) {
    parts << tr("left out: %1").arg(listed(left));
  }
  const bool isNamed = !part.label.empty() && part.kind != ImportKind::Table;
  if (!part.labels.empty()) {
    parts << tr("labels found: %1").arg(listed(part.labels, part.isWhole));
  } else if (!isNamed) {
    parts << tr("no labels found");
  }
  return parts.join(QStringLiteral(" · "));
}

void chooseColumns(const ImportPart& part, ImportRow& row) {
  if (part.kind == ImportKind::Signals && part.labelColumn.empty()) {
    row.columnNames << tr("no column");
    row.columns.emplace_back();
  }
  for (const std::string& column : part.columns) {
    if (column != part.timeColumn) {
      row.columnNames << QString::fromStdString(column);
      row.columns.push_back(column);
    }
  }
  const auto found = std::find(row.columns.begin(), row.columns.end(), part.labelColumn);
  row.column = found == row.columns.end() ? -1 : static_cast<int>(found - row.columns.begin());
}

}  // namespace

ImportRow importRow(const ImportPart& part) {
  ImportRow row{.title = titleOf(part)};
  if (!part.trouble.empty()) {
    row.state = QString::fromStdString(part.trouble);
    row.tone = Tone::Refused;
    row.canWant = false;
    return row;
  }
  row.detail = detailOf(part);
  switch (part.kind) {
    case ImportKind::Sounds:
      row.asksLabel = true;
      break;
    case ImportKind::Films:
      row.asksLabel = row.asksRate = true;
      row.rateName = tr("pictures a second");
      break;
    case ImportKind::Pictures:
      row.asksRate = true;
      row.rateName = tr("pictures a second");
      break;
    case ImportKind::EdgeImpulse:
      row.asksLabel = true;
      break;
    case ImportKind::Signals:
    case ImportKind::Table:
      row.asksRate = part.kind == ImportKind::Signals && !part.hasTime;
      row.rateName = tr("rows a second");
      if (!part.hasTime) {
        row.kinds << tr("rows one after another in time") << tr("each row for itself");
        row.kind = part.kind == ImportKind::Signals ? 0 : 1;
      }
      chooseColumns(part, row);
      break;
    case ImportKind::Clips:
      break;
  }
  if (row.asksRate && !part.hasTime && part.chosenRate <= 0) {
    row.state = tr("There is no column of time: say how many rows came in a second.");
    row.tone = Tone::Waiting;
  } else if (part.kind == ImportKind::Table && part.labelColumn.empty()) {
    row.state = tr("Say in which column the labels stand.");
    row.tone = Tone::Waiting;
  }
  return row;
}

ImportPart withKind(ImportPart part, int kind) {
  part.kind = kind == 0 ? ImportKind::Signals : ImportKind::Table;
  return part;
}

bool canStart(const app::ImportView& view) {
  const auto& parts = view.plan.parts;
  return view.stage == app::ImportView::Stage::Ready &&
         std::any_of(parts.begin(), parts.end(),
                     [](const ImportPart& part) { return part.wanted && part.isReady(); });
}

QString importState(const app::ImportView& view) {
  using Stage = app::ImportView::Stage;
  switch (view.stage) {
    case Stage::Nothing:
      return {};
    case Stage::Looking:
      return tr("I look at what is there…");
    case Stage::Ready:
      return view.plan.parts.empty() ? tr("There is nothing in it that I can bring in.")
             : canStart(view)        ? tr("Nothing is brought in before you say so.")
                                     : tr("Nothing can be brought in as it is.");
    case Stage::Working:
      return tr("I bring in %1…").arg(QString::fromStdString(view.file));
    case Stage::Done:
      break;
  }
  const int recordings = static_cast<int>(view.report.recordings);
  if (recordings == 0) {
    return view.stopped ? tr("Stopped. Nothing was brought in.") : tr("Nothing was brought in.");
  }
  const int examples = static_cast<int>(view.report.demonstrations);
  const QString what =
      examples > 0
          ? tr("%1 with %2").arg(tr("%n recording(s)", recordings), tr("%n example(s)", examples))
          : tr("%n recording(s)", recordings);
  return view.stopped ? tr("Stopped. What was whole is in the project: %1.").arg(what)
                      : tr("In the project now: %1. It can be undone.").arg(what);
}

}  // namespace ui
