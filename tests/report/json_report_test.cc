#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "report/report.h"
#include "report/sample_grades.h"
#include "report/schema_check.h"

namespace jitterlab {
namespace {

using nlohmann::json;

json schema() {
  std::ifstream file(RESULT_SCHEMA);
  return json::parse(file);
}

TEST(JsonReport, EveryEndingConformsToTheSchema) {
  for (const auto& [name, grade] : all_grades()) {
    EXPECT_EQ(schema_mistakes(schema(), json::parse(json_report(grade))), std::vector<std::string>{}) << name;
  }
}

TEST(JsonReport, SchemaRefusesAResultWithoutAnyOneOfItsFields) {
  const json result = json::parse(json_report(failed_grade()));
  for (const auto& [key, value] : result.items()) {
    json without = result;
    without.erase(key);
    EXPECT_EQ(schema_mistakes(schema(), without).size(), 1u) << key;
  }
}

TEST(JsonReport, SchemaRefusesUnknownFieldsAndWrongValues) {
  json result = json::parse(json_report(failed_grade()));
  result["grade"] = "A";
  result["findings"][0]["verdict"] = "correct";
  result["findings"][0]["lost"] = -1;
  result["findings"][0]["scenarios"][0]["example"]["seed"] = "0x11";
  EXPECT_EQ(schema_mistakes(schema(), result).size(), 4u);
}

TEST(JsonReport, FailedGradeIsToldCompletely) {
  const json result = json::parse(json_report(failed_grade()));
  EXPECT_EQ(result["verdict"], "failed");
  EXPECT_EQ(result["exit_code"], 1);
  EXPECT_EQ(result["earned"], 7);
  EXPECT_EQ(result["lost"], 9);
  EXPECT_EQ(result["seed"], "0x0000000000005eed");
  EXPECT_EQ(result["submission_hash"], std::string(64, 'a'));
  EXPECT_EQ(result["sandboxed"], true);
  EXPECT_EQ(result["warning"], "");
  EXPECT_EQ(result["findings"][2]["not_charged_because"], "all-arrive");
  const json crowd = result["findings"][0]["scenarios"][1];
  EXPECT_EQ(crowd["jitter"], json({{"executions", 40}, {"failures", 3}}));
  EXPECT_EQ(crowd["plain"], json({{"executions", 10}, {"failures", 0}}));
  EXPECT_EQ(crowd["example"], json({{"strategy", "jitter"}, {"index", 7}, {"seed", "0x00000000deadbeef"}}));
  EXPECT_EQ(crowd["seen"], "`kiwi` twice: got by consumer 1 and by consumer 2\\n`pear` never");
}

TEST(JsonReport, LargestSeedIsKeptExactly) {
  Grade grade = passed_grade();
  grade.seed = ~std::uint64_t{0};
  EXPECT_EQ(json::parse(json_report(grade))["seed"], "0xffffffffffffffff");
}

TEST(JsonReport, BuildFailureKeepsAllLinesOfTheCompiler) {
  const json failures = json::parse(json_report(unbuilt_grade()))["build_failures"];
  EXPECT_EQ(failures[0]["diagnostics"], json::array());
  EXPECT_EQ(failures[1]["diagnostics"].size(), 45u);
  EXPECT_EQ(failures[1]["diagnostics"][44], "prodcons.c:45:3: error: expected ';'");
}

TEST(JsonReport, OpenPointsAndErrorsOfOursGiveExitCodeTwo) {
  for (const Grade& grade : {not_graded_grade(), broken_grade()}) {
    const json result = json::parse(json_report(grade));
    EXPECT_EQ(result["verdict"], "not graded");
    EXPECT_EQ(result["exit_code"], 2);
  }
}

TEST(JsonReport, UnsandboxedGradeSaysSoAtTheTopAndAtTheBottom) {
  Grade grade = passed_grade();
  grade.trusted = true;
  const std::string text = json_report(grade);
  EXPECT_LT(text.find("NOT SANDBOXED"), text.find("\"lab\""));
  EXPECT_GT(text.find("\"sandboxed\": false"), text.find("\"meta\""));
}

TEST(JsonReport, ScenarioThatWasNeverRunHasNoExample) {
  Grade grade = passed_grade();
  grade.findings[0].scenarios[0] = ScenarioFinding{};
  grade.findings[0].scenarios[0].scenario = "one-each";
  const json result = json::parse(json_report(grade));
  EXPECT_FALSE(result["findings"][0]["scenarios"][0].contains("example"));
  EXPECT_EQ(schema_mistakes(schema(), result), std::vector<std::string>{});
}

}  // namespace
}  // namespace jitterlab
