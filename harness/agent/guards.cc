// The guards of static variables in functions (C++). Who finds one initialised reads its byte with an atomic load; who
// initialises it writes that byte inside libstdc++, where no callback sees it.
#include "agent/access.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

void note_guard(StepKind kind, const void* guard, const void* pc) {
  if (!shared_memory.contains(guard)) return;
  note(Step{.kind = kind, .address = guard, .size = 1, .pc = pc, .effect = kAcquires | kReleases});
}

}  // namespace

JITTERLAB_REPLACE(int, __cxa_guard_acquire, (void* guard)) {
  const int result = JITTERLAB_REAL(__cxa_guard_acquire)(guard);
  note_guard(StepKind::kAtomic, guard, __builtin_return_address(0));
  return result;
}
JITTERLAB_REPLACE(void, __cxa_guard_release, (void* guard)) {
  note_guard(StepKind::kAtomic, guard, __builtin_return_address(0));
  JITTERLAB_REAL(__cxa_guard_release)(guard);
}
JITTERLAB_REPLACE(void, __cxa_guard_abort, (void* guard)) {
  note_guard(StepKind::kAtomic, guard, __builtin_return_address(0));
  JITTERLAB_REAL(__cxa_guard_abort)(guard);
}
