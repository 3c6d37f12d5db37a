// A lab for people: what `jitterlab show` and `jitterlab list` print.
#pragma once

#include <string>

#include "lab/lab.h"

namespace jitterlab {

// What to hand in, what the programs print, the scenarios, the checks with points and hints; 100 columns.
std::string lab_description(const Lab& lab);

// "producer-consumer      20 points  Bounded buffer with three semaphores", without a newline at the end.
std::string lab_line(const Lab& lab);

}  // namespace jitterlab
