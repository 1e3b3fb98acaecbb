#include <QStandardPaths>
#include <gtest/gtest.h>

#include "tests/ui/application.h"

namespace {
ui::Theme* themeOfProgram = nullptr;
}

ui::Theme& ui_test::theme() { return *themeOfProgram; }

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QStandardPaths::setTestModeEnabled(true);
  testing::InitGoogleTest(&argc, argv);
  QApplication application(argc, argv);
  ui::Theme theme(application, ui::ThemeKind::Light);
  themeOfProgram = &theme;
  return RUN_ALL_TESTS();
}
