#include "app/headless/arguments.h"

#include <gtest/gtest.h>

#include "app/headless/command.h"

namespace app {
namespace {

const Usage kUsage{.command = "mimosactl cook",
                   .summary = "Cook something.",
                   .options = {{"time", "MINUTES", "How long.", "10"},
                               {"style", "STYLE", "In which manner.", "", {"boiled", "fried"}},
                               {"quiet", "", "Say nothing."}},
                   .positionals = "MEAL...",
                   .leastPositionals = 1,
                   .mostPositionals = 2};

std::string errorOf(const std::vector<std::string>& words) {
  const auto parsed = Arguments::parse(kUsage, words);
  return parsed ? "" : parsed.error().message;
}

TEST(Arguments, ValuesFlagsAndPositionalsAreTakenInAnyOrder) {
  const auto parsed = Arguments::parse(kUsage, {"soup", "--time", "5", "--quiet", "--style=fried"});

  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->number("time", 0, 60).value(), 5);
  EXPECT_EQ(parsed->text("style"), "fried");
  EXPECT_TRUE(parsed->has("quiet"));
  EXPECT_EQ(parsed->positionals(), std::vector<std::string>{"soup"});
}

TEST(Arguments, WhatIsNotGivenHasItsFallback) {
  const auto parsed = Arguments::parse(kUsage, {"soup"});

  ASSERT_TRUE(parsed);
  EXPECT_FALSE(parsed->has("time"));
  EXPECT_EQ(parsed->integer("time", 0, 60).value(), 10);
  EXPECT_EQ(parsed->text("style"), "");
}

TEST(Arguments, AfterTwoDashesEverythingIsPositional) {
  const auto parsed = Arguments::parse(kUsage, {"--", "--time"});

  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->positionals(), std::vector<std::string>{"--time"});
}

TEST(Arguments, NegativeNumbersAreValues) {
  const auto parsed = Arguments::parse(kUsage, {"soup", "--time", "-5"});

  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->number("time", -10, 60).value(), -5);
}

TEST(Arguments, ErrorsAreSentences) {
  EXPECT_EQ(errorOf({"soup", "--tine", "5"}), "there is no option --tine; did you mean --time?");
  EXPECT_EQ(errorOf({"soup", "--telephone"}), "there is no option --telephone");
  EXPECT_EQ(errorOf({"soup", "-t"}), "there is no option -t; options start with two dashes");
  EXPECT_EQ(errorOf({"soup", "--time"}), "--time needs a value: MINUTES");
  EXPECT_EQ(errorOf({"soup", "--time", "--quiet"}), "--time needs a value: MINUTES");
  EXPECT_EQ(errorOf({"soup", "--quiet=1"}), "--quiet takes no value");
  EXPECT_EQ(errorOf({"soup", "--style", "raw"}), "--style: \"raw\" is not one of boiled, fried");
  EXPECT_EQ(errorOf({}), "missing: MEAL...");
  EXPECT_EQ(errorOf({"a", "b", "c"}), "one word too many: c");
}

TEST(Arguments, NumbersAreReadWhollyAndWithinTheirRange) {
  const auto parsed = Arguments::parse(kUsage, {"soup", "--time", "5x"});
  const auto large = Arguments::parse(kUsage, {"soup", "--time", "1e3"});
  const auto whole = Arguments::parse(kUsage, {"soup", "--time", "2.5"});

  EXPECT_EQ(parsed->number("time", 0, 60).error().message, "--time: \"5x\" is not a number");
  EXPECT_EQ(large->number("time", 0, 60).error().message, "--time: 1e3 is not between 0 and 60");
  EXPECT_EQ(whole->integer("time", 0, 60).error().message, "--time: \"2.5\" is not a whole number");
}

TEST(Arguments, ListsAreCutAtCommas) {
  const auto parsed = Arguments::parse(kUsage, {"soup", "--time", "a,,b c,"});

  EXPECT_EQ(parsed->list("time"), (std::vector<std::string>{"a", "b c"}));
}

TEST(Arguments, HelpNamesEveryOptionWithItsDefaultAndChoices) {
  const std::string help = helpText(kUsage);

  EXPECT_NE(help.find("Usage: mimosactl cook [options] MEAL..."), std::string::npos);
  EXPECT_NE(help.find("--time MINUTES"), std::string::npos);
  EXPECT_NE(help.find("Default: 10."), std::string::npos);
  EXPECT_NE(help.find("One of: boiled, fried."), std::string::npos);
  EXPECT_NE(help.find("--help"), std::string::npos);
}

TEST(Arguments, TheShellIsToldHowItWent) {
  const auto works = [](const Arguments&) { return base::Result<void>(); };
  const auto fails = [](const Arguments&) { return base::Result<void>(base::invalid("burnt")); };

  EXPECT_EQ(runWithArguments(kUsage, {"soup"}, works), kDone);
  EXPECT_EQ(runWithArguments(kUsage, {"--help"}, fails), kDone);
  EXPECT_EQ(runWithArguments(kUsage, {"soup"}, fails), kFailed);
  EXPECT_EQ(runWithArguments(kUsage, {}, works), kWrongUsage);
}

TEST(CommandLine, RunsTheNamedCommandWithItsWords) {
  const std::vector<Command> commands = {{"count", "", [](const std::vector<std::string>& words) {
                                            return static_cast<int>(words.size());
                                          }}};

  EXPECT_EQ(runCommandLine(commands, {"count", "a", "b"}), 2);
  EXPECT_EQ(runCommandLine(commands, {"paint"}), kWrongUsage);
  EXPECT_EQ(runCommandLine(commands, {}), kWrongUsage);
  EXPECT_EQ(runCommandLine(commands, {"--help"}), kDone);
}

}  // namespace
}  // namespace app
