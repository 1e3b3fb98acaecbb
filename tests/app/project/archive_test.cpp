// A whole project as an archive and back, forgetting that can be shown, lineage, and the past.

#include "app/project/archive.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <random>

#include "app/as_of.h"
#include "app/edits.h"
#include "app/headless/arguments.h"
#include "app/headless/command.h"
#include "app/project/forget.h"
#include "app/project/past_predictions.h"
#include "app/project/rebuild.h"
#include "app/project/zip_file.h"
#include "learners/dataset.h"
#include "sensors/envelope.h"
#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace app {

namespace {

using project_test::kStart;
using std::chrono::seconds;
using support::TempProject;

constexpr std::uint64_t kBlocks = 500;  // 10 s

/// Ten seconds of noise that occurs nowhere else in the file.
std::vector<sensors::BlockPtr> noise(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> value(-1, 1);
  std::vector<sensors::BlockPtr> blocks;
  const auto source = project_test::motion();
  for (std::uint64_t i = 0; i < kBlocks; ++i) {
    sensors::Block block = *project_test::motionBlock(source, i);
    auto samples = *block.samples();
    for (float& v : samples.values) {
      v = value(random);
    }
    block.content = std::move(samples);
    blocks.push_back(std::make_shared<const sensors::Block>(std::move(block)));
  }
  return blocks;
}

learners::DatasetPtr datasetOf(const std::vector<std::int64_t>& units) {
  learners::DatasetContent content;
  content.labels = {{.id = 1, .name = "Tap"}, {.id = 2, .name = "Door"}};
  for (const std::int64_t unit : units) {
    content.values.push_back(static_cast<float>(unit));
    content.label.push_back(static_cast<std::int32_t>(unit % 2));
    content.group.push_back(unit);
    content.unit.push_back(unit);
  }
  content.layout.features.resize(1);
  return learners::Dataset::make(std::move(content)).value();
}

struct Filled {
  std::unique_ptr<ProjectStore> store;
  std::vector<std::int64_t> recordings, examples;
  std::string datasetHash;
};

/// Two recordings with an example each, a model that learnt from both, answers, a label with a
/// number that is given no more.
Filled fill(const TempProject& project) {
  Filled filled{.store = project.open()};
  ProjectStore& store = *filled.store;
  const auto label = store.addLabel({.name = "Tap"}).value();
  EXPECT_TRUE(store.removeLabel(store.addLabel({.name = "Gone"}).value()).ok());
  for (unsigned seed = 1; seed <= 2; ++seed) {
    const base::Time begin = kStart + seconds(1000 * (seed - 1));
    const auto id = store.addRecording({.span = {kStart, kStart + seconds(10)}, .group = "g"}).value();
    EXPECT_TRUE(store.appendChunks(id, noise(seed)).ok());
    filled.recordings.push_back(id);
    filled.examples.push_back(store
                                  .addDemonstration({.label = label,
                                                     .span = {begin, begin + seconds(2)},
                                                     .recording = id,
                                                     .author = "Ann"})
                                  .value());
  }
  const auto dataset = datasetOf(filled.examples);
  filled.datasetHash = dataset->hash();
  EXPECT_TRUE(noteLesson(store, *dataset).ok());
  const base::Bytes model(3000, 42);
  const std::string hash = base::sha256(model);
  EXPECT_TRUE(store.putBlob(hash, model).ok());
  EXPECT_TRUE(store.putBlob("model", model).ok());  // the same content twice
  EXPECT_TRUE(store
                  .addDeployment({.version = 1,
                                  .ensembleHash = hash,
                                  .datasetHash = filled.datasetHash,
                                  .since = kStart + seconds(60)})
                  .ok());
  EXPECT_TRUE(store
                  .appendPredictions({{.modelHash = hash,
                                       .span = {kStart + seconds(1), kStart + seconds(2)},
                                       .label = "Tap"}})
                  .ok());
  EXPECT_TRUE(store.setMeta("name", "Our \"house\"\n\xC3\xA4").ok());
  return filled;
}

std::string readZip(const std::filesystem::path& file) {
  const std::string command =
      std::string("python3 ") + READ_EXPORTS + " zip '" + file.string() + "' 2>&1";
  FILE* const pipe = popen(command.c_str(), "r");
  std::array<char, 8192> text{};
  const std::size_t n = std::fread(text.data(), 1, text.size(), pipe);
  pclose(pipe);
  return {text.data(), n};
}

std::vector<sensors::EnvelopeColumn> columnsOf(const ProjectStore& store) {
  return store.storedColumns(1, "kitchen/imu", 0, {kStart, kStart + seconds(10)}, 20).value();
}

bool equal(const std::vector<sensors::EnvelopeColumn>& a,
           const std::vector<sensors::EnvelopeColumn>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.min == y.min && x.max == y.max; });
}

bool holds(const std::string& bytes, const sensors::BlockPtr& block) {
  const auto& values = block->samples()->values;
  return bytes.find(std::string(reinterpret_cast<const char*>(values.data()),
                                values.size() * sizeof(float))) != std::string::npos;
}

TEST(Archive, BringsAProjectBackToTheSameHashes) {
  const TempProject project;
  const auto first = project.folder() / "first.zip";
  const auto second = project.folder() / "second.zip";
  const auto target = project.folder() / "restored.mimosa";
  const Filled filled = fill(project);

  const auto saved = saveArchive(*filled.store, first);
  const auto restored = restoreArchive(first, target);

  ASSERT_TRUE(saved.ok()) << saved.error().message;
  ASSERT_TRUE(restored.ok()) << restored.error().message;
  EXPECT_EQ(saved->contentBytes, restored->contentBytes);
  EXPECT_EQ(restored->recordings, 2u);
  const auto back = ProjectStore::open(target);
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_FALSE((*back)->recoveredAfterCrash());
  EXPECT_EQ((*back)->labels().value(), filled.store->labels().value());
  EXPECT_EQ((*back)->demonstrations().value(), filled.store->demonstrations().value());
  EXPECT_EQ((*back)->meta("name").value(), filled.store->meta("name").value());
  EXPECT_EQ((*back)->blob("model").value(), filled.store->blob("model").value());
  EXPECT_EQ((*back)->deployments()->front().ensembleHash,
            filled.store->deployments()->front().ensembleHash);
  EXPECT_EQ((*back)->predictions({{0}, kStart + seconds(1000)})->size(), 1u);
  EXPECT_TRUE(equal(columnsOf(**back), columnsOf(*filled.store)));
  EXPECT_EQ((*back)->addLabel({.name = "New"}).value(), 3);  // 2 was given once
  ASSERT_TRUE(saveArchive(**back, second).ok());
  const std::string inside = readZip(first);
  EXPECT_EQ(inside.substr(0, 29), "mimosa-project-archive 2 Tap ") << inside;
  const std::string again = readZip(second);
  EXPECT_EQ(again.substr(again.find_last_of(',') + 5), inside.substr(inside.find("Tap ") + 4));
}

TEST(Archive, RefusesWhatIsDamagedAndLeavesNothingBehind) {
  const TempProject project;
  const auto file = project.folder() / "whole.zip";
  ASSERT_TRUE(saveArchive(*fill(project).store, file).ok());
  std::ifstream stream(file, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  std::mt19937 random(11);

  for (int round = 0; round < 30; ++round) {
    std::string damaged = whole;
    if (round % 3 == 0) {
      damaged.resize(random() % damaged.size());
    } else {
      damaged[random() % damaged.size()] ^= static_cast<char>(1 << random() % 8);
    }
    const auto bad = project.folder() / "bad.zip";
    std::ofstream(bad, std::ios::binary | std::ios::trunc) << damaged;
    const auto target = project.folder() / "bad.mimosa";

    const auto restored = restoreArchive(bad, target);

    EXPECT_EQ(std::filesystem::exists(target), restored.ok());
    EXPECT_FALSE(std::filesystem::exists(target.string() + "-new"));
    if (restored) {  // a bit that means nothing, such as a date
      EXPECT_EQ(restored->recordings, 2u);
      std::filesystem::remove(target);
    }
  }
}

TEST(Archive, RefusesANewerFormAndAForeignZip) {
  const TempProject project;
  const auto make = [&](const std::string& name, const std::string& header) {
    auto zip = ZipWriter::create(project.folder() / name).value();
    EXPECT_TRUE(zip.add("mimosa.json", header).ok());
    EXPECT_TRUE(zip.close().ok());
    return restoreArchive(project.folder() / name, project.folder() / "target.mimosa");
  };

  EXPECT_EQ(make("newer.zip",
                 R"({"format":"mimosa-project-archive","version":1,"schema":999})")
                .error()
                .code,
            base::ErrorCode::Unsupported);
  EXPECT_EQ(make("other.zip", "{}").error().code, base::ErrorCode::Corrupt);
  EXPECT_EQ(make("short.zip",
                 R"({"format":"mimosa-project-archive","version":1,"schema":1})")
                .error()
                .code,
            base::ErrorCode::Corrupt);
}

TEST(Archive, CanBeCancelled) {
  const TempProject project;
  const Filled filled = fill(project);
  std::stop_source stop;
  stop.request_stop();

  const auto saved =
      saveArchive(*filled.store, project.folder() / "a.zip", {.stop = stop.get_token()});

  EXPECT_EQ(saved.error().code, base::ErrorCode::Cancelled);
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "a.zip"));
}

TEST(Archive, GoesAndComesByTheCommandLineToo) {
  const TempProject project;
  fill(project).store.reset();
  const std::string file = project.file().string();
  const std::string zip = (project.folder() / "a.zip").string();
  const std::string back = (project.folder() / "back.mimosa").string();
  const std::string copy = (project.folder() / "copy.mimosa").string();

  EXPECT_EQ(exportCommand({"--project", file, "--kind", "archive", zip}), kDone);
  EXPECT_EQ(exportCommand({"--project", file, "--kind", "archive", zip}), kFailed);  // is there
  EXPECT_EQ(importCommand({"--project", back, "--kind", "archive", zip}), kDone);
  EXPECT_EQ(exportCommand({"--project", file, "--kind", "copy", copy}), kDone);
  EXPECT_EQ(exportCommand({"--project", file, "--kind", "tables", "--format", "ogg", back + "-t"}),
            kFailed);

  for (const std::string& made : {back, copy}) {
    EXPECT_EQ(ProjectStore::open(made).value()->recordings()->size(), 2u) << made;
  }
}

TEST(Forget, IsACommandThatListsTheModels) {
  const TempProject project;
  fill(project).store.reset();
  const std::string file = project.file().string();

  testing::internal::CaptureStdout();
  EXPECT_EQ(forgetCommand({"--project", file, "--dry-run", "1"}), kDone);
  EXPECT_EQ(project.open()->recordings()->size(), 2u);
  EXPECT_EQ(forgetCommand({"--project", file, "1"}), kDone);
  EXPECT_EQ(forgetCommand({"--project", file, "1"}), kFailed);
  const std::string said = testing::internal::GetCapturedStdout();

  EXPECT_NE(said.find("recording 1: 1 examples\n  Model 1 ("), std::string::npos) << said;
  EXPECT_EQ(project.open()->recordings()->size(), 1u);
}

TEST(Rebuild, MakesTheSameEnvelopesAnew) {
  const TempProject project;
  const Filled filled = fill(project);
  const auto before = columnsOf(*filled.store);

  ASSERT_TRUE(dropEnvelopes(*filled.store).ok());
  const auto without = columnsOf(*filled.store);
  ASSERT_TRUE(rebuildEnvelopes(*filled.store).ok());

  EXPECT_EQ(without.size(), before.size());
  EXPECT_TRUE(equal(columnsOf(*filled.store), before));
}

TEST(Forget, TakesEverythingOfARecordingOutOfTheFile) {
  const TempProject project;
  {
    Filled filled = fill(project);
    filled.store.reset();
    ASSERT_TRUE(holds(project.bytes(), noise(1)[250]));
    filled.store = project.open();

    const auto report = forgetRecording(*filled.store, filled.recordings[0]);

    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->examples, 1u);
    ASSERT_EQ(report->models.size(), 1u);
    EXPECT_EQ(report->models.front().version, 1);
    EXPECT_EQ(filled.store->recordings()->size(), 1u);
    EXPECT_EQ(filled.store->demonstrations()->size(), 1u);
  }  // closing empties the bin

  const std::string bytes = project.bytes();
  for (const auto& block : noise(1)) {
    ASSERT_FALSE(holds(bytes, block));
  }
  EXPECT_TRUE(holds(bytes, noise(2)[250]));
  const auto store = project.open();
  EXPECT_TRUE(store->predictions({kStart, kStart + seconds(10)})->empty());
  EXPECT_TRUE(recordingsInBin(*store)->empty());
  EXPECT_EQ(modelsFrom(*store, 1)->size(), 1u);  // who learnt from it stays known
}

TEST(Forget, CanBeTakenBackUntilTheBinIsEmptied) {
  const TempProject project;
  const Filled filled = fill(project);
  const auto recordings = filled.store->recordings()->size();
  const auto examples = filled.store->demonstrations().value();
  ASSERT_TRUE(forgetRecording(*filled.store, 1).ok());

  EXPECT_EQ(*recordingsInBin(*filled.store), std::vector<std::int64_t>{1});
  ASSERT_TRUE(restoreRecording(*filled.store, 1).ok());
  EXPECT_EQ(filled.store->recordings()->size(), recordings);
  EXPECT_EQ(filled.store->demonstrations().value(), examples);
  ASSERT_TRUE(forgetRecording(*filled.store, 1).ok());
  EXPECT_EQ(*emptyBin(*filled.store), 1u);

  EXPECT_EQ(restoreRecording(*filled.store, 1).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(forgetRecording(*filled.store, 1).error().code, base::ErrorCode::NotFound);
  for (const auto& block : noise(1)) {
    ASSERT_FALSE(holds(project.bytes(), block));
  }
}

TEST(Provenance, LeadsFromAModelToItsPeopleAndBack) {
  const TempProject project;
  const Filled filled = fill(project);
  const std::string hash = filled.store->deployments()->front().ensembleHash;

  const auto model = modelBehind(*filled.store, hash);
  ASSERT_TRUE(model.ok());
  const auto examples = examplesBehind(*filled.store, model->datasetHash);
  ASSERT_TRUE(filled.store->removeDemonstration(filled.examples[0]).ok());
  const auto later = examplesBehind(*filled.store, model->datasetHash);

  ASSERT_EQ(examples->size(), 2u);
  EXPECT_EQ(examples->front().author, "Ann");
  EXPECT_EQ(examples->front().label, "Tap");
  EXPECT_EQ(examples->front().recording, 1);
  EXPECT_TRUE(examples->front().still);
  EXPECT_FALSE(later->front().still);
  EXPECT_EQ(modelsFrom(*filled.store, 2)->front().modelHash, hash);
  EXPECT_EQ(modelBehind(*filled.store, "nobody").error().code, base::ErrorCode::NotFound);
}

TEST(AsOf, ShowsTheProjectAsItWas) {
  const TempProject project;
  const auto store = project.open();
  const base::SystemClock clock;
  std::vector<base::Time> moments;
  EditList edits(*store);
  const auto mark = [&] {  // well apart from what happens before and after
    const auto apart = [&, begin = clock.now()] {
      return clock.now() - begin > std::chrono::milliseconds(5);
    };
    ASSERT_TRUE(support::waitUntil(apart));
    moments.push_back(clock.now());
    ASSERT_TRUE(support::waitUntil([&] {
      return clock.now() - moments.back() > std::chrono::milliseconds(5);
    }));
  };
  mark();
  learners::Label tap{.id = 1, .name = "Tap", .colour = 1, .key = 1};
  ASSERT_TRUE(edits.perform({AddLabel{tap}, "Label Tap"}).ok());
  mark();
  ASSERT_TRUE(edits.perform({RenameLabel{1, "Tap", "Water"}, "Renamed"}).ok());
  mark();
  ASSERT_TRUE(edits.undo().ok());
  mark();
  ASSERT_TRUE(edits.redo().ok());
  const auto id = store->addRecording({.span = {clock.now(), clock.now() + seconds(1)}}).value();
  const learners::Demonstration example{
      .id = 1, .label = 1, .span = {clock.now(), clock.now()}, .recording = id};
  ASSERT_TRUE(edits.perform({AddExamples{{example}}, "Recorded"}).ok());
  mark();

  const std::vector<std::vector<std::string>> names = {{}, {"Tap"}, {"Water"}, {"Tap"}, {"Water"}};
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const auto past = projectAsOf(*store, moments[i]);

    ASSERT_TRUE(past.ok()) << past.error().message;
    EXPECT_EQ(past->skipped, 0u) << i;
    std::vector<std::string> found;
    const auto labels = past->store->labels();
    for (const auto& label : *labels) {
      found.push_back(label.name);
    }
    EXPECT_EQ(found, names[i]) << i;
    EXPECT_EQ(past->store->recordings()->size(), i == 4 ? 1u : 0u);
    EXPECT_EQ(past->store->demonstrations()->size(), i == 4 ? 1u : 0u);
    EXPECT_FALSE(past->store->addLabel({.name = "Late"}).ok());
  }
  EXPECT_EQ(store->labels()->front().name, "Water");
}

}  // namespace

}  // namespace app
