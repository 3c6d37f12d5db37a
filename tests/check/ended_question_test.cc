#include <gmock/gmock.h>

#include "check/observation_fixture.h"
#include "os/error.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

const EndedCheck kByItself{};
const EndedCheck kStopped{"", Ends::kStopped, {}};

Observation with(Observation observation, Limit limit) {
  observation.limit = limit;
  return observation;
}

Observation at_rest(Observation observation) {
  observation.came_to_rest = true;
  return observation;
}

TEST(EndedQuestion, AnyExitStatusIsAnEndByItself) {
  EXPECT_EQ(ask(kByItself, ended("producer: exit 0 | consumer: exit 32")).verdict, Verdict::kPassed);
}

TEST(EndedQuestion, AFatalSignalFails) {
  const Answer answer = ask(kByItself, ended("producer: exit 0 | consumer: signal 11"));
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "every program ends by itself");
  EXPECT_EQ(answer.seen, "consumer was ended by signal 11 (Segmentation fault)");
}

TEST(EndedQuestion, StillRunningAtTheEndFailsAndTheReasonIsSaid) {
  const Observation hanging = ended("producer: exit 0 | consumer#1: exit 0 | consumer#2: alive");
  EXPECT_EQ(ask(kByItself, hanging).seen, "consumer 2 still running at the end");
  EXPECT_EQ(ask(kByItself, at_rest(hanging)).seen,
            "consumer 2 still running at the end: everyone waited and nobody could go on");
  EXPECT_EQ(ask(kByItself, with(hanging, Limit::kWall)).seen,
            "consumer 2 still running at the end: the time limit was reached");
}

TEST(EndedQuestion, ALimitOfAllTogetherFails) {
  const Observation all_ended = ended("producer: exit 0 | consumer: exit 0");
  EXPECT_EQ(ask(kByItself, all_ended).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(kByItself, with(all_ended, Limit::kMemory)).seen,
            "together they used more memory than the limit allows");
  EXPECT_EQ(ask(kByItself, with(all_ended, Limit::kOutput)).seen, "more was printed than the limit allows");
}

TEST(EndedQuestion, ARoleThatWasNotStartedFails) {
  EXPECT_THAT(ask(kByItself, ended("producer: exit 0 | consumer: not started")).seen,
              HasSubstr("consumer was not started, because what it waits for did not happen"));
  EXPECT_THAT(ask(kByItself, ended("producer: exit 0")).seen, HasSubstr("consumer was not started"));
  Observation refused = ended("producer: exit 0 | consumer: not started");
  refused.instances[1].ending = Ending::not_started("no such file");
  EXPECT_EQ(ask(kByItself, refused).seen, "consumer was not started: no such file");
}

TEST(EndedQuestion, AStatusIsAskedForOnlyWhereTheLabDoes) {
  const EndedCheck with_status{"consumer", Ends::kByItself, 3};
  EXPECT_EQ(ask(with_status, ended("producer: exit 1 | consumer: exit 3")).verdict, Verdict::kPassed);
  const Answer answer = ask(with_status, ended("producer: exit 3 | consumer: exit 0"));
  EXPECT_EQ(answer.expected, "consumer ends by itself with exit status 3");
  EXPECT_EQ(answer.seen, "consumer ended with exit 0");
}

TEST(EndedQuestion, OnlyTheNamedRoleIsAsked) {
  const EndedCheck producer_only{"producer", Ends::kByItself, {}};
  EXPECT_EQ(ask(producer_only, with(ended("producer: exit 0 | consumer: alive"), Limit::kWall)).verdict,
            Verdict::kPassed);
  EXPECT_EQ(ask(producer_only, ended("producer: signal 6 | consumer: exit 0")).verdict, Verdict::kFailed);
}

TEST(EndedQuestion, RolesOfTheReferenceAreNotAskedUnlessNamed) {
  Lab lab = fruit_lab();
  lab.scenarios[0].roles[1].origin = Origin::kReference;
  const Observation crashed = ended("producer: exit 0 | consumer: signal 11");
  const Check all{.id = "ends", .question = kByItself};
  const Check named{.id = "ends", .question = EndedCheck{"consumer", Ends::kByItself, {}}};
  EXPECT_EQ(answer(lab, all, crashed, nullptr).verdict, Verdict::kPassed);
  EXPECT_EQ(answer(lab, named, crashed, nullptr).verdict, Verdict::kFailed);
}

TEST(EndedQuestion, AReferenceThatWaitsForTheSubmissionForEverFails) {
  const Observation rest = at_rest(ended("server: alive | client: exit 0", "servers"));
  EXPECT_EQ(ask(kByItself, rest).seen, "everyone waited and nobody could go on");
}

TEST(EndedQuestion, AServerMayBeStopped) {
  EXPECT_EQ(ask(kByItself, ended("server: stopped, signal 15 | client: exit 0", "servers")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(kByItself, ended("server: stopped, exit 1 | client: exit 0", "servers")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(kByItself, ended("server: exit 0 | client: exit 0", "servers")).verdict, Verdict::kPassed);
}

TEST(EndedQuestion, AServerThatCrashesFailsAllTheSame) {
  EXPECT_EQ(ask(kByItself, ended("server: signal 11 | client: exit 0", "servers")).seen,
            "server was ended by signal 11 (Segmentation fault)");
  EXPECT_EQ(ask(kByItself, ended("server: signal 15 | client: exit 0", "servers")).verdict, Verdict::kFailed);
  EXPECT_EQ(ask(kByItself, ended("server: stopped, signal 11 | client: exit 0", "servers")).verdict, Verdict::kFailed);
}

TEST(EndedQuestion, AServerThatOutlivesSigtermFails) {
  EXPECT_EQ(ask(kByItself, ended("server: stopped, alive | client: exit 0", "servers")).seen,
            "server did not end after SIGTERM");
}

TEST(EndedQuestion, AServerIsNotBlamedForAClientThatHangs) {
  EXPECT_EQ(ask(kByItself, ended("server: alive | client: alive", "servers")).seen, "client still running at the end");
}

TEST(EndedQuestion, AServerThatIsNamedMustEndByItself) {
  const EndedCheck server{"server", Ends::kByItself, 0};
  EXPECT_EQ(ask(server, ended("server: stopped, signal 15 | client: exit 0", "servers")).seen,
            "server had to be stopped");
  EXPECT_EQ(ask(server, ended("server: stopped, exit 0 | client: exit 0", "servers")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(server, ended("server: stopped, exit 7 | client: exit 0", "servers")).verdict, Verdict::kFailed);
}

TEST(EndedQuestion, WhenEveryoneIsStoppedNobodyNeedsToEndByItself) {
  EXPECT_EQ(ask(kByItself, ended("producer: stopped, signal 15", "waiting")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(kByItself, ended("producer: signal 6", "waiting")).verdict, Verdict::kFailed);
  EXPECT_EQ(ask(kByItself, with(ended("producer: alive", "waiting"), Limit::kWall)).seen, "the time limit was reached");
}

TEST(EndedQuestion, ARoleThatAStepStopsMayBeStopped) {
  Lab lab = fruit_lab();
  lab.scenarios[0].steps = {{.action = Step::Action::kStop, .role = "producer"}};
  const Check all{.id = "ends", .question = kByItself};
  EXPECT_EQ(answer(lab, all, ended("producer: stopped, signal 15 | consumer: exit 0"), nullptr).verdict,
            Verdict::kPassed);
  EXPECT_EQ(answer(lab, all, ended("producer: exit 0 | consumer: stopped, signal 15"), nullptr).seen,
            "consumer had to be stopped");
}

TEST(EndedQuestion, StoppedMeansStillThereToBeStopped) {
  EXPECT_EQ(ask(kStopped, ended("server: stopped, signal 15 | client: exit 0", "servers")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(kStopped, ended("server: stopped, exit 0 | client: exit 0", "servers")).verdict, Verdict::kPassed);
  EXPECT_EQ(ask(kStopped, ended("server: alive | client: exit 0", "servers")).verdict, Verdict::kPassed);
}

TEST(EndedQuestion, StoppedFailsWhenItEndedBeforeOrNeverStarted) {
  const Answer answer = ask(kStopped, ended("server: exit 0 | client: exit 0", "servers"));
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "every program is still there when it is stopped");
  EXPECT_EQ(answer.seen, "server ended before it was to be stopped: exit 0");
  EXPECT_EQ(ask(kStopped, ended("server: not started", "servers")).verdict, Verdict::kFailed);
  EXPECT_EQ(ask(EndedCheck{"client", Ends::kStopped, {}}, ended("server: exit 0 | client: exit 0", "servers")).seen,
            "client ended before it was to be stopped: exit 0");
}

TEST(EndedQuestion, AScenarioThatTheLabDoesNotHaveIsAnErrorOfOurs) {
  EXPECT_THROW(ask(kByItself, ended("producer: exit 0", "elsewhere")), Error);
}

}  // namespace
}  // namespace jitterlab
