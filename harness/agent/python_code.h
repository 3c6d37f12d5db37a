// What is known of a code object of CPython 3.11: whose it is, and where its switch points and its accesses are.
#pragma once

#include <cstdint>

#include "agent/python_api.h"

namespace jitterlab {

// One instruction, from its opcode.
struct PythonMark {
  enum class Then : std::uint8_t { kNothing, kCall, kLoop };  // what the interpreter does after it: looks for a switch
  enum class Access : std::uint8_t { kNone, kRead, kWrite, kAny };
  Then then = Then::kNothing;
  Access access = Access::kNone;  // of what other threads can reach
  bool keeps = false;             // it changes a variable of its function, or where an iteration is
  bool changes = false;           // it changes something else
  bool reaches_mapping = false;   // it may read or write memory that processes share
  std::uint32_t name = 0;         // hash of the name that it accesses; 0: none, or many
};

struct PythonCode {
  const void* code = nullptr;  // kept, so that its address is not used again
  bool is_students = false;
  bool has_switch_points = false;  // besides its beginning
  std::uint16_t file = 0;          // 0: the first file of the student's that was met, mostly the program itself
  std::uint32_t count = 0;         // instructions
  const PythonMark* marks = nullptr;
};

// Of the frame's code. Only the student's own code has marks. Needs the interpreter's lock.
const PythonCode& code_of(const PythonApi& python, void* frame);

}  // namespace jitterlab
