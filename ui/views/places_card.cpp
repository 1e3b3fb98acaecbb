#include "ui/views/places_card.h"

#include <QComboBox>
#include <QGridLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/charts/chart_card.h"
#include "ui/charts/places_chart.h"
#include "ui/models/place_rows.h"
#include "ui/views/basics.h"
#include "ui/views/param_editor.h"
#include "ui/views/row_table.h"

namespace ui {
namespace {
constexpr int kPlacesStackBelow = 760;
}  // namespace

PlacesCard::PlacesCard(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), chart_(new PlacesChart(theme)) {
  grid_ = tightLayout<QGridLayout>(this, 12);
  card_ = new ChartCard(theme, chart_, tr("Which computer did what"), this);
  window_ = makeChoiceBox(theme, this);
  window_->setAccessibleName(tr("Time shown"));
  window_->setToolTip(tr("How much of the past is shown; + and − in the chart change it"));
  for (const PlaceWindow& one : placeWindows()) window_->addItem(one.name);
  window_->setCurrentIndex(kUsualPlaceWindow);
  card_->addControl(window_);
  QWidget* before = nullptr;
  for (QWidget* widget : card_->tabChain()) {
    if (before) setTabOrder(before, widget);
    before = widget;
  }
  buildReasons();
  connect(window_, &QComboBox::currentIndexChanged, this, &PlacesCard::redraw);
  connect(chart_, &PlacesChart::zoomed, this, &PlacesCard::zoom);
  connect(chart_, &Chart::opened, this, [this] {
    const auto& blocks = chart_->value().blocks;
    chosen_ = blocks[static_cast<std::size_t>(chart_->cursor())].key;
    showReasons();
  });
}

void PlacesCard::buildReasons() {
  reasons_ = makeFrame("card", this);
  reasons_->setAccessibleName(tr("Why there"));
  auto* column = tightLayout<QVBoxLayout>(reasons_, 6, {16, 14, 16, 14});
  title_ = makeText({}, "card-title", reasons_);
  when_ = makeText({}, "secondary", reasons_);
  sentence_ = makeText({}, "", reasons_);
  rule_ = makeText({}, "secondary", reasons_);
  for (QLabel* text : {title_, when_, sentence_, rule_}) {
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    column->addWidget(text);
  }
  rows_ = new RowTable(theme_,
                       {{{}, Qt::AlignLeft, 0, 18},
                        {tr("device"), Qt::AlignLeft, 2, 112},
                        {tr("why"), Qt::AlignLeft, 3, 110}},
                       30);
  rows_->setAccessibleName(tr("How the rule ranked the computers then"));
  column->addWidget(rows_);
  column->addStretch();
}

void PlacesCard::show(const app::SnapshotPtr& snapshot, base::Time now) {
  constexpr base::Duration kOften = std::chrono::seconds(1);
  const bool same = snapshot_ && snapshot_->places == snapshot->places &&
                    base::floorTo(now_, kOften) == base::floorTo(now, kOften);
  snapshot_ = snapshot;
  now_ = now;
  if (!same) redraw();
}

void PlacesCard::redraw() {
  if (!snapshot_) return;
  if (snapshot_->places->empty()) {
    card_->showWords(
        tr("Nothing has been learnt yet. From the first model on you see here which "
           "computer learns and which answers."));
    reasons_->hide();
    window_->hide();
    card_->setMinimumHeight(120);
    return arrange();
  }
  window_->show();
  chart_->show(placesChart(*snapshot_, now_, window_->currentIndex()));
  card_->showFound();
  card_->setMinimumHeight(0);
  showReasons();
}

void PlacesCard::showReasons() {
  std::optional<std::size_t> at;
  for (const auto& block : chart_->value().blocks) {
    if (block.key == chosen_) at = block.stretch;
  }
  if (!at) at = usualStretch(*snapshot_);
  if (!at) return;
  const PlaceReasons why = placeReasons(snapshot_->places->at(*at), *snapshot_, now_);
  setTextIfNew(title_, why.title);
  setTextIfNew(when_, why.when);
  setTextIfNew(sentence_, why.sentence);
  setTextIfNew(rule_, why.rule);
  rule_->setVisible(!why.rule.isEmpty());
  rows_->cutTo(static_cast<int>(why.rows.size()));
  rows_->setVisible(!why.rows.empty());
  for (int i = 0; i < std::ssize(why.rows); ++i) {
    if (i >= rows_->rows()) {
      auto* words = makeText({}, "", reasons_);
      words->setTextFormat(Qt::PlainText);
      words->setWordWrap(true);
      rows_->addRow({new FigureLabel, new ElidedLabel({}), words});
    }
    const PlaceReasons::Row& row = why.rows[static_cast<std::size_t>(i)];
    const bool fits = row.tone != Tone::Refused;
    const auto set = [&](int column, const QString& text) {
      auto* cell = static_cast<QLabel*>(rows_->cell(i, column));
      setTextIfNew(cell, text);
      return cell;
    };
    set(0, fits ? QString::number(i + 1) : toneSymbol(Tone::Refused));
    setRole(set(1, row.computer), row.chosen ? "strong" : "");
    set(2, row.why);
  }
  if (reasons_->isHidden()) {
    reasons_->show();
    arrange();
  }
}

void PlacesCard::zoom(int steps) {
  const int to = window_->currentIndex() + steps;
  if (to >= 0 && to < window_->count()) window_->setCurrentIndex(to);
}

void PlacesCard::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

void PlacesCard::arrange() {
  const bool stacked = width() < kPlacesStackBelow;
  grid_->removeWidget(card_);
  grid_->removeWidget(reasons_);
  grid_->addWidget(card_, 0, 0);
  grid_->addWidget(reasons_, stacked ? 1 : 0, stacked ? 0 : 1);
  grid_->setColumnStretch(0, 5);
  grid_->setColumnStretch(1, stacked || reasons_->isHidden() ? 0 : 3);
}

}  // namespace ui
