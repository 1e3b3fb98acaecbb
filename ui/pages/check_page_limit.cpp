// The limit of certainty on the page Check: moved in a chart, it is the limit everywhere.

#include <QComboBox>
#include <QScrollArea>
#include <cmath>

#include "ui/pages/check_page.h"

namespace ui {
namespace {

using LimitKey = LimitEdit::Key;

}  // namespace

void CheckPage::connectLimit(LinesChart* chart) {
  connect(chart, &LinesChart::limitMoved, this, [this](double at) {
    edit_.drag(edit_.chosen(), at);
    drawLimits();
  });
  connect(chart, &LinesChart::limitKept, this, [this] { send(edit_.keep()); });
  connect(chart, &LinesChart::limitReset, this, [this] { send(edit_.press(LimitKey::AsTested)); });
  connect(chart, &LinesChart::limitLeft, this, [this] { send(edit_.press(LimitKey::Leave)); });
}

void CheckPage::send(const std::optional<LimitEdit::Wanted>& limit) {
  if (limit) Q_EMIT wanted(intent::SetLimit{limit->label, limit->certainty});
  drawLimits();
}

/// Takes up whose limit is shown, and what is in force.
void CheckPage::showLimits() {
  if (!view_.report) return;
  const auto rows = check::limitRows(*view_.report, own_);
  const auto at = static_cast<std::size_t>(std::max(0, coverageOf_->currentIndex()));
  const learners::LabelId label = at < rows.size() ? rows[at].label : app::kEveryLabel;
  if (label != edit_.chosen()) edit_.press(LimitKey::Leave);
  edit_.setRows(rows);
  edit_.choose(label);
}

check::LimitShown CheckPage::limit() const {
  check::LimitShown shown{.label = coverageOf_->currentIndex() - 1, .own = own_, .tried = {}};
  if (!view_.report) return shown;
  for (const LimitRow& row : check::limitRows(*view_.report, own_)) {
    if (row.label != edit_.chosen()) continue;
    const double at = edit_.shown(row);
    // What is in force may be several limits; what was moved is one.
    if (edit_.isMoved() || std::abs(at - row.limit) > 1e-6) shown.tried = at;
  }
  return shown;
}

void CheckPage::drawLimits() {
  if (!view_.report) return;
  for (const Place& one : places_) {
    if (one.card->chart() == coverage_ || one.card->chart() == reliability_) drawPlace(one);
  }
}

bool CheckPage::editLimits() {
  if (!view_.report) return false;
  drawLimits();  // they may still wait for their turn
  if (!coverage_->isVisibleTo(this)) return false;
  scroll_->ensureWidgetVisible(coverage_->parentWidget());
  coverage_->goToLimit();
  return true;
}

}  // namespace ui
