#include "agent/python_code.h"

#include <sys/mman.h>

#include <cstddef>

#include "agent/kernel.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

// Of 3.11; the numbers are other ones in every version.
enum Opcode : std::uint8_t {
  kUnaryNegative = 11,
  kUnaryNot = 12,
  kBinarySubscript = 25,
  kWithExceptStart = 49,
  kBeforeWith = 53,
  kStoreSubscript = 60,
  kDeleteSubscript = 61,
  kGetIter = 68,
  kStoreName = 90,
  kDeleteName = 91,
  kUnpackSequence = 92,
  kForIter = 93,
  kUnpackEx = 94,
  kStoreAttribute = 95,
  kDeleteAttribute = 96,
  kStoreGlobal = 97,
  kDeleteGlobal = 98,
  kLoadName = 101,
  kLoadAttribute = 106,
  kCompare = 107,
  kLoadGlobal = 116,
  kContains = 118,
  kBinary = 122,
  kStoreFast = 125,
  kLoadDeref = 137,
  kStoreDeref = 138,
  kDeleteDeref = 139,
  kJumpBackward = 140,
  kCallFunctionEx = 142,
  kExtendedArgument = 144,
  kLoadMethod = 160,
  kListExtend = 162,
  kSetUpdate = 163,
  kDictMerge = 164,
  kDictUpdate = 165,
  kCall = 171,
  kJumpBackwardIfNotNone = 173,
  kJumpBackwardIfTrue = 176,
};

using Access = PythonMark::Access;
using Then = PythonMark::Then;

Then what_follows(std::uint8_t opcode) {
  if (opcode == kCall || opcode == kCallFunctionEx) return Then::kCall;
  if (opcode == kJumpBackward || (opcode >= kJumpBackwardIfNotNone && opcode <= kJumpBackwardIfTrue))
    return Then::kLoop;
  return Then::kNothing;
}

Access access_of(std::uint8_t opcode) {
  switch (opcode) {
    case kLoadName:
    case kLoadGlobal:
    case kLoadDeref:
    case kLoadAttribute:
    case kLoadMethod:
      return Access::kRead;
    case kStoreName:
    case kStoreGlobal:
    case kStoreDeref:
    case kStoreAttribute:
    case kDeleteName:
    case kDeleteGlobal:
    case kDeleteDeref:
    case kDeleteAttribute:
      return Access::kWrite;
    case kUnaryNegative:
    case kUnaryNot:
    case kBinarySubscript:
    case kWithExceptStart:
    case kBeforeWith:
    case kStoreSubscript:
    case kDeleteSubscript:
    case kGetIter:
    case kUnpackSequence:
    case kForIter:
    case kUnpackEx:
    case kCompare:
    case kContains:
    case kBinary:
    case kListExtend:
    case kSetUpdate:
    case kDictMerge:
    case kDictUpdate:
    case kCall:
    case kCallFunctionEx:
      return Access::kAny;
    default:
      return Access::kNone;
  }
}

// Values in such memory are attributes (ctypes) or items (memoryview, arrays), or come out of calls.
bool may_reach_mapping(std::uint8_t opcode) {
  return opcode == kLoadAttribute || opcode == kStoreAttribute || opcode == kBinarySubscript ||
         opcode == kStoreSubscript || opcode == kCall || opcode == kCallFunctionEx;
}

// ---- names ---------------------------------------------------------------------------------------------------------

std::uint32_t hash_of(const char* text) {
  std::uint64_t hash = 0;
  for (; *text != '\0'; ++text) hash = mix(hash, static_cast<std::uint64_t>(*text));
  return static_cast<std::uint32_t>(hash) | 1;
}

std::uint32_t hash_of(const PythonApi& python, void* name) {
  const char* text = name == nullptr ? nullptr : python.text(name);
  if (text == nullptr) python.forget_error();
  return text == nullptr ? 0 : hash_of(text);
}

std::uint32_t name_of(const PythonApi& python, void* code, void* names, std::uint8_t opcode, int argument) {
  if (opcode == kLoadDeref || opcode == kStoreDeref || opcode == kDeleteDeref) {
    void* name = python.method(code, "_varname_from_oparg", "i", argument);
    const std::uint32_t hash = hash_of(python, name);
    if (name != nullptr) python.release(name);
    return hash;
  }
  return hash_of(python, python.item(names, opcode == kLoadGlobal ? argument >> 1 : argument));
}

// ---- the table -----------------------------------------------------------------------------------------------------

constexpr std::size_t kMostCodes = 4096;  // a power of two
constexpr std::size_t kMostMarks = 1 << 16;
constinit PythonCode codes[kMostCodes];
std::size_t code_count;
PythonMark* marks;
std::size_t mark_count;

constexpr std::size_t kMostFiles = 32;
std::uint32_t files[kMostFiles];  // hashes of their names
std::uint16_t file_count;

std::uint16_t number_of_file(const char* name) {
  const std::uint32_t hash = hash_of(name);
  for (std::uint16_t i = 0; i < file_count; ++i) {
    if (files[i] == hash) return i;
  }
  if (file_count == kMostFiles) return kMostFiles;
  files[file_count] = hash;
  return file_count++;
}

bool begins_with(const char* text, const char* with) {
  while (*with != '\0' && *text == *with) ++text, ++with;
  return *with == '\0';
}

// All but what was installed with Python.
bool is_students(const char* file) { return !begins_with(file, "/usr/") && !begins_with(file, "<frozen "); }

// Pages that the kernel gives when they are touched.
PythonMark* room_for(std::size_t count) {
  if (marks == nullptr) {
    const long address = kernel(SYS_mmap, 0, kMostMarks * sizeof(PythonMark), PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (address < 0 && address > -4096) return nullptr;
    marks = reinterpret_cast<PythonMark*>(address);
  }
  if (kMostMarks - mark_count < count) return nullptr;
  mark_count += count;
  return marks + (mark_count - count);
}

void read_instructions(const PythonApi& python, void* code, PythonCode& known) {
  void* bytes = python.instructions_of_code(code);
  void* names = bytes == nullptr ? nullptr : python.attribute(code, "co_names");
  if (names != nullptr) {
    const auto* instruction = reinterpret_cast<const std::uint8_t*>(python.bytes(bytes));
    known.count = static_cast<std::uint32_t>(python.size_of_bytes(bytes) / 2);
    PythonMark* const place = known.is_students ? room_for(known.count) : nullptr;
    known.marks = place;
    int argument = 0;
    for (std::uint32_t i = 0; i < known.count; ++i, instruction += 2) {
      const std::uint8_t opcode = instruction[0];
      argument = argument << 8 | instruction[1];
      if (opcode == kExtendedArgument) continue;
      PythonMark mark;
      mark.then = what_follows(opcode);
      mark.access = access_of(opcode);
      mark.keeps = opcode == kStoreFast || opcode == kForIter;
      mark.changes = mark.access == Access::kWrite || opcode == kStoreSubscript || opcode == kDeleteSubscript;
      mark.reaches_mapping = may_reach_mapping(opcode);
      known.has_switch_points |= mark.then != Then::kNothing;
      if (place != nullptr && (mark.access == Access::kRead || mark.access == Access::kWrite))
        mark.name = name_of(python, code, names, opcode, argument);
      if (place != nullptr) place[i] = mark;
      argument = 0;
    }
    python.release(names);
  }
  if (bytes != nullptr) python.release(bytes);
}

void learn(const PythonApi& python, void* code, PythonCode& known) {
  void* name = python.attribute(code, "co_filename");
  const char* file = name == nullptr ? nullptr : python.text(name);
  known.is_students = file != nullptr && is_students(file);
  if (known.is_students) known.file = number_of_file(file);
  if (name != nullptr) python.release(name);
  read_instructions(python, code, known);
  python.forget_error();
}

}  // namespace

const PythonCode& code_of(const PythonApi& python, void* frame) {
  static constinit PythonCode unknown{};
  void* code = python.code_of_frame(frame);
  python.release(code);  // the frame has it
  for (std::size_t i = mix(reinterpret_cast<std::uintptr_t>(code), 0);; ++i) {
    PythonCode& known = codes[i & (kMostCodes - 1)];
    if (known.code == code) return known;
    if (known.code != nullptr) continue;
    if (code_count == kMostCodes - 1) return unknown;
    ++code_count;
    known.code = code;
    python.keep(code);
    learn(python, code, known);
    return known;
  }
}

}  // namespace jitterlab
