// Proves that tasks go round in loops that nothing can end any more: a livelock. Freestanding, pure: lies in the
// control area, may start as zero bytes; the holder of the baton calls it.
//
// Try, release and retry is correct work, and so is a long loop. So steps are not counted only; what is proven is this:
//
//   suspicion  for kSuspicious steps every operation was one that its task had carried out before, with the same value
//   turn       one task runs alone, until its whole state (registers, stack, data) is the same at the same place a
//   third
//              time, and in between it read the same values: alone, it never ends
//   round      every task that can go on has such a turn; in round r it is stopped r steps after the end of its loop,
//   so
//              that a task that holds something in one part of its loop is held up in every other part once
//
//   settling   whoever waits with a limit somewhere in its loop goes on to that wait: what comes from outside can only
//   end
//              it there
//
// When no task has done anything else for as many rounds as the longest loop has steps, the loops are proven. Whoever
// blocks, ends, does something new or moves bytes ends the attempt, and the strategy goes on from there; so does a task
// whose state never comes back, which may be counting: the next attempt is then made much later.
#pragma once

#include <cstddef>

#include "schedule/strategy.h"

namespace jitterlab {

class LoopProof {
 public:
  static constexpr int kStrategy = -1, kRest = -2;  // of pick()
  static constexpr std::uint32_t kSuspicious = 1024;
  static constexpr std::uint32_t kMostAlone = 512;   // steps of one turn
  static constexpr std::uint32_t kLongestLoop = 64;  // steps; a longer one is not proven
  static constexpr std::uint32_t kMostRounds = 2048;
  static constexpr std::uint32_t kMostRestarts = 8;  // rounds in which somebody blocked, in a row
  static constexpr std::uint32_t kLongestPause = 5;  // doublings of kSuspicious

  // A task has carried out an operation: `what` names it with its place and the value that it found. `gets_on`: it did
  // something that cannot be undone, as moving bytes.
  void executed(TaskRef task, std::uint64_t what, bool gets_on);
  // Something happened that is no operation of a task: one came, one ended, an order of the harness was carried out.
  void moved();

  bool is_due() const { return mode_ == Mode::kFree && quiet_ >= pause(); }
  // Begins an attempt. False: one has failed lately.
  bool start();
  bool is_proving() const { return mode_ == Mode::kProving || mode_ == Mode::kSettling; }

  // While proving, among all tasks that could go on if nobody hindered them: the index of the one that does; kRest: the
  // loops are proven; kStrategy: there is no attempt, or it has just failed. due[i]: when its time has come, 0: at
  // once.
  int pick(const Enabled& enabled, const std::uint64_t* due);

  // A task has come to its next operation. `state`: of its registers and stack and of what it is about to do. True:
  // whole() is to be called, with the state of its data.
  bool wants_state(TaskRef task) const { return mode_ == Mode::kProving && has_turn_ && task.id == turn_.id; }
  bool came(std::uint64_t state);
  void whole(std::uint64_t data);
  // Its state cannot be told.
  void give_up();

  // Steps since something new.
  std::uint32_t quiet() const { return quiet_; }

  bool is_proven() const { return mode_ == Mode::kProven; }
  // Proven to go round for ever; such a task is not to go on until something has moved.
  bool loops(std::uint32_t slot) const { return mode_ == Mode::kProven && (had_turn_ >> slot & 1) != 0; }

  // quiet(), is_proven() and loops() look at the first so many bytes only.
  static constexpr std::size_t told_bytes() { return offsetof(LoopProof, known_); }

 private:
  enum class Mode : std::uint8_t { kFree, kProving, kSettling, kProven };
  enum class Phase : std::uint8_t { kSearch, kVerify, kBeyond, kDone };
  static constexpr std::uint32_t kKnown = 4096, kNear = 8;  // a power of two; places at which one is looked for

  std::uint32_t pause() const { return kSuspicious << pause_doublings_; }
  bool add_known(std::uint64_t what);
  void begin_round();
  void begin_turn(TaskRef task);
  void search();
  int next_turn(const Enabled& enabled, const std::uint64_t* due);
  std::uint32_t rounds_needed() const;
  bool end_round();
  void note_limit(const Pending& pending, std::uint64_t due);
  int settle(const Enabled& enabled, const std::uint64_t* due);

  Mode mode_ = Mode::kFree;
  Phase phase_ = Phase::kSearch;
  bool has_turn_ = false, has_anchor_ = false;
  bool has_blocked_ = false;           // somebody did, in this round
  std::uint32_t quiet_ = 0;            // steps since something new
  std::uint32_t pause_doublings_ = 0;  // attempts that were given up, since something new
  std::uint32_t rounds_ = 0, restarts_ = 0;
  std::uint32_t longest_ = 0;   // loop proven in this attempt, in steps
  TaskSet had_turn_ = 0;        // in this round
  TaskSet limited_ = 0;         // in this attempt they have waited with a limit
  std::uint32_t settling_ = 0;  // steps
  TaskRef turn_;
  std::uint32_t alone_ = 0;                           // steps of this turn
  std::uint32_t since_ = 0, power_ = 0, period_ = 0;  // steps since the anchor, …
  std::uint32_t beyond_ = 0;                          // steps left after the end of the loop
  std::uint64_t anchor_ = 0, data_ = 0, cycle_ = 0, last_cycle_ = 0;
  std::uint64_t known_[kKnown] = {};  // 0: free
};

}  // namespace jitterlab
