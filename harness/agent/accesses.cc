// What `gcc -fsanitize=thread` calls before every load and store: the callbacks of GCC 12, and those only clang emits.
#include <cstddef>

#include "agent/access.h"

using namespace jitterlab;

#define JITTERLAB_ACCESS(name, size, kind)                                          \
  JITTERLAB_CALLBACK void __tsan_##name(void* address) {                            \
    step_before_access(address, size, StepKind::kind, __builtin_return_address(0)); \
  }

#define JITTERLAB_ACCESSES(size)                     \
  JITTERLAB_ACCESS(read##size, size, kRead)          \
  JITTERLAB_ACCESS(write##size, size, kWrite)        \
  JITTERLAB_ACCESS(volatile_read##size, size, kRead) \
  JITTERLAB_ACCESS(volatile_write##size, size, kWrite)

#define JITTERLAB_UNALIGNED(size)                              \
  JITTERLAB_ACCESS(unaligned_read##size, size, kRead)          \
  JITTERLAB_ACCESS(unaligned_write##size, size, kWrite)        \
  JITTERLAB_ACCESS(unaligned_volatile_read##size, size, kRead) \
  JITTERLAB_ACCESS(unaligned_volatile_write##size, size, kWrite)

JITTERLAB_ACCESSES(1)
JITTERLAB_ACCESSES(2)
JITTERLAB_ACCESSES(4)
JITTERLAB_ACCESSES(8)
JITTERLAB_ACCESSES(16)
JITTERLAB_UNALIGNED(2)
JITTERLAB_UNALIGNED(4)
JITTERLAB_UNALIGNED(8)
JITTERLAB_UNALIGNED(16)

#define JITTERLAB_RANGE(name, kind)                                                 \
  JITTERLAB_CALLBACK void __tsan_##name(void* address, std::size_t size) {          \
    step_before_access(address, size, StepKind::kind, __builtin_return_address(0)); \
  }
JITTERLAB_RANGE(read_range, kRead)
JITTERLAB_RANGE(write_range, kWrite)

// Constructors and destructors set the pointer to the table of virtual functions; virtual calls read it.
JITTERLAB_CALLBACK void __tsan_vptr_update(void** place, void*) {
  step_before_access(place, sizeof(void*), StepKind::kWrite, __builtin_return_address(0));
}
JITTERLAB_CALLBACK void __tsan_vptr_read(void** place) {
  step_before_access(place, sizeof(void*), StepKind::kRead, __builtin_return_address(0));
}

// Emitted in every file, and around every function.
JITTERLAB_CALLBACK void __tsan_init() { shared_memory.set_instrumented(); }
JITTERLAB_CALLBACK void __tsan_func_entry(void*) {}
JITTERLAB_CALLBACK void __tsan_func_exit(void*) {}
