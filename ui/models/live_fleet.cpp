#include "ui/models/live_fleet.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/models/worker_rows.h"
#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("fleet", text); }

QString detailOf(const app::WorkerView& w) {
  QString size = tr("%1 cores, %2 GB").arg(w.cores).arg(words::reading(w.memoryGb));
  // Only what is known: neither is said where nobody found out.
  if (w.gpu.value_or(false)) {
    size += tr(", GPU");
  }
  if (w.inHouse && !w.local) {
    size += *w.inHouse ? tr(", in this house") : tr(", elsewhere");
  }
  return w.online ? tr("%1, load %2").arg(size, words::percent(w.load)) : size;
}

FleetCell cellOf(const app::WorkerView& w, const std::optional<app::Answer>& answer) {
  const QString doing = QString::fromStdString(w.doing);
  const bool fresh = answer && !answer->stale;
  const bool answers = fresh && (w.local ? answer->servedOn == "this program" ||
                                               answer->servedOn == w.name
                                         : answer->servedOn == w.name);
  FleetCell cell{.symbol = {},
                 .name = w.local ? tr("This computer") : QString::fromStdString(w.name),
                 .text = {},
                 .detail = detailOf(w)};
  if (answers) {
    cell.state = FleetCell::State::Answers;
    cell.symbol = QStringLiteral("●");
    cell.text = tr("answers with model %1").arg(answer->modelVersion);
  } else if (!w.online) {
    cell.state = FleetCell::State::Offline;
    cell.symbol = QStringLiteral("✕");
    cell.text = tr("offline");
  } else if (doing.startsWith(QStringLiteral("training"))) {
    cell.state = FleetCell::State::Learns;
    cell.symbol = QStringLiteral("◐");
    cell.text = tr("is learning");
  } else {
    cell.symbol = QStringLiteral("○");
    cell.text = doing.isEmpty() ? tr("waits") : tr("ready");
  }
  return cell;
}

}  // namespace

std::vector<FleetCell> fleetCells(const app::Snapshot& snapshot,
                                  const std::optional<app::Answer>& answer) {
  std::vector<const app::WorkerView*> workers;
  for (const app::WorkerView& w : snapshot.workers) {
    workers.push_back(&w);
  }
  std::stable_partition(workers.begin(), workers.end(), [](const auto* w) { return w->local; });
  std::vector<FleetCell> cells;
  for (const app::WorkerView* w : workers) {
    cells.push_back(cellOf(*w, answer));
  }
  return cells;
}

QString fleetLine(const app::Snapshot& snapshot, const std::vector<FleetCell>& cells) {
  const auto serving = std::find_if(cells.begin(), cells.end(), [](const FleetCell& c) {
    return c.state == FleetCell::State::Answers;
  });
  const auto away = std::count_if(cells.begin(), cells.end(), [](const FleetCell& c) {
    return c.state == FleetCell::State::Offline;
  });
  QString line = snapshot.model.version == 0 ? tr("No model yet.")
                 : serving == cells.end()
                     ? tr("Model %1 is ready; nobody answers just now.").arg(snapshot.model.version)
                     : tr("%1 %2.").arg(serving->name, serving->text);
  if (away > 0) {
    line += QLatin1Char(' ') + (away == 1 ? tr("1 device is away.")
                                          : tr("%1 devices are away.").arg(away));
  }
  if (const QString reason = placementReason(snapshot); !reason.isEmpty()) {
    line += QLatin1Char(' ') + reason;
  }
  return line;
}

}  // namespace ui
