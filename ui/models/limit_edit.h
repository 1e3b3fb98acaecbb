#pragma once
// LimitEdit: what a person does to the limits of the bars, by key or mouse, until it is asked for:
// one bar is chosen, its limit moves, and a pause, Enter or the end of a drag keeps it. Plain
// values.

#include <optional>
#include <vector>

#include "learners/label.h"

namespace ui {

/// A limit that can be moved.
struct LimitRow {
  learners::LabelId label = 0;
  double limit = 0.6;  ///< in force, [0, 1] and above where no answer is sure enough
  bool own = false;    ///< given by a person
  bool even = true;    ///< false: stands for several that differ, `limit` is their mean
};

/// GUI thread. A value.
class LimitEdit {
 public:
  enum class Key { Raise, Lower, RaiseMuch, LowerMuch, Next, Previous, AsTested, Keep, Leave };
  /// A limit that is to be asked for; none in `certainty`: as tested.
  struct Wanted {
    learners::LabelId label = 0;
    std::optional<float> certainty;
    friend bool operator==(const Wanted&, const Wanted&) = default;
  };

  /// The rows from now on, top to bottom. What was moved stays until it is kept or left.
  void setRows(std::vector<LimitRow> rows);
  /// The first row where none is chosen yet.
  void enter();
  std::optional<Wanted> press(Key key);
  /// Takes a row in hand; what was moved of another is kept.
  std::optional<Wanted> choose(learners::LabelId label);
  /// The notch of a row is moved to a share of the bar. keep() asks for it.
  void drag(learners::LabelId label, double share);
  /// What was moved and not yet asked for.
  std::optional<Wanted> keep();

  learners::LabelId chosen() const { return chosen_; }  ///< 0: none
  bool isMoved() const { return moved_.has_value(); }
  /// Where the notch of `row` is drawn: where it was moved to, or what is in force.
  double shown(const LimitRow& row) const;

 private:
  const LimitRow* chosenRow() const;
  void moveTo(double value);

  std::vector<LimitRow> rows_;
  learners::LabelId chosen_ = 0;
  std::optional<double> moved_;  ///< of the chosen row
  std::optional<Wanted> asked_;  ///< and not yet seen in force: drawn until then
};

}  // namespace ui
