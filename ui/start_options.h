#pragma once
// What the command line of `mimosa` says, and what is remembered from one start to the next.

#include <QApplication>
#include <QSize>
#include <QString>

#include "app/session.h"
#include "ui/start_window.h"

namespace ui {

struct StartOptions {
  QString project;
  bool demo = false;
  QString starter;  ///< of app::starters(), or empty
  bool starterMade = false;  ///< just now
  QString site;
  BrokerChoice broker;
  QString theme;
  QString language;
  QString screenshot;
  double after = 5;
  QSize windowSize{1440, 900};
  int page = 0;
  QString dataFolder;
};

StartOptions parseStart(const QApplication& application);

/// Turns to another project; nothing of how the former one began is left. Empty: the usual one.
void turnTo(StartOptions& options, const QString& project);

/// Where a start without a project leads.
QString defaultProject(const StartOptions& options);

/// The password goes to a file only its owner can read: settings and project can be given away.
void rememberBroker(const StartOptions& options);
BrokerChoice rememberedBroker(const StartOptions& options);

/// Errors: Invalid, with a sentence about the broker's address or certificate.
base::Result<app::SessionOptions> sessionOptions(const StartOptions& options);

}  // namespace ui
