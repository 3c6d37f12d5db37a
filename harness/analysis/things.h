// What operations are done to, and how it is called in a report: "semaphore 1", "the pipe", "locks[0]".
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/source_names.h"
#include "sandbox/controlled_end.h"

namespace jitterlab {

enum class ThingKind : std::uint8_t {
  kMemory,
  kSemaphore,  // of System V: one member of a set
  kMutex,
  kReadWriteLock,
  kSpinLock,
  kCondition,
  kBarrier,
  kPosixSemaphore,
  kFutex,
  kQueue,
  kPipe,
  kFifo,
  kSocket,
  kOutput,  // what the program prints, and is captured
  kFile,    // whatever else has a descriptor
  kChildren,
  kTask,
  kSignal,
  kOther,
};

// Equal for operations on the same thing.
struct Thing {
  ThingKind kind = ThingKind::kOther;
  std::uint64_t object = 0, offset = 0;
  auto operator<=>(const Thing&) const = default;
};

// A lock: who took it gives it back.
bool is_lock(ThingKind kind);
bool is_semaphore(ThingKind kind);

class Things {
 public:
  // `semaphores`: the lab's names for the members of its set, may be empty.
  Things(const ControlledEnd& end, SourceNames names, std::vector<std::string> semaphores = {});

  Thing of(const Operation& operation) const;
  // Of a System V set, one member.
  Thing member(const Operation& operation, int number) const;
  std::string name(const Thing& thing) const;
  bool has_name(const Thing& thing) const;  // in the source of the program

 private:
  void number(const Operation& operation);

  SourceNames names_;
  std::vector<std::string> semaphores_;
  std::map<std::uint64_t, ThingKind> descriptors_;  // object -> pipe, FIFO, socket, output
  // Numbers from 1 in the order of first use: of things of a kind, of semaphore sets.
  std::map<ThingKind, int> counts_;
  std::map<Thing, int> numbers_;
  std::map<std::uint64_t, int> sets_;
  std::map<Thing, std::string> variables_;  // also "memory at 0x1234", of what has no name
};

}  // namespace jitterlab
