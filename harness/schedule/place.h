// Operation::place: where in which program. Freestanding.
#pragma once

#include <cstdint>

namespace jitterlab {

// In the program itself: its number, from 1, above an address as its ELF file has it. Elsewhere (libraries, no program
// known): the address in memory, which is below kPlaceBits.
inline constexpr int kPlaceBits = 48;

// The number of the program, from 0; -1: none.
constexpr int program_of_place(std::uint64_t place) { return static_cast<int>(place >> kPlaceBits) - 1; }
constexpr std::uint64_t address_of_place(std::uint64_t place) { return place & ((std::uint64_t{1} << kPlaceBits) - 1); }
constexpr std::uint64_t make_place(int program, std::uint64_t address) {
  return (static_cast<std::uint64_t>(program) + 1) << kPlaceBits | address;
}

}  // namespace jitterlab
