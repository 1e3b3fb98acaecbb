#include "ui/views/example_list.h"

#include <QAbstractListModel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/views/thumbnail.h"

namespace ui {

class ExampleList::Model final : public QAbstractListModel {
 public:
  explicit Model(ExampleList& list) : QAbstractListModel(&list), list_(list) {}

  int rowCount(const QModelIndex& parent) const override {
    return parent.isValid() ? 0 : static_cast<int>(list_.ids_.size());
  }
  QVariant data(const QModelIndex& index, int role) const override {
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole) return {};
    const ExampleRow row = list_.row(index.row());
    return row.second.isEmpty() ? row.first : row.first + QStringLiteral(", ") + row.second;
  }
  void reset(const std::function<void()>& change) {
    beginResetModel();
    change();
    endResetModel();
  }

 private:
  ExampleList& list_;
};

namespace {

class Delegate final : public QStyledItemDelegate {
 public:
  Delegate(const Theme& theme, ExampleList* list)
      : QStyledItemDelegate(list), theme_(theme), list_(*list) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {200, ExampleList::kRow};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    const ExampleRow row = list_.row(index.row());
    const Tokens& t = theme_.tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option.rect).adjusted(2, 2, -2, -2);
    if (option.state & QStyle::State_Selected) {
      const bool focused = option.state & QStyle::State_HasFocus;
      painter->setPen(QPen(focused ? t.accent : t.border, focused ? 2 : 1));
      painter->setBrush(t.sunk);
      painter->drawRoundedRect(box, 4, 4);
    }
    const QRectF well(box.left() + 4, box.top() + 4, std::min(120.0, box.width() * 0.45), box.height() - 8);
    painter->setPen(Qt::NoPen);
    painter->setBrush(option.state & QStyle::State_Selected ? t.surface : t.sunk);
    painter->drawRoundedRect(well, 4, 4);
    if (row.thumbnail && !row.thumbnail->empty()) {
      paintThumbnail(*painter, well.adjusted(3, 3, -3, -3), *row.thumbnail,
                     theme_.labelColour(row.colour));
    }
    const QRectF words(well.right() + 10, well.top(), box.right() - well.right() - 14, well.height());
    painter->setFont(theme_.font(Theme::Text::Secondary));
    const QFontMetricsF metrics(painter->font());
    painter->setPen(row.enabled ? t.text : t.text2);
    painter->drawText(QRectF(words.left(), words.top(), words.width(), words.height() / 2),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(row.first, Qt::ElideRight, words.width()));
    painter->setPen(t.text2);
    painter->drawText(QRectF(words.left(), words.center().y(), words.width(), words.height() / 2),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(row.second, Qt::ElideRight, words.width()));
    painter->restore();
  }

 private:
  const Theme& theme_;
  ExampleList& list_;
};

}  // namespace

ExampleList::ExampleList(const Theme& theme, QWidget* parent)
    : QListView(parent), model_(new Model(*this)), row_([](std::int64_t) { return ExampleRow{}; }) {
  setModel(model_);
  setItemDelegate(new Delegate(theme, this));
  setUniformItemSizes(true);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setAccessibleName(tr("Examples"));
  connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void ExampleList::show(std::vector<std::int64_t> ids,
                       std::function<ExampleRow(std::int64_t)> row) {
  row_ = std::move(row);
  if (ids == ids_) return refresh();
  const auto kept = current();
  const int before = currentIndex().row();
  model_->reset([&] { ids_ = std::move(ids); });
  if (ids_.empty()) return;
  const auto found = kept ? std::find(ids_.begin(), ids_.end(), *kept) : ids_.end();
  // Where the current one is gone, the next one takes its place.
  const int at = found != ids_.end() ? static_cast<int>(found - ids_.begin())
                                     : std::clamp(before, 0, static_cast<int>(ids_.size()) - 1);
  setCurrentIndex(model_->index(at, 0));
}

void ExampleList::refresh() { viewport()->update(); }

std::optional<std::int64_t> ExampleList::current() const {
  const int at = currentIndex().row();
  if (at < 0 || at >= static_cast<int>(ids_.size())) return std::nullopt;
  return ids_[static_cast<std::size_t>(at)];
}

void ExampleList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (const auto id = this->current()) Q_EMIT currentExampleChanged(*id);
}

}  // namespace ui
