#pragma once
// TopicSheet: from a broker to a channel, over the window: brokers to choose from or to type in,
// then the topics they send; a value that is chosen becomes a channel of the project.

#include "ui/intent.h"
#include "ui/models/topic_rows.h"
#include "ui/theme.h"
#include "ui/topics_feed.h"
#include "ui/views/sheet.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace ui {

class BrokerPicker;
class TopicTreeView;

class TopicSheet final : public Sheet {
  Q_OBJECT

 public:
  TopicSheet(const Theme& theme, TopicsFeed feed, std::function<base::Time()> now, QWidget* window);

  void open();
  void showSnapshot(const app::SnapshotPtr& snapshot) { snapshot_ = snapshot; }
  void pull() override;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 protected:
  void leaving() override;

 private:
  QWidget* makeBrokers();
  QWidget* makeTopics();
  void showChoice();
  /// The range as it was typed, {0, 0} where none is; nothing where it is none.
  std::optional<std::pair<double, double>> typedRange() const;
  void use();
  void backToBrokers();

  const Theme& theme_;
  TopicsFeed feed_;
  std::function<base::Time()> now_;
  app::SnapshotPtr snapshot_;
  app::TopicDeskView view_;
  std::uint64_t revision_ = 0;
  std::string shownBroker_;  ///< whose topics are in the tree
  QLabel* title_;
  QLabel* line_;
  QLabel* trouble_;
  QStackedLayout* stack_;
  BrokerPicker* brokers_ = nullptr;
  QLineEdit* filter_ = nullptr;
  TopicTreeView* tree_ = nullptr;
  QLabel* reading_ = nullptr;
  QLineEdit* name_ = nullptr;
  QLineEdit* unit_ = nullptr;
  QLineEdit* from_ = nullptr;
  QLineEdit* to_ = nullptr;
  QPushButton* use_ = nullptr;
  QLabel* wrong_ = nullptr;  ///< what is wrong with the range
  QWidget* choice_ = nullptr;
  QLabel* hint_ = nullptr;
  std::optional<hubs::TopicChannel> proposed_;
};

}  // namespace ui
