// Places in the program, by names that mean the same in every process and on every machine: the number of the program
// and an address as in its ELF file.
#pragma once

#include <cstdint>

namespace jitterlab {

// Where the calling process's own program lies in memory, and what it is called. Before the first step; a process that
// was forked knows it from its parent.
void find_program_image();

// Of a program counter, for Operation::place: see schedule/place.h. Called by who has the baton.
std::uint64_t place_of(const void* pc);

}  // namespace jitterlab
