#include "app/check_rival.h"

namespace app {

base::Result<CheckRival> askRival(const CheckReport& report, const CheckInput& input,
                                  const FormerModel& former,
                                  const learners::TrainingContext& context) {
  const learners::Dataset& data = *input.data;
  const std::string name = "model " + std::to_string(former.version);
  std::vector<std::uint8_t> known(data.rows());
  for (std::size_t row = 0; row < data.rows(); ++row) {
    known[row] = former.learnt.contains(data.content().unit[row]) ? 1 : 0;
  }
  const auto exam =
      learners::prepareExam(data, *former.ensemble, *input.learners, context, {.known = known});
  if (!exam) return exam.error();
  const learners::ExamAnswers said = learners::askExam(*exam, data);
  CheckRival rival{.ensembleHash = former.hash, .version = former.version, .windows = {}};
  // Both were asked row by row in the order of the dataset.
  std::size_t at = 0;
  for (std::size_t i = 0; i < said.answers.rows(); ++i) {
    const std::size_t row = said.answers.row[i];
    while (at < report.windows.size() && report.answers->row[at] < row) ++at;
    if (at == report.windows.size()) break;
    if (report.answers->row[at] != row) continue;
    CheckedWindow window = report.windows[at];
    window.said = said.state[i] == learners::PredictionState::Novel    ? CheckedWindow::kNotKnown
                  : said.state[i] == learners::PredictionState::NoData ? CheckedWindow::kNoData
                                                                       : said.answers.said[i];
    window.certainty = said.answers.certainty[i];
    window.novelty = said.novelty[i];
    window.byGate = said.byGate[i] != 0;
    rival.windows.push_back(window);
    rival.of.push_back(at);
  }
  if (rival.windows.empty()) {
    return base::Error{base::ErrorCode::NotFound,
                       "Of what " + name + " had learnt too little is left to compare it."};
  }
  return rival;
}

}  // namespace app
