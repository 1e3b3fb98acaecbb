#pragma once
// LessonProject: a project and all that lessons need around it, with recordings that a test or a
// benchmark makes up, each 10 s after the one before.

#include "app/lessons.h"
#include "plugins/host/built_in.h"
#include "sensors/source.h"
#include "tests/support/temp_project.h"

namespace support {

struct LessonProject {
  TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();
  base::SystemClock clock;
  plugins::Registry registry = plugins::builtIn();
  sensors::SourceTable sources;
  sensors::Tape tape;
  app::Recorder recorder{*store, sources, tape, clock, [] {}};
  app::Teaching teaching{*store, recorder, clock};
  app::DatasetBuilder builder{*store, registry};
  app::Director director{clock};
  base::Time next{1'000'000'000'000};

  /// A recording of one source, `step` from row to row.
  app::Recording keep(const sensors::SourceInfo& source, sensors::Samples samples,
                      base::Duration step) {
    app::Recording recording{
        .span = {next, next + step * static_cast<std::int64_t>(samples.rows)}};
    next += std::chrono::seconds(10);
    auto block = std::make_shared<sensors::Block>();
    block->source = std::make_shared<const sensors::SourceInfo>(source);
    block->start = recording.span.begin;
    block->step = step;
    block->content = std::move(samples);
    recording.id = store->addRecording(recording).value();
    EXPECT_TRUE(store->appendChunks(recording.id, {block}));
    return recording;
  }

  /// An example that fills a recording, as if it had just been given. The teaching is to be loaded
  /// anew.
  learners::Demonstration show(learners::LabelId label, const app::Recording& recording,
                               learners::Origin origin = learners::Origin::Person) {
    learners::Demonstration example{
        .label = label, .span = recording.span, .recording = recording.id, .origin = origin};
    example.id = store->addDemonstration(example).value();
    EXPECT_TRUE(teaching.edits().keep({app::AddExamples{{example}}, "recorded"}));
    return example;
  }
};

}  // namespace support
