#include "agent/program_image.h"

#include <elf.h>
#include <sys/auxv.h>

#include "agent/kernel.h"
#include "agent/task.h"
#include "agent/wrap.h"
#include "schedule/place.h"

namespace jitterlab {
namespace {

struct Image {
  std::uint64_t begin, end;  // in memory
  std::uint64_t bias;        // memory - ELF file
  int number;                // in Controlled::programs, from 0; -1: not entered yet, -2: no room
};
constinit Image image = {0, 0, 0, -1};
char image_path[kProgramPath];  // empty: not found

// What is there so far: the same program, started more than once, has one number.
bool has_path(const ProgramName& name, const char* path) {
  for (int i = 0; i < kProgramPath; ++i) {
    if (name.path[i] != path[i]) return false;
    if (path[i] == '\0') return true;
  }
  return true;
}

int enter_program() {
  Controlled& all = control_area->controlled;
  if (image_path[0] == '\0') return -2;
  for (int i = 0; i < kMostPrograms; ++i) {
    ProgramName& name = all.programs[i];
    if (name.path[0] != '\0') {
      if (has_path(name, image_path)) return i;
      continue;
    }
    for (int at = 0; at < kProgramPath; ++at) name.path[at] = image_path[at];
    name.bias = image.bias;
    return i;
  }
  return -2;
}

}  // namespace

void find_program_image() {
  if (image.end != 0) return;
  kernel(SYS_readlink, kernel_pointer("/proc/self/exe"), kernel_pointer(image_path), kProgramPath - 1);
  auto* const value = real<"getauxval", unsigned long(unsigned long)>();
  const auto* headers = reinterpret_cast<const Elf64_Phdr*>(value(AT_PHDR));
  const unsigned long count = value(AT_PHNUM);
  if (headers == nullptr) return;
  image = {~std::uint64_t{0}, 0, 0, -1};
  for (unsigned long i = 0; i < count; ++i) {
    if (headers[i].p_type == PT_PHDR) image.bias = reinterpret_cast<std::uint64_t>(headers) - headers[i].p_vaddr;
  }
  for (unsigned long i = 0; i < count; ++i) {
    if (headers[i].p_type != PT_LOAD) continue;
    const std::uint64_t begin = image.bias + headers[i].p_vaddr, end = begin + headers[i].p_memsz;
    if (begin < image.begin) image.begin = begin;
    if (end > image.end) image.end = end;
  }
}

std::uint64_t place_of(const void* pc) {
  const auto address = reinterpret_cast<std::uint64_t>(pc);
  if (address < image.begin || address >= image.end) return address;
  if (image.number == -1) image.number = enter_program();
  if (image.number < 0) return address;
  return make_place(image.number, address - image.bias);
}

}  // namespace jitterlab
