// Output that fork has doubled, from both sides.
#include "analysis/doubled_output.h"

#include <gtest/gtest.h>

#include "analysis/made_execution.h"
#include "schedule/pending_output.h"

namespace jitterlab {
namespace {

constexpr int kParent = 100, kChild = 101, kSecond = 102;

class Forking : public Made {
 public:
  Forking() { observation.instances[0].pid = kParent; }
  void forks(const std::string& pending, int pid, TaskId child, std::uint64_t line) {
    did(1, call(Call::kFork, StepKind::kFork, 0, line), static_cast<std::uint64_t>(pid)).detail =
        packed_pending(pending.data(), pending.size());
    created(child, 1);
  }
  void prints(int pid, const std::string& bytes, Stream stream = Stream::kOut) {
    observation.output.push_back({0, pid, stream, bytes});
  }
  std::vector<Found> found() const { return doubled_output_in(observation); }
};

TEST(DoubledOutput, WhatParentAndChildWriteIsToldWithTheForkAndTheEndOfTheChild) {
  Forking run;
  run.prints(kParent, "begin\n");
  run.forks("sum: ", kChild, 2, 7);
  run.ends(2, 9);
  run.prints(kChild, "su");
  run.prints(kChild, "m: ");
  run.prints(kParent, "sum: 42\n");
  const std::vector<Found> found = run.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, "output-doubled-by-fork");
  EXPECT_EQ(found[0].what.substr(0, 46), "`sum: ` stood in the buffer of standard output");
  ASSERT_EQ(found[0].steps.size(), 2u);
  EXPECT_EQ(found[0].steps[0].operation.place, 7u);
  EXPECT_EQ(found[0].steps[1].operation.place, 9u);
}

TEST(DoubledOutput, AChildThatDoesNotWriteItsCopyDoublesNothing) {
  Forking run;
  run.forks("sum: ", kChild, 2, 7);
  run.prints(kChild, "the sum: ");
  run.prints(kChild, "sum: ", Stream::kErr);
  run.prints(kParent, "sum: 42\n");
  EXPECT_TRUE(run.found().empty());
}

TEST(DoubledOutput, WhatOnlyTheChildWritesComesOnce) {
  Forking run;
  run.forks("sum: ", kChild, 2, 7);
  run.prints(kChild, "sum: 42\n");
  run.prints(kParent, "done\n");
  EXPECT_TRUE(run.found().empty());
}

TEST(DoubledOutput, TwoChildrenWithTheSameCopyDoubleItWithoutTheirParent) {
  Forking run;
  run.forks("sum: ", kChild, 2, 7);
  run.forks("sum: ", kSecond, 3, 7);
  run.prints(kChild, "sum: 1\n");
  run.prints(kSecond, "sum: 2\n");
  EXPECT_EQ(run.found().size(), 1u) << "one line of the program forks both";
}

TEST(DoubledOutput, AnEmptyBufferAndOneThatTwoChildrenFilledThemselvesAreNone) {
  Forking run;
  run.forks("", kChild, 2, 7);
  run.forks("", kSecond, 3, 7);
  run.prints(kChild, "sum: 1\n");
  run.prints(kSecond, "sum: 1\n");
  EXPECT_TRUE(run.found().empty());
}

TEST(DoubledOutput, WithoutControlNothingIsSaid) {
  EXPECT_TRUE(doubled_output_in(Observation()).empty());
  Forking run;
  run.forks("x", kChild, 2, 7);
  run.prints(kChild, "x");
  run.prints(kParent, "x");
  ASSERT_EQ(run.found().size(), 1u);
  run.end().lost = 1;
  EXPECT_TRUE(run.found().empty());
}

}  // namespace
}  // namespace jitterlab
