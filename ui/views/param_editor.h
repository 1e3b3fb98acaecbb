#pragma once
// ParamEditor: the control that suits one setting: a number field that takes any number, a choice,
// a switch, or a text field.

#include <QWidget>
#include <functional>

#include "ui/models/param_rows.h"
#include "ui/theme.h"

namespace ui {

class ParamEditor : public QWidget {
 public:
  /// `ask` is called with each value a person settles on.
  using Ask = std::function<void(const base::ParamValue&)>;

  explicit ParamEditor(QWidget* parent) : QWidget(parent) {}

  /// The value asked for; "–" where none was.
  virtual void show(const ParamRow& row) = 0;
  using QWidget::show;
  /// What takes the keyboard.
  virtual QWidget* control() = 0;
};

ParamEditor* makeParamEditor(const Theme& theme, const ParamRow& row, ParamEditor::Ask ask,
                             QWidget* parent);

/// Lets the wheel scroll the page instead of changing a choice by accident.
void leaveWheelToPage(QWidget* control);

}  // namespace ui
