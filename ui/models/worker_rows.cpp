#include "ui/models/worker_rows.h"

#include <QCoreApplication>
#include <QUrl>
#include <algorithm>
#include <cmath>

#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("house", text); }

const QString kUnknown = QStringLiteral("–");

QString nameOf(const app::WorkerView& worker) {
  return QString::fromStdString(worker.name.empty() ? worker.id : worker.name);
}

/// "training main" and "serving main" in the words of the window.
QString doingOf(const app::WorkerView& worker) {
  if (worker.doing.starts_with("training")) {
    return tr("learning");
  }
  if (worker.doing.starts_with("serving")) {
    return tr("answering");
  }
  return worker.doing.empty() ? kUnknown : QString::fromStdString(worker.doing);
}

QString gigabytes(double gb) {
  return gb > 0 ? tr("%1 GB").arg(gb, 0, 'f', gb < 9.95 && gb != std::floor(gb) ? 1 : 0) : kUnknown;
}

QString milliseconds(double ms) {
  return ms > 0 ? tr("%1 ms").arg(ms, 0, 'f', ms < 9.95 ? 1 : 0) : kUnknown;
}

WorkerRow rowOf(const app::WorkerView& worker) {
  WorkerRow row;
  row.id = worker.id;
  row.name = worker.local ? tr("This computer") : nameOf(worker);
  row.online = worker.online;
  row.where = worker.local          ? tr("here")
              : worker.host.empty() ? kUnknown
                                    : QString::fromStdString(worker.host);
  row.cores = worker.cores > 0 ? QString::number(worker.cores) : kUnknown;
  row.memory = gigabytes(worker.memoryGb);
  row.load = worker.online ? std::max(0.0, worker.load) : 0;
  row.loadText = worker.online ? words::percent(row.load) : kUnknown;
  row.roundTrip = worker.online ? milliseconds(worker.roundTripMs) : kUnknown;
  row.doing = worker.online ? doingOf(worker) : tr("away");
  return row;
}

QString placeName(const app::Snapshot& snapshot, const std::string& id) {
  for (const app::WorkerView& worker : snapshot.workers) {
    if (worker.id == id) {
      return worker.local ? tr("this computer") : nameOf(worker);
    }
  }
  return id.empty() ? tr("this computer") : QString::fromStdString(id);
}

bool isHere(const app::Snapshot& snapshot, const std::string& id) {
  return id.empty() || id == app::kHere ||
         std::any_of(snapshot.workers.begin(), snapshot.workers.end(),
                     [&id](const auto& w) { return w.local && w.id == id; });
}

}  // namespace

std::vector<WorkerRow> workerRows(const app::Snapshot& snapshot, int cores) {
  std::vector<WorkerRow> rows;
  WorkerRow here{.id = {},
                 .name = tr("This computer"),
                 .online = true,
                 .where = tr("here"),
                 .cores = cores > 0 ? QString::number(cores) : kUnknown,
                 .memory = kUnknown,
                 .load = snapshot.processorShare,
                 .loadText = words::percent(snapshot.processorShare),
                 .roundTrip = kUnknown,
                 .doing = kUnknown};
  rows.push_back(std::move(here));
  for (const app::WorkerView& worker : snapshot.workers) {
    if (worker.local && worker.online) {
      rows.front() = rowOf(worker);
    } else if (!worker.local) {
      rows.push_back(rowOf(worker));
    }
  }
  // This program answers by itself where no worker was chosen to.
  if (rows.front().doing == kUnknown && snapshot.model.version > 0 &&
      snapshot.task.serveOn.empty()) {
    rows.front().doing = tr("answering");
  }
  std::stable_sort(rows.begin() + 1, rows.end(),
                   [](const WorkerRow& a, const WorkerRow& b) { return a.online && !b.online; });
  return rows;
}

std::vector<PlaceChoice> placeChoices(const app::Snapshot& snapshot, const std::string& chosen) {
  std::vector<PlaceChoice> choices;
  if (snapshot.placement.policy != 0) {
    choices.push_back({.worker = {}, .text = tr("As the rule says")});
    choices.push_back({.worker = app::kHere, .text = tr("This computer")});
  } else {
    const std::string here = isHere(snapshot, chosen) ? chosen : std::string();
    choices.push_back({.worker = here, .text = tr("This computer")});
  }
  bool found = isHere(snapshot, chosen);
  for (const app::WorkerView& worker : snapshot.workers) {
    if (worker.local || (!worker.online && worker.id != chosen)) {
      continue;
    }
    found = found || worker.id == chosen;
    choices.push_back(
        {worker.id, worker.online ? nameOf(worker) : tr("%1 (away)").arg(nameOf(worker))});
  }
  if (!found) {
    choices.push_back({chosen, tr("%1 (away)").arg(QString::fromStdString(chosen))});
  }
  return choices;
}

QString placementSentence(const app::Snapshot& snapshot) {
  const auto effective = [](const std::string& chosen, const app::Place& place) {
    return chosen.empty() || !place.reason.empty() ? place.worker : chosen;
  };
  const std::string train = effective(snapshot.task.trainOn, snapshot.placement.learning);
  const std::string serve = effective(snapshot.task.serveOn, snapshot.placement.answering);
  if (snapshot.placement.answering.none) {
    return tr("Nobody answers now.");
  }
  const bool others = std::any_of(snapshot.workers.begin(), snapshot.workers.end(),
                                  [](const app::WorkerView& w) { return !w.local; });
  if (isHere(snapshot, train) && isHere(snapshot, serve)) {
    return others ? tr("Everything runs on this computer. Others are ready to share the work.")
                  : tr("Everything runs on this computer. Add another to share the work.");
  }
  QString sentence = train == serve
                         ? tr("%1 learns and answers.").arg(placeName(snapshot, train))
                         : tr("%1 learns, %2 answers.")
                               .arg(placeName(snapshot, train), placeName(snapshot, serve));
  sentence[0] = sentence[0].toUpper();
  return sentence;
}

QString placementReason(const app::Snapshot& snapshot) {
  const app::Place& learning = snapshot.placement.learning;
  const app::Place& answering = snapshot.placement.answering;
  const auto text = [](const app::Place& place) { return QString::fromStdString(place.reason); };
  if (!learning.byPolicy && !answering.byPolicy) {
    return {};
  }
  if (learning.byPolicy && answering.byPolicy && learning.reason != answering.reason) {
    return tr("As your rule says. Learning: %1. Answering: %2.")
        .arg(text(learning), text(answering));
  }
  const app::Place& one = answering.byPolicy ? answering : learning;
  return one.none ? tr("As your rule says: %1").arg(text(one))
                  : tr("As your rule says: %1.").arg(text(one));
}

QString steadinessWords(int step) {
  switch (step) {
    case 0:
      return tr("quick");
    case 1:
      return tr("rather quick");
    case 2:
      return tr("balanced");
    case 3:
      return tr("rather steady");
    default:
      return tr("steady");
  }
}

JoinWords joinWords(const app::Snapshot& snapshot) {
  const QUrl url(QString::fromStdString(snapshot.brokerText));
  const QString host = url.host();
  if (!url.isValid() || host.isEmpty()) {
    return {tr("The broker of this project is private: no other computer can reach it. Open the "
               "project with a broker of your house, then type on the other computer:"),
            QStringLiteral("mimosa-worker --broker mqtt://ADDRESS:1883")};
  }
  const bool secure = url.scheme() == QStringLiteral("mqtts");
  const bool onlyHere = host == QStringLiteral("localhost") ||
                        host.startsWith(QStringLiteral("127.")) || host == QStringLiteral("::1");
  QStringList words{
      QStringLiteral("mimosa-worker --broker"),
      onlyHere
          ? QStringLiteral("%1://ADDRESS:%2").arg(url.scheme()).arg(url.port(secure ? 8883 : 1883))
          : url.toString()};
  if (!snapshot.site.empty() && snapshot.site != "home") {
    words << QStringLiteral("--site") << QString::fromStdString(snapshot.site);
  }
  if (secure) {
    words << QStringLiteral("--ca CERTIFICATE");
  }
  if (snapshot.brokerWantsPassword) {
    words << QStringLiteral("--user NAME --password-file FILE");
  }
  QStringList own;
  if (onlyHere) {
    own << tr("the address of this computer for ADDRESS");
  }
  if (secure) {
    own << tr("the file of your authority for CERTIFICATE");
  }
  if (snapshot.brokerWantsPassword) {
    own << tr("its own name and password at the broker");
  }
  return {own.isEmpty() ? tr("Type on the other computer:")
                        : tr("Type on the other computer, with %1:").arg(own.join(tr(", "))),
          words.join(QLatin1Char(' '))};
}

}  // namespace ui
