// Functions of libc that read and write memory on the program's behalf: one step when a range is shared.
//
// The first five are called by other libraries before anything of ours ran, when the real ones cannot be looked up yet:
// until start_memory_calls() simple loops do their work.
#include "agent/memory_calls.h"

#include <cstdarg>
#include <cstdio>

#include "agent/access.h"
#include "agent/texts.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

void* copy_bytes(void* to, const void* from, std::size_t size) {
  auto* target = static_cast<char*>(to);
  auto* source = static_cast<const char*>(from);
  for (std::size_t i = 0; i < size; ++i) target[i] = source[i];
  return to;
}

void* move_bytes(void* to, const void* from, std::size_t size) {
  if (to <= from) return copy_bytes(to, from, size);
  auto* target = static_cast<char*>(to);
  auto* source = static_cast<const char*>(from);
  for (std::size_t i = size; i > 0; --i) target[i - 1] = source[i - 1];
  return to;
}

void* set_bytes(void* to, int value, std::size_t size) {
  auto* target = static_cast<char*>(to);
  for (std::size_t i = 0; i < size; ++i) target[i] = static_cast<char>(value);
  return to;
}

int compare_bytes(const void* left, const void* right, std::size_t size) {
  auto* a = static_cast<const unsigned char*>(left);
  auto* b = static_cast<const unsigned char*>(right);
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return a[i] - b[i];
  }
  return 0;
}

std::size_t count_bytes(const char* text) {
  std::size_t size = 0;
  while (text[size] != '\0') ++size;
  return size;
}

auto* real_memcpy = &copy_bytes;
auto* real_memmove = &move_bytes;
auto* real_memset = &set_bytes;
auto* real_memcmp = &compare_bytes;
auto* real_strlen = &count_bytes;

// One step for the whole call: before its write, if that is shared, else before its read.
__attribute__((always_inline)) inline void step_before_copy(const void* to, const void* from, std::size_t size,
                                                            const void* pc) {
  if (shared_memory.contains(to)) {
    step_before_access(to, size, StepKind::kWrite, pc);
    if (size != 0 && from != to) note_access(from, size, StepKind::kRead, pc);
  } else {
    step_before_access(from, size, StepKind::kRead, pc);
  }
}

// ---- what functions that look for an end really touch; noted after their step ---------------------------------------

std::size_t smaller(std::size_t one, std::size_t other) { return one < other ? one : other; }

// Up to and with the first byte that differs, or the end of both.
void note_compared(const void* left, const void* right, std::size_t most, bool are_texts, const void* pc) {
  if (!sees_notes(left, right)) return;
  const auto *a = static_cast<const char*>(left), *b = static_cast<const char*>(right);
  std::size_t size = 0;
  while (size < most && a[size] == b[size] && !(are_texts && a[size] == '\0')) ++size;
  size = smaller(size + 1, most);
  note_access(left, size, StepKind::kRead, pc);
  note_access(right, size, StepKind::kRead, pc);
}

void note_copied(char* to, const char* from, std::size_t most, bool fills, const void* pc) {
  if (!sees_notes(to, from)) return;
  const std::size_t size = text_size(from, most);
  note_access(from, size, StepKind::kRead, pc);
  note_access(to, fills ? most : size, StepKind::kWrite, pc);
}

void note_appended(char* to, const char* from, std::size_t most, const void* pc) {
  if (!sees_notes(to, from)) return;
  const std::size_t before = text_size(to), size = text_size(from, most);
  note_access(to, before, StepKind::kRead, pc);
  note_access(from, size, StepKind::kRead, pc);
  note_access(to + before - 1, text_size(from, most == kWholeText ? most : most + 1), StepKind::kWrite, pc);
}

// After the call: `length` as printf counts.
void note_printed(char* to, std::size_t most, int length, const void* pc) {
  if (length < 0 || most == 0 || !sees_notes(to)) return;
  note_access(to, smaller(static_cast<std::size_t>(length) + 1, most), StepKind::kWrite, pc);
}

}  // namespace

namespace jitterlab {

void start_memory_calls() {
  real_memcpy = real<"memcpy", decltype(copy_bytes)>();
  real_memmove = real<"memmove", decltype(move_bytes)>();
  real_memset = real<"memset", decltype(set_bytes)>();
  real_memcmp = real<"memcmp", decltype(compare_bytes)>();
  real_strlen = real<"strlen", decltype(count_bytes)>();
}

}  // namespace jitterlab

// A call without bytes touches nothing, even when its pointers are shared.
#define JITTERLAB_COPY(head, to, from, size, work)                                  \
  head {                                                                            \
    if ((size) != 0) step_before_copy(to, from, size, __builtin_return_address(0)); \
    return work;                                                                    \
  }
#define JITTERLAB_COPY_CALL(result, name, parameters, to, from, size, work) \
  JITTERLAB_COPY(JITTERLAB_REPLACE(result, name, parameters), to, from, size, work)
// The names under which clang calls them.
#define JITTERLAB_COPY_CALLBACK(name, parameters, to, from, size, work) \
  JITTERLAB_COPY(JITTERLAB_CALLBACK void* name parameters, to, from, size, work)

JITTERLAB_COPY_CALL(void*, memcpy, (void* to, const void* from, std::size_t size), to, from, size,
                    real_memcpy(to, from, size))
JITTERLAB_COPY_CALL(void*, memmove, (void* to, const void* from, std::size_t size), to, from, size,
                    real_memmove(to, from, size))
JITTERLAB_COPY_CALL(void*, mempcpy, (void* to, const void* from, std::size_t size), to, from, size,
                    static_cast<char*>(real_memcpy(to, from, size)) + size)
JITTERLAB_COPY_CALL(void, bcopy, (const void* from, void* to, std::size_t size), to, from, size,
                    static_cast<void>(real_memmove(to, from, size)))
JITTERLAB_COPY_CALL(void*, memset, (void* to, int value, std::size_t size), to, to, size, real_memset(to, value, size))
JITTERLAB_COPY_CALL(void, bzero, (void* to, std::size_t size), to, to, size,
                    static_cast<void>(real_memset(to, 0, size)))
JITTERLAB_COPY_CALLBACK(__tsan_memcpy, (void* to, const void* from, std::size_t size), to, from, size,
                        real_memcpy(to, from, size))
JITTERLAB_COPY_CALLBACK(__tsan_memmove, (void* to, const void* from, std::size_t size), to, from, size,
                        real_memmove(to, from, size))
JITTERLAB_COPY_CALLBACK(__tsan_memset, (void* to, int value, std::size_t size), to, to, size,
                        real_memset(to, value, size))

namespace {

void step_before_reads(const void* left, const void* right, const void* pc) {
  step_before_access(shared_memory.contains(left) ? left : right, 0, StepKind::kRead, pc);
}

}  // namespace

JITTERLAB_REPLACE(int, memcmp, (const void* left, const void* right, std::size_t size)) {
  step_before_reads(left, right, __builtin_return_address(0));
  note_compared(left, right, size, false, __builtin_return_address(0));
  return real_memcmp(left, right, size);
}

JITTERLAB_REPLACE(std::size_t, strlen, (const char* text)) {
  step_before_access(text, 0, StepKind::kRead, __builtin_return_address(0));
  note_text(text, kWholeText, __builtin_return_address(0));
  return real_strlen(text);
}

// Reads of one text, of two, and copies from the second argument to the first.
#define JITTERLAB_READ_ONE(result, name, parameters, arguments, most)          \
  JITTERLAB_REPLACE(result, name, parameters) {                                \
    step_before_access(text, 0, StepKind::kRead, __builtin_return_address(0)); \
    note_text(text, most, __builtin_return_address(0));                        \
    return JITTERLAB_REAL(name) arguments;                                     \
  }
#define JITTERLAB_READ_TWO(result, name, parameters, arguments, most)    \
  JITTERLAB_REPLACE(result, name, parameters) {                          \
    step_before_reads(left, right, __builtin_return_address(0));         \
    note_compared(left, right, most, true, __builtin_return_address(0)); \
    return JITTERLAB_REAL(name) arguments;                               \
  }
#define JITTERLAB_COPY_TEXT(result, name, parameters, arguments, noted) \
  JITTERLAB_REPLACE(result, name, parameters) {                         \
    const void* pc = __builtin_return_address(0);                       \
    step_before_copy(to, from, 0, pc);                                  \
    noted;                                                              \
    return JITTERLAB_REAL(name) arguments;                              \
  }

JITTERLAB_READ_ONE(char*, strchr, (const char* text, int wanted), (text, wanted), kFirstByte)
JITTERLAB_READ_ONE(char*, strrchr, (const char* text, int wanted), (text, wanted), kWholeText)
JITTERLAB_READ_ONE(char*, strdup, (const char* text), (text), kWholeText)
JITTERLAB_READ_ONE(int, atoi, (const char* text), (text), kFirstByte)
JITTERLAB_READ_ONE(long, atol, (const char* text), (text), kFirstByte)
JITTERLAB_READ_ONE(long long, atoll, (const char* text), (text), kFirstByte)
JITTERLAB_READ_ONE(double, atof, (const char* text), (text), kFirstByte)
JITTERLAB_READ_ONE(long, strtol, (const char* text, char** end, int base), (text, end, base), kFirstByte)
JITTERLAB_READ_ONE(unsigned long, strtoul, (const char* text, char** end, int base), (text, end, base), kFirstByte)
JITTERLAB_READ_ONE(long long, strtoll, (const char* text, char** end, int base), (text, end, base), kFirstByte)
JITTERLAB_READ_ONE(unsigned long long, strtoull, (const char* text, char** end, int base), (text, end, base),
                   kFirstByte)
JITTERLAB_READ_ONE(double, strtod, (const char* text, char** end), (text, end), kFirstByte)

JITTERLAB_READ_TWO(int, strcmp, (const char* left, const char* right), (left, right), kWholeText)
JITTERLAB_READ_TWO(int, strncmp, (const char* left, const char* right, std::size_t most), (left, right, most), most)
JITTERLAB_READ_TWO(char*, strstr, (const char* left, const char* right), (left, right), kFirstByte)

JITTERLAB_COPY_TEXT(char*, strcpy, (char* to, const char* from), (to, from),
                    note_copied(to, from, kWholeText, false, pc))
JITTERLAB_COPY_TEXT(char*, stpcpy, (char* to, const char* from), (to, from),
                    note_copied(to, from, kWholeText, false, pc))
JITTERLAB_COPY_TEXT(char*, strncpy, (char* to, const char* from, std::size_t most), (to, from, most),
                    note_copied(to, from, most, true, pc))
JITTERLAB_COPY_TEXT(char*, strcat, (char* to, const char* from), (to, from), note_appended(to, from, kWholeText, pc))
JITTERLAB_COPY_TEXT(char*, strncat, (char* to, const char* from, std::size_t most), (to, from, most),
                    note_appended(to, from, most, pc))

JITTERLAB_REPLACE(int, vsprintf, (char* to, const char* format, va_list arguments)) {
  step_before_access(to, 0, StepKind::kWrite, __builtin_return_address(0));
  step_before_printed(format, arguments, __builtin_return_address(0));
  const int written = JITTERLAB_REAL(vsprintf)(to, format, arguments);
  note_printed(to, kWholeText, written, __builtin_return_address(0));
  return written;
}

JITTERLAB_REPLACE(int, vsnprintf, (char* to, std::size_t most, const char* format, va_list arguments)) {
  step_before_access(to, most, StepKind::kWrite, __builtin_return_address(0), kBound);
  step_before_printed(format, arguments, __builtin_return_address(0));
  const int written = JITTERLAB_REAL(vsnprintf)(to, most, format, arguments);
  note_printed(to, most, written, __builtin_return_address(0));
  return written;
}

JITTERLAB_REPLACE(int, sprintf, (char* to, const char* format, ...)) {
  step_before_access(to, 0, StepKind::kWrite, __builtin_return_address(0));
  va_list arguments;
  va_start(arguments, format);
  step_before_printed(format, arguments, __builtin_return_address(0));
  const int written = JITTERLAB_REAL(vsprintf)(to, format, arguments);
  va_end(arguments);
  note_printed(to, kWholeText, written, __builtin_return_address(0));
  return written;
}

JITTERLAB_REPLACE(int, snprintf, (char* to, std::size_t most, const char* format, ...)) {
  step_before_access(to, most, StepKind::kWrite, __builtin_return_address(0), kBound);
  va_list arguments;
  va_start(arguments, format);
  step_before_printed(format, arguments, __builtin_return_address(0));
  const int written = JITTERLAB_REAL(vsnprintf)(to, most, format, arguments);
  va_end(arguments);
  note_printed(to, most, written, __builtin_return_address(0));
  return written;
}

// What it goes on with later is its own business.
JITTERLAB_REPLACE(char*, strtok, (char* text, const char* ends)) {
  if (text != nullptr) step_before_access(text, 0, StepKind::kRead, __builtin_return_address(0));
  if (text != nullptr) note_text(text, kFirstByte, __builtin_return_address(0));
  return JITTERLAB_REAL(strtok)(text, ends);
}

JITTERLAB_REPLACE(char*, strtok_r, (char* text, const char* ends, char** rest)) {
  if (text != nullptr) step_before_access(text, 0, StepKind::kRead, __builtin_return_address(0));
  if (text != nullptr) note_text(text, kFirstByte, __builtin_return_address(0));
  return JITTERLAB_REAL(strtok_r)(text, ends, rest);
}

#define JITTERLAB_SCAN_TEXT(name, with_list)                                                     \
  JITTERLAB_REPLACE(int, with_list, (const char* text, const char* format, va_list arguments)) { \
    step_before_access(text, 0, StepKind::kRead, __builtin_return_address(0));                   \
    note_text(text, kFirstByte, __builtin_return_address(0));                                    \
    const Scanning scanning(format, arguments, __builtin_return_address(0));                     \
    return scanning.done(JITTERLAB_REAL(with_list)(text, format, arguments));                    \
  }                                                                                              \
  JITTERLAB_REPLACE(int, name, (const char* text, const char* format, ...)) {                    \
    step_before_access(text, 0, StepKind::kRead, __builtin_return_address(0));                   \
    note_text(text, kFirstByte, __builtin_return_address(0));                                    \
    va_list arguments;                                                                           \
    va_start(arguments, format);                                                                 \
    const Scanning scanning(format, arguments, __builtin_return_address(0));                     \
    const int result = scanning.done(JITTERLAB_REAL(with_list)(text, format, arguments));        \
    va_end(arguments);                                                                           \
    return result;                                                                               \
  }
JITTERLAB_SCAN_TEXT(sscanf, vsscanf)
JITTERLAB_SCAN_TEXT(__isoc99_sscanf, __isoc99_vsscanf)
