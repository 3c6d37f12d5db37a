#include "agent/private_state.h"

#include <elf.h>
#include <fcntl.h>

#include <cstddef>

#include "agent/kernel.h"
#include "agent/own_frames.h"
#include "agent/task.h"
#include "schedule/mix.h"

extern "C" __attribute__((visibility("hidden"))) const char __ehdr_start[];

namespace jitterlab {
namespace {

constexpr std::uintptr_t kLargestStack = 1 << 20;
constexpr std::uintptr_t kLargestData = 4 << 20;     // all together
constexpr std::uintptr_t kLargestUnnamed = 1 << 20;  // one mapping

// Four lanes, since one would wait for each multiplication.
class Hash {
 public:
  void add(std::uintptr_t begin, std::uintptr_t end) {
    begin &= ~std::uintptr_t{7};
    for (; begin + 32 <= end; begin += 32) {
      for (unsigned lane = 0; lane < 4; ++lane) add_word(lane, begin + 8 * lane);
    }
    for (; begin + 8 <= end; begin += 8) add_word(0, begin);
  }
  // Without a part of it.
  void add_but(std::uintptr_t begin, std::uintptr_t end, std::uintptr_t out_begin, std::uintptr_t out_end) {
    if (out_end <= begin || out_begin >= end) return add(begin, end);
    if (begin < out_begin) add(begin, out_begin);
    if (out_end < end) add(out_end, end);
  }
  std::uint64_t value() const { return mix(lanes_[0], lanes_[1], lanes_[2], lanes_[3]); }

 private:
  void add_word(unsigned lane, std::uintptr_t at) {
    std::uint64_t& one = lanes_[lane];
    one = (one ^ *reinterpret_cast<const volatile std::uint64_t*>(at)) * 0x9e3779b97f4a7c15u;
    one ^= one >> 29;
  }
  std::uint64_t lanes_[4] = {1, 2, 3, 4};
};

struct Part {
  std::uintptr_t begin = 0, end = 0;
};

Part own_task_data() {
  const auto begin = reinterpret_cast<std::uintptr_t>(&this_task);
  return {begin & ~std::uintptr_t{7}, begin + sizeof(Task)};
}

// The agent's own variables, which change with every step.
Part own_variables() {
  const auto base = reinterpret_cast<std::uintptr_t>(__ehdr_start);
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(base);
  const auto* part = reinterpret_cast<const Elf64_Phdr*>(base + header->e_phoff);
  for (int i = 0; i < header->e_phnum; ++i, ++part) {
    if (part->p_type == PT_LOAD && (part->p_flags & PF_W) != 0)
      return {base + part->p_vaddr, base + part->p_vaddr + part->p_memsz};
  }
  return {};
}

// Reads /proc/self/maps, a character at a time.
class Maps {
 public:
  Maps() : fd_(kernel(SYS_open, kernel_pointer("/proc/self/maps"), O_RDONLY | O_CLOEXEC)) {}
  ~Maps() {
    if (fd_ >= 0) kernel(SYS_close, fd_);
  }
  Maps(const Maps&) = delete;
  Maps& operator=(const Maps&) = delete;
  bool is_open() const { return fd_ >= 0; }

  struct Line {
    Part part;
    bool is_read = false, is_written = false, is_private = false, has_name = false, is_stack = false;
  };

  bool next(Line& line) {
    if (peek() == 0) return false;
    line = {};
    line.part.begin = number();
    take();  // -
    line.part.end = number();
    take();
    line.is_read = take() == 'r';
    line.is_written = take() == 'w';
    take();
    line.is_private = take() == 'p';
    for (int fields = 0; fields < 3; ++fields) skip_field();
    while (peek() == ' ') take();
    line.has_name = peek() != '\n';
    line.is_stack = peek() == '[' && (take(), peek() == 's');
    while (peek() != '\n' && peek() != 0) take();
    take();
    return true;
  }

 private:
  char peek() {
    if (at_ == size_) {
      size_ = fd_ >= 0 ? kernel(SYS_read, fd_, kernel_pointer(text_), sizeof text_) : 0;
      at_ = 0;
      if (size_ <= 0) {
        size_ = 0;
        return 0;
      }
    }
    return text_[at_];
  }
  char take() {
    const char result = peek();
    if (result != 0) ++at_;
    return result;
  }
  std::uintptr_t number() {
    std::uintptr_t result = 0;
    for (;;) {
      const char digit = peek();
      const int value = digit >= '0' && digit <= '9'   ? digit - '0'
                        : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                                                       : -1;
      if (value < 0) return result;
      result = result * 16 + static_cast<std::uintptr_t>(value);
      take();
    }
  }
  void skip_field() {
    while (peek() == ' ') take();
    while (peek() != ' ' && peek() != '\n' && peek() != 0) take();
  }

  long fd_;
  long at_ = 0, size_ = 0;
  char text_[1024];
};

}  // namespace

StateHash state_of_stack() {
  CallerState caller;
  const std::uintptr_t end = this_task.stack_end;
  if (!find_caller(caller) || caller.stack >= end || end - caller.stack > kLargestStack) return {};
  Hash hash;
  const Part own = own_task_data();
  hash.add_but(caller.stack, end, own.begin, own.end);
  const std::uint64_t* registers = caller.registers;
  return {true, mix(hash.value(), caller.place, caller.stack, registers[3], registers[6], registers[12], registers[13],
                    registers[14], registers[15])};
}

// The stacks of other threads, each above a page that nobody may touch, are not looked at: they do not run.
StateHash state_of_data() {
  Maps maps;
  if (!maps.is_open()) return {};
  const Part variables = own_variables(), own = own_task_data();
  Hash hash;
  std::uintptr_t total = 0, guard_end = 0;
  Maps::Line line;
  while (maps.next(line)) {
    const Part part = line.part;
    const bool is_guarded = part.begin == guard_end;
    if (!line.is_read && !line.is_written) guard_end = part.end;
    if (!line.is_read || !line.is_written || !line.is_private || line.is_stack) continue;
    if (!line.has_name && is_guarded) continue;
    total += part.end - part.begin;
    if (total > kLargestData || (!line.has_name && part.end - part.begin > kLargestUnnamed)) return {};
    if (part.begin < variables.end && variables.begin < part.end)
      hash.add_but(part.begin, part.end, variables.begin, variables.end);
    else
      hash.add_but(part.begin, part.end, own.begin, own.end);
  }
  return {true, hash.value()};
}

}  // namespace jitterlab
