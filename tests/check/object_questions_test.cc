#include <gmock/gmock.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

ObjectSeen segment(std::int64_t key, std::int64_t size, int mode = 0600, bool attached = true) {
  return {.kind = ObjectKind::kSegment, .key = key, .mode = mode, .size = size, .operated = attached, .erased = true};
}

Answer existed(const ObjectExisted& wanted, const std::vector<ObjectSeen>& objects) {
  Observation observation = ended("producer: exit 0");
  observation.objects = objects;
  return ask(ObjectsCheck{{wanted}}, observation);
}

const ObjectExisted kWanted{ObjectKind::kSegment, 12345, 0600, 20, true};

TEST(ObjectsQuestion, AnObjectThatWasErasedAgainPasses) {
  EXPECT_EQ(existed(kWanted, {segment(1, 20), segment(12345, 20)}).verdict, Verdict::kPassed);
}

TEST(ObjectsQuestion, WhatIsNotAskedForDoesNotMatter) {
  EXPECT_EQ(existed({.kind = ObjectKind::kSegment}, {segment(1, 7, 0, false)}).verdict, Verdict::kPassed);
}

TEST(ObjectsQuestion, NoSuchObjectFails) {
  const Answer answer = existed(kWanted, {{.kind = ObjectKind::kQueue, .key = 12345}});
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "there is a segment with key 12345, mode 0600, of 20 bytes, attached");
  EXPECT_EQ(answer.seen, "there was no segment with key 12345");
}

TEST(ObjectsQuestion, AnotherKeyIsNamed) {
  EXPECT_EQ(existed(kWanted, {segment(54321, 20)}).seen,
            "there was no segment with key 12345, only one with key 54321");
}

TEST(ObjectsQuestion, EveryDifferenceIsNamed) {
  EXPECT_EQ(existed(kWanted, {segment(12345, 1, 0666, false)}).seen,
            "the segment with key 12345 has mode 0666, has 1 byte, was never attached");
}

TEST(ObjectsQuestion, SemaphoresAndQueuesHaveWordsOfTheirOwn) {
  const ObjectSeen set{.kind = ObjectKind::kSemaphores, .size = 3};
  EXPECT_EQ(existed({.kind = ObjectKind::kSemaphores, .size = 1, .operated = true}, {set}).seen,
            "the semaphore set has 3 semaphores, was never operated on with semop");
  EXPECT_EQ(existed({.kind = ObjectKind::kQueue, .operated = true}, {{.kind = ObjectKind::kQueue}}).seen,
            "the message queue was never used to send a message");
}

TEST(ObjectsQuestion, AllMustHaveExisted) {
  Observation observation = ended("producer: exit 0");
  observation.objects = {segment(12345, 20)};
  const Answer answer = ask(ObjectsCheck{{kWanted, {.kind = ObjectKind::kQueue}}}, observation);
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "there was no message queue");
}

Answer uses(const std::vector<std::string>& used) {
  Observation observation = ended("producer: exit 0");
  observation.used = used;
  return ask(UsesCheck{{Mechanism::kSystemVSemaphores, Mechanism::kPosixSemaphores}}, observation);
}

TEST(UsesQuestion, OneOfThemIsEnough) { EXPECT_EQ(uses({"pipe", "posix-semaphores"}).verdict, Verdict::kPassed); }

TEST(UsesQuestion, OnlyOthersFail) {
  const Answer answer = uses({"pipe", "threads"});
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "the programs use System V semaphores or POSIX semaphores");
  EXPECT_EQ(answer.seen, "used: pipe, threads");
  EXPECT_EQ(uses({}).seen, "no mechanism of this kind was used");
}

}  // namespace
}  // namespace jitterlab
