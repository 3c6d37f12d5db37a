// From a trace to the names in the source: through the box, the debugging information and the answers.
#include "cli/places.h"

#include <gtest/gtest.h>

#include "analysis/task_names.h"
#include "build/look_into.h"
#include "cli/explored.h"
#include "os/fd.h"
#include "os/temp_dir.h"
#include "run/crew.h"

namespace jitterlab {
namespace {

constexpr char kSource[] = R"(#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
struct slot { int owner; char name[16]; };
struct spool { int in, out; struct slot slots[4]; };
struct node { struct node *next; long key; };
static struct spool *spool;
int table[3];
struct slot last;
static long fill(struct slot *slot, struct node *node) {
  slot->owner = 7;
  node->key = 8;
  strcpy(slot->name, "x");
  return node->key;
}
static void *work(void *argument) {
  static int calls;
  if (++calls > 1) return NULL;
  table[2] = 3;
  last.owner = 4;
  fill(&spool->slots[1], argument);
  return NULL;
}
static void *add(void *argument) {
  int *sum = argument;
  *sum += 4;
  return NULL;
}
int main(void) {
  spool = mmap(NULL, sizeof *spool, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) {
    spool->in = 1;
    spool->out = 2;
    _exit(0);
  }
  wait(NULL);
  pthread_t thread;
  pthread_create(&thread, NULL, work, malloc(sizeof(struct node)));
  pthread_join(thread, NULL);
  int sum = 1;
  struct slot mine;
  pthread_create(&thread, NULL, add, &sum);
  sum++;
  mine.owner = 6;
  strcpy(mine.name, "y");
  pthread_join(thread, NULL);
  return sum + mine.owner > 99;
}
)";

class ProgramPlaces : public testing::Test {
 protected:
  ProgramPlaces() {
    write_file(folder_.path() + "/spooler.c", kSource);
    Options options;
    options.program = options.command_line = folder_.path() + "/spooler.c";
    options.cache_folder = JITTERLAB_BUILD "/test-cache";
    explored_ = prepare_explored(options);
    Crew crew(explored_.lab, explored_.lanes);
    observation_ = crew.run({"all", Strategy::kControlled, 0, 1}, {Schedule{}}).at(0);
  }

  const ControlledEnd& end() const { return *observation_.controlled; }

  Places names() {
    PlaceQuestions questions;
    for (const TraceEvent& event : end().trace.events) questions.add(end(), event.operation);
    return look_up(questions, explored_.sources);
  }

  // "main, thread 1 writes table[2] at spooler.c:22 in work()", … of all writes.
  std::string writes(const Places& places) {
    const TaskNames tasks(observation_);
    std::string text;
    for (const TraceEvent& event : end().trace.events) {
      const Operation& operation = event.operation;
      if (operation.kind != StepKind::kWrite) continue;
      text += tasks.of(event.task) + " writes " + places.data(end(), operation) + " at " +
              places.code(end(), operation.place).words() + "\n";
    }
    return text;
  }

  TempDir folder_;
  Explored explored_;
  Observation observation_;
};

TEST_F(ProgramPlaces, WritesOfProcessesAndThreadsHaveLineFunctionAndVariable) {
  EXPECT_EQ(writes(names()),
            "main, child 1 writes spool->in at spooler.c:35 in main()\n"
            "main, child 1 writes spool->out at spooler.c:36 in main()\n"
            "main, thread 1 writes calls at spooler.c:21 in work()\n"
            "main, thread 1 writes table[2] at spooler.c:22 in work()\n"
            "main, thread 1 writes last.owner at spooler.c:23 in work()\n"
            "main, thread 1 writes slot->owner at spooler.c:14 in fill()\n"
            "main, thread 1 writes node->key at spooler.c:15 in fill()\n"
            "main, thread 1 writes slot->name at spooler.c:16 in fill()\n"
            "main writes sum at spooler.c:43 in main()\n"
            "main, thread 2 writes *sum at spooler.c:29 in add()\n"
            "main writes sum at spooler.c:46 in main()\n"
            "main writes mine.owner at spooler.c:47 in main()\n"
            "main writes mine.name at spooler.c:48 in main()\n");
}

TEST_F(ProgramPlaces, WithoutAnswersNumbersAreTold) {
  const std::string text = writes(Places());
  EXPECT_EQ(text.find("main, child 1 writes shared mapping 1 +0 at instruction 0x"), 0u) << text;
  EXPECT_NE(text.find("main, thread 1 writes memory at 0x"), std::string::npos) << text;
}

TEST_F(ProgramPlaces, FileWithoutDebuggingInformationHasNoAnswers) {
  write_file(folder_.path() + "/junk",
             "\x7f"
             "ELF" +
                 std::string(200, 'x'));
  EXPECT_EQ(look_into(folder_.path() + "/junk", "code 4096\ndata 1\nnames 1 2 3\n", false), "");
}

}  // namespace
}  // namespace jitterlab
