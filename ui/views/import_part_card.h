#pragma once
// ImportPartCard: files that are brought in together: what they are, what was found in them, and
// the few things a person may choose.

#include <QFrame>

#include "ui/models/import_rows.h"
#include "ui/theme.h"

class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace ui {

class ToneText;
class UseBox;

class ImportPartCard final : public QFrame {
  Q_OBJECT

 public:
  explicit ImportPartCard(const Theme& theme, QWidget* parent = nullptr);
  /// `labels`: those the project has, to complete what is typed.
  void show(const app::ImportPart& part, const QStringList& labels);
  using QFrame::show;

 Q_SIGNALS:
  void chosen(const app::ImportPart& part);
  /// Esc in one of its fields.
  void left();

 private:
  void send(app::ImportPart part);

  app::ImportPart part_;
  std::vector<std::string> columns_;
  UseBox* use_;
  QLabel* title_;
  QLabel* detail_;
  QWidget* controls_;
  QWidget* columnRow_;
  QComboBox* kind_;
  QLabel* labelName_;
  QLineEdit* label_;
  QLabel* columnName_;
  QComboBox* column_;
  QDoubleSpinBox* rate_;
  QLabel* rateName_;
  ToneText* state_;
};

}  // namespace ui
