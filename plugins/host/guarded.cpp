#include "plugins/host/guarded.h"

#include <algorithm>
#include <atomic>
#include <limits>

#include "sensors/base/log.h"

namespace plugins {

namespace {

/// After its first exception it tells nothing any more.
class GuardedExtractor final : public sensors::FeatureExtractor {
 public:
  GuardedExtractor(std::string plugin, sensors::FeatureExtractorPtr inner)
      : plugin_(std::move(plugin)),
        inner_(std::move(inner)),
        id_(inner_->id()),
        features_(inner_->features()) {}

  std::string id() const override { return id_; }
  const std::vector<sensors::Feature>& features() const override { return features_; }
  void extract(const sensors::Window& window, std::span<float> out) const override {
    if (!broken_) {
      const auto done = guarded(plugin_, [&] { inner_->extract(window, out); });
      if (done) return;
      if (!broken_.exchange(true)) base::logError(done.error().message);
    }
    std::fill(out.begin(), out.end(), std::numeric_limits<float>::quiet_NaN());
  }

 private:
  const std::string plugin_;
  const sensors::FeatureExtractorPtr inner_;
  const std::string id_;
  const std::vector<sensors::Feature> features_;
  mutable std::atomic<bool> broken_ = false;
};

/// Answers evenly after its first exception.
class GuardedModel final : public learners::Model {
 public:
  GuardedModel(std::string plugin, std::string kind, learners::ModelPtr inner)
      : plugin_(std::move(plugin)),
        kind_(std::move(kind)),
        inner_(std::move(inner)),
        features_(inner_->features()),
        labels_(inner_->labelCount()) {}

  std::string_view kind() const override { return kind_; }
  std::size_t features() const override { return features_; }
  std::size_t labelCount() const override { return labels_; }
  void predict(std::span<const float> row, std::span<float> p) const override {
    if (!broken_) {
      const auto done = guarded(plugin_, [&] { inner_->predict(row, p); });
      if (done) return;
      if (!broken_.exchange(true)) base::logError(done.error().message);
    }
    std::fill(p.begin(), p.end(), 1.F / static_cast<float>(std::max<std::size_t>(labels_, 1)));
  }
  void save(learners::ByteWriter& out) const override {
    if (const auto done = guarded(plugin_, [&] { inner_->save(out); }); !done) {
      base::logError(done.error().message);
    }
  }

 private:
  const std::string plugin_;
  const std::string kind_;
  const learners::ModelPtr inner_;
  const std::size_t features_;
  const std::size_t labels_;
  mutable std::atomic<bool> broken_ = false;
};

class GuardedLearner final : public learners::Learner {
 public:
  GuardedLearner(std::string plugin, learners::LearnerPtr inner)
      : plugin_(std::move(plugin)),
        inner_(std::move(inner)),
        id_(inner_->id()),
        title_(inner_->title()),
        specs_(inner_->paramSpecs()) {}

  std::string id() const override { return id_; }
  std::string title() const override { return title_; }
  std::vector<base::ParamSpec> paramSpecs() const override { return specs_; }
  base::Result<learners::ModelPtr> train(const learners::Dataset& data, const base::Params& params,
                                         const learners::TrainingContext& context) const override {
    return made([&] { return inner_->train(data, params, context); });
  }
  base::Result<learners::ModelPtr> load(learners::ByteReader& in) const override {
    return made([&] { return inner_->load(in); });
  }

 private:
  template <class Make>
  base::Result<learners::ModelPtr> made(const Make& make) const {
    base::Result<learners::ModelPtr> result(base::Error{});
    const auto done = guarded(plugin_, [&] {
      result = make();
      if (result && *result) {
        result = learners::ModelPtr(std::make_shared<GuardedModel>(plugin_, id_, *result));
      } else if (result) {
        result =
            base::Error{base::ErrorCode::Internal, "The plugin " + plugin_ + " made no model."};
      }
    });
    return done ? result : base::Result<learners::ModelPtr>(done.error());
  }

  const std::string plugin_;
  const learners::LearnerPtr inner_;
  const std::string id_;
  const std::string title_;
  const std::vector<base::ParamSpec> specs_;
};

}  // namespace

sensors::ExtractorFactory guardedExtractor(const std::string& plugin,
                                           sensors::ExtractorFactory factory) {
  return [plugin, factory = std::move(factory)](
             const sensors::SourceInfo& source,
             const sensors::WindowSpec& window) -> base::Result<sensors::FeatureExtractorPtr> {
    base::Result<sensors::FeatureExtractorPtr> made(base::Error{});
    const auto done = guarded(plugin, [&] {
      made = factory(source, window);
      if (made && *made) {
        made = sensors::FeatureExtractorPtr(std::make_shared<GuardedExtractor>(plugin, *made));
      } else if (made) {
        made = base::Error{base::ErrorCode::Internal, "The plugin " + plugin + " made nothing."};
      }
    });
    if (!done) return done.error();
    return made;
  };
}

learners::LearnerPtr guardedLearner(const std::string& plugin, learners::LearnerPtr learner) {
  return std::make_shared<GuardedLearner>(plugin, std::move(learner));
}

}  // namespace plugins
