// `jitterlab grade` as users and CI call it: exit codes, reports, and what is said when only a part was graded.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>

#include "invocation.h"
#include "os/fd.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(GradeProgram, FullPointsExitWithZero) {
  const auto result = graded(kPair, kHonest);
  EXPECT_EQ(result.at("exit_code"), 0);
  EXPECT_EQ(result.at("earned"), 10);
  EXPECT_EQ(result.at("partial"), false);
  EXPECT_EQ(result.at("sandboxed"), true);
}

TEST(GradeProgram, LostPointsExitWithOne) {
  const auto result = graded(kPair, kSilent);
  EXPECT_EQ(result.at("exit_code"), 1);
  EXPECT_EQ(result.at("earned"), 2);
  EXPECT_EQ(result.at("lost"), 8);
  EXPECT_EQ(finding_on(result, "arrive").at("lost"), 6);
  EXPECT_EQ(finding_on(result, "tidy").at("earned"), 1);
}

TEST(GradeProgram, SubmissionThatDoesNotCompileLosesEverything) {
  const auto result = graded(kPair, kPair + "/lab.yaml");
  EXPECT_EQ(result.at("exit_code"), 1);
  EXPECT_EQ(result.at("lost"), 10);
  EXPECT_FALSE(result.at("build_failures").empty());
}

TEST(GradeProgram, SameSeedTwiceGivesTheSameResult) {
  for (const std::string& submission : {kHonest, kSilent})
    EXPECT_EQ(graded(kPair, submission, {"--seed", "7"}), graded(kPair, submission, {"--seed", "7"}));
}

TEST(GradeProgram, AnotherSeedDrawsOtherWords) {
  const auto seven = finding_on(graded(kPair, kSilent, {"--seed", "7"}), "arrive");
  const auto eight = finding_on(graded(kPair, kSilent, {"--seed", "0x8"}), "arrive");
  EXPECT_NE(seven.at("scenarios")[0].at("seen"), eight.at("scenarios")[0].at("seen"));
}

TEST(GradeProgram, ChecksThatWereNotAskedForStayOpen) {
  const auto result = graded(kPair, kSilent, {"--check", "tidy", "--check", "serve"});
  EXPECT_EQ(result.at("exit_code"), 2);
  EXPECT_EQ(result.at("partial"), true);
  EXPECT_EQ(result.at("earned"), 1);
  EXPECT_EQ(result.at("lost"), 2);
  EXPECT_EQ(result.at("open"), 7);
  EXPECT_EQ(finding_on(result, "arrive").at("open"), 6);
}

TEST(GradeProgram, OneScenarioOfOneIsStillAPartialResult) {
  const auto result = graded(kPair, kHonest, {"--scenario", "words"});
  EXPECT_EQ(result.at("partial"), true);
  EXPECT_EQ(result.at("earned"), 10);
}

TEST(GradeProgram, ScenariosThatWereNotAskedForLeaveTheirChecksOpen) {
  const auto result = graded(kFolder + "labs/halves", kSilent, {"--scenario", "first"});
  EXPECT_EQ(result.at("exit_code"), 2);
  EXPECT_EQ(finding_on(result, "first-ends").at("earned"), 1);
  EXPECT_EQ(finding_on(result, "second-ends").at("open"), 2);
  EXPECT_EQ(finding_on(result, "both-end").at("open"), 4);
}

TEST(GradeProgram, UnknownScenarioOrCheckIsRefusedBeforeAnythingRuns) {
  for (const auto& [option, words] :
       {std::pair("--scenario", "has no scenario none"), {"--check", "has no check none"}}) {
    const Ran ran = run_jitterlab(grade_words(kPair, kHonest, {option, "none"}));
    EXPECT_EQ(ran.ending.words(), "exit 2");
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(has(ran.err, words) && has(ran.err, "`jitterlab show pair` lists them")) << ran.err;
  }
}

TEST(GradeProgram, NumberOfJitteredExecutionsCanBeSaid) {
  const auto more = finding_on(graded(kPair, kHonest, {"--executions", "5"}), "arrive").at("scenarios")[0];
  EXPECT_EQ(more.at("plain").at("executions"), 2);
  EXPECT_EQ(more.at("jitter").at("executions"), 5);
  const auto none = finding_on(graded(kPair, kHonest, {"--executions", "0"}), "arrive").at("scenarios")[0];
  EXPECT_EQ(none.at("plain").at("executions"), 2);
  EXPECT_EQ(none.at("jitter").at("executions"), 0);
}

TEST(GradeProgram, NumberOfSchedulesCanBeSaid) {
  const auto ran = graded(kPair, kHonest, {"--schedules", "7"});
  EXPECT_EQ(finding_on(ran, "arrive").at("scenarios")[0].at("controlled").at("executions"), 7);
  EXPECT_EQ(ran.at("partial"), true);
  EXPECT_TRUE(has(ran.at("partial_because"), "--schedules"));
}

TEST(GradeProgram, OnlyFewerExecutionsThanTheLabHasMakeTheResultPartial) {
  EXPECT_EQ(graded(kPair, kHonest, {"--executions", "2"}).at("partial"), false);
  const auto fewer = graded(kPair, kHonest, {"--executions", "1"});
  EXPECT_EQ(fewer.at("partial"), true);
  EXPECT_TRUE(has(fewer.at("partial_because"), "--executions"));
}

TEST(GradeProgram, MetaPassesThrough) {
  const auto result = graded(kPair, kHonest, {"--meta", "student=ann \"<&\x01", "--meta", "when=1=2"});
  EXPECT_EQ(result.at("meta"), nlohmann::json({{"student", "ann \"<&\\x01"}, {"when", "1=2"}}));
}

TEST(GradeProgram, SeveralReportsOfOneGradingGoToTheirPlaces) {
  const TempDir folder;
  const std::string json = folder.path() + "/r.json", junit = folder.path() + "/r.xml";
  const Ran ran = run_jitterlab(
      grade_words(kPair, kSilent, {"--format", "terminal", "--format", "json=" + json, "--format", "junit=" + junit}));
  EXPECT_EQ(ran.ending.words(), "exit 1");
  EXPECT_EQ(ran.out.rfind("pair: 2 of 10 points, failed", 0), 0u) << ran.out;
  EXPECT_EQ(nlohmann::json::parse(read_file(json)).at("earned"), 2);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file(junit.c_str()));
  EXPECT_EQ(document.child("testsuites").attribute("failures").as_int(), 2);
}

TEST(GradeProgram, OutputNamesTheFileOfTheReport) {
  const TempDir folder;
  const std::string file = folder.path() + "/report.txt";
  const Ran ran = run_jitterlab(grade_words(kPair, kHonest, {"--output", file}));
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(has(read_file(file), "pair: 10 of 10 points, passed"));
}

TEST(GradeProgram, ReportThatCannotBeWrittenIsAnErrorAndTheOthersAreWritten) {
  const TempDir folder;
  for (const std::string& bad : {folder.path(), folder.path() + "/none/r.json"}) {
    const Ran ran = run_jitterlab(grade_words(kPair, kHonest, {"--format", "json=" + bad, "--format", "terminal"}));
    EXPECT_EQ(ran.ending.words(), "exit 2");
    EXPECT_TRUE(has(ran.err, "jitterlab: cannot write " + bad)) << ran.err;
    EXPECT_TRUE(has(ran.out, "10 of 10 points")) << ran.out;
  }
}

TEST(GradeProgram, WhatIsNoRegularFileIsWrittenToAndNotReplaced) {
  const TempDir folder;
  const std::string device = folder.path() + "/device";
  std::filesystem::create_symlink("/dev/null", device);
  EXPECT_EQ(run_jitterlab(grade_words(kPair, kHonest, {"--output", device})).ending.words(), "exit 0");
  EXPECT_TRUE(std::filesystem::is_symlink(device));
}

TEST(GradeProgram, CommandInTheReportShowsTheFailureAgain) {
  const Ran ran = run_jitterlab(grade_words(kPair, kSilent));
  const std::string command = "jitterlab run " + kPair + " " + kSilent + " words --seed 0x";
  ASSERT_TRUE(has(ran.out, command)) << ran.out;
  EXPECT_EQ(run_jitterlab({"run", kPair, kSilent, "words", "--seed", "0x1"}).ending.words(), "exit 0");
}

}  // namespace
}  // namespace jitterlab
