// The two calls that led to the place of an operation, in one word beside it: students wrap semop in P() and V(), and
// the line in P() says nothing. Kept as the lower halves of return addresses, as a program is smaller than 4 GiB.
// Freestanding.
#pragma once

#include <cstdint>

namespace jitterlab {

inline constexpr std::uint64_t kUpperHalf = ~std::uint64_t{0} << 32;

// An address that is not in the same program as `place`, or is 0, is left out, and what called it too.
constexpr std::uint64_t packed_callers(std::uint64_t place, std::uint64_t caller, std::uint64_t its_caller) {
  const auto half = [&](std::uint64_t address) {
    return (address & kUpperHalf) == (place & kUpperHalf) ? address & ~kUpperHalf : 0;
  };
  return half(caller) == 0 ? 0 : half(caller) | half(its_caller) << 32;
}

// 0: not known.
constexpr std::uint64_t caller_of(std::uint64_t place, std::uint64_t packed) {
  const std::uint64_t half = packed & ~kUpperHalf;
  return half == 0 ? 0 : (place & kUpperHalf) | half;
}
constexpr std::uint64_t second_caller_of(std::uint64_t place, std::uint64_t packed) {
  return caller_of(place, packed >> 32);
}

}  // namespace jitterlab
