#include "schedule/loop_proof.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

#include "schedule/mix.h"

namespace jitterlab {
namespace {

// Tasks as loops of places. At each place a task may be held up; `run` carries out what is there.
struct Looper {
  TaskRef ref;
  std::uint64_t length = 1;                       // places of its loop
  std::function<bool(std::uint64_t place)> ends;  // asked when it carries out that place
  std::uint64_t counts = 0;                       // part of its state that never comes back: its step
  std::uint64_t deadline = 0;                     // it only goes on when its time has come
  int limit_at = -1;                              // a place where it waits with a limit, which is over at once
  std::uint64_t place = 0, steps = 0;
  bool has_ended = false, waits = false;
};

class LoopProofTest : public testing::Test {
 protected:
  void add(std::uint64_t length, std::function<bool(std::uint64_t)> ends = nullptr) {
    const auto slot = static_cast<std::uint32_t>(tasks_.size());
    tasks_.push_back({.ref = {101 + slot, slot}, .length = length, .ends = std::move(ends)});
  }

  void fill() {
    enabled_->count = 0;
    for (const Looper& task : tasks_) {
      if (task.has_ended || task.waits || proof_->loops(task.ref.slot)) continue;
      if (task.deadline != 0 && !proof_->is_proving()) continue;
      due_[enabled_->count] = task.limit_at == static_cast<int>(task.place) ? 1 : task.deadline;
      enabled_->pending[enabled_->count++] = {task.ref, {}};
    }
  }

  void run(Looper& task) {
    const std::uint64_t place = task.place;
    ++task.steps;
    task.place = (place + 1) % task.length;
    if (task.ends && task.ends(place)) {
      task.has_ended = true;
      return proof_->moved();
    }
    proof_->executed(task.ref, place, false);
    if (!proof_->wants_state(task.ref)) return;
    if (proof_->came(mix(task.ref.id, task.place))) proof_->whole(task.counts != 0 ? task.steps : 7);
  }

  // By turns, as long as no attempt is made. True: proven to go on for ever.
  bool is_livelock(int most_steps = 100'000) {
    std::size_t next = 0;
    for (int step = 0; step < most_steps; ++step) {
      if (proof_->is_due()) proof_->start();
      fill();
      if (enabled_->count == 0) return proof_->is_proven();
      int picked = proof_->pick(*enabled_, due_);
      if (picked == LoopProof::kRest) return true;
      if (picked < 0) {
        fill();
        if (enabled_->count == 0) return false;
        picked = static_cast<int>(next++ % static_cast<std::size_t>(enabled_->count));
      }
      run(tasks_[enabled_->pending[picked].task.slot]);
    }
    return false;
  }

  std::vector<Looper> tasks_;
  std::unique_ptr<LoopProof> proof_ = std::make_unique<LoopProof>();
  std::unique_ptr<Enabled> enabled_ = std::make_unique<Enabled>();
  std::uint64_t due_[kMaxTasks] = {};
};

TEST_F(LoopProofTest, TasksThatOnlyGoRoundAreALivelock) {
  add(3);
  add(5);
  EXPECT_TRUE(is_livelock());
  EXPECT_TRUE(proof_->loops(0) && proof_->loops(1));
  proof_->moved();
  EXPECT_FALSE(proof_->loops(0) || proof_->loops(1));
}

TEST_F(LoopProofTest, OneThatEndsWhenTheOthersAreAtTheirOneRightPlaceIsNone) {
  for (std::uint64_t length = 2; length <= 60; length += 29) {
    tasks_.clear();
    proof_ = std::make_unique<LoopProof>();
    add(3, [&](std::uint64_t) { return tasks_[1].place == tasks_[1].length - 1; });
    add(length);
    tasks_[0].place = 1;
    tasks_[1].place = 0;
    EXPECT_FALSE(is_livelock(4000 + 300 * static_cast<int>(length)) && !tasks_[0].has_ended) << length;
    EXPECT_TRUE(tasks_[0].has_ended) << length;
  }
}

TEST_F(LoopProofTest, OneThatNeedsTwoOthersAtTheirRightPlacesEnds) {
  add(4, [&](std::uint64_t) { return tasks_[1].place == 1 && tasks_[2].place == 2; });
  add(4);
  add(4);
  tasks_[1].place = 0;
  tasks_[2].place = 0;
  is_livelock(20'000);
  EXPECT_TRUE(tasks_[0].has_ended);
}

TEST_F(LoopProofTest, OneWhoseDataChangesMayBeCounting) {
  add(3);
  add(2);
  tasks_[1].counts = 1;
  EXPECT_FALSE(is_livelock());
  EXPECT_FALSE(proof_->is_proven());
}

TEST_F(LoopProofTest, SleeperWhoseTimeComesEndsIt) {
  add(3);
  add(1, [](std::uint64_t) { return true; });
  tasks_[1].deadline = 1'000'000;
  is_livelock(5000);
  EXPECT_TRUE(tasks_[1].has_ended);
}

// What comes from outside can end a wait, and is not seen anywhere else.
TEST_F(LoopProofTest, WhoWaitsWithALimitRestsAtThatWait) {
  for (int limit = 0; limit < 5; ++limit) {
    *proof_ = LoopProof();
    tasks_.clear();
    add(5);
    add(3);
    tasks_[0].limit_at = limit;
    EXPECT_TRUE(is_livelock());
    EXPECT_TRUE(proof_->is_proven());
    EXPECT_EQ(tasks_[0].place, static_cast<std::uint64_t>(limit));
  }
}

TEST_F(LoopProofTest, TimeDoesNotPassForASleeperWhileSomebodyElseCanGetOn) {
  bool has_slept = false, has_blocked = false;
  // The third blocks after a while, and thereby lets the first go on, which ends the sleeper's wait.
  add(3, [&](std::uint64_t) {
    if (has_blocked) tasks_[1].has_ended = true;
    return has_blocked;
  });
  add(1, [&](std::uint64_t) { return has_slept = true; });
  tasks_[1].deadline = 1'000'000;
  add(4, [&](std::uint64_t) {
    has_blocked = has_blocked || proof_->is_proving();
    tasks_[2].waits = has_blocked;
    return false;
  });
  is_livelock(5000);
  EXPECT_TRUE(has_blocked);
  EXPECT_TRUE(tasks_[1].has_ended);
  EXPECT_FALSE(has_slept);
}

TEST_F(LoopProofTest, LongerLoopThanCanBeProvenIsNot) {
  add(LoopProof::kLongestLoop + 1);
  EXPECT_FALSE(is_livelock());
}

TEST_F(LoopProofTest, SomethingNewPutsTheSuspicionOff) {
  const TaskRef task{101, 0};
  for (std::uint32_t i = 0; i < LoopProof::kSuspicious - 1; ++i) proof_->executed(task, 1, false);
  proof_->executed(task, 2, false);
  EXPECT_FALSE(proof_->is_due());
  for (std::uint32_t i = 0; i < LoopProof::kSuspicious; ++i) proof_->executed(task, i % 2 + 1, false);
  EXPECT_TRUE(proof_->is_due());
}

TEST_F(LoopProofTest, MovingBytesIsNoLoop) {
  const TaskRef task{101, 0};
  for (std::uint32_t i = 0; i < 2 * LoopProof::kSuspicious; ++i) proof_->executed(task, 1, true);
  EXPECT_FALSE(proof_->is_due());
}

TEST_F(LoopProofTest, AfterAVainAttemptTheNextIsMadeMuchLater) {
  add(2);
  tasks_[0].counts = 1;
  is_livelock(static_cast<int>(LoopProof::kSuspicious + LoopProof::kMostAlone + 10));
  EXPECT_FALSE(proof_->is_proving());
  EXPECT_FALSE(proof_->start());
  EXPECT_FALSE(is_livelock(static_cast<int>(LoopProof::kSuspicious)));
  EXPECT_FALSE(proof_->is_proving());
  is_livelock(static_cast<int>(LoopProof::kSuspicious));
  EXPECT_TRUE(proof_->is_proving());
}

}  // namespace
}  // namespace jitterlab
