#include "ui/charts/chart_card.h"

#include <QAbstractTableModel>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/views/basics.h"

namespace ui {
namespace {

class TwinModel final : public QAbstractTableModel {
 public:
  TwinModel(ChartTable table, QObject* parent)
      : QAbstractTableModel(parent), table_(std::move(table)) {}

  int rowCount(const QModelIndex& parent) const override {
    return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
  }
  int columnCount(const QModelIndex& parent) const override {
    return parent.isValid() ? 0 : static_cast<int>(table_.columns.size());
  }
  QVariant data(const QModelIndex& index, int role) const override {
    if (role != Qt::DisplayRole) return {};
    return table_.rows[static_cast<std::size_t>(index.row())].value(index.column());
  }
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (role != Qt::DisplayRole) return {};
    return orientation == Qt::Horizontal ? QVariant(table_.columns.value(section)) : section + 1;
  }

 private:
  ChartTable table_;
};

}  // namespace

ChartCard::ChartCard(const Theme& theme, Chart* chart, const QString& name, QWidget* parent)
    : QFrame(parent), chart_(chart), name_(name) {
  Q_UNUSED(theme)
  setProperty("role", "card");
  auto* column = tightLayout<QVBoxLayout>(this, 6, {16, 10, 10, 10});
  head_ = tightLayout<QHBoxLayout>(nullptr, 4);
  title_ = makeText(name, "card-title", this);
  title_->setWordWrap(true);
  title_->setMinimumHeight(32);
  head_->addWidget(title_, 1);
  more_ = makeButton(QStringLiteral("⋯"),
                     tr("The same figures as a table; copies as picture, SVG or CSV"), "quiet", this);
  more_->setAccessibleName(tr("%1: table and copies").arg(name));
  more_->setFixedWidth(36);
  auto* menu = new QMenu(more_);
  twin_ = menu->addAction(tr("As a table"));
  twin_->setCheckable(true);
  menu->addSeparator();
  menu->addAction(tr("Copy the picture (Ctrl+C)"), this, &ChartCard::copyPicture);
  menu->addAction(tr("Copy as SVG"), this, &ChartCard::copySvg);
  menu->addAction(tr("Copy the table as CSV"), this, &ChartCard::copyTable);
  more_->setMenu(menu);
  head_->addWidget(more_, 0, Qt::AlignTop);
  column->addLayout(head_);

  stack_ = new QStackedLayout;
  chart_->setParent(this);
  words_ = makeText({}, "muted", this);
  words_->setWordWrap(true);
  words_->setAlignment(Qt::AlignCenter);
  table_ = new QTableView(this);
  table_->setAccessibleName(tr("%1: table").arg(name));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(28);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->setMinimumHeight(120);
  stack_->addWidget(chart_);
  stack_->addWidget(words_);
  stack_->addWidget(table_);
  column->addLayout(stack_, 1);
  note_ = makeText({}, "axis", this);
  note_->setWordWrap(true);
  column->addWidget(note_);
  connect(twin_, &QAction::toggled, this, &ChartCard::setShowsTable);
  connect(table_, &QTableView::activated, this,
          [this](const QModelIndex& index) { chart_->open(static_cast<std::size_t>(index.row())); });
  connect(table_, &QTableView::clicked, this,
          [this](const QModelIndex& index) { chart_->open(static_cast<std::size_t>(index.row())); });
  showWords({});
}

void ChartCard::addControl(QWidget* control) {
  controls_.push_back(control);
  head_->insertWidget(static_cast<int>(controls_.size()), control, 0, Qt::AlignTop);
}

std::vector<QWidget*> ChartCard::tabChain() const {
  std::vector<QWidget*> chain = controls_;
  chain.insert(chain.end(), {more_, chart_, table_});
  return chain;
}

bool ChartCard::showsTable() const { return stack_->currentWidget() == table_; }

void ChartCard::setShowsTable(bool shows) {
  twin_->setChecked(shows);
  if (!found_) return;
  if (shows) fillTable();
  stack_->setCurrentWidget(shows ? static_cast<QWidget*>(table_) : chart_);
}

void ChartCard::fillTable() {
  auto* before = table_->model();
  table_->setModel(new TwinModel(chart_->table(), table_));
  if (before) before->deleteLater();
  table_->resizeColumnsToContents();
}

void ChartCard::showFound() {
  const bool first = !std::exchange(found_, true);
  const ChartWords now = chart_->words();
  const bool same = !first && title_->text() == now.title && note_->text() == now.note;
  setTextIfNew(title_, now.title);
  setTextIfNew(note_, now.note);
  note_->show();
  more_->setEnabled(true);
  if (showsTable() && !same) fillTable();
  if (first) setShowsTable(twin_->isChecked());
}

void ChartCard::showWords(const QString& words) {
  found_ = false;
  setTextIfNew(title_, name_);
  words_->setText(words);
  note_->hide();
  more_->setEnabled(false);
  stack_->setCurrentWidget(words_);
}

void ChartCard::copyPicture() { QApplication::clipboard()->setMimeData(chart_->copy()); }

void ChartCard::copySvg() {
  auto* mime = new QMimeData;
  const QByteArray svg = chart_->svg({720, 440});
  mime->setData(QStringLiteral("image/svg+xml"), svg);
  mime->setText(QString::fromUtf8(svg));
  QApplication::clipboard()->setMimeData(mime);
}

void ChartCard::copyTable() {
  auto* mime = new QMimeData;
  const QString csv = toCsv(chart_->table());
  mime->setData(QStringLiteral("text/csv"), csv.toUtf8());
  mime->setText(csv);
  QApplication::clipboard()->setMimeData(mime);
}

void ChartCard::contextMenuEvent(QContextMenuEvent* event) {
  if (found_) more_->menu()->popup(event->globalPos());
}

}  // namespace ui
