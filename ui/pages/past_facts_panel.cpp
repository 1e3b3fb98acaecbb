#include "ui/pages/past_facts_panel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/past_list.h"

namespace ui {

PastFactsPanel::PastFactsPanel(const Theme& theme, QWidget* parent) : QWidget(parent) {
  auto* column = tightLayout<QVBoxLayout>(this, 8, {16, 16, 16, 16});
  back_ = makeButton(tr("Back"), tr("To what was looked at before"), "quiet", this);
  title_ = makeText({}, "card-title", this);
  title_->setWordWrap(true);
  sentence_ = makeText({}, "secondary", this);
  sentence_->setWordWrap(true);
  rows_ = makePastList(theme, tr("Facts and where they lead"),
                   tr("A row in bold leads on: Enter or a click follows it"), this);
  action_ = makeButton({}, tr("Can be undone"), "accent", this);
  column->addWidget(back_, 0, Qt::AlignLeft);
  column->addWidget(title_);
  column->addWidget(sentence_);
  addToFill(column, rows_);
  column->addWidget(action_);
  const auto follow = [this](const QListWidgetItem* item) {
    const PastTarget target = targetOf(item);
    if (target.kind != PastTarget::Kind::None) {
      Q_EMIT followed(target);
    }
  };
  connect(rows_, &QListWidget::itemClicked, this, follow);
  connect(rows_, &QListWidget::itemActivated, this, follow);
  connect(back_, &QPushButton::clicked, this, &PastFactsPanel::backWanted);
  connect(action_, &QPushButton::clicked, this, [this] {
    if (facts_.intent) {
      Q_EMIT wanted(*facts_.intent);
    }
  });
}

void PastFactsPanel::takeFocus(First first) {
  const bool toRows = first == First::Rows || facts_.action.isEmpty();
  (toRows ? static_cast<QWidget*>(rows_) : action_)->setFocus(Qt::TabFocusReason);
}

void PastFactsPanel::show(const PastFacts& facts, bool canGoBack) {
  facts_ = facts;
  const bool any = !facts.title.isEmpty();
  back_->setVisible(canGoBack);
  setTextIfNew(title_, any ? facts.title : tr("Where things come from"));
  setTextIfNew(sentence_, any ? facts.sentence
                              : tr("Choose a step, a model or a recording. Here is then what it "
                                   "came from and what came of it."));
  std::vector<PastListRow> rows;
  for (const PastFacts::Row& row : facts.rows) {
    rows.push_back(
        {row.what, row.value, false, row.target.kind != PastTarget::Kind::None, row.target});
  }
  fillPastList(rows_, rows);
  rows_->setVisible(any);
  action_->setVisible(!facts.action.isEmpty());
  action_->setText(facts.action);
  action_->setAccessibleName(facts.action);
}

}  // namespace ui
