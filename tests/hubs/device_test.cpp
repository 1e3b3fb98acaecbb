#include "hubs/device.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hubs/device_config.h"

namespace hubs {

namespace {

using Json = nlohmann::json;

const char* const kHallNode = R"({
  "v":1,"rev":3,"name":"Hall node","model":"esp32-imu-mic","fw":"1.3.0","room":"Hall","odd":[1],
  "streams":[
    {"id":"imu","kind":"accel","name":"vibration","rate_param":"imu.rate",
     "channels":[{"id":"x","unit":"m/s2","scale":0.0012,"range":[-39,39]},{"id":"y","offset":2}],
     "rates":[50,100,200],"dtype":["i16","f32"],"block_ms":[100,500]},
    {"id":"mic","kind":"audio","channels":[{"id":"l","unit":"1","scale":3.05e-5}],"rates":[16000]}],
  "params":{
    "imu.rate":{"type":"enum","options":[50,100,200],"default":100,"apply":"live"},
    "motion.sensitivity":{"type":"int","min":0,"max":9,"step":1,"default":5},
    "mic.gain":{"type":"float","min":0,"max":30,"unit":"dB","apply":"restart"}},
  "media":{"thumb":true},"activities":["kettle"],
  "ops":["identify","restart","lease","act"]})";

}  // namespace

TEST(About, ReadsWhatANodeSaysOfItself) {
  std::vector<std::string> complaints;

  const auto about = parseAbout(Json::parse(kHallNode), &complaints);

  ASSERT_TRUE(about.ok());
  EXPECT_TRUE(complaints.empty());
  EXPECT_EQ(about->revision, 3);
  EXPECT_EQ(about->name, "Hall node");
  EXPECT_EQ(about->room, "Hall");
  EXPECT_TRUE(about->thumbnails);
  EXPECT_EQ(about->activities, std::vector<std::string>({"kettle"}));
  ASSERT_EQ(about->streams.size(), 2u);
  const StreamAbout& imu = about->streams[0];
  EXPECT_EQ(imu.name, "vibration");
  EXPECT_EQ(imu.kind, sensors::SourceKind::Motion);
  EXPECT_EQ(imu.rate, 50);
  EXPECT_EQ(imu.rateParam, "imu.rate");
  EXPECT_EQ(imu.channels[0].max, 39);
  EXPECT_EQ(imu.scale, std::vector<double>({0.0012, 1}));
  EXPECT_EQ(imu.offset, std::vector<double>({0, 2}));
  EXPECT_EQ(about->streams[1].kind, sensors::SourceKind::Audio);
  ASSERT_EQ(about->params.size(), 3u);
}

TEST(About, SurvivesWritingAndReading) {
  const auto first = parseAbout(Json::parse(kHallNode));

  const auto second = parseAbout(toJson(*first));

  ASSERT_TRUE(second.ok());
  EXPECT_EQ(toJson(*second), toJson(*first));
  EXPECT_EQ(second->streams[0].scale, first->streams[0].scale);
  EXPECT_EQ(second->params.size(), first->params.size());
}

TEST(About, LeavesOutWhatCannotBeUsedAndNamesIt) {
  const Json json = Json::parse(R"({"v":1,"streams":[
      {"id":"Bad Id","channels":[{"id":"x"}]},
      {"id":"none","channels":[]},
      {"id":"twice","channels":[{"id":"x"},{"id":"x"}]},
      {"id":"scale","channels":[{"id":"x","scale":0}]},
      {"id":"rate","channels":[{"id":"x"}],"rates":[-5]},
      {"id":"good","channels":[{"id":"x"}]},
      {"id":"good","channels":[{"id":"x"}]},
      7],
    "params":{"p":{"type":"colour"},"q":{"type":"enum"},"r":{"type":"int","min":5,"max":1},
              "s":{"type":"int","min":0,"max":9,"default":12},"t":{"type":"bool"}}})");
  std::vector<std::string> complaints;

  const auto about = parseAbout(json, &complaints);

  ASSERT_TRUE(about.ok());
  ASSERT_EQ(about->streams.size(), 1u);
  EXPECT_EQ(about->streams[0].id, "good");
  ASSERT_EQ(about->params.size(), 1u);
  EXPECT_EQ(about->params[0].name, "t");
  EXPECT_EQ(complaints.size(), 11u);
}

TEST(About, KeepsWithinItsLimits) {
  Json json{{"v", 1}, {"streams", Json::array()}, {"params", Json::object()}};
  for (int i = 0; i < 10'000; ++i) {
    json["streams"].push_back(
        {{"id", "s" + std::to_string(i)}, {"channels", Json::array({{{"id", "x"}}})}});
    json["params"]["p" + std::to_string(i)] = {{"type", "bool"}};
  }
  json["name"] = std::string(100'000, 'n');

  const auto about = parseAbout(json);

  ASSERT_TRUE(about.ok());
  EXPECT_EQ(about->streams.size(), 64u);
  EXPECT_EQ(about->params.size(), 256u);
  EXPECT_LE(about->name.size(), 200u);
}

TEST(About, RefusesOtherVersionsAndOtherThings) {
  for (const char* bad : {"[]", "{}", R"({"v":2})", R"({"v":"1"})", "5", "null"}) {
    EXPECT_FALSE(parseAbout(Json::parse(bad)).ok()) << bad;
  }
}

TEST(ParamValue, TravelsAsJson) {
  for (const base::ParamValue& value :
       {base::ParamValue(true), base::ParamValue(std::int64_t{-3}), base::ParamValue(2.5),
        base::ParamValue(std::string("high"))}) {
    EXPECT_EQ(paramValueFrom(toJson(value)), value);
  }
  EXPECT_FALSE(paramValueFrom(Json::object()));
  EXPECT_FALSE(paramValueFrom(Json::array()));
  EXPECT_FALSE(paramValueFrom(nullptr));
}

}  // namespace hubs
