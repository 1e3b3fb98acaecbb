#include "ui/status_strip.h"

#include <QHBoxLayout>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

/// "0.3", "12".
QString milliseconds(double ms) { return QString::number(ms, 'f', ms < 10 ? 1 : 0); }

QString diskText(const app::Snapshot& snapshot) {
  const auto free = static_cast<double>(snapshot.diskFree);
  const QString room = words::bytes(free);
  if (snapshot.bytesPerSecond < 1) {
    return StatusStrip::tr("disk %1").arg(room);
  }
  const double days = free / snapshot.bytesPerSecond / 86400;
  if (days >= 2) {
    return StatusStrip::tr("disk %1, about %2 days")
        .arg(room, words::number(std::min(days, 9999.0)));
  }
  return StatusStrip::tr("disk %1, about %2")
      .arg(room, words::duration(base::fromSeconds(days * 86400)));
}

}  // namespace

StatusStrip::StatusStrip(const Theme&, QWidget* parent) : QFrame(parent) {
  setProperty("role", "sunk");
  setFixedHeight(size::kStatus);
  setAccessibleName(tr("State of the program"));
  auto* row = tightLayout<QHBoxLayout>(this, 24, {16, 0, 8, 0});
  const auto add = [&](const QString& widest, const QString& tip) {
    auto* label = new FigureLabel("secondary", this);
    label->reserve(widest);
    label->setToolTip(tip);
    row->addWidget(label);
    return label;
  };
  rate_ =
      add(tr("%1 readings/s").arg(words::number(99999)), tr("Readings of all sources a second"));
  lost_ = add({}, tr("Blocks of readings lost since the project was opened"));
  answer_ = add({}, tr("From the newest reading to the answer: usual, and 95 of 100 are faster"));
  load_ = add(tr("this computer %1").arg(words::percent(0.99)),
              tr("What this program takes of all processor cores"));
  disk_ = add({}, tr("Room for the project; how long it lasts while recording all the time"));
  row->addStretch();
  auto* help = makeButton(tr("F1 help"), tr("Lists all keys of this page (F1)"), "quiet", this);
  help->setStyleSheet(QStringLiteral("min-height: 24px; font-size: 12px;"));
  connect(help, &QPushButton::clicked, this, &StatusStrip::helpPressed);
  row->addWidget(help);
}

void StatusStrip::show(const app::Snapshot& snapshot) {
  const auto set = [](FigureLabel* label, const QString& text) {
    if (label->text() != text) {
      label->setText(text);
      label->setAccessibleName(text);
      label->updateGeometry();
    }
  };
  set(rate_, tr("%1 readings/s").arg(words::number(snapshot.readingsPerSecond)));
  set(lost_, tr("%1 lost").arg(words::number(static_cast<double>(snapshot.lostBlocks))));
  setRole(lost_, snapshot.lostBlocks > 0 ? "rec" : "secondary");
  set(answer_, snapshot.latency.n == 0 ? tr("no answers yet")
                                       : tr("answer %1 ms (p95 %2)")
                                             .arg(milliseconds(snapshot.latency.p50Ms),
                                                  milliseconds(snapshot.latency.p95Ms)));
  set(load_, tr("this computer %1").arg(words::percent(snapshot.processorShare)));
  set(disk_, diskText(snapshot));
  const bool little = snapshot.bytesPerSecond >= 1 &&
                      static_cast<double>(snapshot.diskFree) / snapshot.bytesPerSecond < 3600;
  setRole(disk_, little ? "rec" : "secondary");
}

}  // namespace ui
