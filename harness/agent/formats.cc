#include "agent/formats.h"

namespace jitterlab {
namespace {

bool is_digit(char one) { return one >= '0' && one <= '9'; }

bool is_among(char one, const char* all) {
  for (; *all != '\0'; ++all) {
    if (*all == one) return true;
  }
  return false;
}

// Behind the '%' of the next conversion; "%%" is none. Null: there is none.
const char* next_conversion(const char* at) {
  for (; *at != '\0'; ++at) {
    if (*at != '%') continue;
    if (*++at != '%') return at;
  }
  return nullptr;
}

const char* behind_number(const char* at, int& number) {
  constexpr int kMost = 1 << 20;
  number = 0;
  for (; is_digit(*at); ++at) number = number < kMost ? 10 * number + (*at - '0') : kMost;
  return at;
}

const char* behind_number(const char* at) {
  int number = 0;
  return behind_number(at, number);
}

// Of an argument, as hh, h, l, ll, L, q, j, z and t say.
struct Length {
  std::size_t integer = sizeof(int), real = sizeof(float);
  bool is_long = false, is_long_double = false;
};

const char* behind_length(const char* at, Length& length) {
  for (; is_among(*at, "hlLqjzt"); ++at) {
    if (*at == 'h') {
      length.integer /= 2;
    } else {
      length.integer = sizeof(long);
      length.is_long = true;
      length.is_long_double = *at == 'L';
      length.real = length.is_long_double ? sizeof(long double) : sizeof(double);
    }
  }
  return at;
}

// Behind the set of "%[...]", of which a ']' that comes first is part.
const char* behind_set(const char* at) {
  if (*at == '^') ++at;
  if (*at == ']') ++at;
  while (*at != '\0' && *at != ']') ++at;
  return at;
}

Printed::Value value_of(char conversion, const Length& length) {
  using Value = Printed::Value;
  if (is_among(conversion, "diouxXcCSpn")) return Value::kWord;
  if (is_among(conversion, "aAeEfFgG")) return length.is_long_double ? Value::kLongDouble : Value::kDouble;
  if (conversion == 's') return length.is_long ? Value::kWord : Value::kText;
  return conversion == 'm' ? Value::kNone : Value::kUnknown;
}

}  // namespace

const char* next_printed(const char* format, Printed& conversion) {
  const char* at = next_conversion(format);
  if (at == nullptr) return nullptr;
  conversion = {};
  while (is_among(*at, "-+ #0'I")) ++at;
  conversion.width_is_argument = *at == '*';
  at = *at == '*' ? at + 1 : behind_number(at);
  if (*at == '.') {
    conversion.precision_is_argument = *++at == '*';
    at = *at == '*' ? at + 1 : behind_number(at, conversion.precision);
  }
  Length length;
  at = behind_length(at, length);
  conversion.value = value_of(*at, length);
  return *at == '\0' ? at : at + 1;
}

const char* next_scanned(const char* format, Scanned& conversion) {
  using Target = Scanned::Target;
  const char* at = next_conversion(format);
  if (at == nullptr) return nullptr;
  conversion = {};
  const bool is_stored = *at != '*';
  if (!is_stored) ++at;
  int width = 0;
  at = behind_number(at, width);
  const bool is_allocated = *at == 'm';
  if (is_allocated) ++at;
  Length length;
  at = behind_length(at, length);
  const char kind = *at;
  conversion.is_counted = is_stored && kind != 'n';
  conversion.target = Target::kValue;
  if (is_among(kind, "diouxXn")) {
    conversion.size = length.integer;
  } else if (is_among(kind, "aAeEfFgG")) {
    conversion.size = length.real;
  } else if (kind == 'p' || (is_allocated && is_among(kind, "cs["))) {
    conversion.size = sizeof(void*);
  } else if (kind == 'c' && !length.is_long) {
    conversion.size = width > 0 ? static_cast<std::size_t>(width) : 1;
  } else if (is_among(kind, "s[") && !length.is_long) {
    conversion.target = Target::kText;
  } else {
    conversion.target = Target::kUnknown;
  }
  if (kind == '\0') return at;
  if (kind == '[') at = behind_set(at + 1);
  if (!is_stored && conversion.target != Target::kUnknown) conversion.target = Target::kNone;
  return *at == '\0' ? at : at + 1;
}

}  // namespace jitterlab
