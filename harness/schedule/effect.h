// What the kind of an operation leaves open, for who asks afterwards what happened before what. Not looked at by
// strategies, and in no hash. Freestanding.
#pragma once

#include <cstdint>

namespace jitterlab {

// Bits of TraceEvent::effect.
enum Effect : std::uint8_t {
  kAcquires = 1,     // kAtomic, and fences: what was released before is known from now on
  kReleases = 2,     // likewise: what was done so far can be known
  kLoads = 4,        // kAtomic: writes nothing
  kWaited = 8,       // it could not go on at first
  kAfterRest = 16,   // nobody could go on before it: something outside has changed
  kUndoes = 32,      // semop: the end of the process takes it back
  kBound = 64,       // an access: of at most this size; notes tell what was really read and written
  kOnlyWaits = 128,  // a read: its task goes round, does nothing but read, and its state is the same as a round before
};

}  // namespace jitterlab
