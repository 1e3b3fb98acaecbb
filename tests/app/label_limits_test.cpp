#include "app/label_limits.h"

#include <gtest/gtest.h>

#include "app/edits.h"

namespace {

using app::limitsInForce;

const std::vector<learners::Label> kLabels = {{.id = 1, .name = "Background", .background = true},
                                              {.id = 2, .name = "Kettle"},
                                              {.id = 3, .name = "Tap"}};

TEST(LabelLimits, APersonsOwnWinsOverTheTestedOneAndThatOverTheUsual) {
  const std::vector<float> tested = {0.5F, 0.8F, 0.7F};

  const auto limits = limitsInForce(kLabels, tested, {{2, 0.4F}});

  EXPECT_EQ(limits, (std::vector<float>{0.6F, 0.4F, 0.7F}));
}

TEST(LabelLimits, WithoutATestEachLabelHasTheUsualOne) {
  EXPECT_EQ(limitsInForce(kLabels, {}, {}), (std::vector<float>{0.6F, 0.6F, 0.6F}));
}

TEST(LabelLimits, AnAnswerAtItsLimitIsSureEnoughAndTheGateIsNotAsked) {
  learners::Prediction at{.label = 1, .certainty = 0.7F};
  learners::Prediction below{.label = 1, .certainty = 0.69F};
  learners::Prediction gate{.stage = learners::Stage::Gate, .label = 0, .certainty = 0.1F};
  const std::vector<float> limits = {0.6F, 0.7F, 0.6F};

  for (learners::Prediction* p : {&at, &below, &gate}) app::applyLimits(limits, *p);

  EXPECT_FALSE(at.belowLimit);
  EXPECT_TRUE(below.belowLimit);
  EXPECT_FALSE(gate.belowLimit);
}

TEST(LabelLimits, OneIsPutOrTakenBackAloneOrThoseOfEveryLabelTogether) {
  const app::OwnLimits own = {{2, 0.4F}};

  EXPECT_EQ(app::withLimit(own, kLabels, 3, 0.7F), (app::OwnLimits{{2, 0.4F}, {3, 0.7F}}));
  EXPECT_EQ(app::withLimit(own, kLabels, 2, std::nullopt), app::OwnLimits());
  EXPECT_EQ(app::withLimit(own, kLabels, app::kEveryLabel, 1.2F),
            (app::OwnLimits{{1, 1.0F}, {2, 1.0F}, {3, 1.0F}}));
  EXPECT_EQ(app::withLimit(own, kLabels, app::kEveryLabel, std::nullopt), app::OwnLimits());
  EXPECT_EQ(app::withLimit(own, kLabels, 9, 0.7F), own);
}

TEST(LabelLimits, GoThroughTheUndoListUnchanged) {
  app::TaskSettings after;
  after.limits = {{2, 0.72F}, {7, 1.0F}};
  const app::EditValue edit = app::ChangeTask{{}, after};

  const auto read = app::editFrom(app::kindOf(edit), app::toJson(edit));

  ASSERT_TRUE(read);
  const auto& back = std::get<app::ChangeTask>(*read);
  EXPECT_TRUE(back.before.limits.empty());
  EXPECT_EQ(back.after.limits, (app::OwnLimits{{2, 0.72F}, {7, 1.0F}}));
}

}  // namespace
