// What the formats of printf and scanf say of the arguments behind them, as far as it matters which memory is read and
// written. glibc's own extensions are known; formats with numbered arguments (%1$s) and what is no format are not.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jitterlab {

// One conversion of printf, with what it takes from the list, in this order: width, precision, value.
struct Printed {
  enum class Value : std::uint8_t { kNone, kWord, kDouble, kLongDouble, kText, kUnknown };
  Value value = Value::kNone;  // kWord: an integer or a pointer that is not read; kText: of bytes; kUnknown: no format
  bool width_is_argument = false, precision_is_argument = false;
  int precision = -1;  // most bytes of a text; below 0: up to its end
};

// One conversion of scanf, with the one pointer that it takes from the list.
struct Scanned {
  enum class Target : std::uint8_t { kNone, kValue, kText, kUnknown };
  Target target = Target::kNone;  // kText: as long as what was read, and a zero byte
  std::size_t size = 0;           // bytes of a value
  bool is_counted = false;        // in what scanf returns
};

// Reads the next conversion; where to go on, or null: there is none.
const char* next_printed(const char* format, Printed& conversion);
const char* next_scanned(const char* format, Scanned& conversion);

}  // namespace jitterlab
