// mimosa: the window. Puts the Session and the MainWindow together and decides where a start leads:
// to the project of before, to the simulated house, to a broker, or to the ways to begin.

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSettings>
#include <QSocketNotifier>
#include <QTimer>
#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "app/session.h"
#include "app/starters.h"
#include "plugins/host/built_in.h"
#include "plugins/host/loader.h"
#include "ui/main_window.h"
#include "ui/models/local_rows.h"
#include "ui/session_bridge.h"
#include "ui/start_options.h"
#include "ui/start_window.h"
#include "ui/starter_maker.h"
#include "ui/theme.h"
#include "ui/translation.h"

namespace {

/// What keeps a project from being opened.
enum class Amiss { Project, Broker };

/// The open project, or the ways to one. GUI thread.
class Program final : public QObject {
 public:
  Program(ui::Theme& theme, ui::StartOptions options)
      : theme_(theme), options_(std::move(options)) {
    connect(&maker_, &ui::StarterMaker::made, this, [this] {
      options_.starterMade = true;
      openSoon();
    });
    connect(&maker_, &ui::StarterMaker::failed, this, [this](const QString& reason) {
      if (start_) {
        start_->setMaking(false);
        start_->setTrouble(reason);
      }
    });
  }
  ~Program() override { close(); }

  void start() {
    if (!options_.starter.isEmpty()) {
      if (app::findStarter(options_.starter.toStdString()) == nullptr) {
        offer(QStringLiteral("There is no starter called %1.").arg(options_.starter));
        return;
      }
      const QString starter = options_.starter;  // offering forgets it
      offer({});
      openStarter(starter);
      return;
    }
    if (options_.project.isEmpty() && !options_.demo && options_.broker.url.isEmpty()) {
      if (!QFileInfo::exists(ui::defaultProject(options_))) {
        offer({});
        return;
      }
      options_.broker = ui::rememberedBroker(options_);
    }
    open();
  }

  QWidget* window() const {
    return window_ ? static_cast<QWidget*>(window_.get()) : static_cast<QWidget*>(start_.get());
  }

 private:
  void open() {
    if (options_.project.isEmpty()) {
      options_.project = ui::defaultProject(options_);
    }
    QDir().mkpath(QFileInfo(options_.project).absolutePath());
    auto session = ui::sessionOptions(options_);
    if (!session) {
      offer(QString::fromStdString(session.error().message), Amiss::Broker);
      return;
    }
    plugins::Registry registry = plugins::builtIn();
    // What cannot be loaded is left out, with a line in the log.
    plugins::loadPlugins(session->programs.parent_path() / "plugins", registry);
    auto opened = app::Session::open(*session, registry);
    if (!opened && opened.error().code == base::ErrorCode::Unavailable) {
      // Another program has it, or nobody may write there: it can be looked at all the same.
      look(*std::move(session), std::move(registry), opened.error());
    } else if (!opened) {
      refuse(opened.error());
    } else {
      show(*std::move(opened));
    }
  }

  /// Opens it to look at, beside the window: it may have to be copied. Can be left.
  void look(app::SessionOptions session, plugins::Registry registry, base::Error why) {
    session.lookOnly = why.message;
    if (!start_) offer({});
    start_->setLooking();
    looker_ = std::jthread([this, session = std::move(session), registry = std::move(registry),
                            why = std::move(why)](const std::stop_token& stop) mutable {
      session.stopOpening = stop;
      const auto opened = std::make_shared<base::Result<std::unique_ptr<app::Session>>>(
          app::Session::open(std::move(session), std::move(registry)));
      QMetaObject::invokeMethod(
          this,
          [this, opened, why, stop] {
            if (stop.stop_requested()) return;
            if (!*opened) return refuse(why);
            show(*std::move(*opened));
          },
          Qt::QueuedConnection);
    });
  }

  void refuse(const base::Error& why) {
    ui::turnTo(options_, {});  // what is chosen next is not done with this one
    offer(QString::fromStdString(why.message));
  }

  void show(std::unique_ptr<app::Session> session) {
    session_ = std::move(session);
    bridge_ = std::make_unique<ui::SessionBridge>(*session_);
    window_ = std::make_unique<ui::MainWindow>(theme_, bridge_->feed());
    connect(bridge_.get(), &ui::SessionBridge::changed, window_.get(),
            [this] { showSnapshot(); });
    connect(window_.get(), &ui::MainWindow::wanted, bridge_.get(), &ui::SessionBridge::carryOut);
    // Not inside the window's own signal: offering destroys it.
    connect(
        window_.get(), &ui::MainWindow::otherStartWanted, this, [this] { offer({}); },
        Qt::QueuedConnection);
    connect(window_.get(), &ui::MainWindow::projectWanted, this, [this](const QString& file) {
      ui::turnTo(options_, file);
      QTimer::singleShot(0, this, [this] { openInstead(); });
    });
    trainWhenUntaught_ = !options_.starter.isEmpty();
    if (std::exchange(withMicrophone_, false)) {
      bridge_->carryOut(ui::intent::AddLocal{ui::usualMicrophone()});
    }
    restorePreferences();
    if (const app::SnapshotPtr first = bridge_->snapshot()) {
      window_->showSnapshot(first);
    }
    window_->resize(options_.windowSize);
    window_->showPage(static_cast<ui::PageId>(options_.page));
    window_->show();
    connect(window_.get(), &ui::MainWindow::preferencesChanged, this, [this] { keepPreferences(); });
    if (options_.demo && options_.screenshot.isEmpty() && !window_->preferences().tourSeen) {
      window_->startTour();
    }
    start_.reset();  // after the other is shown: without any window the program would end
  }

  void showSnapshot() {
    const app::SnapshotPtr snapshot = bridge_->snapshot();
    window_->showSnapshot(snapshot);
    const bool isRead = !snapshot->cards.empty();
    if (isRead && std::exchange(trainWhenUntaught_, false) && snapshot->model.version == 0 &&
        snapshot->model.phase == app::ModelPhase::None) {
      bridge_->carryOut(ui::intent::TrainNow{});
    }
  }

  /// Makes the project where it was never opened, beside the window, and opens it.
  void openStarter(const QString& id) {
    options_.starter = id;
    options_.demo = true;
    options_.broker = {};
    options_.project = ui::defaultProject(options_);
    const std::string name = id.toStdString();
    options_.starterMade = maker_.hasMade(name);
    if (QFileInfo::exists(options_.project)) {
      openSoon();
      return;
    }
    QDir().mkpath(options_.dataFolder);
    start_->setMaking(true);
    maker_.make(*app::findStarter(name), options_.project.toStdString());
  }

  /// Shows the ways to begin, with what went wrong.
  void offer(const QString& trouble, Amiss amiss = Amiss::Project) {
    auto start = std::make_unique<ui::StartWindow>(theme_);
    start->setTrouble(trouble);
    if (amiss == Amiss::Broker && !options_.broker.url.isEmpty()) {
      start->askForBroker(options_.broker, trouble);
    }
    options_.starter.clear();
    connect(start.get(), &ui::StartWindow::starterWanted, this, &Program::openStarter);
    connect(start.get(), &ui::StartWindow::leaveWanted, this, [this] {
      maker_.leave();
      if (looker_.request_stop()) ui::turnTo(options_, {});
      start_->setMaking(false);
    });
    connect(start.get(), &ui::StartWindow::simulationWanted, this, [this] {
      ui::turnTo(options_, {});
      options_.demo = true;
      options_.broker = {};
      openSoon();
    });
    connect(start.get(), &ui::StartWindow::microphoneWanted, this, [this] {
      ui::turnTo(options_, {});
      options_.broker = {};
      withMicrophone_ = true;
      openSoon();
    });
    connect(start.get(), &ui::StartWindow::brokerWanted, this,
            [this](const ui::BrokerChoice& choice) {
              const bool simulated = options_.demo || !options_.starter.isEmpty();
              ui::turnTo(options_, simulated ? QString() : options_.project);
              options_.broker = choice;
              ui::rememberBroker(options_);
              openSoon();
            });
    connect(start.get(), &ui::StartWindow::projectWanted, this, [this](const QString& file) {
      ui::turnTo(options_, file);
      openSoon();
    });
    start->resize(options_.windowSize);
    start->show();
    start_ = std::move(start);
    close();
  }

  /// Closes the project that is open and opens another.
  void openInstead() {
    QApplication::setQuitOnLastWindowClosed(false);
    close();
    open();
    QApplication::setQuitOnLastWindowClosed(true);
  }

  /// Not inside the start window's own signal: opening replaces it.
  void openSoon() {
    QTimer::singleShot(0, this, [this] { open(); });
  }

  /// The window first: it pulls from the session. The bridge last: the session's threads call it.
  void close() {
    if (window_) {
      keepPreferences();
    }
    window_.reset();
    session_.reset();
    bridge_.reset();
  }

  void restorePreferences() {
    const QSettings settings;
    ui::WindowPreferences preferences;
    preferences.recordBy = settings.value(QStringLiteral("window/sticky")).toBool()
                               ? ui::RecordBy::Sticky
                               : ui::RecordBy::Hold;
    const QVariant inspector = settings.value(QStringLiteral("window/inspector"));
    if (inspector.isValid()) {
      preferences.inspector = inspector.toBool();
    }
    if (const int missed = settings.value(QStringLiteral("window/missed-seconds")).toInt()) {
      preferences.missedFor = std::chrono::seconds(missed);
    }
    preferences.stripHeight = settings.value(QStringLiteral("window/strip")).toInt();
    preferences.keys =
        ui::KeyMap::fromTexts(settings.value(QStringLiteral("window/keys")).toStringList());
    preferences.tourSeen = settings.value(QStringLiteral("window/tour-seen")).toBool();
    window_->setPreferences(preferences);
  }

  void keepPreferences() {
    QSettings settings;
    const ui::WindowPreferences& preferences = window_->preferences();
    settings.setValue(QStringLiteral("window/sticky"),
                      preferences.recordBy == ui::RecordBy::Sticky);
    if (preferences.inspector) {
      settings.setValue(QStringLiteral("window/inspector"), *preferences.inspector);
    }
    settings.setValue(
        QStringLiteral("window/missed-seconds"),
        static_cast<int>(std::chrono::round<std::chrono::seconds>(preferences.missedFor).count()));
    settings.setValue(QStringLiteral("window/strip"), preferences.stripHeight);
    settings.setValue(QStringLiteral("window/keys"), preferences.keys.toTexts());
    settings.setValue(QStringLiteral("window/tour-seen"), preferences.tourSeen);
    settings.setValue(QStringLiteral("window/theme"), theme_.kind() == ui::ThemeKind::Dark
                                                          ? QStringLiteral("dark")
                                                          : QStringLiteral("light"));
  }

  ui::Theme& theme_;
  ui::StartOptions options_;
  std::unique_ptr<ui::StartWindow> start_;
  std::unique_ptr<ui::SessionBridge> bridge_;
  std::unique_ptr<app::Session> session_;
  std::unique_ptr<ui::MainWindow> window_;
  bool trainWhenUntaught_ = false;  ///< a project to begin with that nobody has trained yet
  bool withMicrophone_ = false;  ///< the next project begins with this computer's microphone
  ui::StarterMaker maker_{
      [](const app::Starter& starter, const std::filesystem::path& project, std::stop_token stop) {
        return app::makeStarter(starter, project, base::SystemClock().now(), std::move(stop));
      }};
  std::jthread looker_;  ///< opens a project to look at
};

int signalPipe[2] = {-1, -1};

void onSignal(int) {
  const char byte = 1;
  [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

/// SIGTERM and SIGINT end the event loop, so that everything closes in order.
void closeOnSignals(QApplication& application) {
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, signalPipe) != 0) {
    return;
  }
  auto* notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &application);
  QObject::connect(notifier, &QSocketNotifier::activated, &application, &QApplication::quit);
  struct sigaction action = {};
  action.sa_handler = onSignal;
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setOrganizationName(QStringLiteral("mimosa"));
  QApplication::setApplicationName(QStringLiteral("mimosa"));
  QApplication::setApplicationDisplayName(QStringLiteral("Mimosa"));
  const ui::StartOptions options = ui::parseStart(application);
  const QString look =
      options.theme.isEmpty()
          ? QSettings().value(QStringLiteral("window/theme"), QStringLiteral("light")).toString()
          : options.theme;
  ui::Theme theme(application,
                  look == QStringLiteral("dark") ? ui::ThemeKind::Dark : ui::ThemeKind::Light);
  closeOnSignals(application);
  const QString language = options.language.isEmpty() ? QLocale().name() : options.language;
  if (const auto spoken = ui::speak(language, application); !spoken) {
    std::fprintf(stderr, "mimosa: %s\n", spoken.error().message.c_str());
  }
  Program program(theme, options);
  program.start();
  int failed = 0;
  if (!options.screenshot.isEmpty()) {
    QTimer::singleShot(static_cast<int>(options.after * 1000), &application, [&] {
      if (!program.window()->grab().save(options.screenshot)) {
        std::fprintf(stderr, "mimosa: the picture could not be written to %s\n",
                     qPrintable(options.screenshot));
        failed = 1;
      }
      QApplication::quit();
    });
  }
  const int code = QApplication::exec();
  return code != 0 ? code : failed;
}
