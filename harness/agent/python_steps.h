// Steps inside Python code.
#pragma once

#include "agent/python_api.h"

namespace jitterlab {

enum class PythonLevel { kSwitchPoints, kEveryBytecode };

void set_python_level(PythonLevel level);

// From now on the student's code takes steps, in all threads of the process that there are, running functions included.
// Called again for every new thread. Needs the interpreter's lock. kPlaces: there are no steps in it, only what it
// calls libc for is told at its lines, which costs less; so before a process becomes two.
enum class PythonTracing { kPlaces, kSteps };
void trace_python(const PythonApi& python, PythonTracing what);

// This process has memory that other processes can reach.
void set_python_sharing();

}  // namespace jitterlab
