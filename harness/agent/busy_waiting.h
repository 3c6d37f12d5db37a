// Finds out that a task which reads the same again and again only waits for a write: its whole state, registers, stack
// and data, is the same at the same place twice over, and in between it did nothing but read. Such a loop cannot count,
// try for a while or add up; it ends when another task changes what it reads. (LoopProof asks more, which nobody could
// end, and is for those who are left at rest.)
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

// Of one task; zero bytes are a new one.
struct BusyWaiting {
  static constexpr int kPlaces = 4;               // loops that are found in one task
  static constexpr std::uint32_t kFirst = 4;      // reads in a row, of all of which the value was known: it may be one
  static constexpr std::uint32_t kMostLooks = 8;  // at its stack, in one loop, …
  static constexpr std::uint32_t kMostStacks = 128, kMostData = 16;  // … and in all
  std::uint64_t found[kPlaces];
  std::uint32_t found_count;
  std::uint64_t place;  // where it is looked at; 0: nowhere
  std::uint64_t stack, data;
  bool has_data;
  std::uint32_t looks, stacks, datas;
};

// The calling task has come to a read; it has read so many times in a row what it had read before. True once for each
// loop: it waits for a write.
bool only_waits_for_write(const Operation& read, std::uint32_t repeats);

}  // namespace jitterlab
