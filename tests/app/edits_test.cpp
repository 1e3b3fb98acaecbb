#include "app/edits.h"

#include <gtest/gtest.h>

#include "tests/support/temp_project.h"

namespace {

learners::Demonstration exampleOf(learners::LabelId label, std::int64_t recording) {
  return {.label = label,
          .span = {{1'000'000'000}, {3'000'000'000}},
          .recording = recording,
          .origin = learners::Origin::Person};
}

struct Edits : testing::Test {
  support::TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();

  std::int64_t recording() { return store->addRecording({.span = {{0}, {4'000'000'000}}}).value(); }
  std::size_t exampleCount() { return store->demonstrations().value().size(); }
};

TEST_F(Edits, OneOfThousandsOfExamplesCanBeReadAgain) {
  const app::EditValue all =
      app::BringIn{.recordings = {1}, .labels = {}, .examples = {20'000, exampleOf(3, 1)}};

  const auto back = app::editFrom(app::kindOf(all), app::toJson(all));

  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(std::get<app::BringIn>(*back).examples.size(), 20'000U);
}

TEST_F(Edits, EveryKindSurvivesItsJson) {
  app::TaskSettings task;
  task.frames = {{"kitchen/mic", "sound", {std::chrono::seconds(2), std::chrono::seconds(1)}}};
  task.serveOn = "attic";
  app::TaskSettings other = task;
  other.id = 2;
  other.key = "who-is-home";
  other.name = "Who is home";
  const std::vector<app::EditValue> all = {
      app::AddLabel{{.id = 3, .name = "Kettle \"big\" \xE2\x98\x95", .colour = 2, .key = 1}},
      app::RenameLabel{3, "Kettle", "Pot"},
      app::RemoveLabel{{.id = 3, .name = "Kettle"}, {exampleOf(3, 1)}},
      app::AddExamples{{exampleOf(3, 1), exampleOf(4, 1)}},
      app::RemoveExample{exampleOf(3, 1)},
      app::EnableExample{7, false},
      app::ChangeTask{{}, task},
      app::AskParam{"kitchen", "imu.rate", std::nullopt, std::int64_t{50}},
      app::ReviseExamples{{exampleOf(3, 1)}, {exampleOf(4, 1), exampleOf(3, 1)}},
      app::ServeModel{"aa", "bb"},
      app::ForgetRecording{9},
      app::RejectProposal{3, {{1'000}, {2'000}}},
      app::AddTask{other},
      app::RemoveTask{other},
      app::ChangeLocal{{}, {}, {task, other}, {other}},
      app::BringIn{{9, 10}, {{.id = 3, .name = "Pot"}}, {exampleOf(3, 9)}, {task}, {other}},
      app::ChangeRule{std::nullopt,
                      app::RuleRow{3, "automation", "When \"Kettle\" ...", "{}", false}},
  };

  for (const app::EditValue& value : all) {
    const std::string kind = app::kindOf(value);
    const auto back = app::editFrom(kind, app::toJson(value));

    ASSERT_TRUE(back) << kind;
    EXPECT_EQ(back->index(), value.index()) << kind;
    EXPECT_EQ(app::toJson(*back), app::toJson(value)) << kind;
  }
}

TEST_F(Edits, ADeviceThatWasAddedBeforeThereWereSeveralTasksCanStillBeTakenBack) {
  const auto kept = app::editFrom(
      "change_local", R"({"before":"[]","after":"[]","task_before":{"serve_on":"attic"},"task_after":{}})");

  ASSERT_TRUE(kept);
  const auto& change = std::get<app::ChangeLocal>(*kept);
  ASSERT_EQ(change.tasksBefore.size(), 1U);
  EXPECT_EQ(change.tasksBefore[0].id, app::kFirstTask);
  EXPECT_EQ(change.tasksBefore[0].serveOn, "attic");
}

TEST_F(Edits, ARemovedTaskTakesItsLabelsAndExamplesAlongAndBringsThemBack) {
  app::EditList edits(*store);
  app::TaskSettings task{.id = 0, .key = "who-is-home", .name = "Who is home"};
  task.id = store->addTask(task).value();
  const auto kettle = store->addLabel({.name = "Kettle", .key = 1}).value();
  const auto anna = store->addLabel({.name = "Anna", .key = 1, .task = task.id}).value();
  const std::int64_t kept = recording();
  for (const learners::LabelId label : {kettle, anna}) {
    ASSERT_TRUE(store->addDemonstration(exampleOf(label, kept)));
  }

  ASSERT_TRUE(edits.perform({app::RemoveTask{task}, "removed"}));

  ASSERT_EQ(store->labels()->size(), 1U);
  EXPECT_EQ(store->labels()->front().name, "Kettle");
  EXPECT_EQ(exampleCount(), 1U);
  EXPECT_EQ(store->tasks()->size(), 1U);
  EXPECT_FALSE(store->task(task.id));

  ASSERT_TRUE(edits.undo());

  EXPECT_EQ(store->labels()->back().task, task.id);
  EXPECT_EQ(exampleCount(), 2U);
  EXPECT_EQ(store->task(task.id)->name, "Who is home");
  ASSERT_TRUE(edits.redo());
  EXPECT_EQ(exampleCount(), 1U);
}

TEST_F(Edits, UnknownOrBrokenOnesAreRefused) {
  EXPECT_FALSE(app::editFrom("paint_label", "{}"));
  EXPECT_FALSE(app::editFrom("add_label", "{"));
  EXPECT_FALSE(app::editFrom("add_label", "[1,2]"));
}

TEST_F(Edits, UndoTakesBackAndRedoDoesAgainUnderTheSameIds) {
  app::EditList edits(*store);
  const auto label = store->addLabel({.name = "Kettle", .colour = 1, .key = 1}).value();
  const auto kept = recording();
  learners::Demonstration example = exampleOf(label, kept);
  example.id = store->addDemonstration(example).value();
  ASSERT_TRUE(edits.keep({app::AddExamples{{example}}, "Kettle recorded"}));

  ASSERT_TRUE(edits.undo());
  EXPECT_EQ(exampleCount(), 0U);
  EXPECT_EQ(edits.redoText(), "Kettle recorded");

  ASSERT_TRUE(edits.redo());
  ASSERT_EQ(exampleCount(), 1U);
  EXPECT_EQ(store->demonstrations().value().front(), example);
}

TEST_F(Edits, RemovingALabelAndTakingItBackRestoresItsExamples) {
  app::EditList edits(*store);
  learners::Label label{.name = "Tap", .colour = 2, .key = 2};
  label.id = store->addLabel(label).value();
  learners::Demonstration example = exampleOf(label.id, recording());
  example.id = store->addDemonstration(example).value();

  ASSERT_TRUE(edits.perform({app::RemoveLabel{label, {example}}, "Label Tap removed"}));
  EXPECT_TRUE(store->labels().value().empty());
  EXPECT_EQ(exampleCount(), 0U);

  ASSERT_TRUE(edits.undo());
  EXPECT_EQ(store->labels().value().front(), label);
  EXPECT_EQ(store->demonstrations().value().front(), example);
}

TEST_F(Edits, ANewEditForgetsWhatCouldBeDoneAgainAlsoAfterReopening) {
  {
    app::EditList edits(*store);
    const auto label = store->addLabel({.name = "Door", .colour = 3, .key = 3}).value();
    ASSERT_TRUE(edits.perform({app::RenameLabel{label, "Door", "Gate"}, "renamed"}));
    ASSERT_TRUE(edits.undo());
    ASSERT_TRUE(edits.perform({app::RenameLabel{label, "Door", "Hatch"}, "renamed again"}));
  }
  store.reset();
  store = project.open();

  app::EditList edits(*store);

  EXPECT_TRUE(edits.canUndo());
  EXPECT_FALSE(edits.canRedo());
  EXPECT_EQ(edits.undoText(), "renamed again");
}

TEST_F(Edits, AStepAboutAnExampleThatIsGoneHoldsUpNoOther) {
  app::EditList edits(*store);
  const auto kettle = store->addLabel({.name = "Kettle", .key = 1}).value();
  auto example = exampleOf(kettle, recording());
  example.id = store->addDemonstration(example).value();
  ASSERT_TRUE(edits.perform({app::EnableExample{example.id, false}, "left out"}));
  ASSERT_TRUE(store->removeDemonstration(example.id));

  const auto back = edits.undo();
  ASSERT_TRUE(back);
  EXPECT_TRUE((*back)->isGone);
  EXPECT_FALSE(edits.canUndo());
  ASSERT_TRUE(edits.redo());
  EXPECT_FALSE(edits.canRedo());
}

TEST_F(Edits, NothingToUndoIsNoError) {
  app::EditList edits(*store);

  const auto undone = edits.undo();

  ASSERT_TRUE(undone);
  EXPECT_FALSE(undone->has_value());
}

TEST_F(Edits, AStepThatCouldNotBeSavedIsNotInTheList) {
  app::EditList edits(*store);
  ASSERT_TRUE(edits.perform({app::AddLabel{{.id = 3, .name = "Kettle"}}, "Label Kettle"}));

  const auto failed = edits.inTransaction([&]() -> base::Result<void> {
    EXPECT_TRUE(edits.keep({app::RenameLabel{3, "Kettle", "Pot"}, "renamed"}));
    return base::Error{base::ErrorCode::Io, "The disk is full."};
  });

  EXPECT_FALSE(failed);
  EXPECT_EQ(edits.undoText(), "Label Kettle");
}

}  // namespace
