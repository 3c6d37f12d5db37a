// How surely a grading catches a bug, from how often some gradings saw it. Pure.
//
// A grading at the lab's own budget makes n executions of each kind (a scenario under one strategy). If one of them
// shows the bug with probability p, independently, n of them miss it with (1 - p)^n. What p is, is not known; seen were
// x failures in m executions. So p is taken as low as the numbers allow: the one-sided 95 % bound of Clopper and
// Pearson, the p with which x failures or more in m come up in 5 % of cases. It is exact for a number of executions
// that was fixed (plain, jittered), and also for counting until the first failure of each seed, as controlled
// executions are counted, which stop once they know enough. With one kind taken by itself, the others can only make a
// miss rarer; so the best kind gives the bound, and nothing is multiplied that may not be independent.
//
// What it does not see: schedules of a campaign differ from each other on purpose, so they are not really independent
// (to the good), and words drawn by another seed may make a bug easier or harder, which more seeds show.
#pragma once

#include <vector>

namespace jitterlab {

// The smallest probability of a failure with which `failures` or more of `executions` come up in 5 % of cases.
double least_share(int failures, int executions);

// Executions of one scenario under one strategy, over all seeds.
struct Tally {
  int failures = 0;
  int executions = 0;
  int budget = 0;  // how many of them a grading makes
};

// Lower bound of the probability that a grading sees a failure.
double chance_of_catching(const std::vector<Tally>& tallies);

}  // namespace jitterlab
