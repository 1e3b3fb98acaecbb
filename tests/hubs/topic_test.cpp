#include "hubs/topic.h"

#include <gtest/gtest.h>

namespace hubs {

TEST(Topics, BuildsTheNamesOfTheConvention) {
  const Topics topics("flat");

  EXPECT_EQ(topics.node("hall", "state"), "mimosa/1/flat/node/hall/state");
  EXPECT_EQ(topics.node("+", "stream/+"), "mimosa/1/flat/node/+/stream/+");
  EXPECT_EQ(topics.worker("pi", "cmd"), "mimosa/1/flat/w/pi/cmd");
  EXPECT_EQ(topics.blob("pi", "get"), "mimosa/1/flat/b/pi/get");
  EXPECT_EQ(topics.coordinator(), "mimosa/1/flat/coord");
  EXPECT_EQ(topics.serveIn("main"), "mimosa/1/flat/serve/main/in");
  EXPECT_EQ(topics.sharedServeIn("main"), "$share/main/mimosa/1/flat/serve/main/in");
  EXPECT_EQ(topics.prediction("main"), "mimosa/1/flat/pred/main");
  EXPECT_EQ(topics.bench("wb1", "reply"), "mimosa/1/flat/wb/wb1/reply");
}

TEST(Topics, ReadsBackWhatItBuilds) {
  const Topics topics;
  const std::string nodeTopic = topics.node("hall", "config/reported");
  const std::string taskTopic = topics.prediction("main");

  const auto node = topics.parse(nodeTopic);
  const auto task = topics.parse(taskTopic);

  ASSERT_TRUE(node);
  EXPECT_EQ(node->kind, "node");
  EXPECT_EQ(node->id, "hall");
  EXPECT_EQ(node->rest, "config/reported");
  ASSERT_TRUE(task);
  EXPECT_EQ(task->id, "main");
  EXPECT_EQ(task->rest, "");
}

TEST(Topics, ReadsNothingThatIsNotOurs) {
  const Topics topics("home");

  for (const char* foreign :
       {"", "mimosa/1/home", "mimosa/1/home/", "mimosa/1/homer/node/a/state", "mimosa/1/home/node",
        "mimosa/1/home/node/", "mimosa/1/home/node//state", "mimosa/1/home/node/A/state",
        "mimosa/1/home/other/a/state", "mimosa/2/home/node/a/state"}) {
    EXPECT_FALSE(topics.parse(foreign)) << foreign;
  }
}

TEST(Topics, IdsAreShortAndPlain) {
  EXPECT_TRUE(isId("kitchen-2_b"));
  EXPECT_TRUE(isId("imu.rate", 48, true));
  EXPECT_FALSE(isId("imu.rate"));
  EXPECT_FALSE(isId(""));
  EXPECT_FALSE(isId("Kitchen"));
  EXPECT_FALSE(
      isId("k\xc3\xbc"
           "che"));
  EXPECT_FALSE(isId(std::string(65, 'a')));
  EXPECT_TRUE(isId(std::string(64, 'a')));
}

}  // namespace hubs
