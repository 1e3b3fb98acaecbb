// What files and folders hold is recognised before they are brought in.

#include "app/import_plan.h"

#include <gtest/gtest.h>

#include "app/import_desk.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace {

using app::ImportKind;
using app::ImportPart;
using app::ImportPlan;
using support::wavBytes;
using support::writeFile;

struct Plans : testing::Test {
  support::TempProject project;
  std::filesystem::path path(const std::string& name) const { return project.folder() / name; }
  void file(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories(path(name).parent_path());
    writeFile(path(name), content);
  }
  ImportPlan plan(const std::vector<std::string>& names) const {
    std::vector<std::filesystem::path> paths;
    for (const auto& name : names) paths.push_back(path(name));
    return app::planImport(paths, {.camera = std::filesystem::path(MIMOSA_PROGRAMS) / "mimosa-camera"},
                           {});
  }
  /// The one part that `names` hold.
  ImportPart part(const std::vector<std::string>& names) const {
    const ImportPlan found = plan(names);
    EXPECT_EQ(found.parts.size(), 1u);
    EXPECT_TRUE(found.notTaken.empty());
    return found.parts.empty() ? ImportPart() : found.parts[0];
  }
};

const std::vector<float> kSecond(16000, 0.1F);

TEST_F(Plans, SoundsGoTogetherWithTheirLengthAndTheLabelsOfTheirTracks) {
  file("a.wav", wavBytes(kSecond, 16000));
  file("b.wav", wavBytes(kSecond, 16000));
  file("b.txt", "0.1\t0.5\tKettle\n0.6\t0.8\tTap\n");

  const ImportPart found = part({"a.wav", "b.wav", "b.txt"});

  EXPECT_EQ(found.kind, ImportKind::Sounds);
  EXPECT_EQ(found.count, 2u);
  EXPECT_EQ(found.rate, 16000);
  EXPECT_NEAR(base::toSeconds(found.length), 2, 1e-3);
  EXPECT_EQ(found.labels, (std::vector<std::string>{"Kettle", "Tap"}));
  EXPECT_TRUE(found.isReady());
}

TEST_F(Plans, AFolderOfFoldersGivesEachSoundTheNameOfItsFolder) {
  file("all/kettle/1.wav", wavBytes(kSecond, 16000));
  file("all/kettle/2.wav", wavBytes(kSecond, 16000));
  file("all/tap/1.wav", wavBytes(kSecond, 16000));

  const ImportPlan found = plan({"all"});

  ASSERT_EQ(found.parts.size(), 2u);
  EXPECT_EQ(found.parts[0].label, "kettle");
  EXPECT_EQ(found.parts[0].files.size(), 2u);
  EXPECT_EQ(found.parts[1].label, "tap");
}

TEST_F(Plans, ATableInTimeIsSignalsWithChannelsRateAndLabels) {
  file("walk.csv", "t_ms,x,y,note,label\n0,1,2,a,walk\n20,1,3,b,walk\n40,2,2,c,stand\n");

  const ImportPart found = part({"walk.csv"});

  EXPECT_EQ(found.kind, ImportKind::Signals);
  EXPECT_EQ(found.channels, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(found.texts, (std::vector<std::string>{"note", "label"}));
  EXPECT_NEAR(found.rate, 50, 1e-9);
  EXPECT_EQ(found.labelColumn, "label");
  EXPECT_EQ(found.labels, (std::vector<std::string>{"walk", "stand"}));
}

TEST_F(Plans, ATableWithoutTimeIsAskedHowFastItsRowsCame) {
  file("raw.csv", "x,y\n1,2\n3,4\n");

  ImportPart found = part({"raw.csv"});

  EXPECT_EQ(found.kind, ImportKind::Signals);
  EXPECT_FALSE(found.hasTime);
  EXPECT_FALSE(found.isReady());
  found.chosenRate = 50;
  EXPECT_TRUE(found.isReady());
}

TEST_F(Plans, ATableOfFeaturesHasALabelAndNoTime) {
  file("iris.csv", "a,b,class\n1,2,x\n3,4,y\n");

  const ImportPart found = part({"iris.csv"});

  EXPECT_EQ(found.kind, ImportKind::Table);
  EXPECT_EQ(found.labelColumn, "class");
  EXPECT_TRUE(found.isReady());
}

TEST_F(Plans, TablesWithOtherColumnsAreOtherParts) {
  file("a.csv", "t,x\n0,1\n1,2\n");
  file("b.csv", "t,x\n0,1\n1,2\n");
  file("c.csv", "t,z\n0,1\n1,2\n");

  const ImportPlan found = plan({"a.csv", "b.csv", "c.csv"});

  ASSERT_EQ(found.parts.size(), 2u);
  EXPECT_EQ(found.parts[0].count, 2u);
  EXPECT_EQ(found.parts[1].name, "c.csv");
}

TEST_F(Plans, ListedClipsAndFoldersOfPicturesAreTakenWhole) {
  file("clips/meta.csv", "filename,category\none.wav,dog\ntwo.wav,rain\n");
  file("clips/one.wav", wavBytes(kSecond, 16000));
  file("clips/two.wav", wavBytes(kSecond, 16000));
  file("seen/empty/1.jpg", "not looked into yet");
  file("seen/full/1.png", "not looked into yet");

  const ImportPart clips = part({"clips"});
  const ImportPart seen = part({"seen"});

  EXPECT_EQ(clips.kind, ImportKind::Clips);
  EXPECT_EQ(clips.count, 2u);
  EXPECT_EQ(clips.labels, (std::vector<std::string>{"dog", "rain"}));
  EXPECT_EQ(seen.kind, ImportKind::Pictures);
  EXPECT_EQ(seen.count, 2u);
  EXPECT_EQ(std::set<std::string>(seen.labels.begin(), seen.labels.end()),
            (std::set<std::string>{"empty", "full"}));
}

TEST_F(Plans, EdgeImpulseFilesAreKnownByWhatTheyHold) {
  file("tap.1.json",
       R"({"protected":{"ver":"v1","alg":"none"},"signature":"","payload":{"device_type":"X",)"
       R"("interval_ms":20,"sensors":[{"name":"accX","units":"m/s2"}],"values":[[1],[2],[3]]}})");
  file("other.json", "{}");

  const ImportPlan found = plan({"tap.1.json", "other.json"});

  ASSERT_EQ(found.parts.size(), 1u);
  EXPECT_EQ(found.parts[0].kind, ImportKind::EdgeImpulse);
  EXPECT_EQ(found.parts[0].channels, std::vector<std::string>{"accX"});
  EXPECT_EQ(found.parts[0].labels, std::vector<std::string>{"tap"});
  EXPECT_NEAR(found.parts[0].rate, 50, 1e-9);
  ASSERT_EQ(found.notTaken.size(), 1u);
  EXPECT_TRUE(found.notTaken[0].starts_with("other.json is of no kind I know"));
}

TEST_F(Plans, WhatIsWrongIsSaidWithTheNameOfTheFile) {
  file("broken.wav", "RIFF and nothing more");
  file("empty.csv", "");
  file("film.avi", "not a film at all");
  file("alone.txt", "0\t1\tKettle\n");

  const ImportPlan found = plan({"broken.wav", "empty.csv", "film.avi", "alone.txt", "gone.wav"});

  ASSERT_EQ(found.parts.size(), 3u);
  for (const ImportPart& part : found.parts) {
    EXPECT_FALSE(part.isReady());
    EXPECT_NE(part.trouble.find(part.name), std::string::npos) << part.trouble;
  }
  ASSERT_EQ(found.notTaken.size(), 2u);
  EXPECT_TRUE(found.notTaken[0].starts_with("alone.txt is a label track"));
  EXPECT_EQ(found.notTaken[1], "gone.wav is not there.");
}

TEST_F(Plans, ADamagedSoundHoldsUpNoneOfTheOthers) {
  file("all/a.wav", "RIFF and nothing more");
  file("all/b.wav", wavBytes(kSecond, 16000));

  const ImportPlan found = plan({"all"});

  ASSERT_EQ(found.parts.size(), 1u);
  EXPECT_TRUE(found.parts[0].isReady());
  EXPECT_EQ(found.parts[0].files, std::vector{path("all/b.wav")});
  EXPECT_EQ(found.parts[0].name, "b.wav");
  EXPECT_EQ(found.parts[0].count, 1u);
  ASSERT_EQ(found.notTaken.size(), 1u);
  EXPECT_TRUE(found.notTaken[0].starts_with("a.wav is left out: ")) << found.notTaken[0];
}

TEST_F(Plans, AFolderWithNothingInItIsSaidSoAndOtherFilesInFoldersArePassedOver) {
  file("notes/readme.md", "words");
  file("mixed/readme.md", "words");
  file("mixed/a.wav", wavBytes(kSecond, 16000));

  EXPECT_EQ(plan({"notes"}).notTaken,
            std::vector<std::string>{"notes holds nothing that I can bring in."});
  EXPECT_EQ(part({"mixed"}).files.size(), 1u);
}

TEST_F(Plans, WhatIsChosenTwiceIsTakenOnce) {
  file("a.wav", wavBytes(kSecond, 16000));
  file("b.wav", wavBytes(kSecond, 16000));
  ImportPlan all = plan({"a.wav", "a.wav"});
  ASSERT_EQ(all.parts.size(), 1u);
  EXPECT_EQ(all.parts[0].files.size(), 1u);

  app::addTo(all, plan({"a.wav", "b.wav"}));

  ASSERT_EQ(all.parts.size(), 2u);
  EXPECT_EQ(all.parts[1].files, std::vector{path("b.wav")});
  EXPECT_EQ(all.parts[1].name, "b.wav");
  EXPECT_EQ(all.parts[1].count, 1u);
}

TEST_F(Plans, WhatIsTooMuchForOneGoIsSaidSo) {
  for (int i = 100; i < 215; ++i) {
    const std::string number = std::to_string(i);
    file("many/" + number + ".csv", "t,x" + number + "\n0,1\n1,2\n");
  }
  file("many/then.wav", wavBytes(kSecond, 16000));

  const ImportPlan found = plan({"many"});

  EXPECT_EQ(found.parts.size(), 100u);
  ASSERT_EQ(found.notTaken.size(), 1u);
  EXPECT_TRUE(found.notTaken[0].starts_with("200.csv and what follows it")) << found.notTaken[0];
}

TEST_F(Plans, OfManyFilesThatAreNotTakenTheFirstAreNamed) {
  std::vector<std::string> names;
  for (int i = 0; i < 30; ++i) names.push_back("gone-" + std::to_string(i) + ".wav");

  const ImportPlan found = plan(names);

  ASSERT_EQ(found.notTaken.size(), 13u);
  EXPECT_EQ(found.notTaken.back(), "And 18 more are not brought in.");
}

TEST(ImportParts, PicturesNeedToKnowHowManyThereAreInASecond) {
  for (const ImportKind kind : {ImportKind::Films, ImportKind::Pictures}) {
    ImportPart part{.kind = kind, .files = {"a"}};
    EXPECT_FALSE(part.isReady());
    part.chosenRate = 2;
    EXPECT_TRUE(part.isReady());
  }
}

TEST(ImportSentences, SayNothingOfOptionsThatOnlyCommandsHave) {
  EXPECT_EQ(app::withoutOptions("a.csv has no time column; name it with --time-column, or give --rate"),
            "a.csv has no time column");
  EXPECT_EQ(app::withoutOptions("a.csv has 300 channels; 1 to 256 can be imported (leave some out "
                                "with --ignore)"),
            "a.csv has 300 channels; 1 to 256 can be imported");
  EXPECT_EQ(app::withoutOptions("a.wav is damaged: early end"), "a.wav is damaged: early end");
}

}  // namespace
