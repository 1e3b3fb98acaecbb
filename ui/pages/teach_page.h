#pragma once
// TeachPage: the loop: what to do next, the labels with their examples, and what is heard now.

#include <QImage>
#include <map>
#include <vector>

#include "ui/feed.h"
#include "ui/models/hands_free.h"
#include "ui/models/teach_keys.h"
#include "ui/next_step_bar.h"
#include "ui/pages/now_panel.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QScrollArea;

namespace ui {

class ActPanel;
class FlowLayout;
class LabelCard;
class NewLabelCard;

class TeachPage final : public Page {
  Q_OBJECT

 public:
  TeachPage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time now) override;
  void showSelection(const Selection& selection) override;

  /// What C or M asks for now, and how far back M reaches.
  void setPrefix(TeachKeys::Prefix prefix, base::Duration missedFor);
  void setKeyNames(const PrefixKeyNames& names);
  /// Whether cards say "hold 1" or "press 1".
  void setRecordBy(RecordBy by);
  void pressNextStep() { next_->press(); }
  bool handleEnter() override {
    pressNextStep();
    return true;
  }
  /// `correcting`: the answer of that time was something new, which is to be named.
  void startNewLabel(std::optional<base::Time> correcting = std::nullopt);
  /// Renames the chosen label; the one that records or was recorded last where none is chosen.
  void startRename();
  /// Five recordings with a countdown of the chosen label, or of the one the next step names.
  void startHandsFree();
  void editLimits();
  void stopHandsFree() { handsFree_.stop(); }
  bool isHandsFree() const { return handsFree_.isRunning(); }

 Q_SIGNALS:
  /// A key cap was clicked: the same as pressing it.
  void keyClicked(const QString& key);
  void spanPicked(const base::TimeSpan& span, const QPoint& at);
  void recordWanted(learners::LabelId label);
  void stopWanted();
  void otherStartWanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showCards();
  void fitCards();
  int actHeight();
  learners::LabelId labelAtHand() const;
  QImage pictureOf(const app::Example& example);

  const Theme& theme_;
  Feed feed_;
  app::SnapshotPtr snapshot_;
  Selection selection_;
  TeachKeys::Prefix prefix_ = TeachKeys::Prefix::None;
  base::Duration missedFor_{0};
  RecordBy recordBy_ = RecordBy::Hold;
  HandsFree handsFree_;
  std::map<std::int64_t, QImage> pictures_;  ///< by example
  std::vector<app::RibbonSpan> heard_;
  base::Time heardAt_;
  learners::LabelId lastRecorded_ = 0;
  NextStepBar* next_;
  QScrollArea* scroll_;
  QWidget* cardsHost_;
  FlowLayout* flow_;
  std::vector<LabelCard*> cards_;
  NewLabelCard* newLabel_;
  ActPanel* act_;
  NowPanel* now_;
};

}  // namespace ui
