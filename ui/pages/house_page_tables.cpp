// The tables of the House page: computers and sources.

#include <QThread>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/house_rows.h"
#include "ui/models/quality_words.h"
#include "ui/models/worker_rows.h"
#include "ui/pages/house_page.h"
#include "ui/views/basics.h"
#include "ui/views/row_table.h"

namespace ui {
namespace {

void setFigure(QWidget* cell, const QString& text) {
  setTextIfNew(static_cast<QLabel*>(cell), text);
}

}  // namespace

QFrame* HousePage::makeTable(const QString& title, RowTable* table) {
  auto* card = makeFrame("card");
  auto* column = tightLayout<QVBoxLayout>(card, 6, {16, 14, 16, 14});
  column->addWidget(makeText(title, "card-title", card));
  column->addWidget(table);
  table->setAccessibleName(title);
  return card;
}

void HousePage::showDevices() {
  const auto rows = workerRows(*snapshot_, QThread::idealThreadCount());
  setTextIfNew(line_, houseLine(*snapshot_, rows.size()));
  devices_->cutTo(static_cast<int>(rows.size()));
  for (int i = 0; i < std::ssize(rows); ++i) {
    if (i >= devices_->rows()) {
      devices_->addRow({new ToneText(ToneText::Lines::One), new ElidedLabel({}), new FigureLabel,
                        new FigureLabel, new LoadBar(theme_), new FigureLabel,
                        new ElidedLabel({})});
    }
    const WorkerRow& row = rows[static_cast<std::size_t>(i)];
    auto* name = static_cast<ToneText*>(devices_->cell(i, 0));
    name->show(row.online ? Tone::Fine : Tone::Waiting, row.name);
    name->setAccessibleName(tr("%1, %2").arg(row.name, row.online ? tr("online") : tr("away")));
    setFigure(devices_->cell(i, 1), row.where);
    setFigure(devices_->cell(i, 2), row.cores);
    setFigure(devices_->cell(i, 3), row.memory);
    static_cast<LoadBar*>(devices_->cell(i, 4))->show(row.load, row.loadText);
    setFigure(devices_->cell(i, 5), row.roundTrip);
    setFigure(devices_->cell(i, 6), row.doing);
  }
}

void HousePage::showSources(base::Time now) {
  auto rows = sourceRows(*snapshot_, now - shownAt_);
  const auto skew = feed_.skew();
  for (SourceRow& row : rows) {
    addQuality(row, feed_.quality(row.id));
    addReading(row, *snapshot_, *skew);
  }
  const auto used = std::count_if(rows.begin(), rows.end(), [](const auto& r) { return r.used; });
  sources_->cutTo(static_cast<int>(rows.size()));
  sources_->setVisible(!rows.empty());
  noSources_->setVisible(rows.empty());
  for (int i = 0; i < std::ssize(rows); ++i) {
    if (i >= sources_->rows()) {
      auto* box = new UseBox;
      connect(box, &UseBox::clicked, this, [this, box](bool on) {
        Q_EMIT wanted(intent::SetSourceUsed{box->objectName().toStdString(), on});
      });
      sources_->addRow({box, new ElidedLabel({}), new ElidedLabel({}), new FigureLabel,
                        new FigureLabel, new FigureLabel, new FigureLabel,
                        new ToneText(ToneText::Lines::One)});
    }
    const SourceRow& row = rows[static_cast<std::size_t>(i)];
    auto* box = static_cast<UseBox*>(sources_->cell(i, 0));
    const bool last = row.used && used == 1;
    box->setObjectName(QString::fromStdString(row.id));
    box->setChecked(row.used);
    box->setEnabled(!last);
    box->setAccessibleName(tr("Use %1").arg(row.name));
    box->setToolTip(last ? tr("At least one source is used")
                         : tr("Whether I learn from %1 and listen to it").arg(row.name));
    setFigure(sources_->cell(i, 1), row.name);
    setFigure(sources_->cell(i, 2), row.from);
    setFigure(sources_->cell(i, 3), row.rate);
    setFigure(sources_->cell(i, 4), row.lost);
    setFigure(sources_->cell(i, 5), row.age);
    setFigure(sources_->cell(i, 6), row.offset);
    static_cast<ToneText*>(sources_->cell(i, 7))
        ->show(row.wrong    ? Tone::Changed
               : row.silent ? Tone::Waiting
               : row.used ? Tone::Fine
                          : Tone::None,
               row.state);
    sources_->cell(i, 7)->setToolTip(row.detail);
    sources_->cell(i, 7)->setAccessibleDescription(row.detail);
  }
}

}  // namespace ui
