// CPython 3.11 under the agent.
//
// The interpreter runs one thread at a time, the one with its lock (the GIL), and takes the lock away only at its own
// switch points. The agent never takes it away: it adds steps at these points and gives the lock back around each, as
// the interpreter would (python_steps.cc). Who waits for the lock waits under control, like for any other lock; nothing
// else that the interpreter does with its own lock is a step.
//
// Calls by which threads meet (semaphores, which Python's locks are made of) are no steps while their caller has the
// interpreter's lock, since no other thread of the process can run there. Python gives the lock back before a call that
// would block. Between processes all of them are steps.
#pragma once

#include <pthread.h>

#include "agent/python_api.h"

namespace jitterlab {

// Null in other programs.
inline constinit const PythonApi* python_api = nullptr;
inline const PythonApi* python() { return python_api; }

// In the agent's constructor, after the task has begun.
void start_python(char** environment);

// Mutexes and condition variables of the interpreter's lock.
bool is_of_interpreter(const volatile void* lock);
// A mutex of the interpreter's lock was given back: who waits for the lock looks again.
void note_interpreter_unlock();
// In place of pthread_cond_timedwait for the interpreter's lock. Controlled executions only.
int await_interpreter(pthread_mutex_t* mutex, const void* pc);

// The calling thread has the interpreter's lock, so no other thread of this process can come between.
bool has_interpreter();
// Likewise, and only threads of this process can reach the object. Then an operation on it is no step; who waits for it
// must look again afterwards: note_within_python().
bool is_within_python(const volatile void* object);
void note_within_python(const volatile void* object);

// A second thread is about to run; memory was mapped that other processes can reach; the process is about to fork.
void note_python_thread();
void note_python_sharing();
void note_python_process();

}  // namespace jitterlab
