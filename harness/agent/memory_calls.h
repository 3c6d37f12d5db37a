// The wrapped mem* functions, as far as the agent's start must know of them.
#pragma once

namespace jitterlab {

// From here on the real memcpy, memmove, memset, memcmp and strlen are used.
void start_memory_calls();

}  // namespace jitterlab
