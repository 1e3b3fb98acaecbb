// A project that cannot be changed here is looked at, and a copy of it goes on.

#include "app/project/look_only.h"

#include <gtest/gtest.h>

#include "tests/support/home_session.h"
#include "tests/support/temp_project.h"

namespace {

bool soon(const std::function<bool()>& condition) {
  return support::waitUntil(condition, std::chrono::seconds(60));
}

std::vector<std::string> labelsOf(const app::ProjectStore& store) {
  std::vector<std::string> names;
  const auto labels = store.labels();
  if (labels) {
    for (const auto& label : *labels) names.push_back(label.name);
  }
  return names;
}

struct Look : testing::Test {
  support::TempProject project;

  void make() {
    const auto store = project.open();
    ASSERT_TRUE(store->addLabel({.name = "Kettle"}));
  }
};

TEST_F(Look, ReadsAFileThatNobodyElseHasWhereItLies) {
  make();
  const auto looked = app::openToLook(project.file());
  ASSERT_TRUE(looked) << looked.error().message;
  EXPECT_EQ(looked->store->file(), project.file());
  EXPECT_EQ(labelsOf(*looked->store), std::vector<std::string>{"Kettle"});
  EXPECT_FALSE(looked->store->addLabel({.name = "Tap"}));
}

TEST_F(Look, AProjectThatAnotherProgramHasIsSeenAsItIsNow) {
  make();
  const auto other = project.open();
  ASSERT_TRUE(other->addLabel({.name = "Tap"}));

  std::filesystem::path folder;
  {
    const auto looked = app::openToLook(project.file());
    ASSERT_TRUE(looked) << looked.error().message;
    folder = looked->folder;
    EXPECT_EQ(labelsOf(*looked->store), (std::vector<std::string>{"Kettle", "Tap"}));
  }
  EXPECT_FALSE(std::filesystem::exists(folder)) << "what was needed to look is gone";
  EXPECT_TRUE(other->addLabel({.name = "Fan"})) << "and the other program goes on";
}

TEST_F(Look, WhatIsNoProjectIsRefused) {
  std::ofstream(project.file()) << "no project";
  EXPECT_FALSE(app::openToLook(project.file()));
  EXPECT_FALSE(app::openToLook(project.folder() / "nothing.mimosa"));
}

TEST_F(Look, ACopyThatIsStoppedLeavesNothing) {
  make();
  const auto store = project.open();
  std::stop_source stop;
  stop.request_stop();

  const auto copied = app::copyProject(*store, project.folder() / "copy.mimosa", stop.get_token());

  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, base::ErrorCode::Cancelled);
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "copy.mimosa"));
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "copy.mimosa.new"));
}

TEST_F(Look, ACopyHoldsEverythingAndOverwritesNothing) {
  make();
  const auto store = project.open();
  const auto copy = project.folder() / "copy.mimosa";
  ASSERT_TRUE(app::copyProject(*store, copy));
  const auto again = app::copyProject(*store, copy);
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().message.find("there already"), std::string::npos);

  const auto opened = app::ProjectStore::open(copy);
  ASSERT_TRUE(opened);
  EXPECT_EQ(labelsOf(**opened), std::vector<std::string>{"Kettle"});
  EXPECT_FALSE((*opened)->recoveredAfterCrash());

  EXPECT_FALSE(app::copyProject(*store, "/nowhere/copy.mimosa"));
}

TEST_F(Look, ASessionShowsSaysWhyChangesNothingAndGoesOnInACopy) {
  make();
  const auto other = project.open();
  support::TempFolder computer;
  app::SessionOptions options{.project = project.file(),
                              .programs = support::programsFolder(),
                              .settingsFolder = computer.path() / "settings"};
  const auto refused = app::Session::open(options, plugins::builtIn());
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().code, base::ErrorCode::Unavailable);
  options.lookOnly = refused.error().message;

  const auto session = app::Session::open(options, plugins::builtIn());
  ASSERT_TRUE(session) << session.error().message;
  ASSERT_TRUE(soon([&] { return (*session)->snapshot()->readOnly; }));
  EXPECT_EQ((*session)->snapshot()->lookOnly, options.lookOnly);
  EXPECT_EQ((*session)->snapshot()->projectFile, project.file().string());
  EXPECT_TRUE(soon([&] { return support::cardOf(*(*session)->snapshot(), "Kettle") != nullptr; }));
  (*session)->settle();
  EXPECT_TRUE((*session)->snapshot()->notices.empty())
      << (*session)->snapshot()->notices.front().text;

  (*session)->addLabel("Tap");
  EXPECT_TRUE(soon([&] { return !(*session)->snapshot()->notices.empty(); })) << "it says that it cannot";
  EXPECT_EQ(labelsOf(*other), std::vector<std::string>{"Kettle"});

  const auto copy = project.folder() / "copy.mimosa";
  (*session)->saveCopy(copy);
  ASSERT_TRUE(soon([&] { return (*session)->snapshot()->savedCopy == copy.string(); }));
  const auto opened = app::ProjectStore::open(copy);
  ASSERT_TRUE(opened);
  EXPECT_EQ(labelsOf(**opened), std::vector<std::string>{"Kettle"});
}

TEST_F(Look, AProjectInAFolderNobodyMayWriteToIsShown) {
  if (geteuid() == 0) GTEST_SKIP() << "for the superuser no folder is read-only";
  make();
  std::filesystem::permissions(project.folder(), std::filesystem::perms(0500));
  app::SessionOptions options{.project = project.file(), .programs = support::programsFolder(),
                              .lookOnly = "Nobody may write here."};
  {
    const auto session = app::Session::open(options, plugins::builtIn());
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_TRUE(soon([&] { return support::cardOf(*(*session)->snapshot(), "Kettle") != nullptr; }));
  }
  std::filesystem::permissions(project.folder(), std::filesystem::perms(0700));
}

}  // namespace
