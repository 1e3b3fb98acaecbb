#pragma once
// LabelFacts: at the right of the Label page, the labels as a table and what is known of the chosen
// one.

#include <QWidget>

#include "ui/models/label_table.h"

class QLabel;
class QTableView;
class QVBoxLayout;
class QPushButton;

namespace ui {

class LabelFacts final : public QWidget {
  Q_OBJECT

 public:
  LabelFacts(const Theme& theme, LabelTable& table, QWidget* parent = nullptr);

  /// What is said below the table.
  struct Facts {
    QString name;  ///< empty: nothing is chosen
    std::vector<std::pair<QString, QString>> rows;
  };
  void show(const Facts& facts);
  using QWidget::show;
  /// Marks the row without telling anybody.
  void choose(std::int64_t example);
  /// Opens the field at hand for typing. False where there is none.
  bool edit();
  bool hasKeyboard() const;

 Q_SIGNALS:
  void chosen(std::int64_t example);
  void trimWanted();

 private:
  const Theme& theme_;
  LabelTable& table_;
  QTableView* view_;
  QLabel* none_;
  QLabel* heading_;
  QWidget* body_;
  QVBoxLayout* rows_;
  QPushButton* trim_;
  Facts facts_;
  bool choosing_ = false;
};

}  // namespace ui
