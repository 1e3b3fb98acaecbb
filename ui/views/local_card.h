#pragma once
// LocalCard: the microphones and cameras of this computer: what is used, with its settings, and a
// list to choose from with how loud it is at each.

#include <QFrame>
#include <vector>

#include "ui/intent.h"
#include "ui/models/local_rows.h"
#include "ui/theme.h"

class QLabel;
class QLineEdit;
class QHBoxLayout;
class QPushButton;

namespace ui {

class LevelBar;
class RowTable;

class LocalCard final : public QFrame {
  Q_OBJECT

 public:
  explicit LocalCard(const Theme& theme, QWidget* parent = nullptr);

  void show(const app::Snapshot& snapshot);
  using QFrame::show;
  /// What the search found by now; several times a second while isLooking().
  void pull(const app::LocalSearch& search);
  bool isLooking() const { return !looking_.empty(); }
  /// Opens the list of devices of `kind`; empty: closes it.
  void look(const std::string& kind);

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  /// The person wants values of other devices' messages.
  void topicsWanted();

 protected:
  void hideEvent(QHideEvent* event) override;

 private:
  struct Device {
    DeviceRow row;
    QPushButton* use = nullptr;
  };
  void showKinds(const std::vector<app::LocalKindView>& kinds);
  void showRows(std::vector<LocalRow> rows);
  QWidget* makeSettings(std::size_t row);
  void addDevice(std::size_t at);

  const Theme& theme_;
  app::Snapshot snapshot_;  ///< locals, sources and kinds alone
  QLabel* none_;
  QHBoxLayout* buttons_;
  std::vector<app::LocalKindView> kinds_;
  RowTable* table_;
  std::vector<LocalRow> rows_;
  QFrame* picker_;
  QLabel* pickerTitle_;
  QLabel* pickerWords_;
  RowTable* deviceTable_;
  QLineEdit* address_;  ///< for kinds that are reached by one
  std::vector<Device> devices_;
  std::string looking_;
};

}  // namespace ui
