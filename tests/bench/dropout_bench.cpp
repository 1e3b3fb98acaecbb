// What lost readings cost: people who were never seen do eighteen activities with a watch, and some
// of its readings do not arrive. Takes the folder of the WISDM watch recordings, gzip CSV per
// person: t_ms, three of acceleration, three of rotation, activity.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <map>
#include <random>

#include "learners/evaluation.h"
#include "sensors/frame.h"
#include "sensors/windower.h"
#include "tests/support/every_learner.h"
#include "tests/support/scripted_source.h"

namespace {

using std::chrono::seconds;

constexpr double kRate = 20;
constexpr std::size_t kTestPeople = 6;
constexpr sensors::WindowSpec kWindow{seconds(10), seconds(10)};

enum class Loss { None, Rows, Values, Bursts };

/// One stretch of one person's one activity.
struct Stretch {
  std::vector<float> values;  ///< [rows x 6]
  std::string activity;
  std::size_t person = 0;
};

std::vector<Stretch> read(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".gz") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Stretch> all;
  for (std::size_t person = 0; person < files.size(); ++person) {
    FILE* lines = popen(("zcat '" + files[person].string() + "'").c_str(), "r");
    if (!lines) continue;
    char line[256];
    long last = std::numeric_limits<long>::min();
    while (std::fgets(line, sizeof line, lines)) {
      long ms = 0;
      float v[6];
      char activity[16];
      if (std::sscanf(line, "%ld,%f,%f,%f,%f,%f,%f,%15s", &ms, v, v + 1, v + 2, v + 3, v + 4, v + 5,
                      activity) != 8) {
        continue;
      }
      if (all.empty() || all.back().person != person || all.back().activity != activity ||
          ms - last > 1000) {
        all.push_back({{}, activity, person});
      }
      all.back().values.insert(all.back().values.end(), v, v + 6);
      last = ms;
    }
    pclose(lines);
  }
  return all;
}

/// Which values do not arrive.
std::vector<std::uint8_t> lossOf(std::size_t rows, Loss loss, double share, std::mt19937& random) {
  std::vector<std::uint8_t> missing(rows * 6);
  if (loss == Loss::None) return {};
  std::bernoulli_distribution lost(share);
  constexpr std::size_t kBurst = 20;  // a second
  bool isLost = false;
  for (std::size_t row = 0; row < rows; ++row) {
    if (loss == Loss::Rows || (loss == Loss::Bursts && row % kBurst == 0)) isLost = lost(random);
    for (std::size_t c = 0; c < 6; ++c) {
      missing[row * 6 + c] = loss == Loss::Values ? lost(random) : isLost;
    }
  }
  return missing;
}

/// Windows that were too empty to be given at all are left out, and counted.
learners::DatasetPtr frame(const std::vector<Stretch>& stretches, bool test, std::size_t people,
                           Loss loss, double share, const std::map<std::string, int>& labelOf,
                           std::size_t& windows) {
  sensors::SourceInfo info{.id = "watch/imu", .name = "Watch", .kind = sensors::SourceKind::Motion};
  for (const char* c : {"ax", "ay", "az"}) info.channels.push_back({c, "m/s^2", 0, 0});
  for (const char* c : {"gx", "gy", "gz"}) info.channels.push_back({c, "rad/s", 0, 0});
  info.rate = kRate;
  const auto source = support::shared(info);
  const auto extractor = sensors::makeMotion(info, kWindow).value();
  const auto layout = sensors::makeLayout(info.id, *extractor);
  learners::DatasetContent content{.layout = *layout};
  content.labels.resize(labelOf.size());
  for (const auto& [name, index] : labelOf) content.labels[index] = {index + 1, name, index, -1};
  std::mt19937 random(5);
  std::int64_t group = 0;
  windows = 0;
  for (const Stretch& stretch : stretches) {
    ++group;
    if ((stretch.person + kTestPeople >= people) != test) continue;
    sensors::Windower windower(source, kWindow);
    const std::size_t rows = stretch.values.size() / 6;
    const auto block = support::block(source, base::Time{0}, stretch.values, 0,
                                      lossOf(rows, loss, share, random));
    auto cut = windower.push(block);
    const auto rest = windower.finish(block->end());
    cut.insert(cut.end(), rest.begin(), rest.end());
    windows += rows / static_cast<std::size_t>(kRate * base::toSeconds(kWindow.hop));
    for (const sensors::Window& window : cut) {
      const auto made = sensors::makeFrame(*extractor, layout, window);
      content.values.insert(content.values.end(), made->values.begin(), made->values.end());
      content.missing.insert(content.missing.end(), made->missing.begin(), made->missing.end());
      content.label.push_back(labelOf.at(stretch.activity));
      content.group.push_back(static_cast<std::int64_t>(stretch.person));
      content.unit.push_back(group);
    }
  }
  return learners::Dataset::make(std::move(content)).value();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: dropout_bench FOLDER [SHARE]\n", stderr);
    return 2;
  }
  const double share = argc > 2 ? std::atof(argv[2]) : 0.2;
  const auto stretches = read(argv[1]);
  if (stretches.empty()) return 1;
  const std::size_t people = stretches.back().person + 1;
  std::map<std::string, int> labelOf;
  for (const Stretch& stretch : stretches) labelOf.emplace(stretch.activity, 0);
  int next = 0;
  for (auto& [name, index] : labelOf) index = next++;

  std::size_t windows = 0;
  const auto train = frame(stretches, false, people, Loss::None, 0, labelOf, windows);
  learners::EnsembleRecipe recipe;
  recipe.learners = {"knn", "ridge", "random_forest"};
  const auto trained = learners::trainEnsemble(*train, recipe, support::everyLearner(), {});
  if (!trained) {
    std::fprintf(stderr, "%s\n", trained.error().message.c_str());
    return 1;
  }
  std::printf("%zu people, %zu activities, trained on %zu windows x %zu features of the first %zu\n",
              people, labelOf.size(), train->rows(), train->features(), people - kTestPeople);
  double whole = 0;
  const std::pair<Loss, const char*> losses[] = {{Loss::None, "nothing lost"},
                                                 {Loss::Rows, "rows lost at random"},
                                                 {Loss::Values, "values lost at random"},
                                                 {Loss::Bursts, "whole seconds lost at random"}};
  for (const auto& [loss, name] : losses) {
    const auto test = frame(stretches, true, people, loss, share, labelOf, windows);
    const auto made = learners::evaluate(*trained, *train, *test);
    if (loss == Loss::None) whole = made.accuracy;
    std::printf("%-30s %4.0f %%: accuracy %.3f, %+.1f points, %zu of %zu windows answered\n", name,
                loss == Loss::None ? 0 : 100 * share, made.accuracy,
                100 * (made.accuracy - whole), test->rows(), windows);
  }
  return 0;
}
