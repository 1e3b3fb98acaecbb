#include "ui/pages/rules_page.h"

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QTextCharFormat>
#include <QVBoxLayout>
#include <utility>

#include "ui/models/rule_rows.h"
#include "ui/pages/rule_card.h"
#include "ui/views/basics.h"

namespace ui {
namespace {

/// A wavy line under what was not understood.
void underline(QLineEdit* edit, const std::vector<Underline>& where, const QColor& colour) {
  QTextCharFormat format;
  format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
  format.setUnderlineColor(colour);
  format.setFontUnderline(true);
  QList<QInputMethodEvent::Attribute> attributes;
  for (const Underline& u : where) {
    attributes.append({QInputMethodEvent::TextFormat, u.begin - edit->cursorPosition(), u.length,
                       format});
  }
  QInputMethodEvent event({}, attributes);
  QCoreApplication::sendEvent(edit, &event);
}

}  // namespace

RulesPage::RulesPage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), theme_(theme), feed_(std::move(feed.rules)) {
  setAccessibleName(tr("Rules"));
  auto* outer = tightLayout<QVBoxLayout>(this, 10, {24, 14, 14, 0});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  head->setContentsMargins(2, 0, 0, 0);
  head->addWidget(makeText(tr("Rules"), "page-title", this));
  line_ = makeText({}, "muted", this);
  head->addWidget(line_, 1);
  holdBack_ = makeButton(tr("Hold them back"),
                         tr("Rules go on watching and send nothing until you let them act"), "",
                         this);
  head->addWidget(holdBack_);
  head->addSpacing(10);
  outer->addLayout(head);

  held_ = makeFrame("card", this);
  auto* heldRow = tightLayout<QHBoxLayout>(held_, 16, {16, 10, 12, 10});
  heldText_ = makeText({}, "warn", held_);
  heldText_->setWordWrap(true);
  letAct_ = makeButton(tr("Let them act"),
                       tr("The rules below may send from now on; they can be held back again"), "",
                       held_);
  heldRow->addWidget(heldText_, 1);
  heldRow->addWidget(letAct_, 0, Qt::AlignVCenter);
  auto* heldMargin = tightLayout<QHBoxLayout>(nullptr, 0, {2, 0, 10, 0});
  heldMargin->addWidget(held_);
  outer->addLayout(heldMargin);

  auto* typing = tightLayout<QHBoxLayout>(nullptr, 8);
  typing->setContentsMargins(2, 0, 10, 0);
  typed_ = new QLineEdit(this);
  typed_->setPlaceholderText(
      tr("Type a rule (A): When … is sure for 5 s, say \"…\"; when not sure do nothing; when no "
         "data do nothing. Or: Run on a device that …"));
  typed_->setToolTip(tr("A new rule in plain words; what is not understood is underlined"));
  typed_->setAccessibleName(tr("New rule"));
  typed_->setMaxLength(app::SentenceReader::kLongest / 4);
  add_ = makeButton(tr("Add"), tr("Keeps the rule that was typed (Enter)"), "accent", this);
  typing->addWidget(typed_, 1);
  typing->addWidget(add_);
  outer->addLayout(typing);
  hint_ = makeText({}, "secondary", this);
  hint_->setWordWrap(true);
  hint_->setTextFormat(Qt::PlainText);
  hint_->setContentsMargins(4, 0, 10, 0);
  outer->addWidget(hint_);

  scroll_ = makeScroll(this);
  scroll_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  auto* body = new QWidget;
  auto* column = tightLayout<QVBoxLayout>(body, 12, {2, 2, 2, 16});
  addSection(leadsTo_, tr("What it leads to"), column);
  addSection(never_, tr("What never happens"), column);
  addSection(where_, tr("Where it is learnt and answered"), column);
  column->addStretch();
  setScrolled(scroll_, body);
  body->setMinimumHeight(1);  // as high as its texts at its width, not at their narrowest
  outer->addWidget(scroll_, 1);

  connect(holdBack_, &QPushButton::clicked, this, [this] { feed_.holdBack(); });
  connect(letAct_, &QPushButton::clicked, this, [this] { feed_.letAct(); });
  connect(typed_, &QLineEdit::textChanged, this, &RulesPage::showTyped);
  connect(add_, &QPushButton::clicked, this, [this] { add(typed_->text().toStdString()); });
  onEnterAndEscape(typed_, this, [this](bool keep) {
    if (keep) {
      add(typed_->text().toStdString());
      return;
    }
    typed_->clear();
    Q_EMIT editingDone();
  });
  showTyped();
}

void RulesPage::addSection(Section& section, const QString& title, QVBoxLayout* column) {
  if (column->count() > 0) {
    column->addSpacing(12);  // a title is nearer to what it is the title of
  }
  column->addWidget(makeText(title, "card-title", this));
  section.host = new QWidget(this);
  section.host->setAccessibleName(title);
  section.column = tightLayout<QVBoxLayout>(section.host, 8);
  auto* empty = makeFrame("card", section.host);
  auto* row = tightLayout<QHBoxLayout>(empty, 16, {16, 12, 16, 12});
  section.example = makeText({}, "muted", empty);
  section.example->setWordWrap(true);
  section.example->setTextFormat(Qt::PlainText);
  section.use = makeButton(tr("Use this example"), tr("Keeps this rule; every word in it can be changed"),
                           "", empty);
  row->addWidget(section.example, 1);
  row->addWidget(section.use, 0, Qt::AlignVCenter);
  connect(section.use, &QPushButton::clicked, this, [this, &section] { add(section.sentence); });
  section.column->addWidget(empty);
  column->addWidget(section.host);
}

void RulesPage::showSnapshot(const app::SnapshotPtr&) {
  rules_ = feed_.view ? feed_.view() : std::make_shared<const app::RulesView>();
  const app::RulesView& rules = *rules_;
  std::vector<const app::RuleView*> leadsTo;
  std::vector<const app::RuleView*> never;
  std::vector<const app::RuleView*> where;
  for (const app::RuleView& rule : rules.rules) {
    const bool assertion = rule.rule && std::holds_alternative<app::Assertion>(*rule.rule);
    const bool policy = rule.rule && std::holds_alternative<app::Policy>(*rule.rule);
    (assertion ? never : policy ? where : leadsTo).push_back(&rule);
  }
  setTextIfNew(line_, rulesLine(rules));
  const QString held = heldLine(rules);
  setTextIfNew(heldText_, held);
  held_->setVisible(!held.isEmpty());
  holdBack_->setVisible(somethingActs(rules));
  showSection(leadsTo_, leadsTo, exampleSentence(*rules.words));
  showSection(never_, never, exampleAssertionSentence(*rules.words));
  showSection(where_, where, examplePolicySentence(*rules.words));
  if (std::exchange(rebuilt_, false)) {
    orderTabs();
  }
}

void RulesPage::orderTabs() {
  QWidget* before = add_;
  for (const Section* section : {&leadsTo_, &never_, &where_}) {
    std::vector<QWidget*> all = {section->use};
    for (const RuleCard* card : section->cards) {
      const auto controls = card->controls();
      all.insert(all.end(), controls.begin(), controls.end());
    }
    for (QWidget* next : all) {
      setTabOrder(before, next);
      before = next;
    }
  }
}

void RulesPage::showSection(Section& section, const std::vector<const app::RuleView*>& rules,
                            const std::string& example) {
  while (section.cards.size() < rules.size()) {
    auto* card = new RuleCard(theme_, feed_, section.host);
    connect(card, &RuleCard::labelsWanted, this, &RulesPage::brokenWanted);
    connect(card, &RuleCard::rebuilt, this, [this] { rebuilt_ = true; });
    section.column->addWidget(card);
    section.cards.push_back(card);
  }
  for (std::size_t i = 0; i < section.cards.size(); ++i) {
    section.cards[i]->setVisible(i < rules.size());
    if (i < rules.size()) {
      section.cards[i]->show(*rules_, *rules[i]);
    }
  }
  section.sentence = example;
  section.example->parentWidget()->setVisible(rules.empty());
  section.use->setVisible(!example.empty());
  setTextIfNew(section.example,
               example.empty()
                   ? tr("Rules speak of labels. Add one on the page Teach first.")
                   : tr("Example: %1").arg(QString::fromStdString(example)));
}

void RulesPage::showTyped() {
  const TypedRule typed =
      rules_ ? typedRule(typed_->text(), *rules_->words) : TypedRule{};
  underline(typed_, typed.underlined, theme_.tokens().warn);
  add_->setEnabled(typed.complete);
  const QString hint = typed.complete ? tr("I understand: %1").arg(typed.echo) : typed.hint;
  setTextIfNew(hint_, hint);
  hint_->setVisible(!hint.isEmpty());
}

void RulesPage::add(const std::string& sentence) {
  if (!rules_ || !feed_.put || !problemOf(sentence, *rules_->words).isEmpty()) {
    return;
  }
  feed_.put(0, sentence);
  typed_->clear();
}

void RulesPage::startTyping() { typed_->setFocus(Qt::ShortcutFocusReason); }

bool RulesPage::handleEnter() {
  if (!rules_ || !rules_->rules.empty() || leadsTo_.sentence.empty()) {
    return false;
  }
  leadsTo_.use->click();
  return true;
}

}  // namespace ui
