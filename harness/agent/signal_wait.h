// Waiting for nothing but a signal: pause, sigsuspend, and polling of no descriptors.
#pragma once

#include <csignal>

namespace jitterlab {

// Under control: waits until a handler has run. `mask` is that of the thread while it waits; null: as it is.
void wait_for_signal(const sigset_t* mask, const void* pc);

}  // namespace jitterlab
