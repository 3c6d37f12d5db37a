// Memory that is given out again is new: what was done to it before has nothing to do with what comes. That is noted,
// for threads and handlers of instrumented programs; nothing else about the heap is changed.
//
// The real functions have names of their own in glibc, so that dlsym, which may allocate, is not needed.
#include <cerrno>

#include "agent/access.h"
#include "agent/wrap.h"

using namespace jitterlab;

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

void* noted(void* memory, std::size_t size) {
  if (memory == nullptr || size == 0 || !shared_memory.reaches_private_memory()) return memory;
  note(Step{.kind = StepKind::kObject, .address = memory, .size = size});
  return memory;
}

bool is_power_of_two(std::size_t number) { return number != 0 && (number & (number - 1)) == 0; }

}  // namespace

JITTERLAB_REPLACE(void*, malloc, (std::size_t size)) { return noted(__libc_malloc(size), size); }
JITTERLAB_REPLACE(void*, calloc, (std::size_t count, std::size_t size)) {
  return noted(__libc_calloc(count, size), count * size);
}
// What stays where it was is not new, but for its end.
JITTERLAB_REPLACE(void*, realloc, (void* old, std::size_t size)) {
  if (!is_controlled() || !shared_memory.reaches_private_memory()) return __libc_realloc(old, size);
  const std::size_t before = old != nullptr ? real<"malloc_usable_size", std::size_t(void*)>()(old) : 0;
  void* memory = __libc_realloc(old, size);
  if (memory != old) return noted(memory, size);
  if (size > before) noted(static_cast<char*>(memory) + before, size - before);
  return memory;
}
JITTERLAB_REPLACE(void*, memalign, (std::size_t alignment, std::size_t size)) {
  return noted(__libc_memalign(alignment, size), size);
}
JITTERLAB_REPLACE(void*, aligned_alloc, (std::size_t alignment, std::size_t size)) {
  return noted(__libc_memalign(alignment, size), size);
}
JITTERLAB_REPLACE(int, posix_memalign, (void** result, std::size_t alignment, std::size_t size)) {
  if (!is_power_of_two(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
  void* memory = __libc_memalign(alignment, size);
  if (memory == nullptr) return ENOMEM;
  *result = noted(memory, size);
  return 0;
}
