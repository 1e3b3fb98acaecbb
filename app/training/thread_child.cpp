#include <chrono>
#include <cstring>
#include <mutex>
#include <new>
#include <unistd.h>

#include "app/training/adaptation_job.h"
#include "app/training/checkpoint_folder.h"
#include "app/training/files.h"
#include "app/training/messages.h"
#include "app/training/recipe_json.h"
#include "app/training/trainer.h"
#include "app/training/training_child.h"
#include "hubs/bus.h"

namespace app {
namespace {

/// Joining members make an ensemble better a little at a time; sending each would be more work than
/// they are worth.
constexpr std::chrono::seconds kBetweenQuick{2};

base::Result<void> trainFromFiles(const ChildJob& job, const learners::LearnerMap& learners,
                                  const ChildEvents& events, std::stop_token stop) {
  const auto bytes = readWhole(job.dataset);
  if (!bytes) return bytes.error();
  const auto recipeText = readWhole(job.recipe(), 64 * 1024);
  if (!recipeText) return recipeText.error();
  const auto recipe = recipeFromJson(std::string(recipeText->begin(), recipeText->end()), learners);
  if (!recipe) return recipe.error();
  const auto data = learners::Dataset::decode(*bytes);
  if (!data) return data.error();
  if (std::filesystem::exists(job.adapt())) {
    return adaptFromFiles(job, **data, *recipe, learners, stop);
  }

  CheckpointFolder checkpoints(job.checkpoints);
  base::Result<void> written;
  auto last = std::chrono::steady_clock::time_point::min();
  const auto onEnsemble = [&](const learners::EnsembleChange& change) {
    // The whole is written below, with its report.
    if (change.join.members == static_cast<int>(change.wanted)) return;
    const auto now = std::chrono::steady_clock::now();
    const bool first = change.join.members == 0;
    if (!first && now - last < kBetweenQuick) return;
    last = now;
    auto here = writeWhole(job.first(), change.ensemble->encode());
    if (here && events.first) events.first();
    if (first) written = std::move(here);
  };
  const learners::TrainingContext context{
      .seed = recipe->seed, .stop = stop, .progress = events.progress};
  const auto trained =
      learners::trainEnsemble(**data, *recipe, learners, context, onEnsemble, checkpoints.sink());
  if (!trained) return trained.error();
  if (!written) return written;
  written = writeWhole(job.ensemble(), trained->ensemble->encode());
  if (!written) return written;
  written = writeWhole(job.report(), hubs::toBytes(reportToJson(trained->report)));
  if (written) checkpoints.done();
  return written;
}

class ThreadChild final : public TrainingChild {
 public:
  explicit ThreadChild(const learners::LearnerMap& learners) : learners_(learners) {}

  std::optional<ChildFailure> run(const ChildJob& job, const ChildEvents& events,
                                  std::stop_token stop) override {
    const auto result = trainFromFiles(job, learners_, events, stop);
    if (result) return {};
    return ChildFailure{causeOf(result.error().code), result.error().message};
  }

 private:
  const learners::LearnerMap learners_;
};

/// Writes one line to the worker that started us, in one piece.
void sayLine(const std::string& line) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const std::string text = line + '\n';
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(STDOUT_FILENO, text.data() + done, text.size() - done);
    if (n <= 0) return;
    done += static_cast<std::size_t>(n);
  }
}

[[noreturn]] void outOfMemory() {
  constexpr char kLine[] = "failed oom the training needs more memory than it may have\n";
  [[maybe_unused]] const ssize_t n = ::write(STDOUT_FILENO, kLine, std::strlen(kLine));
  ::_exit(3);
}

}  // namespace

std::unique_ptr<TrainingChild> makeThreadChild(const learners::LearnerMap& learners) {
  return std::make_unique<ThreadChild>(learners);
}

int trainChildMain(const ChildJob& job, const learners::LearnerMap& learners) {
  std::set_new_handler(outOfMemory);
  int shown = -1;
  std::mutex mutex;
  const ChildEvents events{.progress =
                               [&](double done) {
                                 const std::lock_guard lock(mutex);
                                 const int percent = static_cast<int>(done * 100);
                                 if (percent == shown) return;
                                 shown = percent;
                                 sayLine("progress " + std::to_string(done));
                               },
                           .first = [] { sayLine("first"); }};
  const auto result = trainFromFiles(job, learners, events, {});
  if (!result) {
    std::string sentence = result.error().message;
    std::replace(sentence.begin(), sentence.end(), '\n', ' ');
    sayLine("failed " + causeOf(result.error().code) + ' ' + sentence);
    return 2;
  }
  sayLine("done");
  return 0;
}

}  // namespace app
