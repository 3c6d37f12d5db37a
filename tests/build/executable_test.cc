#include "build/executable.h"

#include <gmock/gmock.h>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

std::string own_bytes() { return read_file("/proc/self/exe", 512LL << 20); }

TEST(ReadExecutable, ImportsAreTheSymbolsTakenFromLibraries) {
  const Executable executable = read_executable(own_bytes());
  EXPECT_THAT(executable.imports, testing::Contains("openat"));
  EXPECT_THAT(executable.imports, testing::Not(testing::Contains("main")));
  EXPECT_FALSE(executable.is_static);
}

TEST(ReadExecutable, TextIsAnError) {
  EXPECT_THROW(read_executable("#!/bin/sh\n"), Error);
  EXPECT_THROW(read_executable(""), Error);
}

TEST(ReadExecutable, FileCutAnywhereIsReadWithinItsBounds) {
  const std::string bytes = own_bytes();
  for (const size_t size : {4u, 64u, 100u, 1000u, 5000u, 100000u}) {
    try {
      EXPECT_LE(read_executable(bytes.substr(0, size)).imports.size(), bytes.size());
    } catch (const Error&) {
      EXPECT_LT(size, 64u) << "only without a whole header it is no ELF file";
    }
  }
}

TEST(ReadExecutable, WrongOffsetsInTheHeaderAreWithoutEffect) {
  for (const size_t at : {0x20u, 0x28u, 0x38u, 0x3cu, 0x3eu}) {  // e_phoff, e_shoff, e_phnum, e_shnum, e_shstrndx
    std::string bytes = own_bytes();
    bytes.replace(at, 2, "\xff\xff");
    EXPECT_LE(read_executable(bytes).imports.size(), bytes.size());
  }
}

}  // namespace
}  // namespace jitterlab
