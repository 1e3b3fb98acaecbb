#include "ui/pages/house_page.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/house_rows.h"
#include "ui/models/newest_picture.h"
#include "ui/pages/node_card.h"
#include "ui/views/basics.h"
#include "ui/views/flow_layout.h"
#include "ui/views/local_card.h"
#include "ui/views/param_form.h"
#include "ui/views/placement_card.h"
#include "ui/views/places_card.h"
#include "ui/views/row_table.h"
#include "ui/views/source_card.h"

namespace ui {
namespace {

constexpr int kStackBelow = 760;  ///< the form and the placement stand one above the other
constexpr Qt::Alignment kLeft = Qt::AlignLeft;
constexpr Qt::Alignment kRight = Qt::AlignRight;

}  // namespace

HousePage::HousePage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), theme_(theme), feed_(std::move(feed)) {
  auto* outer = tightLayout<QVBoxLayout>(this, 12, {24, 14, 14, 0});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  head->setContentsMargins(2, 0, 0, 0);
  head->addWidget(makeText(tr("House"), "page-title", this));
  line_ = makeText({}, "muted", this);
  head->addWidget(line_, 1);
  outer->addLayout(head);

  scroll_ = makeScroll(this);
  scroll_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  auto* body = new QWidget;
  auto* column = tightLayout<QVBoxLayout>(body, 12, {2, 2, 2, 16});
  nodesHost_ = new QWidget(body);
  nodesHost_->setAccessibleName(tr("Nodes"));
  nodes_ = new FlowLayout(nodesHost_, NodeCard::kLeastWidth, NodeCard::kMostWidth,
                          NodeCard::kHeight, 12);
  column->addWidget(nodesHost_);
  noNodes_ = makeText({}, "muted", body);
  noNodes_->setWordWrap(true);
  column->addWidget(noNodes_);

  form_ = new ParamForm(theme, body);
  placement_ = new PlacementCard(theme, body);
  pair_ = tightLayout<QGridLayout>(nullptr, 12);
  column->addLayout(pair_);

  local_ = new LocalCard(theme, body);
  column->addWidget(local_);

  devices_ = new RowTable(theme,
                          {{tr("device"), kLeft, 3, 110},
                           {tr("where"), kLeft, 2, 70},
                           {tr("cores"), kRight, 0, 0},
                           {tr("memory"), kRight, 0, 0},
                           {tr("load"), kLeft, 2, 104},
                           {tr("round trip"), kRight, 0, 0},
                           {tr("doing"), kLeft, 2, 80}},
                          32);
  column->addWidget(makeTable(tr("Devices"), devices_));
  places_ = new PlacesCard(theme, body);
  column->addWidget(places_);
  sources_ = new RowTable(theme,
                          {{tr("used"), kLeft, 0, 32},
                           {tr("source"), kLeft, 3, 110},
                           {tr("from"), kLeft, 2, 80},
                           {tr("rate"), kRight, 0, 76},
                           {tr("lost"), kRight, 0, 32},
                           {tr("last heard"), kRight, 0, 84},
                           {tr("clock"), kRight, 0, 108},
                           {tr("state"), kLeft, 2, 110}},
                          34);
  QFrame* sources = makeTable(tr("Sources"), sources_);
  noSources_ = makeText(tr("I hear and see nothing yet."), "muted", sources);
  sources->layout()->addWidget(noSources_);
  column->addWidget(sources);
  reading_ = new SourceCard(
      theme, feed_.extractors,
      [this](const std::string& source) { return newestPicture(feed_, source); }, body);
  column->addWidget(reading_);
  column->addStretch();
  setScrolled(scroll_, body);
  outer->addWidget(scroll_, 1);

  connect(form_, &ParamForm::wanted, this, &Page::wanted);
  connect(placement_, &PlacementCard::wanted, this, &Page::wanted);
  connect(local_, &LocalCard::wanted, this, &Page::wanted);
  connect(reading_, &SourceCard::wanted, this, &Page::wanted);
  connect(reading_, &SourceCard::chosenChanged, this, [this] { reading_->show(*snapshot_); });
  connect(local_, &LocalCard::topicsWanted, this, &HousePage::topicsWanted);
  buildFacts();
  fit();
}

const hubs::NodeView* HousePage::chosenNode() const {
  if (!snapshot_) {
    return nullptr;
  }
  for (const hubs::NodeView& node : snapshot_->nodes) {
    if (node.device.id == chosen_) {
      return &node;
    }
  }
  return nullptr;
}

void HousePage::choose(const std::string& node) {
  chosen_ = node;
  for (NodeCard* card : cards_) {
    card->setChecked(card->node() == node);
    if (card->node() == node) {
      scroll_->ensureWidgetVisible(card);
    }
  }
  showSettings(feed_.now());
  showFacts();
  Q_EMIT selected({.kind = Selection::Kind::Node, .id = 0, .name = node});
}

void HousePage::showSettings(base::Time now) {
  static const std::vector<app::SettingTrial> kNone;
  form_->show(chosenNode(), snapshot_ ? snapshot_->trials : kNone, now);
}

void HousePage::showSelection(const Selection& selection) {
  if (selection.kind == Selection::Kind::Node && selection.name != chosen_) {
    choose(selection.name);
  }
}

void HousePage::showSnapshot(const app::SnapshotPtr& snapshot) {
  snapshot_ = snapshot;
  shownAt_ = feed_.now();
  if (chosenNode() == nullptr) {
    const auto& nodes = snapshot->nodes;
    const auto settable = std::find_if(
        nodes.begin(), nodes.end(), [](const auto& n) { return !n.device.about.params.empty(); });
    chosen_ = settable != nodes.end() ? settable->device.id
              : nodes.empty()         ? std::string()
                                      : nodes.front().device.id;
  }
  showNodes(shownAt_);
  showSettings(shownAt_);
  placement_->show(*snapshot);
  local_->show(*snapshot);
  reading_->show(*snapshot);
  showDevices();
  places_->show(snapshot, shownAt_);
  showSources(shownAt_);
  showFacts();
}

void HousePage::showNodes(base::Time now) {
  const auto& nodes = snapshot_->nodes;
  const bool changed = cards_.size() != nodes.size();
  while (cards_.size() > nodes.size()) {
    nodes_->removeWidget(cards_.back());
    cards_.back()->hide();
    cards_.back()->deleteLater();
    cards_.pop_back();
  }
  while (cards_.size() < nodes.size()) {
    auto* card = new NodeCard(theme_, nodesHost_);
    const std::size_t at = cards_.size();
    connect(card, &QAbstractButton::clicked, this, [this, card] { choose(card->node()); });
    connect(card, &NodeCard::moved, this, [this, at](int steps) {
      const auto to = static_cast<std::ptrdiff_t>(at) + steps;
      if (to >= 0 && to < std::ssize(cards_)) {
        NodeCard* next = cards_[static_cast<std::size_t>(to)];
        next->setFocus(Qt::TabFocusReason);
        choose(next->node());
      }
    });
    nodes_->addWidget(card);
    card->show();
    if (at > 0) {
      QWidget::setTabOrder(cards_.back(), card);
    }
    cards_.push_back(card);
  }
  for (std::size_t i = 0; i < cards_.size(); ++i) {
    cards_[i]->show(*snapshot_, nodes[i], now);
    cards_[i]->setChecked(nodes[i].device.id == chosen_);
    if (changed) {
      cards_[i]->pull(feed_, *snapshot_, now);
    }
  }
  nodesHost_->setVisible(!cards_.empty());
  noNodes_->setVisible(cards_.empty());
  setTextIfNew(noNodes_, tr("No node yet. Devices that speak to the %1 appear by themselves.")
                             .arg(QString::fromStdString(snapshot_->brokerText)));
  if (changed) {
    fit();
  }
}

void HousePage::tick(base::Time now) {
  constexpr int kDrawEvery = 2;
  if (!snapshot_ || ++turn_ % kDrawEvery != 0) {
    return;
  }
  for (std::size_t i = 0; i < cards_.size() && i < snapshot_->nodes.size(); ++i) {
    cards_[i]->show(*snapshot_, snapshot_->nodes[i], now);
    cards_[i]->pull(feed_, *snapshot_, now);
  }
  showSources(now);
  reading_->pull();
  if (!snapshot_->trials.empty()) {
    showSettings(now);
  }
  if (local_->isLooking()) {
    local_->pull(feed_.localSearch());
  }
}

void HousePage::fit() {
  const int wide = width() - 38 - 14;
  nodesHost_->setFixedHeight(nodes_->heightForWidth(std::max(wide, NodeCard::kLeastWidth)));
  const bool stacked = wide < kStackBelow;
  pair_->removeWidget(form_);
  pair_->removeWidget(placement_);
  pair_->addWidget(form_, 0, 0);
  pair_->addWidget(placement_, stacked ? 1 : 0, stacked ? 0 : 1);
  pair_->setColumnStretch(0, 5);
  pair_->setColumnStretch(1, stacked ? 0 : 3);
}

void HousePage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  fit();
}

}  // namespace ui
