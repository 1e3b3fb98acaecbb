#include "ui/views/source_card.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <algorithm>

#include "ui/views/basics.h"
#include "ui/views/param_editor.h"
#include "ui/views/region_view.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kNameWidth = 150;

}  // namespace

SourceCard::SourceCard(const Theme& theme, Options options, Pictures pictures, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      options_(std::move(options)),
      pictures_(std::move(pictures)) {
  setProperty("role", "card");
  setAccessibleName(tr("How a source is read"));
  auto* column = tightLayout<QVBoxLayout>(this, 8, {16, 14, 16, 14});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 12);
  head->addWidget(makeText(tr("How a source is read"), "card-title", this));
  head->addStretch(1);
  source_ = makeChoiceBox(theme, this);
  source_->setAccessibleName(tr("Source"));
  source_->setToolTip(tr("The source whose reading is shown and changed here"));
  source_->setMinimumWidth(220);
  head->addWidget(source_);
  column->addLayout(head);

  auto* grid = tightLayout<QGridLayout>(nullptr, 8);
  grid->setColumnMinimumWidth(0, kNameWidth);
  grid->setColumnStretch(1, 1);
  grid->addWidget(makeText(tr("Features"), "", this), 0, 0);
  extractor_ = makeChoiceBox(theme, this);
  extractor_->setAccessibleName(tr("Features"));
  extractor_->setToolTip(tr("What its numbers are turned into before I learn from them"));
  extractor_->setMinimumWidth(220);
  extractorWait_ = makeText(tr("I find out what it can be turned into…"), "muted", this);
  auto* extractorRow = tightLayout<QHBoxLayout>(nullptr, 8);
  extractorRow->addWidget(extractor_);
  extractorRow->addWidget(extractorWait_);
  extractorRow->addStretch(1);
  grid->addLayout(extractorRow, 0, 1);

  regionRow_ = new QWidget(this);
  auto* region = tightLayout<QHBoxLayout>(regionRow_, 8);
  region->addWidget(makeText(tr("Part of the picture"), "", regionRow_));
  region->itemAt(0)->widget()->setFixedWidth(kNameWidth);
  const std::pair<QString, QString> edges[] = {
      {tr("left"), tr("Where the part begins, from the left")},
      {tr("top"), tr("Where the part begins, from the top")},
      {tr("width"), tr("How wide the part is")},
      {tr("height"), tr("How high the part is")}};
  for (const auto& [name, tip] : edges) {
    region->addWidget(makeText(name, "secondary", regionRow_));
    auto* edge = new QSpinBox(regionRow_);
    edge->setRange(0, 100);
    edge->setSuffix(QStringLiteral(" %"));
    edge->setAccessibleName(tr("Part of the picture: %1").arg(name));
    edge->setToolTip(tip);
    edge->setKeyboardTracking(false);
    edge->setFixedWidth(64);
    edge->setButtonSymbols(QAbstractSpinBox::NoButtons);  // the arrow keys do the same
    connect(edge, &QSpinBox::editingFinished, this, &SourceCard::sendTypedRegion);
    region->addWidget(edge);
    region_.push_back(edge);
  }
  region->addStretch(1);
  column->addLayout(grid);
  column->addWidget(regionRow_);
  drawRow_ = makeRegion();
  column->addWidget(drawRow_);

  gapsTitle_ = makeText(tr("What stands where a number is missing"), "section", this);
  column->addWidget(gapsTitle_);
  channelsHost_ = new QWidget(this);
  channels_ = tightLayout<QGridLayout>(channelsHost_, 8);
  channels_->setColumnMinimumWidth(0, kNameWidth);
  channels_->setColumnStretch(3, 1);
  column->addWidget(channelsHost_);

  flagRow_ = new QWidget(this);
  auto* flagRow = tightLayout<QHBoxLayout>(flagRow_, 12);
  flag_ = makeText({}, "warn", flagRow_);
  flag_->setWordWrap(true);
  flag_->setTextFormat(Qt::PlainText);
  learn_ = new QCheckBox(tr("Learn from it all the same"), flagRow_);
  learn_->setToolTip(tr("Takes also what was recorded while its numbers looked wrong"));
  flagRow->addWidget(flag_, 1);
  flagRow->addWidget(learn_);
  column->addWidget(flagRow_);

  connect(source_, &QComboBox::activated, this, [this](int at) {
    if (at >= 0 && at < std::ssize(sources_)) choose(sources_[static_cast<std::size_t>(at)]);
  });
  connect(extractor_, &QComboBox::activated, this, [this](int at) {
    if (at < 0 || at >= std::ssize(shown_.extractors)) return;
    const std::string& id = shown_.extractors[static_cast<std::size_t>(at)];
    Q_EMIT wanted(intent::SetExtractor{shown_.source, extractorWith(id, shown_.region)});
  });
  connect(learn_, &QCheckBox::clicked, this, [this](bool on) {
    Q_EMIT wanted(intent::SetLearnFlagged{shown_.source, on});
  });
}

QWidget* SourceCard::makeRegion() {
  auto* host = new QWidget(this);
  auto* row = tightLayout<QHBoxLayout>(host, 16, {kNameWidth + 8, 0, 0, 0});
  draw_ = new RegionView(theme_, host);
  row->addWidget(draw_, 0, Qt::AlignTop);
  auto* side = tightLayout<QVBoxLayout>(nullptr, 8);
  drawHint_ = makeText(tr("Draw the part with the mouse. Or with keys: arrows move it, Shift and "
                          "arrows resize it, Enter takes it, Esc leaves it as it was."),
                       "muted", host);
  drawHint_->setWordWrap(true);
  side->addWidget(drawHint_);
  whole_ = makeButton(tr("All of the picture"), tr("Looks at all of the picture again"), "", host);
  connect(whole_, &QPushButton::clicked, draw_, &RegionView::takeWhole);
  side->addWidget(whole_, 0, Qt::AlignLeft);
  side->addStretch(1);
  row->addLayout(side, 1);
  connect(draw_, &RegionView::regionWanted, this,
          [this](const sensors::Region& region) { sendRegion(region); });
  return host;
}

void SourceCard::pull() {
  if (shown_.isPicture && isVisible()) {
    draw_->setPicture(pictures_(shown_.source));
  }
}

bool SourceCard::isBusy() const {
  const auto boxes = findChildren<QComboBox*>();
  const bool isOpen = std::any_of(boxes.begin(), boxes.end(),
                                  [](const QComboBox* box) { return box->view()->isVisible(); });
  return isOpen || draw_->isBusy() || std::any_of(region_.begin(), region_.end(),
                               [](const QSpinBox* edge) { return edge->hasFocus(); });
}

void SourceCard::choose(const std::string& source) {
  if (std::find(sources_.begin(), sources_.end(), source) == sources_.end()) {
    return;
  }
  chosen_ = source;
  Q_EMIT chosenChanged();
}

void SourceCard::show(const app::Snapshot& snapshot) {
  setVisible(!snapshot.sources.empty());
  if (isBusy()) {
    return;  // a person is choosing; the next snapshot comes soon
  }
  showSources(snapshot);
  const auto found =
      std::find_if(snapshot.sources.begin(), snapshot.sources.end(),
                   [this](const app::SourceView& s) { return s.info.id == chosen_; });
  if (found == snapshot.sources.end()) {
    return;
  }
  shown_ = sourceChoices(snapshot, *found, options_(chosen_));
  extractor_->setVisible(!shown_.extractors.empty());
  extractorWait_->setVisible(shown_.extractors.empty());
  fillChoices(extractor_, shown_.extractorNames, shown_.extractor, shown_.extractorTips);
  regionRow_->setVisible(shown_.isPicture);
  drawRow_->setVisible(shown_.isPicture);
  if (shown_.isPicture) {
    draw_->show(shown_.name, shown_.region);
    whole_->setEnabled(shown_.region != sensors::Region{});
    draw_->setPicture(pictures_(shown_.source));
  }
  const sensors::Region& r = shown_.region;
  const double edges[] = {r.left, r.top, r.width, r.height};
  for (std::size_t i = 0; i < region_.size(); ++i) {
    region_[i]->setValue(qRound(100 * edges[i]));
  }
  showChannels();
  flagRow_->setVisible(!shown_.flag.isEmpty());
  setTextIfNew(flag_, shown_.flag);
  learn_->setChecked(shown_.learnFlagged);
}

void SourceCard::showSources(const app::Snapshot& snapshot) {
  QStringList names;
  sources_.clear();
  for (const app::SourceView& source : snapshot.sources) {
    sources_.push_back(source.info.id);
    names << words::sourceName(snapshot, source.info);
  }
  if (std::find(sources_.begin(), sources_.end(), chosen_) == sources_.end() && !sources_.empty()) {
    const auto flagged = std::find_if(snapshot.sources.begin(), snapshot.sources.end(),
                                      [](const auto& s) { return s.flag.has_value(); });
    chosen_ = flagged != snapshot.sources.end() ? flagged->info.id : sources_.front();
  }
  const auto at = std::find(sources_.begin(), sources_.end(), chosen_) - sources_.begin();
  fillChoices(source_, names, static_cast<int>(at));
}

void SourceCard::showChannels() {
  gapsTitle_->setVisible(!shown_.channels.empty());
  channelsHost_->setVisible(!shown_.channels.empty());
  while (fills_.size() < shown_.channels.size()) {
    const std::size_t at = fills_.size();
    auto* name = makeText({}, "", channelsHost_);
    name->setTextFormat(Qt::PlainText);
    QComboBox* box = makeChoiceBox(theme_, channelsHost_);
    box->setMinimumWidth(220);
    connect(box, &QComboBox::activated, this, [this, at](int chosen) {
      if (at >= shown_.channels.size() || chosen < 0 || chosen >= std::ssize(shown_.fills)) return;
      Q_EMIT wanted(intent::SetFill{shown_.source, shown_.channels[at].channel,
                                    shown_.fills[static_cast<std::size_t>(chosen)]});
    });
    channels_->addWidget(name, static_cast<int>(at), 0);
    channels_->addWidget(box, static_cast<int>(at), 1);
    channelNames_.push_back(name);
    fills_.push_back(box);
  }
  for (std::size_t i = 0; i < fills_.size(); ++i) {
    const bool isUsed = i < shown_.channels.size();
    fills_[i]->setVisible(isUsed);
    channelNames_[i]->setVisible(isUsed);
    if (!isUsed) {
      continue;
    }
    const FillRow& row = shown_.channels[i];
    setTextIfNew(channelNames_[i], row.name);
    fills_[i]->setAccessibleName(tr("%1: what stands where a number is missing").arg(row.name));
    fills_[i]->setToolTip(tr("Features see it; what was not measured is hatched in every plot"));
    fillChoices(fills_[i], shown_.fillNames, row.chosen);
  }
}

void SourceCard::sendTypedRegion() {
  const auto share = [this](std::size_t i) { return region_[i]->value() / 100.0; };
  sensors::Region region{share(0), share(1), share(2), share(3)};
  region.width = std::clamp(region.width, 0.01, 1 - std::min(region.left, 0.99));
  region.height = std::clamp(region.height, 0.01, 1 - std::min(region.top, 0.99));
  sendRegion(region);
}

void SourceCard::sendRegion(const sensors::Region& region) {
  if (shown_.extractor < 0) {
    return;
  }
  const std::string& id = shown_.extractors[static_cast<std::size_t>(shown_.extractor)];
  const std::string wantedText = extractorWith(id, region);
  if (wantedText != extractorWith(id, shown_.region)) {
    Q_EMIT wanted(intent::SetExtractor{shown_.source, wantedText});
  }
}

}  // namespace ui
