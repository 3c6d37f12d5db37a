// Two correct but unusual producer-consumers (LABS.md, "Fairness"): the checks of a lab that follows the rules must not
// accuse them. Beside each, a wrong one whose output looks much the same, so that the checks are seen to look.
#include <gmock/gmock.h>

#include "check/check.h"
#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

const std::vector<std::string> kWords = {"apple", "cherry", "damson", "elder", "fig", "grape"};

Lab market() {
  Lab lab = fruit_lab();
  const LeftBehindCheck no_ipc{{LeftKind::kSegment, LeftKind::kSemaphores, LeftKind::kQueue}};
  const UsesCheck lock{{Mechanism::kSystemVSemaphores, Mechanism::kPosixSemaphores, Mechanism::kSystemVQueue}};
  const OrderCheck fifo{{"got", "item"}, std::string("words"), "who"};
  lab.checks = {{.id = "all-arrive",
                 .points = 9,
                 .in = {"fruit"},
                 .question = ExactlyOnceCheck{std::string("words"), {"got", "item"}}},
                {.id = "in-order", .points = 3, .in = {"fruit"}, .question = fifo},
                {.id = "bounded", .points = 4, .in = {"waiting"}, .question = CountCheck{{{"produced", 2, 2}}}},
                {.id = "ends", .points = 2, .in = {"fruit", "waiting"}, .question = EndedCheck{}},
                {.id = "tidy", .points = 1, .in = {"fruit"}, .question = no_ipc},
                {.id = "locks", .points = 1, .in = {"fruit"}, .question = lock}};
  return lab;
}

// Ids of the checks that lost points.
std::vector<std::string> lost_by(const Observation& crowd, const Observation& full) {
  const Lab lab = market();
  Findings findings(lab, nullptr);
  findings.add(crowd);
  findings.add(full);
  std::vector<std::string> lost;
  for (const Finding& finding : findings.result()) {
    if (finding.earned < finding.points) lost.push_back(finding.check);
  }
  return lost;
}

Observation observed(const std::string& writes, const std::vector<std::string>& used) {
  Observation observation = seen(writes);
  observation.parameters = {{"words", kWords}};
  observation.used = used;
  return observation;
}

// The buffer holds two; nobody takes anything.
Observation full(const std::string& writes) {
  Observation observation = seen(writes);
  observation.execution.scenario = "waiting";
  observation.parameters = {{"words", kWords}};
  for (InstanceSeen& instance : observation.instances) {
    instance.sent_sigterm = true;
    instance.ending = Ending::from_names("signalled", 15, "");
  }
  return observation;
}

// A message queue as its lock, the segment erased right after attaching, debug lines, everything in a buffer that is
// written at the end: the producer's lines come last, and cut in the middle of one.
const char kBuffered[] =
    "consumer/8: [debug] shmid 0 attached, erased\nconsumer 1 got apple\nconsumer 1 got cherry\nconsu"
    " | consumer/9: [debug] token\nconsumer 2 got damson\nconsumer 2 got fig\n"
    " | consumer/8: mer 1 got elder\nconsumer 1 got grape\n"
    " | producer/7: [debug] produced?\nproduced apple\nproduced cherry\nproduced damson\nproduced el"
    " | producer/7: der\nproduced fig\nproduced grape\n";

// POSIX semaphores in an anonymous mapping, a linked list, consumers that are threads of one process: a consumer may
// print long after it took its item, so the lines of the two are in no common order.
const char kThreaded[] =
    "producer: produced apple\n | consumer: consumer 2 got cherry\n | producer: produced cherry\nproduced damson\n"
    " | consumer: consumer 1 got apple\n | producer: produced elder\nproduced fig\nproduced grape\n"
    " | consumer: consumer 2 got fig\nconsumer 2 got grape\nconsumer 1 got damson\nconsumer 1 got elder\n";

TEST(Fairness, OutputThatComesLateAndOutOfOrderCostsNothing) {
  EXPECT_THAT(lost_by(observed(kBuffered, {"sysv-segment", "sysv-queue"}), full("producer: produced a\nproduced b\n")),
              testing::IsEmpty());
}

TEST(Fairness, ThreadsThatPrintInAnyOrderCostNothing) {
  EXPECT_THAT(lost_by(observed(kThreaded, {"shared-mapping", "posix-semaphores", "threads"}),
                      full("producer: produced a\n | producer: produced b\n")),
              testing::IsEmpty());
}

TEST(Fairness, ALostItemIsSeenInTheSameOutput) {
  std::string writes = kThreaded;
  writes.replace(writes.find("consumer 1 got elder"), 20, "consumer 1 got damso");
  EXPECT_THAT(lost_by(observed(writes, {"posix-semaphores"}), full("producer: produced a\nproduced b\n")),
              testing::ElementsAre("all-arrive"));
}

TEST(Fairness, AStackInPlaceOfAQueueIsSeenInTheSameOutput) {
  std::string writes = kBuffered;
  writes.replace(writes.find("got damson"), 10, "got ------");
  writes.replace(writes.find("got fig"), 7, "got damson");
  writes.replace(writes.find("got ------"), 10, "got fig");
  EXPECT_THAT(lost_by(observed(writes, {"sysv-queue"}), full("producer: produced a\nproduced b\n")),
              testing::ElementsAre("in-order"));
}

TEST(Fairness, ABufferWithoutBoundIsSeenWhenNobodyTakesAnything) {
  EXPECT_THAT(
      lost_by(observed(kThreaded, {"posix-semaphores"}), full("producer: produced a\nproduced b\nproduced c\n")),
      testing::ElementsAre("bounded"));
}

TEST(Fairness, OnlyPipesAreNoLock) {
  EXPECT_THAT(lost_by(observed(kThreaded, {"pipe"}), full("producer: produced a\nproduced b\n")),
              testing::ElementsAre("locks"));
}

}  // namespace
}  // namespace jitterlab
