// The checks of evaluate that explain a score, from files to figures.
#include "app/headless/score_report.h"

#include <gtest/gtest.h>
#include <random>

#include "app/headless/command.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

using nlohmann::json;

/// One recording: 80 rows of ten features by turns of ten "on" and ten "off". What `person` shows
/// lies off by as much as the labels differ.
std::string recordingOf(int person, const std::string& group) {
  std::mt19937 random(static_cast<unsigned>(person));
  std::normal_distribution<double> noise(0, 1);
  std::vector<double> drift(10);
  for (double& value : drift) value = 2 * noise(random);
  std::string text = "a,b,c,d,e,f,g,h,i,j,person,label\n";
  for (int i = 0; i < 80; ++i) {
    const bool on = i / 10 % 2 == 0;
    for (int f = 0; f < 10; ++f) {
      text += std::to_string(drift[f] + (f == 0 && on ? 2 : 0) + 0.5 * noise(random)) + ",";
    }
    text += group + (on ? ",on\n" : ",off\n");
  }
  return text;
}

class Explaining : public testing::Test {
 protected:
  void import(const std::string& name, const std::string& group, int person) {
    const auto path = project_.folder() / name;
    support::writeFile(path, recordingOf(person, group));
    testing::internal::CaptureStdout();
    ASSERT_EQ(importCommand({"--project", project_.file().string(), "--kind", "table",
                             "--group-column", "person", path.string()}),
              0);
    testing::internal::GetCapturedStdout();
  }

  std::string said(std::vector<std::string> words) {
    words.insert(words.begin(), project_.file().string());
    testing::internal::CaptureStdout();
    EXPECT_EQ(evaluateCommand(words), 0);
    return testing::internal::GetCapturedStdout();
  }
  json evaluated(std::vector<std::string> words) {
    words.push_back("--json");
    return json::parse(said(std::move(words)), nullptr, false);
  }

  support::TempProject project_;
};

TEST_F(Explaining, APlantedLeakIsReportedWithBothScores) {
  for (int person = 1; person <= 4; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }
  import("again.csv", "p5", 2);  // the recording of person 2 under another name

  const json leaks =
      evaluated({"--by", "group", "--test-groups", "p5", "--check-leaks"}).at("leaks");

  EXPECT_GT(leaks["honest_accuracy"], 0.97);
  EXPECT_GT(leaks["random_accuracy"], 0.5);
  EXPECT_EQ(leaks["near_duplicates"], 160);
  ASSERT_EQ(leaks["pairs"].size(), 8);
  for (const json& pair : leaks["pairs"]) {
    EXPECT_EQ(pair["a"]["group"], "p2");
    EXPECT_EQ(pair["b"]["group"], "p5");
    EXPECT_EQ(pair["a"]["label"], pair["b"]["label"]);
    EXPECT_EQ(pair["copies"], 10);
  }
}

TEST_F(Explaining, AFairSplitHasNoPairsAndSaysWhatARandomOneWouldFlatter) {
  for (int person = 1; person <= 5; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }

  const json leaks = evaluated({"--by", "recording", "--check-leaks"}).at("leaks");
  const std::string text = said({"--by", "recording", "--check-leaks"});

  EXPECT_TRUE(leaks["pairs"].empty());
  EXPECT_LT(leaks["honest_accuracy"], leaks["random_accuracy"]);
  EXPECT_NE(text.find("rows split at random"), std::string::npos) << text;
  EXPECT_NE(text.find("no copies across the split among 400 rows"), std::string::npos) << text;
}

TEST_F(Explaining, TheScoreComesWithItsIntervalItsChartsAndItsGroups) {
  for (int person = 1; person <= 5; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }

  const json result = evaluated({"--by", "recording", "--learners", "logistic,knn"});

  const json& interval = result["accuracy_interval"];
  EXPECT_LE(interval["low"], interval["value"]);
  EXPECT_GE(interval["high"], interval["value"]);
  EXPECT_EQ(interval["n"], 400);
  EXPECT_EQ(interval["examples"], 40);
  int rows = 0;
  for (const json& bin : result["reliability"]) rows += bin["n"].get<int>();
  EXPECT_EQ(rows, 400);
  EXPECT_DOUBLE_EQ(result["coverage"].back()["coverage"].get<double>(), 1);
  EXPECT_EQ(result["groups"].size(), 5);
  EXPECT_EQ(result["groups"][0]["group"].get<std::string>().substr(0, 1), "p");
  EXPECT_TRUE(result["hidden_groups"].is_array());
}

TEST_F(Explaining, AWrongLabelLeadsTheListOfThoseToLookAtAgain) {
  for (int person = 1; person <= 4; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }
  const auto store = project_.open();
  auto examples = store->demonstrations().value();
  const std::int64_t wrong = examples[3].id;
  examples[3].label = examples[3].label == 1 ? 2 : 1;
  ASSERT_TRUE(store->updateDemonstration(examples[3]).ok());

  const json list = evaluated({"--learners", "logistic,knn", "--check-labels"}).at("suspicious");

  ASSERT_EQ(list.size(), 32);
  EXPECT_GE(list[0]["suspicion"], list[1]["suspicion"]);
  bool early = false;
  for (std::size_t i = 0; i < 6; ++i) early |= list[i]["example"] == wrong;
  EXPECT_TRUE(early) << list;
  EXPECT_TRUE(list[0].contains("recording_name"));
}

TEST_F(Explaining, TheLearningCurveForecastsForEveryLabel) {
  for (int person = 1; person <= 4; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }

  const json curve = evaluated({"--learning-curve"}).at("learning_curve");

  ASSERT_EQ(curve["points"].size(), 4);
  EXPECT_EQ(curve["points"][3]["recall"].size(), 2);
  ASSERT_EQ(curve["labels"].size(), 2);
  for (const json& label : curve["labels"]) {
    EXPECT_LE(label["low"], label["gain"]);
    EXPECT_GE(label["high"], label["gain"]);
    EXPECT_EQ(label["now"], 16);
  }
}

TEST_F(Explaining, OtherHousesAreTriedBeforeTheyHappen) {
  for (int person = 1; person <= 3; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }

  const json all = evaluated({"--what-if", "--learners", "logistic,knn"}).at("what_if");

  ASSERT_EQ(all.size(), 1);  // levels: no sound, no picture, no second sensor
  EXPECT_EQ(all[0]["kind"], "dropout");
  ASSERT_EQ(all[0]["points"].size(), 5);
  EXPECT_TRUE(all[0]["points"][0]["measured"]);
  EXPECT_GE(all[0]["points"][0]["accuracy"]["value"], all[0]["points"][4]["accuracy"]["value"]);
  EXPECT_EQ(all[0]["points"][4]["recall"].size(), 2);
}

TEST_F(Explaining, WindowsOfOtherLengthsAreTriedOnWhatIsLearntFrom) {
  for (int person = 1; person <= 4; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }

  const json all = evaluated({"--window-lengths"}).at("window_lengths");
  const json part =
      evaluated({"--window-lengths", "--by", "group", "--test-last", "2"}).at("window_lengths");

  ASSERT_EQ(all.size(), 4);
  ASSERT_EQ(part.size(), 4);
  const double asked = all[1]["seconds"];
  EXPECT_DOUBLE_EQ(all[0]["seconds"], asked / 2);
  EXPECT_DOUBLE_EQ(all[3]["seconds"], asked * 3);
  EXPECT_GT(all[1]["accuracy"], 0.6);
  EXPECT_LE(all[1]["low"], all[1]["accuracy"]);
  EXPECT_EQ(part[1]["windows"].get<int>() * 2, all[1]["windows"].get<int>());
}

TEST_F(Explaining, SeveralChecksComeAsOneReport) {
  for (int person = 1; person <= 4; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }

  const json result = evaluated({"--personal", "--preview", "--learners", "knn"});

  ASSERT_EQ(result["personal"].size(), 4);
  for (const json& one : result["personal"]) {
    EXPECT_EQ(one["comparison"]["examples"], 8);
    EXPECT_LE(one["comparison"]["low"], one["comparison"]["difference"]);
  }
  EXPECT_LE(result["preview"]["low"], result["preview"]["accuracy"]);
  EXPECT_GE(result["preview"]["high"], result["preview"]["accuracy"]);
}

TEST_F(Explaining, AnAnswerIsExplainedInSentencesAndKeys) {
  for (int person = 1; person <= 3; ++person) {
    import("person" + std::to_string(person) + ".csv", "p" + std::to_string(person), person);
  }
  const std::string file = project_.file().string();
  testing::internal::CaptureStdout();
  const int trained = trainCommand({file, "--learners", "logistic,knn"});
  const int explained = explainCommand({file, "--recording", "1", "--at", "2"});
  const std::string text = testing::internal::GetCapturedStdout();
  testing::internal::CaptureStdout();
  const int asJson = explainCommand({file, "--recording", "1", "--at", "2", "--json"});
  const json result = json::parse(testing::internal::GetCapturedStdout(), nullptr, false);

  EXPECT_EQ(trained, 0);
  EXPECT_EQ(explained, 0);
  EXPECT_EQ(asJson, 0);
  EXPECT_NE(text.find("It says on, certain to"), std::string::npos) << text;
  EXPECT_EQ(result["label"], "on");
  EXPECT_TRUE(result["learnt_from"].get<bool>());
  EXPECT_EQ(result["near"].size(), 5);
  EXPECT_EQ(result["members"].size(), 2);
  double sum = result["baseline"];
  for (const json& one : result["features"]) sum += one["share"].get<double>();
  EXPECT_NEAR(sum, result["certainty"], 1e-4);
  EXPECT_FALSE(result["windows"].empty());
  EXPECT_EQ(explainCommand({file, "--recording", "nowhere"}), 1);
  EXPECT_EQ(explainCommand({file, "--recording", "1", "--model", "9"}), 1);
}

}  // namespace
}  // namespace app
