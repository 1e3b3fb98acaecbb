#include "app/project/importers/importers.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "app/headless/command.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

using learners::Demonstration;
using learners::Origin;
using std::chrono::milliseconds;
using std::chrono::seconds;
using support::idxBytes;
using support::npyBytes;
using support::rawBytes;
using support::wavBytes;
using support::writeFile;
using support::writeGzip;

class Importers : public testing::Test {
 protected:
  std::filesystem::path path(const std::string& name) const { return project_.folder() / name; }

  std::map<learners::LabelId, std::string> labelNames() const {
    std::map<learners::LabelId, std::string> names;
    const auto labels = store_->labels().value();
    for (const auto& label : labels) names[label.id] = label.name;
    return names;
  }
  std::vector<Recording> recordings() const { return store_->recordings().value(); }
  std::vector<Demonstration> demonstrations() const { return store_->demonstrations().value(); }
  std::vector<float> valuesOf(const Recording& recording, const std::string& source) const {
    std::vector<float> values;
    const auto blocks = store_->readBlocks(recording.id, source, recording.span).value();
    for (const auto& block : blocks) {
      const auto& part = block->samples()->values;
      values.insert(values.end(), part.begin(), part.end());
    }
    return values;
  }

  support::TempProject project_;
  std::unique_ptr<ProjectStore> store_ = project_.open();
};

// --------------------------------------------------------------------------------- streams

TEST_F(Importers, AStreamBecomesRecordingsAtItsGapsAndExamplesAtItsLabels) {
  std::string text = "t_ms,ax,ay,activity\n";
  for (int i = 0; i < 40; ++i) {
    text +=
        std::to_string(i * 50) + "," + std::to_string(i) + ".5,1," + (i < 30 ? "A" : "B") + "\n";
  }
  for (int i = 0; i < 20; ++i) text += std::to_string(7000 + i * 50) + ",9,9,A\n";
  writeGzip(path("subject_1600.csv.gz"), text);
  writeFile(path("classes.csv"), "code,activity\nA,walking\nB,sitting\n");

  const auto report = importStream(
      *store_, {.files = {path("subject_1600.csv.gz")}, .classes = path("classes.csv")}, {});

  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->recordings, 2U);
  EXPECT_EQ(report->demonstrations, 3U);
  EXPECT_EQ(report->rows, 60U);
  const auto all = recordings();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].group, "1600");
  EXPECT_EQ(all[0].span.length(), seconds(2));
  EXPECT_EQ(all[0].span.begin, base::floorTo(all[0].span.begin, kImportGrid));
  EXPECT_EQ(all[1].span.begin, base::floorTo(all[1].span.begin, kImportGrid));
  const auto examples = demonstrations();
  const auto names = labelNames();
  EXPECT_EQ(names.at(examples[0].label), "walking");
  EXPECT_EQ(names.at(examples[1].label), "sitting");
  EXPECT_EQ(examples[0].span.length(), milliseconds(1500));
  EXPECT_EQ(examples[1].span, (base::TimeSpan{examples[0].span.end, all[0].span.end}));
  EXPECT_EQ(examples[0].origin, Origin::Import);
  const auto source = store_->sources().value().at(0);
  EXPECT_EQ(source.rate, 20);
  EXPECT_EQ(source.kind, sensors::SourceKind::Motion);
  EXPECT_EQ(source.channels.at(0).id, "ax");
  const auto values = valuesOf(all[0], "import/stream");
  ASSERT_EQ(values.size(), 80U);
  EXPECT_EQ(values[2 * 7], 7.5F);
}

TEST_F(Importers, StreamsWithDatesKeepTheirTimes) {
  writeFile(path("s.csv"),
            "time,x,label\n2017-12-22T10:49:41,1,a\n2017-12-22T10:49:41.1,2,a\n"
            "2017-12-22T10:49:41.2,3,a\n");

  const auto report = importStream(*store_, {.files = {path("s.csv")}}, {});

  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(recordings().at(0).span.begin.ns, std::int64_t{1513939781} * 1'000'000'000);
  EXPECT_EQ(recordings().at(0).span.length(), milliseconds(300));
}

TEST_F(Importers, BlankFieldsAreMissingAndUnlabelledRowsAreNoExamples) {
  writeFile(path("s.csv"), "t,x,label\n0,1,a\n0.1,,a\n0.2,3,\n0.3,4,\n");

  const auto report = importStream(*store_, {.files = {path("s.csv")}}, {});

  ASSERT_TRUE(report) << report.error().message;
  ASSERT_EQ(demonstrations().size(), 1U);
  EXPECT_EQ(demonstrations()[0].span.length(), milliseconds(200));
  const auto recording = recordings().at(0);
  const auto block = store_->readBlocks(recording.id, "import/stream", recording.span)->at(0);
  EXPECT_FALSE(block->samples()->isMissing(0, 0));
  EXPECT_TRUE(block->samples()->isMissing(1, 0));
}

TEST_F(Importers, ABadNumberIsNamedWithFileRowAndRemedyAndNothingIsKept) {
  writeFile(path("good_1.csv"), "t,x,label\n0,1,a\n0.1,2,a\n");
  writeFile(path("bad_2.csv"), "t,x,label\n0,1,b\n0.1,abc,b\n");

  const auto report = importStream(*store_, {.files = {path("good_1.csv"), path("bad_2.csv")}}, {});

  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message,
            "bad_2.csv, row 3: \"abc\" is not a number; leave the column x out with --ignore, or "
            "mend the row");
  EXPECT_EQ(recordings().size(), 1U);
  EXPECT_EQ(demonstrations().size(), 1U);
  EXPECT_EQ(labelNames().size(), 1U);
}

TEST_F(Importers, ALabelThatIsNotInTheClassesIsRefused) {
  writeFile(path("s.csv"), "t,x,label\n0,1,Z\n0.1,2,Z\n");
  writeFile(path("classes.csv"), "code,name\nA,walking\n");

  const auto report =
      importStream(*store_, {.files = {path("s.csv")}, .classes = path("classes.csv")}, {});

  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "s.csv: label Z is not listed in the classes file");
}

TEST_F(Importers, ASecondImportLiesBehindTheFirstAndSharesItsLabels) {
  writeFile(path("s.csv"), "t,x,label\n0,1,a\n0.1,2,a\n");

  ASSERT_TRUE(importStream(*store_, {.files = {path("s.csv")}}, {}));
  ASSERT_TRUE(importStream(*store_, {.files = {path("s.csv")}}, {}));

  ASSERT_EQ(recordings().size(), 2U);
  EXPECT_GE(recordings()[1].span.begin - recordings()[0].span.end, seconds(5));
  EXPECT_EQ(labelNames().size(), 1U);
}

TEST_F(Importers, OtherChannelsNeedASourceOfTheirOwn) {
  writeFile(path("s.csv"), "t,x,label\n0,1,a\n0.1,2,a\n");
  writeFile(path("other.csv"), "t,y,label\n0,1,a\n0.1,2,a\n");
  ASSERT_TRUE(importStream(*store_, {.files = {path("s.csv")}}, {}));

  const auto same = importStream(*store_, {.files = {path("other.csv")}}, {});
  const auto own = importStream(*store_, {.files = {path("other.csv")}}, {.source = "import/two"});

  ASSERT_FALSE(same);
  EXPECT_NE(same.error().message.find("--source"), std::string::npos);
  EXPECT_TRUE(own);
}

// ---------------------------------------------------------------------------------- tables

TEST_F(Importers, EachRowOfATableIsAWindow) {
  std::string text = "Date,Time,temp,light,count\n";
  for (int i = 0; i < 70; ++i) {
    char time[64];
    std::snprintf(time, sizeof time, "2017-12-22,10:%02d:%02d", i / 2, i % 2 * 30);
    text += std::string(time) + "," + std::to_string(20 + i) + ",5," + (i < 50 ? "0" : "1") + "\n";
  }
  text += "2017-12-23,00:00:00,1,2,0\n";
  writeFile(path("room.csv"), text);

  const auto report = importTable(
      *store_, {.files = {path("room.csv")}, .labelColumn = "count", .groupColumn = "Date"}, {});

  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->rows, 71U);
  EXPECT_EQ(report->labels, 2U);
  EXPECT_EQ(store_->task()->window.length, seconds(30));
  EXPECT_EQ(store_->task()->window.hop, seconds(30));
  const auto all = recordings();
  ASSERT_EQ(all.size(), 3U);  // 60 rows, 10 rows, the next day
  EXPECT_EQ(all[0].group, "2017-12-22");
  EXPECT_EQ(all[2].splitTag, "2017-12-23");
  EXPECT_EQ(all[0].span.length(), seconds(60 * 30));
  EXPECT_EQ(all[0].span.begin, base::floorTo(all[0].span.begin, seconds(30)));
  EXPECT_EQ(demonstrations().size(), 4U);
  const auto source = store_->sources()->at(0);
  EXPECT_EQ(source.kind, sensors::SourceKind::Features);
  ASSERT_EQ(source.channels.size(), 2U);
  EXPECT_EQ(source.channels[0].id, "temp");
}

TEST_F(Importers, ATableWithoutTimesIsLaidOutRowBySecond) {
  writeFile(path("t.csv"), "f,label\n1,a\n2,a\n3,b\n");

  const auto report = importTable(*store_, {.files = {path("t.csv")}}, {});

  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(recordings().at(0).span.length(), seconds(3));
  EXPECT_EQ(demonstrations().size(), 2U);
}

TEST_F(Importers, LabelsOfATableAreListedAsNumbersAre) {
  writeFile(path("t.csv"), "f,label\n1,10\n2,none\n3,2\n");

  ASSERT_TRUE(importTable(*store_, {.files = {path("t.csv")}}, {}));

  std::vector<std::string> names;
  for (const auto& [id, name] : labelNames()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"2", "10", "none"}));
}

// ---------------------------------------------------------------------------------- arrays

TEST_F(Importers, RunsOfEqualLabelAndGroupAreRecordingsOnTheGrid) {
  std::vector<float> values;
  for (int i = 0; i < 20; ++i) values.insert(values.end(), {static_cast<float>(i), -1, 2});
  writeFile(path("v.npy"), npyBytes("<f4", "(20, 3)", rawBytes(values)));
  writeFile(path("l.npy"),
            npyBytes("|u1", "(20,)", std::string(12, '\0') + std::string(8, '\x01')));
  writeFile(path("g.npy"),
            npyBytes("|u1", "(20,)", std::string(6, '\x07') + std::string(14, '\x09')));
  writeFile(path("classes.csv"), "target,activity\n0,walking\n1,sitting\n");

  const auto report = importArrays(*store_,
                                   {.values = path("v.npy"),
                                    .labels = path("l.npy"),
                                    .groups = path("g.npy"),
                                    .classes = path("classes.csv"),
                                    .channels = {"x", "y", "z"},
                                    .rate = 50},
                                   {.splitTag = "train"});

  ASSERT_TRUE(report) << report.error().message;
  const auto all = recordings();
  ASSERT_EQ(all.size(), 3U);  // 6 rows (7, walking), 6 rows (9, walking), 8 rows (9, sitting)
  EXPECT_EQ(all[0].group, "7");
  EXPECT_EQ(all[1].group, "9");
  EXPECT_EQ(all[2].group, "9");
  EXPECT_EQ(all[2].span.length(), milliseconds(160));
  EXPECT_EQ(all[2].splitTag, "train");
  for (const Recording& recording : all) {
    EXPECT_EQ(recording.span.begin, base::floorTo(recording.span.begin, milliseconds(1280)));
  }
  EXPECT_EQ(labelNames().at(demonstrations().at(2).label), "sitting");
  EXPECT_EQ(valuesOf(all[1], "import/array").at(0), 6);
}

TEST_F(Importers, ArraysOfUnequalLengthAreRefused) {
  writeFile(path("v.npy"), npyBytes("<f4", "(2, 1)", rawBytes<float>({1, 2})));
  writeFile(path("l.npy"), npyBytes("|u1", "(3,)", "abc"));

  const auto report =
      importArrays(*store_, {.values = path("v.npy"), .labels = path("l.npy"), .rate = 50}, {});

  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "l.npy holds 3 labels for the 2 rows of v.npy");
  EXPECT_TRUE(recordings().empty());
}

// ---------------------------------------------------------------------------------- images

TEST_F(Importers, ImagesKeepTheirPixelsExactly) {
  std::string pixels;
  for (int i = 0; i < 250 * 4; ++i) pixels += static_cast<char>(i % 256);
  std::string labels;
  for (int i = 0; i < 250; ++i) labels += static_cast<char>(i / 50);
  writeGzip(path("images.gz"), idxBytes({250, 2, 2}, pixels));
  writeFile(path("labels"), idxBytes({250}, labels));

  const auto report = importImages(*store_, {.images = path("images.gz"), .labels = path("labels")},
                                   {.splitTag = "test"});

  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->rows, 250U);
  EXPECT_EQ(report->labels, 5U);
  ASSERT_EQ(recordings().size(), 3U);
  EXPECT_EQ(demonstrations().size(), 5U);  // five labels, and none crosses a border
  const auto values = valuesOf(recordings()[1], "import/image");
  ASSERT_EQ(values.size(), 400U);
  EXPECT_EQ(values[3], static_cast<float>((100 * 4 + 3) % 256));
  EXPECT_EQ(store_->sources()->at(0).channels.at(0).max, 255);
}

// ----------------------------------------------------------------------------------- clips

TEST_F(Importers, ClipsAreResampledAndCarryFoldAndSource) {
  std::vector<float> sound(88200);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    sound[i] = 0.5F * static_cast<float>(std::sin(0.05 * static_cast<double>(i)));
  }
  writeFile(path("clips/audio/one.wav"), wavBytes(sound, 44100));
  writeFile(path("clips/two.wav"), wavBytes({0.1F, 0.1F}, 16000));
  writeFile(path("clips/meta.csv"),
            "filename,fold,category,src_file\none.wav,1,dog,s1\ntwo.wav,2,rain,s2\n");

  const auto report = importClips(*store_, {.folder = path("clips")}, {});

  ASSERT_TRUE(report) << report.error().message;
  const auto all = recordings();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "one.wav");
  EXPECT_EQ(all[0].splitTag, "1");
  EXPECT_EQ(all[0].group, "s1");
  EXPECT_EQ(all[0].span.length(), seconds(2));
  EXPECT_EQ(all[1].span.length(), milliseconds(960));  // followed by silence
  EXPECT_EQ(valuesOf(all[0], "audio/clip").size(), 32000U);
  EXPECT_EQ(demonstrations().at(0).span, all[0].span);
  EXPECT_EQ(store_->sources()->at(0).rate, 16000);
  EXPECT_EQ(store_->task()->window.length, milliseconds(960));
}

TEST_F(Importers, OneMissingClipKeepsAllOut) {
  writeFile(path("clips/one.wav"), wavBytes({0.1F, 0.1F}, 16000));
  writeFile(path("clips/meta.csv"), "filename,label\none.wav,dog\nlost.wav,cat\n");

  const auto report = importClips(*store_, {.folder = path("clips")}, {});

  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("meta.csv, row 3: there is no lost.wav"),
            std::string::npos);
  EXPECT_TRUE(recordings().empty());
  EXPECT_TRUE(labelNames().empty());
}

TEST_F(Importers, AClipNameMayNotLeaveItsFolder) {
  writeFile(path("secret.wav"), wavBytes({0.1F, 0.1F}, 16000));
  writeFile(path("clips/meta.csv"), "filename,label\n../secret.wav,dog\n");

  const auto report = importClips(*store_, {.folder = path("clips")}, {});

  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("does not name a file in the folder"), std::string::npos);
}

// --------------------------------------------------------------------------------- command

TEST_F(Importers, TheCommandBringsInAStreamWithItsOptions) {
  writeFile(path("s.csv"), "when_ms,x,note,what\n0,1,hello,a\n100,2,hello,a\n200,3,hello,b\n");
  store_.reset();

  testing::internal::CaptureStdout();
  const int code = importCommand({"--project", project_.file().string(), "--kind", "stream",
                                  "--time-column", "when_ms", "--label-column", "what", "--ignore",
                                  "note", "--window", "0.2", path("s.csv").string()});
  const std::string said = testing::internal::GetCapturedStdout();

  EXPECT_EQ(code, 0);
  EXPECT_EQ(said, "1 recordings, 2 examples of 2 labels, 3 rows\n");
  store_ = project_.open();
  EXPECT_EQ(store_->task()->window.length, milliseconds(200));
  EXPECT_EQ(store_->task()->window.hop, milliseconds(200));
  EXPECT_EQ(store_->sources()->at(0).rate, 10);
}

TEST_F(Importers, TheCommandRefusesWhatItDoesNotUnderstand) {
  store_.reset();
  const std::string file = project_.file().string();

  EXPECT_EQ(importCommand({"--project", file, "--kind", "poems", "x"}), 2);
  EXPECT_EQ(importCommand({"--project", file, "--kind", "stream", path("none.csv").string()}), 1);
  EXPECT_EQ(importCommand({"--kind", "stream", "x"}), 1);
}

}  // namespace
}  // namespace app
