#include "build/diagnostics.h"

#include <gmock/gmock.h>

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string relative(const std::string& words) { return relative_diagnostics(words, "/mnt/submission", "/work"); }

BuildFailure explained(const std::string& words, Trouble trouble = Trouble::kNone) {
  return explain_failure("prodcons", {"a.c", "b.c"}, trouble, words);
}

TEST(Diagnostics, PathsAreRelativeToTheSubmission) {
  EXPECT_EQ(relative("./a.c:1:2: error: x\n"), "a.c:1:2: error: x\n");
  EXPECT_EQ(relative("In file included from ./a.c:1:\n./b.h:2:1: error: y\n"),
            "In file included from a.c:1:\nb.h:2:1: error: y\n");
  EXPECT_EQ(relative("/mnt/submission/a.c:5: undefined\n"), "a.c:5: undefined\n");
}

TEST(Diagnostics, QuotedSourceTextIsLeftAsItIs) {
  EXPECT_EQ(relative("    5 | #include \"./b.h\"\n"), "    5 | #include \"./b.h\"\n");
}

TEST(Diagnostics, NamesOfTemporaryFilesAreLeftOut) {
  EXPECT_EQ(relative("/usr/bin/ld: /work/ccAb01Xy.o: in function `main':\n"), "in function `main':\n");
  EXPECT_EQ(relative("x'; /work/ccAb01Xy.o:a.c:(.text+0x0): first defined here\n"),
            "x'; a.c:(.text+0x0): first defined here\n");
}

TEST(Diagnostics, BytesThatAreNotUtf8ArePreserved) {
  EXPECT_EQ(relative("./\xff.c:1: error: \xfe\n"), "\xff.c:1: error: \xfe\n");
}

TEST(Diagnostics, MoreThanTheBoundIsCutWithANote) {
  const std::string text = relative(std::string(300 << 10, 'x'));
  EXPECT_EQ(text.size(), (256u << 10) + std::string("\n(the rest was cut)\n").size());
  EXPECT_THAT(text, testing::EndsWith("(the rest was cut)\n"));
}

TEST(Diagnostics, TroubleIsReadFromWhatTheCompilersPartsSay) {
  EXPECT_EQ(trouble_in("a.c:1: error: expected ';'"), Trouble::kNone);
  EXPECT_EQ(trouble_in("cc1: out of memory allocating 65536 bytes"), Trouble::kMemory);
  EXPECT_EQ(trouble_in("gcc: fatal error: Killed signal terminated program cc1"), Trouble::kMemory);
  EXPECT_EQ(trouble_in("gcc: internal compiler error: CPU time limit exceeded signal terminated program cc1"),
            Trouble::kTime);
  EXPECT_EQ(trouble_in("File size limit exceeded signal terminated program as"), Trouble::kSpace);
}

TEST(ExplainFailure, TwoMainsNameTheFilesAndWhatToDo) {
  const BuildFailure failure = explained("multiple definition of `main'; b.c: first defined here");
  EXPECT_EQ(failure.what, "prodcons has more than one main: it is made from all of a.c and b.c");
  EXPECT_THAT(failure.what_to_do, HasSubstr("keep one main"));
}

TEST(ExplainFailure, NoMainIsExplained) {
  EXPECT_EQ(explained("crt1.o: undefined reference to `main'").what,
            "prodcons has no main: it is made from a.c and b.c");
}

TEST(ExplainFailure, MissingHeaderIsNamed) {
  const BuildFailure failure = explained("a.c:1:10: fatal error: buffer.h: No such file or directory\n");
  EXPECT_EQ(failure.what, "prodcons includes buffer.h, which is not there");
  EXPECT_EQ(failure.what_to_do, "hand in buffer.h beside the others, or correct its name");
}

TEST(ExplainFailure, HeaderOutsideTheHandInIsNotAskedFor) {
  const BuildFailure failure = explained("a.c:1:10: fatal error: /etc/shadow: No such file or directory\n");
  EXPECT_EQ(failure.what, "prodcons includes /etc/shadow, which programs cannot see here");
  EXPECT_THAT(failure.what_to_do, testing::Not(HasSubstr("hand in")));
}

TEST(ExplainFailure, UndefinedNameIsNamed) {
  EXPECT_EQ(explained("a.c:(.text+0x5): undefined reference to `put'\n").what,
            "prodcons uses put, which is defined nowhere");
}

TEST(ExplainFailure, AnythingElseDoesNotCompile) {
  const BuildFailure failure = explained("a.c:1:1: error: x\n");
  EXPECT_EQ(failure.what, "prodcons does not compile");
  EXPECT_EQ(failure.program, "prodcons");
  EXPECT_EQ(failure.diagnostics, "a.c:1:1: error: x\n");
}

TEST(ExplainFailure, LimitSaysWhichAndWhatToLookFor) {
  EXPECT_THAT(explained("", Trouble::kTime).what, HasSubstr("20 s"));
  EXPECT_THAT(explained("", Trouble::kMemory).what, HasSubstr("2 GiB"));
  EXPECT_THAT(explained("", Trouble::kMemory).what_to_do, HasSubstr("look for"));
  EXPECT_THAT(explained("", Trouble::kSpace).what, HasSubstr("32 MiB"));
  EXPECT_THAT(explained("", Trouble::kWords).what, HasSubstr("256 KiB"));
}

TEST(FirstError, IsTheFirstLineThatSaysError) {
  EXPECT_EQ(first_error("a.c: In function 'f':\na.c:1:2: error: x\na.c:2:2: error: y\n"), "a.c:1:2: error: x");
  EXPECT_EQ(first_error("killed\nreally\n"), "killed");
}

TEST(WarningsIn, EachIsOneLineWithoutRepetition) {
  const std::string words =
      "a.c: In function 'main':\na.c:3:5: warning: unused variable 'x' [-Wunused-variable]\n"
      "    3 | int x;\na.c:3:5: warning: unused variable 'x' [-Wunused-variable]\n";
  EXPECT_THAT(warnings_in("p", words), ElementsAre("p: a.c:3:5: warning: unused variable 'x' [-Wunused-variable]"));
  EXPECT_THAT(warnings_in("p", "a.c:1:1: note: nothing\n"), IsEmpty());
}

TEST(WarningsIn, ManyAreCounted) {
  std::string words;
  for (int line = 1; line <= 7; ++line) words += "a.c:" + std::to_string(line) + ":1: warning: w\n";
  const auto lines = warnings_in("p", words);
  ASSERT_EQ(lines.size(), 6u);
  EXPECT_EQ(lines[5], "p: and 2 more warnings of the compiler");
}

}  // namespace
}  // namespace jitterlab
