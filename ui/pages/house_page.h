#pragma once
// HousePage: the nodes of the house and their settings, the computers that share the work, and the
// sources that are listened to.

#include <string>
#include <vector>

#include "ui/feed.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QFrame;
class QGridLayout;
class QLabel;
class QScrollArea;

namespace ui {

class FactList;
class FlowLayout;
class LocalCard;
class SourceCard;
class NodeCard;
class ParamForm;
class PlacementCard;
class PlacesCard;
class RowTable;

class HousePage final : public Page {
  Q_OBJECT

 public:
  HousePage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time now) override;
  void showSelection(const Selection& selection) override;
  /// The chosen node's facts, for the inspector; lives as long as its parent there.
  QWidget* facts() override { return facts_; }

 Q_SIGNALS:
  /// The person wants values of other devices' messages.
  void topicsWanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void buildFacts();
  QFrame* makeTable(const QString& title, RowTable* table);
  const hubs::NodeView* chosenNode() const;
  void choose(const std::string& node);
  void showSettings(base::Time now);
  void showNodes(base::Time now);
  void showDevices();
  void showSources(base::Time now);
  void showFacts();
  void fit();

  const Theme& theme_;
  Feed feed_;
  app::SnapshotPtr snapshot_;
  base::Time shownAt_;
  std::string chosen_;
  int turn_ = 0;
  QLabel* line_;
  QScrollArea* scroll_;
  QWidget* nodesHost_;
  FlowLayout* nodes_;
  QLabel* noNodes_;
  std::vector<NodeCard*> cards_;
  QGridLayout* pair_;
  ParamForm* form_;
  PlacementCard* placement_;
  LocalCard* local_;
  SourceCard* reading_;
  RowTable* devices_;
  PlacesCard* places_;
  RowTable* sources_;
  QLabel* noSources_;
  QWidget* facts_ = nullptr;
  QLabel* factsTitle_ = nullptr;
  FactList* nodeFacts_ = nullptr;
  QLabel* streamsTitle_ = nullptr;
  FactList* streamFacts_ = nullptr;
  QLabel* complaint_ = nullptr;
};

}  // namespace ui
