#pragma once
// One QApplication without a display for a whole test program, and the window under test.

#include <QApplication>
#include <QLabel>
#include <memory>

#include "tests/ui/sample_snapshot.h"
#include "ui/main_window.h"
#include "ui/theme.h"

namespace ui_test {

/// The theme of the running test program; made by the program's main().
ui::Theme& theme();

/// A window that shows `snapshot`, with everything it wants written down.
struct Bench {
  explicit Bench(const app::Snapshot& snapshot, std::optional<app::Answer> answer = std::nullopt)
      : window(theme(), sample::feed(std::move(answer))) {
    QObject::connect(&window, &ui::MainWindow::wanted,
                     [this](const ui::Intent& intent) { wanted.push_back(intent); });
    window.show();
    QApplication::setActiveWindow(&window);
    show(snapshot);
  }
  void show(const app::Snapshot& snapshot) {
    window.showSnapshot(std::make_shared<const app::Snapshot>(snapshot));
    QApplication::processEvents();
  }
  /// The last intent of kind Kind, or null.
  template <class Kind>
  const Kind* last() const {
    return wanted.empty() ? nullptr : std::get_if<Kind>(&wanted.back());
  }

  std::vector<ui::Intent> wanted;
  ui::MainWindow window;
};

/// All texts a person can read in `root`, one per line.
inline QString textsOf(const QWidget& root) {
  QString all;
  for (const auto* label : root.findChildren<QLabel*>()) {
    if (label->isVisibleTo(&root)) {
      all += label->text() + QLatin1Char('\n');
    }
  }
  return all;
}

}  // namespace ui_test
