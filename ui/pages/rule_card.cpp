#include "ui/pages/rule_card.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/models/rule_rows.h"
#include "ui/views/basics.h"
#include "ui/views/sentence_view.h"

namespace ui {
namespace {

constexpr int kMostLines = 8;
constexpr int kPreview = 230;

}  // namespace

RuleCard::RuleCard(const Theme& theme, const RulesFeed& feed, QWidget* parent)
    : QFrame(parent), feed_(feed) {
  setProperty("role", "card");
  auto* column = tightLayout<QVBoxLayout>(this, 8, {16, 10, 12, 10});
  auto* row = tightLayout<QHBoxLayout>(nullptr, 16);
  sentence_ = new SentenceView(
      [this](const std::string& text) { return words_ ? problemOf(text, *words_) : QString(); },
      this);
  row->addWidget(sentence_, 1, Qt::AlignTop);

  auto* side = new QWidget(this);
  side->setFixedWidth(kPreview);
  auto* now = tightLayout<QVBoxLayout>(side, 2, {12, 4, 0, 0});
  state_ = makeText({}, "strong", side);
  state_->setWordWrap(true);
  last_ = makeText({}, "secondary", side);
  last_->setWordWrap(true);
  now->addWidget(state_);
  now->addWidget(last_);
  now->addStretch();
  row->addWidget(side);
  column->addLayout(row);

  auto* buttons = tightLayout<QHBoxLayout>(nullptr, 8);
  on_ = new QCheckBox(tr("In force"), this);
  on_->setToolTip(tr("A rule that is not in force is kept and does nothing"));
  on_->setAccessibleName(tr("In force"));
  try_ = makeButton(tr("Try on recordings"),
                    tr("Lists what it would have done over the last day of recordings; nothing is "
                       "sent"),
                    "", this);
  labels_ = makeButton(tr("Show in Label"),
                       tr("Opens the page Label, where what broke it is proposed"), "", this);
  remove_ =
      makeIconButton(theme, QStringLiteral("close"), tr("Remove this rule"),
                     tr("Removes the rule; Ctrl+Z brings it back"), this);
  buttons->addWidget(on_);
  buttons->addWidget(try_);
  buttons->addWidget(labels_);
  buttons->addStretch();
  buttons->addWidget(remove_);
  column->addLayout(buttons);

  trial_ = makeFrame("well", this);
  auto* found = tightLayout<QVBoxLayout>(trial_, 4, {12, 8, 12, 8});
  summary_ = makeText({}, "strong", trial_);
  summary_->setWordWrap(true);
  lines_ = makeText({}, "", trial_);
  lines_->setTextFormat(Qt::PlainText);
  lines_->setWordWrap(true);
  lines_->setAccessibleName(tr("What it would have done"));
  found->addWidget(summary_);
  found->addWidget(lines_);
  column->addWidget(trial_);

  connect(sentence_, &SentenceView::edited, this, [this](const QString& text) {
    feed_.put(id_, text.toStdString());
  });
  connect(sentence_, &SentenceView::rebuilt, this, &RuleCard::rebuilt);
  connect(on_, &QCheckBox::clicked, this,
          [this](bool on) { feed_.setEnabled(id_, on); });
  connect(try_, &QPushButton::clicked, this, [this] { feed_.tryOut(id_); });
  connect(labels_, &QPushButton::clicked, this, [this] { Q_EMIT labelsWanted(firstBroken_); });
  connect(remove_, &QPushButton::clicked, this,
          [this] { feed_.remove(id_); });
}

std::vector<QWidget*> RuleCard::controls() const {
  std::vector<QWidget*> all = sentence_->controls();
  all.insert(all.end(), {on_, try_, labels_, remove_});
  return all;
}

void RuleCard::show(const app::RulesView& rules, const app::RuleView& rule) {
  id_ = rule.id;
  words_ = rules.words;
  sentence_->show(rule.rule ? app::sentenceOf(*rule.rule, *rules.words)
                            : app::Sentence{{.text = rule.text}});
  setAccessibleName(QString::fromStdString(rule.text));
  on_->setChecked(rule.enabled);
  const QString problem = problemOf(rule.text, *rules.words);
  setTextIfNew(state_, problem.isEmpty() ? tr("Now: %1").arg(ruleState(rule)) : problem);
  setRole(state_, !problem.isEmpty() || needsAttention(rule) ? "warn" : "strong");
  QString last = rule.lastDone.empty()
                     ? QString()
                     : tr("Last: %1").arg(QString::fromStdString(rule.lastDone));
  if (!rule.violations.empty()) {
    last = QString::fromStdString(rule.violations.back().text);
    firstBroken_ = rule.violations.front().proposal.span;
  }
  const bool policy = rule.rule && std::holds_alternative<app::Policy>(*rule.rule);
  if (policy) {
    last = deviceLines(rule).mid(0, kMostLines).join(QLatin1Char('\n'));
  }
  setTextIfNew(last_, last);
  last_->setVisible(!last.isEmpty());
  labels_->setVisible(!rule.violations.empty());
  try_->setVisible(!policy);
  const bool tried = rules.trial.state != app::TrialView::State::None && rules.trial.rule == id_;
  trial_->setVisible(tried);
  try_->setEnabled(rule.rule.has_value() &&
                   !(tried && rules.trial.state == app::TrialView::State::Running));
  if (tried) {
    setTextIfNew(summary_, trialSummary(rules.trial));
    setTextIfNew(lines_, trialLines(rules.trial, kMostLines).join(QLatin1Char('\n')));
    lines_->setVisible(!lines_->text().isEmpty());
  }
}

}  // namespace ui
