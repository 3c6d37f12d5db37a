// Locks, semaphores and condition variables that were set up for the threads of one process (pshared 0, or no
// attribute), and lie where other processes reach them. Their values are shared, but the kernel wakes sleepers of the
// same process only: who finds such a lock taken sleeps on when another process gives it back. Under control it is the
// same. Who waits for anything else has not called yet until it can go on.
//
// glibc keeps in each object which of the two it is. The layouts are part of its interface to compiled programs;
// tests/agent/one_process_test.cc holds them against what the real functions set.
#pragma once

#include <pthread.h>
#include <semaphore.h>

#include <cstdint>

namespace jitterlab {

// False where no other process can reach it.
bool is_for_one_process(const sem_t* semaphore);
bool is_for_one_process(const pthread_mutex_t* mutex);
bool is_for_one_process(const pthread_cond_t* condition);

// The key of the list of those of this process who sleep in it.
std::uint64_t sleepers_key(const volatile void* object);

// The object was given back: somebody of this process may look again.
void wake_sleeper(const volatile void* object);

}  // namespace jitterlab
