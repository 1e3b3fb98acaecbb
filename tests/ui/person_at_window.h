#pragma once
// PersonAtWindow: a window on a living house, and the fingers of a person at its keyboard. What the
// person does in the house is done to the house.

#include <QDir>
#include <QElapsedTimer>

#include "tests/support/home_session.h"
#include "tests/support/ui_watchdog.h"
#include "tests/ui/window_on_session.h"

namespace ui_test {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Each test has a house, a project and a window of its own.
struct PersonAtWindow : WindowOnSession {
  support::TempFolder folder;
  QElapsedTimer sinceStart;
  support::UiWatchdog watchdog;
  int actions = 0;

  void open() { open(support::homeOptions(folder.path())); }
  void open(const app::SessionOptions& options) {
    sinceStart.start();
    WindowOnSession::open(options);
  }

  bool until(const std::function<bool()>& done, milliseconds patience = seconds(10)) {
    return watchdog.run(done, patience);
  }
  void pass(milliseconds time) {
    const base::Time end = session->now() + time;
    until([&] { return session->now() >= end; }, time + seconds(5));
  }
  void hold(Qt::Key key, milliseconds time) {
    ++actions;
    QTest::keyPress(focus(), key);
    pass(time);
    QTest::keyRelease(focus(), key);
  }
  void newLabel(const char* name) {
    ++actions;
    tap(Qt::Key_N);
    QApplication::processEvents();
    QTest::keyClicks(focus(), QString::fromLatin1(name));
    tap(Qt::Key_Return);
    ASSERT_TRUE(until([&] { return support::labelId(*session, name) != 0; })) << name;
  }
  void demonstrate(const char* activity, Qt::Key key, const char* label) {
    for (int i = 1; i <= 3; ++i) {
      session->act("house", activity, true);
      pass(milliseconds(900));
      hold(key, milliseconds(1700));
      session->act("house", activity, false);
      ASSERT_TRUE(until([&] { return support::enabledOf(*session, label) == i; }))
          << label << " " << i;
    }
  }
  /// Keeps pictures where somebody wants to look at them: both themes, at two sizes.
  void picture(const char* name) {
    const QString to = qEnvironmentVariable("MIMOSA_PICTURES");
    if (to.isEmpty()) return;
    QDir().mkpath(to);
    const QSize usual = window->size();
    for (const QSize& size : {usual, QSize(1024, 700)}) {
      for (const ui::ThemeKind kind : {ui::ThemeKind::Dark, ui::ThemeKind::Light}) {
        window->resize(size);
        theme().setKind(kind);
        QApplication::processEvents();
        window->grab().save(QStringLiteral("%1/%2-%3-%4.png")
                                .arg(to, QLatin1String(name))
                                .arg(size.width())
                                .arg(kind == ui::ThemeKind::Dark ? QStringLiteral("dark")
                                                                 : QStringLiteral("light")));
      }
    }
    window->resize(usual);
    QApplication::processEvents();
    watchdog.forget();  // taking pictures is none of the window's work
  }
  double seconds_() const { return static_cast<double>(sinceStart.elapsed()) / 1e3; }
};

}  // namespace ui_test
