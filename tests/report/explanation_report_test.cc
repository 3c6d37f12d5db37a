#include "report/explanation_report.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "os/fd.h"
#include "plan/plan.h"
#include "report/report.h"
#include "report/sample_grades.h"
#include "report/schema_check.h"

namespace jitterlab {
namespace {

Explanation sample(const std::string& name) {
  Deadlock deadlock;
  deadlock.kind = DeadlockKind::kSelfDeadlock;
  deadlock.headline = "Self-deadlock: " + name + " waits for what only it can give back.";
  deadlock.waiters.push_back({name, "prog.c:6 (f)", "lock", {name}, name + " waits at prog.c:6 (f) for lock."});
  Explanation explanation;
  explanation.deadlock = deadlock;
  explanation.story.tasks = {name};
  explanation.story.steps = {{4, name, "locks lock", {"prog.c", 5, "f"}, true},
                             {0, name, "wants to lock lock", {}, false}};
  explanation.story.before = 3;
  return explanation;
}

// The failed grade, with a schedule that shows it, for two checks.
Grade explained_grade(const std::string& name) {
  Grade grade = failed_grade();
  for (Finding& finding : grade.findings) {
    for (ScenarioFinding& scenario : finding.scenarios) {
      if (scenario.verdict != Verdict::kFailed) continue;
      scenario.token = "1x-token";
      scenario.example.strategy = Strategy::kControlled;
      scenario.explanation = sample(name);
    }
  }
  return grade;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(ExplanationReport, GradeTellsItOnceAndInJsonAsTheSchemaSays) {
  const Grade grade = explained_grade("main");
  const std::string text = terminal_report(grade, {});
  EXPECT_EQ(count_of(text, "Self-deadlock: main waits"), 1u) << text;
  EXPECT_EQ(count_of(text, "How it came about:"), 1u);
  const auto json = nlohmann::json::parse(json_report(grade));
  EXPECT_EQ(schema_mistakes(nlohmann::json::parse(read_file(RESULT_SCHEMA)), json), std::vector<std::string>{});
  EXPECT_NE(json.dump().find("self-deadlock"), std::string::npos);
}

// A token is made for one seed; without --seed, replay takes that of the lab.
TEST(ExplanationReport, CommandThatReplaysNamesTheSeedWhereItIsNotTheLabsOwn) {
  Grade grade = explained_grade("main");
  EXPECT_EQ(count_of(terminal_report(grade, {}), "--seed 0x"), 1u) << terminal_report(grade, {});
  grade.seed = default_seed(grade.lab, grade.lab_version);
  EXPECT_EQ(count_of(terminal_report(grade, {}), "--seed 0x"), 0u) << terminal_report(grade, {});
}

TEST(ExplanationReport, NamesFromTheProgramCannotBreakOut) {
  for (const std::string& hostile : hostile_texts()) {
    const std::string text = terminal_report(explained_grade(hostile), {});
    for (const char character : text)
      EXPECT_TRUE(character == '\n' || static_cast<unsigned char>(character) >= ' ') << hostile;
    EXPECT_EQ(text.find("\n::"), std::string::npos);
    EXPECT_FALSE(nlohmann::json::parse(json_report(explained_grade(hostile)), nullptr, false).is_discarded());
  }
}

TEST(ExplanationReport, WithoutAnythingToSayThereIsNothing) {
  Page page(80, false);
  tell_explanation(page, 0, {});
  EXPECT_EQ(page.text(), "");
  EXPECT_TRUE(explanation_json({}).empty());
}

}  // namespace
}  // namespace jitterlab
