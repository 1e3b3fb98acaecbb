#include "ui/pages/teach_page.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/label_card.h"
#include "ui/pages/node_card.h"
#include "ui/pages/now_panel.h"
#include "ui/views/act_panel.h"
#include "ui/views/basics.h"
#include "ui/views/flow_layout.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kLeastNow = 250;
constexpr std::size_t kMostPictures = 256;
constexpr int kPictureEdge = 128;
constexpr base::Duration kHeardFor = std::chrono::minutes(10);
constexpr base::Duration kLookBackEvery = std::chrono::seconds(1);

}  // namespace

TeachPage::TeachPage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), theme_(theme), feed_(std::move(feed)) {
  auto* column = tightLayout<QVBoxLayout>(this, 12, {24, 16, 24, 16});
  next_ = new NextStepBar(theme, this);
  column->addWidget(next_);

  scroll_ = makeScroll(this);
  cardsHost_ = new QWidget(scroll_);
  cardsHost_->setAccessibleName(tr("Labels"));
  flow_ = new FlowLayout(cardsHost_, LabelCard::kLeastWidth, LabelCard::kMostWidth,
                         LabelCard::kHeight, 12);
  newLabel_ = new NewLabelCard(theme, cardsHost_);
  flow_->addWidget(newLabel_);
  setScrolled(scroll_, cardsHost_);
  column->addWidget(scroll_);

  act_ = new ActPanel(theme, this);
  column->addWidget(act_);
  connect(act_, &ActPanel::wanted, this, &Page::wanted);

  now_ = new NowPanel(theme, this);
  now_->setMinimumHeight(180);
  column->addWidget(now_, 1);

  connect(next_, &NextStepBar::wanted, this, &Page::wanted);
  connect(next_, &NextStepBar::newLabelWanted, this, [this] { startNewLabel(); });
  connect(next_, &NextStepBar::recordWanted, this, &TeachPage::recordWanted);
  connect(next_, &NextStepBar::stopWanted, this, &TeachPage::stopWanted);
  connect(next_, &NextStepBar::otherStartWanted, this, &TeachPage::otherStartWanted);
  connect(newLabel_, &NewLabelCard::wanted, this, &Page::wanted);
  connect(newLabel_, &NewLabelCard::editingDone, this, &Page::editingDone);
  connect(now_, &NowPanel::wanted, this, &Page::wanted);
  connect(now_, &NowPanel::keyClicked, this, &TeachPage::keyClicked);
  connect(now_, &NowPanel::spanPicked, this, &TeachPage::spanPicked);
}

void TeachPage::showSnapshot(const app::SnapshotPtr& snapshot) {
  snapshot_ = snapshot;
  if (snapshot->recording.active) {
    lastRecorded_ = snapshot->recording.label;
  }
  if (act_->show(snapshot->nodes)) {
    fitCards();
  }
  showCards();
  tick(feed_.now());
}

void TeachPage::tick(base::Time now) {
  if (!snapshot_) {
    return;
  }
  if (handsFree_.tick(now)) {
    Q_EMIT wanted(intent::StartRecording{handsFree_.label(), HandsFree::kLength});
  }
  std::optional<Countdown> count;
  if (handsFree_.isRunning()) {
    const app::LabelCard* card = words::findCard(*snapshot_, handsFree_.label());
    count = Countdown{.label = card ? QString::fromStdString(card->label.name) : QString(),
                      .round = handsFree_.round(),
                      .rounds = HandsFree::kTimes,
                      .seconds = handsFree_.countdown(now)};
  }
  next_->show(*snapshot_, now, count);
  if (snapshot_->recording.active) {
    showCards();
  }
  if (now - heardAt_ > kLookBackEvery) {
    heardAt_ = now;
    heard_ = feed_.heard({now - kHeardFor, now});
  }
  now_->show(*snapshot_, feed_.latest(), heard_, now, prefix_, missedFor_);
}

void TeachPage::showSelection(const Selection& selection) {
  selection_ = selection;
  if (snapshot_) {
    showCards();
  }
}

void TeachPage::setPrefix(TeachKeys::Prefix prefix, base::Duration missedFor) {
  if (prefix != prefix_ || missedFor != missedFor_) {
    prefix_ = prefix;
    missedFor_ = missedFor;
    tick(feed_.now());
  }
}

void TeachPage::setKeyNames(const PrefixKeyNames& names) { now_->setKeyNames(names); }

void TeachPage::setRecordBy(RecordBy by) {
  recordBy_ = by;
  if (snapshot_) {
    showCards();
  }
}

void TeachPage::showCards() {
  const app::Snapshot& s = *snapshot_;
  const auto wantedCards = s.cards.size();
  const bool changed = cards_.size() != wantedCards;
  while (cards_.size() > wantedCards) {
    cards_.back()->deleteLater();
    flow_->removeWidget(cards_.back());
    cards_.pop_back();
  }
  while (cards_.size() < wantedCards) {
    auto* card = new LabelCard(theme_, cardsHost_);
    connect(card, &LabelCard::wanted, this, &Page::wanted);
    connect(card, &LabelCard::editingDone, this, &Page::editingDone);
    connect(card, &LabelCard::chosen, this, [this](learners::LabelId id) {
      Q_EMIT selected({.kind = Selection::Kind::Label, .id = id, .name = {}});
    });
    connect(card, &LabelCard::exampleChosen, this, [this](std::int64_t id) {
      Q_EMIT selected({.kind = Selection::Kind::Example, .id = id, .name = {}});
    });
    flow_->addWidget(card);
    cards_.push_back(card);
    static_cast<QWidget*>(card)->show();
  }
  // Labels by key, then the background, then the card for a new one.
  const base::Duration so = feed_.now() - s.recording.since;
  const ThumbnailRanges ranges = thumbnailRanges(s);
  std::size_t at = 0;
  int further = 0;
  const auto put = [&](const app::LabelCard& card) {
    const bool numbered = card.label.key >= 0 || card.label.background;
    cards_[at]->setFurtherKey(numbered || ++further > 9 ? 0 : further);
    const bool recording = s.recording.active && s.recording.label == card.label.id;
    const bool chosen = selection_.kind == Selection::Kind::Label && selection_.id == card.label.id;
    cards_[at++]->show(card,
                       recording ? LabelCard::Mark::Recording
                       : chosen  ? LabelCard::Mark::Chosen
                                 : LabelCard::Mark::None,
                       so, recordBy_, ranges,
                       [this](const app::Example& example) { return pictureOf(example); });
  };
  for (const app::LabelCard& card : s.cards) {
    if (!card.label.background) {
      put(card);
    }
  }
  for (const app::LabelCard& card : s.cards) {
    if (card.label.background) {
      put(card);
    }
  }
  if (changed) {
    flow_->moveTo(newLabel_, flow_->count() - 1);
    QWidget::setTabOrder(cards_.empty() ? static_cast<QWidget*>(next_) : cards_.back(), newLabel_);
    fitCards();
  }
}

/// Where no signal was recorded, what a camera in use saw in the middle of the example.
QImage TeachPage::pictureOf(const app::Example& example) {
  const learners::Demonstration& d = example.demonstration;
  if (!example.thumbnail.empty() || !feed_.library.picture || d.span.isEmpty()) {
    return {};
  }
  if (const auto known = pictures_.find(d.id); known != pictures_.end()) {
    return known->second;
  }
  const base::Duration half = d.span.length() / 2;
  for (const app::SourceView& source : snapshot_->sources) {
    if (source.info.kind != sensors::SourceKind::Picture || !source.used) {
      continue;
    }
    const auto seen = feed_.library.picture(source.info.id, d.span.begin + half, half);
    if (seen) {
      if (pictures_.size() >= kMostPictures) {
        pictures_.clear();
      }
      return pictures_[d.id] = decodedThumbnail(seen->jpeg, kPictureEdge);
    }
  }
  return {};
}

void TeachPage::fitCards() {
  const bool low = height() < 500;
  layout()->setContentsMargins(24, low ? 10 : 16, 24, low ? 10 : 16);
  layout()->setSpacing(low ? 10 : 12);
  const QMargins margins = layout()->contentsMargins();
  const int wide = width() - margins.left() - margins.right();
  const int room = height() - margins.top() - margins.bottom() - 2 * layout()->spacing() -
                   std::max(52, next_->sizeHint().height()) - kLeastNow - actHeight();
  flow_->setItemSize(LabelCard::kLeastWidth, LabelCard::kHeight);
  const bool compact = flow_->heightForWidth(wide) > std::max(room, LabelCard::kHeight);
  if (compact) {
    flow_->setItemSize(LabelCard::kCompactWidth, LabelCard::kCompactHeight);
  }
  for (LabelCard* card : cards_) {
    card->setCompact(compact);
  }
  newLabel_->setCompact(compact);
  const int all = flow_->heightForWidth(wide);
  const int least = std::min(all, LabelCard::kHeight);
  const int high = std::clamp(all, least, std::max(least, room));
  // Said outright: a scroll bar that comes takes width, a row less fits, and so it stays.
  scroll_->setVerticalScrollBarPolicy(high < all ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
  scroll_->setFixedHeight(high);
}

int TeachPage::actHeight() {
  if (act_->isEmpty()) {
    return 0;
  }
  const QMargins margins = layout()->contentsMargins();
  const int high = act_->heightForWidth(width() - margins.left() - margins.right());
  act_->setFixedHeight(high);
  return high + layout()->spacing();
}

void TeachPage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  fitCards();
}

void TeachPage::startNewLabel(std::optional<base::Time> correcting) {
  scroll_->ensureWidgetVisible(newLabel_);
  newLabel_->startEditing(correcting);
}

learners::LabelId TeachPage::labelAtHand() const {
  if (selection_.kind == Selection::Kind::Label) {
    return selection_.id;
  }
  if (snapshot_) {
    const app::NextStep step = app::nextStep(*snapshot_);
    if (step.label != 0 && words::findCard(*snapshot_, step.label) != nullptr) {
      return step.label;
    }
  }
  return lastRecorded_;
}

void TeachPage::startRename() {
  const learners::LabelId label = selection_.kind == Selection::Kind::Label ? selection_.id
                                  : lastRecorded_ != 0                      ? lastRecorded_
                                                                            : labelAtHand();
  for (LabelCard* card : cards_) {
    if (card->label() == label) {
      scroll_->ensureWidgetVisible(card);
      card->startRenaming();
    }
  }
}

void TeachPage::editLimits() { now_->editLimits(); }

void TeachPage::startHandsFree() {
  const learners::LabelId label = labelAtHand();
  if (label != 0 && snapshot_ && !snapshot_->recording.active) {
    handsFree_.start(label, feed_.now());
    tick(feed_.now());
  }
}

}  // namespace ui
