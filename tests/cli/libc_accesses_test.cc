// What functions of libc read and write in shared memory, told with the lines that call them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "invocation.h"
#include "os/fd.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

// A child carries out CALL, its parent writes to the memory that CALL is about: a race, or, with a wait between, none.
constexpr char kProgram[] = R"(
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>
struct box { int number; char text[60]; };
int main(void) {
  int id = shmget(IPC_PRIVATE, sizeof(struct box), IPC_CREAT | 0600);
  struct box *box = shmat(id, 0, 0);
  FILE *in = fopen("/proc/version", "r"), *out = fopen("/dev/null", "w");
  char line[200] = "12 words";
  strcpy(box->text, "7 words");
  if (fork() == 0) {
    CALL;
    fprintf(out, "%p", (void *)line);
    return 0;
  }
  WAIT;
  WRITE;
  wait(0);
  shmctl(id, IPC_RMID, 0);
  return 0;
}
)";

struct Access {
  const char* call;
  const char* does;
  const char* write = "box->text[0] = '8'";
};

void PrintTo(const Access& access, std::ostream* out) { *out << access.call; }

class LibcAccess : public testing::TestWithParam<Access> {
 protected:
  nlohmann::json races(const std::string& wait) {
    std::string source = kProgram;
    for (const auto& [name, text] : {std::pair<std::string, std::string>("CALL", GetParam().call),
                                     std::pair<std::string, std::string>("WAIT", wait),
                                     std::pair<std::string, std::string>("WRITE", GetParam().write)})
      source.replace(source.find(name), name.size(), text);
    const TempDir folder;
    write_file(folder.path() + "/box.c", source);
    const std::string file = folder.path() + "/result.json";
    const Ran ran = run_program({JITTERLAB_BUILD "/jitterlab", "explore", "--cache", JITTERLAB_BUILD "/test-cache",
                                 "--executions", "4", "--json", file, folder.path() + "/box.c"});
    EXPECT_TRUE(ran.ending.exited_with(0)) << ran.out << ran.err;
    return nlohmann::json::parse(read_file(file)).at("races");
  }
};

TEST_P(LibcAccess, IsToldWithBothLines) {
  const nlohmann::json all = races("");
  ASSERT_EQ(all.size(), 1u) << all.dump(1);
  const nlohmann::json& accesses = all[0].at("accesses");
  const auto of = [&](const std::string& task) { return accesses[0].at("task") == task ? accesses[0] : accesses[1]; };
  EXPECT_EQ(of("main").at("does"), "writes");
  EXPECT_EQ(of("main").at("source"), std::string(GetParam().write) + ";");
  EXPECT_EQ(of("main, child 1").at("does"), GetParam().does);
  EXPECT_EQ(of("main, child 1").at("source"), std::string(GetParam().call) + ";");
}

TEST_P(LibcAccess, IsOrderedByWhatOrdersItsCall) { EXPECT_EQ(races("wait(0)").size(), 0u); }

INSTANTIATE_TEST_SUITE_P(
    Reading, LibcAccess,
    testing::Values(Access{"printf(\"%d %*d %s\\n\", 1, 5, 2, box->text)", "reads"},
                    Access{"fprintf(out, \"%.1f %.2s\", 1.5, box->text)", "reads"},
                    Access{"sprintf(line, \"%s\", box->text)", "reads"},
                    Access{"snprintf(line, sizeof line, \"%Lf %s\", 2.5L, box->text)", "reads"},
                    Access{"dprintf(1, \"%s\", box->text)", "reads"}, Access{"puts(box->text)", "reads"},
                    Access{"fputs(box->text, out)", "reads"}, Access{"fwrite(box->text, 2, 3, out)", "reads"},
                    Access{"strcpy(line, box->text)", "reads"}, Access{"strncpy(line, box->text, 3)", "reads"},
                    Access{"strcat(line, box->text)", "reads"}, Access{"line[0] = strlen(box->text)", "reads"},
                    Access{"line[0] = strcmp(box->text, line)", "reads"},
                    Access{"line[0] = strtol(box->text, 0, 10)", "reads"},
                    Access{"line[0] = *strtok(box->text, \" \")", "reads"},
                    Access{"sscanf(box->text, \"%3s\", line)", "reads"}, Access{"free(strdup(box->text))", "reads"},
                    Access{"write(1, box->text, 2)", "reads"}));

INSTANTIATE_TEST_SUITE_P(Writing, LibcAccess,
                         testing::Values(Access{"scanf(\"%s\", box->text); fscanf(in, \"%s\", box->text)", "writes"},
                                         Access{"sscanf(line, \"%d\", &box->number)", "writes", "box->number = 1"},
                                         Access{"fgets(box->text, sizeof box->text, in)", "writes"},
                                         Access{"fread(box->text, 1, 4, in)", "writes"},
                                         Access{"strcpy(box->text, line)", "writes"},
                                         Access{"snprintf(box->text, 9, \"%d\", 1)", "writes"},
                                         Access{"memcpy(box->text, line, 3)", "writes"},
                                         Access{"memset(box->text, 1, 3)", "writes"},
                                         Access{"read(fileno(in), box->text, 4)", "writes"}));

// Not accessed: what is private, beyond the precision, suppressed, not converted, or not read.
class NoLibcAccess : public LibcAccess {};
TEST_P(NoLibcAccess, IsNotTold) { EXPECT_EQ(races("").size(), 0u) << races("").dump(1); }
INSTANTIATE_TEST_SUITE_P(
    All, NoLibcAccess,
    testing::Values(Access{"printf(\"%s\\n\", line)", ""}, Access{"printf(\"%p\\n\", (void *)box->text)", ""},
                    Access{"printf(\"%.0s\\n\", box->text)", ""},
                    Access{"printf(\"%.3s\\n\", box->text)", "", "box->text[3] = 'x'"},
                    Access{"sscanf(line, \"%*d %1s\", line + 100)", ""},
                    Access{"sscanf(line, \"%d %d\", (int *)(line + 100), &box->number)", "", "box->number = 1"},
                    Access{"fread(line, 1, 4, in)", ""}, Access{"fwrite(line, 1, 4, out)", ""},
                    Access{"fread(box->text, 4, 1, in)", "", "box->text[4] = 'x'"}));

}  // namespace
}  // namespace jitterlab
