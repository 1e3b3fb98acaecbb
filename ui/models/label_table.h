#pragma once
// LabelTable: the labels of the timeline as a table whose cells can be typed into. Column order:
// start, end, label, by, what the model thought of it.

#include <QAbstractTableModel>
#include <functional>
#include <optional>

#include "ui/models/label_edits.h"
#include "ui/theme.h"

namespace ui {

/// "14:02:11.25", or seconds after the minute "11.25", as a time near `near`. Nothing where it is
/// neither.
std::optional<base::Time> timeFromText(const QString& text, base::Time near);

/// The label a typed text means: its key's number, its name, or the only name that begins so.
std::optional<learners::LabelId> labelFromText(const QString& text,
                                               const std::vector<app::LabelCard>& cards);

/// How certain the model was of the same label over most of the example; nothing where it was not.
std::optional<float> certaintyOf(const learners::Demonstration& example,
                                 const std::vector<app::HeardSpan>& heard);

class LabelTable final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Start, End, Label, By, Sure, Columns };

  explicit LabelTable(const Theme& theme, QObject* parent = nullptr);

  /// `said`: as examplesOf(), those of the timeline alone.
  void show(const app::SnapshotPtr& snapshot, Demonstrations said,
            const std::vector<app::HeardSpan>& heard);
  int rowOf(std::int64_t example) const;  ///< -1: none
  std::int64_t exampleAt(int row) const;  ///< 0: none

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void revised(const ui::intent::ReviseExamples& revision);

 private:
  const Theme& theme_;
  app::SnapshotPtr snapshot_;
  Demonstrations said_;
  std::vector<std::optional<float>> sure_;  ///< [said_]
};

}  // namespace ui
