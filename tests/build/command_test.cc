#include "build/command.h"

#include <gmock/gmock.h>

namespace jitterlab {
namespace {

using testing::Contains;
using testing::Not;

const CompilePlaces kPlaces{"/mnt/submission", "/work/out", "/mnt/agent.so"};

TEST(CompileCommand, SourcesAreGivenAsPathsSoThatNoNameIsAnOption) {
  const auto command = compile_command(Language::kC, Variant::kPlain, {"-o.c", "a b.c"}, kPlaces);
  EXPECT_THAT(command, Contains("./-o.c"));
  EXPECT_THAT(command, Contains("./a b.c"));
  EXPECT_EQ(command[0], "/usr/bin/gcc");
}

TEST(CompileCommand, PlainBuildIsWhatAStudentWouldType) {
  const auto command = compile_command(Language::kC, Variant::kPlain, {"a.c"}, kPlaces);
  for (const char* flag : {"-O2", "-Wall", "-pthread", "-std=gnu17", "-lm", "-lrt"})
    EXPECT_THAT(command, Contains(flag));
  EXPECT_THAT(command, Not(Contains("-fsanitize=thread")));
  EXPECT_THAT(command, Not(Contains("/mnt/agent.so")));
}

TEST(CompileCommand, InstrumentedBuildIsLinkedWithTheAgentInsteadOfLibtsan) {
  const auto command = compile_command(Language::kCpp, Variant::kInstrumented, {"a.cc"}, kPlaces);
  for (const char* flag : {"-fsanitize=thread", "-nodefaultlibs", "/mnt/agent.so", "-lstdc++", "-std=gnu++20"}) {
    EXPECT_THAT(command, Contains(flag));
  }
  EXPECT_EQ(command[0], "/usr/bin/g++");
}

TEST(CompileCommand, SemaphoresOfCppAreThoseOfPosixUnlessTheLibrarysAreAskedFor) {
  const char flag[] = "-D_GLIBCXX_USE_POSIX_SEMAPHORE";
  for (const Variant variant : {Variant::kPlain, Variant::kInstrumented}) {
    EXPECT_THAT(compile_command(Language::kCpp, variant, {"a.cc"}, kPlaces), Contains(flag));
    EXPECT_THAT(compile_command(Language::kC, variant, {"a.c"}, kPlaces), Not(Contains(flag)));
    EXPECT_THAT(compile_command(Language::kCpp, variant, {"a.cc"}, kPlaces, {}, Semaphores::kOfLibrary),
                Not(Contains(flag)));
  }
}

TEST(CompileCommand, PythonIsOnlyLookedThroughAndRunsNothingOfTheSubmission) {
  const auto command = compile_command(Language::kPython, Variant::kPlain, {"a.py", "-m.py"}, kPlaces);
  const std::vector<std::string> wanted = {
      "/usr/bin/python3", "-X", "pycache_prefix=/work/out", "-I", "-m", "py_compile", "./a.py", "./-m.py"};
  EXPECT_EQ(command, wanted);
}

TEST(CompileCommand, FolderOfTheSourcesIsLeftOutOfDebugInformation) {
  EXPECT_THAT(compile_command(Language::kC, Variant::kInstrumented, {"a.c"}, kPlaces),
              Contains("-ffile-prefix-map=/mnt/submission=."));
}

}  // namespace
}  // namespace jitterlab
