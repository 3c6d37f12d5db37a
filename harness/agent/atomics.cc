// Atomic operations. The compiler hands over the whole operation, so it is carried out here, after the step.
//
// Stores keep the order the program asked for: on x86-64 a store that is not sequentially consistent may be overtaken
// by later loads, and programs that are wrong for that reason must stay wrong. All other operations are sequentially
// consistent in any case.
#include "agent/access.h"

using namespace jitterlab;

namespace {

// <stdatomic.h> memory_order_seq_cst, as the compiler passes it.
constexpr int kSequential = __ATOMIC_SEQ_CST;

__extension__ typedef unsigned __int128 Wide;

template <typename T>
T load(const volatile T* place) {
  return __atomic_load_n(place, __ATOMIC_SEQ_CST);
}

template <typename T>
void store(volatile T* place, T value, int order) {
  if (order == kSequential) {
    __atomic_store_n(place, value, __ATOMIC_SEQ_CST);
  } else {
    __atomic_store_n(place, value, __ATOMIC_RELEASE);
  }
}

template <typename T>
T compare_exchange(volatile T* place, T expected, T desired) {
  __atomic_compare_exchange_n(place, &expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return expected;
}

// 16 bytes: cmpxchg16b. The __atomic builtins would call libatomic, which the program need not have.
template <>
Wide compare_exchange(volatile Wide* place, Wide expected, Wide desired) {
  return __sync_val_compare_and_swap(place, expected, desired);
}

template <>
Wide load(const volatile Wide* place) {
  return compare_exchange<Wide>(const_cast<volatile Wide*>(place), 0, 0);
}

// The value before; `change` gives the new one from it.
template <typename T, typename Change>
T update(volatile T* place, Change change) {
  T before = load<T>(place);
  for (;;) {
    const T seen = compare_exchange<T>(place, before, change(before));
    if (seen == before) return before;
    before = seen;
  }
}

template <>
void store(volatile Wide* place, Wide value, int) {
  update(place, [value](Wide) { return value; });
}

}  // namespace

namespace {

// Of memory_order, as the compiler passes it; above the low bits are hints.
constexpr int effect_of(int order) {
  switch (order & 7) {
    case __ATOMIC_RELAXED:
      return 0;
    case __ATOMIC_CONSUME:
    case __ATOMIC_ACQUIRE:
      return kAcquires;
    case __ATOMIC_RELEASE:
      return kReleases;
    default:
      return kAcquires | kReleases;
  }
}

}  // namespace

#define JITTERLAB_ATOMIC_STEP(T, effect) \
  if (!shared_memory.is_far_from(place)) step_if_atomic_is_shared(place, sizeof(T), __builtin_return_address(0), effect)

#define JITTERLAB_FETCH(bits, T, name, expression)                                                \
  JITTERLAB_CALLBACK T __tsan_atomic##bits##_##name(volatile T* place, T value, int order) {      \
    JITTERLAB_ATOMIC_STEP(T, effect_of(order));                                                   \
    return update(place, [value]([[maybe_unused]] T old) { return static_cast<T>(expression); }); \
  }

#define JITTERLAB_COMPARE(bits, T, name)                                                                   \
  JITTERLAB_CALLBACK int __tsan_atomic##bits##_##name(volatile T* place, T* expected, T desired, int done, \
                                                      int failed) {                                        \
    JITTERLAB_ATOMIC_STEP(T, effect_of(done) | (effect_of(failed) & kAcquires));                           \
    const T wanted = *expected;                                                                            \
    const T seen = compare_exchange<T>(place, wanted, desired);                                            \
    if (seen == wanted) return 1;                                                                          \
    *expected = seen;                                                                                      \
    return 0;                                                                                              \
  }

#define JITTERLAB_ATOMICS(bits, T)                                                                                    \
  JITTERLAB_CALLBACK T __tsan_atomic##bits##_load(const volatile T* place, int order) {                               \
    JITTERLAB_ATOMIC_STEP(T, kLoads | (effect_of(order) & kAcquires));                                                \
    return load<T>(place);                                                                                            \
  }                                                                                                                   \
  JITTERLAB_CALLBACK void __tsan_atomic##bits##_store(volatile T* place, T value, int order) {                        \
    JITTERLAB_ATOMIC_STEP(T, effect_of(order) & kReleases);                                                           \
    store<T>(place, value, order);                                                                                    \
  }                                                                                                                   \
  JITTERLAB_FETCH(bits, T, exchange, value)                                                                           \
  JITTERLAB_FETCH(bits, T, fetch_add, old + value)                                                                    \
  JITTERLAB_FETCH(bits, T, fetch_sub, old - value)                                                                    \
  JITTERLAB_FETCH(bits, T, fetch_and, old& value)                                                                     \
  JITTERLAB_FETCH(bits, T, fetch_or, old | value)                                                                     \
  JITTERLAB_FETCH(bits, T, fetch_xor, old ^ value)                                                                    \
  JITTERLAB_FETCH(bits, T, fetch_nand, ~(old & value))                                                                \
  JITTERLAB_COMPARE(bits, T, compare_exchange_strong)                                                                 \
  JITTERLAB_COMPARE(bits, T, compare_exchange_weak)                                                                   \
  JITTERLAB_CALLBACK T __tsan_atomic##bits##_compare_exchange_val(volatile T* place, T expected, T desired, int done, \
                                                                  int failed) {                                       \
    JITTERLAB_ATOMIC_STEP(T, effect_of(done) | (effect_of(failed) & kAcquires));                                      \
    return compare_exchange<T>(place, expected, desired);                                                             \
  }

JITTERLAB_ATOMICS(8, unsigned char)
JITTERLAB_ATOMICS(16, unsigned short)
JITTERLAB_ATOMICS(32, unsigned int)
JITTERLAB_ATOMICS(64, unsigned long)
JITTERLAB_ATOMICS(128, Wide)

JITTERLAB_CALLBACK void __tsan_atomic_thread_fence(int order) {
  note(Step{.kind = StepKind::kAtomic,
            .pc = __builtin_return_address(0),
            .effect = static_cast<std::uint8_t>(effect_of(order))});
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
JITTERLAB_CALLBACK void __tsan_atomic_signal_fence(int) { __atomic_signal_fence(__ATOMIC_SEQ_CST); }
