#pragma once
// LabelPage: the page on which a person says what was when: a timeline, proposals of the model, and
// the same labels as a table. It holds where one is; the models in ui/models decide what follows.

#include <QTimer>
#include <optional>
#include <vector>

#include "ui/pages/page.h"
#include "ui/views/timeline_view.h"

class QLabel;
class QComboBox;
class QFrame;
class QLabel;
class QPushButton;

namespace ui {

class ElidedLabel;
class LabelFacts;
class LabelTable;

class LabelPage final : public Page {
  Q_OBJECT

 public:
  /// How much later a finger moves than the ear hears: taken off what is labelled while playing.
  static constexpr base::Duration kReaction = std::chrono::milliseconds(250);

  LabelPage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time now) override;
  void showSelection(const Selection& selection) override;
  bool handleKey(const QKeyEvent& event) override;
  bool handleKeyUp(const QKeyEvent& event) override;
  bool handleEnter() override;
  QWidget* facts() override;

  const TimelineScene& scene() const { return scene_; }
  /// Goes to what happened then; to what is proposed where an assertion is broken there.
  void showMoment(const base::TimeSpan& span);
  bool isPlaying() const { return playingSince_.has_value(); }

 protected:
  void hideEvent(QHideEvent* event) override;

 private:
  void build();  ///< label_page_build.cpp
  void chooseAgain();
  void choose(int index);
  void update();  ///< gathers the scene anew
  void redraw();  ///< shows the scene
  void showWords();  ///< label_page_words.cpp
  void setRange(const TimelineRange& range);
  void moveCursor(base::Time t);
  void advance();
  void play(bool on);
  void select(std::int64_t example);
  void chooseProposal(std::optional<std::size_t> index);
  void decided();
  /// Puts what broken assertions propose among the proposals.
  void addBroken();
  void revise(const intent::ReviseExamples& revision);

  // label_page_keys.cpp: what a key means here.
  bool wantsKeys() const;
  bool handleEditKey(const QKeyEvent& event);
  bool handleMoveKey(const QKeyEvent& event);
  bool number(int key, bool furtherLabels);

  // label_page_edits.cpp: what is decided.
  void labelAs(const app::LabelCard& card);
  void acceptProposal(const app::LabelCard* as);
  void rejectProposal();
  void nextProposalFrom(base::Time t);
  void goToEvent(int direction);
  void goToLabel(int direction);
  void splitHere();
  void join();
  void trim();
  void nudge(base::Duration by);
  void findSimilar();
  void labelSimilar(bool all);
  void leaveSimilar();

  const Theme& theme_;
  Feed feed_;
  app::SnapshotPtr snapshot_;
  std::vector<TimelineChoice> choices_;
  int choice_ = -1;
  TimelineScene scene_;
  app::Heard heard_;
  std::uint64_t revision_ = 0;
  std::uint64_t drawn_ = 0;
  ProposalPace pace_;
  std::optional<base::Time> markFrom_;  ///< Enter was pressed once
  std::optional<base::Time> playingSince_;
  base::Time playingFrom_;
  int holdingKey_ = 0;
  struct Similar {
    learners::LabelId label = 0;
    std::optional<app::SimilarAnswer> answer;
  };
  std::optional<Similar> similar_;

  QComboBox* which_;
  ElidedLabel* about_;
  ElidedLabel* left_;
  QPushButton* next_;
  QPushButton* split_;
  QPushButton* join_;
  QPushButton* alike_;
  QFrame* similarBar_;
  QLabel* similarText_;
  QPushButton* similarFew_;
  QPushButton* similarAll_;
  QFrame* empty_;
  TimelineView* view_;
  LabelTable* table_;
  LabelFacts* facts_;
  QTimer frame_;  ///< runs while playing
};

}  // namespace ui
