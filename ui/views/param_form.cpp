#include "ui/views/param_form.h"

#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/param_editor.h"
#include "ui/views/row_table.h"

namespace ui {

struct ParamForm::Line {
  ParamEditor* editor = nullptr;
  FigureLabel* reported = nullptr;
  ToneText* state = nullptr;
  QWidget* choices = nullptr;
  QWidget* trial = nullptr;  ///< what a person can do about a value on trial
};

namespace {

bool sameSpec(const base::ParamSpec& a, const base::ParamSpec& b) {
  return a.name == b.name && a.title == b.title && a.type == b.type && a.unit == b.unit &&
         a.min == b.min && a.max == b.max && a.step == b.step && a.options == b.options &&
         a.help == b.help && a.apply == b.apply;
}

bool sameSpecs(const std::vector<ParamRow>& a, const std::vector<ParamRow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const ParamRow& x, const ParamRow& y) { return sameSpec(x.spec, y.spec); });
}

}  // namespace

ParamForm::ParamForm(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "card");
  auto* column = tightLayout<QVBoxLayout>(this, 6, {16, 14, 16, 14});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  title_ = makeText({}, "card-title", this);
  head->addWidget(title_, 1);
  tryFirst_ = makeButton(tr("Try for 30 s"),
                         tr("What you change is tried: after 30 s it goes back by itself, unless "
                            "you keep it"),
                         "", this);
  tryFirst_->setCheckable(true);
  head->addWidget(tryFirst_);
  column->addLayout(head);
  empty_ = makeText({}, "muted", this);
  empty_->setWordWrap(true);
  column->addWidget(empty_);
  table_ = new RowTable(theme,
                        {{tr("setting"), Qt::AlignLeft, 3, 96},
                         {tr("asked"), Qt::AlignLeft, 0, 0},
                         {tr("reported"), Qt::AlignRight, 0, 0},
                         {tr("state"), Qt::AlignLeft, 5, 130}},
                        40, this);
  column->addWidget(table_);
  column->addStretch();
}

ParamForm::~ParamForm() = default;

void ParamForm::show(const hubs::NodeView* node, const std::vector<app::SettingTrial>& trials,
                     base::Time now) {
  std::vector<ParamRow> rows =
      node != nullptr ? paramRows(*node, trials, now) : std::vector<ParamRow>{};
  const std::string id = node != nullptr ? node->device.id : std::string();
  const bool same = id == node_ && sameSpecs(rows, rows_);
  node_ = id;
  rows_ = std::move(rows);
  nodeName_ =
      node == nullptr
          ? QString()
          : QString::fromStdString(node->device.about.name.empty() ? id : node->device.about.name);
  setTextIfNew(title_, node == nullptr ? tr("Settings") : tr("%1: settings").arg(nodeName_));
  setTextIfNew(empty_, node == nullptr ? tr("What can be set on a node stands here.")
                                       : tr("%1 has nothing to set.").arg(nodeName_));
  empty_->setVisible(rows_.empty());
  table_->setVisible(!rows_.empty());
  tryFirst_->setVisible(!rows_.empty());
  if (!same) {
    rebuild();
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    update(lines_[i], rows_[i]);
  }
}

void ParamForm::rebuild() {
  table_->cutTo(0);
  lines_.clear();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const ParamRow& row = rows_[i];
    Line line;
    auto* title = makeText(row.title, "", table_);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    title->setToolTip(row.help);
    line.editor = makeParamEditor(
        theme_, row, [this, i](const base::ParamValue& value) { ask(i, value); }, table_);
    line.reported = new FigureLabel("", table_);
    auto* state = new QWidget(table_);
    auto* column = tightLayout<QVBoxLayout>(state, 0, {0, 4, 0, 4});
    line.state = new ToneText(ToneText::Lines::Many, state);
    column->addWidget(line.state);
    line.choices = new QWidget(state);
    auto* choices = tightLayout<QHBoxLayout>(line.choices, 6, {17, 3, 0, 0});
    auto* mine = makeButton(tr("Keep mine"), tr("Asks the device again for the value asked"), "",
                            line.choices);
    auto* theirs =
        makeButton(tr("Take theirs"), tr("Takes the value the device reports"), "", line.choices);
    mine->setAccessibleName(tr("%1: keep mine").arg(row.title));
    theirs->setAccessibleName(tr("%1: take theirs").arg(row.title));
    connect(mine, &QPushButton::clicked, this, [this, i] {
      if (rows_[i].asked)
        Q_EMIT wanted(intent::AskParam{node_, rows_[i].spec.name, *rows_[i].asked});
    });
    connect(theirs, &QPushButton::clicked, this, [this, i] {
      if (rows_[i].reported) {
        Q_EMIT wanted(intent::AskParam{node_, rows_[i].spec.name, *rows_[i].reported});
      }
    });
    choices->addWidget(mine);
    choices->addWidget(theirs);
    choices->addStretch();
    column->addWidget(line.choices);
    line.trial = new QWidget(state);
    auto* trial = tightLayout<QHBoxLayout>(line.trial, 6, {17, 0, 0, 0});
    auto* keep =
        makeButton(tr("Keep"), tr("The value stays; Ctrl+Z takes it back"), "", line.trial);
    auto* back =
        makeButton(tr("Back now"), tr("The former value comes back at once"), "", line.trial);
    keep->setAccessibleName(tr("%1: keep").arg(row.title));
    back->setAccessibleName(tr("%1: back now").arg(row.title));
    connect(keep, &QPushButton::clicked, this, [this, i] {
      Q_EMIT wanted(intent::KeepTrial{node_, rows_[i].spec.name});
    });
    connect(back, &QPushButton::clicked, this, [this, i] {
      Q_EMIT wanted(intent::EndTrial{node_, rows_[i].spec.name});
    });
    trial->addWidget(keep);
    trial->addWidget(back);
    trial->addStretch();
    column->addWidget(line.trial);
    table_->addRow({title, line.editor, line.reported, state});
    lines_.push_back(line);
  }
}

void ParamForm::update(Line& line, const ParamRow& row) {
  line.editor->show(row);
  setTextIfNew(line.reported, row.reportedText);
  line.reported->setAccessibleName(tr("%1, reported: %2").arg(row.title, row.reportedText));
  line.state->show(row.tone, row.state);
  line.choices->setVisible(row.open);
  line.trial->setVisible(row.trial == OnTrial::Running);
  line.editor->control()->setAccessibleName(
      tr("%1, asked: %2, reported: %3, %4")
          .arg(row.title, row.askedText, row.reportedText, row.state));
}

void ParamForm::ask(std::size_t line, const base::ParamValue& value) {
  if (line >= rows_.size()) {
    return;
  }
  const std::string& param = rows_[line].spec.name;
  Q_EMIT wanted(tryFirst_->isChecked() ? Intent(intent::TryParam{node_, param, value})
                                       : Intent(intent::AskParam{node_, param, value}));
}

}  // namespace ui
