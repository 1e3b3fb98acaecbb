#include "ui/inspector.h"

#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/pages/label_card.h"
#include "ui/views/basics.h"
#include "ui/views/flow_layout.h"
#include "ui/views/thumbnail.h"
#include "ui/words.h"

namespace ui {
namespace {

QString originText(learners::Origin origin) {
  switch (origin) {
    case learners::Origin::Person:
      return Inspector::tr("shown by you");
    case learners::Origin::Correction:
      return Inspector::tr("your correction");
    case learners::Origin::Missed:
      return Inspector::tr("missed before");
    case learners::Origin::Background:
      return Inspector::tr("background");
    case learners::Origin::Import:
      return Inspector::tr("imported");
  }
  return {};
}

QString milliseconds(double ms) { return Inspector::tr("%1 ms").arg(ms, 0, 'f', ms < 10 ? 1 : 0); }

}  // namespace

Inspector::Inspector(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "bar");
  setFixedWidth(size::kInspector);
  setAccessibleName(tr("Facts"));
  auto* outer = tightLayout<QVBoxLayout>(this);
  scroll_ = new QScrollArea(this);
  scroll_->setWidgetResizable(true);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  outer->addWidget(scroll_);
  body_ = new QWidget;
  column_ = tightLayout<QVBoxLayout>(body_, 8, {16, 14, 16, 16});
  scroll_->setWidget(body_);
  body_->setBackgroundRole(QPalette::Base);
}

void Inspector::setPanel(QWidget* panel) {
  if (panel == panel_) {
    return;
  }
  if (panel_ != nullptr) {
    panel_->hide();
    layout()->removeWidget(panel_);
  }
  panel_ = panel;
  scroll_->setVisible(panel == nullptr);
  if (panel != nullptr) {
    layout()->addWidget(panel);
    panel->show();
  }
}

void Inspector::begin(const QString& key) {
  shown_ = key;
  facts_ = nullptr;
  members_ = nullptr;
  while (QLayoutItem* item = column_->takeAt(0)) {
    if (item->widget() != nullptr) {
      item->widget()->hide();
      item->widget()->deleteLater();
    }
    delete item;
  }
}

void Inspector::show(const app::SnapshotPtr& snapshot, const std::optional<app::Answer>& answer,
                     const Selection& selection) {
  for (const app::LabelCard& card : snapshot->cards) {
    if (selection.kind == Selection::Kind::Label && card.label.id == selection.id) {
      return showLabel(card);
    }
    for (const app::Example& example : card.examples) {
      if (selection.kind == Selection::Kind::Example && example.demonstration.id == selection.id) {
        return showExample(card, example);
      }
    }
  }
  showAnswer(*snapshot, answer);
}

void Inspector::showAnswer(const app::Snapshot& snapshot,
                           const std::optional<app::Answer>& answer) {
  const bool any = snapshot.model.version > 0;
  const std::size_t n =
      answer ? std::min(answer->memberTitles.size(), answer->prediction.memberLabel.size()) : 0;
  const QString key = QStringLiteral("answer %1 %2").arg(any).arg(n);
  if (shown_ != key) {
    begin(key);
    column_->addWidget(makeText(tr("Answer"), "section"));
    if (!any) {
      auto* text =
          makeText(tr("I can show the signal, but I have not learnt anything yet."), "muted");
      text->setWordWrap(true);
      column_->addWidget(text);
    }
    facts_ = new FactList(theme_);
    column_->addWidget(facts_);
    if (n > 0) {
      column_->addSpacing(8);
      column_->addWidget(makeText(tr("What each model says"), "section"));
      members_ = new FactList(theme_);
      column_->addWidget(members_);
    }
    column_->addStretch();
  }
  std::vector<FactList::Fact> facts;
  if (answer) {
    const learners::Prediction& p = answer->prediction;
    facts.push_back(
        {tr("Stage"), p.stage == learners::Stage::Gate ? tr("quick check") : tr("all models")});
    facts.push_back({tr("Time to answer"), milliseconds(answer->latencyMs)});
    facts.push_back({tr("of it computing"), milliseconds(answer->computeMs)});
    facts.push_back(
        {tr("Novelty"),
         QStringLiteral("%1 · %2").arg(p.novelty, 0, 'f', 2).arg(words::noveltyWord(p.novelty))});
    facts.push_back({tr("Disagreement"), words::percent(p.disagreement)});
    if (p.imputed) {
      facts.push_back({tr("Data"), tr("partly missing")});
    }
    facts.push_back({tr("Answered by"), QString::fromStdString(answer->servedOn)});
  }
  const app::ModelView& model = snapshot.model;
  if (any) {
    facts.push_back(
        {tr("Model"),
         tr("%1 · trained %2").arg(model.version).arg(words::clock(model.trainedAt).left(5))});
    facts.push_back({tr("Trained on"), QString::fromStdString(model.trainedOn)});
    facts.push_back({tr("Learnt from"), words::examples(model.learntFrom)});
    facts.push_back({tr("Held out"), model.heldOut
                                         ? tr("%1 right").arg(words::percent(model.heldOutAccuracy))
                                         : tr("not yet tested")});
  } else {
    int said = 0;
    for (const app::LabelCard& card : snapshot.cards) {
      said += card.label.background ? 0 : card.enabled;
    }
    facts.push_back({tr("Examples so far"), QString::number(said)});
    facts.push_back({tr("I start with"), tr("3 each of 2 labels")});
    facts.push_back({tr("Broker"), QString::fromStdString(snapshot.brokerText)});
  }
  facts_->show(std::move(facts));
  if (members_ != nullptr) {
    std::vector<FactList::Fact> members;
    for (std::size_t i = 0; i < n; ++i) {
      const int label = answer->prediction.memberLabel[i];
      members.push_back(
          {QString::fromStdString(answer->memberTitles[i]),
           label >= 0 && label < std::ssize(answer->labels)
               ? QString::fromStdString(answer->labels[static_cast<std::size_t>(label)].name)
               : tr("nothing")});
    }
    members_->show(std::move(members));
  }
}

void Inspector::showExample(const app::LabelCard& card, const app::Example& example) {
  const learners::Demonstration& d = example.demonstration;
  const QString key = QStringLiteral("example %1 %2").arg(d.id).arg(d.enabled ? 1 : 0);
  if (shown_ == key) {
    return;
  }
  begin(key);
  const QString name = QString::fromStdString(card.label.name);
  column_->addWidget(makeText(tr("Example of %1").arg(name), "section"));
  auto* picture = new Thumbnail(theme_);
  picture->setFixedHeight(84);
  picture->show(example.thumbnail, card.label.background ? 0 : card.label.colour);
  picture->setAccessibleName(tr("Signal of the example"));
  column_->addWidget(picture);
  column_->addWidget(makeText(QString::fromStdString(example.thumbnailChannel), "axis"));
  facts_ = new FactList(theme_);
  std::vector<FactList::Fact> facts = {
      {tr("When"), QString::fromStdString(base::dateTimeText(d.span.begin))},
      {tr("How long"), tr("%1 s").arg(base::toSeconds(d.span.length()), 0, 'f', 1)},
      {tr("From"), originText(d.origin)},
      {tr("Recording"), QString::number(d.recording)},
      {tr("Used"), d.enabled ? tr("yes") : tr("switched off")}};
  if (example.gapped) {
    facts.push_back({tr("Data"), tr("some are missing")});
  }
  facts_->show(std::move(facts));
  column_->addWidget(facts_);
  column_->addSpacing(4);
  auto* use = makeButton(d.enabled ? tr("Switch off (D)") : tr("Switch on (D)"),
                         tr("Leaves it out of learning without deleting it"));
  auto* remove = makeButton(tr("Remove (Del)"), tr("Removes it; Ctrl+Z brings it back"));
  connect(use, &QPushButton::clicked, this, [this, id = d.id, on = !d.enabled] {
    Q_EMIT wanted(intent::SetExampleEnabled{id, on});
  });
  connect(remove, &QPushButton::clicked, this,
          [this, id = d.id] { Q_EMIT wanted(intent::RemoveExample{id}); });
  column_->addWidget(use);
  column_->addWidget(remove);
  column_->addStretch();
}

void Inspector::showLabel(const app::LabelCard& card) {
  QString key = QStringLiteral("label %1 %2 %3")
                    .arg(card.label.id)
                    .arg(QString::fromStdString(card.label.name))
                    .arg(card.enabled);
  for (const app::Example& example : card.examples) {
    key += QStringLiteral(" %1").arg(example.demonstration.id);
  }
  if (shown_ == key) {
    return;
  }
  begin(key);
  const QString name = QString::fromStdString(card.label.name);
  const int colour = card.label.background ? 0 : card.label.colour;
  auto* head = new QWidget;
  auto* row = tightLayout<QHBoxLayout>(head, 8);
  auto* mark = new LabelMark(theme_, 14, head);
  mark->setMark(MarkKind::Label, colour);
  row->addWidget(mark);
  row->addWidget(new ElidedLabel(name, "card-title", head), 1);
  column_->addWidget(head);
  facts_ = new FactList(theme_);
  facts_->show({{tr("Examples"), QString::number(card.examples.size())},
                {tr("Learnt from"), QString::number(card.enabled)},
                {tr("Together"), words::duration(base::fromSeconds(card.seconds))},
                {tr("Key"), card.label.key >= 0 ? QString::number(card.label.key) : tr("none")}});
  column_->addWidget(facts_);
  if (!card.examples.empty()) {
    column_->addSpacing(4);
    column_->addWidget(makeText(tr("All examples, newest first"), "section"));
    auto* host = new QWidget;
    auto* flow = new FlowLayout(host, 80, 84, 36, 6);
    int shown = 0;
    for (auto it = card.examples.rbegin(); it != card.examples.rend() && shown < 60;
         ++it, ++shown) {
      auto* button = new ExampleButton(theme_, host);
      button->setFixedHeight(36);
      button->show(*it, colour);
      connect(button, &QAbstractButton::clicked, this, [this, id = it->demonstration.id] {
        Q_EMIT selected({.kind = Selection::Kind::Example, .id = id, .name = {}});
      });
      flow->addWidget(button);
    }
    host->setFixedHeight(flow->heightForWidth(size::kInspector - 32));
    column_->addWidget(host);
  }
  column_->addSpacing(4);
  auto* rename = makeButton(tr("Rename (F2)"), tr("Gives the label another name"));
  connect(rename, &QPushButton::clicked, this,
          [this, id = card.label.id] { Q_EMIT renameWanted(id); });
  column_->addWidget(rename);
  if (!card.label.background) {
    auto* remove = makeButton(tr("Remove the label"),
                              tr("Removes it with its examples; Ctrl+Z brings them back"));
    connect(remove, &QPushButton::clicked, this,
            [this, id = card.label.id] { Q_EMIT wanted(intent::RemoveLabel{id}); });
    column_->addWidget(remove);
  }
  column_->addStretch();
}

FactList::FactList(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FactList::show(std::vector<Fact> facts) {
  if (facts == facts_) {
    return;
  }
  if (facts.size() != facts_.size()) {
    updateGeometry();
  }
  facts_ = std::move(facts);
  QStringList spoken;
  for (const Fact& fact : facts_) {
    spoken << QStringLiteral("%1: %2").arg(fact.name, fact.value);
  }
  setAccessibleName(spoken.join(QStringLiteral("; ")));
  setToolTip({});
  update();
}

QSize FactList::sizeHint() const { return {240, static_cast<int>(facts_.size()) * kRow}; }

void FactList::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Tokens& t = theme_.tokens();
  painter.setFont(theme_.font(Theme::Text::Secondary));
  const QFontMetricsF metrics(painter.font());
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    const QRectF row(0, static_cast<double>(i) * kRow, width(), kRow);
    const double nameWidth = std::min(metrics.horizontalAdvance(facts_[i].name), width() * 0.55);
    painter.setPen(t.text2);
    painter.drawText(QRectF(0, row.top(), nameWidth + 2, kRow),
                     Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(facts_[i].name, Qt::ElideRight, nameWidth + 1));
    painter.setPen(t.text);
    drawFigures(painter, row,
                metrics.elidedText(facts_[i].value, Qt::ElideRight, width() - nameWidth - 14),
                Qt::AlignRight);
    painter.setPen(t.grid);
    painter.drawLine(QPointF(0, row.bottom() - 0.5), QPointF(width(), row.bottom() - 0.5));
  }
}

}  // namespace ui
