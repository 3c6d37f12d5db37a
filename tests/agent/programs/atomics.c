// Every atomic operation of C on every width; prints all results.
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static void print(unsigned __int128 value) {
  printf("%016lx%016lx ", (unsigned long)(value >> 64), (unsigned long)value);
}

#define TRY(T, name)                                                                       \
  static void name(void) {                                                                 \
    static _Atomic T place;                                                                \
    T big = (T)((unsigned __int128)0xfedcba9876543210u * 0x123456789abcdef1u);             \
    atomic_store(&place, big);                                                             \
    atomic_store_explicit(&place, (T)(big + 1), memory_order_relaxed);                     \
    atomic_store_explicit(&place, (T)(big + 2), memory_order_release);                     \
    print(atomic_load(&place)), print(atomic_load_explicit(&place, memory_order_acquire)); \
    print(atomic_exchange(&place, 7)), print(place);                                       \
    print(atomic_fetch_add(&place, big)), print(place);                                    \
    print(atomic_fetch_sub(&place, 3)), print(place);                                      \
    print(atomic_fetch_and(&place, (T)~big)), print(place);                                \
    print(atomic_fetch_or(&place, 0x55)), print(place);                                    \
    print(atomic_fetch_xor(&place, big)), print(place);                                    \
    print(__sync_fetch_and_nand((T*)&place, 0x33)), print(place);                          \
    print(__sync_add_and_fetch((T*)&place, 9)), print(place);                              \
    print(place++), print(--place), place *= 3, print(place);                              \
    T expected = 1;                                                                        \
    bool done = atomic_compare_exchange_strong(&place, &expected, 5);                      \
    print(done), print(expected), print(place);                                            \
    done = atomic_compare_exchange_strong(&place, &expected, 6);                           \
    print(done), print(expected), print(place);                                            \
    while (!atomic_compare_exchange_weak(&place, &expected, 8)) continue;                  \
    print(expected), print(place);                                                         \
    print(__sync_val_compare_and_swap((T*)&place, 8, 11)), print(place);                   \
    print(__sync_bool_compare_and_swap((T*)&place, 8, 12)), print(place);                  \
    puts("");                                                                              \
  }

TRY(unsigned char, on_8)
TRY(signed char, on_signed_8)
TRY(unsigned short, on_16)
TRY(short, on_signed_16)
TRY(unsigned int, on_32)
TRY(int, on_signed_32)
TRY(unsigned long, on_64)
TRY(long, on_signed_64)
TRY(unsigned __int128, on_128)

int main(void) {
  on_8(), on_signed_8(), on_16(), on_signed_16(), on_32(), on_signed_32(), on_64(), on_signed_64(), on_128();
  atomic_thread_fence(memory_order_seq_cst);
  atomic_signal_fence(memory_order_acquire);
  atomic_flag flag = ATOMIC_FLAG_INIT;
  printf("%d", atomic_flag_test_and_set(&flag));
  printf("%d\n", atomic_flag_test_and_set(&flag));
  atomic_flag_clear(&flag);
  return 0;
}
