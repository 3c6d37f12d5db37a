// The processes inside a box as the host counts them, for debuggers that look in from outside.
#pragma once

#include <map>

namespace jitterlab {

// All that descend from process `ancestor` of the host: their process id in their innermost namespace -> on the host.
// What ends meanwhile is left out.
std::map<int, int> host_processes_below(int ancestor);

}  // namespace jitterlab
