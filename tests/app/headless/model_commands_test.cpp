// export-model and compare, from files to figures.
#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

#include "app/headless/command.h"
#include "app/training/files.h"
#include "app/training/model_bundle.h"
#include "learners/ensemble.h"
#include "plugins/host/built_in.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

using nlohmann::json;

/// A table of two labels; six people by turns of 20 rows.
std::string table(double distance) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, 1);
  std::string text = "a,b,c,person,label\n";
  for (int i = 0; i < 240; ++i) {
    const bool on = i / 10 % 2 == 0;
    text += std::to_string((on ? distance : 0) + noise(random)) + "," +
            std::to_string(noise(random)) + "," + std::to_string((on ? 0 : 0.5) + noise(random)) +
            "," + std::to_string(i / 20 % 6 + 1) + "," + (on ? "on" : "off") + "\n";
  }
  return text;
}

class Models : public testing::Test {
 protected:
  static void import(const support::TempProject& project, double distance = 2) {
    support::writeFile(project.folder() / "t.csv", table(distance));
    ASSERT_EQ(
        said(importCommand, {"--project", project.file().string(), "--kind", "table",
                             "--group-column", "person", (project.folder() / "t.csv").string()})
            .first,
        0);
  }
  static std::pair<int, std::string> said(int (*command)(const std::vector<std::string>&),
                                          const std::vector<std::string>& words) {
    testing::internal::CaptureStdout();
    const int code = command(words);
    return {code, testing::internal::GetCapturedStdout()};
  }
  static void train(const support::TempProject& project, const std::string& learners) {
    ASSERT_EQ(said(trainCommand, {project.file().string(), "--learners", learners}).first, 0);
  }

  support::TempProject project_;
};

TEST_F(Models, ABundleCanBeReadBackAndSaysWhatItIs) {
  import(project_);
  train(project_, "logistic,knn");
  const std::string bundle = (project_.folder() / "model.mimosa-model").string();

  const auto written =
      said(exportModelCommand, {project_.file().string(), "--to", bundle, "--with-data"});
  const auto shown = said(exportModelCommand, {"--show", bundle});
  const auto asJson = said(exportModelCommand, {"--show", bundle, "--json"});

  EXPECT_EQ(written.first, 0);
  EXPECT_EQ(shown, written);
  EXPECT_NE(shown.second.find("It tells apart: off, on"), std::string::npos) << shown.second;
  EXPECT_NE(shown.second.find("of 6 groups"), std::string::npos) << shown.second;
  const json card = json::parse(asJson.second, nullptr, false);
  EXPECT_EQ(card["schema"]["features"].size(), 3);
  EXPECT_EQ(card["members"].size(), 2);
  EXPECT_EQ(card["labels"].size(), 2);
  EXPECT_EQ(card["groups"].size(), 6);
  EXPECT_TRUE(card["metrics"]["held_out"].get<bool>());
  EXPECT_TRUE(card["limits"].contains("novel_above"));
  const auto read = decodeBundle(readWhole(bundle).value());
  ASSERT_TRUE(read.ok());
  const auto ensemble = learners::Ensemble::decode(read->ensemble, plugins::builtIn().learners);
  ASSERT_TRUE(ensemble.ok());
  EXPECT_EQ(card["ensemble_hash"], (*ensemble)->hash());
  const auto data = learners::Dataset::decode(read->dataset);
  ASSERT_TRUE(data.ok());
  EXPECT_EQ(card["dataset_hash"], (*data)->hash());
}

TEST_F(Models, ARerunYieldsTheSameHashesAndTheSameFile) {
  support::TempProject again;
  std::vector<base::Bytes> files;
  for (const support::TempProject* project : {&project_, &again}) {
    import(*project);
    train(*project, "logistic,knn,svm_rbf");
    const std::string bundle = (project->folder() / "m").string();
    ASSERT_EQ(
        said(exportModelCommand, {project->file().string(), "--to", bundle, "--with-data"}).first,
        0);
    files.push_back(readWhole(bundle).value());
  }

  const auto one = decodeBundle(files[0]).value();
  const auto other = decodeBundle(files[1]).value();

  EXPECT_EQ(base::sha256(one.ensemble), base::sha256(other.ensemble));
  EXPECT_EQ(base::sha256(one.dataset), base::sha256(other.dataset));
  const json card = json::parse(one.card);
  const json otherCard = json::parse(other.card);
  EXPECT_EQ(card["ensemble_hash"], otherCard["ensemble_hash"]);
  EXPECT_EQ(card["dataset_hash"], otherCard["dataset_hash"]);
  EXPECT_EQ(card["metrics"], otherCard["metrics"]);
}

TEST_F(Models, AModelThatLearntFromCopiesIsWrittenWithThem) {
  import(project_);
  ASSERT_EQ(said(trainCommand, {project_.file().string(), "--learners", "logistic", "--augment",
                                "2", "--seed", "5"})
                .first,
            0);
  const std::string bundle = (project_.folder() / "m").string();

  const auto written =
      said(exportModelCommand, {project_.file().string(), "--to", bundle, "--with-data"});

  ASSERT_EQ(written.first, 0);
  const auto read = decodeBundle(readWhole(bundle).value()).value();
  const auto data = learners::Dataset::decode(read.dataset);
  ASSERT_TRUE(data.ok());
  EXPECT_EQ(json::parse(read.card)["dataset_hash"], (*data)->hash());
  EXPECT_EQ((*data)->rows(), 3 * 240U);
}

TEST_F(Models, EachTaskHasItsOwnExamplesAndModels) {
  import(project_);
  TaskId other = 0;
  {
    const auto store = project_.open();
    other = store->addTask({.id = 0, .key = "who-is-home", .name = "Who is home"}).value();
    const auto label = store->addLabel({.name = "Ann", .task = other}).value();
    const auto second = store->addLabel({.name = "Bob", .task = other}).value();
    const auto recordings = store->recordings().value();
    for (std::size_t i = 0; i < recordings.size(); ++i) {
      ASSERT_TRUE(store->addDemonstration({.label = i % 2 == 0 ? label : second,
                                           .span = recordings[i].span,
                                           .recording = recordings[i].id,
                                           .origin = learners::Origin::Import,
                                           .author = "import",
                                           .modelHash = {}}));
    }
  }
  const std::string file = project_.file().string();
  train(project_, "logistic");
  ASSERT_EQ(said(trainCommand, {file, "--task", "Who is home", "--learners", "logistic"}).first, 0);

  const auto deployments = project_.open()->deployments().value();
  ASSERT_EQ(deployments.size(), 2U);
  EXPECT_EQ(deployments[0].task, kFirstTask);
  EXPECT_EQ(deployments[1].task, other);
  EXPECT_EQ(deployments[1].version, 1);
  const std::string bundle = (project_.folder() / "m").string();
  const auto first = said(exportModelCommand, {file, "--to", bundle, "--with-data"});
  const auto second = said(
      exportModelCommand, {file, "--task", "who-is-home", "--to", bundle, "--with-data", "--json"});
  EXPECT_NE(first.second.find("It tells apart: off, on"), std::string::npos) << first.second;
  ASSERT_EQ(second.first, 0);
  EXPECT_EQ(json::parse(second.second)["labels"][0]["name"], "Ann");

  const auto tracks = project_.folder() / "tracks";
  ASSERT_EQ(said(exportCommand, {"--project", file, "--kind", "audacity", "--task", "Who is home",
                                 tracks.string()})
                .first,
            0);
  std::string written;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tracks)) {
    const auto bytes = entry.path().extension() == ".txt" ? readWhole(entry.path()) : base::Bytes();
    written.append(bytes->begin(), bytes->end());
  }
  EXPECT_NE(written.find("Ann"), std::string::npos);
  EXPECT_EQ(written.find("off"), std::string::npos) << "it is the other task's";
}

TEST_F(Models, ATaskThatIsNotThereIsAnsweredWithThoseThatAre) {
  import(project_);
  ASSERT_TRUE(project_.open()->addTask({.id = 0, .key = "who", .name = "Who is home"}));

  testing::internal::CaptureStderr();
  const int code = evaluateCommand({project_.file().string(), "--task", "Sounds"});
  const std::string said = testing::internal::GetCapturedStderr();

  EXPECT_EQ(code, 1);
  EXPECT_NE(said.find("no task \"Sounds\"; it has main, Who is home"), std::string::npos) << said;
}

TEST_F(Models, WhatIsBroughtInIsOfTheTaskThatIsNamed) {
  import(project_);
  const auto other = project_.open()->addTask({.id = 0, .key = "who", .name = "Who"}).value();
  support::writeFile(project_.folder() / "b.csv", table(2));

  ASSERT_EQ(said(importCommand, {"--project", project_.file().string(), "--kind", "table", "--task",
                                 "Who", (project_.folder() / "b.csv").string(), "--source",
                                 "import/other", "--group-column", "person"})
                .first,
            0);

  const auto labels = project_.open()->labels().value();
  const auto own = std::count_if(labels.begin(), labels.end(), [&](const learners::Label& label) {
    return label.task == other && (label.name == "on" || label.name == "off");
  });
  EXPECT_EQ(own, 2);
}

TEST_F(Models, ADamagedBundleIsRefused) {
  import(project_);
  train(project_, "logistic");
  const std::string bundle = (project_.folder() / "m").string();
  said(exportModelCommand, {project_.file().string(), "--to", bundle});
  const base::Bytes good = readWhole(bundle).value();

  for (std::size_t size = 0; size < good.size(); size += 1 + good.size() / 50) {
    EXPECT_FALSE(decodeBundle(std::span(good).first(size)).ok()) << size;
  }
  for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 50) {
    base::Bytes bad = good;
    bad[at] ^= 0x40;
    EXPECT_FALSE(decodeBundle(bad).ok()) << at;
  }
  support::writeFile(bundle, "no model");
  EXPECT_EQ(exportModelCommand({"--show", bundle}), 1);
}

TEST_F(Models, TwoModelsOfOneProjectAreComparedOnTheSameExamples) {
  import(project_, 1);
  train(project_, "logistic");
  train(project_, "knn");
  const std::string file = project_.file().string();
  for (const char* version : {"1", "2"}) {
    said(exportModelCommand, {file, "--model", version, "--to", (project_.folder() / version)});
  }

  const auto inProject = said(compareCommand, {"--project", file, "1", "2", "--json"});
  const auto asFiles = said(compareCommand, {(project_.folder() / "1").string(),
                                             (project_.folder() / "2").string(), "--json"});

  EXPECT_EQ(inProject.first, 0);
  EXPECT_EQ(asFiles, inProject);
  const json made = json::parse(inProject.second, nullptr, false);
  EXPECT_GT(made["examples"], 10);
  EXPECT_NEAR(made["difference"].get<double>(),
              made["accuracy_b"].get<double>() - made["accuracy_a"].get<double>(), 1e-9);
  EXPECT_LE(made["low"], made["difference"]);
}

TEST_F(Models, ModelsTestedOnOtherRecordingsAreNotCompared) {
  import(project_);
  train(project_, "logistic");
  {
    const auto store = project_.open();
    auto examples = store->demonstrations().value();
    examples[0].enabled = false;
    ASSERT_TRUE(store->updateDemonstration(examples[0]).ok());
  }
  train(project_, "logistic");
  const std::string file = project_.file().string();

  EXPECT_EQ(compareCommand({"--project", file, "1", "2"}), 1);
  EXPECT_EQ(said(compareCommand, {"--project", file, "1", "2", "--common"}).first, 0);
  EXPECT_EQ(compareCommand({"--project", file, "1", "9"}), 1);
}

}  // namespace
}  // namespace app
