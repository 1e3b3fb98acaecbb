#pragma once
// ExampleList: examples by the hundred thousand as a list one can scroll through: the picture of the
// signal, when it was, and what was said of it. Only what is seen is drawn.

#include <QListView>
#include <functional>

#include "app/snapshot.h"
#include "ui/theme.h"

namespace ui {

/// One row as it is drawn; made when it is seen.
struct ExampleRow {
  std::int64_t id = 0;
  QString first;   ///< "18 Nov 08:12 · Blender"
  QString second;  ///< "said Kettle 71 %"
  int colour = 0;  ///< Label::colour
  bool enabled = true;
  const std::vector<sensors::EnvelopeColumn>* thumbnail = nullptr;  ///< null: none is kept
};

class ExampleList final : public QListView {
  Q_OBJECT

 public:
  static constexpr int kRow = 52;

  explicit ExampleList(const Theme& theme, QWidget* parent = nullptr);

  /// `row` is asked for the rows that are seen. Keeps the current one where its id is still there.
  void show(std::vector<std::int64_t> ids, std::function<ExampleRow(std::int64_t)> row);
  using QListView::show;
  /// What rows say has changed.
  void refresh();
  std::optional<std::int64_t> current() const;
  std::size_t size() const { return ids_.size(); }
  ExampleRow row(int at) const { return row_(ids_[static_cast<std::size_t>(at)]); }

 Q_SIGNALS:
  void currentExampleChanged(std::int64_t id);

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  class Model;
  Model* model_;
  std::vector<std::int64_t> ids_;
  std::function<ExampleRow(std::int64_t)> row_;
};

}  // namespace ui
