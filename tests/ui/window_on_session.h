#pragma once
// WindowOnSession: the main window on a session, as the program joins them, and the fingers of a
// person at its keyboard.

#include <QTest>
#include <gtest/gtest.h>

#include "app/session.h"
#include "plugins/host/built_in.h"
#include "tests/ui/application.h"
#include "ui/session_bridge.h"

namespace ui_test {

struct WindowOnSession : testing::Test {
  std::unique_ptr<app::Session> session;
  std::unique_ptr<ui::SessionBridge> bridge;
  std::unique_ptr<ui::MainWindow> window;

  void open(const app::SessionOptions& options) {
    auto opened = app::Session::open(options, plugins::builtIn());
    ASSERT_TRUE(opened) << opened.error().message;
    session = *std::move(opened);
    bridge = std::make_unique<ui::SessionBridge>(*session);
    window = std::make_unique<ui::MainWindow>(theme(), bridge->feed());
    QObject::connect(bridge.get(), &ui::SessionBridge::changed, window.get(),
                     [this] { window->showSnapshot(bridge->snapshot()); });
    QObject::connect(window.get(), &ui::MainWindow::wanted, bridge.get(),
                     &ui::SessionBridge::carryOut);
    window->resize(1440, 900);
    window->show();
    QApplication::setActiveWindow(window.get());
    window->showSnapshot(bridge->snapshot());
  }
  void close() {
    window.reset();
    session.reset();
    bridge.reset();
  }
  void TearDown() override { close(); }

  QWidget* focus() const {
    QWidget* widget = QApplication::focusWidget();
    return widget ? widget : window.get();
  }
  void tap(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(focus(), key, modifiers);
  }
  /// Tab until `wanted` has the keyboard; false where it never gets it.
  bool tabTo(const QWidget* wanted) {
    constexpr int kMost = 200;
    for (int i = 0; i < kMost && focus() != wanted; ++i) {
      tap(Qt::Key_Tab);
      QApplication::processEvents();
    }
    return focus() == wanted;
  }
  app::ModelView model() const { return session->snapshot()->model; }
};

}  // namespace ui_test
