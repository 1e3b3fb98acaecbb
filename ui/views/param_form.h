#pragma once
// ParamForm: "Kitchen node: settings": what each setting was asked to be, what the device reports,
// and the state between the two. A change is asked for at once, or for 30 s first; the device
// decides.

#include <QFrame>
#include <string>
#include <vector>

#include "ui/intent.h"
#include "ui/models/param_rows.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;

namespace ui {

class ParamEditor;
class RowTable;

class ParamForm final : public QFrame {
  Q_OBJECT

 public:
  explicit ParamForm(const Theme& theme, QWidget* parent = nullptr);
  ~ParamForm() override;

  /// Null: no node is chosen. What a person is typing is left alone.
  void show(const hubs::NodeView* node, const std::vector<app::SettingTrial>& trials,
            base::Time now);
  using QFrame::show;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 private:
  struct Line;
  void rebuild();
  void update(Line& line, const ParamRow& row);
  void ask(std::size_t line, const base::ParamValue& value);

  const Theme& theme_;
  std::string node_;
  QString nodeName_;
  std::vector<ParamRow> rows_;
  std::vector<Line> lines_;
  QLabel* title_;
  QPushButton* tryFirst_;
  QLabel* empty_;
  RowTable* table_;
};

}  // namespace ui
