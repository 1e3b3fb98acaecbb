#pragma once
// SheetOverWindow: a window with a sheet of it and, behind the sheet, something that plays its
// core.

#include <QAction>
#include <QTest>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "tests/ui/sample_house.h"
#include "ui/models/actions.h"

namespace ui_test {

/// `Core` has a feed(), which becomes the member `kFeed` of the window's.
template <class SheetType, class Core, auto kFeed, ui::ActionId kOpens>
struct SheetOverWindow : testing::Test {
  SheetOverWindow() {
    QObject::connect(&window, &ui::MainWindow::wanted,
                     [this](const ui::Intent& intent) { wanted.push_back(intent); });
    window.resize(1024, 700);
    window.show();
    QApplication::setActiveWindow(&window);
    show(sample::full());
  }
  void show(const app::Snapshot& snapshot) {
    window.showSnapshot(std::make_shared<const app::Snapshot>(snapshot));
    QApplication::processEvents();
  }
  void open() { trigger(kOpens); }
  void trigger(ui::ActionId id) {
    for (QAction* action : window.actions()) {
      if (action->text() == nameOf(ui::actionSpec(id))) action->trigger();
    }
    QApplication::processEvents();
  }
  void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
    QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(key), with);
    QApplication::processEvents();
  }
  SheetType* sheet() { return window.template findChild<SheetType*>(); }

  Core core;
  std::vector<ui::Intent> wanted;
  ui::MainWindow window{theme(), [this] {
                          ui::Feed all = sample::feed({});
                          all.*kFeed = core.feed();
                          return all;
                        }()};
};

}  // namespace ui_test
