#pragma once
// TopicTreeView: the topics of a broker as a tree with their last values; what is chosen in it can
// become a channel.

#include <QTreeWidget>
#include <map>
#include <string>

#include "ui/models/topic_rows.h"

namespace ui {

class TopicTreeView final : public QTreeWidget {
  Q_OBJECT

 public:
  explicit TopicTreeView(QWidget* parent = nullptr);

  void forgetAll();
  /// Topics that were heard or changed.
  void take(const std::vector<hubs::TopicViewPtr>& topics);
  /// Ages of what is in sight, and what is a channel already.
  void refresh(base::Time now, const app::Snapshot& snapshot, const std::string& broker);
  /// Shows only topics with all these words in their name or values.
  void find(const QString& words);

  struct Chosen {
    hubs::TopicViewPtr topic;
    std::string pointer;
  };
  /// Nothing where no value is chosen that can become a channel.
  std::optional<Chosen> chosen() const;

 Q_SIGNALS:
  void choiceChanged();
  /// Enter on a value.
  void useWanted();

 protected:
  bool event(QEvent* event) override;

 private:
  QTreeWidgetItem* branch(const QStringList& levels);
  void showTopic(QTreeWidgetItem* item, const hubs::TopicView& topic);
  void showHeard(QTreeWidgetItem* item, base::Time now, const app::Snapshot& snapshot,
                 const std::string& broker);
  void apply(QTreeWidgetItem* item, const TopicRow& row, const QString& pointer);
  bool matches(const hubs::TopicView& topic) const;
  bool hideUnmatched(QTreeWidgetItem* item);

  std::map<std::string, hubs::TopicViewPtr> topics_;
  std::map<std::string, QTreeWidgetItem*> items_;
  std::map<QString, QTreeWidgetItem*> branches_;  ///< each level by its path
  QString words_;
};

}  // namespace ui
