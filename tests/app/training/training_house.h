#pragma once
// What the tests of training share: a folder of their own, learners that do as they are told, and
// a place where callbacks leave what they were given.

#include <condition_variable>
#include <filesystem>
#include <gtest/gtest.h>
#include <mutex>
#include <stdlib.h>

#include "app/training/trainer.h"
#include "plugins/host/built_in.h"
#include "tests/support/blobs.h"
#include "tests/support/wait_until.h"

namespace training {

/// A private folder that goes with this object.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "training-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Waits in train() until it is opened or told to stop, then does what the logistic learner does.
class GatedLearner final : public learners::Learner {
 public:
  std::string id() const override { return "gated"; }
  std::string title() const override { return "Gated"; }
  std::vector<base::ParamSpec> paramSpecs() const override { return {}; }
  base::Result<learners::ModelPtr> train(const learners::Dataset& data, const base::Params&,
                                         const learners::TrainingContext& context) const override {
    {
      std::unique_lock lock(mutex_);
      ++waiting_;
      changed_.wait(lock, context.stop, [this] { return open_; });
      --waiting_;
    }
    if (context.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "cancelled"};
    }
    return inner_->train(data, base::Params(inner_->paramSpecs()), context);
  }
  base::Result<learners::ModelPtr> load(learners::ByteReader& in) const override {
    return inner_->load(in);
  }
  void open() const {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }
  int waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }

 private:
  const learners::LearnerPtr inner_ = learners::makeLogistic();
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  mutable bool open_ = false;
  mutable int waiting_ = 0;
};

/// Collects what a trainer calls back. Thread-safe; must outlive the job.
class Outcome {
 public:
  app::TrainingCallbacks callbacks() {
    return {.progress =
                [this](const app::TrainingProgress& progress) {
                  const std::lock_guard lock(mutex_);
                  stages_.push_back(progress.stage);
                  if (progress.quick) quick_ = progress.quick;
                },
            .done =
                [this](base::Result<learners::TrainedEnsemble> result) {
                  const std::lock_guard lock(mutex_);
                  ++times_;
                  result_ = std::move(result);
                }};
  }
  bool wait(base::Duration patience = std::chrono::seconds(60)) {
    return support::waitUntil([this] { return times() > 0; }, patience);
  }
  int times() const {
    const std::lock_guard lock(mutex_);
    return times_;
  }
  base::Result<learners::TrainedEnsemble> result() const {
    const std::lock_guard lock(mutex_);
    return result_ ? *result_ : base::Error{base::ErrorCode::Internal, "nothing was called back"};
  }
  learners::EnsemblePtr quick() const {
    const std::lock_guard lock(mutex_);
    return quick_;
  }
  bool saw(const std::string& stage) const {
    const std::lock_guard lock(mutex_);
    return std::find(stages_.begin(), stages_.end(), stage) != stages_.end();
  }

 private:
  mutable std::mutex mutex_;
  int times_ = 0;
  std::optional<base::Result<learners::TrainedEnsemble>> result_;
  learners::EnsemblePtr quick_;
  std::vector<std::string> stages_;
};

inline learners::EnsembleRecipe quickRecipe() {
  learners::EnsembleRecipe recipe;
  recipe.learners = {"logistic", "knn"};
  return recipe;
}

inline app::TrainingJob job(std::int64_t fence, learners::DatasetPtr data = support::blobs(),
                            learners::EnsembleRecipe recipe = quickRecipe()) {
  app::TrainingJob made;
  made.epoch = 3;
  made.fence = fence;
  made.data = std::move(data);
  made.recipe = std::move(recipe);
  return made;
}

/// What training in this process gives; ends the test's sense if it fails.
inline learners::EnsemblePtr trainedHere(
    const app::TrainingJob& wanted,
    const learners::LearnerMap& learners = plugins::builtIn().learners) {
  const auto trained =
      learners::trainEnsemble(*wanted.data, wanted.recipe, learners,
                              {.seed = wanted.recipe.seed, .stop = {}, .progress = {}});
  if (!trained) {
    ADD_FAILURE() << trained.error().message;
    return nullptr;
  }
  return trained->ensemble;
}

/// Row `row` of `data` as a frame an ensemble trained on it can be asked about.
inline sensors::Frame frameOf(const learners::Dataset& data, std::size_t row) {
  const auto values = data.row(row);
  return {.span = {{1'000'000'000}, {2'000'000'000}},
          .layout = std::make_shared<sensors::FrameLayout>(data.content().layout),
          .values = {values.begin(), values.end()},
          .missing = std::vector<std::uint8_t>(values.size()),
          .newestArrival = {}};
}

inline void expectSameBits(const learners::Prediction& a, const learners::Prediction& b) {
  EXPECT_EQ(a.span, b.span);
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(a.stage, b.stage);
  EXPECT_EQ(a.label, b.label);
  EXPECT_EQ(a.voted, b.voted);
  EXPECT_EQ(a.probabilities, b.probabilities);  // as numbers: the same bits but for signed zeros
  EXPECT_EQ(a.memberLabel, b.memberLabel);
  EXPECT_EQ(a.certainty, b.certainty);
  EXPECT_EQ(a.calibrated, b.calibrated);
  EXPECT_EQ(a.disagreement, b.disagreement);
  EXPECT_EQ(a.novelty, b.novelty);
  EXPECT_EQ(a.imputed, b.imputed);
}

}  // namespace training
