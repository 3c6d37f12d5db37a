// Which core a thread runs on.
#pragma once

namespace jitterlab {

// From now on the calling thread, and what it starts, runs on one core only: of those that it may use the one of this
// number, counted on from the first again. Where that cannot be set nothing changes: it is a matter of speed.
void keep_to_core(int core);

}  // namespace jitterlab
