#include "build/workshop.h"

#include <gmock/gmock.h>

#include <thread>

#include "build/fake_box.h"
#include "build/folder.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

const Program kProgram{"prodcons", {"*.c"}};

// A workshop whose compiler plays back scripts; several may share a cache.
class Bench {
 public:
  explicit Bench(const std::string& cache) : cache_(cache) {
    executable_ = read_file("/bin/true");  // what comes out must be an ELF file
    compiler_.emplace(box_, "/mnt/agent.so");
    workshop_.emplace(*compiler_, cache_, "agent");
    box_.scripts = {{{FakeBox::said(0, "gcc (X) 1\n"), FakeBox::ended(0, 0)}, {}}};
  }
  void will_build(const std::string& words = "") {
    box_.scripts.push_back({{FakeBox::said(0, words), FakeBox::ended(0, 0), FakeBox::ended(1, 0)},
                            {{"plain", executable_}, {"instrumented", executable_}}});
  }
  void will_fail(int exit_of_plain, int exit_of_instrumented, const std::string& words) {
    box_.scripts.push_back(
        {{FakeBox::said(0, words), FakeBox::ended(0, exit_of_plain), FakeBox::ended(1, exit_of_instrumented)},
         {{"plain", executable_}}});
  }
  Made make(const std::string& text) {
    const std::vector<SourceFile> files = {{"a.c", text}};
    return workshop_->make({files, "/mnt/submission"}, kProgram, Language::kC, true);
  }
  int compiled() const { return workshop_->compiled(); }

 private:
  Cache cache_;
  FakeBox box_;
  std::string executable_;
  std::optional<Compiler> compiler_;
  std::optional<Workshop> workshop_;
};

class WorkshopTest : public testing::Test {
 protected:
  std::string cache() const { return folder_.path() + "/cache"; }
  Folder folder_;
};

TEST_F(WorkshopTest, SameContentIsCompiledOnce) {
  Bench first(cache()), second(cache());
  first.will_build("a.c:1:1: warning: w\n");
  const Made made = first.make("x");
  EXPECT_FALSE(made.failure);
  EXPECT_EQ(first.make("x").program.plain, made.program.plain);
  const Made again = second.make("x");
  EXPECT_EQ(again.program.instrumented, made.program.instrumented);
  EXPECT_EQ(again.program.imports, made.program.imports);
  EXPECT_EQ(again.warnings, made.warnings);
  EXPECT_EQ(first.compiled(), 1);
  EXPECT_EQ(second.compiled(), 0);
}

TEST_F(WorkshopTest, OtherContentIsCompiledAgain) {
  Bench bench(cache());
  bench.will_build();
  bench.will_build();
  EXPECT_NE(bench.make("x").program.plain, bench.make("y").program.plain);
  EXPECT_EQ(bench.compiled(), 2);
}

TEST_F(WorkshopTest, FailureIsKeptToo) {
  Bench first(cache()), second(cache());
  first.will_fail(1, 1, "./a.c:1:1: error: x\n");
  ASSERT_TRUE(first.make("x").failure);
  const Made again = second.make("x");
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->diagnostics, "a.c:1:1: error: x\n");
  EXPECT_EQ(second.compiled(), 0);
}

TEST_F(WorkshopTest, FailureByALimitIsTriedAgain) {
  Bench bench(cache());
  bench.will_fail(1, 1, "cc1: out of memory allocating 9 bytes\n");
  EXPECT_THAT(bench.make("x").failure.value().what, HasSubstr("2 GiB"));
  bench.will_build();
  EXPECT_FALSE(bench.make("x").failure);
}

TEST_F(WorkshopTest, DamagedEntryIsBuiltAgain) {
  Bench bench(cache());
  bench.will_build();
  const Made made = bench.make("x");
  ::unlink(made.program.instrumented.c_str());
  bench.will_build();
  EXPECT_TRUE(std::filesystem::exists(bench.make("x").program.instrumented));
  EXPECT_EQ(bench.compiled(), 2);
}

TEST_F(WorkshopTest, WhatCompilesForTheStudentButNotForTheAgentIsOurError) {
  Bench bench(cache());
  bench.will_fail(0, 1, "");
  try {
    bench.make("x");
    FAIL() << "no Error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("not in the build for the agent"));
  }
}

TEST_F(WorkshopTest, TwoGradersOfTheSameContentAtOnceBothGetIt) {
  std::vector<Made> made(2);
  std::vector<std::thread> graders;
  for (Made& one : made) {
    graders.emplace_back([&one, this] {
      Bench bench(cache());
      for (int i = 0; i < 20; ++i) {
        bench.will_build();
        one = bench.make("x" + std::to_string(i));
      }
    });
  }
  for (std::thread& grader : graders) grader.join();
  EXPECT_EQ(made[0].program.plain, made[1].program.plain);
  EXPECT_TRUE(Bench(cache()).make("x0").program.plain.size());
}

}  // namespace
}  // namespace jitterlab
