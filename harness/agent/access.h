// A step before an access to memory, if other tasks can reach it.
#pragma once

#include "agent/shared_memory.h"
#include "agent/step.h"

namespace jitterlab {

// In step.cc, so that the callbacks are a comparison and a jump, without a frame of their own.
void step_if_shared(const volatile void* address, std::size_t size, StepKind kind, const void* pc);

// Inlined into every callback: most accesses are to private memory and must cost next to nothing.
__attribute__((always_inline)) inline void step_before_access(const volatile void* address, std::size_t size,
                                                              StepKind kind, const void* pc) {
  if (shared_memory.is_far_from(address)) [[likely]]
    return;
  step_if_shared(address, size, kind, pc);
}

}  // namespace jitterlab

#define JITTERLAB_CALLBACK extern "C" __attribute__((visibility("default")))
