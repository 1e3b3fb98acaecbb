#include "ui/pages/label_facts.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/views/basics.h"

namespace ui {

LabelFacts::LabelFacts(const Theme& theme, LabelTable& table, QWidget* parent)
    : QWidget(parent), theme_(theme), table_(table) {
  auto* column = tightLayout<QVBoxLayout>(this, 8, {8, 16, 4, 16});
  auto* title = makeText(tr("Labels as a table"), "section", this);
  title->setContentsMargins(8, 0, 0, 0);  // where other facts have theirs
  column->addWidget(title);
  view_ = new QTableView(this);
  view_->setModel(&table);
  view_->setAccessibleName(tr("Labels as a table"));
  view_->setToolTip(tr("Enter changes a start, an end or a label"));
  view_->setFrameShape(QFrame::NoFrame);
  view_->setShowGrid(false);
  view_->setCornerButtonEnabled(false);
  view_->setTabKeyNavigation(false);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setSelectionMode(QAbstractItemView::SingleSelection);
  view_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  view_->setFont(theme.font(Theme::Text::Secondary));
  view_->verticalHeader()->hide();
  view_->verticalHeader()->setDefaultSectionSize(32);
  QHeaderView* header = view_->horizontalHeader();
  header->setFont(theme.font(Theme::Text::Secondary));
  header->setHighlightSections(false);
  header->setSectionsClickable(false);
  header->setSectionResizeMode(QHeaderView::Fixed);
  header->setSectionResizeMode(LabelTable::Label, QHeaderView::Stretch);
  header->setMinimumSectionSize(30);
  const int widths[] = {62, 62, 0, 34, 44};
  for (int i = 0; i < LabelTable::Columns; ++i) {
    if (widths[i] > 0) {
      header->resizeSection(i, widths[i]);
    }
  }
  none_ = makeText(tr("Nothing is labelled here yet. Drag over the signal, or press ] for the next "
                      "event and a number."),
                   "secondary", this);
  none_->setWordWrap(true);
  none_->setContentsMargins(8, 0, 8, 0);
  column->addWidget(none_);
  column->addWidget(view_, 1);
  heading_ = makeText(tr("Selected"), "section", this);
  column->addWidget(heading_);
  body_ = new QWidget(this);
  rows_ = tightLayout<QVBoxLayout>(body_, 6);
  column->addWidget(body_);
  trim_ = makeButton(tr("Trim to the signal (T)"),
                     tr("Moves start and end to where the signals rise and fall"), "", this);
  column->addWidget(trim_);
  column->addStretch();  // where there is no table, the words stand at the top
  connect(trim_, &QPushButton::clicked, this, &LabelFacts::trimWanted);
  connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& now) {
            if (!choosing_ && now.isValid()) {
              Q_EMIT chosen(table_.exampleAt(now.row()));
            }
          });
  show(Facts{});
}

void LabelFacts::show(const Facts& facts) {
  none_->setVisible(table_.rowCount() == 0);
  view_->setVisible(table_.rowCount() > 0);
  if (rows_->count() > 0 && facts.name == facts_.name && facts.rows == facts_.rows) {
    return;
  }
  facts_ = facts;
  while (QLayoutItem* item = rows_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  const bool any = !facts.name.isEmpty();
  heading_->setVisible(any);
  body_->setVisible(any);
  trim_->setVisible(any);
  for (const auto& [what, value] : facts.rows) {
    auto* row = new QWidget(body_);
    auto* line = tightLayout<QHBoxLayout>(row, 8);
    line->addWidget(makeText(what, "secondary", row));
    line->addStretch(1);
    auto* text = makeText(value, "", row);
    text->setAlignment(Qt::AlignRight);
    line->addWidget(text);
    rows_->addWidget(row);
  }
}

void LabelFacts::choose(std::int64_t example) {
  choosing_ = true;
  const int row = table_.rowOf(example);
  if (row < 0) {
    view_->clearSelection();
    view_->setCurrentIndex({});
  } else if (view_->currentIndex().row() != row) {
    const int column = std::max(0, view_->currentIndex().column());
    view_->setCurrentIndex(table_.index(row, column));
    view_->scrollTo(table_.index(row, column));
  }
  choosing_ = false;
}

bool LabelFacts::edit() {
  const QModelIndex at = view_->currentIndex();
  if (!at.isValid() || !(table_.flags(at) & Qt::ItemIsEditable)) {
    return false;
  }
  view_->edit(at);
  return true;
}

bool LabelFacts::hasKeyboard() const { return view_->hasFocus(); }

}  // namespace ui
