// Saves pictures of the window in every state, in both themes, at two sizes and once more at 200 %,
// to the folder given. For looking at; nothing is compared.

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QKeyEvent>
#include <QProcess>
#include <QScrollArea>
#include <QScrollBar>
#include <cstdio>

#include "tests/ui/sample_check.h"
#include "tests/ui/sample_house.h"
#include "tests/ui/sample_imports.h"
#include "tests/ui/sample_library.h"
#include "tests/ui/sample_past.h"
#include "tests/ui/sample_rules.h"
#include "tests/ui/sample_tasks.h"
#include "tests/ui/sample_topics.h"
#include "ui/charts/places_chart.h"
#include "ui/live_strip.h"
#include "ui/main_window.h"
#include "ui/pages/check_page.h"
#include "ui/pages/house_page.h"
#include "ui/start_window.h"
#include "ui/theme.h"
#include "ui/translation.h"
#include "ui/views/places_card.h"
#include "ui/views/topic_sheet.h"
#include "ui/views/topic_tree_view.h"

namespace {

struct Scene {
  QString name;
  app::Snapshot snapshot;
  std::optional<app::Answer> answer;
  ui::PageId page = ui::PageId::Teach;
  std::vector<std::pair<int, Qt::KeyboardModifiers>> keys = {};  ///< pressed before looking
  std::optional<app::CheckView> check = std::nullopt;
  app::RulesView rules = {};
  double scrolled = 0;  ///< how far down the page, [0, 1]
  std::optional<ui::ActionId> opens = std::nullopt;  ///< triggered before looking
  std::vector<app::Snapshot> tour = {};  ///< shown one after another while the tour runs
};

std::vector<Scene> tourScenes();

std::vector<Scene> scenes() {
  const app::Snapshot full = sample::full();
  std::vector<Scene> all;
  all.push_back({"full", full, sample::answer(full, {0.01F, 0.91F, 0.05F, 0.03F}, 1)});

  app::Snapshot first = full;
  first.cards.clear();
  first.model = {};
  first.lesson = {};
  first.latency = {};
  first.projectName = "home";
  all.push_back({"first", first, std::nullopt});

  app::Snapshot two = full;
  two.cards = {sample::card(sample::label(1, "Background", 0), 1, 10, 100),
               sample::card(sample::label(2, "Kettle", 1), 3, 4, 200),
               sample::card(sample::label(3, "Tap", 2), 1, 3, 300)};
  two.model = {};
  two.model.phase = app::ModelPhase::None;
  two.lesson = {};
  two.recording = {.active = true,
                   .label = 3,
                   .labelName = "Tap",
                   .since = sample::kNow - sample::fromSeconds(2.4),
                   .planned = base::Duration{0},
                   .storedRows = 38640,
                   .trouble = {}};
  all.push_back({"recording", two, std::nullopt});

  app::Snapshot many = full;
  const char* names[] = {"Kettle",     "Tap",    "Blender",  "Front door that is heavy",
                         "Washing",    "Vacuum", "Doorbell", "Shower",
                         "Dishwasher", "Piano",  "Cat",      "Microwave"};
  many.cards.resize(1);
  for (int i = 0; i < 12; ++i) {
    auto label = sample::label(2 + i, names[i], i % 8 + 1);
    label.key = i < 9 ? i + 1 : -1;
    many.cards.push_back(sample::card(label, 2 + i % 4, 3, 1000 + 20 * i));
  }
  many.notices.push_back({.kind = app::NoticeView::Kind::Warning,
                          .text = "The hub home stopped answering at 14:02. Microphone and camera "
                                  "go on. I keep trying; 212 readings are missing so far.",
                          .time = sample::kNow - sample::fromSeconds(20),
                          .count = 3,
                          .id = 4});
  many.lostBlocks = 12;
  many.sources[3].silent = true;
  std::vector<float> p(13, 0.03F);
  p[4] = 0.52F;
  p[2] = 0.2F;
  auto unsure = sample::answer(many, p, 4);
  unsure.prediction.calibrated = false;
  unsure.prediction.voted = 2;
  unsure.prediction.memberLabel = {4, 4, 2, 2, 2, 4, 1};
  all.push_back({"many", many, unsure});

  all.push_back({"asked", many, unsure, ui::PageId::Teach, {{Qt::Key_C, Qt::NoModifier}}});

  app::Snapshot aside = full;
  aside.model.keptAside =
      "Learning this would cost Tap 6 points. I kept it aside. Was it really Kettle?";
  aside.model.phase = app::ModelPhase::Updating;
  aside.model.members = 1;
  aside.lesson.stage = app::LessonView::Stage::KeptAside;
  auto novel = sample::answer(full, {0.2F, 0.4F, 0.2F, 0.2F}, 1);
  novel.prediction.state = learners::PredictionState::Novel;
  novel.prediction.novelty = 0.8F;
  all.push_back({"aside", aside, novel});

  auto stale = sample::answer(full, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  stale.stale = true;
  stale.prediction.span = {sample::kNow - sample::fromSeconds(4),
                           sample::kNow - sample::fromSeconds(3)};
  all.push_back({"stale", full, stale});
  const app::Snapshot house = sample::house();
  all.push_back({"house", house, std::nullopt, ui::PageId::House});
  app::Snapshot foreign = house;
  foreign.held = sample::held();
  foreign.locals.front().held = true;
  foreign.locals.front().trouble = "Held back until you let this project use it.";
  all.push_back({"foreign", foreign, std::nullopt, ui::PageId::House});
  all.push_back({"foreignteach", foreign, std::nullopt});
  app::Snapshot flagged = house;
  flagged.sources[0].flag = app::Flag{flagged.sources[0].info.id,
                                      flagged.sources[0].info.channels[0].id,
                                      sensors::Fault::Frozen,
                                      {sample::kNow - sample::fromSeconds(90), sample::kNow}};
  flagged.sources[0].flaggedExamples = 2;
  all.push_back({"reading", flagged, std::nullopt, ui::PageId::House});
  all.back().scrolled = 1;
  app::Snapshot looked = full;
  looked.readOnly = true;
  looked.lookOnly =
      "The project is open in another program on this computer since 14:02 (process 4711).";
  all.push_back({"lookonly", looked, all.front().answer});
  all.push_back({"houselower", house, std::nullopt, ui::PageId::House});
  all.back().scrolled = 1;
  all.push_back({"houseplaces", house, std::nullopt, ui::PageId::House});
  app::Snapshot tasks = sample::withTasks();
  tasks.places = sample::placesOfTasks();
  all.push_back({"houseplacestasks", tasks, std::nullopt, ui::PageId::House});
  all.push_back({"houseplacesempty", first, std::nullopt, ui::PageId::House});
  all.push_back({"act", house, sample::answer(full, {0.01F, 0.91F, 0.05F, 0.03F}, 1)});
  all.push_back({"emptyhouse", first, std::nullopt, ui::PageId::House});
  app::Snapshot trial = house;
  trial.placement = {.policy = 6,
                     .learning = {.worker = "nuc", .byPolicy = true, .reason = "NUC: load 12 %"},
                     .answering = {.worker = "nuc", .byPolicy = true, .reason = "NUC: load 12 %"}};
  trial.task.trainOn.clear();
  trial.trials = {{.node = house.nodes.front().device.id,
                   .param = house.nodes.front().device.about.params.front().name,
                   .before = std::int64_t{25},
                   .tried = std::int64_t{50},
                   .until = sample::kNow + sample::fromSeconds(24)}};
  all.push_back({"trial", trial, std::nullopt, ui::PageId::House});
  app::Snapshot camera = two;
  camera.recording = {};
  camera.cards.erase(camera.cards.begin());
  camera.sources = {
      sample::source("hall_camera/frame", "Hall camera", sensors::SourceKind::Picture, {}, 1)};
  for (app::LabelCard& card : camera.cards) {
    for (app::Example& example : card.examples) example.thumbnail.clear();
  }
  all.push_back({"camera", camera, std::nullopt});
  app::Snapshot silent = full;
  for (app::SourceView& source : silent.sources) source.silent = true;
  auto noData = sample::answer(full, {0, 0, 0, 0}, 1);
  noData.prediction.state = learners::PredictionState::NoData;
  noData.prediction.label = -1;
  all.push_back({"nodata", silent, noData});
  app::Snapshot limits = full;
  limits.task.limits = {{2, 0.95F}, {3, 0.4F}};
  auto limited = sample::answer(full, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  limited.limits = {0.6F, 0.95F, 0.4F, 0.72F};
  all.push_back({"limits", limits, limited});
  const app::Snapshot checked = sample::checked();
  using Phase = app::CheckView::Phase;
  all.push_back({"check", checked, all.front().answer, ui::PageId::Check, {}, sample::checkView()});
  for (const auto& [name, share] :
       {std::pair("checkmiddle", 0.33), std::pair("checklower", 0.66), std::pair("checklast", 1.0)}) {
    all.push_back({name, checked, std::nullopt, ui::PageId::Check, {}, sample::checkView()});
    all.back().scrolled = share;
  }
  all.push_back({"checkopen", checked, std::nullopt, ui::PageId::Check,
                 {{Qt::Key_K, Qt::NoModifier}, {Qt::Key_Down, Qt::NoModifier}},
                 sample::checkView()});
  all.push_back({"checktrail", checked, std::nullopt, ui::PageId::Check, {}, sample::checkView()});
  all.back().scrolled = 0.18;
  app::CheckView beside = sample::checkView();
  auto twoModels = sample::wholeReport();
  twoModels.rival = sample::rival(twoModels);
  beside.report = std::make_shared<const app::CheckReport>(twoModels);
  all.push_back({"checkbeside", checked, std::nullopt, ui::PageId::Check, {}, beside});
  all.push_back({"checklimit", checked, std::nullopt, ui::PageId::Check,
                 {{Qt::Key_Right, Qt::ShiftModifier}, {Qt::Key_Right, Qt::ShiftModifier}},
                 sample::checkView()});
  all.push_back({"checkworking", checked, std::nullopt, ui::PageId::Check,
                 {}, sample::checkView(Phase::Working)});
  all.push_back({"checknodata", checked, std::nullopt, ui::PageId::Check,
                 {}, sample::checkView(Phase::NoTestData)});
  all.push_back({"emptycheck", first, std::nullopt, ui::PageId::Check,
                 {}, sample::checkView(Phase::NoModel)});
  all.push_back({"live", full, all.front().answer, ui::PageId::Live});
  const app::Snapshot several = sample::withTasks();
  all.push_back({"tasks", several, all.front().answer});
  all.push_back({"tasksrecording", several, all.front().answer});
  all.back().snapshot.recording = two.recording;
  all.push_back({"livetasks", several, all.front().answer, ui::PageId::Live});
  all.push_back({"livenovel", full, novel, ui::PageId::Live});
  all.push_back({"livemany", many, unsure, ui::PageId::Live});
  all.push_back({"livestale", full, stale, ui::PageId::Live});
  auto away = sample::answer(house, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  away.prediction.state = learners::PredictionState::NoData;
  away.prediction.label = -1;
  all.push_back({"livenodata", house, away, ui::PageId::Live});
  all.push_back({"rules", house, std::nullopt, ui::PageId::Rules, {}, std::nullopt,
                 sample::withRules()});
  all.push_back({"ruleslower",
                 house,
                 std::nullopt,
                 ui::PageId::Rules,
                 {},
                 std::nullopt,
                 sample::withRules(),
                 1});
  all.push_back({"heldrules", house, std::nullopt, ui::PageId::Rules, {}, std::nullopt,
                 sample::withHeldRules()});
  all.push_back({"emptyrules", house, std::nullopt, ui::PageId::Rules, {}, std::nullopt,
                 sample::noRules()});
  all.push_back({"fleet", house, all.front().answer, ui::PageId::Fleet});
  app::Snapshot alone = house;
  alone.workers = {house.workers.back()};
  all.push_back({"alone", alone, all.front().answer, ui::PageId::Fleet});
  all.push_back({"emptylive", first, std::nullopt, ui::PageId::Live});
  const app::Snapshot morning = sample::morningSnapshot();
  all.push_back({"label", morning, std::nullopt, ui::PageId::Label});
  all.push_back({"labelnear",
                 morning,
                 std::nullopt,
                 ui::PageId::Label,
                 {{Qt::Key_S, Qt::NoModifier},
                  {Qt::Key_Home, Qt::NoModifier},
                  {Qt::Key_Tab, Qt::NoModifier},
                  {Qt::Key_Plus, Qt::NoModifier},
                  {Qt::Key_Plus, Qt::NoModifier},
                  {Qt::Key_Plus, Qt::NoModifier},
                  {Qt::Key_Plus, Qt::NoModifier},
                  {Qt::Key_Period, Qt::NoModifier},
                  {Qt::Key_Tab, Qt::NoModifier}}});
  all.push_back(
      {"labelalike",
       morning,
       std::nullopt,
       ui::PageId::Label,
       {{Qt::Key_Period, Qt::NoModifier}, {Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier}}});
  const app::Snapshot week = sample::pastSnapshot();
  constexpr auto kNone = Qt::NoModifier;
  all.push_back({"past", week, std::nullopt, ui::PageId::Past});
  all.push_back({"paststep",
                 week,
                 std::nullopt,
                 ui::PageId::Past,
                 {{Qt::Key_Slash, kNone}, {Qt::Key_Tab, kNone}, {Qt::Key_Down, kNone},
                  {Qt::Key_Down, kNone}, {Qt::Key_Down, kNone}, {Qt::Key_Down, kNone}}});
  all.push_back({"pastmodel",
                 week,
                 std::nullopt,
                 ui::PageId::Past,
                 {{Qt::Key_Slash, kNone}, {Qt::Key_Tab, kNone}, {Qt::Key_Tab, kNone},
                  {Qt::Key_Down, kNone}, {Qt::Key_Down, kNone}}});
  all.push_back({"pastrecording",
                 week,
                 std::nullopt,
                 ui::PageId::Past,
                 {{Qt::Key_Slash, kNone}, {Qt::Key_Tab, kNone}, {Qt::Key_Tab, kNone},
                  {Qt::Key_Tab, kNone}, {Qt::Key_Down, kNone}, {Qt::Key_Down, kNone}}});
  all.push_back({"emptypast", first, std::nullopt, ui::PageId::Past});
  app::Snapshot nothing = first;
  nothing.sources.clear();
  Scene brokers{"brokers", house, std::nullopt, ui::PageId::House};
  brokers.opens = ui::ActionId::Topics;
  all.push_back(brokers);
  Scene topics = brokers;
  topics.name = "topics";
  all.push_back(topics);
  Scene imports = brokers;
  imports.opens = ui::ActionId::Import;
  for (const char* name : {"imports", "importsready", "importsworking", "importsdone"}) {
    imports.name = name;
    all.push_back(imports);
  }
  app::Snapshot part = house;
  part.sources = {
      sample::source("hall_camera/frame", "Hall camera", sensors::SourceKind::Picture, {}, 1)};
  part.task.choices["hall_camera/frame"].extractor = "sound@38,10,55,62";
  all.push_back({"part", part, std::nullopt, ui::PageId::House});
  all.back().scrolled = 1;
  all.push_back({"partempty", part, std::nullopt, ui::PageId::House});
  all.back().scrolled = 1;
  all.push_back({"emptylabel", nothing, std::nullopt, ui::PageId::Label});
  for (const Scene& step : tourScenes()) all.push_back(step);
  return all;
}

/// Each step of the guided tour.
std::vector<Scene> tourScenes() {
  std::vector<app::Snapshot> steps(4, sample::house());
  const auto quiet = sample::card(sample::label(1, "Background", 0), 1, 10, 100);
  const auto kettle = [](int n) { return sample::card(sample::label(2, "Kettle", 1), n, 3, 300); };
  for (app::Snapshot& step : steps) {
    step.model = {};
    step.lesson = {};
  }
  steps[0].cards.clear();
  steps[1].cards = {quiet};
  steps[2].cards = {quiet, kettle(1)};
  steps[3].cards = {quiet, kettle(3)};
  app::Snapshot taught = steps[3];
  taught.cards.push_back(sample::card(sample::label(3, "Tap", 2), 3, 3, 600));
  taught.model.phase = app::ModelPhase::Training;
  taught.model.progress = 0.4;
  steps.push_back(taught);
  taught.model = sample::full().model;
  steps.push_back(taught);
  app::Snapshot corrected = taught;
  corrected.lesson = sample::full().lesson;
  corrected.cards.back().examples.back().demonstration.origin = learners::Origin::Correction;
  steps.push_back(corrected);
  steps.push_back(taught);
  std::vector<Scene> all;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Scene scene{QStringLiteral("tour%1").arg(i + 1), steps[i], std::nullopt};
    if (i > 4) scene.answer = sample::answer(steps[i], {0.1F, 0.8F, 0.1F}, 1);
    scene.tour.assign(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    all.push_back(scene);
  }
  return all;
}

constexpr const char* kScale = "QT_SCALE_FACTOR";

/// 200 % on a screen of 2880 x 1800 and on one of 2048 x 1400 leave the same room as 100 % here.
std::vector<QSize> sizes() {
  return qEnvironmentVariableIsSet(kScale) ? std::vector{QSize(1024, 700)}
                                           : std::vector{QSize(1440, 900), QSize(1024, 700)};
}

/// "-1024", at 200 % "-1024-200".
QString endingOf(const QSize& size) {
  return QStringLiteral("-%1%2").arg(size.width()).arg(
      qEnvironmentVariableIsSet(kScale) ? QStringLiteral("-200") : QString());
}

/// The same at twice the size: a scale holds for a whole process.
int saveAtTwiceTheSize(const QStringList& arguments) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QLatin1String(kScale), QStringLiteral("2"));
  process.setProcessEnvironment(environment);
  process.setProcessChannelMode(QProcess::ForwardedChannels);
  process.start(QCoreApplication::applicationFilePath(), arguments.mid(1));
  process.waitForFinished(-1);
  return process.exitCode();
}

void trigger(ui::MainWindow& window, std::optional<ui::ActionId> id) {
  for (QAction* action : window.actions()) {
    if (id && action->text() == nameOf(ui::actionSpec(*id))) {
      action->trigger();
    }
  }
  auto* tree = window.findChild<ui::TopicTreeView*>();
  if (id == ui::ActionId::Topics && tree->topLevelItemCount() > 0) {
    tree->expandAll();
    for (int i = 0; i < 4; ++i) {
      QKeyEvent down(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
      QApplication::sendEvent(tree, &down);
    }
    window.findChild<ui::TopicSheet*>()->pull();
  }
}

/// The key list, the command search and the question over a marked span.
void savePanels(ui::MainWindow& window, const QString& folder, const QString& look) {
  window.resize(1440, 900);
  const auto save = [&](ui::ActionId id, const QString& name) {
    for (QAction* action : window.actions()) {
      if (action->text() == nameOf(ui::actionSpec(id))) {
        action->trigger();
      }
    }
    QApplication::processEvents();
    window.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, name, look));
  };
  save(ui::ActionId::Help, "help");
  save(ui::ActionId::Keys, "keys");
  save(ui::ActionId::Commands, "commands");
  Q_EMIT window.findChild<ui::LiveStrip*>()->spanMarked(
      {sample::kNow - sample::fromSeconds(20), sample::kNow - sample::fromSeconds(15.6)},
      window.mapToGlobal(QPoint(900, 640)));
  QApplication::processEvents();
  if (QWidget* popover = QApplication::activePopupWidget()) {
    popover->grab().save(QStringLiteral("%1/span-%2.png").arg(folder, look));
    popover->close();
  }
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (argc < 2) {
    std::fputs("usage: ui_pictures FOLDER [SCENE]\n", stderr);
    return 2;
  }
  const QString folder = QString::fromLocal8Bit(argv[1]);
  QDir().mkpath(folder);
  const QString language = qEnvironmentVariable("MIMOSA_LANGUAGE", QStringLiteral("en"));
  if (!ui::speak(language, application)) {
    return 1;
  }
  ui::Theme theme(application, ui::ThemeKind::Light);
  for (const auto kind : {ui::ThemeKind::Light, ui::ThemeKind::Dark}) {
    theme.setKind(kind);
    const QString look = kind == ui::ThemeKind::Light ? "light" : "dark";
    for (const Scene& scene : scenes()) {
      if (argc > 2 && scene.name != QLatin1String(argv[2])) {
        continue;
      }
      ui::Feed feed = scene.check ? sample::feedWithCheck(scene.answer, *scene.check)
                                  : sample::feed(scene.answer);
      if (scene.name.startsWith(QLatin1String("label"))) {
        feed.library = sample::morningLibrary();
      }
      if (scene.name.startsWith(QLatin1String("past")) ||
          scene.name.startsWith(QLatin1String("check"))) {
        feed.library = sample::pastLibrary(scene.snapshot);
      }
      if (scene.snapshot.tasks.size() > 1) {
        feed.latestOf = sample::answerOf;
        feed.happenings = [](const base::TimeSpan&) { return sample::happenings(); };
      }
      if (scene.name == QLatin1String("part")) {
        feed.picture = [seen = std::make_shared<sensors::Image>()](const std::string&) {
          if (seen->jpeg.empty()) seen->jpeg = *sample::picture();
          return std::shared_ptr<const sensors::Image>(seen);
        };
      }
      if (scene.name == QLatin1String("camera")) {
        feed.library.picture = [](const std::string&, base::Time, base::Duration) {
          auto seen = std::make_shared<sensors::Image>();
          seen->jpeg = *sample::picture();
          return std::shared_ptr<const sensors::Image>(seen);
        };
      }
      feed.rules = sample::feed(scene.answer, scene.rules).rules;
      feed.extractors = [](const std::string&) {
        return std::vector<app::ExtractorOption>{{.id = "sound", .features = 248},
                                                 {.id = "log_mel", .features = 640}};
      };
      sample::Topics topics(scene.name == QLatin1String("topics"));
      feed.topics = topics.feed();
      sample::Imports imports;
      imports.view = scene.name == QLatin1String("importsready")     ? sample::importReady()
                     : scene.name == QLatin1String("importsworking") ? sample::importWorking()
                     : scene.name == QLatin1String("importsdone")    ? sample::importDone()
                                                                     : app::ImportView();
      feed.imports = imports.feed();
      ui::MainWindow window(theme, feed);
      const auto snapshot = std::make_shared<const app::Snapshot>(scene.snapshot);
      window.show();
      QApplication::setActiveWindow(&window);
      for (const QSize& size : sizes()) {
        window.resize(size);
        window.showSnapshot(snapshot);
        window.showPage(scene.page);
        for (int i = 0; i < 12; ++i) {
          QApplication::processEvents(QEventLoop::AllEvents, 40);
        }
        window.showSnapshot(snapshot);
        if (!scene.tour.empty()) window.startTour();
        for (const app::Snapshot& step : scene.tour) {
          window.showSnapshot(std::make_shared<const app::Snapshot>(step));
          QApplication::processEvents();
          QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        if (scene.name.startsWith(QLatin1String("houseplaces"))) {
          auto* places = window.findChild<ui::PlacesCard*>();
          window.findChild<ui::HousePage*>()->findChild<QScrollArea*>()->ensureWidgetVisible(
              places, 0, 400);
          if (scene.name == QLatin1String("houseplaces")) places->chart()->open(3);
        }
        if (scene.name == QLatin1String("checkopen")) {
          window.findChild<ui::CheckPage*>()->confusion()->open(10);  // Blender taken for Kettle
        }
        if (scene.name == QLatin1String("checkbeside")) {
          auto* compare = window.findChild<QComboBox*>(QStringLiteral("compare"));
          compare->setCurrentIndex(compare->findData(QStringLiteral("model5")));
          for (int i = 0; i < 12; ++i) QApplication::processEvents(QEventLoop::AllEvents, 40);
        }
        if (scene.name == QLatin1String("checklimit")) window.findChild<ui::CheckPage*>()->editLimits();
        for (const auto& [key, with] : scene.keys) {
          QWidget* focus = QApplication::focusWidget();
          QKeyEvent event(QEvent::KeyPress, key, with);
          QApplication::sendEvent(focus != nullptr ? focus : &window, &event);
        }
        for (auto* area : window.findChildren<QScrollArea*>()) {
          if (scene.scrolled > 0 && area->isVisible()) {
            QScrollBar* bar = area->verticalScrollBar();
            bar->setValue(qRound(scene.scrolled * bar->maximum()));
          }
        }
        trigger(window, scene.opens);
        QApplication::processEvents();
        window.grab().save(
            QStringLiteral("%1/%2-%3%4.png").arg(folder, scene.name, look, endingOf(size)));
      }
      if (scene.name == QLatin1String("full") && !qEnvironmentVariableIsSet(kScale)) {
        savePanels(window, folder, look);
      }
    }
    ui::StartWindow start(theme);
    start.show();
    for (const QSize& size : sizes()) {
      start.resize(size);
      const auto save = [&](const char* name) {
        QApplication::processEvents();
        start.grab().save(QStringLiteral("%1/%2-%3%4.png")
                              .arg(folder, QLatin1String(name), look, endingOf(size)));
      };
      start.setMaking(true);
      save("startmaking");
      start.setMaking(false);
      save("start");
      start.askForBroker({});
      save("startdevices");
    }
  }
  return qEnvironmentVariableIsSet(kScale) ? 0 : saveAtTwiceTheSize(QApplication::arguments());
}
