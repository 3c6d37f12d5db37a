#include "build/build.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "build/executable.h"
#include "build/site.h"
#include "os/error.h"
#include "os/fd.h"
#include "os/spawn.h"

namespace jitterlab {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kCounts[] =
    "#include <semaphore.h>\n#include <string.h>\n#include <math.h>\n"
    "int shared[4]; volatile double x = 2; sem_t s;\n"
    "int main(int n, char **v) { sem_wait(&s); shared[0]++; memcpy(shared, v, 8); return (int)sqrt(x); }\n";

// The cache's files can be executed only; root reads them all the same, others as their owner.
std::string bytes_of(const std::string& path) {
  ::chmod(path.c_str(), 0511);
  const std::string bytes = read_file(path);
  ::chmod(path.c_str(), 0111);
  return bytes;
}

std::vector<std::string> callbacks_of(const std::string& path) {
  std::vector<std::string> names = read_executable(bytes_of(path)).imports;
  std::erase_if(names, [](const std::string& name) { return name.rfind("__tsan_", 0) != 0; });
  return names;
}

ino_t inode_of(const std::string& path) {
  struct stat info {};
  EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
  return info.st_ino;
}

class BuildTest : public testing::Test {
 protected:
  // The only failure of the only program.
  BuildFailure failure() {
    BuiltPrograms built = site_.build();
    EXPECT_EQ(built.failures.size(), 1u);
    EXPECT_THAT(built.of_submission, IsEmpty());
    return built.failures.empty() ? BuildFailure{} : built.failures[0];
  }
  std::string error() {
    try {
      site_.build();
    } catch (const Error& error) {
      return error.what();
    }
    return "no Error";
  }
  void run_in_a_role(const std::string& program, Origin origin) {
    Scenario scenario;
    scenario.roles.push_back({.name = program, .program = program, .origin = origin});
    site_.lab.scenarios.push_back(scenario);
  }
  Site site_;
  Folder lab_folder_;
};

TEST_F(BuildTest, BothVariantsAreBuiltToBeExecutedOnly) {
  site_.submission.file("prodcons.c", kCounts);
  const BuiltPrograms built = site_.build();
  ASSERT_THAT(built.failures, IsEmpty()) << built.failures[0].diagnostics;
  const BuiltProgram& program = built.of_submission.at("prodcons");
  for (const std::string& path : {program.plain, program.instrumented}) {
    struct stat info {};
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0111u);
  }
  EXPECT_THAT(program.imports, Contains("sem_wait"));
  EXPECT_FALSE(program.is_static);
}

TEST_F(BuildTest, OnlyTheInstrumentedVariantCallsTheAgent) {
  site_.submission.file("prodcons.c", kCounts);
  const BuiltProgram program = site_.build().of_submission.at("prodcons");
  EXPECT_THAT(callbacks_of(program.plain), IsEmpty());
  EXPECT_THAT(callbacks_of(program.instrumented), Contains("__tsan_write4"));
  EXPECT_THAT(read_executable(bytes_of(program.instrumented)).imports, Contains("memcpy"));
}

TEST_F(BuildTest, DebugInformationNamesFilesRelativeToTheSubmission) {
  site_.submission.file("prodcons.c", kCounts);
  const std::string bytes = bytes_of(site_.build().of_submission.at("prodcons").instrumented);
  EXPECT_THAT(bytes, HasSubstr("prodcons.c"));
  EXPECT_THAT(bytes, Not(HasSubstr("/submission")));
}

TEST_F(BuildTest, CppIsBuiltWithItsOwnCompiler) {
  site_.lab.hand_in = {Language::kCpp, {{"p", {"*.cc"}}}, {}};
  site_.submission.file("p.cc",
                        "#include <iostream>\n#include <thread>\n"
                        "int main() { std::jthread t([] { std::cout << 1 << std::endl; }); }\n");
  const BuiltPrograms built = site_.build();
  ASSERT_THAT(built.failures, IsEmpty()) << built.failures[0].diagnostics;
  EXPECT_THAT(built.toolchain, HasSubstr("g++"));
}

TEST_F(BuildTest, ProgramOfALabInCIsBuiltAsCppWhereItsFileSaysSo) {
  site_.lab.hand_in = {Language::kC, {{"p", {"p.c", "p.cc"}}, {"q", {"q.c", "q.cc"}}}, {}};
  site_.submission.file("p.cc", "#include <mutex>\nint main() { std::mutex m; std::scoped_lock lock(m); }\n");
  site_.submission.file("q.c", "int main(void) { int class = 0; return class; }\n");
  const BuiltPrograms built = site_.build();
  ASSERT_THAT(built.failures, IsEmpty()) << built.failures[0].diagnostics;
  EXPECT_EQ(built.of_submission.size(), 2u);
  EXPECT_THAT(built.toolchain, HasSubstr("g++"));
}

TEST_F(BuildTest, ResultNamesSubmissionAndToolchainWithHashes) {
  site_.submission.file("prodcons.c", kHonest);
  const BuiltPrograms built = site_.build();
  EXPECT_EQ(built.submission_hash.size(), 64u);
  EXPECT_THAT(built.toolchain, HasSubstr("gcc (Debian"));
  EXPECT_EQ(built.toolchain_hash.size(), 64u);
  site_.submission.file("prodcons.c", std::string(kHonest) + "\n");
  const BuiltPrograms other = site_.build();
  EXPECT_NE(other.submission_hash, built.submission_hash);
  EXPECT_EQ(other.toolchain_hash, built.toolchain_hash);
}

TEST_F(BuildTest, SameContentIsCompiledOnce) {
  site_.submission.file("prodcons.c", kHonest);
  const BuiltProgram first = site_.build().of_submission.at("prodcons");
  const ino_t before = inode_of(first.plain);
  const BuiltProgram second = site_.build().of_submission.at("prodcons");
  EXPECT_EQ(second.plain, first.plain);
  EXPECT_EQ(inode_of(second.plain), before);
}

TEST_F(BuildTest, TwoGradersAtOnceBothGetTheirPrograms) {
  site_.submission.file("prodcons.c", kHonest);
  std::vector<BuiltPrograms> built(2);
  {
    std::vector<std::jthread> graders;
    for (BuiltPrograms& one : built) graders.emplace_back([&] { one = site_.build(); });
  }
  for (const BuiltPrograms& one : built) EXPECT_EQ(one.of_submission.count("prodcons"), 1u);
  EXPECT_EQ(built[0].of_submission["prodcons"].plain, built[1].of_submission["prodcons"].plain);
}

TEST_F(BuildTest, CacheThatOthersCanWriteToIsAnError) {
  std::filesystem::create_directory(site_.cache());
  ::chmod(site_.cache().c_str(), 0777);
  site_.submission.file("prodcons.c", kHonest);
  EXPECT_THAT(error(), HasSubstr("only you can write to"));
}

TEST_F(BuildTest, DiagnosticsAreRelativeToTheSubmission) {
  site_.submission.file("prodcons.c", "#include \"b.h\"\nint main(void) { return y; }\n").file("b.h", "int x = z;\n");
  const BuildFailure failed = failure();
  EXPECT_EQ(failed.program, "prodcons");
  EXPECT_EQ(failed.what, "prodcons does not compile");
  EXPECT_THAT(failed.diagnostics, HasSubstr("In file included from prodcons.c:1:\nb.h:1:9: error:"));
  EXPECT_THAT(failed.diagnostics, HasSubstr("\nprodcons.c:2:25: error:"));
}

TEST_F(BuildTest, WarningsAreRemarks) {
  site_.submission.file("prodcons.c", "int main(void) { int unused; return 0; }\n");
  EXPECT_THAT(site_.build().remarks, ElementsAre(HasSubstr("prodcons: prodcons.c:1:22: warning: unused variable")));
}

TEST_F(BuildTest, TwoMainsAreExplainedWithoutNamesOfTemporaryFiles) {
  site_.submission.file("prodcons.c", kHonest).file("test.c", kHonest);
  const BuildFailure failed = failure();
  EXPECT_EQ(failed.what, "prodcons has more than one main: it is made from all of prodcons.c and test.c");
  EXPECT_THAT(failed.diagnostics, Not(HasSubstr("/cc")));
}

TEST_F(BuildTest, NoMainIsExplained) {
  site_.submission.file("prodcons.c", "void mian(void) {}\n");
  EXPECT_THAT(failure().what, HasSubstr("prodcons has no main"));
}

TEST_F(BuildTest, HandInSlipIsAFailureAndTheToolchainIsNamedAllTheSame) {
  site_.submission.file("hw3/prodcons.c", kHonest);
  const BuiltPrograms built = site_.build();
  ASSERT_EQ(built.failures.size(), 1u);
  EXPECT_THAT(built.failures[0].what, HasSubstr("one folder too deep"));
  EXPECT_THAT(built.toolchain, HasSubstr("gcc"));
}

TEST_F(BuildTest, WindowsLineEndsAndByteOrderMarkCompile) {
  site_.submission.file("prodcons.c",
                        "\xef\xbb\xbf#include <stdio.h>\r\n#define SAY(x) \\\r\n  puts(x)\r\n"
                        "int main(void) {\r\n  SAY(\"a\\\r\nb\");\r\n  return 0;\r\n}\r\n");
  const BuiltPrograms built = site_.build();
  ASSERT_THAT(built.failures, IsEmpty()) << built.failures[0].diagnostics;
  EXPECT_THAT(built.remarks, ElementsAre(HasSubstr("byte-order mark"), HasSubstr("CRLF")));
  EXPECT_EQ(run_program({built.of_submission.at("prodcons").plain}).out, "ab\n");
}

TEST_F(BuildTest, OddNamesAreCompiled) {
  site_.submission.file("prodcons.c",
                        "int f(void); int g(void); int h(void);\nint main(void) { return f() + g() + h(); }\n");
  site_.submission.file("-o.c", "int f(void) { return 1; }\n").file("a b.c", "int g(void) { return 2; }\n");
  site_.submission.file("latin\xfc.c", "int h(void) { return 3; }\n");
  const BuiltPrograms built = site_.build();
  ASSERT_THAT(built.failures, IsEmpty()) << built.failures[0].diagnostics;
  EXPECT_TRUE(run_program({built.of_submission.at("prodcons").plain}).ending.exited_with(6));
}

TEST_F(BuildTest, SingleFileIsTakenAsTheLabNamesIt) {
  site_.submission.file("lost_update.c", kHonest).file("other.c", kHonest);
  const BuiltPrograms built = site_.build_in(site_.submission.path() + "/lost_update.c");
  EXPECT_EQ(built.of_submission.count("prodcons"), 1u);
  EXPECT_THAT(built.remarks, ElementsAre("lost_update.c was taken as prodcons.c"));
}

TEST_F(BuildTest, SubmissionThatIsNotThereIsAnError) { EXPECT_THROW(site_.build_in("/nowhere"), Error); }

TEST_F(BuildTest, TrustedSubmissionIsBuiltWithTheSameWords) {
  site_.submission.file("prodcons.c", "int main(void) { int unused; return 0; }\n");
  site_.trust = true;
  const BuiltPrograms built = site_.build();
  EXPECT_EQ(built.of_submission.count("prodcons"), 1u);
  EXPECT_THAT(built.remarks, ElementsAre(HasSubstr("prodcons: prodcons.c:1:22: warning: unused variable")));
}

TEST_F(BuildTest, ReferenceIsBuiltWhenARoleNeedsIt) {
  site_.submission.file("prodcons.c", kHonest);
  site_.lab.reference = lab_folder_.file("prodcons.c", kCounts).path();
  EXPECT_THAT(site_.build().of_reference, IsEmpty());
  run_in_a_role("prodcons", Origin::kReference);
  const BuiltPrograms built = site_.build();
  EXPECT_NE(built.of_reference.at("prodcons").plain, built.of_submission.at("prodcons").plain);
}

TEST_F(BuildTest, ReferenceThatDoesNotCompileIsAnErrorWithTheCompilersWords) {
  site_.submission.file("prodcons.c", kHonest);
  site_.lab.reference = lab_folder_.file("prodcons.c", "int main(void) { return x; }\n").path();
  run_in_a_role("prodcons", Origin::kReference);
  EXPECT_THAT(error(), HasSubstr("prodcons.c:1:25: error"));
}

TEST_F(BuildTest, ReferenceThatIsNamedNowhereOrIncompleteIsAnError) {
  site_.submission.file("prodcons.c", kHonest);
  run_in_a_role("prodcons", Origin::kReference);
  EXPECT_THAT(error(), HasSubstr("but no reference"));
  site_.lab.reference = lab_folder_.path();
  EXPECT_THAT(error(), HasSubstr("the hand-in is empty"));
}

TEST_F(BuildTest, DriversOfRolesAreBuiltOnceAndMayIncludeFilesBesideThem) {
  site_.submission.file("prodcons.c", kHonest);
  lab_folder_.file("drivers/flood.cc", "#include \"wire.h\"\nint main() { return kPort; }\n");
  lab_folder_.file("drivers/wire.h", "constexpr int kPort = 7;\n").file("drivers/broken.c", "not C");
  site_.lab.folder = lab_folder_.path();
  run_in_a_role("flood", Origin::kLab);
  const BuiltPrograms built = site_.build();
  ASSERT_THAT(built.of_lab, testing::SizeIs(1));
  EXPECT_EQ(built.of_lab.at("flood").plain, built.of_lab.at("flood").instrumented);
  EXPECT_TRUE(run_program({built.of_lab.at("flood").plain}).ending.exited_with(7));
}

TEST_F(BuildTest, DriverThatDoesNotCompileIsAnErrorThatNamesTheFile) {
  site_.submission.file("prodcons.c", kHonest);
  lab_folder_.file("drivers/flood.c", "int main(void) { return x; }\n");
  site_.lab.folder = lab_folder_.path();
  run_in_a_role("flood", Origin::kLab);
  EXPECT_THAT(error(), HasSubstr("flood.c:1:25: error"));
}

TEST_F(BuildTest, DriverThatIsMissingIsAnError) {
  site_.submission.file("prodcons.c", kHonest);
  site_.lab.folder = lab_folder_.path();
  run_in_a_role("flood", Origin::kLab);
  EXPECT_THAT(error(), HasSubstr("drivers/flood.c"));
}

TEST_F(BuildTest, CheckingProgramsAreCompiledUnlessTheyArePython) {
  site_.submission.file("prodcons.c", kHonest);
  lab_folder_.file("checks/order.c", kHonest).file("checks/shape.py", "print()\n");
  site_.lab.folder = lab_folder_.path();
  for (const char* program : {"order", "shape"}) {
    Check check;
    check.question = ProgramCheck{program, {}};
    site_.lab.checks.push_back(check);
  }
  const BuiltPrograms built = site_.build();
  EXPECT_EQ(run_program({built.checkers.at("order")}).out, "honest\n");
  EXPECT_EQ(built.checkers.at("shape"), lab_folder_.path() + "/checks/shape.py");
}

}  // namespace
}  // namespace jitterlab
