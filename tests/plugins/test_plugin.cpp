// A plugin for tests: an extractor that counts its rows, one that throws when it is made and one
// that throws when it is asked, a learner that throws, and a name that is taken already.

#include <stdexcept>

#include "plugins/sdk/entry.h"

#ifndef STAMP_SDK
#define STAMP_SDK plugins::kSdkVersion
#endif

namespace {

class Rows final : public sensors::FeatureExtractor {
 public:
  explicit Rows(bool throws) : throws_(throws) {}
  std::string id() const override { return "rows"; }
  const std::vector<sensors::Feature>& features() const override { return features_; }
  void extract(const sensors::Window& window, std::span<float> out) const override {
    if (throws_) throw std::runtime_error("the rows ran away");
    out[0] = static_cast<float>(window.samples.rows);
  }

 private:
  const bool throws_;
  const std::vector<sensors::Feature> features_ = {{"rows", "1", 1}};
};

class Thrower final : public learners::Learner {
 public:
  std::string id() const override { return "thrower"; }
  std::string title() const override { return "Thrower"; }
  std::vector<base::ParamSpec> paramSpecs() const override { return {}; }
  base::Result<learners::ModelPtr> train(const learners::Dataset&, const base::Params&,
                                         const learners::TrainingContext&) const override {
    throw 7;
  }
  base::Result<learners::ModelPtr> load(learners::ByteReader&) const override {
    throw std::runtime_error("no");
  }
};

constexpr plugins::PluginStamp kStamp{STAMP_SDK, plugins::kCompiler};

}  // namespace

extern "C" MIMOSA_PLUGIN_EXPORT const plugins::PluginStamp* mimosa_plugin_stamp() {
  return &kStamp;
}

extern "C" MIMOSA_PLUGIN_EXPORT void mimosa_plugin_register(plugins::Registry& registry,
                                                            plugins::Origins&, const char* folder) {
#ifdef THROWS_AT_ONCE
  throw std::runtime_error("not today");
#endif
  if (std::string(folder).empty()) throw std::runtime_error("no folder");
  const auto make = [](bool throws) {
    return [throws](const sensors::SourceInfo&,
                    const sensors::WindowSpec&) -> base::Result<sensors::FeatureExtractorPtr> {
      return sensors::FeatureExtractorPtr(std::make_shared<Rows>(throws));
    };
  };
  registry.extractors["rows"] = make(false);
  registry.extractors["runaway"] = make(true);
  registry.extractors["values"] = make(false);
  registry.extractors["unmakeable"] = [](const sensors::SourceInfo&, const sensors::WindowSpec&)
      -> base::Result<sensors::FeatureExtractorPtr> { throw std::runtime_error("cannot be made"); };
  registry.learners["thrower"] = std::make_shared<Thrower>();
}
