#pragma once
// StepsView: how teaching goes, as a short list with what is done ticked off. Shown until the first
// model answers.

#include <QWidget>
#include <vector>

#include "app/snapshot.h"
#include "ui/theme.h"

namespace ui {

struct TeachingStep {
  QString text;
  QString progress;  ///< "2 of 3"
  bool done = false;
};
/// The steps to a first answer and how far each is.
std::vector<TeachingStep> teachingSteps(const app::Snapshot& snapshot);

class StepsView final : public QWidget {
  Q_OBJECT

 public:
  explicit StepsView(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot);
  using QWidget::show;
  QSize sizeHint() const override { return {400, 4 * kRow}; }
  QSize minimumSizeHint() const override { return {280, 4 * kLeastRow}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  static constexpr int kRow = 38, kLeastRow = 26;
  const Theme& theme_;
  std::vector<TeachingStep> steps_;
};

}  // namespace ui
