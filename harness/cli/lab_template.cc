#include "cli/lab_template.h"

#include <string_view>

namespace jitterlab {
namespace {

// In all of them LAB stands for the name of the lab.
constexpr char kLabFile[] =
    R"(# What jitterlab is told about this lab. `jitterlab verify` says whether it tells right submissions from wrong ones;
# `jitterlab show` prints what it asks for. Nothing in here is secret.
format: 1
lab: LAB
version: 1 # raise it with every change that can change a verdict
title: A word from parent to child
points: 6 # the checks' points add up to it

# How often each scenario is run. plain: the program as it is. jitter: with small delays at shared memory and
# semaphores. controlled: one process at a time, in an order that a search chooses.
executions: { plain: 5, jitter: 20, controlled: 100 }

# Each program is compiled from the files that match, in C (or cpp, python).
hand-in:
  language: c
  programs: { LAB: ["*.c"] }
  require: [LAB.c]

# The output that checks look at; everything else is ignored, so students may print what helps them. A pattern is an
# expression of RE2; a named group is a field that checks can use. The handout must show pattern and example.
events:
  got: { pattern: 'child got (?P<word>\w+)', example: 'child got kiwi' }
  done: { pattern: 'the child has ended', example: 'the child has ended' }

# Drawn anew for every execution, so that nobody can print it without having read it.
parameters:
  word: { draw: word }

# What is run. Several programs that meet are `roles:`; start conditions, signals and steps are in labs/README.md.
scenarios:
  hand-over: { run: LAB, stdin: $word }

# What is asked of the executions. The ids are for ever: results refer to them. A check must hold in every execution.
# `unless-failed`: one bug costs once. The hint is shown to who fails the check.
checks:
  arrives:
    points: 3
    exactly-once: { of: $word, as: got.word }
    hint: The child must not look before the word is there. What could it wait for, and who says so?
  ends:
    points: 1
    ended: by itself
    unless-failed: arrives
    hint: Who waits here, and who was to wake him?
  in-order: # only what the program itself orders: the child prints before it ends, and the parent waits for its end
    points: 1
    sequence: got done
    unless-failed: [arrives, ends]
    hint: Who says that the child has ended, and how does he know?
  tidy:
    points: 1
    left-behind: nothing
    unless-failed: [arrives, ends]
    hint: Segments and semaphores outlive the program. Who erases them, and when is nobody using them any more?
)";

constexpr char kHandout[] = R"(# A word from parent to child

Write `LAB.c`: a program of two processes that share memory. The parent reads one word from its standard input and puts
it into the memory. The child takes it out and prints it.

```
parent                      child
  read the word               wait until the word is there      P(ready)
  put it into the memory      print it
  say so           V(ready)   end
  wait for the child
  say that it has ended
  erase everything
```

The semaphore `ready` begins at 0. P takes one off, and waits as long as there is none to take; V adds one. So the child
cannot get past its P before the parent has come to its V, however fast the one is and however slow the other.

## What it prints

| event | pattern | example |
|---|---|---|
| `got` | `child got (?P<word>\w+)` | `child got kiwi` |
| `done` | `the child has ended` | `the child has ended` |

The child prints `got`, with the word from the memory. The parent prints `done` when the child has ended. Anything else
that you print is ignored.

## How it ends

By itself. Nothing is left then: no process, no segment, no semaphore.

## Try it

```
gcc -Wall -O2 -pthread LAB.c -o LAB && echo kiwi | ./LAB
ipcs                                 # what is left behind
jitterlab grade LAB LAB.c
```

## What is graded

| check | points | |
|---|---|---|
| `arrives` | 3 | the child prints the word, once |
| `ends` | 1 | the program ends by itself |
| `in-order` | 1 | the parent says that the child has ended after the child has printed the word |
| `tidy` | 1 | nothing is left behind |
)";

constexpr char kStarter[] =
    R"(// A word from parent to child. Both processes are there; what is missing is everything between them.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  char word[60] = "";
  // TODO: memory that parent and child share, and a semaphore that begins at 0
  if (fork() == 0) {
    // TODO: wait until the word is there, then print it
    return 0;
  }
  if (scanf("%59s", word) != 1) word[0] = 0;
  // TODO: put the word into the memory, and say so
  wait(NULL);
  printf("the child has ended\n");
  // TODO: erase what you made
  return 0;
}
)";

// The System V solution and the bugs made from it differ in the marked lines only.
constexpr char kSystemV[] = R"(COMMENT
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kLength = 60 };

static void change(int semaphores, int by) {
  struct sembuf operation = {0, (short)by, 0};
  semop(semaphores, &operation, 1);
}

int main(void) {
  int segment = shmget(IPC_PRIVATE, kLength, IPC_CREAT | 0600);
  int ready = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  char *shared = shmat(segment, NULL, 0);
  semctl(ready, 0, SETVAL, 0);
  if (fork() == 0) {
WAIT    printf("child got %s\n", shared);
    return 0;
  }
  char word[kLength] = "";
  if (scanf("%59s", word) != 1) word[0] = 0;
  strcpy(shared, word);
  change(ready, 1);
END  shmdt(shared);
  shmctl(segment, IPC_RMID, NULL);
ERASE  return 0;
}
)";

constexpr char kPosix[] =
    R"(// POSIX: a mapping that the child inherits, with the semaphore in it. It is gone when both have ended.
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t ready;
  char word[60];
};

int main(void) {
  struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(&shared->ready, 1, 0);
  if (fork() == 0) {
    sem_wait(&shared->ready);
    printf("child got %s\n", shared->word);
    return 0;
  }
  char word[60] = "";
  if (scanf("%59s", word) != 1) word[0] = 0;
  for (int i = 0; i < 60; i++) shared->word[i] = word[i];
  sem_post(&shared->ready);
  wait(NULL);
  printf("the child has ended\n");
  return 0;
}
)";

constexpr char kWait[] = "    change(ready, -1);\n", kErase[] = "  semctl(ready, 0, IPC_RMID);\n",
               kEnd[] = "  wait(NULL);\n  printf(\"the child has ended\\n\");\n";

// What no check can catch of `jitterlab verify --mutants`.
constexpr char kEquivalents[] =
    R"(# Versions of the accepted solutions, as `jitterlab verify --mutants` makes them, that nobody can tell from the original.
- mutant: 'accepted/posix: do twice sem_post at `sem_post(&shared->ready);` in main()'
  because: the child takes one off `ready`, and nobody looks at what is left
- mutant: 'accepted/system_v: do twice semop V at `change(ready, 1);` in main(), by way of change()'
  because: the child takes one off `ready`, and nobody looks at what is left
- mutant: 'accepted/system_v: leave out shmdt at `shmdt(shared);` in main()'
  because: the process ends next, which detaches the segment
- mutant: 'accepted/system_v: half the size in shmget at `int segment = shmget(IPC_PRIVATE, kLength, IPC_CREAT | 0600);` in main()'
  because: the kernel gives whole pages, and half as much is one page as well
)";

std::string with(std::string text, std::string_view word, std::string_view other) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += other.size())
    text.replace(at, word.size(), other);
  return text;
}

std::string system_v(const std::string& comment, const std::string& wait, const std::string& erase,
                     const std::string& end = kEnd) {
  return with(with(with(with(kSystemV, "COMMENT", comment), "WAIT", wait), "ERASE", erase), "END", end);
}

}  // namespace

std::vector<TemplateFile> lab_template(const std::string& id) {
  const std::string source = id + ".c";
  std::vector<TemplateFile> files = {
      {false, "lab.yaml", kLabFile},
      {false, "README.md", kHandout},
      {false, "starter/" + source, kStarter},
      {true, "accepted/system_v/" + source, system_v("// System V: a segment and a semaphore.", kWait, kErase)},
      {true, "accepted/posix/" + source, kPosix},
      {true, "exactly-once/child_does_not_wait.c",
       system_v("/*\n * The child looks into the memory at once. By hand it looks right when the word is there before "
                "the child is: a\n"
                " * word that comes from a pipe often is.\n *\n * fails: arrives\n */",
                "", kErase)},
      {true, "ended/waits_twice.c",
       system_v(
           "/*\n * The child waits once more behind its last line, and nobody will ever say that there is another "
           "word. The output\n"
           " * is right; only the prompt does not come back.\n *\n * fails: ends\n */",
           std::string(kWait) +
               "    printf(\"child got %s\\n\", shared);\n    fflush(stdout);\n    change(ready, -1);\n    return 0;\n",
           kErase)},
      {true, "sequence/parent_does_not_wait.c",
       system_v(
           "/*\n * The parent says that the child has ended, and does not know it. By hand it looks right when the "
           "child is quick.\n"
           " *\n * fails: in-order\n */",
           kWait, kErase, "  printf(\"the child has ended\\n\");\n")},
      {true, "equivalent-mutants.yaml", kEquivalents},
      {true, "left-behind/semaphore_never_erased.c",
       system_v("/*\n * Everything is right but that the semaphore stays in the kernel when the program has ended; "
                "`ipcs -s` shows it.\n"
                " *\n * fails: tidy\n */",
                kWait, "")}};
  for (TemplateFile& file : files) file.text = with(file.text, "LAB", id);
  return files;
}

}  // namespace jitterlab
