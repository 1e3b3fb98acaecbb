#pragma once
// What holds for every learner. A new learner's test calls expectHonoursLearnerContract().

#include <gtest/gtest.h>
#include <numeric>
#include <random>
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

/// Asked while it trains, it stops; a learner that reports no progress is stopped before it begins.
inline void expectStopsWhileItTrains(const learners::Learner& learner) {
  const auto data = blobs({.labels = 4, .rowsPerGroup = 30, .distance = 1});
  std::stop_source stop;
  bool asked = false;
  const auto model = learner.train(*data, base::Params(learner.paramSpecs()),
                                   {.seed = 1, .stop = stop.get_token(), .progress = [&](double) {
                                      asked = true;
                                      stop.request_stop();
                                    }});
  if (!asked) return;
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, base::ErrorCode::Cancelled);
}

/// Cut and altered bytes are refused or make a model that can be asked.
inline void expectSurvivesDamagedBytes(const learners::Learner& learner) {
  const auto data = blobs({.labels = 3, .features = 3, .groups = 2, .rowsPerGroup = 2});
  const auto whole = saved(*trained(learner, *data));
  std::mt19937_64 random(11);
  for (int damage = 0; damage < 10000; ++damage) {
    auto bytes = whole;
    const int changes = 1 + static_cast<int>(random() % 3);
    for (int change = 0; change < changes; ++change) {
      // The front holds the sizes that a reader believes.
      const std::size_t reach =
          random() % 2 == 0 ? bytes.size() : std::min<std::size_t>(64, bytes.size());
      bytes[random() % reach] = static_cast<std::uint8_t>(random());
    }
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    learners::ByteReader in(bytes);
    const auto model = learner.load(in);
    if (!model) {
      ASSERT_EQ(model.error().code, base::ErrorCode::Corrupt);
      continue;
    }
    if ((*model)->features() > 1000) continue;
    const std::vector<float> row((*model)->features(), 1.0F);
    std::vector<float> p((*model)->labelCount());
    (*model)->predict(row, p);
    (*model)->predictBatch(row, p);
  }
}

/// Trains, and what it then says are probabilities, for rows it knows and for rows far off.
inline learners::ModelPtr expectCopes(const learners::Learner& learner,
                                      learners::DatasetContent content, const char* with) {
  SCOPED_TRACE(with);
  const auto data = made(std::move(content));
  auto model = trained(learner, *data);
  if (!model) return nullptr;
  auto p = answers(*model, *data);
  std::vector<float> far(data->features());
  for (std::size_t f = 0; f < far.size(); ++f) far[f] = f % 2 == 0 ? 1e4F : -1e4F;
  p.resize(p.size() + model->labelCount());
  model->predict(far, std::span(p).last(model->labelCount()));
  for (std::size_t i = 0; i < p.size(); i += model->labelCount()) {
    double sum = 0;
    for (std::size_t c = 0; c < model->labelCount(); ++c) {
      EXPECT_GE(p[i + c], 0);
      sum += p[i + c];
    }
    EXPECT_NEAR(sum, 1, 1e-3);
  }
  return model;
}

inline void expectCopesWithOddData(const learners::Learner& learner) {
  auto constant = blobContent({.features = 4});
  for (std::size_t i = 0; i < constant.values.size(); i += 4) {
    constant.values[i + 3] = 0;
    constant.values[i + 2] = constant.values[i + 1];
  }
  expectCopes(learner, constant, "constant and repeated columns");
  auto nothing = blobContent({.features = 2});
  std::fill(nothing.values.begin(), nothing.values.end(), 0.0F);
  expectCopes(learner, nothing, "nothing but zeros");
  expectCopes(learner, blobContent({.groups = 1, .rowsPerGroup = 1}), "one row of each label");
  auto twice = blobContent({.labels = 2, .rowsPerGroup = 4, .distance = 0});
  const std::size_t half = twice.values.size() / 2;
  std::copy_n(twice.values.begin(), half, twice.values.begin() + static_cast<std::ptrdiff_t>(half));
  expectCopes(learner, twice, "equal rows with different labels");
  auto huge = blobContent({});
  for (float& value : huge.values) value *= 1e6F;
  const auto model = expectCopes(learner, huge, "huge values");
  ASSERT_TRUE(model);

  const Blobs many{.labels = 50, .features = 60, .groups = 3, .rowsPerGroup = 3, .distance = 20};
  const auto of50 = trained(learner, *blobs(many));
  EXPECT_GE(accuracy(*of50, *blobs(many)), 0.9) << "50 labels";
  const Blobs wide{.labels = 3, .features = 400, .groups = 3, .rowsPerGroup = 2, .distance = 30};
  const auto ofWide = trained(learner, *blobs(wide));
  EXPECT_GE(accuracy(*ofWide, *blobs(wide)), 0.99) << "more features than rows";
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
  expectStopsWhileItTrains(learner);
  expectSurvivesDamagedBytes(learner);
  expectCopesWithOddData(learner);
}

}  // namespace support
