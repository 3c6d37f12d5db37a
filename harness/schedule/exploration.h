// Exhaustive exploration: every schedule with at most b preemptions, for b = 0, 1, 2, … (Musuvathi and Qadeer:
// "Iterative Context Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007). Harness side of the
// strategy "follow". Not thread-safe.
//
//   Exploration exploration(2);
//   while (auto prefix = exploration.next()) exploration.ran(*prefix, <the choices of the execution that followed it>);
//
// A schedule is named by the last choice in which it departs from running to block: the execution that follows a prefix
// tells which choices there were behind it, and each other pick there is a new prefix. So every schedule is visited
// once, and a prefix that needs one more preemption than the bound waits for the next bound. Nothing is kept of the
// program's state; what is kept is one list of choices per execution that still has prefixes to follow.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "schedule/strategy.h"

namespace jitterlab {

class Exploration {
 public:
  explicit Exploration(int most_preemptions) : most_preemptions_(most_preemptions) { todo_.push_back({nullptr, 0, 0}); }

  // The choices an execution must make at first. Several may be under way at a time. Nothing: all that can be handed
  // out now are under way, or, with is_done(), that was all.
  std::optional<std::vector<Choice>> next();

  // An execution that was handed out has ended. `choices` are all its choices, without the forced ones; false when they
  // do not begin with the prefix (the program is not deterministic under control), and nothing is learned from them.
  bool ran(const std::vector<Choice>& prefix, const std::vector<Choice>& choices);

  bool is_done() const { return todo_.empty() && under_way_ == 0 && later_.empty(); }
  // All schedules with up to so many preemptions have been visited; -1: not even those without.
  int covered_bound() const;
  // There are no other schedules, whatever the number of preemptions.
  bool is_complete() const { return is_done() && !is_cut_ && failed_ == 0; }
  std::uint64_t executions() const { return executions_; }

 private:
  // The first `length` choices of a run, then `picked` instead of what the run picked.
  struct Prefix {
    std::shared_ptr<const std::vector<Choice>> run;
    std::uint32_t length;
    std::uint8_t picked;
  };

  void put_aside(Prefix prefix, int preemptions);

  int most_preemptions_;
  int bound_ = 0;
  int under_way_ = 0;
  bool is_cut_ = false;    // there are schedules with more than most_preemptions_
  int failed_bound_ = -1;  // the lowest bound at which an execution did not follow
  std::uint64_t failed_ = 0;
  std::uint64_t executions_ = 0;
  std::vector<Prefix> todo_;   // within the bound; the last is next: depth first
  std::vector<Prefix> later_;  // need one preemption more
};

}  // namespace jitterlab
