#pragma once
// CheckExamples: what is behind a mark of a chart: the examples with their pictures, and what can be
// done about them. Stands in the inspector's place.

#include <QFrame>

#include "app/check.h"
#include "ui/charts/chart.h"
#include "ui/intent.h"
#include "ui/views/example_list.h"
#include "ui/views/spectrum_pair.h"

class QLabel;
class QPushButton;

namespace ui {

class CheckExamples final : public QFrame {
  Q_OBJECT

 public:
  /// `library` gives the sound of examples, and may be empty.
  CheckExamples(const Theme& theme, LibraryFeed library, QWidget* parent = nullptr);

  void show(const app::SnapshotPtr& snapshot, const app::CheckReportPtr& report);
  using QFrame::show;
  void open(const Behind& behind);
  /// The keyboard goes to the first example.
  void takeFocus();
  bool hasFocusWithin() const;
  std::optional<std::int64_t> current() const { return list_->current(); }
  const Behind& behind() const { return behind_; }
  /// "It was" the label with that key. True where an example was there to be relabelled.
  bool relabelByKey(int key);
  /// The sound of the example at hand stays, to be compared with others; once more: no longer.
  bool keepToCompare();
  /// What is open in the inspector, as one sentence; for tests and readers.
  QString title() const;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void chosen(std::int64_t example);

 private:
  ExampleRow rowOf(std::int64_t id) const;
  void showList();
  void showButtons();
  void fillRelabelMenu();
  void showSound();
  std::optional<SpectrumPair::Part> soundOf(std::int64_t id) const;
  void relabel(const std::vector<std::int64_t>& examples, learners::LabelId label);
  const app::Example* find(std::int64_t id) const;
  const app::LabelCard* cardOf(std::int64_t id) const;

  const Theme& theme_;
  app::SnapshotPtr snapshot_;
  app::CheckReportPtr report_;
  Behind behind_;
  LibraryFeed library_;
  std::optional<std::int64_t> kept_;  ///< to compare with
  std::map<std::int64_t, std::pair<const app::LabelCard*, const app::Example*>> byId_;
  std::map<std::int64_t, QString> saidOf_;  ///< of the report's windows, when first asked for
  QLabel* title_;
  QLabel* hint_;
  ExampleList* list_;
  SpectrumPair* sound_;
  QPushButton* compare_;
  QPushButton* relabel_;
  QPushButton* use_;
  QPushButton* remove_;
};

}  // namespace ui
