#include "ui/views/topic_tree_view.h"

#include <QHeaderView>
#include <QKeyEvent>

#include "ui/views/command_search.h"

namespace ui {
namespace {

enum Column { kName, kValue, kRate, kHeard };
constexpr int kTopicRole = Qt::UserRole;        // std topic; set where messages came
constexpr int kPointerRole = Qt::UserRole + 1;  // set where it is a value
constexpr int kUsableRole = Qt::UserRole + 2;

/// Where a level belongs below `at`: the values of its own topic come first, then the levels,
/// sorted. Looked up by halves, for a broker may have thousands on one level.
int placeFor(const QTreeWidgetItem& at, const QString& level) {
  int first = 0;
  while (first < at.childCount() && !at.child(first)->data(kName, kPointerRole).isNull()) {
    ++first;
  }
  int last = at.childCount();
  while (first < last) {
    const int middle = (first + last) / 2;
    if (QString::localeAwareCompare(at.child(middle)->text(kName), level) > 0) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

}  // namespace

TopicTreeView::TopicTreeView(QWidget* parent) : QTreeWidget(parent) {
  setAccessibleName(tr("Topics and their values"));
  setToolTip(tr("Arrows move and open, Enter makes the value a channel"));
  setColumnCount(4);
  setHeaderLabels({tr("Topic"), tr("Last value"), tr("How often"), tr("Heard")});
  setUniformRowHeights(true);
  setAlternatingRowColors(false);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setTabKeyNavigation(false);
  header()->setStretchLastSection(false);
  header()->setSectionResizeMode(kName, QHeaderView::Stretch);
  header()->setSectionResizeMode(kValue, QHeaderView::Stretch);
  header()->setSectionResizeMode(kRate, QHeaderView::Fixed);
  header()->setSectionResizeMode(kHeard, QHeaderView::Fixed);
  header()->resizeSection(kRate, 110);
  header()->resizeSection(kHeard, 110);
  header()->setSectionsMovable(false);
  connect(this, &QTreeWidget::currentItemChanged, this, [this] { Q_EMIT choiceChanged(); });
}

void TopicTreeView::forgetAll() {
  clear();
  topics_.clear();
  items_.clear();
  branches_.clear();
}

bool TopicTreeView::event(QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
      if (chosen()) {
        Q_EMIT useWanted();
      } else if (currentItem() != nullptr) {
        currentItem()->setExpanded(!currentItem()->isExpanded());
      }
      return true;
    }
  }
  return QTreeWidget::event(event);
}

QTreeWidgetItem* TopicTreeView::branch(const QStringList& levels) {
  QTreeWidgetItem* at = invisibleRootItem();
  QString path;
  for (const QString& level : levels) {
    path += QLatin1Char('/') + level;
    QTreeWidgetItem*& next = branches_[path];
    if (next == nullptr) {
      next = new QTreeWidgetItem({level});
      at->insertChild(placeFor(*at, level), next);
      next->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
      // What stands alone at the top is opened: most homes have one or two roots.
      if (at == invisibleRootItem()) {
        next->setExpanded(topLevelItemCount() <= 6);
      }
    }
    at = next;
  }
  return at;
}

void TopicTreeView::apply(QTreeWidgetItem* item, const TopicRow& row, const QString& pointer) {
  const auto set = [item](int column, const QString& text) {
    if (item->text(column) != text) {
      item->setText(column, text);
    }
  };
  set(kName, row.name);
  set(kValue, row.value);
  set(kRate, row.rate);
  item->setToolTip(kValue, row.tip);
  item->setData(kName, kUsableRole, row.canUse);
  if (!pointer.isNull()) {
    item->setData(kName, kPointerRole, pointer);
  }
}

void TopicTreeView::showTopic(QTreeWidgetItem* item, const hubs::TopicView& topic) {
  item->setData(kName, kTopicRole, QString::fromStdString(topic.topic));
  apply(item, topicRow(topic), {});
  const bool isJson = topic.kind == hubs::PayloadKind::Json;
  std::map<QString, QTreeWidgetItem*> values;
  for (int i = item->childCount() - 1; i >= 0; --i) {
    const QVariant pointer = item->child(i)->data(kName, kPointerRole);
    if (!pointer.isNull()) {
      values[pointer.toString()] = item->child(i);
    }
  }
  if (!isJson) {
    return;  // values of before stay: they may be channels
  }
  int place = 0;
  for (const hubs::TopicLeaf& leaf : topic.leaves) {
    const QString pointer = QString::fromStdString(leaf.last.pointer);
    auto known = values.find(pointer);
    if (known == values.end()) {
      auto* made = new QTreeWidgetItem;
      item->insertChild(place, made);
      known = values.emplace(pointer, made).first;
    }
    apply(known->second, leafRow(topic, leaf), pointer);
    ++place;
  }
}

void TopicTreeView::take(const std::vector<hubs::TopicViewPtr>& topics) {
  if (topics.empty()) {
    return;
  }
  setUpdatesEnabled(false);
  bool anyNew = false;
  for (const hubs::TopicViewPtr& topic : topics) {
    QTreeWidgetItem*& item = items_[topic->topic];
    const bool isNew = item == nullptr;
    if (isNew) {
      item = branch(topicLevels(topic->topic));
    }
    topics_[topic->topic] = topic;
    showTopic(item, *topic);
    anyNew = anyNew || isNew;
  }
  if (anyNew && !words_.isEmpty()) {
    hideUnmatched(invisibleRootItem());  // once for all of them: a large broker has thousands
  }
  if (currentItem() == nullptr && topLevelItemCount() > 0) {
    setCurrentItem(topLevelItem(0));
  }
  setUpdatesEnabled(true);
}

void TopicTreeView::refresh(base::Time now, const app::Snapshot& snapshot,
                            const std::string& broker) {
  for (QTreeWidgetItem* item = itemAt(0, 0); item != nullptr; item = itemBelow(item)) {
    if (visualItemRect(item).top() > viewport()->height()) {
      break;
    }
    showHeard(item, now, snapshot, broker);
  }
  if (currentItem() != nullptr) {
    showHeard(currentItem(), now, snapshot, broker);
  }
}

void TopicTreeView::showHeard(QTreeWidgetItem* item, base::Time now, const app::Snapshot& snapshot,
                              const std::string& broker) {
  const QVariant pointer = item->data(kName, kPointerRole);
  const QTreeWidgetItem* owner = pointer.isNull() ? item : item->parent();
  const auto topic = topics_.find(owner->data(kName, kTopicRole).toString().toStdString());
  if (topic == topics_.end()) {
    return;
  }
  const bool used = item->data(kName, kUsableRole).toBool() &&
                    isChannel(snapshot, {.broker = broker,
                                         .topic = topic->first,
                                         .pointer = pointer.toString().toStdString()});
  const QString heard = used ? tr("✓ channel")
                             : heardText(now - topic->second->heard, topic->second->isOld);
  const QString text = pointer.isNull() || used ? heard : QString();
  if (item->text(kHeard) != text) {
    item->setText(kHeard, text);
  }
}

bool TopicTreeView::matches(const hubs::TopicView& topic) const {
  QString all = QString::fromStdString(topic.topic);
  for (const hubs::TopicLeaf& leaf : topic.leaves) {
    all += QLatin1Char(' ') + QString::fromStdString(leaf.last.pointer);
  }
  return matchesQuery(all, words_);
}

bool TopicTreeView::hideUnmatched(QTreeWidgetItem* item) {
  bool any = false;
  const QVariant name = item->data(kName, kTopicRole);
  if (!name.isNull()) {
    const auto topic = topics_.find(name.toString().toStdString());
    any = topic != topics_.end() && matches(*topic->second);
  }
  for (int i = 0; i < item->childCount(); ++i) {
    QTreeWidgetItem* child = item->child(i);
    if (child->data(kName, kPointerRole).isNull()) {
      any = hideUnmatched(child) || any;
    }
  }
  if (item != invisibleRootItem()) {
    item->setHidden(!any);
    if (any && !words_.isEmpty()) {
      item->setExpanded(true);
    }
  }
  return any;
}

void TopicTreeView::find(const QString& words) {
  words_ = words.trimmed();
  hideUnmatched(invisibleRootItem());
}

std::optional<TopicTreeView::Chosen> TopicTreeView::chosen() const {
  const QTreeWidgetItem* item = currentItem();
  if (item == nullptr || !item->data(kName, kUsableRole).toBool()) {
    return std::nullopt;
  }
  const QVariant pointer = item->data(kName, kPointerRole);
  const QTreeWidgetItem* owner = pointer.isNull() ? item : item->parent();
  const auto topic = topics_.find(owner->data(kName, kTopicRole).toString().toStdString());
  if (topic == topics_.end()) {
    return std::nullopt;
  }
  return Chosen{topic->second, pointer.toString().toStdString()};
}

}  // namespace ui
