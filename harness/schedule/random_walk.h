// Strategy "random": every enabled task is equally likely at every choice. The baseline.
//
// Not equally likely are the interleavings: those in which a short task ends early come far too often, so one long task
// against many short ones is hopeless (Thomson, Donaldson, Betts: "Concurrency Testing Using Controlled Schedulers:
// An Empirical Study", TOPC 2016, measured how far it gets nevertheless). Freestanding.
#pragma once

#include "schedule/mix.h"
#include "schedule/strategy.h"

namespace jitterlab {

class RandomWalk {
 public:
  void begin(std::uint64_t seed, const Hints&) { seed_ = seed; }
  void task_created(TaskRef, TaskRef) {}
  int pick(const Enabled& enabled) const {
    return static_cast<int>(mix(seed_, enabled.step) % static_cast<unsigned>(enabled.count));
  }
  void executed(TaskRef, const Operation&) {}

 private:
  std::uint64_t seed_ = 0;
};

}  // namespace jitterlab
