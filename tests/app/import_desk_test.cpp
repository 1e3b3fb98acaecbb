#include "app/import_desk.h"

#include <atomic>
#include <fstream>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>
#include <opencv2/videoio.hpp>

#include "app/edits.h"
#include "app/project/forget.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace {

using app::ImportView;
using Stage = ImportView::Stage;
using support::wavBytes;
using support::writeFile;

struct Desk : testing::Test {
  support::TempProject project;
  support::TempProject files;
  std::unique_ptr<app::ProjectStore> store = project.open();
  app::EditList edits{*store};
  base::SystemClock clock;
  std::function<void()> atWork = [] {};
  std::atomic<app::TaskId> front = app::kFirstTask;
  app::TaskId keptFor = 0;
  bool keeps = true;
  app::ImportDesk desk{
      {.store = *store,
       .folder = project.folder() / "work",
       .tools = {.camera = std::filesystem::path(MIMOSA_PROGRAMS) / "mimosa-camera"},
       .front = [this] { return front.load(); },
       .keep = [this](app::TaskId task, const app::ImportedRecordings& imported,
                      const std::string& text) -> base::Result<void> {
         keptFor = task;
         if (!keeps) return base::Error{base::ErrorCode::Io, "the disk is gone"};
         return app::keepImported(*store, edits, app::kFirstTask, imported, text);
       },
       .changed = [this] { atWork(); }},
      clock};

  std::filesystem::path file(const std::string& name, const std::string& content) const {
    writeFile(files.folder() / name, content);
    return files.folder() / name;
  }
  std::filesystem::path sound(const std::string& name, std::size_t seconds = 1) const {
    return file(name, wavBytes(std::vector<float>(16000 * seconds, 0.1F), 16000));
  }
  std::filesystem::path film(const std::string& name, int pictures) const {
    const auto path = files.folder() / name;
    cv::VideoWriter writer(path.string(), cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 10,
                           cv::Size(64, 48));
    for (int i = 0; i < pictures; ++i) {
      writer.write(cv::Mat(48, 64, CV_8UC3, cv::Scalar::all(i % 255)));
    }
    return path;
  }
  bool reaches(Stage stage) {
    return support::waitUntil([&] { return desk.view().stage == stage; }, std::chrono::seconds(60));
  }
  bool lookAt(const std::vector<std::filesystem::path>& paths) {
    desk.look(paths);
    return reaches(Stage::Ready);
  }
  std::size_t recordings() const { return store->recordings()->size(); }
};

TEST_F(Desk, LooksFirstAndBringsInWhenItIsTold) {
  const auto a = sound("kettle.wav");
  file("kettle.txt", "0.2\t0.6\tKettle\n");

  ASSERT_TRUE(lookAt({a}));
  EXPECT_EQ(desk.view().plan.parts.size(), 1u);
  EXPECT_EQ(recordings(), 0u);
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  const ImportView view = desk.view();
  EXPECT_EQ(view.report.recordings, 1u);
  EXPECT_EQ(view.report.demonstrations, 1u);
  EXPECT_EQ(view.report.labels, 1u);
  EXPECT_TRUE(view.troubles.empty());
  EXPECT_EQ(recordings(), 1u);
  EXPECT_EQ(edits.undoText(), "kettle.wav brought in");
  EXPECT_TRUE(std::filesystem::is_empty(project.folder() / "work")) << "what it was read into is gone";
}

TEST_F(Desk, AFilmComesWithItsPicturesAndLabels) {
  const auto path = film("hall.avi", 30);
  file("hall.txt", "0.5\t1.5\tDoor\n");

  ASSERT_TRUE(lookAt({path}));
  EXPECT_EQ(desk.view().plan.parts[0].labels, std::vector<std::string>{"Door"});
  EXPECT_NEAR(base::toSeconds(desk.view().plan.parts[0].length), 3, 0.3);
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  ASSERT_EQ(recordings(), 1u);
  const auto recording = store->recordings()->at(0);
  EXPECT_EQ(store->readBlocks(recording.id, "import/video", recording.span)->size(), 6u)
      << "three seconds, two pictures a second";
  EXPECT_EQ(store->demonstrations()->size(), 1u);
}

TEST_F(Desk, ADamagedFilmHoldsUpNoneOfTheOthers) {
  const auto broken = file("a.avi", "not a film at all");

  ASSERT_TRUE(lookAt({broken, film("b.avi", 20)}));

  const ImportView view = desk.view();
  ASSERT_EQ(view.plan.parts.size(), 1u);
  EXPECT_TRUE(view.plan.parts[0].isReady()) << view.plan.parts[0].trouble;
  EXPECT_EQ(view.plan.parts[0].name, "b.avi");
  ASSERT_EQ(view.plan.notTaken.size(), 1u);
  EXPECT_TRUE(view.plan.notTaken[0].starts_with("a.avi is left out: ")) << view.plan.notTaken[0];
}

TEST_F(Desk, AFilmOfManyPicturesComesWhole) {
  ASSERT_TRUE(lookAt({film("long.avi", 130)}));
  auto part = desk.view().plan.parts[0];
  part.chosenRate = 10;
  desk.choose(0, part);
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  ASSERT_EQ(recordings(), 1u);
  const auto recording = store->recordings()->at(0);
  EXPECT_EQ(store->readBlocks(recording.id, "import/video", recording.span)->size(), 130u);
}

TEST_F(Desk, IsReadyOnceAllThatWasDroppedIsLookedAt) {
  atWork = [this] {
    const ImportView view = desk.view();
    if (view.stage == Stage::Ready) {
      EXPECT_EQ(view.plan.parts.size(), 2u);
    }
  };
  desk.look({film("a.avi", 20)});
  desk.look({file("walk.csv", "t_ms,x\n0,1\n20,2\n40,3\n")});

  ASSERT_TRUE(reaches(Stage::Ready));
  EXPECT_EQ(desk.view().plan.parts.size(), 2u);
}

TEST_F(Desk, WhatIsDroppedWhileItWorksIsToldToWait) {
  const auto other = sound("b.wav");
  std::vector<std::string> said;
  ASSERT_TRUE(lookAt({sound("a.wav")}));
  atWork = [&, asked = false]() mutable {
    if (desk.view().stage != Stage::Working || std::exchange(asked, true)) return;
    desk.look({other});
    said = desk.view().plan.notTaken;
  };
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(recordings(), 1u);
}

TEST_F(Desk, LabelsAreOfTheTaskThatWasInFrontWhenItWasStarted) {
  ASSERT_TRUE(lookAt({sound("a.wav")}));
  atWork = [this] { front = 7; };
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));
  EXPECT_EQ(keptFor, app::kFirstTask);
}

TEST_F(Desk, WhatCannotBeKeptTakesNoRoom) {
  keeps = false;
  ASSERT_TRUE(lookAt({sound("a.wav")}));
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  EXPECT_EQ(desk.view().troubles, std::vector<std::string>{"The disk is gone."});
  EXPECT_EQ(recordings(), 0u);
  EXPECT_TRUE(app::recordingsInBin(*store)->empty());
}

TEST_F(Desk, WhatACrashLeftIsRemovedAfterADay) {
  const auto abandoned = project.folder() / "work" / "import-2000000000";
  const auto young = project.folder() / "work" / "import-2000000001";
  std::filesystem::create_directories(abandoned);
  std::filesystem::create_directories(young);
  const auto now = std::filesystem::file_time_type::clock::now();
  std::filesystem::last_write_time(abandoned, now - std::chrono::hours(25));

  ASSERT_TRUE(lookAt({sound("a.wav")}));
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  EXPECT_FALSE(std::filesystem::exists(abandoned));
  EXPECT_TRUE(std::filesystem::exists(young)) << "it may be of another computer";
}

TEST_F(Desk, EndedItLeavesNothingOfThePartAtWork) {
  auto own = std::make_unique<app::ImportDesk>(
      app::ImportDesk::Outside{
          .store = *store,
          .folder = project.folder() / "own",
          .tools = {.camera = std::filesystem::path(MIMOSA_PROGRAMS) / "mimosa-camera"},
          .keep = [](app::TaskId, const app::ImportedRecordings&,
                     const std::string&) { return base::Result<void>(); }},
      clock);
  own->look({film("a.avi", 20), film("b.avi", 400)});
  ASSERT_TRUE(support::waitUntil([&] { return own->view().stage == Stage::Ready; },
                                 std::chrono::seconds(60)));
  auto films = own->view().plan.parts[0];
  films.chosenRate = 10;
  own->choose(0, films);
  own->start();
  ASSERT_TRUE(
      support::waitUntil([&] { return own->view().file == "b.avi"; }, std::chrono::seconds(60)));

  own.reset();

  EXPECT_TRUE(app::recordingsInBin(*store)->empty()) << "also what was whole was not copied";
  EXPECT_TRUE(std::filesystem::is_empty(project.folder() / "own"));
}

TEST_F(Desk, WhatAPersonChoseIsWhatIsDone) {
  ASSERT_TRUE(lookAt({sound("a.wav"), file("raw.csv", "x,y\n1,2\n3,4\n5,6\n")}));
  auto parts = desk.view().plan.parts;
  ASSERT_EQ(parts.size(), 2u);
  parts[0].label = "Kettle";
  parts[1].chosenRate = 2;
  desk.choose(0, parts[0]);
  desk.choose(1, parts[1]);

  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  EXPECT_EQ(store->labels()->at(0).name, "Kettle");
  EXPECT_EQ(store->demonstrations()->size(), 1u);
  ASSERT_EQ(recordings(), 2u);
  EXPECT_NEAR(base::toSeconds(store->recordings()->at(1).span.length()), 1.5, 1e-6);
}

TEST_F(Desk, WhatIsNotWantedStaysOut) {
  ASSERT_TRUE(lookAt({sound("a.wav"), file("walk.csv", "t_ms,x\n0,1\n20,2\n40,3\n")}));
  auto sounds = desk.view().plan.parts[0];
  sounds.wanted = false;
  desk.choose(0, sounds);
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));
  ASSERT_EQ(recordings(), 1u);
  EXPECT_EQ(store->recordings()->at(0).name, "walk.csv");
}

TEST_F(Desk, ADamagedFileIsNamedAndTheFilesBeforeItStay) {
  ASSERT_TRUE(lookAt({file("walk.csv", "t_ms,x\n0,1\n20,2\n40,3\n"),
                      file("later.csv", "t_ms,x\n0,1\n20,oops\n40,3\n")}));
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  EXPECT_EQ(recordings(), 1u);
  ASSERT_EQ(desk.view().troubles.size(), 1u);
  EXPECT_NE(desk.view().troubles[0].find("later.csv, row 3"), std::string::npos)
      << desk.view().troubles[0];
  EXPECT_EQ(desk.view().troubles[0].find("--"), std::string::npos);
}

TEST_F(Desk, StoppedItKeepsWhatIsWholeAndLeavesNothingOfTheRest) {
  ASSERT_TRUE(lookAt({film("a.avi", 20), film("b.avi", 400)}));
  auto films = desk.view().plan.parts[0];
  films.chosenRate = 10;
  desk.choose(0, films);
  atWork = [this, asked = false]() mutable {
    if (desk.view().file == "b.avi" && !std::exchange(asked, true)) desk.stop();
  };

  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  const ImportView view = desk.view();
  EXPECT_TRUE(view.stopped);
  EXPECT_EQ(view.report.recordings, 1u);
  ASSERT_EQ(recordings(), 1u);
  EXPECT_EQ(store->recordings()->at(0).name, "a.avi");
  EXPECT_TRUE(view.troubles.empty()) << "it is no trouble, and it is said: " << view.troubles[0];
}

TEST_F(Desk, StoppedWhileItCopiesItLeavesNothingOfThatPart) {
  ASSERT_TRUE(lookAt({sound("a.wav", 30), file("walk.csv", "t_ms,x\n0,1\n20,2\n40,3\n")}));
  atWork = [this, asked = false]() mutable {  // of two equal halves the second is being copied
    if (desk.view().share > 0.97 && !std::exchange(asked, true)) desk.stop();
  };

  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));

  EXPECT_TRUE(desk.view().stopped);
  EXPECT_TRUE(desk.view().troubles.empty());
  EXPECT_EQ(recordings(), 1u);
  EXPECT_TRUE(app::recordingsInBin(*store)->empty());
}

TEST_F(Desk, ProgressOnlyRisesAndEndsAtOne) {
  std::mutex mutex;
  std::vector<double> shares;
  ASSERT_TRUE(lookAt({sound("a.wav"), sound("b.wav"), film("c.avi", 60)}));
  atWork = [&] {
    const double share = desk.view().share;
    std::lock_guard lock(mutex);
    shares.push_back(share);
  };
  desk.start();
  ASSERT_TRUE(reaches(Stage::Done));
  std::lock_guard lock(mutex);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_EQ(shares.back(), 1);
}

TEST_F(Desk, ClearedItForgetsThePlan) {
  ASSERT_TRUE(lookAt({sound("a.wav")}));
  desk.clear();
  EXPECT_EQ(desk.view().stage, Stage::Nothing);
  desk.start();
  EXPECT_EQ(desk.view().stage, Stage::Nothing) << "nothing to bring in";
}

}  // namespace
