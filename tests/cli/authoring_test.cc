// `jitterlab new` and `jitterlab pack`: what they make works as it says.
#include <gtest/gtest.h>

#include <filesystem>

#include "invocation.h"
#include "os/fd.h"
#include "os/temp_dir.h"
#include "tiny_lab.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const Words kCache = {"--cache", JITTERLAB_BUILD "/test-cache"};

TEST(NewLab, PassesVerifyAtOnceWithoutAWarning) {
  const TempDir folder;
  const std::string lab = folder.path() + "/labs/barrier";
  const Ran made = run_jitterlab({"new", lab});
  EXPECT_EQ(made.ending.words(), "exit 0") << made.err;
  EXPECT_TRUE(has(made.out, "jitterlab verify ")) << made.out;
  const Ran ran = run_jitterlab(Words{"verify", lab, "--seeds", "1..3"} + kCache);
  EXPECT_EQ(ran.ending.words(), "exit 0") << ran.out << ran.err;
  EXPECT_FALSE(has(ran.out, "warning")) << ran.out;
  EXPECT_TRUE(has(ran.out, "exactly-once/child_does_not_wait.c")) << ran.out;
}

TEST(NewLab, NameIsLookedUpInTheFolderOfLabs) {
  const TempDir folder;
  EXPECT_EQ(run_jitterlab({"new", "pipes", "--labs", folder.path() + "/labs"}).ending.words(), "exit 0");
  EXPECT_TRUE(fs::exists(folder.path() + "/labs/pipes/lab.yaml"));
  EXPECT_TRUE(fs::exists(folder.path() + "/reference/pipes/accepted/posix/pipes.c"));
}

TEST(NewLab, NothingIsOverwritten) {
  const TempDir folder;
  const Words words = {"new", "pipes", "--labs", folder.path() + "/labs"};
  fs::create_directories(folder.path() + "/reference/pipes");
  const Ran ran = run_jitterlab(words);
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_TRUE(has(ran.err, "/reference/pipes already")) << ran.err;
  EXPECT_FALSE(fs::exists(folder.path() + "/labs"));
}

TEST(NewLab, NameThatLabFilesCannotHaveIsRefused) {
  for (const std::string name : {"Pipes", "2pipes", "my_pipes"}) {
    const Ran ran = run_jitterlab({"new", name, "--labs", "/nowhere/labs"});
    EXPECT_EQ(ran.ending.words(), "exit 2");
    EXPECT_TRUE(has(ran.err, "`" + name + "` is no name for a lab")) << ran.err;
  }
}

// Has a role of the reference, a driver, and two checking programs, one of them compiled.
class PackLab : public testing::Test {
 protected:
  PackLab() {
    std::string file = TinyLab::kLabFile;
    const auto replace = [&](const std::string& old, const std::string& other) {
      file.replace(file.find(old), old.size(), other);
    };
    replace("{ run: tiny }",
            "{ roles: { tiny: { run: tiny }, ours: { run: tiny, from: reference }, host: { run: host, from: lab } } }");
    replace("version: 1\n", "version: 1\nreference: ../../reference/tiny/accepted/puts\n");
    replace("points: 3", "points: 5");
    replace("hello: 1 }", "hello: 3 }");
    file +=
        "  native: { points: 1, program: { run: native } }\n"
        "  python: { points: 1, program: { run: python } }\n";
    lab_.write("labs/tiny/lab.yaml", file);
    lab_.write("labs/tiny/drivers/host.c", "#include <stdio.h>\nint main(void) { puts(\"hello all\"); }\n");
    lab_.write("labs/tiny/checks/native.c", "int main(void) { return 0; }\n");
    lab_.write("labs/tiny/checks/python.py", "import sys\nsys.exit(0)\n");
  }

  Ran packed(const std::string& lab, const std::string& target) const {
    return run_jitterlab({"pack", lab, "--output", target});
  }

  // Points of a solution and of a submission that says it twice.
  static std::string points(const std::string& lab, const std::string& reference) {
    std::string sums;
    for (const std::string submission : {"accepted/printf", "count/twice.c"}) {
      const auto result = graded(lab, reference + "/" + submission, {"--seed", "1"});
      sums += std::to_string(result.at("earned").get<int>()) + "-" + std::to_string(result.at("lost").get<int>()) + " ";
    }
    return sums;
  }

  TinyLab lab_;
};

TEST_F(PackLab, PackedLabGradesAsItsSourceDoesAndHoldsNoSourceOfASolution) {
  const std::string target = lab_.path() + "/tiny.tar.gz", students = lab_.path() + "/students";
  const Ran made = packed(lab_.lab(), target);
  ASSERT_EQ(made.ending.words(), "exit 0") << made.err;
  EXPECT_TRUE(has(made.out, "jitterlab grade ./tiny")) << made.out;
  fs::create_directory(students);
  ASSERT_EQ(run_program({"tar", "-xzf", target, "-C", students}).ending.words(), "exit 0");
  EXPECT_EQ(read_file(students + "/tiny/lab.yaml"), read_file(lab_.lab() + "/lab.yaml"));
  for (const std::string there : {"README.md", "starter/tiny.c", "checks/python.py", "compiled/drivers/host"})
    EXPECT_TRUE(fs::exists(students + "/tiny/" + there)) << there;
  for (const std::string hidden : {"drivers", "checks/native.c"})
    EXPECT_FALSE(fs::exists(students + "/tiny/" + hidden)) << hidden;
  const std::string reference = lab_.path() + "/reference/tiny";
  const std::string before = points(lab_.lab(), reference);
  EXPECT_EQ(before, "5-0 3-2 ");
  const std::string elsewhere = lab_.path() + "/elsewhere";
  fs::rename(reference, elsewhere);
  EXPECT_EQ(points(students + "/tiny", elsewhere), before);
}

TEST_F(PackLab, SameLabGivesTheSameArchive) {
  for (const std::string name : {"one", "two"})
    EXPECT_EQ(packed(lab_.lab(), lab_.path() + "/" + name + ".tgz").err, "");
  EXPECT_EQ(read_file(lab_.path() + "/one.tgz"), read_file(lab_.path() + "/two.tgz"));
}

TEST_F(PackLab, FolderIsMadeInAFolderAndNothingIsOverwritten) {
  const std::string target = lab_.path() + "/out";
  EXPECT_EQ(packed(lab_.lab(), target).ending.words(), "exit 0");
  EXPECT_TRUE(fs::exists(target + "/tiny/compiled/reference/tiny.instrumented"));
  EXPECT_TRUE(has(packed(lab_.lab(), target).err, "there is a " + target + "/tiny already"));
  EXPECT_TRUE(has(packed(target + "/tiny", lab_.path() + "/again").err, "is packed already"));
}

TEST_F(PackLab, MissingProgramOfAPackedLabIsOurFaultNotTheStudents) {
  const std::string target = lab_.path() + "/out";
  ASSERT_EQ(packed(lab_.lab(), target).ending.words(), "exit 0");
  fs::remove(target + "/tiny/compiled/reference/tiny.plain");
  const auto result = graded(target + "/tiny", lab_.path() + "/reference/tiny/accepted/printf");
  EXPECT_EQ(result.at("exit_code"), 2);
  EXPECT_EQ(result.at("open"), 5);
}

TEST_F(PackLab, ReferenceInPythonHasNoFormInWhichItCouldBeHandedOut) {
  lab_.write("labs/tiny/lab.yaml",
             "format: 1\nlab: tiny\nversion: 1\ntitle: One greeting\npoints: 1\n"
             "reference: ../../reference/tiny/accepted/print\n"
             "hand-in: { language: python, programs: { tiny: ['*.py'] } }\n"
             "scenarios: { greet: { roles: { tiny: { run: tiny, from: reference } } } }\n"
             "checks: { ends: { points: 1, count: { hello: 1 } } }\n"
             "events: { hello: hello }\n");
  lab_.write("reference/tiny/accepted/print/tiny.py", "print('hello')\n");
  const Ran ran = packed(lab_.lab(), lab_.path() + "/out");
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_TRUE(has(ran.err, "the reference of tiny is in Python")) << ran.err;
}

TEST_F(PackLab, ArchiveThatCannotBeWrittenIsAnError) {
  const Ran ran = packed(lab_.lab(), lab_.path() + "/none/tiny.tar.gz");
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_TRUE(has(ran.err, "tar could not make")) << ran.err;
}

}  // namespace
}  // namespace jitterlab
