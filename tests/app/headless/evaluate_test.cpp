// train and evaluate, from files to figures.
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

#include "app/headless/command.h"
#include "app/headless/split_plan.h"
#include "app/project/store.h"
#include "learners/ensemble.h"
#include "plugins/host/built_in.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

using nlohmann::json;

/// A table of two labels that lie well apart; people 1 .. 6 by turns of 20 rows.
std::string easyTable() {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, 0.3);
  std::string text = "a,b,person,label\n";
  for (int i = 0; i < 480; ++i) {
    const bool on = i / 10 % 2 == 0;
    text += std::to_string((on ? 2 : 0) + noise(random)) + "," +
            std::to_string((on ? 0 : 2) + noise(random)) + "," + std::to_string(i / 20 % 12 + 1) +
            "," + (on ? "on" : "off") + "\n";
  }
  return text;
}

class Evaluating : public testing::Test {
 protected:
  void importTable() {
    support::writeFile(project_.folder() / "t.csv", easyTable());
    testing::internal::CaptureStdout();
    ASSERT_EQ(importCommand({"--project", file(), "--kind", "table", "--group-column", "person",
                             (project_.folder() / "t.csv").string()}),
              0);
    testing::internal::GetCapturedStdout();
  }
  std::string file() const { return project_.file().string(); }

  json evaluate(std::vector<std::string> words) {
    words.push_back("--json");
    testing::internal::CaptureStdout();
    const int code = evaluateCommand(words);
    const std::string text = testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, 0);
    return json::parse(text, nullptr, false);
  }

  support::TempProject project_;
};

std::vector<std::string> keysOf(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST_F(Evaluating, MeasuresOpenWorldsSmoothingAndSearchWhereAsked) {
  importTable();

  const json result =
      evaluate({file(), "--by", "group", "--test-last", "4", "--learners", "logistic,knn",
                "--members", "low-latency", "--search", "random", "--budget", "5",
                "--leave-one-label-out", "--smooth", "0.5", "--four-way"});

  EXPECT_EQ(keysOf(result["smoothing"]),
            (std::vector<std::string>{"flicker_reduction", "raw", "smooth", "steadiness",
                                      "transitions"}));
  EXPECT_GT(result["smoothing"]["raw"]["accuracy"], 0.9);
  EXPECT_EQ(keysOf(result["four_way"]),
            (std::vector<std::string>{"baseline", "both", "reduction", "search"}));
  EXPECT_GT(result["four_way"]["both"]["accuracy"], 0.9);
  EXPECT_GT(result["training"]["trials"]["knn"], 1);
  // With two labels, none is left to compare once one is left out.
  EXPECT_TRUE(result["novelty"]["per_label"].empty());
}

TEST_F(Evaluating, TheJsonHasAllItsKeys) {
  importTable();

  const json result = evaluate({file(), "--by", "group", "--test-last", "4", "--learners",
                                "logistic,knn", "--background", "off"});

  EXPECT_EQ(keysOf(result), (std::vector<std::string>{
                                "accuracy_interval", "batch_per_second", "classes", "confusion",
                                "coverage", "ensemble", "features", "groups", "hidden_groups",
                                "latency_ms", "learners", "peak_memory_mb", "per_class",
                                "reliability", "rows", "train_seconds", "training", "two_stage"}));
  EXPECT_EQ(result["rows"]["train"], 320);
  EXPECT_EQ(result["rows"]["test"], 160);
  EXPECT_EQ(result["features"], 2);
  EXPECT_EQ(result["classes"], json({"off", "on"}));
  EXPECT_EQ(keysOf(result["learners"]), (std::vector<std::string>{"knn", "logistic"}));
  EXPECT_EQ(keysOf(result["learners"]["knn"]),
            (std::vector<std::string>{"accuracy", "fit_seconds", "latency_ms_p50"}));
  EXPECT_EQ(keysOf(result["ensemble"]),
            (std::vector<std::string>{"accuracy", "accuracy_vote", "ece", "ece_mean_of_folds",
                                      "macro_f1"}));
  EXPECT_EQ(keysOf(result["latency_ms"]), (std::vector<std::string>{"floor", "p50", "p99"}));
  EXPECT_EQ(keysOf(result["two_stage"]),
            (std::vector<std::string>{"accuracy", "gate_accuracy", "latency_ms_mean",
                                      "one_stage_latency_ms_mean"}));
  EXPECT_EQ(keysOf(result["per_class"]["on"]),
            (std::vector<std::string>{"high", "low", "n", "recall"}));
  EXPECT_EQ(result["per_class"]["on"]["n"], 80);
  EXPECT_GT(result["ensemble"]["accuracy"], 0.97);
  int asked = 0;
  for (const json& row : result["confusion"]) {
    for (const json& count : row) asked += count.get<int>();
  }
  EXPECT_EQ(asked, 160);
}

TEST_F(Evaluating, CopiesAreLearntFromAndNeverAskedAbout) {
  std::mt19937 random(3);
  std::string text = "t_ms,x,y,z,label\n";
  for (int i = 0; i < 4000; ++i) {
    const bool fast = i / 400 % 2 == 0;
    const double phase = i * (fast ? 0.9 : 0.2);
    text += std::to_string(20 * i) + "," + std::to_string(std::sin(phase)) + "," +
            std::to_string(std::cos(phase)) + ",9.8," + (fast ? "fast" : "slow") + "\n";
  }
  const auto first = project_.folder() / "first.csv";
  const auto second = project_.folder() / "second.csv";
  support::writeFile(first, text);
  support::writeFile(second, text);
  testing::internal::CaptureStdout();
  ASSERT_EQ(importCommand({"--project", file(), "--kind", "stream", "--window", "2", "--hop", "2",
                           first.string(), second.string()}),
            0);
  testing::internal::GetCapturedStdout();
  const std::vector<std::string> words = {file(), "--by", "recording", "--learners",
                                          "logistic,knn"};
  auto more = words;
  more.insert(more.end(), {"--augment", "2"});

  const json plain = evaluate(words);
  const json augmented = evaluate(more);

  EXPECT_EQ(augmented["rows"]["test"], plain["rows"]["test"]);
  EXPECT_EQ(augmented["rows"]["train"].get<int>(), 3 * plain["rows"]["train"].get<int>());
  EXPECT_GT(augmented["ensemble"]["accuracy"], 0.9);
}

TEST_F(Evaluating, FoldsAreMeansAndEachByItself) {
  importTable();

  const json result = evaluate({file(), "--by", "recording", "--learners", "logistic"});

  ASSERT_EQ(result["folds"].size(), 4U);
  double sum = 0;
  for (const json& fold : result["folds"]) sum += fold["ensemble"]["accuracy"].get<double>();
  EXPECT_NEAR(result["ensemble"]["accuracy"].get<double>(), sum / 4, 1e-9);
  EXPECT_EQ(result["folds"][0]["fold"], "1");
}

TEST_F(Evaluating, FeaturesOfOthersAreEvaluatedWithoutAProject) {
  std::mt19937 random(3);
  std::normal_distribution<float> noise(0, 0.2F);
  for (const char* part : {"train", "test"}) {
    std::vector<float> x;
    std::vector<std::int64_t> y;
    for (int i = 0; i < 120; ++i) {
      y.push_back(i % 3);
      for (int f = 0; f < 4; ++f) x.push_back((f == i % 3 ? 1.0F : 0.0F) + noise(random));
    }
    support::writeFile(project_.folder() / ("X_" + std::string(part) + ".npy"),
                       support::npyBytes("<f4", "(120, 4)", support::rawBytes(x)));
    support::writeFile(project_.folder() / ("y_" + std::string(part) + ".npy"),
                       support::npyBytes("<i8", "(120,)", support::rawBytes(y)));
  }

  const json result =
      evaluate({"--features", project_.folder().string(), "--learners", "logistic,knn"});

  EXPECT_EQ(result["rows"]["train"], 120);
  EXPECT_EQ(result["classes"], json({"0", "1", "2"}));
  EXPECT_GT(result["ensemble"]["accuracy"], 0.95);
}

TEST_F(Evaluating, TrainingKeepsTheEnsembleAsTheNewestDeployment) {
  importTable();

  testing::internal::CaptureStdout();
  const int first = trainCommand({"--project", file(), "--learners", "logistic,knn"});
  const int second = trainCommand({"--project", file(), "--learners", "logistic,knn"});
  const std::string said = testing::internal::GetCapturedStdout();

  EXPECT_EQ(first, 0);
  EXPECT_EQ(second, 0);
  EXPECT_NE(said.find("Model 2: 2 labels, 480 rows of 2 features"), std::string::npos) << said;
  const auto store = project_.open();
  const auto rows = store->deployments().value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].version, 2);
  EXPECT_EQ(rows[0].ensembleHash, rows[1].ensembleHash);
  const auto bytes = store->blob(rows[1].ensembleHash);
  ASSERT_TRUE(bytes);
  EXPECT_TRUE(learners::Ensemble::decode(*bytes, plugins::builtIn().learners));
}

TEST_F(Evaluating, AsksAboutTheLastThirdOfEachExample) {
  importTable();

  const json result = evaluate({file(), "--by", "later", "--learners", "knn"});

  const std::size_t train = result["rows"]["train"];
  const std::size_t test = result["rows"]["test"];
  EXPECT_GT(test, 480U / 4);
  EXPECT_LE(test, 480U / 3);
  EXPECT_LT(train + test, 480U);  // a window's length lies between them
  EXPECT_GT(result["ensemble"]["accuracy"], 0.9);
}

TEST_F(Evaluating, ExamplesTooShortToHaveALastThirdAreSaidToBe) {
  std::string text = "a,person,label\n";
  for (int i = 0; i < 40; ++i) {
    text += std::to_string(i / 2 % 2) + ",1," + (i / 2 % 2 == 0 ? "on" : "off") + "\n";
  }
  support::writeFile(project_.folder() / "t.csv", text);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  importCommand({"--project", file(), "--kind", "table", "--group-column", "person",
                 (project_.folder() / "t.csv").string()});

  const int code = evaluateCommand({file(), "--by", "later", "--learners", "knn"});

  testing::internal::GetCapturedStdout();
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_EQ(code, 1);
  EXPECT_NE(said.find("no example is long enough"), std::string::npos) << said;
}

TEST_F(Evaluating, WrongRequestsAreRefused) {
  importTable();

  EXPECT_EQ(evaluateCommand({file(), "--by", "moon"}), 2);
  EXPECT_EQ(evaluateCommand({file(), "--learners", "oracle"}), 1);
  EXPECT_EQ(evaluateCommand({file(), "--by", "group", "--test-groups", "nobody"}), 1);
  EXPECT_EQ(evaluateCommand({file(), "--by", "given"}), 1);
  EXPECT_EQ(evaluateCommand({file(), "--test-last", "2"}), 1);
  EXPECT_EQ(evaluateCommand({(project_.folder() / "none.mimosa").string()}), 1);
  EXPECT_EQ(trainCommand({(project_.folder() / "none.mimosa").string()}), 1);
}

/// Rows of groups 1 .. 4 with tags, two rows each.
learners::DatasetPtr taggedRows() {
  learners::DatasetContent content;
  content.layout.features = {{"f", "1"}};
  content.layout.parts = {{"s", 0, 1}};
  content.labels = {{.id = 1, .name = "a"}, {.id = 2, .name = "b"}};
  for (int i = 0; i < 8; ++i) {
    content.values.push_back(static_cast<float>(i));
    content.label.push_back(i % 2);
    content.group.push_back(i / 2 + 1);
    content.unit.push_back(i);
    content.splitTag.push_back(i / 2 < 3 ? "train" : "test");
  }
  return learners::Dataset::make(std::move(content)).value();
}

const std::map<std::int64_t, std::string> kNames = {{1, "9"}, {2, "10"}, {3, "2"}, {4, "10"}};

TEST(SplitPlan, TheLastGroupsAreOrderedAsNumbersAndKeptWhole) {
  const auto splits = planSplits(*taggedRows(), kNames, {.by = SplitBy::Group, .testLast = 1});

  ASSERT_TRUE(splits);
  EXPECT_EQ(splits->at(0).split.test, (std::vector<std::size_t>{2, 3, 6, 7}));
  EXPECT_EQ(splits->at(0).split.train, (std::vector<std::size_t>{0, 1, 4, 5}));
}

TEST(SplitPlan, TagsDecideWhereNothingIsAsked) {
  const auto splits = planSplits(*taggedRows(), kNames, {});

  ASSERT_TRUE(splits);
  ASSERT_EQ(splits->size(), 1U);
  EXPECT_EQ(splits->at(0).split.test, (std::vector<std::size_t>{6, 7}));
}

TEST(SplitPlan, EveryTagIsTheTestPartOnce) {
  const auto splits = planSplits(*taggedRows(), kNames, {.by = SplitBy::Fold});

  ASSERT_TRUE(splits);
  ASSERT_EQ(splits->size(), 2U);
  EXPECT_EQ(splits->at(0).name, "test");
  EXPECT_EQ(splits->at(1).split.test.size(), 6U);
}

TEST(SplitPlan, ADeliberateLeakIsReported) {
  const auto data = taggedRows();

  EXPECT_TRUE(leakingGroups(*data, kNames, {{0, 1}, {2, 3}}).empty());
  EXPECT_EQ(leakingGroups(*data, kNames, {{0, 2, 4}, {1, 5, 6}}),
            (std::vector<std::string>{"2", "9"}));
}

}  // namespace
}  // namespace app
