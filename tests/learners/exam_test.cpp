#include "learners/exam.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "learners/ensemble_training.h"
#include "learners/held_out_plan.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

LearnerMap twoLearners() { return {{"logistic", makeLogistic()}, {"knn", makeKnn()}}; }

EnsemblePtr trained(const Dataset& data) {
  const auto made =
      trainEnsemble(data, {.learners = {"logistic", "knn"}}, twoLearners(), {.seed = 1});
  EXPECT_TRUE(made.ok());
  return made->ensemble;
}

TEST(Exam, AsksEveryRecordingOfModelsThatNeverLearntFromIt) {
  const auto data = support::blobs({.background = true});

  const auto exam = prepareExam(*data, *trained(*data), twoLearners(), {.seed = 1});

  ASSERT_TRUE(exam.ok());
  EXPECT_TRUE(exam->byRecording);
  EXPECT_EQ(exam->rows().size(), data->rows());
  for (const Examiner& one : exam->examiners) {
    const std::set<std::size_t> asked(one.rows.begin(), one.rows.end());
    std::vector<std::size_t> learnt;
    std::set<std::int64_t> groups;
    for (std::size_t row = 0; row < data->rows(); ++row) {
      if (asked.contains(row)) {
        groups.insert(data->content().group[row]);
      } else {
        learnt.push_back(row);
      }
    }
    for (const std::size_t row : learnt) EXPECT_FALSE(groups.contains(data->content().group[row]));
    EXPECT_EQ(one.ensemble->content().datasetHash, data->subset(learnt)->hash());
  }
}

TEST(Exam, FoldsLearnOnlyFromWhatIsKnownAndAskAboutTheSameRows) {
  const auto data = support::blobs({.background = true});
  const auto like = trained(*data);
  const auto all = prepareExam(*data, *like, twoLearners(), {.seed = 1});
  std::vector<std::uint8_t> known(data->rows());
  for (std::size_t row = 0; row < data->rows(); ++row) {
    known[row] = data->content().unit[row] % 2 == 0 ? 1 : 0;
  }

  const auto half = prepareExam(*data, *like, twoLearners(), {.seed = 1}, {.known = known});

  ASSERT_TRUE(all.ok());
  ASSERT_TRUE(half.ok());
  EXPECT_EQ(half->rows(), all->rows());
  for (const Examiner& one : half->examiners) {
    std::vector<std::size_t> learnt;
    for (std::size_t row = 0; row < data->rows(); ++row) {
      const bool asked = std::binary_search(one.rows.begin(), one.rows.end(), row);
      if (!asked && known[row] != 0) learnt.push_back(row);
    }
    EXPECT_EQ(one.ensemble->content().datasetHash, data->subset(learnt)->hash());
  }
}

TEST(Exam, FoldsThatKnowOneLabelAloneAskAboutNothing) {
  const auto data = support::blobs({.background = true});
  std::vector<std::uint8_t> known(data->rows());
  for (std::size_t row = 0; row < data->rows(); ++row) known[row] = data->label(row) == 0 ? 1 : 0;

  const auto exam =
      prepareExam(*data, *trained(*data), twoLearners(), {.seed = 1}, {.known = known});

  ASSERT_TRUE(exam.ok());
  EXPECT_TRUE(exam->rows().empty());
  EXPECT_EQ(askExam(*exam, *data).answers.rows(), 0U);
}

TEST(Exam, AnswersAsTheModelInServiceWould) {
  const auto data = support::blobs({.distance = 8, .background = true});
  const auto like = trained(*data);
  const auto exam = prepareExam(*data, *like, twoLearners(), {.seed = 1}).value();

  const ExamAnswers said = askExam(exam, *data);

  EXPECT_GT(accuracyInterval(said.answers).value, 0.95);
  const Examiner& first = exam.examiners.front();
  const std::size_t row = first.rows.front();
  const Prediction own = first.ensemble->predict(data->row(row), data->missing(row));
  const auto at = std::find(said.answers.row.begin(), said.answers.row.end(), row);
  const auto i = static_cast<std::size_t>(at - said.answers.row.begin());
  EXPECT_EQ(said.answers.certainty[i], own.certainty);
  EXPECT_EQ(said.state[i], own.state);
  EXPECT_EQ(said.byGate[i] != 0, own.stage == Stage::Gate);
  EXPECT_EQ(first.ensemble->content().limits, like->content().limits);
  for (std::size_t j = 0; j < said.answers.rows(); ++j) {
    EXPECT_TRUE(said.byGate[j] == 0 || said.state[j] == PredictionState::Background);
  }
}

TEST(Exam, TellsWhatNobodyShowedFromWhatIsKnown) {
  const auto data = support::blobs({.distance = 8});
  const auto exam = prepareExam(*data, *trained(*data), twoLearners(), {.seed = 1}).value();
  auto content = data->content();
  for (std::size_t i = 0; i < content.values.size(); ++i) content.values[i] -= 60;  // far away

  const ExamAnswers said = askExam(exam, *support::made(content));

  for (const PredictionState state : said.state) EXPECT_EQ(state, PredictionState::Novel);
}

TEST(Exam, AsksOnlyAboutTheRowsItIsToldTo) {
  const auto data = support::blobs();
  const auto exam = prepareExam(*data, *trained(*data), twoLearners(), {.seed = 1}).value();
  std::vector<std::uint8_t> only(data->rows(), 0);
  only[3] = only[7] = 1;

  EXPECT_EQ(askExam(exam, *data, only).answers.row, (std::vector<std::size_t>{3, 7}));
}

TEST(Exam, HasNobodyToAskWhereOneDemonstrationOfEachIsAllThereIs) {
  const auto data = support::blobs({.groups = 1, .rowsPerGroup = 20});

  const auto exam = prepareExam(*data, *trained(*data), twoLearners(), {.seed = 1});

  ASSERT_TRUE(exam.ok());
  EXPECT_TRUE(exam->examiners.empty());
  EXPECT_FALSE(exam->byRecording);
}

TEST(Exam, IsStoppedOnRequest) {
  const auto data = support::blobs();
  std::stop_source stop;
  stop.request_stop();

  const auto exam =
      prepareExam(*data, *trained(*data), twoLearners(), {.seed = 1, .stop = stop.get_token()});

  ASSERT_FALSE(exam.ok());
  EXPECT_EQ(exam.error().code, base::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace learners
