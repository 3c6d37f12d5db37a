#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "os/fd.h"
#include "report/explored_samples.h"
#include "report/output_rules.h"
#include "report/sample_grades.h"
#include "report/schema_check.h"

namespace jitterlab {
namespace {

using Json = nlohmann::json;

// What the standard says besides the shapes of objects (sections 3.27.6, 3.36, 3.38).
std::vector<std::string> mistakes(const std::string& text) {
  const Json log = Json::parse(text);
  std::vector<std::string> found = schema_mistakes(Json::parse(read_file(SARIF_SCHEMA)), log);
  for (const Json& run : log["runs"]) {
    const Json& rules = run["tool"]["driver"]["rules"];
    std::set<std::string> ids;
    for (const Json& rule : rules) {
      if (!ids.insert(rule["id"]).second) found.push_back("two rules are called " + rule["id"].dump());
    }
    for (const Json& result : run["results"]) {
      if (rules.at(result["ruleIndex"].get<std::size_t>())["id"] != result["ruleId"]) found.push_back("another rule");
      for (const Json& flow : result.value("codeFlows", Json::array())) {
        if (flow["threadFlows"].empty()) found.push_back("a code flow without threads");
        for (const Json& thread : flow["threadFlows"]) {
          if (thread["locations"].empty()) found.push_back("a thread flow without steps");
        }
      }
    }
  }
  return found;
}

Json first_result(const std::string& text) { return Json::parse(text)["runs"][0]["results"][0]; }

TEST(SarifReport, NamesOfFilesBecomeAddresses) {
  ExploredPrograms explored = sample_programs("a \"b\"%<\xc3\xa9>.c");
  EXPECT_EQ(first_result(exploration_sarif(explored))["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "a%20%22b%22%25%3C%C3%A9%3E.c");
}

TEST(SarifReport, ExploreGivesWhatTheStandardDemands) {
  ExploredPrograms explored = sample_programs("prog.c");
  explored.folder = "src/lab 1";
  const std::string text = exploration_sarif(explored);
  EXPECT_EQ(mistakes(text), std::vector<std::string>{});
  const Json result = first_result(text);
  EXPECT_EQ(result["ruleId"], "circular-wait");
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["fingerprints"]["jitterlabSchedule/v1"], "1x-token");
  const Json& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "src/lab%201/prog.c");
  EXPECT_EQ(place["region"]["startLine"], 1);
  EXPECT_EQ(result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 2);
}

TEST(SarifReport, AStoryIsACodeFlowWithAThreadForEachTask) {
  const Json flow = first_result(exploration_sarif(sample_programs("prog.c")))["codeFlows"][0];
  ASSERT_EQ(flow["threadFlows"].size(), 2u);
  std::set<int> order;
  for (const Json& thread : flow["threadFlows"]) {
    for (const Json& step : thread["locations"]) order.insert(step["executionOrder"].get<int>());
  }
  EXPECT_EQ(order, (std::set<int>{1, 2, 3}));
  EXPECT_EQ(flow["threadFlows"][0]["locations"][0]["importance"], "essential");
}

TEST(SarifReport, ARaceHasBothSides) {
  const Json results = Json::parse(exploration_sarif(sample_programs("prog.c")))["runs"][0]["results"];
  const Json& race = results[2];
  EXPECT_EQ(race["ruleId"], "race");
  EXPECT_EQ(race["level"], "warning");
  EXPECT_EQ(race["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
  EXPECT_EQ(race["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 3);
}

TEST(SarifReport, ARaceThatDoesHarmIsAnErrorAndSaysWhich) {
  ExploredPrograms explored = sample_programs("prog.c");
  const auto told = [&] {
    const std::string text = exploration_sarif(explored);
    EXPECT_EQ(mistakes(text), std::vector<std::string>{});
    return Json(Json::parse(text)["runs"][0]["results"][2]);
  };
  RaceTried& tried = explored.races[0].tried;
  tried = {.outcome = RaceTried::Outcome::kHarmful, .leads_to = "exit 1", .token = "r1", .executions = 3};
  explored.races[0].tried_order = "A comes before B";
  EXPECT_EQ(told()["level"], "error");
  EXPECT_EQ(told()["properties"]["token"], "r1");
  EXPECT_THAT(told()["message"]["text"].get<std::string>(),
              testing::EndsWith(" Harmful: exit 1 when A comes before B, and not the other way round."));
  tried = {.outcome = RaceTried::Outcome::kNothing, .executions = 3};
  EXPECT_EQ(told()["level"], "warning");
  EXPECT_THAT(told()["message"]["text"].get<std::string>(), testing::EndsWith("made no difference that was seen."));
}

TEST(SarifReport, OnlyFilesOfTheSubmissionAreNamedAndEveryResultHasAPlace) {
  ExploredPrograms explored = sample_programs("prog.c");
  explored.sources = {{"other.c", "x"}};
  explored.failures[0].explanation.story.steps[2].line = {};
  const std::string text = exploration_sarif(explored);
  EXPECT_EQ(mistakes(text), std::vector<std::string>{});
  EXPECT_EQ(text.find("\"uri\": \"prog.c\""), std::string::npos);
  EXPECT_EQ(first_result(text)["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "other.c");
}

TEST(SarifReport, AGradeHasAResultForEachCheckThatFailed) {
  Grade grade = failed_grade();
  grade.sources = {{"main.c", "int main(void) {}"}};
  const std::string text = sarif_report(grade, "/home/a b");
  EXPECT_EQ(mistakes(text), std::vector<std::string>{});
  const Json results = Json::parse(text)["runs"][0]["results"];
  std::size_t failed = 0;
  for (const Finding& finding : grade.findings) failed += finding.verdict == Verdict::kFailed;
  EXPECT_EQ(results.size(), failed + grade.races.size());
  EXPECT_EQ(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "file:///home/a%20b/main.c");
}

TEST(SarifReport, NothingFailedIsNoResult) {
  const std::string text = sarif_report(passed_grade(), "");
  EXPECT_EQ(mistakes(text), std::vector<std::string>{});
  EXPECT_TRUE(Json::parse(text)["runs"][0]["results"].empty());
}

TEST(SarifReport, WhateverTheProgramCallsThingsItStaysWordsAndMakesNoLinks) {
  std::vector<std::string> texts = hostile_texts();
  texts.push_back("[click](http://example.org)");
  for (const std::string& text : texts) {
    for (const std::string& log :
         {exploration_sarif(sample_programs(text)), sarif_report(grades_saying(text)[1], text)}) {
      EXPECT_EQ(mistakes(log), std::vector<std::string>{}) << text;
      EXPECT_EQ(fault_of_report(log), "") << text;
      std::istringstream lines(log);
      for (std::string line; std::getline(lines, line);)
        EXPECT_FALSE(line.find("\"text\": ") != std::string::npos && line.find("](") != std::string::npos) << line;
    }
  }
}

}  // namespace
}  // namespace jitterlab
