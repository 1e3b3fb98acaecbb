#include "app/headless/explanation_report.h"

#include <algorithm>
#include <cmath>

#include "app/headless/printed.h"

namespace app {
namespace {

using learners::Explanation;
using nlohmann::json;

constexpr std::size_t kMostFamilies = 3;
constexpr double kLeastShare = 0.02;

/// One sentence, as printf makes it.
template <class... Values>
std::string sentence(const char* format, const Values&... values) {
  char text[600];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  }
  return text;
}

std::vector<std::string> sentencesOf(const ExplainedMoment& moment,
                                     const learners::Explainer& explainer,
                                     const std::vector<learners::Label>& labels,
                                     const ExampleNames& names) {
  const Explanation& made = moment.explanation;
  std::vector<std::string> said;
  if (made.said.label < 0) return {"Too much of this moment is missing to say anything."};
  said.push_back(sentence("It says %.60s, certain to %.0f %%.",
                          labels[made.said.label].name.c_str(),
                          100 * static_cast<double>(made.said.certainty)));
  if (made.said.state == learners::PredictionState::Novel) {
    said.push_back("Nothing quite like it was ever shown.");
  }
  if (!made.near.empty()) {
    const auto same = std::count_if(made.near.begin(), made.near.end(),
                                    [&](const auto& one) { return one.label == made.said.label; });
    said.push_back(sentence("It is most like %.200s; of the %zu nearest examples %zu are %.60s.",
                            names.example(made.near[0].unit).c_str(), made.near.size(),
                            static_cast<std::size_t>(same), labels[made.said.label].name.c_str()));
  }
  std::vector<std::string> helped;
  std::vector<std::string> hindered;
  for (const learners::FamilyShare& share : made.families) {
    if (std::abs(share.share) < kLeastShare) break;
    auto& list = share.share > 0 ? helped : hindered;
    if (list.size() == kMostFamilies) continue;
    list.push_back(sentence("%.80s (%+.0f points)", explainer.families()[share.family].name.c_str(),
                            100 * share.share));
  }
  if (!helped.empty()) said.push_back("What made it sure: " + joined(helped) + ".");
  if (!hindered.empty()) said.push_back("What spoke against it: " + joined(hindered) + ".");
  const auto loudest =
      std::max_element(moment.windows.begin(), moment.windows.end(),
                       [](const auto& a, const auto& b) { return a.share < b.share; });
  if (loudest != moment.windows.end() && loudest->share > kLeastShare) {
    said.push_back(sentence("Of the seconds around it, those from %.1f to %.1f s say it loudest.",
                            base::toSeconds(loudest->span.begin - moment.begin),
                            base::toSeconds(loudest->span.end - moment.begin)));
  }
  std::vector<std::string> against;
  for (const learners::MemberSay& member : made.members) {
    if (member.agrees) continue;
    against.push_back(sentence("%s says %.60s (weight %.0f %%)", member.learner.c_str(),
                               labels[member.label].name.c_str(),
                               100 * static_cast<double>(member.weight)));
  }
  said.push_back(against.empty() ? sentence("All %zu models agree.", made.members.size())
                                 : joined(against) + "; the others agree.");
  if (moment.wasLearntFrom) {
    said.push_back("This moment was learnt from, so its certainty says little.");
  }
  return said;
}

}  // namespace

Report toReport(const ExplainedMoment& moment, const learners::Explainer& explainer,
                const std::vector<learners::Label>& labels, const ExampleNames& names) {
  const Explanation& made = moment.explanation;
  Report report;
  json& out = report.json;
  out["sentences"] = sentencesOf(moment, explainer, labels, names);
  for (const json& one : out["sentences"]) report.text += one.get<std::string>() + "\n";
  const auto nameOf = [&](int label) { return label < 0 ? json() : json(labels[label].name); };
  out["label"] = nameOf(made.said.label);
  out["certainty"] = made.said.certainty;
  out["disagreement"] = made.said.disagreement;
  out["novelty"] = made.said.novelty;
  out["baseline"] = made.baseline;
  out["learnt_from"] = moment.wasLearntFrom;
  out["milliseconds"] = moment.milliseconds;
  out["near"] = json::array();
  for (const learners::NearDemonstration& one : made.near) {
    json entry = names.toJson(one.unit);
    entry["label"] = nameOf(one.label);
    entry["distance"] = one.distance;
    out["near"].push_back(std::move(entry));
  }
  out["features"] = json::array();
  for (const learners::FamilyShare& share : made.families) {
    out["features"].push_back({{"features", explainer.families()[share.family].name},
                               {"count", explainer.families()[share.family].features.size()},
                               {"share", share.share}});
  }
  out["windows"] = json::array();
  for (const learners::SpanShare& window : moment.windows) {
    out["windows"].push_back({{"from", base::toSeconds(window.span.begin - moment.begin)},
                              {"to", base::toSeconds(window.span.end - moment.begin)},
                              {"certainty", window.certainty},
                              {"share", window.share}});
  }
  out["members"] = json::array();
  for (const learners::MemberSay& member : made.members) {
    out["members"].push_back({{"learner", member.learner},
                              {"label", nameOf(member.label)},
                              {"weight", member.weight},
                              {"agrees", member.agrees}});
  }
  return report;
}

}  // namespace app
