#include "app/simulator/node_settings.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace app {
namespace {

using Json = nlohmann::json;

std::vector<base::ParamSpec> specs() {
  base::ParamSpec rate;
  rate.name = "imu.rate";
  rate.type = base::ParamType::Enum;
  rate.options = {std::int64_t{50}, std::int64_t{100}};
  rate.defaultValue = std::int64_t{100};
  base::ParamSpec sensitivity;
  sensitivity.name = "motion.sensitivity";
  sensitivity.type = base::ParamType::Int;
  sensitivity.min = 0;
  sensitivity.max = 9;
  sensitivity.defaultValue = std::int64_t{5};
  base::ParamSpec hold;
  hold.name = "motion.hold";
  hold.type = base::ParamType::Float;
  hold.min = 1;
  hold.max = 60;
  hold.defaultValue = 4.0;
  hold.apply = "restart";
  return {rate, sensitivity, hold};
}

Json desired(int version, const Json& set) { return {{"ver", version}, {"set", set}}; }

TEST(NodeSettings, EachWantedValueGetsItsOwnCodeAndReason) {
  NodeSettings settings(specs(), {}, {});

  const bool handled = settings.takeDesired(desired(
      1, {{"imu.rate", 50}, {"motion.sensitivity", 12}, {"motion.hold", 10}, {"colour", "red"}}));

  ASSERT_TRUE(handled);
  const Json reported = settings.reported({2'500'000'000});
  EXPECT_EQ(reported["ver"], 1);
  EXPECT_DOUBLE_EQ(reported["t"].get<double>(), 2.5);
  EXPECT_EQ(reported["ack"]["imu.rate"], Json({{"code", 200}}));
  EXPECT_EQ(reported["ack"]["motion.sensitivity"], Json({{"code", 400}, {"msg", "max 9"}}));
  EXPECT_EQ(reported["ack"]["motion.hold"]["code"], 202);
  EXPECT_EQ(reported["ack"]["colour"]["code"], 404);
  EXPECT_EQ(reported["cur"],
            Json({{"imu.rate", 50}, {"motion.sensitivity", 5}, {"motion.hold", 4.0}}));
}

TEST(NodeSettings, WrongKindsAreRefusedWithTheKindThatFits) {
  NodeSettings settings(specs(), {}, {});

  settings.takeDesired(desired(
      1, {{"imu.rate", 70}, {"motion.sensitivity", 2.5}, {"motion.hold", Json::array({1})}}));

  const Json acks = settings.reported({})["ack"];
  EXPECT_EQ(acks["imu.rate"]["msg"], "one of 50, 100");
  EXPECT_EQ(acks["motion.sensitivity"]["msg"], "a whole number");
  EXPECT_EQ(acks["motion.hold"]["code"], 400);
}

TEST(NodeSettings, OnlyANewerVersionIsHandled) {
  NodeSettings settings(specs(), {}, {});
  ASSERT_TRUE(settings.takeDesired(desired(5, {{"imu.rate", 50}})));

  EXPECT_FALSE(settings.takeDesired(desired(5, {{"imu.rate", 100}})));
  EXPECT_FALSE(settings.takeDesired(desired(4, {{"imu.rate", 100}})));
  EXPECT_FALSE(settings.takeDesired(Json("nonsense")));

  EXPECT_EQ(settings.reported({})["cur"]["imu.rate"], 50);
  EXPECT_TRUE(settings.takeDesired(desired(6, {{"imu.rate", 100}})));
}

TEST(NodeSettings, ARestartBringsWaitingValuesIntoForce) {
  NodeSettings settings(specs(), {}, {});
  settings.takeDesired(desired(1, {{"motion.hold", 10}}));

  settings.restarted();

  const Json reported = settings.reported({});
  EXPECT_DOUBLE_EQ(reported["cur"]["motion.hold"].get<double>(), 10);
  EXPECT_EQ(reported["ack"]["motion.hold"]["code"], 200);
}

TEST(NodeSettings, AStateThatForbidsAValueIsAnswered409WithItsReason) {
  const auto refusal = [](const std::string& param, const base::ParamValue&) {
    return param == "imu.rate" ? std::optional<std::string>("calibrating") : std::nullopt;
  };
  NodeSettings settings(specs(), refusal, {});

  settings.takeDesired(desired(1, {{"imu.rate", 50}}));

  EXPECT_EQ(settings.reported({})["ack"]["imu.rate"],
            Json({{"code", 409}, {"msg", "calibrating"}}));
  EXPECT_EQ(settings.reported({})["cur"]["imu.rate"], 100);
}

TEST(NodeSettings, PlainTextSetsAsWellAndLeavesTheVersionAlone) {
  std::vector<std::string> applied;
  NodeSettings settings(specs(), {}, [&](const std::string& param, const base::ParamValue& value) {
    applied.push_back(param + "=" + base::toText(value));
  });
  settings.takeDesired(desired(3, {{"motion.sensitivity", 2}}));

  EXPECT_EQ(settings.takeText("motion.sensitivity", "7").code, 200);
  EXPECT_EQ(settings.takeText("motion.sensitivity", "12").message, "max 9");
  EXPECT_EQ(settings.takeText("motion.sensitivity", "much").code, 400);
  EXPECT_EQ(settings.takeText("colour", "red").code, 404);

  EXPECT_EQ(applied, (std::vector<std::string>{"motion.sensitivity=2", "motion.sensitivity=7"}));
  EXPECT_EQ(settings.reported({})["ver"], 3);
  EXPECT_EQ(settings.reported({})["cur"]["motion.sensitivity"], 7);
}

}  // namespace
}  // namespace app
