// record, train and serve with the demonstration home at a private broker, as a person without a
// window would use them.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/headless/command.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

TEST(LiveCommands, TwoRecordedLabelsAreLearntAndHeardAgain) {
  const support::TempProject project;
  const std::string file = project.file().string();

  testing::internal::CaptureStdout();
  const int quiet = recordCommand({file, "--demo", "--label", "Quiet", "--seconds", "3"});
  const int other = recordCommand({file, "--demo", "--label", "Other", "--seconds", "3"});
  const int trained = trainCommand({file, "--learners", "logistic,knn"});
  const std::string said = testing::internal::GetCapturedStdout();
  testing::internal::CaptureStdout();
  const int served = serveCommand({file, "--demo", "--no-worker", "--json", "--seconds", "6"});
  std::istringstream answers(testing::internal::GetCapturedStdout());

  EXPECT_EQ(quiet, 0);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(trained, 0);
  EXPECT_EQ(served, 0);
  EXPECT_NE(said.find("Quiet has 1 examples"), std::string::npos) << said;
  EXPECT_NE(said.find("Model 1: 2 labels"), std::string::npos) << said;
  int known = 0;
  for (std::string line; std::getline(answers, line);) {
    const auto answer = nlohmann::json::parse(line, nullptr, false);
    ASSERT_TRUE(answer.is_object()) << line;
    EXPECT_EQ(answer["model"], 1);
    known += answer["label"] == "Quiet" || answer["label"] == "Other" ? 1 : 0;
  }
  EXPECT_GT(known, 0);
}

TEST(LiveCommands, ABrokerThatIsNotThereIsNamed) {
  const support::TempProject project;

  testing::internal::CaptureStderr();
  const int recorded =
      recordCommand({project.file().string(), "--broker", "gopher://nowhere", "--label", "Quiet"});
  const int alone = recordCommand({project.file().string(), "--user", "me", "--label", "Quiet"});
  const std::string said = testing::internal::GetCapturedStderr();

  EXPECT_EQ(recorded, 1);
  EXPECT_EQ(alone, 1);
  EXPECT_NE(said.find("gopher"), std::string::npos) << said;
  EXPECT_NE(said.find("need --broker"), std::string::npos) << said;
}

}  // namespace
}  // namespace app
