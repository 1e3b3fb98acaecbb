// The page Check beside other models, and beside the last hour.

#include <QComboBox>
#include <set>

#include "ui/pages/check_page.h"

namespace ui {

QString CheckPage::chosenRival() const { return compare_->currentData().toString(); }

const app::CheckRival* CheckPage::rival() const {
  if (!view_.report || !view_.report->rival) return nullptr;
  const app::CheckRival& rival = *view_.report->rival;
  return rival.ensembleHash == chosenRival().toStdString() ? &rival : nullptr;
}

/// Former models of this task, newest first, of which it is known what they had learnt.
void CheckPage::fillCompared() {
  std::vector<std::pair<QString, QString>> items{{tr("Compare with…"), QString()}};
  const auto contents = feed_.library.contents ? feed_.library.contents() : nullptr;
  std::set<std::string> seen{view_.report ? view_.report->ensembleHash : std::string()};
  if (contents && snapshot_) {
    for (auto model = contents->models.rbegin(); model != contents->models.rend(); ++model) {
      const app::ModelLineage& one = **model;
      if (one.task != snapshot_->task.id || one.learnt.empty() || !seen.insert(one.hash).second)
        continue;
      items.emplace_back(tr("Model %1").arg(one.version), QString::fromStdString(one.hash));
    }
  }
  compare_->setVisible(view_.report != nullptr && items.size() > 1);
  bool same = compare_->count() == static_cast<int>(items.size());
  for (int i = 0; same && i < compare_->count(); ++i) {
    same = compare_->itemData(i).toString() == items[static_cast<std::size_t>(i)].second;
  }
  if (same) return;
  const QString chosen = chosenRival();
  const QSignalBlocker quiet(compare_);
  compare_->clear();
  for (const auto& [text, hash] : items) compare_->addItem(text, hash);
  const int at = compare_->findData(chosen);
  compare_->setCurrentIndex(std::max(0, at));
  if (at < 0 && !chosen.isEmpty()) feed_.check.compare({});
}

void CheckPage::drawMap() {
  for (const Place& one : places_) {
    if (one.card->chart() == map_) drawPlace(one);
  }
}

}  // namespace ui
