// What stdio has not written yet.
#pragma once

#include <cstdint>

namespace jitterlab {

// In the buffer of standard output, as schedule/pending_output.h packs it.
std::uint64_t pending_output();

}  // namespace jitterlab
