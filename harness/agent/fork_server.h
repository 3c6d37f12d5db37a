// A program that is started once and copied for every controlled execution.
#pragma once

namespace jitterlab {

// Stops here and makes a copy of this process for each ForkRequest on kServerChannel. Returns in the copies only, which
// are then as if box init had just started the program. The process itself ends when it cannot serve.
void serve_forks();

// What stdio.cc finds out when it is first needed.
void look_up_standard_streams();

}  // namespace jitterlab
