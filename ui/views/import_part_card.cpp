#include "ui/views/import_part_card.h"

#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QStringListModel>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/param_editor.h"
#include "ui/views/row_table.h"

namespace ui {
namespace {

/// "2" and "12.5", without zeros behind.
class RateBox final : public QDoubleSpinBox {
 public:
  using QDoubleSpinBox::QDoubleSpinBox;
  QString textFromValue(double value) const override { return locale().toString(value, 'g', 6); }
};

}  // namespace

ImportPartCard::ImportPartCard(const Theme& theme, QWidget* parent) : QFrame(parent) {
  setProperty("role", "card");
  auto* row = tightLayout<QHBoxLayout>(this, size::kGap2, {10, 8, 16, 10});
  use_ = new UseBox(this);
  use_->setCheckable(true);
  row->addWidget(use_, 0, Qt::AlignTop);
  auto* column = tightLayout<QVBoxLayout>(nullptr, size::kGap1);
  title_ = new ElidedLabel({}, "strong", this);
  title_->setMinimumHeight(32);
  detail_ = makeText({}, "muted", this);
  detail_->setWordWrap(true);
  detail_->setTextFormat(Qt::PlainText);
  column->addWidget(title_);
  column->addWidget(detail_);

  controls_ = new QWidget(this);
  auto* line = tightLayout<QHBoxLayout>(controls_, size::kGap2, {0, 4, 0, 0});
  kind_ = makeChoiceBox(theme, controls_);
  kind_->setAccessibleName(tr("What its rows are"));
  kind_->setToolTip(tr("Whether its rows are one signal in time, or each is a set of features"));
  line->addWidget(kind_);
  labelName_ = makeText(tr("Each shows"), "muted", controls_);
  label_ = new QLineEdit(controls_);
  label_->setAccessibleName(tr("What each of these files shows"));
  label_->setToolTip(
      tr("A label for each file as a whole; empty: only the labels that were found"));
  label_->setPlaceholderText(tr("label, or nothing"));
  label_->setMaximumWidth(200);
  auto* completer = new QCompleter(label_);
  completer->setModel(new QStringListModel(completer));
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  label_->setCompleter(completer);
  line->addWidget(labelName_);
  line->addWidget(label_);
  columnName_ = makeText(tr("Labels stand in"), "muted", controls_);
  column_ = makeChoiceBox(theme, controls_);
  column_->setMinimumWidth(180);
  column_->setAccessibleName(tr("Column of the labels"));
  column_->setToolTip(tr("The column that says what each row shows"));
  rate_ = new RateBox(controls_);
  rate_->setDecimals(3);
  rate_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  rate_->setKeyboardTracking(false);
  rate_->setFixedWidth(96);
  rateName_ = makeText({}, "muted", controls_);
  line->addWidget(rate_);
  line->addWidget(rateName_);
  line->addStretch(1);
  columnRow_ = new QWidget(this);
  auto* second = tightLayout<QHBoxLayout>(columnRow_, size::kGap2);
  second->addWidget(columnName_);
  second->addWidget(column_);
  second->addStretch(1);
  column->addWidget(controls_);
  column->addWidget(columnRow_);
  state_ = new ToneText(ToneText::Lines::Many, this);
  column->addWidget(state_);
  row->addLayout(column, 1);

  connect(use_, &UseBox::clicked, this, [this](bool on) {
    app::ImportPart part = part_;
    part.wanted = on;
    send(std::move(part));
  });
  connect(kind_, &QComboBox::activated, this, [this](int at) { send(withKind(part_, at)); });
  const auto settle = [this] {
    app::ImportPart part = part_;
    part.label = label_->text().trimmed().toStdString();
    send(std::move(part));
  };
  connect(label_, &QLineEdit::editingFinished, this, settle);
  onEnterAndEscape(label_, this, [this, settle](bool keep) { keep ? settle() : left(); });
  connect(column_, &QComboBox::activated, this, [this](int at) {
    if (at < 0 || at >= std::ssize(columns_)) return;
    app::ImportPart part = part_;
    part.labelColumn = columns_[static_cast<std::size_t>(at)];
    send(std::move(part));
  });
  connect(rate_, &QDoubleSpinBox::valueChanged, this, [this](double rate) {
    app::ImportPart part = part_;
    part.chosenRate = rate;
    send(std::move(part));
  });
}

void ImportPartCard::send(app::ImportPart part) {
  if (part != part_) {
    part_ = std::move(part);
    Q_EMIT chosen(part_);
  }
}

void ImportPartCard::show(const app::ImportPart& part, const QStringList& labels) {
  part_ = part;
  const ImportRow row = importRow(part);
  columns_ = row.columns;
  setAccessibleName(row.title);
  setTextIfNew(title_, row.title);
  setTextIfNew(detail_, row.detail);
  detail_->setVisible(!row.detail.isEmpty());
  use_->setEnabled(row.canWant);
  use_->setChecked(row.canWant && part.wanted);
  use_->setAccessibleName(tr("Bring in: %1").arg(row.title));
  use_->setToolTip(tr("Unticked, it stays out"));
  const bool isCsv = !row.columnNames.isEmpty();
  kind_->setVisible(!row.kinds.isEmpty());
  fillChoices(kind_, row.kinds, row.kind);
  labelName_->setVisible(row.asksLabel);
  label_->setVisible(row.asksLabel);
  const QString typed = QString::fromStdString(part.label);
  if (!label_->hasFocus() && label_->text() != typed) {
    label_->setText(typed);
  }
  auto* known = static_cast<QStringListModel*>(label_->completer()->model());
  if (known->stringList() != labels) {
    known->setStringList(labels);
  }
  columnRow_->setVisible(isCsv);
  fillChoices(column_, row.columnNames, row.column);
  rate_->setVisible(row.asksRate);
  rateName_->setVisible(row.asksRate);
  if (row.asksRate) {
    const bool films = part.kind == app::ImportKind::Films;
    const QSignalBlocker quiet(rate_);
    const bool pictures = part.kind == app::ImportKind::Pictures;
    rate_->setRange(films ? 0.01 : pictures ? 0.001 : 0, films ? 30 : pictures ? 120 : 100'000);
    rate_->setSpecialValueText(films || pictures ? QString() : QStringLiteral("–"));
    rate_->setAccessibleName(row.rateName);
    rate_->setToolTip(films ? tr("How many of its pictures are kept for each second")
                            : tr("How many of them there are in each second"));
    if (!rate_->hasFocus()) {
      rate_->setValue(part.chosenRate);
    }
    setTextIfNew(rateName_, row.rateName);
  }
  controls_->setVisible(row.canWant && (row.asksLabel || !row.kinds.isEmpty() || row.asksRate));
  state_->show(row.tone, row.state);
  state_->setVisible(!row.state.isEmpty());
}

}  // namespace ui
