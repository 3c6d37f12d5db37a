// The command line as data, and what is said about a wrong one.
#include "cli/options.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

class OptionsTest : public testing::Test {
 protected:
  static Parsed parse(std::vector<std::string> words) {
    std::vector<const char*> values{"jitterlab"};
    for (const std::string& word : words) values.push_back(word.c_str());
    return parse_options(static_cast<int>(values.size()), values.data());
  }

  // Words after `grade LAB SUBMISSION`.
  static Options grade_options(std::vector<std::string> more) {
    more.insert(more.begin(), {"grade", "pair", "ann/"});
    const Parsed parsed = parse(more);
    if (!parsed.options) throw std::runtime_error("these options were refused");
    return *parsed.options;
  }

  // What is printed about a mistake; it must end the program with exit code 2.
  static std::string complaint(const std::vector<std::string>& words) {
    testing::internal::CaptureStderr();
    const Parsed parsed = parse(words);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_FALSE(parsed.options) << said;
    EXPECT_EQ(parsed.exit_code, 2) << said;
    return said;
  }

  static void expect_complaint(const std::vector<std::string>& more, const std::string& words) {
    std::vector<std::string> all = {"grade", "pair", "ann/"};
    all.insert(all.end(), more.begin(), more.end());
    const std::string said = complaint(all);
    EXPECT_NE(said.find(words), std::string::npos) << said;
  }

  static std::string places(const Options& options) {
    std::string words;
    for (const Output& output : options.outputs) words += "[" + output.format + ">" + output.file + "]";
    return words;
  }
};

TEST_F(OptionsTest, GradeWithoutMoreGradesEverythingForTheTerminal) {
  const Options options = grade_options({});
  EXPECT_EQ(options.command, "grade");
  EXPECT_EQ(options.lab, "pair");
  EXPECT_EQ(options.submission, "ann/");
  EXPECT_EQ(places(options), "[terminal>]");
  EXPECT_EQ(options.scenario, "");
  EXPECT_TRUE(options.checks.empty());
  EXPECT_TRUE(options.meta.empty());
  EXPECT_FALSE(options.seed);
  EXPECT_FALSE(options.executions);
  EXPECT_EQ(options.seconds, 0);
  EXPECT_EQ(options.lanes, 0);
  EXPECT_FALSE(options.trust);
}

TEST_F(OptionsTest, EveryOptionOfGradeIsTaken) {
  const Options options =
      grade_options({"--scenario", "crowd",       "--check", "a",        "--check",
                     "b",          "--time",      "30",      "--labs",   "/labs",
                     "--cache",    "/cache",      "--lanes", "3",        "--executions",
                     "0",          "--schedules", "9",       "--colour", "--i-trust-this-submission"});
  EXPECT_EQ(options.scenario, "crowd");
  EXPECT_EQ(options.checks, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(options.seconds, 30);
  EXPECT_EQ(options.labs_folder, "/labs");
  EXPECT_EQ(options.cache_folder, "/cache");
  EXPECT_EQ(options.lanes, 3);
  EXPECT_EQ(options.executions, 0);
  EXPECT_EQ(options.schedules, 9);
  EXPECT_TRUE(options.colour);
  EXPECT_TRUE(options.trust);
}

TEST_F(OptionsTest, ColourCanBeSwitchedOff) { EXPECT_FALSE(grade_options({"--no-colour"}).colour); }

TEST_F(OptionsTest, EachFormatGoesToItsFile) {
  EXPECT_EQ(places(grade_options({"--format", "terminal", "--format", "json=a=b.json", "--format", "junit=c.xml"})),
            "[terminal>][json>a=b.json][junit>c.xml]");
}

TEST_F(OptionsTest, OutputIsTheFileOfTheFormatThatNamesNone) {
  EXPECT_EQ(places(grade_options({"--format", "json", "--output", "x", "--format", "junit=y"})), "[json>x][junit>y]");
  EXPECT_EQ(places(grade_options({"--output", "x"})), "[terminal>x]");
}

TEST_F(OptionsTest, TwoReportsForOnePlaceAreRefused) {
  expect_complaint({"--format", "json", "--format", "junit"}, "only one report can go to one place");
  expect_complaint({"--format", "json", "--format", "junit", "--output", "x"}, "use FORMAT=FILE for the others");
}

TEST_F(OptionsTest, OutputThatNoFormatNeedsIsRefused) {
  expect_complaint({"--format", "json=a", "--output", "b"}, "every --format names its file already");
}

TEST_F(OptionsTest, UnknownFormatIsRefused) {
  expect_complaint({"--format", "pdf"}, "there is no format \"pdf\"; use terminal, html, json, junit or sarif");
  expect_complaint({"--format", "json="}, "the file name after json= is missing");
}

TEST_F(OptionsTest, SeedIsDecimalOrHexadecimal) {
  EXPECT_EQ(grade_options({"--seed", "0"}).seed, 0u);
  EXPECT_EQ(grade_options({"--seed", "010"}).seed, 10u);
  EXPECT_EQ(grade_options({"--seed", "0xdeadBEEF"}).seed, 0xdeadbeefu);
  EXPECT_EQ(grade_options({"--seed", "18446744073709551615"}).seed, ~0ull);
}

TEST_F(OptionsTest, SeedThatIsNoNumberIsRefused) {
  for (const char* seed : {"-1", "+1", " 1", "1 ", "1.5", "abc", "0x", "0xg", "18446744073709551616", ""})
    expect_complaint({std::string("--seed=") + seed}, "seed");
  expect_complaint({"--seed", "5 apples"}, "a seed is a number from 0 to 2^64-1, decimal or 0x…, not \"5 apples\"");
}

TEST_F(OptionsTest, MetaIsSplitAtTheFirstEqualsSign) {
  using Meta = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(grade_options({"--meta", "student=ann", "--meta", "a=b=c", "--meta", "empty="}).meta,
            (Meta{{"student", "ann"}, {"a", "b=c"}, {"empty", ""}}));
}

TEST_F(OptionsTest, MetaWithoutKeyIsRefused) {
  expect_complaint({"--meta", "ann"}, "--meta takes key=value, not \"ann\"");
  expect_complaint({"--meta", "=ann"}, "--meta takes key=value, not \"=ann\"");
}

TEST_F(OptionsTest, NumberOutOfItsRangeIsRefused) {
  expect_complaint({"--time", "0"}, "--time: Value 0 not in range");
  expect_complaint({"--time", "soon"}, "--time");
  expect_complaint({"--lanes", "0"}, "--lanes: Value 0 not in range");
  expect_complaint({"--lanes", "65"}, "--lanes: Value 65 not in range");
  expect_complaint({"--executions", "-1"}, "--executions: Value -1 not in range");
  expect_complaint({"--schedules", "-1"}, "--schedules: Value -1 not in range");
  expect_complaint({"--executions", "1000001"}, "--executions: Value 1000001 not in range");
}

TEST_F(OptionsTest, LargestNumberOfExecutionsIsTaken) {
  EXPECT_EQ(grade_options({"--executions", "1000000"}).executions, 1000000);
}

TEST_F(OptionsTest, UnknownOptionIsNamed) {
  expect_complaint({"--sceario", "crowd"}, "--sceario");
  EXPECT_NE(complaint({"list", "--seed", "1"}).find("--seed"), std::string::npos);
}

TEST_F(OptionsTest, WhatIsMissingIsNamed) {
  EXPECT_NE(complaint({}).find("subcommand"), std::string::npos);
  EXPECT_NE(complaint({"grade"}).find("lab"), std::string::npos);
  EXPECT_NE(complaint({"grade", "pair"}).find("submission"), std::string::npos);
  EXPECT_NE(complaint({"show"}).find("lab"), std::string::npos);
  EXPECT_NE(complaint({"table"}).find("results"), std::string::npos);
  EXPECT_NE(complaint({"mark", "pair"}).find("subcommand is required"), std::string::npos);
}

TEST_F(OptionsTest, RunTakesAScenarioAndJitter) {
  const Parsed parsed = parse({"run", "pair", "ann", "crowd", "--jitter", "--seed", "7"});
  ASSERT_TRUE(parsed.options);
  EXPECT_EQ(parsed.options->command, "run");
  EXPECT_EQ(parsed.options->scenario, "crowd");
  EXPECT_EQ(parsed.options->seed, 7u);
  EXPECT_TRUE(parsed.options->jitter);
}

TEST_F(OptionsTest, OtherCommandsTakeTheirArguments) {
  EXPECT_EQ(parse({"list", "--labs", "x"}).options->labs_folder, "x");
  EXPECT_EQ(parse({"show", "pair"}).options->lab, "pair");
  EXPECT_EQ(parse({"table", "a.json", "b.json"}).options->results, (std::vector<std::string>{"a.json", "b.json"}));
  EXPECT_EQ(parse({"doctor"}).options->command, "doctor");
}

TEST_F(OptionsTest, HelpAndVersionArePrintedAndAreNoMistake) {
  for (const auto& [word, expected] : {std::pair("--help", "Exit status: 0 all points"), {"--version", "0.1"}}) {
    testing::internal::CaptureStdout();
    const Parsed parsed = parse({word});
    EXPECT_NE(testing::internal::GetCapturedStdout().find(expected), std::string::npos);
    EXPECT_FALSE(parsed.options);
    EXPECT_EQ(parsed.exit_code, 0);
  }
}

}  // namespace
}  // namespace jitterlab
