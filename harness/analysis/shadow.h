// Who accessed which byte last, of all memory that tasks share in one execution.
//
// After FastTrack (Flanagan and Freund: "FastTrack: Efficient and Precise Dynamic Race Detection", PLDI 2009), with two
// differences: accesses are kept exactly for each byte (a set of bytes of an 8-byte cell for each), and atomic accesses
// are kept apart, since two of them never race. A write forgets what is known to come before it: whoever races with
// that races with the write.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "analysis/clocks.h"

namespace jitterlab {

struct Access {
  std::uint32_t task = 0;
  bool is_write = false, is_atomic = false;
  std::uint32_t index = 0;  // the caller's, to find it again
};

class Shadow {
 public:
  static constexpr std::size_t kMostCells = 1 << 18;  // more memory than that is not looked at

  // `task` with this clock accesses `size` bytes. `race` is told of earlier accesses that nothing orders before it.
  using Race = std::function<void(std::uint32_t earlier)>;
  void access(std::uint64_t object, std::uint64_t offset, std::uint64_t size, const Access& access, const Clock& clock,
              const Race& race);

  // These bytes are others now.
  void forget(std::uint64_t object, std::uint64_t offset, std::uint64_t size);
  void forget(std::uint64_t object);

 private:
  struct Entry {
    std::uint8_t bytes = 0;
    bool is_write = false, is_atomic = false;
    std::uint32_t task = 0, time = 0, index = 0;
  };
  struct Cell {
    std::vector<Entry> entries;
  };
  struct Key {
    std::uint64_t object, cell;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };

  static void access_cell(Cell& cell, std::uint8_t bytes, const Access& access, const Clock& clock, const Race& race);

  std::unordered_map<Key, Cell, KeyHash> cells_;
};

}  // namespace jitterlab
