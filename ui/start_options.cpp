#include "ui/start_options.h"

#include <QCommandLineParser>
#include <QFile>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>

#include "app/broker_book.h"
#include "app/starters.h"

namespace ui {

namespace {

QString passwordFile(const StartOptions& options) {
  return options.dataFolder + QStringLiteral("/broker-password");
}

QString firstLine(const QString& fileName) {
  QFile file(fileName);
  return !fileName.isEmpty() && file.open(QIODevice::ReadOnly)
             ? QString::fromUtf8(file.readLine()).trimmed()
             : QString();
}

}  // namespace

void turnTo(StartOptions& options, const QString& project) {
  options.project = project;
  options.demo = false;
  options.starter.clear();
  options.starterMade = false;
}

QString defaultProject(const StartOptions& options) {
  if (!options.starter.isEmpty()) {
    return options.dataFolder + QStringLiteral("/starter-%1.mimosa").arg(options.starter);
  }
  return options.dataFolder +
         (options.demo ? QStringLiteral("/simulated.mimosa") : QStringLiteral("/home.mimosa"));
}

void rememberBroker(const StartOptions& options) {
  QSettings settings;
  settings.setValue(QStringLiteral("broker/url"), options.broker.url);
  settings.setValue(QStringLiteral("broker/user"), options.broker.user);
  settings.setValue(QStringLiteral("broker/certificate"), options.broker.certificate);
  QSaveFile file(passwordFile(options));
  if (file.open(QIODevice::WriteOnly)) {
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(options.broker.password.toUtf8());
    file.commit();
  }
}

BrokerChoice rememberedBroker(const StartOptions& options) {
  const QSettings settings;
  return {.url = settings.value(QStringLiteral("broker/url")).toString(),
          .user = settings.value(QStringLiteral("broker/user")).toString(),
          .password = firstLine(passwordFile(options)),
          .certificate = settings.value(QStringLiteral("broker/certificate")).toString()};
}

base::Result<app::SessionOptions> sessionOptions(const StartOptions& options) {
  app::SessionOptions session;
  session.project = options.project.toStdString();
  session.site = options.site.toStdString();
  session.programs = QCoreApplication::applicationDirPath().toStdString();
  session.startDemoHome = options.demo;
  if (const app::Starter* starter = app::findStarter(options.starter.toStdString())) {
    session.startDemoHome = true;
    session.demoArguments = app::demoArgumentsOf(*starter);
    session.madeHere = options.starterMade;
  }
  if (!options.broker.url.isEmpty()) {
    auto broker = app::mqttOptionsOf({.url = options.broker.url.toStdString(),
                                      .user = options.broker.user.toStdString(),
                                      .password = options.broker.password.toStdString(),
                                      .certificate = options.broker.certificate.toStdString()});
    if (!broker) {
      return broker.error();
    }
    session.broker = *std::move(broker);
  }
  return session;
}

StartOptions parseStart(const QApplication& application) {
  QCommandLineParser parser;
  parser.setApplicationDescription(
      QStringLiteral("Teach a home by showing. Without options: the project of before, or the "
                     "ways to begin."));
  parser.addHelpOption();
  const auto add = [&](const char* name, const char* text, const char* value = nullptr,
                       const char* fallback = "") {
    QCommandLineOption option(QString::fromLatin1(name), QString::fromLatin1(text));
    if (value != nullptr) {
      option.setValueName(QString::fromLatin1(value));
      option.setDefaultValue(QString::fromLatin1(fallback));
    }
    parser.addOption(option);
  };
  add("project", "Opens or creates this project.", "file");
  add("demo", "Starts the simulated house.");
  add("starter",
      "Opens a project to begin with: activity, appliances, presence, sounds or camera.", "name");
  add("broker", "Uses this MQTT broker, mqtt://host:1883 or mqtts://host:8883.", "url");
  add("user", "User name at the broker.", "name");
  add("password-file", "File whose first line is the password.", "file");
  add("ca", "PEM file of the authority that signed the broker's certificate.", "file");
  add("site", "Name of the site in all topics.", "name", "home");
  add("theme", "light or dark.", "theme");
  add("language", "Language of the window, en or de; the system's where it is not given.", "code");
  add("page", "Page to begin with: 1 is Teach, 5 is House.", "number", "1");
  add("size", "Size of the window.", "WxH", "1440x900");
  add("screenshot", "Saves a picture of the window and ends.", "file");
  add("after", "Seconds until the picture is taken.", "seconds", "5");
  parser.process(application);
  const auto value = [&](const char* name) { return parser.value(QString::fromLatin1(name)); };
  StartOptions options;
  options.dataFolder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                       QStringLiteral("/mimosa");
  options.project = value("project");
  options.demo = parser.isSet(QStringLiteral("demo"));
  options.starter = value("starter");
  options.broker = {.url = value("broker"),
                    .user = value("user"),
                    .password = firstLine(value("password-file")),
                    .certificate = value("ca")};
  options.site = value("site");
  options.theme = value("theme");
  options.language = value("language");
  options.page = value("page").toInt() - 1;
  const QStringList size = value("size").split(QLatin1Char('x'));
  if (size.size() == 2) {
    options.windowSize = {size[0].toInt(), size[1].toInt()};
  }
  options.screenshot = value("screenshot");
  options.after = value("after").toDouble();
  return options;
}

}  // namespace ui
