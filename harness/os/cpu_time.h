// The CPU time that grading has taken so far.
#pragma once

namespace jitterlab {

// Seconds of this process, of its descendants that run, and of those that were waited for, whichever namespace they are
// in. Counted in ticks of 10 ms for each process. What cannot be read (a process just ended) is left out.
double cpu_seconds_of_all();

}  // namespace jitterlab
