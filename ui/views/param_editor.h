#pragma once
// ParamEditor: the control that suits one setting: a number field that takes any number, a choice,
// a switch, or a text field.

#include <QWidget>
#include <functional>

#include "ui/models/param_rows.h"
#include "ui/theme.h"

class QComboBox;

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

/// A combo box with an arrow in the theme's colours. The wheel over it scrolls the page instead of
/// changing the choice by accident.
QComboBox* makeChoiceBox(const Theme& theme, QWidget* parent);

}  // namespace ui
