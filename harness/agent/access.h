// A step before an access to memory, if other tasks can reach it.
#pragma once

#include "agent/shared_memory.h"
#include "agent/step.h"

namespace jitterlab {

// In step.cc, so that the callbacks are a comparison and a jump, without a frame of their own.
void step_if_shared(const volatile void* address, std::size_t size, StepKind kind, const void* pc, int effect);
// Of atomic operations, also on the own stack.
void step_if_atomic_is_shared(const volatile void* address, std::size_t size, const void* pc, int effect);

// Inlined into every callback: most accesses are to private memory and must cost next to nothing.
__attribute__((always_inline)) inline void step_before_access(const volatile void* address, std::size_t size,
                                                              StepKind kind, const void* pc, int effect = 0) {
  if (shared_memory.is_far_from(address)) [[likely]]
    return;
  step_if_shared(address, size, kind, pc, effect);
}

// An access in the course of the last step.
inline void note_access(const volatile void* address, std::size_t size, StepKind kind, const void* pc) {
  if (size == 0 || !shared_memory.contains(address)) return;
  note(Step{.kind = kind,
            .address = const_cast<const void*>(address),
            .size = size,
            .is_write = kind != StepKind::kRead,
            .pc = pc});
}

}  // namespace jitterlab

#define JITTERLAB_CALLBACK extern "C" __attribute__((visibility("default")))
