// Where a step was taken in a Python program, as one number where others have an address: no address has its upper
// bits. Freestanding; reports read it as well.
#pragma once

#include <cstdint>

namespace jitterlab {

struct PythonPlace {
  std::uint16_t file = 0;  // 0: the program itself
  int line = 0;
  int instruction = 0;  // byte offset in its function
};

inline constexpr std::uint64_t kPythonPlace = 0x5079;  // "Py"

inline const void* python_place(const PythonPlace& place) {
  const auto bits = [](std::uint64_t value, int count) { return value & ((std::uint64_t{1} << count) - 1); };
  return reinterpret_cast<const void*>(kPythonPlace << 48 | bits(place.file, 8) << 40 |
                                       bits(static_cast<std::uint64_t>(place.line), 20) << 20 |
                                       bits(static_cast<std::uint64_t>(place.instruction), 20));
}

inline bool is_python_place(std::uint64_t place) { return place >> 48 == kPythonPlace; }

inline PythonPlace python_place_of(std::uint64_t place) {
  constexpr std::uint64_t kTwenty = (1 << 20) - 1;
  return {static_cast<std::uint16_t>(place >> 40 & 0xff), static_cast<int>(place >> 20 & kTwenty),
          static_cast<int>(place & kTwenty)};
}

}  // namespace jitterlab
