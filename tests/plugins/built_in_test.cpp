#include "plugins/host/built_in.h"

#include <gtest/gtest.h>

namespace {

TEST(BuiltIn, EveryLearnerIsListedUnderItsOwnId) {
  for (const auto& [id, learner] : plugins::builtIn().learners) {
    EXPECT_EQ(learner->id(), id);
    EXPECT_FALSE(learner->title().empty());
  }
}

TEST(BuiltIn, EveryKindOfSourceHasAnExtractorThatIsListed) {
  const plugins::Registry registry = plugins::builtIn();
  const sensors::WindowSpec window;

  for (const auto kind :
       {sensors::SourceKind::Motion, sensors::SourceKind::Audio, sensors::SourceKind::Slow,
        sensors::SourceKind::Features, sensors::SourceKind::Picture}) {
    const sensors::SourceInfo source{.id = "node/stream",
                                     .kind = kind,
                                     .channels = {{"x", "1"}},
                                     .rate = kind == sensors::SourceKind::Audio ? 16000. : 10.};
    const auto found = registry.extractors.find(sensors::defaultExtractor(source));

    ASSERT_NE(found, registry.extractors.end()) << sensors::toText(kind);
    EXPECT_TRUE(found->second(source, window)) << sensors::toText(kind);
  }
}

}  // namespace
