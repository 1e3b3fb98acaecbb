// The window on a living house (private broker, demonstration home, worker): how long it takes from
// the start of the program to a window that answers, what memory it needs, and how long from the
// arrival of a sample to its answer on the screen. Prints milliseconds and megabytes. With a folder:
// the same start and memory with a project open that holds an hour; the project is made there once.

#include <QApplication>
#include <QProcess>
#include <QTimer>
#include <cstdio>

#include "tests/bench/hour_project.h"
#include "tests/bench/own_process.h"
#include "tests/support/home_session.h"
#include "ui/main_window.h"
#include "ui/pages/now_panel.h"
#include "ui/session_bridge.h"
#include "ui/theme.h"

namespace {

using bench::ownMegabytes;
using bench::percentile;
using bench::residentMegabytes;
using bench::sinceStartMs;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kAnswers = 100;
constexpr std::size_t kChange = 10;  // the house does something else after so many answers

/// Runs the event loop until `done`, at most `patience`.
bool until(const std::function<bool()>& done, milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) return false;
    QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
  }
  return true;
}

/// Notes, each time the panel was painted with an answer for the first time, how old it was.
class PaintWatch final : public QObject {
 public:
  explicit PaintWatch(app::Session& session) : session_(session) {}

  /// The feed of the session, with an eye on which answer the window took last.
  ui::Feed watched(ui::Feed feed) {
    feed.latest = [this] {
      taken_ = session_.latest();
      return taken_;
    };
    return feed;
  }
  void watch(QWidget& panel) { panel.installEventFilter(this); }
  const std::vector<double>& shownMs() const { return shown_; }
  const std::vector<double>& answeredMs() const { return answered_; }

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint && taken_ && taken_->answered > last_) {
      last_ = taken_->answered;
      // Runs when this turn of the event loop has painted everything.
      QTimer::singleShot(0, this, [this, answer = *taken_] {
        const double waited = 1e3 * base::toSeconds(session_.now() - answer.answered);
        answered_.push_back(answer.latencyMs);
        shown_.push_back(answer.latencyMs + waited);
      });
    }
    return false;
  }

 private:
  app::Session& session_;
  std::optional<app::Answer> taken_;
  base::Time last_;
  std::vector<double> shown_;
  std::vector<double> answered_;
};

/// Three demonstrations of an activity, as a person would give them.
void demonstrate(app::Session& session, const std::string& activity, const std::string& label) {
  session.addLabel(label);
  until([&] { return support::labelId(session, label) != 0; }, seconds(5));
  const auto pass = [&](milliseconds length) {
    const base::Time end = session.now() + length;
    until([&] { return session.now() >= end; }, length + seconds(5));
  };
  session.act("house", activity, true);
  for (int i = 1; i <= 3; ++i) {
    pass(milliseconds(900));
    session.startRecording(support::labelId(session, label));
    pass(milliseconds(1700));
    session.stopRecording();
    until([&] { return support::enabledOf(session, label) == i; }, seconds(5));
  }
  session.act("house", activity, false);
}

/// A window on a session, as the program joins them.
struct Program {
  explicit Program(ui::Theme& theme, const app::SessionOptions& options) {
    auto opened = app::Session::open(options, plugins::builtIn());
    if (!opened) {
      std::fprintf(stderr, "ui_window_bench: %s\n", opened.error().message.c_str());
      std::exit(1);
    }
    session = *std::move(opened);
    bridge = std::make_unique<ui::SessionBridge>(*session);
    watch = std::make_unique<PaintWatch>(*session);
    window = std::make_unique<ui::MainWindow>(theme, watch->watched(bridge->feed()));
    QObject::connect(bridge.get(), &ui::SessionBridge::changed, window.get(),
                     [this] { window->showSnapshot(bridge->snapshot()); });
    window->resize(1440, 900);
    window->show();
    window->showSnapshot(bridge->snapshot());
    QApplication::processEvents();
  }
  ~Program() {
    window.reset();
    session.reset();
  }
  bool waitForModel() {
    return until([&] {
      const app::ModelView model = session->snapshot()->model;
      return model.version >= 1 && model.phase == app::ModelPhase::Ready;
    }, std::chrono::minutes(5));
  }

  std::unique_ptr<app::Session> session;
  std::unique_ptr<ui::SessionBridge> bridge;
  std::unique_ptr<PaintWatch> watch;
  std::unique_ptr<ui::MainWindow> window;
};

void printMemory(const char* when) {
  std::printf("memory of the window's program %s: %.0f MB resident, %.0f MB of its own\n", when,
              residentMegabytes(), ownMegabytes());
}

app::SessionOptions hourOptions(const std::filesystem::path& folder) {
  app::SessionOptions options = support::homeOptions(folder);
  options.project = folder / "hour.mimosa";
  return options;
}

/// Makes the project and lets it learn. Returns what the program ends with.
int makeHour(ui::Theme& theme, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  bench::makeHour(folder / "hour.mimosa");
  Program program(theme, hourOptions(folder));
  program.session->trainNow();
  if (program.waitForModel()) return 0;
  std::fprintf(stderr, "no model came\n%s", support::describe(*program.session).c_str());
  return 1;
}

int openHour(ui::Theme& theme, const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder / "hour.mimosa")) {
    QProcess maker;  // the one that measures is to be fresh
    maker.setProcessChannelMode(QProcess::ForwardedChannels);
    maker.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("make"), QString::fromStdString(folder.string())});
    maker.waitForFinished(-1);
    if (maker.exitCode() != 0) return maker.exitCode();
    return QProcess::execute(QCoreApplication::applicationFilePath(),
                             {QString::fromStdString(folder.string())});
  }
  Program program(theme, hourOptions(folder));
  std::printf("an hour open: start to usable window %.0f ms (%.0f ms of processor time)\n",
              sinceStartMs(), bench::processorMs());
  if (!program.waitForModel()) return 1;
  std::printf("an hour open: its model answers after %.0f ms\n", sinceStartMs());
  printMemory("with an hour open");
  for (const ui::PageId page : {ui::PageId::Label, ui::PageId::Past, ui::PageId::House}) {
    program.window->showPage(page);
    const base::Time end = program.session->now() + seconds(5);
    until([&] { return program.session->now() >= end; }, seconds(10));
  }
  printMemory("after its pages were looked at");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  QApplication application(argc, argv);
  ui::Theme theme(application, ui::ThemeKind::Light);
  if (argc > 2 && std::string(argv[1]) == "make") return makeHour(theme, argv[2]);
  if (argc > 1) return openHour(theme, argv[1]);

  const support::TempFolder folder;
  Program program(theme, support::homeOptions(folder.path()));
  const auto& [session, bridge, watched, window] = program;
  PaintWatch& watch = *watched;
  const double usable = sinceStartMs();
  until([&] { return !session->snapshot()->sources.empty(); }, seconds(20));
  std::printf("start to usable window: %.0f ms; to the first sensor of the house: %.0f ms\n",
              usable, sinceStartMs());

  until([&] { return support::waitForSource(*session, "kitchen/microphone", milliseconds(1)); },
        seconds(20));
  session->listenToBackground(seconds(5));
  until([&] { return support::enabledOf(*session, "Background") >= 1; }, seconds(20));
  demonstrate(*session, "kettle", "Kettle");
  demonstrate(*session, "tap", "Tap");
  if (!until([&] { return session->snapshot()->model.version >= 1; }, seconds(60))) {
    std::fprintf(stderr, "ui_window_bench: no model came\n%s", support::describe(*session).c_str());
    return 1;
  }
  watch.watch(*window->findChild<ui::NowPanel*>());
  bool kettle = false;
  for (std::size_t n = kChange; n <= kAnswers; n += kChange) {
    kettle = !kettle;
    session->act("house", "kettle", kettle);
    until([&] { return watch.shownMs().size() >= n; }, seconds(20));
  }
  std::printf("message in to answer, %zu answers: p50 %.1f ms, p99 %.1f ms\n",
              watch.answeredMs().size(), percentile(watch.answeredMs(), 0.5),
              percentile(watch.answeredMs(), 0.99));
  std::printf("message in to answer on the screen: p50 %.1f ms, p99 %.1f ms\n",
              percentile(watch.shownMs(), 0.5), percentile(watch.shownMs(), 0.99));
  printMemory("on a living house");
  return 0;
}
