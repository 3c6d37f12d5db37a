// Pairs of accesses to the same bytes, at least one a write, that nothing orders (happens_before.h): in another
// execution they may come the other way round. Found in the trace of one execution; others may show more.
//
// Pure and linear in the number of accesses, in memory that is bounded by what is accessed (shadow.h). A trace that is
// cut is looked at as far as it goes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "run/observation.h"
#include "sandbox/controlled_end.h"

namespace jitterlab {

struct RaceSide {
  TaskId task = 0;
  Operation operation;  // the access: place, object, first byte, size
  bool is_atomic = false;
  std::size_t event = 0;  // index in Trace::events of the step in which it was made
  bool is_write() const { return operation.is_write; }
};

struct Race {
  RaceSide first, second;  // in the order in which they were made in this execution
  std::size_t times = 0;   // pairs of accesses with these two places in this execution
};

// Programs took part that are not controlled (those of a lab), so that what is sent may be passed on where the trace
// does not show it.
bool has_outsiders(const Observation& observation);

// One for each pair of places, in the order in which they were seen.
std::vector<Race> find_races(const ControlledEnd& end, bool has_outsiders = false);

// Why the trace of an execution cannot tell what came before what: nobody controlled it, control was lost, it is one
// of Python's interpreter. Empty: it can.
std::string why_not_analysed(const Observation& observation);

// None where why_not_analysed() says something, nor between two programs of the lab.
std::vector<Race> races_in(const Observation& observation);

}  // namespace jitterlab
