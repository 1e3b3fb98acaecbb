#include "ui/models/import_rows.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_imports.h"

namespace {

using app::ImportView;
using ui::ImportRow;

ImportRow rowOf(std::size_t part) { return ui::importRow(sample::importPlan().parts.at(part)); }

TEST(ImportRows, SayWhatWasRecognised) {
  EXPECT_EQ(rowOf(1).title, "Film hall on sunday.mp4");
  EXPECT_EQ(rowOf(1).detail, "14 min · labels found: Door, Cat, Somebody walks through");
  EXPECT_EQ(rowOf(2).title, "Table washer.csv");
  EXPECT_TRUE(rowOf(2).detail.contains("x, y, z")) << rowOf(2).detail.toStdString();
  EXPECT_TRUE(rowOf(2).detail.contains("left out: remark"));
  EXPECT_TRUE(rowOf(2).detail.contains("no labels found"));
  EXPECT_FALSE(rowOf(0).detail.contains("no labels")) << "they all show Kettle";
}

TEST(ImportRows, AskOnlyWhatMatters) {
  struct Expected {
    bool label, rate, column, kind;
  };
  const Expected expected[] = {{true, false, false, false},
                               {true, true, false, false},
                               {false, true, true, true},
                               {false, false, true, false}};
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    app::ImportPart part = sample::importPlan().parts[i];
    const ImportRow row = ui::importRow(part);
    EXPECT_EQ(row.asksLabel, expected[i].label) << i;
    EXPECT_EQ(row.asksRate, expected[i].rate) << i;
    EXPECT_EQ(!row.columnNames.isEmpty(), expected[i].column) << i;
    EXPECT_EQ(!row.kinds.isEmpty(), expected[i].kind) << i;
  }
}

TEST(ImportRows, NameWhatIsMissingAndWhatIsWrong) {
  EXPECT_EQ(rowOf(2).state, "There is no column of time: say how many rows came in a second.");
  app::ImportPart raw = sample::importPlan().parts[2];
  raw.chosenRate = 50;
  EXPECT_TRUE(ui::importRow(raw).state.isEmpty());
  const app::ImportPart table = ui::withKind(raw, 1);
  EXPECT_EQ(ui::importRow(table).state, "Say in which column the labels stand.");
  EXPECT_FALSE(ui::importRow(table).asksRate);
  EXPECT_FALSE(rowOf(4).canWant);
  EXPECT_EQ(rowOf(4).tone, ui::Tone::Refused);
  EXPECT_TRUE(rowOf(4).state.startsWith("tap.wav cannot be read"));
}

TEST(ImportRows, TheColumnOfLabelsMayBeAnyButTime) {
  app::ImportPart part = sample::importPlan().parts[3];
  part.kind = app::ImportKind::Signals;
  part.timeColumn = "light";
  const ImportRow row = ui::importRow(part);
  EXPECT_EQ(row.columns, (std::vector<std::string>{"humidity", "co2", "class"}));
  EXPECT_EQ(row.column, 2);
  part.labelColumn.clear();
  EXPECT_EQ(ui::importRow(part).column, 0) << "none";
}

TEST(ImportRows, LongListsEndInDots) {
  app::ImportPart part = sample::importPlan().parts[1];
  part.labels = {"a", "b", "c", "d", "e", "f", "g"};
  EXPECT_TRUE(ui::importRow(part).detail.endsWith("a, b, c, d, e, f …"));
}

TEST(ImportRows, StartOnlyWhereSomethingIsWantedAndReady) {
  ImportView view = sample::importReady();
  EXPECT_TRUE(ui::canStart(view));
  for (std::size_t i : {0, 1, 3}) view.plan.parts[i].wanted = false;
  EXPECT_FALSE(ui::canStart(view)) << "what is left waits for a rate, or is damaged";
  EXPECT_EQ(ui::importState(view), "Nothing can be brought in as it is.");
  EXPECT_FALSE(ui::canStart(sample::importWorking()));
}

TEST(ImportRows, SayHowItGoesAndHowItWent) {
  EXPECT_TRUE(ui::importState(ImportView()).isEmpty());
  EXPECT_EQ(ui::importState(sample::importWorking()), "I bring in hall on sunday.mp4…");
  ImportView done = sample::importDone();
  EXPECT_TRUE(ui::importState(done).startsWith("In the project now: "));
  done.stopped = true;
  EXPECT_TRUE(ui::importState(done).startsWith("Stopped. What was whole"));
  done.report = {};
  EXPECT_EQ(ui::importState(done), "Stopped. Nothing was brought in.");
}

}  // namespace
