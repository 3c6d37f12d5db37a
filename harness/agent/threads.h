// Which task a thread of the calling process is.
#pragma once

#include <pthread.h>

#include <cstdint>

namespace jitterlab {

// A handle that nobody made with pthread_create is that of the first thread.
std::uint64_t task_of_thread(pthread_t thread);

// The calling process is a child: it has none of its parent's threads.
void forget_threads();

}  // namespace jitterlab
