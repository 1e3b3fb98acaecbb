#include "sensors/extractors/pictures.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>

#include "tests/support/pictures.h"
#include "tests/support/scripted_source.h"

namespace {

using sensors::BlockPtr;
using sensors::SourceKind;
using sensors::Window;
using support::plain;
using support::squareAt;

const auto kCamera = support::shared(support::sourceInfo("cam", SourceKind::Picture, 4));
const sensors::WindowSpec kSpec{std::chrono::seconds(1), std::chrono::seconds(1)};
const std::map<std::string, sensors::ExtractorFactory> kFactories = {
    {"scene", sensors::makeScene},
    {"colour", sensors::makeColour},
    {"texture", sensors::makeTexture},
    {"moving", sensors::makeMoving}};

BlockPtr taken(double second, const cv::Mat& picture, const cv::Mat& background = {}) {
  auto block = std::make_shared<sensors::Block>();
  block->source = kCamera;
  block->start = base::Time{} + base::fromSeconds(second);
  sensors::Image image{
      .width = picture.cols, .height = picture.rows, .jpeg = support::jpegOf(picture, 98)};
  if (!background.empty()) {
    image.background = std::make_shared<const base::Bytes>(support::jpegOf(background, 98));
  }
  block->content = std::move(image);
  return block;
}

Window windowOf(std::vector<BlockPtr> pictures, BlockPtr former = {}) {
  Window window;
  window.span = {{0}, base::Time{} + std::chrono::seconds(1)};
  window.source = kCamera;
  window.pictures = std::move(pictures);
  window.former = std::move(former);
  return window;
}

std::map<std::string, float> featuresOf(const std::string& extractor, const Window& window) {
  const auto made = sensors::makeExtractor(kFactories, extractor, *kCamera, kSpec).value();
  std::vector<float> values(made->features().size(), -77);
  made->extract(window, values);
  std::map<std::string, float> all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& name = made->features()[i].name;
    EXPECT_TRUE(all.emplace(name, values[i]).second) << name << " is there twice";
  }
  return all;
}

float at(const std::map<std::string, float>& features, const std::string& name) {
  const auto found = features.find(name);
  EXPECT_NE(found, features.end()) << name;
  return found == features.end() ? 0 : found->second;
}

TEST(Colour, OfAPlainPictureIsItsColour) {
  const auto f = featuresOf("colour", windowOf({taken(0, plain(160, 120, {0, 0, 200}))}));

  EXPECT_NEAR(at(f, "red share"), 1, 0.02);
  EXPECT_NEAR(at(f, "blue share"), 0, 0.02);
  EXPECT_NEAR(at(f, "brightness"), 0.299 * 200 / 255, 0.02);
  EXPECT_NEAR(at(f, "contrast"), 0, 0.01);
  EXPECT_NEAR(at(f, "red hue"), 1, 0.05);
  EXPECT_NEAR(at(f, "colourfulness"), 1, 0.05);
}

TEST(Colour, OfBlackAndWhiteHalvesIsHalfAndHalf) {
  cv::Mat picture = plain(160, 120, {0, 0, 0});
  picture(cv::Rect(80, 0, 80, 120)).setTo(cv::Scalar(255, 255, 255));

  const auto f = featuresOf("colour", windowOf({taken(0, picture)}));

  EXPECT_NEAR(at(f, "brightness"), 0.5, 0.01);
  EXPECT_NEAR(at(f, "contrast"), 0.5, 0.01);
  EXPECT_NEAR(at(f, "skew of brightness"), 0, 0.1);
  EXPECT_NEAR(at(f, "brightness 0-12 % share"), 0.5, 0.02);
  EXPECT_NEAR(at(f, "brightness 87-100 % share"), 0.5, 0.02);
  EXPECT_NEAR(at(f, "colourfulness"), 0, 0.02);
}

TEST(Texture, OfAnEvenPictureIsOneBinAndSharesAddUpToOne) {
  const auto even = featuresOf("texture", windowOf({taken(0, plain(160, 120, {90, 90, 90}))}));
  cv::Mat noise(120, 160, CV_8UC3);
  cv::theRNG().state = 7;
  cv::randu(noise, 0, 255);
  const auto noisy = featuresOf("texture", windowOf({taken(0, noise)}));

  // All eight neighbours are as bright or brighter: bin 8.
  EXPECT_NEAR(at(even, "texture with 8 brighter neighbours"), 1, 1e-6);
  float sum = at(noisy, "texture without order");
  for (int i = 0; i <= 8; ++i) {
    sum += at(noisy, "texture with " + std::to_string(i) + " brighter neighbours");
  }
  EXPECT_NEAR(sum, 1, 1e-5);
  EXPECT_GT(at(noisy, "texture without order"), 0.3);
}

TEST(Edges, RunAsTheStripesDo) {
  cv::Mat upright = plain(160, 120, {20, 20, 20});
  for (int x = 0; x < 160; x += 16) {
    upright(cv::Rect(x, 0, 8, 120)).setTo(cv::Scalar(220, 220, 220));
  }
  cv::Mat level;
  cv::resize(upright.t(), level, {160, 120}, 0, 0, cv::INTER_NEAREST);

  const auto u = featuresOf("texture", windowOf({taken(0, upright)}));
  const auto l = featuresOf("texture", windowOf({taken(0, level)}));

  EXPECT_GT(at(u, "edges centre at 90 degrees"), 0.6);
  EXPECT_LT(at(u, "edges centre at 0 degrees"), 0.05);
  EXPECT_GT(at(l, "edges centre at 0 degrees"), 0.6);
  EXPECT_LT(at(l, "edges centre at 90 degrees"), 0.05);
}

TEST(Moving, StillnessIsNothingAndOnePictureDoesNotTell) {
  const cv::Mat room = squareAt(160, 120, 40);

  const auto still = featuresOf("moving", windowOf({taken(0.5, room)}, taken(0.25, room)));
  const auto alone = featuresOf("moving", windowOf({taken(0.5, room)}));

  EXPECT_EQ(at(still, "moving share"), 0);
  EXPECT_EQ(at(still, "flow speed"), 0);
  EXPECT_TRUE(std::isnan(at(alone, "moving share")));
  EXPECT_TRUE(std::isnan(at(alone, "things")));  // no background is known
}

TEST(Moving, ASquareThatGoesRightChangesWhatItLeavesAndEnters) {
  // 20 x 20 white on grey, 4 pixels further: two strips of 4 x 20 differ, a little more as
  // smoothed.
  const auto f = featuresOf("moving", windowOf({taken(0.5, squareAt(160, 120, 74))},
                                               taken(0.25, squareAt(160, 120, 70))));

  const double strips = 2 * 4 * 20 / (160.0 * 120);
  EXPECT_GT(at(f, "moving share"), strips);
  EXPECT_LT(at(f, "moving share"), 3 * strips);
  EXPECT_GT(at(f, "moving centre"), 5 * at(f, "moving top left"));
  EXPECT_GT(at(f, "flow to the right"), 0);
  EXPECT_NEAR(at(f, "flow downwards"), 0, 0.2 * at(f, "flow to the right"));
  EXPECT_EQ(at(f, "moving share"), at(f, "most moving share"));
}

TEST(Moving, ThingsAreCountedMeasuredAndFound) {
  cv::Mat room = plain(160, 120, {60, 60, 60});
  cv::Mat people = room.clone();
  people(cv::Rect(10, 40, 20, 40)).setTo(cv::Scalar(220, 220, 220));   // left
  people(cv::Rect(130, 70, 20, 20)).setTo(cv::Scalar(220, 220, 220));  // right

  const auto two = featuresOf("moving", windowOf({taken(0, people, room)}));
  const auto none = featuresOf("moving", windowOf({taken(0, room, room)}));

  EXPECT_EQ(at(two, "things"), 2);
  EXPECT_NEAR(at(two, "things' area"), 1200 / 19200.0, 0.015);
  EXPECT_NEAR(at(two, "largest thing"), 800 / 19200.0, 0.01);
  EXPECT_NEAR(at(two, "tallest thing"), 40 / 120.0, 0.05);
  EXPECT_NEAR(at(two, "things across"), (800 * 20 + 400 * 140) / 1200.0 / 160, 0.03);
  EXPECT_GT(at(two, "things middle left"), 0.1);
  EXPECT_EQ(at(two, "things top middle"), 0);
  EXPECT_EQ(at(none, "things"), 0);
  EXPECT_EQ(at(none, "things across"), 0.5);
}

TEST(Scene, LooksAtItsRegionOnly) {
  cv::Mat picture = plain(200, 100, {0, 0, 0});
  picture(cv::Rect(100, 0, 100, 100)).setTo(cv::Scalar(255, 255, 255));

  const auto left = featuresOf("scene@0,0,50,100", windowOf({taken(0, picture)}));
  const auto right = featuresOf("scene@50,0,50,100", windowOf({taken(0, picture)}));

  EXPECT_NEAR(at(left, "brightness in 0,0,50,100 %"), 0, 0.02);
  EXPECT_NEAR(at(right, "brightness in 50,0,50,100 %"), 1, 0.02);
}

TEST(Scene, TellsNothingWhereThereIsNoPicture) {
  auto broken = std::make_shared<sensors::Block>(*taken(0, plain(20, 20, {1, 1, 1})));
  std::get<sensors::Image>(broken->content).jpeg.resize(100);

  for (const auto& [name, value] : featuresOf("scene", windowOf({broken}))) {
    EXPECT_TRUE(std::isnan(value)) << name;
  }
  for (const auto& [name, value] : featuresOf("scene", windowOf({}))) {
    EXPECT_TRUE(std::isnan(value)) << name;
  }
}

TEST(Scene, EveryNumberIsFiniteForAnyPicture) {
  cv::theRNG().state = 11;
  for (const cv::Size size :
       {cv::Size(1, 1), cv::Size(3, 200), cv::Size(64, 48), cv::Size(800, 20)}) {
    cv::Mat noise(size, CV_8UC3);
    cv::randu(noise, 0, 255);
    cv::Mat other(size, CV_8UC3);
    cv::randu(other, 0, 255);
    const auto f = featuresOf(
        "scene", windowOf({taken(0.5, noise, other), taken(0.7, other, noise)}, taken(0.2, other)));
    for (const auto& [name, value] : f) EXPECT_TRUE(std::isfinite(value)) << name << " " << size;
  }
}

TEST(ExtractorChoice, IsATextAndBack) {
  const auto choice = sensors::extractorChoiceFrom("scene@10,20,60,80").value();

  EXPECT_EQ(choice.id, "scene");
  EXPECT_EQ(choice.region, (sensors::Region{0.1, 0.2, 0.6, 0.8}));
  EXPECT_EQ(sensors::toText(choice), "scene@10,20,60,80");
  EXPECT_EQ(sensors::toText(sensors::ExtractorChoice{.id = "sound", .region = {}}), "sound");
  for (const char* bad :
       {"a@", "a@1,2,3", "a@1,2,3,4,5", "a@0,0,0,1", "a@60,0,50,10", "a@x,1,2,3"}) {
    EXPECT_FALSE(sensors::extractorChoiceFrom(bad).ok()) << bad;
  }
  EXPECT_EQ(sensors::makeExtractor(kFactories, "smell", *kCamera, kSpec).error().code,
            base::ErrorCode::NotFound);
}

}  // namespace
