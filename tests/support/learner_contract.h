#pragma once
// What holds for every learner. A new learner's test calls expectHonoursLearnerContract().

#include <gtest/gtest.h>
#include <numeric>
#include <thread>

#include "learners/learner.h"
#include "tests/support/blobs.h"

namespace support {

inline learners::ModelPtr trained(const learners::Learner& learner, const learners::Dataset& data,
                                  std::uint64_t seed = 7) {
  auto model = learner.train(data, base::Params(learner.paramSpecs()), {.seed = seed, .stop = {}});
  EXPECT_TRUE(model.ok()) << (model.ok() ? "" : model.error().message);
  return model.ok() ? *model : nullptr;
}

inline base::Bytes saved(const learners::Model& model) {
  learners::ByteWriter out;
  model.save(out);
  return out.take();
}

inline std::vector<float> answers(const learners::Model& model, const learners::Dataset& data) {
  std::vector<float> p(data.rows() * model.labelCount());
  for (std::size_t i = 0; i < data.rows(); ++i) {
    model.predict(data.row(i), std::span(p).subspan(i * model.labelCount(), model.labelCount()));
  }
  return p;
}

inline double accuracy(const learners::Model& model, const learners::Dataset& data) {
  const auto p = answers(model, data);
  std::size_t right = 0;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const auto begin = p.begin() + static_cast<std::ptrdiff_t>(i * model.labelCount());
    const auto top =
        std::max_element(begin, begin + static_cast<std::ptrdiff_t>(model.labelCount()));
    if (top - begin == data.label(i)) ++right;
  }
  return static_cast<double>(right) / static_cast<double>(data.rows());
}

inline void expectLearnsAnEasyProblem(const learners::Learner& learner) {
  const auto model = trained(learner, *blobs({.seed = 1}));
  ASSERT_TRUE(model);
  EXPECT_EQ(model->kind(), learner.id());
  EXPECT_GE(accuracy(*model, *blobs({.seed = 2})), 0.95);

  const auto two = trained(learner, *blobs({.labels = 2, .seed = 1}));
  EXPECT_GE(accuracy(*two, *blobs({.labels = 2, .seed = 2})), 0.95);
}

inline void expectProbabilities(const learners::Learner& learner) {
  const auto model = trained(learner, *blobs({.labels = 5, .distance = 2}));
  const auto p = answers(*model, *blobs({.labels = 5, .distance = 2, .seed = 3}));
  for (std::size_t i = 0; i < p.size(); i += 5) {
    EXPECT_NEAR(std::accumulate(p.begin() + static_cast<std::ptrdiff_t>(i),
                                p.begin() + static_cast<std::ptrdiff_t>(i + 5), 0.0),
                1, 1e-4);
  }
  for (const float value : p) {
    EXPECT_GE(value, 0);
    EXPECT_LE(value, 1);
  }
}

/// A label that was named and never shown is never the answer.
inline void expectUnseenLabelIsNotSaid(const learners::Learner& learner) {
  auto content = blobContent({});
  content.labels.insert(content.labels.begin(), {.id = 99, .name = "never shown"});
  for (auto& label : content.label) ++label;
  const auto data = made(std::move(content));

  const auto model = trained(learner, *data);

  EXPECT_EQ(model->labelCount(), 4);
  EXPECT_GE(accuracy(*model, *data), 0.95);
  const auto p = answers(*model, *data);
  for (std::size_t i = 0; i < p.size(); i += 4) EXPECT_LT(p[i], 0.1F);
}

inline void expectRepeatable(const learners::Learner& learner) {
  const auto data = blobs({.distance = 2});
  EXPECT_EQ(saved(*trained(learner, *data)), saved(*trained(learner, *data)));

  auto content = blobContent({.distance = 2});
  for (auto& label : content.labels) label.name += " by another name";
  EXPECT_EQ(saved(*trained(learner, *data)), saved(*trained(learner, *made(std::move(content)))));
}

inline void expectRefusals(const learners::Learner& learner) {
  const auto params = base::Params(learner.paramSpecs());
  const auto one = learner.train(*blobs({.labels = 1}), params, {});
  ASSERT_FALSE(one.ok());
  EXPECT_EQ(one.error().code, base::ErrorCode::InvalidArgument);

  std::stop_source stop;
  stop.request_stop();
  const auto stopped = learner.train(*blobs(), params, {.stop = stop.get_token()});
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, base::ErrorCode::Cancelled);
}

inline void expectSavesAndLoads(const learners::Learner& learner) {
  const auto data = blobs({.distance = 2});
  const auto model = trained(learner, *data);
  const auto bytes = saved(*model);

  learners::ByteReader in(bytes);
  const auto again = learner.load(in);

  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(in.atEnd());
  EXPECT_EQ(answers(**again, *data), answers(*model, *data));
  for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 97) {
    const std::span<const std::uint8_t> whole(bytes);
    learners::ByteReader truncated(whole.first(size));
    const auto refused = learner.load(truncated);
    ASSERT_FALSE(refused.ok()) << size << " of " << bytes.size() << " bytes";
    EXPECT_EQ(refused.error().code, base::ErrorCode::Corrupt);
  }
}

inline void expectBatchEqualsSingle(const learners::Learner& learner) {
  const auto data = blobs({.labels = 4, .features = 37, .rowsPerGroup = 19, .distance = 3});
  const auto model = trained(learner, *data);
  const auto one = answers(*model, *data);

  std::vector<float> batch(one.size());
  model->predictBatch(data->content().values, batch);

  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(batch[i], one[i], 1e-5);
}

inline void expectEightThreadsMayAsk(const learners::Learner& learner) {
  const auto data = blobs({.distance = 2});
  const auto model = trained(learner, *data);
  const auto expected = answers(*model, *data);
  std::vector<std::vector<float>> said(8);
  {
    std::vector<std::jthread> threads;
    for (auto& own : said)
      threads.emplace_back([&own, &model, &data] {
        for (int again = 0; again < 5; ++again) own = answers(*model, *data);
      });
  }
  for (const auto& own : said) EXPECT_EQ(own, expected);
}

inline void expectHonoursLearnerContract(const learners::Learner& learner) {
  EXPECT_FALSE(learner.title().empty());
  expectLearnsAnEasyProblem(learner);
  expectProbabilities(learner);
  expectUnseenLabelIsNotSaid(learner);
  expectRepeatable(learner);
  expectRefusals(learner);
  expectSavesAndLoads(learner);
  expectBatchEqualsSingle(learner);
  expectEightThreadsMayAsk(learner);
}

}  // namespace support
