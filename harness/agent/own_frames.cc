// The tables are those of the DWARF standard (version 4, 6.4) as the Linux Standard Base has them in .eh_frame: an
// index sorted by address, an entry (FDE) per function, and in it small instructions that say, up to an address, where
// the registers of the caller were put. Only what GCC emits for this library is understood; anything else ends the
// search.
#include "agent/own_frames.h"

#include <elf.h>

#include <cstddef>

extern "C" __attribute__((visibility("hidden"))) const char __ehdr_start[];

namespace jitterlab {
namespace {

constexpr int kStackPointer = 7, kReturnAddress = 16, kRegisters = 17;
constexpr std::uint8_t kRelativeSigned = 0x1b, kTableSigned = 0x3b;  // DW_EH_PE_pcrel | sdata4; datarel | sdata4
constexpr int kDeepest = 32;                                         // frames

template <typename Value>
Value read(const std::uint8_t* at) {
  Value value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

struct Bytes {
  const std::uint8_t* at;

  std::uint8_t byte() { return *at++; }
  template <typename Value>
  Value value() {
    const Value result = read<Value>(at);
    at += sizeof(Value);
    return result;
  }
  std::uint64_t number() {
    std::uint64_t result = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint8_t next = byte();
      result |= std::uint64_t{next & 0x7fu} << shift;
      if ((next & 0x80) == 0) return result;
    }
  }
  std::int64_t signed_number() {
    std::uint64_t result = 0;
    for (int shift = 0;;) {
      const std::uint8_t next = byte();
      result |= std::uint64_t{next & 0x7fu} << shift;
      shift += 7;
      if ((next & 0x80) != 0) continue;
      if ((next & 0x40) != 0 && shift < 64) result |= ~std::uint64_t{0} << shift;
      return static_cast<std::int64_t>(result);
    }
  }
};

// Where the caller's registers are: at an offset from its stack pointer; kKept: where they were.
struct Rules {
  static constexpr std::int64_t kKept = INT64_MIN;
  int base = kStackPointer;      // its stack pointer is this register …
  std::int64_t base_offset = 8;  // … and so much
  std::int64_t at[kRegisters];
};

struct Library {
  const std::uint8_t* index = nullptr;  // .eh_frame_hdr
  std::uintptr_t code_begin = 0, code_end = 0;
};

Library own_library() {
  Library library;
  const auto base = reinterpret_cast<std::uintptr_t>(__ehdr_start);
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(base);
  const auto* part = reinterpret_cast<const Elf64_Phdr*>(base + header->e_phoff);
  for (int i = 0; i < header->e_phnum; ++i, ++part) {
    if (part->p_type == PT_GNU_EH_FRAME) library.index = reinterpret_cast<const std::uint8_t*>(base + part->p_vaddr);
    if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0) continue;
    library.code_begin = base + part->p_vaddr;
    library.code_end = library.code_begin + part->p_memsz;
  }
  return library;
}

// The entry of the function that `place` may be in; null: none.
const std::uint8_t* find_entry(const std::uint8_t* index, std::uintptr_t place) {
  if (index == nullptr || index[0] != 1 || index[1] != kRelativeSigned || index[3] != kTableSigned) return nullptr;
  const std::uint32_t count = read<std::uint32_t>(index + 8);
  const std::uint8_t* table = index + 12;
  const auto wanted = static_cast<std::int64_t>(place - reinterpret_cast<std::uintptr_t>(index));
  std::uint32_t low = 0, high = count;
  while (low + 1 < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (read<std::int32_t>(table + std::size_t{middle} * 8) <= wanted)
      low = middle;
    else
      high = middle;
  }
  if (count == 0 || read<std::int32_t>(table + std::size_t{low} * 8) > wanted) return nullptr;
  return index + read<std::int32_t>(table + std::size_t{low} * 8 + 4);
}

// Carries out instructions until they speak of what is behind `place`. False: one is not known.
bool carry_out(Bytes code, const std::uint8_t* end, std::uintptr_t begin, std::uintptr_t place, std::uint64_t unit,
               std::int64_t data_unit, const Rules& first, Rules& rules) {
  Rules remembered[4];
  int depth = 0;
  std::uintptr_t reached = begin;
  while (code.at < end) {
    const std::uint8_t next = code.byte();
    const int operand = next & 0x3f;
    switch (next >> 6) {
      case 1:  // advance_loc
        reached += static_cast<std::uintptr_t>(operand) * unit;
        if (reached > place) return true;
        continue;
      case 2:  // offset
        if (operand >= kRegisters) return false;
        rules.at[operand] = static_cast<std::int64_t>(code.number()) * data_unit;
        continue;
      case 3:  // restore
        if (operand >= kRegisters) return false;
        rules.at[operand] = first.at[operand];
        continue;
      default:
        break;
    }
    switch (next) {
      case 0x00:  // nop
        continue;
      case 0x02:  // advance_loc1, 2, 4
        reached += code.byte() * unit;
        break;
      case 0x03:
        reached += code.value<std::uint16_t>() * unit;
        break;
      case 0x04:
        reached += code.value<std::uint32_t>() * unit;
        break;
      case 0x0a:  // remember_state
        if (depth == 4) return false;
        remembered[depth++] = rules;
        continue;
      case 0x0b:  // restore_state
        if (depth == 0) return false;
        rules = remembered[--depth];
        continue;
      case 0x0c:  // def_cfa
        rules.base = static_cast<int>(code.number());
        rules.base_offset = static_cast<std::int64_t>(code.number());
        continue;
      case 0x0d:  // def_cfa_register
        rules.base = static_cast<int>(code.number());
        continue;
      case 0x0e:  // def_cfa_offset
        rules.base_offset = static_cast<std::int64_t>(code.number());
        continue;
      case 0x2e:  // GNU_args_size
        code.number();
        continue;
      default:
        return false;
    }
    if (reached > place) return true;
  }
  return true;
}

bool find_rules(const std::uint8_t* entry, std::uintptr_t place, Rules& rules) {
  Bytes one{entry};
  const std::uint8_t* end = entry + 4 + one.value<std::uint32_t>();
  const std::uint8_t* common_at = one.at - one.value<std::uint32_t>();
  Bytes common{common_at};
  const std::uint8_t* common_end = common_at + 4 + common.value<std::uint32_t>();
  if (common.value<std::uint32_t>() != 0 || common.byte() != 1) return false;
  if (common.byte() != 'z' || common.byte() != 'R' || common.byte() != 0) return false;
  const std::uint64_t unit = common.number();
  const std::int64_t data_unit = common.signed_number();
  if (common.byte() != kReturnAddress || common.number() != 1 || common.byte() != kRelativeSigned) return false;
  const std::uintptr_t begin =
      reinterpret_cast<std::uintptr_t>(one.at) + static_cast<std::uintptr_t>(read<std::int32_t>(one.at));
  one.at += 4;
  if (place < begin || place >= begin + one.value<std::uint32_t>()) return false;
  one.at += one.number();
  for (std::int64_t& at : rules.at) at = Rules::kKept;
  const Rules nothing = rules;
  if (!carry_out(common, common_end, begin, UINTPTR_MAX, unit, data_unit, nothing, rules)) return false;
  const Rules first = rules;
  return carry_out(one, end, begin, place, unit, data_unit, first, rules);
}

// From a function to the one that called it.
bool step_out(const Library& library, CallerState& state, bool is_first) {
  const std::uintptr_t place = is_first ? state.place : state.place - 1;
  const std::uint8_t* entry = find_entry(library.index, place);
  Rules rules;
  if (entry == nullptr || !find_rules(entry, place, rules) || rules.base < 0 || rules.base >= kRegisters) return false;
  state.registers[kStackPointer] = state.stack;
  const std::uint64_t stack = state.registers[rules.base] + static_cast<std::uint64_t>(rules.base_offset);
  for (int i = 0; i < kRegisters; ++i) {
    if (rules.at[i] == Rules::kKept) continue;
    state.registers[i] = *reinterpret_cast<const std::uint64_t*>(stack + static_cast<std::uint64_t>(rules.at[i]));
  }
  state.stack = stack;
  state.place = state.registers[kReturnAddress];
  return true;
}

}  // namespace

__attribute__((noinline)) bool find_caller(CallerState& state) {
  std::uint64_t* const registers = state.registers;
  for (int i = 0; i < kRegisters; ++i) registers[i] = 0;
  asm volatile(
      "mov %%rbx, 3*8(%0)\n\t"
      "mov %%rbp, 6*8(%0)\n\t"
      "mov %%r12, 12*8(%0)\n\t"
      "mov %%r13, 13*8(%0)\n\t"
      "mov %%r14, 14*8(%0)\n\t"
      "mov %%r15, 15*8(%0)\n\t"
      "mov %%rsp, 7*8(%0)\n\t"
      "lea 0(%%rip), %%rax\n\t"
      "mov %%rax, 16*8(%0)"
      :
      : "r"(registers)
      : "rax", "memory");
  state.stack = registers[kStackPointer];
  state.place = registers[kReturnAddress];
  const Library library = own_library();
  for (int depth = 0; depth < kDeepest; ++depth) {
    if (state.place < library.code_begin || state.place >= library.code_end) return true;
    if (!step_out(library, state, depth == 0)) return false;
  }
  return false;
}

}  // namespace jitterlab
