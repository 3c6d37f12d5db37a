// Two ways of doing the same thing, timed in turns, so that a busy machine slows down both.
#pragma once

#include <functional>
#include <string>

namespace jitterlab {

struct Subject {
  std::string name;
  std::function<void()> prepare;  // before each turn, not timed; may be empty
  std::function<void()> work;
};

struct Turns {
  int rounds = 5;
  int per_round = 3;  // of each subject, alternating
};

// Seconds, but for the ratio.
struct Comparison {
  double ours = 0, theirs = 0;  // medians of all turns
  double ratio = 0;             // median over the rounds of (median of ours / median of theirs)
};

// Each subject works once beforehand, untimed.
Comparison compare(const Subject& ours, const Subject& theirs, const Turns& turns);

}  // namespace jitterlab
