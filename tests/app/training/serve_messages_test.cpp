#include "app/training/serve_messages.h"

#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "hubs/codec.h"
#include "tests/app/training/training_house.h"

namespace app {
namespace {

learners::Prediction somePrediction() {
  learners::Prediction prediction;
  prediction.span = {{5}, {7}};
  prediction.state = learners::PredictionState::Novel;
  prediction.stage = learners::Stage::Gate;
  prediction.label = 1;
  prediction.voted = 0;
  prediction.probabilities = {0.1F, 0.7F, std::numeric_limits<float>::denorm_min()};
  prediction.memberLabel = {0, 1, 1, 2};
  prediction.certainty = 1.0F / 3;
  prediction.calibrated = true;
  prediction.disagreement = 0.3F;
  prediction.novelty = 0.9F;
  prediction.imputed = true;
  return prediction;
}

TEST(ServeMessages, AQuestionComesBackAsItWas) {
  const ServeRequest request{.hash = "ab",
                             .schema = "cd",
                             .span = {{-3}, {1'700'000'000'000'000'001}},
                             .values = {1.5F, -0.0F, 3e38F},
                             .missing = {0, 1, 0}};

  const auto read = decodeServeRequest(encode(request));

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->hash, "ab");
  EXPECT_EQ(read->schema, "cd");
  EXPECT_EQ(read->span, request.span);
  EXPECT_EQ(read->values, request.values);
  EXPECT_EQ(read->missing, request.missing);
}

TEST(ServeMessages, AnAnswerComesBackBitForBit) {
  auto wanted = somePrediction();

  auto read = decodeAnswer(encodeAnswer(wanted, "ab", 120));

  ASSERT_TRUE(read) << read.error().message;
  wanted.span = {};  // the one who asked knows it
  training::expectSameBits(*read, wanted);
}

TEST(ServeMessages, ARefusalKeepsItsCodeAndSentence) {
  const auto read =
      decodeAnswer(encodeAnswer(base::Error{base::ErrorCode::Refused, "another model serves"}));

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, base::ErrorCode::Refused);
  EXPECT_EQ(read.error().message, "another model serves");
}

TEST(ServeMessages, AMaskOfAnotherLengthAndLabelsThatAreNotThereAreRefused) {
  ServeRequest request{.hash = "a", .schema = "b", .values = {1, 2}, .missing = {1}};
  auto answer = *hubs::parseCbor(encodeAnswer(somePrediction(), "ab", 1));
  answer["label"] = 3;

  EXPECT_FALSE(decodeServeRequest(encode(request)));
  EXPECT_FALSE(decodeAnswer(hubs::toCbor(answer)));
}

TEST(ServeMessages, MutatedBytesNeverDoHarm) {
  const base::Bytes question =
      encode(ServeRequest{.hash = "a", .schema = "b", .values = {1, 2}, .missing = {1, 0}});
  const base::Bytes answer = encodeAnswer(somePrediction(), "ab", 1);
  std::mt19937 random(5);

  for (int i = 0; i < 2000; ++i) {
    for (base::Bytes bytes : {question, answer}) {
      bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
      bytes.resize(bytes.size() - random() % 3);
      const auto request = decodeServeRequest(bytes);
      if (request && !request->missing.empty()) {
        EXPECT_EQ(request->missing.size(), request->values.size());
      }
      const auto prediction = decodeAnswer(bytes);
      if (prediction) {
        EXPECT_LT(prediction->label, static_cast<int>(prediction->probabilities.size()));
      }
    }
  }
}

}  // namespace
}  // namespace app
