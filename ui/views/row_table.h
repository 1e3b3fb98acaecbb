#pragma once
// RowTable: a quiet table of widgets: a heading per column, a thin line under each row. And the
// small cells such tables are made of.

#include <QAbstractButton>
#include <QLabel>
#include <QWidget>
#include <vector>

#include "ui/models/param_rows.h"
#include "ui/theme.h"

class QGridLayout;

namespace ui {

class RowTable final : public QWidget {
  Q_OBJECT

 public:
  struct Column {
    QString title;
    Qt::Alignment alignment = Qt::AlignLeft;
    int stretch = 0;
    int least = 0;  ///< width
  };

  RowTable(const Theme& theme, const std::vector<Column>& columns, int rowHeight,
           QWidget* parent = nullptr);

  int rows() const { return rows_; }
  /// Takes rows away at the end, with their cells.
  void cutTo(int rows);
  /// Adds a row; `cells` has one widget per column, null for none. They become ours.
  void addRow(const std::vector<QWidget*>& cells);
  QWidget* cell(int row, int column) const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  std::vector<Column> columns_;
  int rowHeight_;
  int rows_ = 0;
  QGridLayout* grid_;
};

/// A symbol in the colour of its tone, and words beside it.
class ToneText final : public QWidget {
  Q_OBJECT

 public:
  /// Many: long words take a second line; One: they end in "…".
  enum class Lines { One, Many };
  explicit ToneText(Lines lines, QWidget* parent = nullptr);
  void show(Tone tone, const QString& text);
  using QWidget::show;
  QString text() const { return words_->text(); }

 private:
  QLabel* symbol_;
  QLabel* words_;
};

/// A box to tick, 32 px to hit.
class UseBox final : public QAbstractButton {
  Q_OBJECT

 public:
  explicit UseBox(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

/// A bar from 0 to 100 % with its number.
class LoadBar final : public QWidget {
  Q_OBJECT

 public:
  explicit LoadBar(const Theme& theme, QWidget* parent = nullptr);
  void show(double share, const QString& text);
  using QWidget::show;
  QSize sizeHint() const override { return {136, 20}; }
  QSize minimumSizeHint() const override { return {104, 20}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  double share_ = 0;
  QString text_;
};

}  // namespace ui
