// What is exported is read by readers that share nothing with it, and comes back by our importers.

#include <array>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>

#include "app/project/exporters/exporters.h"
#include "app/project/importers/file_importers.h"
#include "app/project/label_tracks.h"
#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"

namespace app {

namespace {

using project_test::kStart;
using std::chrono::milliseconds;
using support::TempProject;

/// What tests/app/project/read_exports.py prints about a file.
std::string readBy(const std::string& words) {
  const std::string command = std::string("python3 ") + READ_EXPORTS + " " + words + " 2>&1";
  FILE* const pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> piece{};
  while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), pipe)) {
    text.append(piece.data(), n);
  }
  pclose(pipe);
  return text;
}

std::string quoted(const std::filesystem::path& file) { return "'" + file.string() + "'"; }

/// A second of sound in 16-bit steps and of motion, "Tap, twice" from 200 to 600 ms.
std::unique_ptr<ProjectStore> filled(const TempProject& project) {
  auto store = project.open();
  const auto sound = std::make_shared<const sensors::SourceInfo>(
      sensors::SourceInfo{.id = "hall/mic",
                          .name = "Hall",
                          .kind = sensors::SourceKind::Audio,
                          .channels = {{.id = "sound", .unit = "1", .min = -1, .max = 1}},
                          .rate = 8000});
  const auto motion = project_test::motion();
  const auto recording = store
                             ->addRecording({.span = {kStart, kStart + milliseconds(1000)},
                                             .name = "kitchen table.wav",
                                             .group = "Ann"})
                             .value();
  std::vector<sensors::BlockPtr> blocks;
  for (std::uint64_t i = 0; i < 50; ++i) {
    blocks.push_back(project_test::motionBlock(motion, i));
    sensors::Block block;
    block.source = sound;
    block.sequence = i;
    block.start = kStart + milliseconds(20) * static_cast<std::int64_t>(i);
    block.step = base::Duration(125'000);
    sensors::Samples samples{.rows = 160, .channels = 1, .values = {}, .missing = {}};
    for (int k = 0; k < 160; ++k) {
      samples.values.push_back(static_cast<float>(static_cast<int>(i) * 160 + k) / 32768);
    }
    block.content = std::move(samples);
    blocks.push_back(std::make_shared<const sensors::Block>(std::move(block)));
  }
  EXPECT_TRUE(store->appendChunks(recording, blocks).ok());
  const auto label = store->addLabel({.name = "Tap, twice"}).value();
  EXPECT_TRUE(store
                  ->addDemonstration(
                      {.label = label,
                       .span = {kStart + milliseconds(200), kStart + milliseconds(600)},
                       .recording = recording})
                  .ok());
  return store;
}

TEST(Exporters, WriteSoundsThatOthersHear) {
  const TempProject project;
  const auto store = filled(project);
  const auto folder = project.folder() / "sounds";

  const auto report = exportSounds(*store, folder, SoundForm::Wav, {});

  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->rows, 8000u);
  EXPECT_EQ(readBy("wav " + quoted(folder / "audio/0001-kitchen_table.wav")),
            "8000 1 2 8000 " + std::to_string(8000 * 7999 / 2) + "\n");
  EXPECT_EQ(readBy("csv " + quoted(folder / "meta.csv")),
            "1 filename|category|group|fold 0001-kitchen_table.wav|Tap, twice|Ann| "
            "0001-kitchen_table.wav|Tap, twice|Ann|\n");
}

TEST(Exporters, WriteSoundsThatComeBackInEveryForm) {
  for (const SoundForm form : {SoundForm::Wav, SoundForm::Flac, SoundForm::Ogg}) {
    const TempProject project, other;
    const auto store = filled(project);
    const auto folder = project.folder() / "sounds";
    ASSERT_TRUE(exportSounds(*store, folder, form, {}).ok());
    const auto back = other.open();

    const auto report = importClips(*back, {.folder = folder, .rate = 0}, {});

    ASSERT_TRUE(report.ok()) << report.error().message;
    const auto recording = back->recordings()->front();
    EXPECT_EQ(recording.group, "Ann");
    const auto blocks = back->readBlocks(recording.id, "audio/clip", recording.span);
    const auto column = project_test::firstColumn(*blocks);
    ASSERT_EQ(column.size(), 8000u);
    if (form != SoundForm::Ogg) {
      EXPECT_EQ(column[4711], 4711.0F / 32768);
    }
  }
}

TEST(Exporters, WriteTablesThatOthersRead) {
  const TempProject project;
  const auto store = filled(project);
  for (const Packing packing : {Packing::Plain, Packing::Gzip}) {
    const bool plain = packing == Packing::Plain;
    const auto folder = project.folder() / (plain ? "plain" : "packed");

    const auto report = exportTables(*store, folder, packing, {.source = "kitchen/imu"});

    ASSERT_TRUE(report.ok()) << report.error().message;
    const std::string name = std::string("0001-kitchen_table.kitchen_imu.csv") + (plain ? "" : ".gz");
    EXPECT_EQ(readBy("csv " + quoted(folder / name)),
              "100 t_s|x|y|label 0.000000000|0|-1| 0.990000000|99|-1|\n");
  }
  const TempProject other;
  const auto back = other.open();
  const auto report = importStream(
      *back, {.files = {project.folder() / "plain" / "0001-kitchen_table.kitchen_imu.csv"}}, {});
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->demonstrations, 1u);
  EXPECT_EQ(back->labels()->front().name, "Tap, twice");
}

TEST(Exporters, WriteArraysThatOthersRead) {
  const TempProject project;
  const auto store = filled(project);
  const auto folder = project.folder() / "arrays";

  const auto report = exportArrays(*store, folder, {});

  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(readBy("npy " + quoted(folder / "kitchen_imu/values.npy")), "100 2 0.0 -1.0\n");
  EXPECT_EQ(readBy("npy " + quoted(folder / "kitchen_imu/times.npy")),
            "100 " + std::to_string(kStart.ns) + " " + std::to_string(kStart.ns + 990'000'000) +
                "\n");
  EXPECT_EQ(readBy("npy " + quoted(folder / "hall_mic/labels.npy")), "8000 -1 -1\n");
}

TEST(Exporters, WriteLabelTracksThatOthersRead) {
  const TempProject project;
  const auto store = filled(project);

  ASSERT_TRUE(exportLabels(*store, project.folder() / "a", LabelForm::Audacity, {}).ok());
  ASSERT_TRUE(exportLabels(*store, project.folder() / "e", LabelForm::Elan, {}).ok());

  EXPECT_EQ(readBy("audacity " + quoted(project.folder() / "a/0001-kitchen_table.txt")),
            "0.200 0.600 Tap, twice\n");
  EXPECT_EQ(readBy("elan " + quoted(project.folder() / "e/0001-kitchen_table.eaf")),
            "200 600 Tap, twice\n");
}

TEST(Exporters, LabelTracksComeBackOntoTheirRecording) {
  for (const char* const ending : {".txt", ".eaf"}) {
    const TempProject project;
    const auto store = filled(project);
    const bool elan = std::string(ending) == ".eaf";
    const auto folder = project.folder() / "labels";
    ASSERT_TRUE(
        exportLabels(*store, folder, elan ? LabelForm::Elan : LabelForm::Audacity, {}).ok());

    const auto report = importLabels(
        *store, {.file = folder / ("0001-kitchen_table" + std::string(ending)), .recording = 1},
        {});

    ASSERT_TRUE(report.ok()) << report.error().message;
    const auto examples = *store->demonstrations();
    ASSERT_EQ(examples.size(), 2u);
    EXPECT_EQ(examples[1].span, examples[0].span);
    EXPECT_EQ(examples[1].label, examples[0].label);
  }
}

TEST(Exporters, WriteEdgeImpulseSamplesThatOthersReadAndVerify) {
  const TempProject project;
  const auto store = filled(project);
  const ExportOptions motion{.source = "kitchen/imu"};

  ASSERT_TRUE(
      exportEdgeImpulse(*store, project.folder() / "j", EdgeImpulseForm::Json, "", motion).ok());
  ASSERT_TRUE(
      exportEdgeImpulse(*store, project.folder() / "s", EdgeImpulseForm::Json, "key", motion).ok());
  ASSERT_TRUE(
      exportEdgeImpulse(*store, project.folder() / "c", EdgeImpulseForm::Cbor, "key", motion).ok());

  const std::string name = "Tap__twice.1.kitchen_imu";
  const auto rest = [](const std::string& signedAs, const std::string& interval) {
    return signedAs + " " + interval + " MIMOSA x:m/s2,y:m/s2 40 [20.0, -1.0]\n";
  };
  EXPECT_EQ(readBy("edge " + quoted(project.folder() / "j" / (name + ".json"))),
            rest("none", "10.0"));
  EXPECT_EQ(readBy("edge " + quoted(project.folder() / "s" / (name + ".json")) + " key"),
            rest("True", "10.0"));
  EXPECT_EQ(readBy("edge " + quoted(project.folder() / "c" / (name + ".cbor")) + " key"),
            rest("True", "10.0"));
}

TEST(Exporters, EdgeImpulseSamplesComeBack) {
  for (const EdgeImpulseForm form : {EdgeImpulseForm::Json, EdgeImpulseForm::Cbor}) {
    const TempProject project, other;
    const auto store = filled(project);
    const auto folder = project.folder() / "edge";
    ASSERT_TRUE(exportEdgeImpulse(*store, folder, form, "key", {.source = "hall/mic"}).ok());
    const auto file = folder / (std::string("Tap__twice.1.hall_mic") +
                                (form == EdgeImpulseForm::Json ? ".json" : ".cbor"));
    const auto back = other.open();

    const auto report = importEdgeImpulse(*back, {.files = {file}, .label = "Tap", .key = "key"}, {});
    const auto wrong = importEdgeImpulse(*back, {.files = {file}, .label = "", .key = "other"}, {});

    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(wrong.error().code, base::ErrorCode::Refused);
    const auto recording = back->recordings()->front();
    EXPECT_EQ(recording.group, "hall/mic");
    const auto column = project_test::firstColumn(
        *back->readBlocks(recording.id, "import/edge", recording.span));
    ASSERT_EQ(column.size(), 3200u);
    EXPECT_EQ(column[0], 1600.0F / 32768);
  }
}

TEST(Exporters, WritePicturesThatComeBack) {
  const TempProject project, other;
  const auto store = project.open();
  const auto camera = std::make_shared<const sensors::SourceInfo>(sensors::SourceInfo{
      .id = "hall/camera", .name = "Hall", .kind = sensors::SourceKind::Picture, .rate = 2});
  const auto recording =
      store->addRecording({.span = {kStart, kStart + milliseconds(1500)}}).value();
  std::vector<sensors::BlockPtr> blocks;
  for (std::uint64_t i = 0; i < 3; ++i) {
    sensors::Block block;
    block.source = camera;
    block.sequence = i;
    block.start = kStart + milliseconds(500) * static_cast<std::int64_t>(i);
    block.content = sensors::Image{.width = 8, .height = 8, .jpeg = project_test::tinyJpeg()};
    blocks.push_back(std::make_shared<const sensors::Block>(std::move(block)));
  }
  ASSERT_TRUE(store->appendChunks(recording, blocks).ok());
  const auto label = store->addLabel({.name = "Somebody"}).value();
  ASSERT_TRUE(store
                  ->addDemonstration({.label = label,
                                      .span = {kStart, kStart + milliseconds(900)},
                                      .recording = recording})
                  .ok());

  const auto report = exportPictures(*store, project.folder() / "pictures", {});
  const auto back = other.open();
  const auto returned =
      importPictures(*back, {.folder = project.folder() / "pictures", .rate = 2}, {});

  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->rows, 3u);
  ASSERT_TRUE(returned.ok()) << returned.error().message;
  EXPECT_EQ(returned->rows, 3u);
  ASSERT_EQ(back->demonstrations()->size(), 1u);
  EXPECT_EQ(back->demonstrations()->front().span.length(), milliseconds(1000));  // two pictures
  const auto pictures =
      back->readBlocks(1, "import/picture", back->recordings()->front().span);
  ASSERT_EQ(pictures->size(), 3u);
  EXPECT_EQ(pictures->front()->image()->jpeg, project_test::tinyJpeg());
}

TEST(Exporters, OverwriteNothingAndLeaveNothingBehindWhenTheyFail) {
  const TempProject project;
  const auto store = filled(project);
  const auto folder = project.folder() / "taken";
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "mine.txt") << "mine";
  std::stop_source stop;
  stop.request_stop();

  const auto taken = exportTables(*store, folder, Packing::Plain, {});
  const auto cancelled =
      exportTables(*store, project.folder() / "new", Packing::Plain, {.stop = stop.get_token()});
  const auto missing =
      exportTables(*store, project.folder() / "new", Packing::Plain, {.recordings = {99}});
  const auto nothing = exportPictures(*store, project.folder() / "new", {});

  EXPECT_EQ(taken.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(cancelled.error().code, base::ErrorCode::Cancelled);
  EXPECT_EQ(missing.error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(nothing.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "new"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST(LabelTracks, SayWhichRowIsWrong) {
  const auto words = decodeAudacityTrack("a.txt", "0.5\t1\tTap\nsoon\tlater\tTap\n");
  const auto order = decodeAudacityTrack("a.txt", "2\t1\tTap\n");
  const auto noTabs = decodeAudacityTrack("a.txt", "2 1 Tap\n");

  EXPECT_NE(words.error().message.find("a.txt, row 2"), std::string::npos) << words.error().message;
  EXPECT_NE(order.error().message.find("ends before it begins"), std::string::npos);
  EXPECT_FALSE(noTabs.ok());
}

TEST(LabelTracks, ReadWhatAudacityWrites) {
  const auto track = decodeAudacityTrack(
      "a.txt", "\xEF\xBB\xBF" "1.500000\t1.500000\tpoint\r\n\\\t200.0\t4000.0\r\n0.25\t0.5\n");

  ASSERT_TRUE(track.ok()) << track.error().message;
  ASSERT_EQ(track->size(), 2u);
  EXPECT_EQ(track->front(), (TrackLabel{milliseconds(250), milliseconds(500), ""}));
  EXPECT_EQ(track->back(), (TrackLabel{milliseconds(1500), milliseconds(1500), "point"}));
}

TEST(LabelTracks, ChooseATierOfAnElanFile) {
  const std::string eaf =
      "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='ts1' TIME_VALUE='10'/>"
      "<TIME_SLOT TIME_SLOT_ID='ts2' TIME_VALUE='30'/><TIME_SLOT TIME_SLOT_ID='ts3'/></TIME_ORDER>"
      "<TIER TIER_ID='doors'><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a1' "
      "TIME_SLOT_REF1='ts1' TIME_SLOT_REF2='ts2'><ANNOTATION_VALUE> Door &amp; bell "
      "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER><TIER TIER_ID='words'>"
      "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a2' TIME_SLOT_REF1='ts1' "
      "TIME_SLOT_REF2='ts3'><ANNOTATION_VALUE>Hm</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>"
      "</ANNOTATION></TIER></ANNOTATION_DOCUMENT>";

  const auto all = decodeElanTrack("a.eaf", eaf);
  const auto doors = decodeElanTrack("a.eaf", eaf, "doors");
  const auto unknown = decodeElanTrack("a.eaf", eaf, "windows");
  const auto broken = decodeElanTrack("a.eaf", eaf.substr(0, 100));

  ASSERT_TRUE(all.ok() && doors.ok());
  EXPECT_EQ(*all, *doors);
  EXPECT_EQ(doors->front(), (TrackLabel{milliseconds(10), milliseconds(30), "Door & bell"}));
  EXPECT_NE(unknown.error().message.find("doors, words"), std::string::npos);
  EXPECT_EQ(broken.error().code, base::ErrorCode::Corrupt);
}

}  // namespace

}  // namespace app
