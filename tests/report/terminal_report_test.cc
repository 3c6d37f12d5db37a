#include <gtest/gtest.h>

#include "report/report.h"
#include "report/sample_grades.h"

namespace jitterlab {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string report_of(const Grade& grade) { return terminal_report(grade, {}); }

TEST(TerminalReport, PassedGradeSaysWhatWasSeenAndNeverCorrect) {
  EXPECT_EQ(report_of(passed_grade()), R"(producer-consumer: 20 of 20 points, passed
Bounded buffer with three semaphores

15 of 15  all-arrive: passed, no failure in 40 jittered and 10 plain executions of each of one-each
          and crowd
 5 of 5   bounded: passed, no failure in 40 jittered and 10 plain executions of full

No check lost points. That is what these executions showed, not a proof that no other can fail.

Graded with seed 0x0000000000005eed, lab version 3, compiler gcc (Debian 12.2.0-14) 12.2.0,
isolation: namespaces, own user id per lane
  | student: Zoë
  | attempt: 2
)");
}

TEST(TerminalReport, FailedGradeTellsTheStoryAndTheCommandToLookAtIt) {
  EXPECT_EQ(terminal_report(failed_grade(), {false, 100, "", "hand-ins/ann"}),
            R"(producer-consumer: 7 of 16 points, failed
Bounded buffer with three semaphores

About the hand-in (costs nothing):
  | ignored the folder `__MACOSX`

0 of 9  all-arrive: failed
        one-each: no failure in 40 jittered and 10 plain executions
        crowd: failed in 3 of 40 jittered executions and 0 of 10 plain ones, first with seed
        0x00000000deadbeef (execution jitter 7)
        Plain runs did not show it: it depends on which process runs when.
          expected
          | every value of `$words` appears exactly once as `item`
          seen
          | `kiwi` twice: got by consumer 1 and by consumer 2
          | `pear` never
        Hint: which line must run before another process may take the same slot?
        To see it yourself:
          jitterlab run producer-consumer hand-ins/ann crowd --seed 0x00000000deadbeef --jitter
5 of 5  bounded: passed, no failure in 40 jittered and 10 plain executions of full
2 of 2  race-free: failed, not charged: same bug as all-arrive
        crowd: failed in 12 of 40 jittered executions and 0 of 10 plain ones, first with seed
        0x00000000deadbeef (execution jitter 7)
        Plain runs did not show it: it depends on which process runs when.
          expected
          | no race
          seen
          | a race on `in`

Next: start with all-arrive, the first check that lost points, then grade again.

Races under control: accesses to the same memory that nothing orders. They cost no points by
themselves.
  full:
    | shared->in
    |   producer writes it at prodcons.c:12 in put()
    |       shared->in = at;
    |   consumer 2 reads it at prodcons.c:31 in take()
    |       if (shared->in == 0) continue;
    Seen in 7 executions, first in number 1.

Also seen under control. It costs no points by itself.
  full:
    | value-set-again: semaphore 0 of semaphore set 1 is set again
    |   consumer sets it again at prodcons.c:40 in main()
    |       semctl(set, 0, SETVAL, 1);
    Seen in 3 executions, first in number 2.

Graded with seed 0x0000000000005eed, lab version 3, compiler gcc (Debian 12.2.0-14) 12.2.0,
isolation: namespaces, own user id per lane
)");
}

TEST(TerminalReport, NotGradedTrustedAndPartialGradeSaysAllThree) {
  Grade grade = not_graded_grade();
  grade.trusted = true;
  grade.isolation = "none";
  grade.partial = true;
  grade.partial_because = "the time limit of 60 seconds was reached";
  EXPECT_EQ(report_of(grade), R"(producer-consumer: 5 of 7 points, not graded (0 lost, 2 open); partial result
Bounded buffer with three semaphores

NOT SANDBOXED: this submission ran without isolation, because --i-trust-this-submission was given.

Partial result: the time limit of 60 seconds was reached

5 of 5  bounded: passed, no failure in 40 jittered and 10 plain executions of full
0 of 2  race-free: not graded (2 open)
        | finding races needs control of the schedule, which this version does not have

What is not graded is not your fault, nothing is lost; send this file to os-lab@example.org:
not-graded.json, written by
  jitterlab grade producer-consumer <submission> --seed 0x0000000000005eed --format json > not-graded.json

Graded with seed 0x0000000000005eed, lab version 3, compiler gcc (Debian 12.2.0-14) 12.2.0,
isolation: none

NOT SANDBOXED: this submission ran without isolation, because --i-trust-this-submission was given.
)");
}

TEST(TerminalReport, BuildFailureShowsFortyLinesOfTheCompiler) {
  const std::string report = report_of(unbuilt_grade());
  EXPECT_TRUE(has(report, R"(
The hand-in:
  | there is no file `prodcons.c`
What to do:
  | name your file `prodcons.c`

Program prodcons:
  | the compiler found errors
What to do:
  | begin with the first message
The compiler says:
  | prodcons.c:1:3: error: expected ';'
)"));
  EXPECT_TRUE(has(report, "  | prodcons.c:40:3: error: expected ';'\n  … 5 more lines\n"));
  EXPECT_TRUE(has(report, "Next: make it build as said above, then grade again."));
}

TEST(TerminalReport, ErrorOfOursIsNotTheStudentsFault) {
  const std::string report = report_of(broken_grade());
  EXPECT_TRUE(has(report, "  | cannot open the box: bwrap is not installed; install bubblewrap\n"));
  EXPECT_TRUE(has(report, "not your fault, nothing is lost; send this file to your instructor"));
}

TEST(TerminalReport, IdentityLeavesOutWhatWasNotReached) {
  Grade grade = broken_grade();
  grade.toolchain = grade.isolation = "";
  EXPECT_TRUE(has(report_of(grade), "\nGraded with seed 0x0000000000005eed, lab version 3\n"));
}

TEST(TerminalReport, InterferenceIsLeftToAPersonAndNotExcused) {
  Grade grade = not_graded_grade();
  grade.findings[1].reason = "interference: the control area was written to";
  const std::string report = report_of(grade);
  EXPECT_TRUE(has(report, "the submission interfered with the grading. A person decides"));
  EXPECT_FALSE(has(report, "not your fault"));
}

TEST(TerminalReport, ReasonThatAScenarioTellsIsSaidOnce) {
  Grade grade = not_graded_grade();
  Finding& open = grade.findings[1];
  open.reason = "the box broke";
  open.scenarios.resize(2);
  open.scenarios[0].scenario = "one-each";
  open.scenarios[0].jitter_executions = open.scenarios[1].jitter_executions = 3;
  open.scenarios[1].scenario = "crowd";
  open.scenarios[1].verdict = Verdict::kNotGraded;
  open.scenarios[1].answer = {Verdict::kNotGraded, "no race", "the box broke"};
  EXPECT_TRUE(has(report_of(grade), R"(
0 of 2  race-free: not graded (2 open)
        one-each: no failure in 3 jittered executions
        crowd: not graded
          | the box broke

)"));
}

TEST(TerminalReport, ScenariosThatWentTheSameWayAreGrouped) {
  Grade grade = failed_grade();
  std::vector<ScenarioFinding>& scenarios = grade.findings[0].scenarios;
  scenarios[0] = scenarios[1];
  scenarios[0].scenario = scenarios[0].example.scenario = "one-each";
  EXPECT_TRUE(has(report_of(grade), R"(
        each of one-each and crowd: failed in 3 of 40 jittered executions and 0 of 10 plain ones,
        first with seed 0x00000000deadbeef (execution jitter 7), here in one-each
)"));
}

TEST(TerminalReport, FailureThatPlainRunsShowIsNotCalledRare) {
  Grade grade = failed_grade();
  grade.findings.resize(1);
  grade.findings[0].scenarios[1].plain_failures = 10;
  const std::string report = report_of(grade);
  EXPECT_TRUE(has(report, "and 10 of 10 plain ones"));
  EXPECT_FALSE(has(report, "Plain runs did not show it"));
}

TEST(TerminalReport, FailureWithoutPlainExecutionsClaimsNothingAboutThem) {
  Grade grade = failed_grade();
  for (Finding& finding : grade.findings) {
    for (ScenarioFinding& scenario : finding.scenarios) scenario.plain_executions = 0;
  }
  const std::string report = report_of(grade);
  EXPECT_TRUE(has(report, "crowd: failed in 3 of 40 jittered executions, first with seed"));
  EXPECT_FALSE(has(report, "lain runs"));
}

TEST(TerminalReport, FailureInPlainExecutionsOnlyNamesNoOthers) {
  Grade grade = failed_grade();
  ScenarioFinding& crowd = grade.findings[0].scenarios[1];
  crowd.jitter_executions = crowd.jitter_failures = 0;
  crowd.plain_failures = 2;
  crowd.example.strategy = Strategy::kPlain;
  const std::string report = report_of(grade);
  EXPECT_TRUE(has(report, "crowd: failed in 2 of 10 plain executions, first with seed"));
  EXPECT_TRUE(has(report, "<submission> crowd --seed 0x00000000deadbeef\n"));
}

TEST(TerminalReport, ScheduleThatCanBeRepeatedIsShownBeforeAnExecutionThatMayNotComeAgain) {
  Grade grade = failed_grade();
  auto& scenarios = grade.findings[0].scenarios;
  scenarios.push_back(scenarios[1]);
  scenarios[2].scenario = "squeeze";
  scenarios[2].token = "1x-abcde-0-fgh";
  const std::string report = report_of(grade);
  EXPECT_TRUE(has(report, "jitterlab replay 1x-abcde-0-fgh"));
  EXPECT_FALSE(has(report, "<submission> crowd --seed"));
}

TEST(TerminalReport, CheckThatMustHoldOnceSaysHowOftenItDid) {
  Grade grade = passed_grade();
  grade.findings[1].scenarios[0].jitter_failures = 39;
  grade.findings[1].scenarios[0].plain_failures = 10;
  EXPECT_TRUE(has(report_of(grade), "once is enough, and it held in 1 of 40 jittered executions"));
}

TEST(TerminalReport, CheckThatMustHoldOnceAndNeverDidIsSaidToHaveHeldInNone) {
  Grade grade = failed_grade();
  ScenarioFinding& crowd = grade.findings[0].scenarios[1];
  crowd.once_is_enough = true;
  crowd.jitter_failures = 40;
  crowd.plain_failures = 10;
  const std::string report = report_of(grade);
  EXPECT_TRUE(has(report, "crowd: held in none of 40 jittered and 10 plain executions, and once would have been"));
  EXPECT_FALSE(has(report, "failed in 40 of 40")) << report;
}

TEST(TerminalReport, FewExecutionsAreSaidAsFewAsTheyWere) {
  Grade grade = passed_grade();
  ScenarioFinding& full = grade.findings[1].scenarios[0];
  full.jitter_executions = 0;
  full.plain_executions = 1;
  EXPECT_TRUE(has(report_of(grade), "no failure in 1 plain execution of full"));
  full.plain_executions = 0;
  EXPECT_TRUE(has(report_of(grade), "seen in no execution of full"));
  full.jitter_executions = 40;
  EXPECT_TRUE(has(report_of(grade), "no failure in 40 jittered executions of full"));
}

TEST(TerminalReport, SubmissionIsQuotedForTheShellOrLeftOut) {
  const auto report = [](const std::string& submission) {
    return terminal_report(failed_grade(), {false, 100, "", submission});
  };
  EXPECT_TRUE(has(report("my work/it's"), "jitterlab run producer-consumer 'my work/it'\\''s' crowd"));
  EXPECT_TRUE(has(report("a;rm x"), "jitterlab run producer-consumer 'a;rm x' crowd"));
  EXPECT_TRUE(has(report("a\nb"), "jitterlab run producer-consumer <submission> crowd"));
}

TEST(TerminalReport, LabIsNamedAsItWasTyped) {
  const std::string by_path = terminal_report(failed_grade(), {.lab = "my labs/prodcons", .submission = "ann"});
  EXPECT_TRUE(has(by_path, "jitterlab run 'my labs/prodcons' ann crowd"));
  const std::string unspeakable = terminal_report(failed_grade(), {.lab = "x\x01", .submission = "ann"});
  EXPECT_TRUE(has(unspeakable, "jitterlab run <lab> ann crowd"));
}

TEST(TerminalReport, ColourChangesNothingButColour) {
  for (const auto& [name, grade] : all_grades()) {
    std::string coloured = terminal_report(grade, {true, 100});
    EXPECT_TRUE(has(coloured, "\x1b[")) << name;
    for (const char* sequence : {"\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[0m"}) {
      for (auto at = coloured.find(sequence); at != std::string::npos; at = coloured.find(sequence)) {
        coloured.erase(at, std::string(sequence).size());
      }
    }
    EXPECT_EQ(coloured, report_of(grade)) << name;
  }
}

}  // namespace
}  // namespace jitterlab
