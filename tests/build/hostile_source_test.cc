// Sources that attack the compiler or, through it, the machine. Each is contained, says what happened, and leaves the
// next honest submission unharmed.
#include <gmock/gmock.h>

#include "build/compiler.h"
#include "build/site.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;
using testing::Not;

class HostileSource : public testing::Test {
 protected:
  BuildFailure failure_of(const std::string& text) {
    site_.submission.file("prodcons.c", text);
    return failure();
  }
  BuildFailure failure() {
    const BuiltPrograms built = site_.build();
    EXPECT_EQ(built.failures.size(), 1u);
    return built.failures.empty() ? BuildFailure{} : built.failures[0];
  }
  void TearDown() override {
    Site next;
    next.submission.file("prodcons.c", kHonest);
    EXPECT_EQ(next.build().of_submission.count("prodcons"), 1u);
  }
  Site site_;
};

// A line of the file that a compiler's complaint would quote.
constexpr char kQuotedByShadow[] = "root:";

TEST_F(HostileSource, IncludeOfShadowShowsNothingOfIt) {
  const BuildFailure failed = failure_of("#include \"/etc/shadow\"\nint main(void) { return 0; }\n");
  EXPECT_THAT(failed.diagnostics, HasSubstr("/etc/shadow"));
  EXPECT_THAT(failed.diagnostics, Not(HasSubstr(kQuotedByShadow)));
}

TEST_F(HostileSource, IncbinOfShadowIsRefused) {
  const BuildFailure failed = failure_of(
      "__asm__(\".data\\n.globl s\\ns: .incbin \\\"/etc/shadow\\\"\\n.text\");\nint main(void) { return 0; }\n");
  EXPECT_THAT(failed.diagnostics, HasSubstr("/etc/shadow"));
}

TEST_F(HostileSource, IncludeOfTheLabFileFindsNothing) {
  const Folder lab;
  site_.lab.folder = lab.path();
  std::ofstream(lab.path() + "/lab.yaml") << "points: 20\n";
  const BuildFailure failed = failure_of("#include \"" + lab.path() + "/lab.yaml\"\nint main(void) { return 0; }\n");
  EXPECT_THAT(failed.diagnostics, HasSubstr("No such file"));
}

TEST_F(HostileSource, IncludeOfDevZeroEnds) {
  const BuildFailure failed = failure_of("#include \"/dev/zero\"\nint main(void) { return 0; }\n");
  EXPECT_THAT(failed.what, HasSubstr("the compiler needed more than 2 GiB of memory"));
}

TEST_F(HostileSource, FileThatIncludesItselfEnds) {
  const BuildFailure failed = failure_of("#include \"prodcons.c\"\n#include \"prodcons.c\"\nint main(void) {}\n");
  EXPECT_THAT(failed.diagnostics, HasSubstr("nested"));
}

TEST_F(HostileSource, HugeInitialisedArrayIsTooLarge) {
  const BuildFailure failed = failure_of("int a[1 << 30] = {1};\nint main(void) { return a[5]; }\n");
  EXPECT_THAT(failed.what, HasSubstr("too large"));
  EXPECT_THAT(failed.what_to_do, HasSubstr("very large arrays"));
}

TEST_F(HostileSource, ArrayJustBeyondTheExecutablesBoundIsTooLarge) {
  const BuildFailure failed = failure_of("char a[40 << 20] = {1};\nint main(void) { return a[5]; }\n");
  EXPECT_THAT(failed.what, HasSubstr("32 MiB"));
}

TEST_F(HostileSource, HugeZeroedArrayBuildsSmall) {
  site_.submission.file("prodcons.c", "static char a[8ull << 30];\nint main(int n, char **v) { return a[n]; }\n");
  EXPECT_LT(std::filesystem::file_size(site_.build().of_submission.at("prodcons").plain), 1u << 20);
}

TEST_F(HostileSource, SourceThatLooksForTheInstrumentedBuildSeesNoSignOfIt) {
  site_.submission.file("prodcons.c",
                        "#ifdef __SANITIZE_THREAD__\n#error found\n#endif\nint main(void) { return 0; }\n");
  EXPECT_EQ(site_.build().of_submission.count("prodcons"), 1u);
}

TEST_F(HostileSource, MacroThatDoublesForEverIsStopped) {
  std::string text = "#define A0 x x\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "A" + std::to_string(i - 1);
    text += "#define A" + std::to_string(i) + " " + before + " " + before + "\n";
  }
  const BuildFailure failed = failure_of(text + "int main(void) { A39 }\n");
  EXPECT_THAT(failed.what, HasSubstr("the compiler needed more than"));
  EXPECT_THAT(failed.what_to_do, HasSubstr("macros"));
}

// With the compiler alone, because its bounds can then be small.
TEST_F(HostileSource, TemplateBombIsStoppedByTheBoundOnComputingTime) {
  site_.submission.file("p.cc",
                        "template <int N, int M> struct B { static const long v = B<N - 1, M>::v + B<N - 1, M + (1 << "
                        "N)>::v; };\ntemplate <int M> struct B<0, M> { static const long v = M; };\n"
                        "int main() { return B<28, 0>::v; }\n");
  ::chmod(site_.submission.path().c_str(), 0755);
  const auto box = Box::open({.mounts = {{site_.submission.path(), "submission"}}});
  CompilerBounds bounds;
  bounds.cpu_seconds = 1;
  bounds.wall = std::chrono::minutes(5);
  Compiler compiler(*box, "", bounds);
  const auto compiled = compiler.compile(Language::kCpp, {Variant::kPlain}, box->inside("submission"), {"p.cc"});
  EXPECT_FALSE(compiled.at(0).built);
  EXPECT_EQ(compiled.at(0).trouble, Trouble::kTime) << compiled.at(0).diagnostics;
}

TEST_F(HostileSource, EndlessWarningsAreCut) {
  std::string text = "int main(void) {\n";
  for (int i = 0; i < 4000; ++i) text += "int unused_variable_number_" + std::to_string(i) + ";\n";
  const BuildFailure failed = failure_of(text + "return 0; }\n");
  EXPECT_THAT(failed.what, HasSubstr("256 KiB"));
  EXPECT_LE(failed.diagnostics.size(), 260u << 10);
}

TEST_F(HostileSource, FileNamedLikeAnOptionFileIsRefused) {
  site_.submission.file("prodcons.c", kHonest).file("@o.c", "").file("o.c", "-fplugin=./evil.so\n");
  const std::vector<BuildFailure> failures = site_.build().failures;
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_THAT(failures[0].what, HasSubstr("@o.c"));
}

TEST_F(HostileSource, LinkToPasswdAsASourceIsRefused) {
  site_.submission.link("prodcons.c", "/etc/passwd");
  EXPECT_EQ(failure().what, "prodcons.c is a link");
}

TEST_F(HostileSource, FifoAsASourceIsRefused) {
  site_.submission.file("prodcons.c", kHonest).fifo("x.c");
  EXPECT_EQ(failure().what, "x.c is a FIFO, not a file");
}

}  // namespace
}  // namespace jitterlab
