// What the kernel's random sources give in controlled executions.
#pragma once

#include <cstddef>

namespace jitterlab {

// Random bytes: the same for the calling task in every repetition.
void fill_with_random(void* to, std::size_t size);

}  // namespace jitterlab
