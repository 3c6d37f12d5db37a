#include "analysis/left_behind.h"

#include <gtest/gtest.h>

#include "analysis/made_execution.h"
#include "schedule/name_hash.h"

namespace jitterlab {
namespace {

class Leaving : public Made {
 public:
  Leaving() {
    end().objects = {{}, {NamedKind::kSegment, 40}, {NamedKind::kSegment, 41}, {NamedKind::kSemaphores, 40}};
    created(2, 1);
  }
  // The line at which `task` got the object.
  void gets(TaskId task, Call what, std::uint64_t object, std::uint64_t line) {
    did(task, call(what, StepKind::kObject, 0, line), object);
  }
  void left(LeftKind kind, const std::string& name, int pid = 0) {
    observation.left_behind.push_back({kind, name, pid});
  }
  void remains(ObjectKind kind, std::int64_t key, int id, int pid) {
    observation.objects.push_back({kind, key, id, 0600, 20, true, false, pid});
  }
  std::vector<Found> found() const { return left_behind_in(observation); }
  std::uint64_t line(std::size_t index) const {
    const Found one = found().at(index);
    return one.steps.empty() ? 0 : one.steps[0].operation.place;
  }
};

TEST(LeftBehind, OfSystemVTheFirstWhoGotItMadeIt) {
  Leaving run;
  run.gets(1, Call::kSegmentGet, 1, 12);
  run.gets(2, Call::kSegmentGet, 1, 30);
  run.remains(ObjectKind::kSegment, 0x3039, 40, 101);
  run.left(LeftKind::kSegment, "key 0x3039, 20 bytes", 101);
  EXPECT_EQ(run.found()[0].what, "segment key 0x3039, 20 bytes");
  EXPECT_EQ(run.found()[0].kind, "leak");
  ASSERT_EQ(run.found()[0].steps.size(), 1u);
  EXPECT_EQ(run.found()[0].steps[0].task, 1u);
  EXPECT_EQ(run.line(0), 12u);
}

TEST(LeftBehind, ObjectsThatLookAlikeHaveEachTheirMaker) {
  Leaving run;
  run.gets(1, Call::kSegmentGet, 1, 12);
  run.gets(1, Call::kSegmentGet, 2, 13);
  for (const int id : {40, 41}) {
    run.remains(ObjectKind::kSegment, 0, id, 101);
    run.left(LeftKind::kSegment, "private (no key), 20 bytes", 101);
  }
  EXPECT_EQ(run.line(0), 12u);
  EXPECT_EQ(run.line(1), 13u);
}

TEST(LeftBehind, ASegmentIsNotMadeByWhoMadeASetWithTheSameNumber) {
  Leaving run;
  run.gets(1, Call::kSemaphoresGet, 3, 12);
  run.remains(ObjectKind::kSegment, 0x3039, 40, 101);
  run.left(LeftKind::kSegment, "key 0x3039, 20 bytes", 101);
  EXPECT_EQ(run.line(0), 0u);
}

TEST(LeftBehind, OfANameTheLastMakerCounts) {
  Leaving run;
  run.did(1, Made::call(Call::kNone, StepKind::kObject, 9, 12), hash_of_name("./chat"));
  run.did(2, Made::call(Call::kNone, StepKind::kObject, 9, 20), hash_of_name("other"));
  run.did(2, Made::call(Call::kOpen, StepKind::kObject, 9, 21), hash_of_name("/jitterlab/work/chat"));
  run.left(LeftKind::kFifo, "chat");
  EXPECT_EQ(run.line(0), 21u);
  EXPECT_EQ(run.found()[0].steps[0].task, 2u);
}

TEST(LeftBehind, AProcessWasMadeByWhoForkedIt) {
  Leaving run;
  run.did(1, Made::call(Call::kFork, StepKind::kFork, 0, 7), 104);
  run.left(LeftKind::kProcess, "sleep", 104);
  run.left(LeftKind::kProcess, "other", 105);
  EXPECT_EQ(run.line(0), 7u);
  EXPECT_EQ(run.line(1), 0u) << "nobody is seen to have made it";
}

TEST(LeftBehind, WithoutControlOnlyItsNameIsKnown) {
  Observation observation;
  observation.left_behind = {{LeftKind::kFile, "core", 0}};
  EXPECT_EQ(left_behind_in(observation).at(0).what, "file core");
  EXPECT_TRUE(left_behind_in(observation)[0].steps.empty());
}

TEST(NameHash, OnlyTheLastPartOfAPathCounts) {
  EXPECT_EQ(hash_of_name("/tmp/x"), hash_of_name("x"));
  EXPECT_EQ(hash_of_name("x/"), hash_of_name("x"));
  EXPECT_NE(hash_of_name("x"), hash_of_name("y"));
  EXPECT_EQ(hash_of_name("/lock", "sem."), hash_of_name("sem.lock"));
}

}  // namespace
}  // namespace jitterlab
