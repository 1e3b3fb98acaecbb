// The window on a living house (private broker, demonstration home, worker): how long it takes from
// the start of the program to a window that answers, what memory it needs, and how long from the
// arrival of a sample to its answer on the screen. Prints milliseconds and megabytes.

#include <QApplication>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include "tests/support/home_session.h"
#include "ui/main_window.h"
#include "ui/pages/now_panel.h"
#include "ui/session_bridge.h"
#include "ui/theme.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kAnswers = 100;
constexpr std::size_t kChange = 10;  // the house does something else after so many answers

/// Milliseconds since this process was started, in steps of 10.
double sinceStartMs() {
  std::ifstream file("/proc/self/stat");
  std::string word;
  long long ticks = 0;
  for (int field = 1; field <= 22 && file >> word; ++field) {
    if (field == 22) ticks = std::stoll(word);
  }
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6 -
         static_cast<double>(ticks) * 1e3 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Resident memory of this process; without what it shares with others of the system.
double ownMegabytes() {
  std::ifstream file("/proc/self/smaps_rollup");
  double kilobytes = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    double value = 0;
    if (words >> name >> value && name.starts_with("Private_")) kilobytes += value;
  }
  return kilobytes / 1024;
}

double residentMegabytes() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  file >> pages >> pages;
  return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

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

}  // namespace

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  QApplication application(argc, argv);
  ui::Theme theme(application, ui::ThemeKind::Light);
  const support::TempFolder folder;
  auto opened = app::Session::open(support::homeOptions(folder.path()), plugins::builtIn());
  if (!opened) {
    std::fprintf(stderr, "ui_window_bench: %s\n", opened.error().message.c_str());
    return 1;
  }
  std::unique_ptr<app::Session> session = *std::move(opened);
  auto bridge = std::make_unique<ui::SessionBridge>(*session);
  PaintWatch watch(*session);
  auto window = std::make_unique<ui::MainWindow>(theme, watch.watched(bridge->feed()));
  QObject::connect(bridge.get(), &ui::SessionBridge::changed, window.get(),
                   [&] { window->showSnapshot(bridge->snapshot()); });
  window->resize(1440, 900);
  window->show();
  window->showSnapshot(bridge->snapshot());
  QApplication::processEvents();
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
  std::printf("memory of the window's program: %.0f MB resident, %.0f MB of its own\n",
              residentMegabytes(), ownMegabytes());
  window.reset();
  session.reset();
  return 0;
}
