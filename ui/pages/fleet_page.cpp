#include "ui/pages/fleet_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/flow_layout.h"

namespace ui {
namespace {

constexpr int kLeastWidth = 220, kMostWidth = 340, kHeight = 84;

}  // namespace

FleetPage::FleetPage(const Theme&, Feed feed, QWidget* parent)
    : Page(parent), feed_(std::move(feed)) {
  setAccessibleName(tr("Fleet"));
  auto* column = tightLayout<QVBoxLayout>(this, 12, {24, 14, 24, 16});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  head->addWidget(makeText(tr("Fleet"), "page-title", this));
  line_ = makeText({}, "muted", this);
  line_->setTextFormat(Qt::PlainText);
  head->addWidget(line_, 1);
  column->addLayout(head);

  alone_ = makeFrame("card", this);
  auto* row = tightLayout<QHBoxLayout>(alone_, 16, {16, 12, 16, 12});
  aloneText_ = makeText({}, "", alone_);
  aloneText_->setWordWrap(true);
  add_ = makeButton(tr("Add a device"), tr("Shows on the page House how another computer joins"),
                    "", alone_);
  connect(add_, &QPushButton::clicked, this, [this] { Q_EMIT pageWanted(PageId::House); });
  row->addWidget(aloneText_, 1);
  row->addWidget(add_, 0, Qt::AlignVCenter);
  column->addWidget(alone_);

  host_ = new QWidget(this);
  host_->setAccessibleName(tr("Devices"));
  flow_ = new FlowLayout(host_, kLeastWidth, kMostWidth, kHeight, 12);
  column->addWidget(host_);
  column->addStretch();
}

FleetPage::Cell FleetPage::makeCell() {
  Cell cell{};
  cell.frame = makeFrame("card", host_);
  auto* row = tightLayout<QHBoxLayout>(cell.frame, 12, {14, 10, 14, 10});
  cell.symbol = makeText({}, "welcome", cell.frame);
  cell.symbol->setFixedWidth(26);
  row->addWidget(cell.symbol, 0, Qt::AlignVCenter);
  auto* texts = tightLayout<QVBoxLayout>(nullptr, 2);
  cell.name = new ElidedLabel({}, "strong", cell.frame);
  cell.text = new ElidedLabel({}, "", cell.frame);
  cell.detail = new ElidedLabel({}, "secondary", cell.frame);
  texts->addWidget(cell.name);
  texts->addWidget(cell.text);
  texts->addWidget(cell.detail);
  row->addLayout(texts, 1);
  flow_->addWidget(cell.frame);
  return cell;
}

void FleetPage::showSnapshot(const app::SnapshotPtr& snapshot) {
  const auto cells = fleetCells(*snapshot, feed_.latest());
  setTextIfNew(line_, fleetLine(*snapshot, cells));
  alone_->setVisible(cells.size() < 2);
  setTextIfNew(aloneText_,
               snapshot->model.version == 0
                   ? tr("One device, no waves needed. The first model is served here as soon as it "
                        "is learnt.")
                   : tr("One device, no waves needed. A new model is served here by itself once it "
                        "is no worse on the old examples."));
  while (cells_.size() < cells.size()) {
    cells_.push_back(makeCell());
  }
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    cells_[i].frame->setVisible(i < cells.size());
    if (i >= cells.size()) {
      continue;
    }
    const FleetCell& cell = cells[i];
    setTextIfNew(cells_[i].symbol, cell.symbol);
    setTextIfNew(cells_[i].name, cell.name);
    setTextIfNew(cells_[i].text, cell.text);
    setTextIfNew(cells_[i].detail, cell.detail);
    cells_[i].frame->setAccessibleName(
        QStringLiteral("%1, %2, %3").arg(cell.name, cell.text, cell.detail));
  }
}

bool FleetPage::handleEnter() {
  if (!alone_->isVisible()) {
    return false;
  }
  add_->click();
  return true;
}

}  // namespace ui
