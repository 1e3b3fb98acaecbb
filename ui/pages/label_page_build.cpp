// What the Label page is made of, and who hears whom.

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/label_table.h"
#include "ui/pages/label_facts.h"
#include "ui/pages/label_page.h"
#include "ui/views/basics.h"
#include "ui/views/param_editor.h"

namespace ui {

void LabelPage::build() {
  auto* column = tightLayout<QVBoxLayout>(this, 12, {24, 16, 24, 16});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  which_ = makeChoiceBox(theme_, this);
  which_->setAccessibleName(tr("What is shown"));
  which_->setToolTip(tr("Which recordings the timeline shows (Ctrl+PageUp, Ctrl+PageDown)"));
  which_->setMinimumHeight(size::kButton);
  which_->setMinimumWidth(160);
  about_ = new ElidedLabel({}, "secondary", this);
  left_ = new ElidedLabel({}, "secondary", this);
  left_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  next_ = makeButton(tr("Next proposal (Tab)"), tr("Goes to the next stretch that the model or a broken rule proposes"),
                     "accent", this);
  split_ = makeButton(tr("Split (X)"), tr("Cuts the chosen label at the cursor"), "", this);
  join_ =
      makeButton(tr("Join (J)"), tr("Joins the chosen label with the next of its kind"), "", this);
  alike_ = makeButton(tr("Find similar"), tr("Finds stretches like the chosen one (Ctrl+Shift+A)"),
                      "", this);
  head->addWidget(which_);
  head->addWidget(about_, 1);
  head->addWidget(left_, 1);
  for (QPushButton* button : {next_, split_, join_, alike_}) {
    head->addWidget(button);
  }
  column->addLayout(head);

  similarBar_ = makeFrame("card", this);
  auto* bar = tightLayout<QHBoxLayout>(similarBar_, 8, {14, 8, 10, 8});
  similarText_ = makeText({}, "", similarBar_);
  similarText_->setWordWrap(true);
  bar->addWidget(similarText_, 1);
  similarFew_ = makeButton(tr("Label these 3 (Enter)"),
                           tr("Labels the stretches that differ most from each other"), "accent",
                           similarBar_);
  similarAll_ =
      makeButton(tr("Label all (Shift+Enter)"), tr("Labels every stretch found"), "", similarBar_);
  auto* leave = makeButton(tr("Not now (Esc)"), tr("Forgets what was found"), "quiet", similarBar_);
  bar->addWidget(similarFew_);
  bar->addWidget(similarAll_);
  bar->addWidget(leave);
  similarBar_->hide();
  column->addWidget(similarBar_);

  auto* card = makeFrame("card", this);
  auto* inside = tightLayout<QVBoxLayout>(card, 0, {1, 1, 1, 1});
  view_ = new TimelineView(theme_, feed_, card);
  inside->addWidget(view_, 1);
  empty_ = makeFrame("", card);
  auto* words = tightLayout<QVBoxLayout>(empty_, 12, {24, 24, 24, 24});
  words->addStretch(1);
  words->addWidget(makeText(tr("Nothing is recorded yet."), "card-title", empty_), 0,
                   Qt::AlignHCenter);
  words->addWidget(makeText(tr("Hold a number on Teach and it appears here, with everything the "
                               "sensors sent."),
                            "muted", empty_),
                   0, Qt::AlignHCenter);
  auto* teach = makeButton(tr("Go to Teach (Enter)"), tr("Where labels are recorded"), "accent",
                           empty_);
  connect(teach, &QPushButton::clicked, this, [this] { Q_EMIT pageWanted(PageId::Teach); });
  words->addSpacing(4);
  words->addWidget(teach, 0, Qt::AlignHCenter);
  words->addStretch(1);
  inside->addWidget(empty_, 1);
  column->addWidget(card, 1);

  table_ = new LabelTable(theme_, this);
  facts_ = new LabelFacts(theme_, *table_, this);
  facts_->hide();

  connect(which_, &QComboBox::activated, this, &LabelPage::choose);
  connect(next_, &QPushButton::clicked, this, [this] { nextProposalFrom(scene_.cursor); });
  connect(split_, &QPushButton::clicked, this, &LabelPage::splitHere);
  connect(join_, &QPushButton::clicked, this, &LabelPage::join);
  connect(alike_, &QPushButton::clicked, this, &LabelPage::findSimilar);
  connect(similarFew_, &QPushButton::clicked, this, [this] { labelSimilar(false); });
  connect(similarAll_, &QPushButton::clicked, this, [this] { labelSimilar(true); });
  connect(leave, &QPushButton::clicked, this, &LabelPage::leaveSimilar);
  connect(view_, &TimelineView::cursorWanted, this, [this](base::Time t) {
    scene_.mark.reset();
    markFrom_.reset();
    chooseProposal(std::nullopt);
    select(0);
    moveCursor(t);
  });
  connect(view_, &TimelineView::rangeWanted, this, &LabelPage::setRange);
  connect(view_, &TimelineView::marked, this, [this](const base::TimeSpan& span) {
    markFrom_.reset();
    scene_.mark = span;
    scene_.proposal.reset();
    select(0);
    redraw();
  });
  connect(view_, &TimelineView::exampleChosen, this, &LabelPage::select);
  connect(view_, &TimelineView::proposalChosen, this,
          [this](std::size_t index) { chooseProposal(index); });
  connect(view_, &TimelineView::revised, this, &LabelPage::revise);
  connect(table_, &LabelTable::revised, this, &LabelPage::revise);
  connect(facts_, &LabelFacts::chosen, this, &LabelPage::select);
  connect(facts_, &LabelFacts::trimWanted, this, &LabelPage::trim);
}

}  // namespace ui
