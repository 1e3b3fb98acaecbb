#include "app/past_mistakes.h"

#include <algorithm>
#include <map>

namespace app {

namespace {

constexpr std::size_t kMostAnswers = 400;  // looked at per correction

bool isCorrection(const learners::Demonstration& d) {
  return d.origin == learners::Origin::Correction || d.origin == learners::Origin::Missed;
}

}  // namespace

PastMistake mistakeOf(const learners::Demonstration& correction,
                      const std::vector<PastPrediction>& answers) {
  struct Said {
    int times = 0;
    double certainty = 0;
  };
  std::map<std::string, Said> known;
  PastMistake mistake{
      .example = correction.id, .label = correction.label, .span = correction.span};
  for (const PastPrediction& answer : answers) {
    if (!answer.span.overlaps(correction.span)) continue;
    mistake.version = std::max(mistake.version, answer.version);
    if (answer.state != learners::PredictionState::Known) continue;
    Said& said = known[answer.label];
    ++said.times;
    said.certainty += static_cast<double>(answer.certainty);
  }
  const auto most = std::max_element(known.begin(), known.end(), [](const auto& a, const auto& b) {
    return a.second.times < b.second.times;
  });
  if (most != known.end()) {
    mistake.said = most->first;
    mistake.certainty = static_cast<float>(most->second.certainty / most->second.times);
  }
  return mistake;
}

std::vector<PastMistake> mistakesIn(const ProjectStore& store, std::size_t most) {
  auto corrections = store.demonstrations();
  if (!corrections) return {};
  std::erase_if(*corrections, [](const auto& d) { return !isCorrection(d); });
  std::sort(corrections->begin(), corrections->end(),
            [](const auto& a, const auto& b) { return a.span.end > b.span.end; });
  if (corrections->size() > most) corrections->resize(most);
  std::vector<PastMistake> all;
  for (const learners::Demonstration& correction : *corrections) {
    const auto answers = store.predictions(correction.span, kMostAnswers);
    if (answers) all.push_back(mistakeOf(correction, *answers));
  }
  return all;
}

}  // namespace app
