// The readers of outside bytes: CSV, npy, idx, gzip, times, sound, and the resampler.
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

#include "app/project/importers/audio_file.h"
#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/idx.h"
#include "app/project/importers/npy.h"
#include "app/project/importers/resampler.h"
#include "app/project/importers/time_text.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

using support::idxBytes;
using support::npyBytes;
using support::rawBytes;

std::vector<std::vector<std::string>> allRows(const std::string& text) {
  auto reader = CsvReader::open("t.csv", text);
  std::vector<std::vector<std::string>> rows;
  if (!reader) return {{reader.error().message}};
  for (;;) {
    const auto row = reader->next();
    if (!row) return {{row.error().message}};
    if (!*row) return rows;
    rows.emplace_back((**row).begin(), (**row).end());
  }
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, QuotesLineEndsAndBlankLinesAreUnderstood) {
  const auto rows = allRows(
      "\xEF\xBB\xBF"
      "a,b\r\n1,\"x, \"\"y\"\"\"\r\n\r\n,\"two\nlines\"");

  EXPECT_EQ(rows, (Rows{{"1", "x, \"y\""}, {"", "two\nlines"}}));
}

TEST(Csv, SemicolonsAndTabsSeparateWhereTheHeaderSaysSo) {
  EXPECT_EQ(allRows("a;b\n1,5;2\n"), (Rows{{"1,5", "2"}}));
  EXPECT_EQ(allRows("a\tb\n1\t2"), (Rows{{"1", "2"}}));
}

TEST(Csv, ErrorsNameFileAndRow) {
  EXPECT_EQ(allRows("a,b\n1,2\n\n3\n")[0][0], "t.csv, row 4: 1 fields where the header has 2");
  EXPECT_EQ(allRows("a,a\n")[0][0], "t.csv, row 1: two columns are called \"a\"");
  EXPECT_EQ(allRows("")[0][0], "t.csv is empty; a header row is needed");
  EXPECT_EQ(allRows("a,b\n1,\"2")[0][0], "t.csv, row 2: a quote is opened and not closed");
  EXPECT_EQ(allRows("a,b\n1,\"2\"3")[0][0], "t.csv, row 2: text follows a closing quote");
}

TEST(Csv, AMillionColumnsOrQuotesAreRefusedEarly) {
  EXPECT_NE(allRows(std::string(1'000'000, ','))[0][0].find("column"), std::string::npos);
  EXPECT_NE(allRows("a" + std::string(1'000'000, 'b') + ",c\n")[0][0].find("characters"),
            std::string::npos);
  EXPECT_NE(allRows("a,b\n" + std::string(1'000'000, '"'))[0][0].find("quote"), std::string::npos);
  EXPECT_NE(allRows("a,b\n" + std::string(1'000'000, ','))[0][0].find("row 2"), std::string::npos);
}

TEST(Csv, MissingColumnsAreAnsweredWithThoseThereAre) {
  const auto reader = CsvReader::open("t.csv", "x,y\n");

  EXPECT_EQ(reader->requireColumn("z").error().message, "t.csv has no column \"z\"; it has x, y");
}

TEST(Csv, NumbersAreReadWholly) {
  EXPECT_EQ(readNumber(" +1.5e2 "), 150);
  EXPECT_FALSE(readNumber("1.5 m"));
  EXPECT_FALSE(readNumber("inf"));
  EXPECT_FALSE(readNumber(""));
  EXPECT_TRUE(saysMissing(" NaN "));
  EXPECT_TRUE(saysMissing(""));
  EXPECT_FALSE(saysMissing("none at all"));
}

TEST(Npy, NumbersOfAllKindsAreRead) {
  const auto floats =
      NpyArray::parse("a", npyBytes("<f4", "(2, 3)", rawBytes<float>({1, 2, 3, 4, 5, 6.5F})));
  const auto bytes = NpyArray::parse("b", npyBytes("|u1", "(3,)", "\x01\xFF\x07"));
  const auto longs = NpyArray::parse(
      "c", npyBytes("<i8", "(1,)", rawBytes<std::int64_t>({(std::int64_t{1} << 60) + 1})));

  ASSERT_TRUE(floats && bytes && longs);
  EXPECT_EQ(floats->rows(), 2U);
  EXPECT_EQ(floats->columns(), 3U);
  EXPECT_EQ(floats->at(1, 2), 6.5);
  EXPECT_EQ(bytes->integerAt(1), 255);
  EXPECT_EQ(longs->integerAt(0), (std::int64_t{1} << 60) + 1);
}

TEST(Npy, FortranOrderReadsTheSame) {
  std::string bytes = npyBytes("<i2", "(2, 3)", rawBytes<std::int16_t>({1, 4, 2, 5, 3, 6}));
  bytes.replace(bytes.find("False"), 5, "True ");

  const auto array = NpyArray::parse("f", bytes);

  ASSERT_TRUE(array) << array.error().message;
  EXPECT_EQ(array->at(0, 2), 3);
  EXPECT_EQ(array->integerAt(1, 0), 4);
}

TEST(Npy, LyingHeadersAreRefusedBeforeMemoryIsTaken) {
  const std::string eight(8, '\0');
  const auto refused = [](const std::string& bytes) { return !NpyArray::parse("n", bytes).ok(); };

  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("not numpy at all"));
  EXPECT_TRUE(refused(npyBytes("<f4", "(4611686018427387904, 4)", eight)));
  EXPECT_TRUE(refused(npyBytes("<f4", "(3,)", eight)));
  EXPECT_TRUE(refused(npyBytes("<f4", "(2, 0)", eight)));
  EXPECT_TRUE(refused(npyBytes("<f4", "(-2,)", eight)));
  EXPECT_TRUE(refused(npyBytes("<f4", "()", "1234")));
  EXPECT_TRUE(refused(npyBytes("<f4", "2", eight)));
  EXPECT_TRUE(refused(npyBytes("|O", "(1,)", eight)));
  EXPECT_TRUE(refused(npyBytes(">f4", "(2,)", eight)));
  EXPECT_TRUE(refused(npyBytes("<c16", "(1,)", eight + eight)));
  EXPECT_TRUE(refused(npyBytes("<f4", "(2,)", eight).substr(0, 60)));
  std::string longHeader = npyBytes("<f4", "(2,)", eight);
  longHeader[9] = '\x7F';
  EXPECT_TRUE(refused(longHeader));
}

TEST(Npy, EveryTruncationIsRefused) {
  const std::string whole = npyBytes("<f8", "(2, 2)", rawBytes<double>({1, 2, 3, 4}));

  ASSERT_TRUE(NpyArray::parse("n", whole));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(NpyArray::parse("n", whole.substr(0, length))) << length;
  }
}

TEST(Idx, CountsThatDoNotFitTheBytesAreRefused) {
  const auto refused = [](const std::string& bytes) { return !IdxArray::parse("i", bytes).ok(); };

  const auto good = IdxArray::parse("i", idxBytes({2, 1, 3}, "abcdef"));
  ASSERT_TRUE(good);
  EXPECT_EQ(good->columns(), 3U);
  EXPECT_EQ(good->row(1)[0], 'd');

  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused(idxBytes({3, 1, 3}, "abcdef")));
  EXPECT_TRUE(refused(idxBytes({0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, "abcdef")));
  EXPECT_TRUE(refused(idxBytes({6, 0}, "abcdef")));
  EXPECT_TRUE(refused(idxBytes({}, "abcdef")));
  EXPECT_TRUE(refused(idxBytes({1, 1, 1, 1, 6}, "abcdef")));
  std::string floats = idxBytes({6}, "abcdef");
  floats[2] = '\x0D';
  EXPECT_TRUE(refused(floats));
}

TEST(FileText, GzipAndPlainReadTheSameAndBrokenGzipIsToldApart) {
  const support::TempProject project;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += std::to_string(i * 7919) + "\n";
  support::writeFile(project.folder() / "plain.csv", text);
  support::writeGzip(project.folder() / "packed.csv.gz", text);
  const auto packed = readFileText(project.folder() / "packed.csv.gz");
  const auto size = std::filesystem::file_size(project.folder() / "packed.csv.gz");
  std::filesystem::resize_file(project.folder() / "packed.csv.gz", size / 2);

  const auto plain = readFileText(project.folder() / "plain.csv");
  const auto broken = readFileText(project.folder() / "packed.csv.gz");

  ASSERT_TRUE(plain && packed);
  EXPECT_EQ(*plain, text);
  EXPECT_EQ(*packed, text);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, base::ErrorCode::Corrupt);
  EXPECT_NE(broken.error().message.find("packed.csv.gz"), std::string::npos);
}

TEST(FileText, ContentBeyondTheLimitIsRefused) {
  const support::TempProject project;
  support::writeGzip(project.folder() / "bomb.gz", std::string(4 << 20, 'a'));

  const auto text = readFileText(project.folder() / "bomb.gz", 1 << 20);

  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().message, "bomb.gz holds more than 1 MB; split it into several files");
}

TEST(TimeText, DatesAreUtcUnlessTheySayOtherwise) {
  constexpr std::int64_t kSecond = 1'000'000'000;

  // date -u -d "2017-12-22 10:49:41" +%s
  EXPECT_EQ(readDateTime("2017-12-22 10:49:41")->ns, 1513939781 * kSecond);
  EXPECT_EQ(readDateTime("2017-12-22T10:49:41.25Z")->ns, 1513939781 * kSecond + kSecond / 4);
  EXPECT_EQ(readDateTime("2017/12/22 11:49:41+01:00")->ns, 1513939781 * kSecond);
  EXPECT_EQ(readDateTime("2000-01-01")->ns, 946684800 * kSecond);
  EXPECT_FALSE(readDateTime("2017-02-30 10:00:00"));
  EXPECT_FALSE(readDateTime("2017-12-22 25:00:00"));
  EXPECT_FALSE(readDateTime("2017-12-22 10:49:41 o'clock"));
  EXPECT_FALSE(readDateTime("yesterday"));
}

TEST(AudioFile, WavIsReadAndRubbishIsNamed) {
  const support::TempProject project;
  support::writeFile(project.folder() / "tone.wav", support::wavBytes({0, 0.5F, -0.5F}, 8000));
  support::writeFile(project.folder() / "rubbish.wav", "RIFF????WAVE and then nothing");

  const auto tone = readAudio(project.folder() / "tone.wav");
  const auto rubbish = readAudio(project.folder() / "rubbish.wav");

  ASSERT_TRUE(tone) << tone.error().message;
  EXPECT_EQ(tone->rate, 8000);
  ASSERT_EQ(tone->samples.size(), 3U);
  EXPECT_NEAR(tone->samples[1], 0.5, 1e-4);
  ASSERT_FALSE(rubbish);
  EXPECT_NE(rubbish.error().message.find("rubbish.wav"), std::string::npos);
}

std::vector<float> tone(double hertz, double rate, std::size_t n) {
  std::vector<float> samples(n);
  for (std::size_t i = 0; i < n; ++i) {
    samples[i] =
        static_cast<float>(std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
  }
  return samples;
}

/// Largest deviation away from the ends.
double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = 0;
  for (std::size_t i = 400; i + 400 < std::min(a.size(), b.size()); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
  }
  return largest;
}

TEST(Resampler, ATonePassesAsItWouldHaveBeenSampled) {
  for (const double from : {8000.0, 22050.0, 44100.0, 48000.0}) {
    const auto input = tone(1000, from, static_cast<std::size_t>(from));

    const auto output = resampled(input, from, 16000);

    ASSERT_EQ(output.size(), 16000U) << from;
    EXPECT_LT(largestDifference(output, tone(1000, 16000, 16000)), 1e-3) << from;
  }
}

TEST(Resampler, WhatTheNewRateCannotHoldIsRemoved) {
  const auto output = resampled(tone(12000, 44100, 44100), 44100, 16000);

  EXPECT_LT(largestDifference(output, std::vector<float>(output.size(), 0.0F)), 1e-3);
}

TEST(Resampler, AConstantStaysAndEqualRatesChangeNothing) {
  const std::vector<float> ones(4000, 1.0F);

  EXPECT_LT(largestDifference(resampled(ones, 48000, 16000), ones), 1e-5);
  EXPECT_EQ(resampled(ones, 16000, 16000), ones);
}

}  // namespace
}  // namespace app
