// Films become pictures with times, decoded in a process of their own.

#include <gtest/gtest.h>

#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/videoio.hpp>

#include "app/project/importers/file_importers.h"
#include "sensors/film_reader.h"
#include "tests/support/temp_project.h"

namespace {

using namespace std::chrono_literals;

const std::filesystem::path kProgram = std::filesystem::path(MIMOSA_PROGRAMS) / "mimosa-camera";

struct Films : testing::Test {
  support::TempProject project;

  /// Ten pictures a second, each a little brighter than the one before.
  std::filesystem::path film(const std::string& name, int pictures) const {
    const auto file = project.folder() / name;
    cv::VideoWriter writer(file.string(), cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 10,
                           cv::Size(64, 48));
    EXPECT_TRUE(writer.isOpened());
    for (int i = 0; i < pictures; ++i) {
      writer.write(cv::Mat(48, 64, CV_8UC3, cv::Scalar::all(i * 255.0 / pictures)));
    }
    return file;
  }
};

TEST_F(Films, PicturesComeAtTheAskedRateWithTheFilmsOwnTimes) {
  auto reader = sensors::FilmReader::open(film("kettle.avi", 30), 2, 320, kProgram);
  ASSERT_TRUE(reader) << reader.error().message;
  std::vector<double> times;
  for (;;) {
    const auto picture = reader->next({});
    ASSERT_TRUE(picture) << picture.error().message;
    if (!*picture) break;
    times.push_back(base::toSeconds((*picture)->at));
    EXPECT_EQ((*picture)->image.width, 64);
  }
  EXPECT_EQ(times, (std::vector{0.0, 0.5, 1.0, 1.5, 2.0, 2.5}));
  EXPECT_NEAR(base::toSeconds(reader->length()), 3, 0.2);
  EXPECT_EQ(reader->lost(), 0u);
}

TEST_F(Films, WhatIsNoFilmIsSaidSo) {
  EXPECT_EQ(sensors::FilmReader::open(project.folder() / "none.avi", 2, 320, kProgram).error().code,
            base::ErrorCode::NotFound);
  const auto text = project.folder() / "text.avi";
  std::ofstream(text) << "not a film at all";
  auto reader = sensors::FilmReader::open(text, 2, 320, kProgram);
  ASSERT_TRUE(reader);
  const auto picture = reader->next({});
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().code, base::ErrorCode::Corrupt);
  EXPECT_TRUE(picture.error().message.starts_with("text.avi "));
}

TEST_F(Films, ReadingCanBeStopped) {
  auto reader = sensors::FilmReader::open(film("long.avi", 200), 10, 320, kProgram);
  ASSERT_TRUE(reader);
  std::stop_source stop;
  ASSERT_TRUE(reader->next(stop.get_token()));
  stop.request_stop();
  base::Result<std::optional<sensors::FilmPicture>> picture = std::optional<sensors::FilmPicture>();
  for (int i = 0; i < 300 && picture; ++i) picture = reader->next(stop.get_token());
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().code, base::ErrorCode::Cancelled);
}

TEST_F(Films, AFilmBecomesARecordingWithExamplesFromTheTrackBesideIt) {
  const auto file = film("kitchen.avi", 30);
  std::ofstream(project.folder() / "kitchen.txt") << "0.5\t1.5\tKettle\n";
  const auto store = project.open();
  std::vector<double> progress;

  const auto report = app::importVideos(
      *store, {.files = {file}, .rate = 5, .program = kProgram},
      {.progress = [&](const std::string&, double done) { progress.push_back(done); }});

  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->recordings, 1u);
  EXPECT_EQ(report->rows, 15u);
  EXPECT_EQ(report->demonstrations, 1u);
  ASSERT_FALSE(progress.empty());
  EXPECT_EQ(progress.back(), 1);
  const auto recording = store->recordings()->at(0);
  EXPECT_NEAR(base::toSeconds(recording.span.length()), 3, 0.3);
  const auto blocks = store->readBlocks(recording.id, "import/video", recording.span);
  ASSERT_TRUE(blocks);
  ASSERT_EQ(blocks->size(), 15u);
  EXPECT_EQ((*blocks)[5]->start - recording.span.begin, base::Duration(1s));
  EXPECT_NE((*blocks)[5]->image(), nullptr);
}

TEST_F(Films, AStoppedImportLeavesNothingOfTheFilm) {
  const auto file = film("long.avi", 400);
  const auto store = project.open();
  std::stop_source stop;
  const auto report = app::importVideos(
      *store, {.files = {file}, .rate = 10, .program = kProgram},
      {.progress = [&](const std::string&, double) { stop.request_stop(); },
       .stop = stop.get_token()});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, base::ErrorCode::Cancelled);
  EXPECT_TRUE(store->recordings()->empty());
}

}  // namespace
