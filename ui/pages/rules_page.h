#pragma once
// RulesPage: what answers lead to and what never happens in this house, as sentences. A rule is
// typed, or changed slot by slot.

#include <vector>

#include "ui/feed.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace ui {

class RuleCard;

class RulesPage final : public Page {
  Q_OBJECT

 public:
  RulesPage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time) override {}
  /// On the empty page: uses the example.
  bool handleEnter() override;
  /// The line where a new rule is typed gets the keyboard.
  void startTyping();

 Q_SIGNALS:
  /// What broke an assertion there is to be seen on the page Label.
  void brokenWanted(const base::TimeSpan& span);

 private:
  /// One kind of rules under one title.
  struct Section {
    QWidget* host = nullptr;
    QVBoxLayout* column = nullptr;
    QLabel* example = nullptr;
    QPushButton* use = nullptr;
    std::vector<RuleCard*> cards;
    std::string sentence;  ///< of the example
  };
  void addSection(Section& section, const QString& title, QVBoxLayout* column);
  void showSection(Section& section, const std::vector<const app::RuleView*>& rules,
                   const std::string& example);
  void showTyped();
  /// Tab goes through the sentences and buttons as people read, also where a sentence is built anew.
  void orderTabs();
  void add(const std::string& sentence);

  const Theme& theme_;
  RulesFeed feed_;
  std::shared_ptr<const app::RulesView> rules_;
  QLabel* line_;
  QPushButton* holdBack_;
  QFrame* held_;
  QLabel* heldText_;
  QPushButton* letAct_;
  QLineEdit* typed_;
  QPushButton* add_;
  QLabel* hint_;
  QScrollArea* scroll_;
  bool rebuilt_ = false;
  Section where_;
  Section leadsTo_;
  Section never_;
};

}  // namespace ui
