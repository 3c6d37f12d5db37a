#include "analysis/places.h"

#include <gmock/gmock.h>

#include "schedule/place.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kBias = 0x555555554000;

ControlledEnd end_with_one_program() {
  ControlledEnd end;
  end.programs = {{"/mnt/instrumented/spool", kBias}};
  end.objects = {{}, {NamedKind::kSegment, 5}, {NamedKind::kPrivate, 77}, {NamedKind::kSegment, 6}};
  return end;
}

Operation access(std::uint64_t object, std::uint64_t offset, std::uint32_t size = 4) {
  return {.kind = StepKind::kWrite,
          .is_write = true,
          .size = size,
          .object = object,
          .offset = offset,
          .place = make_place(0, 101)};
}

class PlacesTest : public testing::Test {
 protected:
  void answer(const std::string& text) { places_.add_answers("/mnt/instrumented/spool", text); }
  std::string data(const Operation& operation) { return places_.data(end_, operation); }
  CodePlace code() { return places_.code(end_, make_place(0, 101)); }

  const ControlledEnd end_ = end_with_one_program();
  Places places_;
};

TEST_F(PlacesTest, EveryOperationIsAskedForOncePerProgram) {
  PlaceQuestions questions;
  questions.add(end_, access(1, 8));
  questions.add(end_, access(1, 8));
  questions.add(end_, access(2, kBias + 40));
  questions.add(end_, {.kind = StepKind::kSleep, .place = make_place(0, 301)});
  questions.add(end_, {.kind = StepKind::kSleep, .place = make_place(5, 301)});
  questions.add(end_, {.kind = StepKind::kSleep, .place = 0x7ffff7000000});
  EXPECT_THAT(questions.texts(),
              testing::ElementsAre(testing::Pair("/mnt/instrumented/spool",
                                                 "code 100\ncode 300\ndata 40\nnames 100 0 4\nnames 100 8 4\n")));
}

TEST_F(PlacesTest, LineOfACallIsThatBeforeWhereItComesBackTo) {
  answer("code\t100\t12\tput\t/mnt/submission/./lib/spool.c\n");
  EXPECT_EQ(code().words(), "lib/spool.c:12 in put()");
  EXPECT_EQ(places_.code(end_, 0x7ffff7000001).words(), "instruction 0x7ffff7000000");
  EXPECT_EQ(places_.code(end_, 0).words(), "an unknown place");
}

TEST_F(PlacesTest, LinesThatMakeNoSenseAreLeftOut) {
  answer(
      "code\t100\t0\tput\tspool.c\ncode\t100\t-1\tput\tspool.c\ncode\t100\t1x\tput\tspool.c\ncode\t100\t1\tput\n"
      "code\n\n\tx\ncode\tz\t1\tput\tspool.c\ncode\t100\t99999999999999999999\tput\tspool.c\n"
      "data\t40\npointer\t100\t0\tx\tp\tp->in\nmember\t100\tp\t0\tq\tin\nwhat\t100\t1\tput\tspool.c\n");
  EXPECT_FALSE(code().is_known());
  EXPECT_EQ(data(access(2, kBias + 40)), "memory at 0x555555554028");
}

TEST_F(PlacesTest, VariableIsFoundWhereverTheProgramLies) {
  answer("data\t40\ttable[2].in\n");
  EXPECT_EQ(data(access(2, kBias + 40)), "table[2].in");
}

TEST_F(PlacesTest, ObjectsOfAKindAreCounted) {
  EXPECT_EQ(data(access(1, 8)), "segment 1 +8");
  EXPECT_EQ(data(access(3, 0)), "segment 2 +0");
  EXPECT_EQ(data(access(9, 0)), "object 9 +0");
  EXPECT_EQ(data(access(~0ull, 0)), "object 18446744073709551615 +0");
}

TEST_F(PlacesTest, TheOnlyPointerWithSuchAMemberIsTaken) {
  answer("pointer\t100\t8\t4\tspool\tspool->in\n");
  EXPECT_EQ(data(access(1, 8)), "spool->in");
  answer("pointer\t100\t8\t4\tcounts\tcounts[2]\n");
  EXPECT_EQ(data(access(1, 8)), "segment 1 +8") << "which of two it is cannot be told";
}

TEST_F(PlacesTest, TheLineTellsWhichPointerItIs) {
  answer("code\t100\t2\tput\tspool.c\npointer\t100\t8\t4\tspool\tspool->in\npointer\t100\t8\t4\tcounts\tcounts[2]\n");
  places_.add_source("spool.c", "\n  spool->in = 1;\n");
  EXPECT_EQ(data(access(1, 8)), "spool->in");
  EXPECT_EQ(places_.source_line(code()), "spool->in = 1;");
}

TEST_F(PlacesTest, LineThatNamesNoPointerLeavesItOpen) {
  answer("code\t100\t1\tput\tspool.c\npointer\t100\t8\t4\tspool\tspool->in\n");
  places_.add_source("spool.c", "  ADVANCE(other);");
  EXPECT_EQ(data(access(1, 8)), "segment 1 +8");
}

TEST_F(PlacesTest, PointerIntoTheMiddleIsKnownByItsMember) {
  answer(
      "code\t100\t1\tput\tspool.c\npointer\t100\t40\t4\tslot\tslot[1].name[8]\n"
      "member\t100\tslot\t0\t4\towner\nmember\t100\tslot\t4\t1\tname[]\n");
  places_.add_source("spool.c", "slot->owner = slot->in;");
  EXPECT_EQ(data(access(1, 40)), "slot->owner");
  EXPECT_EQ(data(access(1, 40, 8)), "segment 1 +40") << "no member that the line names is that large";
}

TEST_F(PlacesTest, VariableOnTheStackIsKnownByTheLineThatNamesIt) {
  answer(
      "code\t100\t1\tmain\tspool.c\nlocal\t100\tcount\t4\nlocal\t100\tname\t1\nlocal\t100\tbox\t8\n"
      "member\t100\tbox\t4\t4\tvalue\n");
  const Operation whole = access(2, 0x7fffffffe000), byte = access(2, 0x7fffffffe000, 1);
  places_.add_source("spool.c", "count = name[2];");
  EXPECT_EQ(data(whole), "count");
  EXPECT_EQ(data(byte), "name");
  EXPECT_EQ(data(access(1, 8)), "segment 1 +8") << "that is not on the stack";
  places_.add_source("spool.c", "box.value = 3;");
  EXPECT_EQ(data(whole), "box.value");
  places_.add_source("spool.c", "box.value = count;");
  EXPECT_EQ(data(whole), "memory at 0x7fffffffe000") << "which of two it is cannot be told";
}

TEST_F(PlacesTest, WhatALibraryKeepsInALockIsNoName) {
  answer(
      "code\t100\t1\tput\tspool.c\npointer\t100\t8\t4\tspool\tspool->mutex.__data.__lock\n"
      "member\t100\tspool\t48\t1\tfilled.__size[]\nlocal\t100\tdone\t32\nmember\t100\tdone\t0\t1\t__size[]\n");
  places_.add_source("spool.c", "pthread_mutex_lock(&spool->mutex);");
  EXPECT_EQ(data(access(1, 8)), "spool->mutex");
  places_.add_source("spool.c", "sem_wait(&spool->filled);");
  EXPECT_EQ(data(access(1, 48)), "spool->filled");
  answer("pointer\t100\t0\t4\tone\tone->__size[0]\nmember\t100\tone\t0\t1\t__size[]\n");
  places_.add_source("spool.c", "sem_wait(one);");
  EXPECT_EQ(data(access(1, 0)), "segment 1 +0") << "it is another one in every call";
  places_.add_source("spool.c", "sem_wait(&done);");
  EXPECT_EQ(data(access(2, 0x7fffffffe000)), "done");
}

TEST_F(PlacesTest, WhatAPointerOrAReferenceStandsForIsKnownByTheLine) {
  answer(
      "code\t100\t1\twork\tspool.c\npointer\t100\t0\t4\tn\t*n\nreference\t100\t0\t4\tcount\tcount\n"
      "reference\t100\t0\t4\tbox\tbox.ready\nmember\t100\tbox\t0\t4\tready\n");
  const Operation one = access(2, 0x7fffffffe000);
  places_.add_source("spool.c", "++*n;");
  EXPECT_EQ(data(one), "*n");
  places_.add_source("spool.c", "++count;");
  EXPECT_EQ(data(one), "count");
  places_.add_source("spool.c", "box.ready = 1;");
  EXPECT_EQ(data(one), "box.ready");
  places_.add_source("spool.c", "use(n);");
  EXPECT_EQ(data(one), "memory at 0x7fffffffe000") << "what it points to is not looked at in this line";
}

}  // namespace
}  // namespace jitterlab
