#include <gmock/gmock.h>

#include "check/check.h"
#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

const CountCheck kOnePing{{{"ping", 1, 1}}};
const CountCheck kOnePong{{{"pong", 1, 1}}};

Check check(const std::string& id, int points, const Question& question) {
  return {.id = id, .points = points, .in = {"fruit"}, .question = question, .hint = "look at " + id};
}

Lab lab_with(const std::vector<Check>& checks) {
  Lab lab = fruit_lab();
  lab.checks = checks;
  return lab;
}

Observation in(const Execution& execution, const std::string& writes) {
  Observation observation = seen(writes);
  observation.execution = execution;
  return observation;
}

Execution plain(int index, const std::string& scenario = "fruit") {
  return {scenario, Strategy::kPlain, index, 1000u + index};
}

Execution jitter(int index, const std::string& scenario = "fruit") {
  return {scenario, Strategy::kJitter, index, 2000u + index};
}

Execution controlled(int index) { return {"fruit", Strategy::kControlled, index, 3000u}; }

Observation interfered(Observation observation) {
  observation.interference = "wrote to the control area";
  return observation;
}

TEST(Findings, ACheckThatHeldInEveryExecutionPassed) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add(in(jitter(0), "a: Ping"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.check, "pings");
  EXPECT_EQ(finding.kind, "count");
  EXPECT_EQ(finding.hint, "look at pings");
  EXPECT_EQ(finding.verdict, Verdict::kPassed);
  EXPECT_EQ(finding.earned, 5);
  EXPECT_EQ(finding.lost + finding.open, 0);
  EXPECT_EQ(finding.scenarios.at(0).answer.expected, "exactly 1 `ping`");
}

TEST(Findings, TheFirstFailureUnderControlIsNumberedAmongThoseUnderControl) {
  const Lab lab = lab_with({check("pings", 5, kOnePing), check("pongs", 5, kOnePong)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add(in(controlled(0), "a: Ping"));
  EXPECT_FALSE(findings.has_failed("pings"));
  findings.add(in(controlled(1), "a: nothing"));
  findings.add(in(controlled(2), "a: nothing"));
  EXPECT_TRUE(findings.has_failed("pings"));
  EXPECT_EQ(findings.result().at(0).scenarios.at(0).first_controlled_failure, 2);
  EXPECT_EQ(findings.result().at(1).scenarios.at(0).first_controlled_failure, 1);
  EXPECT_FALSE(findings.has_failed("no such check"));
}

TEST(Findings, AFailureUnderControlCountsOnceItCameAgain) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add(in(controlled(0), "a: Ping"));
  const Observation failing = in(controlled(1), "a: nothing");
  EXPECT_EQ(findings.newly_failing(failing), (std::set<std::string>{"pings"}));
  findings.add(failing);
  findings.add_confirmed(failing, "token");
  EXPECT_TRUE(findings.newly_failing(failing).empty());
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.lost, 5);
  EXPECT_EQ(finding.scenarios.at(0).controlled_executions, 2);
  EXPECT_EQ(finding.scenarios.at(0).controlled_failures, 1);
  EXPECT_EQ(finding.scenarios.at(0).token, "token");
  EXPECT_EQ(finding.scenarios.at(0).example, controlled(1));
}

TEST(Findings, AFailureUnderControlThatDidNotComeAgainIsNotGraded) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add(in(controlled(0), "a: nothing"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kNotGraded);
  EXPECT_EQ(finding.open, 5);
  EXPECT_THAT(finding.reason, HasSubstr("not again"));
}

TEST(Findings, AFailureUnderControlThatOthersShowCountsWithoutComingAgain) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(jitter(0), "a: nothing"));
  findings.add(in(controlled(0), "a: nothing"));
  EXPECT_EQ(findings.result().at(0).verdict, Verdict::kFailed);
}

TEST(Findings, ChecksThatWereNotAskedForStayOpen) {
  const Lab lab = lab_with({check("pings", 5, kOnePing), check("others", 2, kOnePing)});
  Findings findings(lab, nullptr, {"pings"});
  findings.add(in(plain(0), "a: Ping"));
  EXPECT_EQ(findings.result().at(0).earned, 5);
  const Finding other = findings.result().at(1);
  EXPECT_EQ(other.check, "others");
  EXPECT_EQ(other.open, 2);
  EXPECT_EQ(other.reason, "this check was not asked for");
}

TEST(Findings, OneFailureIsEnoughAndTheFirstIsTheExample) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add(in(jitter(0), "a: Ping"));
  findings.add(in(jitter(1), "a: nothing"));
  findings.add(in(jitter(2), "a: PingPing"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.lost, 5);
  EXPECT_EQ(finding.earned, 0);
  const ScenarioFinding& in_fruit = finding.scenarios.at(0);
  EXPECT_EQ(in_fruit.example, jitter(1));
  EXPECT_EQ(in_fruit.answer.seen, "no `ping` at all");
  EXPECT_EQ(in_fruit.plain_executions, 1);
  EXPECT_EQ(in_fruit.plain_failures, 0);
  EXPECT_EQ(in_fruit.jitter_executions, 3);
  EXPECT_EQ(in_fruit.jitter_failures, 2);
}

TEST(Findings, ScenariosAreJudgedOneByOne) {
  Check both = check("pings", 5, kOnePing);
  both.in = {"fruit", "waiting"};
  const Lab lab = lab_with({both});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add(in(plain(0, "waiting"), "a: nothing"));
  findings.add(in(plain(0, "servers"), "a: nothing"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  ASSERT_EQ(finding.scenarios.size(), 2u);
  EXPECT_EQ(finding.scenarios[0].verdict, Verdict::kPassed);
  EXPECT_EQ(finding.scenarios[1].verdict, Verdict::kFailed);
}

TEST(Findings, ACheckWithoutAnExecutionIsNotGraded) {
  Check both = check("pings", 5, kOnePing);
  both.in = {"fruit", "waiting"};
  const Lab lab = lab_with({both});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kNotGraded);
  EXPECT_EQ(finding.open, 5);
  EXPECT_EQ(finding.reason, "no execution of scenario waiting was done");
}

// A search is left out when nothing can be lost in it any more.
TEST(Findings, WhatWasNotLookedAtIsNotOpenWhereAnotherCheckCostsItAlready) {
  Check waiting = check("pings", 5, kOnePing);
  waiting.in = {"waiting"};
  waiting.unless_failed = {"pongs"};
  const Lab lab = lab_with({waiting, check("pongs", 3, kOnePong)});
  Findings failed(lab, nullptr), passed(lab, nullptr), partial(lab, nullptr, {"pongs"});
  for (Findings* findings : {&failed, &partial}) findings->add(in(plain(0), "a: Ping"));
  passed.add(in(plain(0), "a: Pong"));
  const Finding not_charged = failed.result().at(0);
  EXPECT_EQ(not_charged.verdict, Verdict::kNotGraded);
  EXPECT_EQ(not_charged.not_charged_because, "pongs");
  EXPECT_EQ(not_charged.earned, 5);
  EXPECT_EQ(not_charged.open, 0);
  EXPECT_EQ(failed.result().at(1).lost, 3);
  EXPECT_EQ(passed.result().at(0).open, 5);
  EXPECT_EQ(partial.result().at(0).open, 5);
  failed.add(interfered(in(plain(1, "waiting"), "a: nothing")));
  EXPECT_EQ(failed.result().at(0).open, 5);
}

TEST(Findings, AnExecutionThatGaveNothingIsNotGradedUnlessAnotherFailed) {
  const Lab lab = lab_with({check("pings", 5, kOnePing), check("pongs", 3, kOnePong)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add_not_graded(plain(1), "the sandbox went away");
  const auto result = findings.result();
  EXPECT_EQ(result[0].verdict, Verdict::kNotGraded);
  EXPECT_EQ(result[0].reason, "the sandbox went away");
  EXPECT_EQ(result[0].open, 5);
  EXPECT_EQ(result[0].scenarios[0].example, plain(1));
  EXPECT_EQ(result[0].scenarios[0].answer.expected, "exactly 1 `ping`");
  EXPECT_EQ(result[1].verdict, Verdict::kFailed);
  EXPECT_EQ(result[1].reason, "");
  EXPECT_EQ(result[1].lost, 3);
}

TEST(Findings, InterferenceIsNotGradedEvenIfOthersPass) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add_not_graded(plain(0), "the sandbox went away");
  findings.add(interfered(in(plain(1), "a: Ping")));
  findings.add(in(plain(2), "a: Ping"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kNotGraded);
  EXPECT_EQ(finding.reason, "interference: wrote to the control area");
  EXPECT_EQ(finding.scenarios[0].example, plain(1));
  EXPECT_EQ(finding.scenarios[0].plain_executions, 1);
}

TEST(Findings, InterferenceHidesNoFailureSeenInACleanExecution) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(interfered(in(plain(0), "a: nothing")));
  EXPECT_EQ(findings.result().at(0).verdict, Verdict::kNotGraded);
  findings.add(in(plain(1), "a: nothing"));
  EXPECT_EQ(findings.result().at(0).verdict, Verdict::kFailed);
}

Check sometimes(int points, const std::vector<std::string>& scenarios = {"fruit"}) {
  Check once = check("pings", points, kOnePing);
  once.holds = Holds::kSometimes;
  once.in = scenarios;
  return once;
}

TEST(Findings, SometimesPassesWhenItHeldOnce) {
  const Lab lab = lab_with({sometimes(5)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  EXPECT_EQ(findings.result().at(0).verdict, Verdict::kFailed);
  EXPECT_EQ(findings.result().at(0).scenarios[0].answer.seen, "no `ping` at all");
  EXPECT_TRUE(findings.result().at(0).scenarios[0].once_is_enough);
  findings.add(in(jitter(0), "a: Ping"));
  findings.add(in(jitter(1), "a: nothing"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kPassed);
  EXPECT_EQ(finding.scenarios[0].example, jitter(0));
  EXPECT_EQ(finding.scenarios[0].jitter_failures, 1);
}

TEST(Findings, SometimesMayHoldInAnyOfItsScenarios) {
  const Lab lab = lab_with({sometimes(5, {"fruit", "waiting"})});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  findings.add(in(plain(0, "waiting"), "a: Ping"));
  const Finding finding = findings.result().at(0);
  EXPECT_EQ(finding.verdict, Verdict::kPassed);
  EXPECT_EQ(finding.scenarios[0].verdict, Verdict::kPassed);
}

TEST(Findings, SometimesThatMayHaveHeldUnseenIsNotGraded) {
  const Lab lab = lab_with({sometimes(5, {"fruit", "waiting"})});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  findings.add(in(plain(0, "waiting"), "a: nothing"));
  findings.add_not_graded(plain(1, "waiting"), "the sandbox went away");
  EXPECT_EQ(findings.result().at(0).verdict, Verdict::kNotGraded);
  EXPECT_EQ(findings.result().at(0).open, 5);
}

TEST(Findings, SometimesIsNotGradedAfterInterference) {
  const Lab lab = lab_with({sometimes(5)});
  Findings findings(lab, nullptr);
  findings.add(interfered(in(plain(0), "a: Ping")));
  findings.add(in(plain(1), "a: Ping"));
  EXPECT_EQ(findings.result().at(0).verdict, Verdict::kNotGraded);
}

TEST(Findings, WhatTheKernelSawIsAskedOfPlainExecutionsOnly) {
  const Lab lab = lab_with({check("queue", 2, UsesCheck{{Mechanism::kSystemVQueue}}),
                            check("segment", 2, ObjectsCheck{{{.kind = ObjectKind::kSegment}}})});
  Findings findings(lab, nullptr);
  findings.add(in(jitter(0), "a: x"));
  findings.add_not_graded(jitter(1), "the sandbox went away");
  EXPECT_EQ(findings.result()[0].reason, "no plain execution of scenario fruit was done");
  Observation observation = in(plain(0), "a: x");
  observation.used = {"sysv-queue"};
  observation.objects = {{.kind = ObjectKind::kSegment}};
  findings.add(observation);
  for (const Finding& finding : findings.result()) {
    EXPECT_EQ(finding.verdict, Verdict::kPassed);
    EXPECT_EQ(finding.scenarios[0].jitter_executions, 0);
  }
}

TEST(Findings, OneBugIsChargedOnce) {
  Check tidy = check("tidy", 3, kOnePong);
  tidy.unless_failed = {"pings"};
  const Lab lab = lab_with({tidy, check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  const auto result = findings.result();
  EXPECT_EQ(result[0].verdict, Verdict::kFailed);
  EXPECT_EQ(result[0].not_charged_because, "pings");
  EXPECT_EQ(result[0].earned, 3);
  EXPECT_EQ(result[0].lost, 0);
  EXPECT_EQ(result[1].lost, 5);
}

TEST(Findings, ACheckIsChargedWhenTheOtherHasNotFailed) {
  Check tidy = check("tidy", 3, kOnePong);
  tidy.unless_failed = {"pings"};
  const Lab lab = lab_with({check("pings", 5, kOnePing), tidy});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  EXPECT_EQ(findings.result()[1].lost, 3);
  findings.add_not_graded(plain(1), "the sandbox went away");
  EXPECT_EQ(findings.result()[0].open, 5);
  EXPECT_EQ(findings.result()[1].lost, 3);
}

TEST(Findings, OnlyAFailedCheckThatLosesPointsExcusesAnother) {
  Check first = check("first", 0, kOnePing), second = check("second", 3, kOnePing);
  second.unless_failed = {"first"};
  Check third = check("third", 2, kOnePing), fourth = check("fourth", 4, kOnePing);
  third.unless_failed = {"second"};
  fourth.unless_failed = {"third"};
  const Lab lab = lab_with({first, second, third, fourth});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  const auto result = findings.result();
  EXPECT_EQ(result[1].lost, 3) << "the first costs nothing";
  EXPECT_EQ(result[2].not_charged_because, "second");
  EXPECT_EQ(result[3].lost, 4) << "the third was not charged";
}

TEST(Findings, ChecksThatExcuseEachOtherCostTheBugOnce) {
  Check first = check("first", 5, kOnePing), second = check("second", 3, kOnePing);
  first.unless_failed = {"second"};
  second.unless_failed = {"first"};
  const Lab lab = lab_with({first, second});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  const auto result = findings.result();
  EXPECT_EQ(result[0].not_charged_because, "second");
  EXPECT_EQ(result[1].lost, 3);
}

TEST(Findings, AScenarioIsDecidedWhenEveryCheckOfItHasFailedUnderControl) {
  Check elsewhere = check("elsewhere", 1, kOnePing);
  elsewhere.in = {"waiting"};
  const Lab lab = lab_with({check("pings", 5, kOnePing), check("pongs", 3, kOnePong), elsewhere});
  Findings findings(lab, nullptr);
  findings.add(in(jitter(0), "a: nothing"));
  EXPECT_FALSE(findings.decided("fruit"));
  EXPECT_FALSE(findings.decided("fruit", {"pings"}));
  EXPECT_TRUE(findings.decided("fruit", {"pings", "pongs"}));
  findings.add_confirmed(in(controlled(0), "a: Ping"), "token");
  EXPECT_FALSE(findings.decided("fruit"));
  EXPECT_TRUE(findings.decided("fruit", {"pings"}));
  findings.add_confirmed(in(controlled(1), "a: nothing"), "token");
  EXPECT_TRUE(findings.decided("fruit"));
  EXPECT_FALSE(findings.decided("waiting"));
}

TEST(Findings, WhatCostsNothingAnyMoreIsNotLookedFor) {
  Check pongs = check("pongs", 3, kOnePong);
  pongs.unless_failed = {"pings"};
  const Lab lab = lab_with({check("pings", 5, kOnePing), pongs});
  Findings findings(lab, nullptr);
  EXPECT_FALSE(findings.decided("fruit"));
  EXPECT_TRUE(findings.decided("fruit", {"pings"}));
  EXPECT_FALSE(findings.decided("fruit", {"pongs"}));
  EXPECT_TRUE(findings.is_told_at_length("pongs", {}));
  EXPECT_FALSE(findings.is_told_at_length("pongs", {"pings"}));
  findings.add(in(controlled(0), "a: Ping"));  // no pong, and it did not come again yet
  EXPECT_FALSE(findings.decided("fruit", {"pings"}));
  EXPECT_TRUE(findings.decided("fruit", {"pings", "pongs"}));
}

TEST(Findings, AnExcuseThatMayBeExcusedByAnotherCheckIsNone) {
  Check second = check("second", 3, kOnePong), third = check("third", 1, kOnePong);
  second.unless_failed = {"first"};
  third.unless_failed = {"second"};  // charged when first fails and so second costs nothing
  Lab lab = lab_with({check("first", 5, kOnePing), second, third});
  EXPECT_FALSE(Findings(lab, nullptr).decided("fruit", {"first", "second"}));
  lab.checks[2].unless_failed = {"second", "first"};
  EXPECT_TRUE(Findings(lab, nullptr).decided("fruit", {"first", "second"}));
}

TEST(Findings, ACheckThatLostItsPointsElsewhereIsNotLookedForWhereItNeverFailed) {
  Check both = check("pings", 5, kOnePing);
  both.in = {"fruit", "waiting"};
  const Lab lab = lab_with({both});
  Findings findings(lab, nullptr);
  EXPECT_FALSE(findings.decided("waiting"));
  findings.add(in(plain(0), "a: nothing"));
  EXPECT_TRUE(findings.decided("waiting"));
  Observation elsewhere = in(jitter(0), "a: nothing");
  elsewhere.execution.scenario = "waiting";
  findings.add(elsewhere);
  EXPECT_FALSE(findings.decided("waiting"));
  EXPECT_FALSE(findings.is_told_at_length("pings", {}));
}

TEST(Findings, ACheckThatWasConfirmedElsewhereIsNotLookedForAtAll) {
  Check both = check("pings", 5, kOnePing);
  both.in = {"fruit", "waiting"};
  const Lab lab = lab_with({both});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0, "waiting"), "a: nothing"));
  findings.add(in(plain(1, "waiting"), "a: Ping"));
  EXPECT_FALSE(findings.decided("waiting"));
  findings.add_confirmed(in(controlled(1), "a: nothing"), "token");
  EXPECT_TRUE(findings.decided("waiting"));
}

TEST(Findings, AFailureOfEveryPlainExecutionNeedsNoSchedule) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  const Observation failing = in(controlled(1), "a: nothing");
  EXPECT_TRUE(findings.newly_failing(failing).empty());
  EXPECT_TRUE(findings.decided("fruit"));
  findings.add_confirmed(failing, "token");
  EXPECT_EQ(findings.result().at(0).scenarios.at(0).example, plain(0));
  findings.add(in(plain(1), "a: Ping"));
  EXPECT_FALSE(findings.decided("fruit"));
  EXPECT_EQ(findings.newly_failing(failing), (std::set<std::string>{"pings"}));
}

TEST(Findings, AWaitForEverInEveryPlainExecutionIsToldUnderControl) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  Observation stuck = in(plain(0), "a: nothing");
  stuck.came_to_rest = true;
  findings.add(stuck);
  EXPECT_FALSE(findings.decided("fruit"));
  const Observation failing = in(controlled(1), "a: nothing");
  EXPECT_EQ(findings.newly_failing(failing), (std::set<std::string>{"pings"}));
  findings.add_confirmed(failing, "token");
  EXPECT_TRUE(findings.decided("fruit"));
  const ScenarioFinding told = findings.result().at(0).scenarios.at(0);
  EXPECT_EQ(told.token, "token");
  EXPECT_EQ(told.plain_failures, 1);
}

TEST(Findings, AConfirmedFailureIsToldInPlaceOfOneOutsideControl) {
  const Lab lab = lab_with({check("pings", 5, kOnePing)});
  Findings findings(lab, nullptr);
  findings.add(in(jitter(3), "a: nothing"));
  const Observation failing = in(controlled(1), "a: nothing");
  EXPECT_EQ(findings.newly_failing(failing), (std::set<std::string>{"pings"}));
  findings.add_confirmed(failing, "token");
  EXPECT_TRUE(findings.newly_failing(failing).empty());
  findings.add_confirmed(in(controlled(2), "a: nothing"), "later");
  const ScenarioFinding told = findings.result().at(0).scenarios.at(0);
  EXPECT_EQ(told.example, controlled(1));
  EXPECT_EQ(told.token, "token");
  EXPECT_EQ(told.jitter_failures, 1);
}

TEST(Findings, WhatHoldsSometimesIsNeverDecidedByFailures) {
  const Lab lab = lab_with({sometimes(5)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: nothing"));
  EXPECT_FALSE(findings.decided("fruit", {"sometimes"}));
}

const FindingsCheck kNoRace{{FindingKind::kRace}};
const FindingsCheck kNoRaceOrDeadlock{{FindingKind::kRace, FindingKind::kDeadlock}};

Observation under_control(int index) {
  Observation observation = in(controlled(index), "a: Ping");
  observation.controlled.emplace();
  return observation;
}

TEST(Findings, WhatTakesControlPassesByAControlledExecutionOnly) {
  const Lab lab = lab_with({check("race-free", 5, kNoRace)});
  Findings findings(lab, nullptr);
  findings.add(in(plain(0), "a: Ping"));
  findings.add(in(jitter(0), "a: Ping"));
  EXPECT_EQ(findings.result()[0].verdict, Verdict::kNotGraded);
  EXPECT_EQ(findings.result()[0].open, 5);
  EXPECT_EQ(findings.result()[0].reason, "only controlled executions tell who did what when");
  EXPECT_FALSE(findings.decided("fruit"));
  findings.add(under_control(0));
  EXPECT_EQ(findings.result()[0].earned, 5);
  EXPECT_EQ(findings.result()[0].scenarios[0].plain_executions, 0);
}

TEST(Findings, WithoutAnyExecutionItIsSaidWhichKindIsMissing) {
  const Lab lab = lab_with({check("race-free", 5, kNoRace)});
  EXPECT_EQ(Findings(lab, nullptr).result()[0].reason, "no controlled execution of scenario fruit was done");
}

TEST(Findings, WhereControlWasAlwaysLostNothingIsCharged) {
  const Lab lab = lab_with({check("race-free", 5, kNoRace)});
  Findings findings(lab, nullptr);
  Observation lost = under_control(0);
  lost.controlled->lost = 1;
  findings.add(lost);
  EXPECT_EQ(findings.result()[0].reason, "control was lost, so that what came before what is not known");
  findings.add(under_control(1));
  EXPECT_EQ(findings.result()[0].verdict, Verdict::kPassed) << "another execution showed it all";
}

TEST(Findings, WhatTakesControlMayFailWithoutIt) {
  const Lab lab = lab_with({check("safe", 5, kNoRaceOrDeadlock)});
  Findings findings(lab, nullptr);
  findings.add(under_control(0));
  Observation hangs = in(jitter(0), "a: Ping");
  hangs.came_to_rest = true;
  findings.add(hangs);
  EXPECT_EQ(findings.result()[0].lost, 5);
}

TEST(Findings, EveryQuestionHasItsKind) {
  const std::vector<std::pair<Question, std::string>> kinds = {{OutputCheck{}, "output"},
                                                               {CountCheck{}, "count"},
                                                               {ExactlyOnceCheck{}, "exactly-once"},
                                                               {SequenceCheck{}, "sequence"},
                                                               {OrderCheck{}, "order"},
                                                               {AtMostCheck{}, "at-most"},
                                                               {EachCheck{}, "each"},
                                                               {EndedCheck{}, "ended"},
                                                               {ObjectsCheck{}, "objects"},
                                                               {UsesCheck{}, "uses"},
                                                               {LeftBehindCheck{}, "left-behind"},
                                                               {FindingsCheck{}, "findings"},
                                                               {ProgramCheck{}, "program"}};
  for (const auto& [question, kind] : kinds) {
    const Lab lab = lab_with({check("one", 1, question)});
    EXPECT_EQ(Findings(lab, nullptr).result()[0].kind, kind);
  }
}

}  // namespace
}  // namespace jitterlab
