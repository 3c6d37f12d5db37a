// Both sides of every promise: kept ones are silent, broken ones are told.
#include "verify/judgement.h"

#include <gmock/gmock.h>

#include "check/check.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Lab small_lab() {
  Lab lab;
  lab.scenarios = {{.name = "one", .executions = {.plain = 5, .jitter = 20, .controlled = 100}}};
  lab.checks = {{.id = "arrive", .points = 5, .question = CountCheck{}, .hint = "count"},
                {.id = "ends", .points = 2, .question = EndedCheck{}}};
  return lab;
}

const KnownSubmission kAccepted{"", "accepted", "textbook", {}};
const KnownSubmission kBad{"", "count", "bug.c", {"arrive"}};

Finding passed(const std::string& id, const std::string& kind, int points) {
  Finding finding{.check = id, .kind = kind, .points = points, .earned = points};
  finding.scenarios.push_back(
      {.scenario = "one", .plain_executions = 5, .jitter_executions = 20, .controlled_executions = 100});
  return finding;
}

Finding failed(const std::string& id, const std::string& kind, int points) {
  Finding finding = passed(id, kind, points);
  finding.verdict = finding.scenarios[0].verdict = Verdict::kFailed;
  finding.earned = 0;
  finding.lost = points;
  finding.scenarios[0].answer.seen = "nothing arrived";
  finding.scenarios[0].controlled_executions = 60;
  finding.scenarios[0].controlled_failures = 1;
  finding.scenarios[0].first_controlled_failure = 60;
  return finding;
}

SeedResult result_with(const Finding& arrive, const Finding& ends, std::uint64_t seed = 1) {
  SeedResult result;
  result.seed = seed;
  result.grade.points = 7;
  result.grade.findings = {arrive, ends};
  add_up(result.grade);
  result.whole = {125, 2.0};
  if (arrive.lost > 0) result.first_failures["arrive"] = {85, 1.5};
  if (ends.lost > 0) result.first_failures["ends"] = {90, 1.6};
  return result;
}

const Finding kArrives = passed("arrive", "count", 5), kEnds = passed("ends", "ended", 2);
const Finding kLost = failed("arrive", "count", 5), kHangs = failed("ends", "ended", 2);

TEST(Judge, AcceptedSolutionWithAllPointsIsAsItMustBe) {
  const Judgement judgement = judge(small_lab(), kAccepted, {result_with(kArrives, kEnds)});
  EXPECT_THAT(judgement.complaints, IsEmpty());
  EXPECT_THAT(judgement.not_told, IsEmpty());
}

TEST(Judge, AcceptedSolutionThatLosesPointsIsToldWithWhatWasSeen) {
  EXPECT_THAT(judge(small_lab(), kAccepted, {result_with(kLost, kEnds, 7)}).complaints,
              ElementsAre("seed 7: loses 5 points in arrive\none: nothing arrived"));
}

TEST(Judge, KnownBadThatFailsAsItSaysIsAsItMustBe) {
  EXPECT_THAT(judge(small_lab(), kBad, {result_with(kLost, kEnds)}).complaints, IsEmpty());
}

TEST(Judge, KnownBadThatPassesIsTold) {
  EXPECT_THAT(judge(small_lab(), kBad, {result_with(kArrives, kEnds)}).complaints,
              ElementsAre("seed 1: loses nothing in arrive, which it says it fails"));
}

TEST(Judge, CheckThatIsNotChargedSaysWhy) {
  Finding excused = kHangs;
  excused.lost = 0, excused.earned = 2;
  excused.not_charged_because = "arrive";
  const KnownSubmission both{"", "count", "bug.c", {"arrive", "ends"}};
  EXPECT_THAT(judge(small_lab(), both, {result_with(kLost, excused)}).complaints,
              ElementsAre("seed 1: loses nothing in ends, which it says it fails: not charged, as arrive fails"));
}

TEST(Judge, KnownBadThatFailsMoreThanItSaysIsTold) {
  EXPECT_THAT(judge(small_lab(), kBad, {result_with(kLost, kHangs)}).complaints,
              ElementsAre(HasSubstr("loses 2 points in ends, which it does not name")));
}

TEST(Judge, FindingOfAnotherKindThanTheFolderIsTold) {
  const KnownSubmission misplaced{"", "ended", "bug.c", {"arrive"}};
  EXPECT_THAT(judge(small_lab(), misplaced, {result_with(kLost, kEnds)}).complaints,
              ElementsAre("seed 1: no check that it fails is of the kind ended, its folder"));
}

TEST(Judge, SubmissionThatSaysItDoesNotBuildMustNot) {
  const KnownSubmission broken{"", "builds", "bug.c", {"builds"}};
  EXPECT_THAT(judge(small_lab(), broken, {result_with(kArrives, kEnds)}).complaints,
              ElementsAre("seed 1: builds, though it says that it does not"));
  SeedResult unbuilt;
  unbuilt.seed = 1;
  unbuilt.grade.build_failures = {{}};
  unbuilt.grade.findings = {{.check = "builds", .kind = "builds", .verdict = Verdict::kFailed, .points = 7, .lost = 7}};
  EXPECT_THAT(judge(small_lab(), broken, {unbuilt}).complaints, IsEmpty());
  EXPECT_THAT(judge(small_lab(), kAccepted, {unbuilt}).complaints, ElementsAre(HasSubstr("loses 7 points in builds")));
}

TEST(Judge, OpenPointsAreNotToldAndNoComplaint) {
  Finding open = kArrives;
  open.earned = 0, open.open = 5;
  open.reason = "control was lost";
  const Judgement judgement = judge(small_lab(), kBad, {result_with(open, kEnds)});
  EXPECT_THAT(judgement.complaints, IsEmpty());
  EXPECT_THAT(judgement.not_told, ElementsAre("seed 1: arrive is not graded: control was lost"));
  SeedResult broken = result_with(kArrives, kEnds);
  broken.grade.not_graded_because = "no box";
  EXPECT_THAT(judge(small_lab(), kAccepted, {broken}).not_told, ElementsAre("seed 1: no box"));
}

TEST(Judge, BugThatIsSeenLateInEachSeedGetsAWarningAndOneThatIsSeenAlwaysDoesNot) {
  const auto seeds = [](const Finding& arrive) {
    return std::vector{result_with(arrive, kEnds, 1), result_with(arrive, kEnds, 2), result_with(arrive, kEnds, 3)};
  };
  const Judgement late = judge(small_lab(), kBad, seeds(kLost));
  ASSERT_TRUE(late.chance);
  EXPECT_LT(*late.chance, 0.99);
  EXPECT_THAT(late.warnings, ElementsAre(HasSubstr("at least ")));
  Finding always = kLost;
  always.scenarios[0].plain_failures = 5;
  always.scenarios[0].jitter_failures = 20;
  EXPECT_THAT(judge(small_lab(), kBad, seeds(always)).warnings, IsEmpty());
  EXPECT_FALSE(judge(small_lab(), kBad, {result_with(always, kEnds)}).chance) << "one seed is too few";
}

TEST(JudgeStarter, MustLosePointsForAReasonThatIsTold) {
  EXPECT_THAT(judge_starter(small_lab(), result_with(kLost, kEnds)).complaints, IsEmpty());
  EXPECT_THAT(judge_starter(small_lab(), result_with(kArrives, kEnds)).complaints,
              ElementsAre("the starter gets all points"));
  EXPECT_THAT(judge_starter(small_lab(), result_with(kLost, kHangs)).complaints,
              ElementsAre("the starter fails ends, and that check has no hint"));
  Finding silent = kLost;
  silent.scenarios[0].answer.seen.clear();
  EXPECT_THAT(judge_starter(small_lab(), result_with(silent, kEnds)).complaints,
              ElementsAre("the report does not say what was seen when the starter failed arrive"));
}

TEST(JudgeStarter, MustBuild) {
  SeedResult unbuilt;
  unbuilt.grade.build_failures = {{}};
  unbuilt.grade.findings = {{.check = "builds", .kind = "builds", .verdict = Verdict::kFailed, .points = 7, .lost = 7}};
  EXPECT_THAT(judge_starter(small_lab(), unbuilt).complaints, ElementsAre(HasSubstr("the starter does not build")));
}

TEST(EffortToCatch, IsThatOfTheLastOfTheNamedChecks) {
  const KnownSubmission both{"", "count", "bug.c", {"arrive", "ends"}};
  EXPECT_EQ(effort_to_catch(both, result_with(kLost, kHangs))->executions, 90);
  EXPECT_EQ(effort_to_catch(kBad, result_with(kLost, kHangs))->executions, 85);
  EXPECT_FALSE(effort_to_catch(both, result_with(kLost, kEnds)));
}

TEST(ChecksWithoutBug, AreThoseThatNoSubmissionFails) {
  EXPECT_THAT(checks_without_bug(small_lab(), {kAccepted, kBad}), ElementsAre("ends"));
}

}  // namespace
}  // namespace jitterlab
