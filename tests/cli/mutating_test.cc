// `jitterlab verify --mutants`: what a lab must catch is caught, what it cannot is told, and no submission can ask for
// it.
#include <gtest/gtest.h>

#include "invocation.h"
#include "os/fd.h"
#include "os/temp_dir.h"
#include "tiny_lab.h"

namespace jitterlab {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Ran mutated(const std::string& lab, const std::string& only) {
  return run_jitterlab({"verify", lab, "--mutants", "--only", only, "--cache", JITTERLAB_BUILD "/test-cache", "--seeds",
                        "1", "--budget", "quick"});
}

// The lab that `jitterlab new` makes, with solutions of its own.
class Mutants : public testing::Test {
 protected:
  Mutants() { run_jitterlab({"new", lab()}); }

  std::string lab() const { return folder_.path() + "/labs/relay"; }
  std::string reference() const { return folder_.path() + "/reference/relay/"; }

  TempDir folder_;
};

TEST_F(Mutants, WrongVersionsOfASystemVSolutionAreCaughtAndOthersAreNamed) {
  const Ran ran = mutated(lab(), "system_v");
  EXPECT_TRUE(has(ran.out, "accepted/system_v: 11 of 14 mutants caught")) << ran.out << ran.err;
  for (const std::string caught : {"leave out semop", "do behind the next such call semop P",
                                   "one more in semctl SETVAL-0", "leave out semctl RMID", "leave out shmctl RMID"})
    EXPECT_FALSE(has(ran.out, "MISSED accepted/system_v: " + caught)) << ran.out;
  // The process ends next, which detaches the segment: nobody can tell.
  EXPECT_TRUE(has(ran.out, "equal  accepted/system_v: leave out shmdt at `shmdt(shared);` in main()\n")) << ran.out;
  EXPECT_FALSE(has(ran.out, "MISSED")) << ran.out;
  EXPECT_EQ(ran.ending.words(), "exit 0");
}

TEST_F(Mutants, WrongVersionsOfAPosixSolutionAreCaught) {
  const Ran ran = mutated(lab(), "posix");
  for (const std::string caught :
       {"leave out sem_wait", "do twice sem_wait", "leave out sem_post", "one more in sem_init"})
    EXPECT_FALSE(has(ran.out, "MISSED accepted/posix: " + caught)) << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "accepted/posix: 8 of 9 mutants caught")) << ran.out;
}

TEST_F(Mutants, WhatNoCheckCanSeeIsToldAndAReasonSettlesIt) {
  TinyLab lab;
  const std::string name = "accepted/closes: leave out close at `close(0);` in main()";
  lab.write("reference/tiny/accepted/closes/tiny.c",
            "#include <stdio.h>\n#include <unistd.h>\nint main(void) {\n  puts(\"hello world\");\n  close(0);\n}\n");
  Ran ran = mutated(lab.lab(), "closes");
  EXPECT_EQ(ran.ending.words(), "exit 1") << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "MISSED " + name + "\n")) << ran.out;
  EXPECT_TRUE(has(ran.out, "0 caught, 0 equivalent, 1 that the lab does not catch")) << ran.out;
  lab.write("reference/tiny/equivalent-mutants.yaml", "- mutant: '" + name + "'\n  because: the process ends next\n");
  ran = mutated(lab.lab(), "closes");
  EXPECT_EQ(ran.ending.words(), "exit 0") << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "equal  " + name + "\n       because the process ends next\n")) << ran.out;
}

TEST_F(Mutants, MistakesOfTheFileOfEquivalentOnesAreTold) {
  TinyLab lab;
  lab.write("reference/tiny/equivalent-mutants.yaml", "- mutant: accepted/none\n  because: it is gone\n- because: x\n");
  const Ran ran = mutated(lab.lab(), "");
  EXPECT_EQ(ran.ending.words(), "exit 1") << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "there is no such mutant: accepted/none")) << ran.out;
  EXPECT_TRUE(has(ran.out, "equivalent-mutants.yaml:3:3: an equivalent mutant has")) << ran.out;
}

TEST_F(Mutants, GradingHasNoMutatorThatASubmissionCouldFind) {
  TinyLab lab;
  lab.write("looks.c",
            "#include <dlfcn.h>\n#include <stdio.h>\n#include <unistd.h>\nint main(void) {\n"
            "  if (access(\"/mnt/libjitterlab-mutator.so\", F_OK) != 0 && access(\"/mnt/mutant\", F_OK) != 0)\n"
            "    puts(\"hello world\");\n}\n");
  EXPECT_EQ(graded(lab.lab(), lab.path() + "/looks.c").at("earned"), 3);
}

}  // namespace
}  // namespace jitterlab
