#include "ui/views/past_list.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr int kRowHeight = 36;

enum Role { Left = Qt::UserRole, Right, Faint, Strong, Index };

/// A row of a list: words at the left, a time or a number at the right.
class TwoSides final : public QStyledItemDelegate {
 public:
  TwoSides(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {120, kRowHeight};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    const Tokens& t = theme_.tokens();
    painter->save();
    const bool chosen = option.state & QStyle::State_Selected;
    if (chosen) {
      QColor band = t.accent;
      band.setAlphaF(0.14F);
      painter->fillRect(option.rect, band);
    }
    painter->setPen(t.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRectF box = QRectF(option.rect).adjusted(10, 0, -10, 0);
    const QString right = index.data(Right).toString();
    const bool faint = index.data(Faint).toBool();
    painter->setFont(theme_.font(Theme::Text::Secondary));
    const double wide = figuresWidth(QFontMetricsF(painter->font()), right);
    painter->setPen(t.text2);
    drawFigures(*painter, box, right, Qt::AlignRight);
    QFont font = theme_.font(Theme::Text::Body, index.data(Strong).toBool() ? 600 : 400);
    font.setStrikeOut(faint);
    painter->setFont(font);
    painter->setPen(faint ? t.text2 : t.text);
    const QString left = QFontMetricsF(font).elidedText(index.data(Left).toString(), Qt::ElideRight,
                                                        box.width() - wide - 12);
    painter->drawText(box, Qt::AlignVCenter | Qt::TextSingleLine, left);
    painter->restore();
  }

 private:
  const Theme& theme_;
};

}  // namespace

QListWidget* makePastList(const Theme& theme, const QString& name, const QString& tip,
                      QWidget* parent) {
  auto* list = new QListWidget(parent);
  list->setItemDelegate(new TwoSides(theme, list));
  list->setAccessibleName(name);
  list->setToolTip(tip);
  list->setFrameShape(QFrame::NoFrame);
  list->setUniformItemSizes(true);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  return list;
}

PastTarget targetOf(const QListWidgetItem* item) {
  return {.kind = static_cast<PastTarget::Kind>(item->data(Index).toInt()),
          .id = item->data(Index + 1).toLongLong(),
          .hash = item->data(Index + 2).toString().toStdString()};
}

void fillPastList(QListWidget* list, const std::vector<PastListRow>& rows) {
  const QSignalBlocker quiet(list);
  const PastTarget chosen =
      list->currentItem() != nullptr ? targetOf(list->currentItem()) : PastTarget{};
  while (list->count() > std::ssize(rows)) {
    delete list->takeItem(list->count() - 1);
  }
  while (list->count() < std::ssize(rows)) {
    list->addItem(new QListWidgetItem);
  }
  for (int i = 0; i < list->count(); ++i) {
    const PastListRow& row = rows[static_cast<std::size_t>(i)];
    QListWidgetItem* item = list->item(i);
    item->setData(Left, row.left);
    item->setData(Right, row.right);
    item->setData(Faint, row.faint);
    item->setData(Strong, row.strong);
    item->setData(Index, static_cast<int>(row.target.kind));
    item->setData(Index + 1, static_cast<qlonglong>(row.target.id));
    item->setData(Index + 2, QString::fromStdString(row.target.hash));
    item->setData(Qt::AccessibleTextRole,
                  row.right.isEmpty() ? row.left : row.left + QStringLiteral(", ") + row.right);
    const bool leads = row.target.kind != PastTarget::Kind::None;
    item->setFlags(leads ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled);
  }
  if (list->currentItem() != nullptr && !(targetOf(list->currentItem()) == chosen)) {
    list->setCurrentItem(nullptr);
    list->clearSelection();
    for (int i = 0; i < list->count() && chosen.kind != PastTarget::Kind::None; ++i) {
      if (targetOf(list->item(i)) == chosen) {
        list->setCurrentItem(list->item(i));
      }
    }
  }
}

void addToFill(QVBoxLayout* column, QWidget* list) {
  column->addWidget(list, 1000);
  column->addStretch(1);
}

}  // namespace ui
