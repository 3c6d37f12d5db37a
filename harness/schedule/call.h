// Which call of the program an operation is, where its kind does not tell enough for a person: a V and an unlock are
// both StepKind::kUnlock. Information only: no strategy, no hash and no verdict looks at it. Freestanding.
//
// The comment says what TraceEvent::value holds once the call has been carried out; kFailedCall: it failed. Where there
// is none, the value is that of the memory before the operation, as for plain accesses.
#pragma once

#include <cstdint>

namespace jitterlab {

inline constexpr std::uint64_t kFailedCall = ~std::uint64_t{0};

enum class Call : std::uint8_t {
  kNone,
  kSegmentGet,         // the object's number
  kSemaphoresGet,      // the object's number
  kQueueGet,           // the object's number
  kSemop,              // packed_semop(): of a single operation; of several nothing
  kSemaphoreSet,       // SETVAL: the new value
  kSemaphoresSet,      // SETALL: the new values of the first four members, 16 bits each
  kSemaphoresErase,    // IPC_RMID
  kSemaphoresControl,  // any other semctl: what it returned
  kQueueSend,          // type of the message
  kQueueReceive,       // type of the message
  kMutexLock,
  kMutexTryLock,  // 0
  kMutexUnlock,
  kReadLock,
  kWriteLock,
  kReadTryLock,   // 0
  kWriteTryLock,  // 0
  kReadWriteUnlock,
  kSpinLock,
  kSpinUnlock,
  kConditionWait,       // asks to wait and gives the mutex back: packed_place() of the mutex
  kConditionWoken,      // was woken
  kConditionSignal,     // tasks woken
  kConditionBroadcast,  // tasks woken
  kBarrierWait,
  kBarrierPassed,
  kSemaphoreInit,     // sem_init: the new value
  kSemaphoreWait,     // sem_wait: the value before
  kSemaphoreTryWait,  // the value before
  kSemaphorePost,     // the value before
  kFutexWait,
  kFutexWoken,
  kFutexWake,  // tasks woken
  kPipe,       // the object's number
  kOpen,
  kOpenToRead,   // a FIFO
  kOpenToWrite,  // a FIFO
  kClose,
  kRead,   // bytes; 0: the end
  kWrite,  // bytes
  kFileLock,
  kFileUnlock,
  kFork,  // process id of the child
  kThreadCreate,
  kExec,
  kChildWait,  // process id of the child
  kJoin,
  kExit,
  kKill,        // the signal
  kPause,       // asks to wait for a signal
  kPauseEnded,  // a handler has run
  kSignalWait,  // sigwait and its kin
  kAccept,
  kConnect,
  kPoll,
  // Woken in a lock or semaphore that wakes those of its own process only.
  kMutexAsleep,
  kSemaphoreAsleep,
  kSignalHandler,  // says what a signal does; which one is TraceEvent::detail
  kSignalMask,     // SIG_BLOCK and so on; which signals is TraceEvent::detail, kFailedCall: it only asks
  kTimer,          // alarm and its kin
  kYield,
  kCancel,
  kDetach,
};
inline constexpr Call kLastCall = Call::kDetach;

// What a single System V semaphore operation changes, and the value after it.
constexpr std::uint64_t packed_semop(std::int16_t change, std::uint16_t value) {
  return static_cast<std::uint64_t>(static_cast<std::uint16_t>(change)) << 16 | value;
}
constexpr std::int16_t semop_change(std::uint64_t packed) { return static_cast<std::int16_t>(packed >> 16); }
constexpr std::uint16_t semop_value(std::uint64_t packed) { return static_cast<std::uint16_t>(packed); }

// An object and an offset in it; objects beyond 65,535 are cut off.
constexpr std::uint64_t packed_place(std::uint64_t object, std::uint64_t offset) {
  return object << 48 | (offset & ((std::uint64_t{1} << 48) - 1));
}

}  // namespace jitterlab
