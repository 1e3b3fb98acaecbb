#pragma once
// Rail: the pages at the left edge, each an icon and a word.

#include <QAbstractButton>
#include <vector>

#include "ui/theme.h"

namespace ui {

class Rail final : public QWidget {
  Q_OBJECT

 public:
  explicit Rail(const Theme& theme, QWidget* parent = nullptr);

  /// Pages are numbered in the order they are added. `keys` is shown in the tooltip.
  void addPage(const QString& icon, const QString& name, const QString& keys);
  void setCurrent(int page);
  int current() const;

 Q_SIGNALS:
  void pageWanted(int page);

 private:
  const Theme& theme_;
  std::vector<QAbstractButton*> buttons_;
};

}  // namespace ui
