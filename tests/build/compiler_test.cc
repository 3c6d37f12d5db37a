#include "build/compiler.h"

#include <gmock/gmock.h>

#include "build/fake_box.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

const std::vector<Variant> kBoth = {Variant::kPlain, Variant::kInstrumented};

class CompilerTest : public testing::Test {
 protected:
  std::vector<Compiled> compile(const std::vector<Variant>& variants = {Variant::kPlain}) {
    return compiler_.compile(Language::kC, variants, "/mnt/submission", {"a.c"});
  }
  std::string error() {
    try {
      compile();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  FakeBox box_;
  Compiler compiler_{box_, "/mnt/agent.so"};
};

TEST_F(CompilerTest, BothVariantsAreCompiledInOneExecution) {
  box_.scripts = {{{FakeBox::ended(1, 0), FakeBox::ended(0, 0)}, {{"plain", "P"}, {"instrumented", "I"}}}};
  const auto compiled = compile(kBoth);
  ASSERT_EQ(compiled.size(), 2u);
  EXPECT_TRUE(compiled[0].built && compiled[1].built);
  EXPECT_EQ(compiled[0].executable, "P");
  EXPECT_EQ(compiled[1].executable, "I");
  EXPECT_EQ(box_.finished, 1);
}

TEST_F(CompilerTest, VariantsAreCompiledOneByOneWhereTheirWordsCouldBeMixedUp) {
  box_.strength = Isolation::kUserNamespaces;
  box_.scripts = {{{FakeBox::said(0, "first"), FakeBox::ended(0, 0)}, {{"plain", "P"}}},
                  {{FakeBox::said(0, "second"), FakeBox::ended(0, 0)}, {{"instrumented", "I"}}}};
  const auto compiled = compile(kBoth);
  EXPECT_EQ(compiled[0].diagnostics, "first");
  EXPECT_EQ(compiled[1].diagnostics, "second");
  EXPECT_EQ(compiled[1].executable, "I");
}

TEST_F(CompilerTest, CompilerSeesNothingOfOurEnvironment) {
  box_.scripts = {{{FakeBox::ended(0, 1)}, {}}};
  compile();
  ASSERT_EQ(box_.launches.size(), 1u);
  EXPECT_THAT(box_.launches[0].environment,
              testing::ElementsAre("PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TMPDIR=/work"));
  EXPECT_EQ(box_.launches[0].folder, "/mnt/submission");
  EXPECT_TRUE(box_.launches[0].as_compiler);
}

TEST_F(CompilerTest, MistakeInTheSourceGivesRelativeDiagnostics) {
  box_.scripts = {{{FakeBox::said(0, "./a.c:1:1: "), FakeBox::said(0, "error: x\n"), FakeBox::ended(0, 1)}, {}}};
  const Compiled compiled = compile().at(0);
  EXPECT_FALSE(compiled.built);
  EXPECT_EQ(compiled.trouble, Trouble::kNone);
  EXPECT_EQ(compiled.diagnostics, "a.c:1:1: error: x\n");
}

class SemaphoresTest : public CompilerTest {
 protected:
  Compiled compile_cpp() { return compiler_.compile(Language::kCpp, {Variant::kPlain}, "/s", {"a.cc"}).at(0); }
  bool asked_for_posix(size_t launch) {
    return testing::Value(box_.launches.at(launch).arguments, testing::Contains("-D_GLIBCXX_USE_POSIX_SEMAPHORE"));
  }
  const FakeBox::Script fails_in_them_{
      {FakeBox::said(0, "/usr/include/c++/12/bits/semaphore_base.h:155:45: error: x\n"), FakeBox::ended(0, 1)}, {}};
};

TEST_F(SemaphoresTest, ThatCannotBeThoseOfPosixAreTheLibrarys) {
  box_.scripts = {fails_in_them_, {{FakeBox::ended(0, 0)}, {{"plain", "P"}}}};
  EXPECT_EQ(compile_cpp().executable, "P");
  EXPECT_TRUE(asked_for_posix(0));
  EXPECT_FALSE(asked_for_posix(1));
}

TEST_F(SemaphoresTest, ThatFailEitherWayAreAMistakeInTheSource) {
  box_.scripts = {fails_in_them_, {{FakeBox::said(0, "./a.cc:1:1: error: y\n"), FakeBox::ended(0, 1)}, {}}};
  EXPECT_EQ(compile_cpp().diagnostics, "a.cc:1:1: error: y\n");
}

TEST_F(SemaphoresTest, AnyOtherMistakeIsCompiledOnce) {
  box_.scripts = {{{FakeBox::said(0, "./a.cc:1:1: error: y\n"), FakeBox::ended(0, 1)}, {}}};
  EXPECT_FALSE(compile_cpp().built);
  EXPECT_EQ(box_.begun, 1);
}

TEST_F(CompilerTest, WordsThatComeAfterTheEndingAreNotLost) {
  box_.late = {FakeBox::said(0, "a.c:1:1: error: late\n")};
  box_.scripts = {{{FakeBox::ended(0, 1)}, {}}};
  EXPECT_EQ(compile().at(0).diagnostics, "a.c:1:1: error: late\n");
}

TEST_F(CompilerTest, OutputOfNobodyKnownIsPassedOver) {
  box_.scripts = {{{FakeBox::said(-1, "?"), FakeBox::said(7, "?"), FakeBox::ended(0, 1)}, {}}};
  EXPECT_EQ(compile().at(0).diagnostics, "");
}

TEST_F(CompilerTest, TimeLimitCountsOnlyWhenExceededTwice) {
  box_.scripts = {{}, {{FakeBox::ended(0, 0)}, {{"plain", "P"}}}};
  EXPECT_TRUE(compile().at(0).built);
  box_.scripts = {{}, {}};
  EXPECT_EQ(compile().at(0).trouble, Trouble::kTime);
  EXPECT_EQ(box_.begun, 4);
  EXPECT_EQ(box_.finished, 4);
}

TEST_F(CompilerTest, LimitOfTheBoxConcernsThoseStillRunning) {
  box_.scripts = {{{FakeBox::ended(1, 0), FakeBox::limit("memory")}, {{"instrumented", "I"}}}};
  const auto compiled = compile(kBoth);
  EXPECT_EQ(compiled[0].trouble, Trouble::kMemory);
  EXPECT_TRUE(compiled[1].built);
}

TEST_F(CompilerTest, EndlessDiagnosticsAreTrouble) {
  box_.scripts = {{{FakeBox::said(0, "x"), FakeBox::limit("output")}, {}}};
  const Compiled compiled = compile().at(0);
  EXPECT_EQ(compiled.trouble, Trouble::kWords);
  EXPECT_EQ(compiled.diagnostics, "x");
}

TEST_F(CompilerTest, TroubleOfACompilersPartIsReadFromItsWords) {
  box_.scripts = {{{FakeBox::said(0, "cc1: out of memory allocating 9 bytes\n"), FakeBox::ended(0, 1)}, {}}};
  EXPECT_EQ(compile().at(0).trouble, Trouble::kMemory);
}

TEST_F(CompilerTest, TooLargeAnExecutableIsTrouble) {
  CompilerBounds bounds;
  bounds.executable_bytes = 3;
  Compiler compiler(box_, "", bounds);
  box_.scripts = {{{FakeBox::ended(0, 0)}, {{"plain", "1234"}}}};
  const Compiled compiled = compiler.compile(Language::kC, {Variant::kPlain}, "/s", {"a.c"}).at(0);
  EXPECT_FALSE(compiled.built);
  EXPECT_EQ(compiled.trouble, Trouble::kSpace);
  EXPECT_EQ(compiled.executable, "");
}

TEST_F(CompilerTest, CompilerThatIsNotThereIsAnErrorWithARemedy) {
  box_.scripts = {{{FakeBox::not_started(0)}, {}}};
  EXPECT_THAT(error(), HasSubstr("install gcc, g++ and python3"));
  EXPECT_EQ(box_.finished, 1);
}

TEST_F(CompilerTest, SuccessWithoutAProgramIsAnError) {
  box_.scripts = {{{FakeBox::ended(0, 0)}, {}}};
  EXPECT_THAT(error(), HasSubstr("wrote no program"));
}

TEST_F(CompilerTest, VersionIsAskedOnce) {
  box_.scripts = {{{FakeBox::said(0, "gcc (X) 1\nCopyright\n"), FakeBox::ended(0, 0)}, {}}};
  EXPECT_EQ(compiler_.version(Language::kC), "gcc (X) 1");
  EXPECT_EQ(compiler_.version(Language::kC), "gcc (X) 1");
  EXPECT_EQ(box_.begun, 1);
}

TEST_F(CompilerTest, CompilerThatDoesNotKnowItsVersionIsAnError) {
  box_.scripts = {{{FakeBox::ended(0, 1)}, {}}};
  EXPECT_THROW(compiler_.version(Language::kCpp), Error);
}

}  // namespace
}  // namespace jitterlab
