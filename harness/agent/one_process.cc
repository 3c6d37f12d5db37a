#include "agent/one_process.h"

#include "agent/baton.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "schedule/mix.h"

namespace jitterlab {

// The third word of glibc's sem_t, behind value and waiters, is FUTEX_PRIVATE_FLAG where the semaphore is shared, and 0
// where it is not.
bool is_for_one_process(const sem_t* semaphore) {
  const auto* words = reinterpret_cast<const int*>(semaphore);
  return shared_memory.is_in_range(semaphore) && words[2] == 0;
}

// Of the kinds, only what is neither robust nor one with priorities: the kernel keeps books of the others.
bool is_for_one_process(const pthread_mutex_t* mutex) {
  constexpr int kKinds = 3;  // normal, recursive, with error checks, adaptive
  constexpr int kElision = 256 | 512;
  return shared_memory.is_in_range(mutex) && (mutex->__data.__kind & ~(kKinds | kElision)) == 0;
}

bool is_for_one_process(const pthread_cond_t* condition) {
  constexpr unsigned kIsShared = 1;
  return shared_memory.is_in_range(condition) && (condition->__data.__wrefs & kIsShared) == 0;
}

std::uint64_t sleepers_key(const volatile void* object) {
  const Location location = shared_memory.locate(object);
  return mix(mix(location.object, location.offset), this_process());
}

void wake_sleeper(const volatile void* object) { wake_futex(sleepers_key(object), 1, ~0u); }

}  // namespace jitterlab
