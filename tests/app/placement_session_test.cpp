// A rule chooses where the task learns and answers among two workers that are processes of their
// own; a person's own choice wins over it. And settings of a device on trial.

#include <gtest/gtest.h>

#include "tests/app/training/real_house.h"
#include "tests/support/broker_fixture.h"
#include "tests/support/home_session.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::live;
using support::waitUntil;

constexpr seconds kPatience(90);

struct TwoWorkers : testing::Test {
  support::TempFolder folder;
  support::BrokerHouse house;
  std::unique_ptr<training::Process> attic, nuc;
  std::unique_ptr<app::Session> session;

  std::unique_ptr<training::Process> worker(const char* id, const char* name, const char* place) {
    return std::make_unique<training::Process>(training::Words{
        (support::programsFolder() / "mimosa-worker").string(), "--broker",
        hubs::brokerUrl(house.options("worker")), "--user", house.options("worker").user,
        "--password-file", house.broker().passwordFile("worker").string(), "--id", id, "--name",
        name, "--place", place, "--folder", (folder.path() / id).string()});
  }
  void SetUp() override {
    attic = worker("attic", "Attic Pi", "house");
    nuc = worker("nuc", "NUC", "elsewhere");
    app::SessionOptions options = support::homeOptions(folder.path());
    options.broker = house.options("bench");
    options.startWorker = false;
    session = support::openSession(options);
    ASSERT_TRUE(session);
    ASSERT_TRUE(waitUntil([&] { return online("attic") && online("nuc"); }, kPatience))
        << support::describe(*session);
  }
  std::optional<app::WorkerView> view(const std::string& id) const {
    for (const app::WorkerView& w : session->snapshot()->workers) {
      if (w.id == id) return w;
    }
    return std::nullopt;
  }
  bool online(const std::string& id) const { return view(id) && view(id)->online; }
  app::Place answering() const { return session->snapshot()->placement.answering; }
  std::string answeredOn() const {
    const auto answer = session->latest();
    return answer && !answer->stale && answer->prediction.state != learners::PredictionState::NoData
               ? answer->servedOn
               : std::string();
  }
  /// Who learnt and who answered until now, and why, is in the record.
  void expectRemembered() const {
    using Stretch = app::PlaceStretch;
    const auto places = session->snapshot()->places;
    std::vector<std::pair<std::string, Stretch::By>> answered;
    bool learnt = false;
    for (const Stretch& one : *places) {
      if (one.work == Stretch::Work::Learning) {
        learnt = learnt || (one.worker == "attic" && one.computer == "Attic Pi" &&
                            one.by == Stretch::By::Policy && !one.running);
      } else {
        answered.emplace_back(one.worker, one.by);
      }
    }
    EXPECT_TRUE(learnt);
    const std::vector<std::pair<std::string, Stretch::By>> expected = {
        {"attic", Stretch::By::Policy}, {"nuc", Stretch::By::Person}, {"attic", Stretch::By::Policy}};
    EXPECT_EQ(answered, expected);
    const auto first = std::find_if(places->begin(), places->end(), [](const Stretch& s) {
      return s.work == Stretch::Work::Answering;
    });
    ASSERT_NE(first, places->end());
    EXPECT_EQ(first->prefer, app::Policy::Prefer::LeastBusy);
    EXPECT_NE(first->policy.find("in this house"), std::string::npos);
    ASSERT_EQ(first->ranked.size(), 3U) << "with those that did not fit";
    EXPECT_TRUE(first->ranked.front().meets);
    EXPECT_EQ(first->ranked.front().worker, "attic");
    EXPECT_FALSE(first->ranked.back().why.empty());
    EXPECT_TRUE(places->back().running || places->back().work == Stretch::Work::Learning);
  }
  void teach(const char* label, const char* activity) {
    session->addLabel(label);
    ASSERT_TRUE(waitUntil([&] { return support::labelId(*session, label) != 0; }, kPatience));
    for (int i = 1; i <= 3; ++i) {
      session->act("house", activity, true);
      live(*session, milliseconds(900));
      session->startRecording(support::labelId(*session, label));
      live(*session, milliseconds(1700));
      session->stopRecording();
      session->act("house", activity, false);
      ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, label) == i; }, kPatience));
    }
  }
};

TEST_F(TwoWorkers, TheRuleInForceChoosesWhoAnswersAndAPersonsChoiceWins) {
  EXPECT_EQ(view("attic")->inHouse, true) << "as its person says";
  EXPECT_EQ(view("nuc")->inHouse, false);
  EXPECT_LE(view("attic")->load, 1.0);
  ASSERT_TRUE(
      waitUntil([&] { return support::waitForSource(*session, "kitchen/microphone"); }, kPatience));
  session->putRule(0,
                   "Run on a device that is in this house and not is This computer, prefer the "
                   "least busy; if none fits, use the best there is.");
  ASSERT_TRUE(waitUntil([&] { return answering().worker == "attic"; }, kPatience))
      << answering().reason;
  EXPECT_TRUE(answering().byPolicy);
  EXPECT_NE(answering().reason.find("Attic Pi"), std::string::npos) << answering().reason;
  EXPECT_EQ(session->snapshot()->placement.learning.worker, "attic");

  teach("Kettle", "kettle");
  teach("Tap", "tap");
  ASSERT_TRUE(waitUntil([&] { return answeredOn() == "Attic Pi"; }, kPatience))
      << support::describe(*session);
  // A quick one may answer before the whole is there.
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->model.version >= 1; }, kPatience));
  EXPECT_EQ(session->snapshot()->model.trainedOn, "Attic Pi");

  session->serveOn("nuc");
  ASSERT_TRUE(waitUntil([&] { return answeredOn() == "NUC"; }, kPatience)) << answeredOn();
  EXPECT_FALSE(answering().byPolicy);
  session->undo();
  ASSERT_TRUE(waitUntil([&] { return answeredOn() == "Attic Pi"; }, kPatience)) << answeredOn();

  expectRemembered();

  attic.reset();
  ASSERT_TRUE(waitUntil([&] { return answering().worker != "attic"; }, kPatience));
  EXPECT_NE(answering().reason.find("("), std::string::npos)
      << "says what it fails: " << answering().reason;

  const std::int64_t rule = session->rules()->rules.at(0).id;
  session->setRuleEnabled(rule, false);
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->placement.policy == 0; }, kPatience));
  EXPECT_EQ(answering(), app::Place{});
  session->undo();
  EXPECT_TRUE(waitUntil([&] { return session->snapshot()->placement.policy == rule; }, kPatience));
}

struct SettingOnTrial : testing::Test {
  support::TempFolder folder;
  std::unique_ptr<app::Session> session = support::openSession(support::homeOptions(folder.path()));

  hubs::ParamStatus rate() const {
    for (const hubs::NodeView& view : session->snapshot()->nodes) {
      if (view.device.id == "kitchen" && view.params.contains("imu.rate")) {
        return view.params.at("imu.rate");
      }
    }
    return {};
  }
  bool reports(std::int64_t value) const {
    return rate().reported && base::sameValue(*rate().reported, value);
  }
  void begin() {
    ASSERT_TRUE(session);
    ASSERT_TRUE(waitUntil([&] { return reports(100); }, kPatience)) << support::describe(*session);
    session->tryParam("kitchen", "imu.rate", std::int64_t{50});
    ASSERT_TRUE(waitUntil([&] { return reports(50); }, kPatience));
    ASSERT_EQ(session->snapshot()->trials.size(), 1U);
  }
};

TEST_F(SettingOnTrial, KeptItIsAStepOfTheUndoList) {
  begin();
  session->keepTrial("kitchen", "imu.rate");
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->trials.empty(); }, kPatience));
  EXPECT_TRUE(reports(50));
  EXPECT_EQ(session->snapshot()->undoText, "imu.rate set to 50");

  session->undo();
  EXPECT_TRUE(waitUntil([&] { return reports(100); }, kPatience));
}

TEST_F(SettingOnTrial, UndoTakesItBackAtOnceAndNothingElse) {
  begin();
  session->undo();
  EXPECT_TRUE(waitUntil([&] { return reports(100); }, kPatience));
  EXPECT_TRUE(waitUntil([&] { return session->snapshot()->trials.empty(); }, kPatience));
  EXPECT_FALSE(session->snapshot()->canUndo);
}

TEST_F(SettingOnTrial, NobodyKeepsItAndItGoesBackByItself) {
  begin();
  EXPECT_TRUE(waitUntil([&] { return reports(100); }, kPatience));
  EXPECT_TRUE(waitUntil([&] { return session->snapshot()->trials.empty(); }, kPatience));
}

TEST_F(SettingOnTrial, OneThatWasNotKeptIsNotThereAfterReopening) {
  begin();
  session.reset();
  session = support::openSession(support::homeOptions(folder.path()));
  ASSERT_TRUE(session);

  EXPECT_TRUE(waitUntil([&] { return reports(100); }, kPatience)) << support::describe(*session);
  EXPECT_TRUE(session->snapshot()->trials.empty());
  const auto asked = rate().asked;
  EXPECT_TRUE(!asked || base::sameValue(*asked, std::int64_t{100}));
}

}  // namespace
