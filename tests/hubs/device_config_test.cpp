#include "hubs/device_config.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace hubs {

namespace {

using Json = nlohmann::json;

base::Time at(double seconds) { return base::Time{} + base::fromSeconds(seconds); }

void report(DeviceConfig& config, const std::string& json, double seconds) {
  EXPECT_TRUE(config.takeReported(Json::parse(json), at(seconds)).ok());
}

}  // namespace

TEST(DeviceConfig, GoesFromWaitingToInStep) {
  DeviceConfig config;
  report(config, R"({"ver":0,"cur":{"rate":100}})", 0);

  config.ask("rate", std::int64_t{200}, at(1));
  const auto waiting = config.status("rate");
  report(config, R"({"ver":1,"cur":{"rate":200},"ack":{"rate":{"code":200}}})", 2);
  const auto inStep = config.status("rate");

  EXPECT_EQ(waiting.state, ParamState::Waiting);
  EXPECT_EQ(waiting.since, at(1));
  EXPECT_EQ(inStep.state, ParamState::InStep);
  EXPECT_EQ(inStep.since, at(2));
  EXPECT_EQ(inStep.reported, base::ParamValue(std::int64_t{200}));
}

TEST(DeviceConfig, ShowsTheDevicesReasonWhereItRefuses) {
  DeviceConfig config;
  config.ask("sensitivity", std::int64_t{12}, at(0));

  report(config, R"({"ver":1,"cur":{"sensitivity":5},
                     "ack":{"sensitivity":{"code":400,"msg":"max 9"}}})",
         1);

  EXPECT_EQ(config.status("sensitivity").state, ParamState::Refused);
  EXPECT_EQ(config.status("sensitivity").message, "max 9");
}

TEST(DeviceConfig, AcceptedButNotYetInForceIsWaiting) {
  DeviceConfig config;
  config.ask("gain", 6.0, at(0));

  report(config, R"({"ver":1,"cur":{"gain":0.0},"ack":{"gain":{"code":202}}})", 1);

  EXPECT_EQ(config.status("gain").state, ParamState::Waiting);
}

TEST(DeviceConfig, NoticesAChangeMadeElsewhere) {
  DeviceConfig config;
  config.ask("rate", std::int64_t{200}, at(0));
  report(config, R"({"ver":1,"cur":{"rate":200},"ack":{"rate":{"code":200}}})", 1);

  report(config, R"({"ver":1,"cur":{"rate":50},"ack":{"rate":{"code":200}}})", 5);

  EXPECT_EQ(config.status("rate").state, ParamState::ChangedElsewhere);
  EXPECT_EQ(config.status("rate").since, at(5));
  EXPECT_EQ(config.status("rate").asked, base::ParamValue(std::int64_t{200}));
}

TEST(DeviceConfig, ANewWishAfterARefusalWaitsAgain) {
  DeviceConfig config;
  config.ask("sensitivity", std::int64_t{12}, at(0));
  report(config, R"({"ver":1,"cur":{"sensitivity":5},"ack":{"sensitivity":{"code":400}}})", 1);

  config.ask("sensitivity", std::int64_t{9}, at(2));

  EXPECT_EQ(config.status("sensitivity").state, ParamState::Waiting);
  EXPECT_EQ(config.version(), 2);
}

TEST(DeviceConfig, AVersionIsAlwaysAboveWhatTheDeviceHandled) {
  DeviceConfig config;
  report(config, R"({"ver":41,"cur":{}})", 0);

  config.ask("rate", std::int64_t{50}, at(1));

  EXPECT_EQ(config.version(), 42);
  EXPECT_EQ(config.desiredJson("wb1"), Json::parse(R"({"ver":42,"by":"wb1","set":{"rate":50}})"));
}

TEST(DeviceConfig, ForgettingAsksNoLonger) {
  DeviceConfig config;
  config.ask("rate", std::int64_t{50}, at(0));

  config.forget("rate", at(1));

  EXPECT_EQ(config.status("rate").state, ParamState::NotAsked);
  EXPECT_EQ(config.desiredJson("wb1")["set"], Json::object());
  EXPECT_EQ(config.version(), 2);
}

TEST(DeviceConfig, GoesOnFromWhatAProjectRemembered) {
  DeviceConfig config;
  config.restore(12, {{"rate", std::int64_t{200}}});

  report(config, R"({"ver":12,"cur":{"rate":200}})", 0);

  EXPECT_EQ(config.status("rate").state, ParamState::InStep);
  EXPECT_EQ(config.version(), 12);
}

TEST(DeviceConfig, AParameterTheDeviceDoesNotReportIsRefused) {
  DeviceConfig config;
  config.ask("colour", std::string("red"), at(0));

  report(config, R"({"ver":1,"cur":{"rate":50}})", 1);

  EXPECT_EQ(config.status("colour").state, ParamState::Refused);
  EXPECT_EQ(config.status("colour").message, "the device does not report this setting");
}

TEST(DeviceConfig, RefusesReportsThatAreNone) {
  DeviceConfig config;

  for (const char* bad : {"[]", "5", "{}", R"({"ver":1})", R"({"ver":1,"cur":[]})"}) {
    const auto taken = config.takeReported(Json::parse(bad), at(0));
    ASSERT_FALSE(taken.ok()) << bad;
    EXPECT_EQ(taken.error().code, base::ErrorCode::Corrupt);
  }
}

}  // namespace hubs
