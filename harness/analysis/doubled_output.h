// Output that comes twice because of `fork`: bytes that stood in the buffer of standard output when a process forked,
// of which the child has a copy, and which both wrote (or several children did). Certain: the child's output begins
// with those bytes.
//
// In all our executions standard output is line-buffered, as on a terminal. So these are beginnings of lines, unless
// the program has asked for another buffer; whole lines, which come twice where output goes into a file, are not told.
#pragma once

#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

inline constexpr char kDoubledOutput[] = "output-doubled-by-fork";

// None where the execution was not controlled, or control was lost.
std::vector<Found> doubled_output_in(const Observation& observation);

}  // namespace jitterlab
