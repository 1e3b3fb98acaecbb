#include "ui/models/limit_edit.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double kStep = 0.01, kMuch = 0.05;

double whole(double share) { return std::round(std::clamp(share, 0.0, 1.0) * 100) / 100; }

}  // namespace

void LimitEdit::setRows(std::vector<LimitRow> rows) {
  rows_ = std::move(rows);
  if (chosenRow() == nullptr) {
    chosen_ = 0;
    moved_.reset();
  }
  for (const LimitRow& row : rows_) {
    if (asked_ && asked_->label == row.label) {
      const bool there =
          asked_->certainty
              ? row.own && row.even && std::abs(row.limit - *asked_->certainty) < kStep / 4
              : !row.own;
      if (there) {
        asked_.reset();
      }
    }
  }
}

const LimitRow* LimitEdit::chosenRow() const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [this](const LimitRow& row) { return row.label == chosen_; });
  return found == rows_.end() ? nullptr : &*found;
}

void LimitEdit::enter() {
  if (chosenRow() == nullptr && !rows_.empty()) {
    chosen_ = rows_.front().label;
  }
}

void LimitEdit::moveTo(double value) {
  const LimitRow* row = chosenRow();
  if (row != nullptr) {
    moved_ = whole(value);
    asked_.reset();
  }
}

double LimitEdit::shown(const LimitRow& row) const {
  if (moved_ && row.label == chosen_) {
    return *moved_;
  }
  if (asked_ && asked_->label == row.label && asked_->certainty) {
    return *asked_->certainty;
  }
  return row.limit;
}

std::optional<LimitEdit::Wanted> LimitEdit::press(Key key) {
  enter();
  const LimitRow* row = chosenRow();
  if (row == nullptr) {
    return std::nullopt;
  }
  const auto choose = [this, row](int by) -> std::optional<Wanted> {
    const auto last = std::ssize(rows_) - 1;
    const auto at = std::clamp<std::ptrdiff_t>((row - rows_.data()) + by, 0, last);
    auto wanted = keep();
    chosen_ = rows_[static_cast<std::size_t>(at)].label;
    return wanted;
  };
  switch (key) {
    case Key::Raise:
      moveTo(shown(*row) + kStep);
      break;
    case Key::Lower:
      moveTo(std::min(shown(*row), 1.0) - kStep);
      break;
    case Key::RaiseMuch:
      moveTo(shown(*row) + kMuch);
      break;
    case Key::LowerMuch:
      moveTo(std::min(shown(*row), 1.0) - kMuch);
      break;
    case Key::Next:
      return choose(1);
    case Key::Previous:
      return choose(-1);
    case Key::AsTested: {
      const bool asked = asked_ && asked_->label == row->label;  // and not yet seen in force
      moved_.reset();
      asked_.reset();
      return row->own || asked ? std::optional(Wanted{row->label, std::nullopt}) : std::nullopt;
    }
    case Key::Keep:
      return keep();
    case Key::Leave:
      moved_.reset();
      break;
  }
  return std::nullopt;
}

std::optional<LimitEdit::Wanted> LimitEdit::choose(learners::LabelId label) {
  if (label == chosen_) {
    return std::nullopt;
  }
  auto wanted = keep();
  chosen_ = label;
  return wanted;
}

void LimitEdit::drag(learners::LabelId label, double share) {
  if (label != chosen_) {
    moved_.reset();
    chosen_ = label;
  }
  moveTo(share);
}

std::optional<LimitEdit::Wanted> LimitEdit::keep() {
  const LimitRow* row = chosenRow();
  if (row == nullptr || !moved_) {
    return std::nullopt;
  }
  const auto value = static_cast<float>(*moved_);
  moved_.reset();
  if (row->own && row->even && std::abs(row->limit - value) < kStep / 4) {
    return std::nullopt;  // where it was
  }
  asked_ = Wanted{row->label, value};
  return asked_;
}

}  // namespace ui
