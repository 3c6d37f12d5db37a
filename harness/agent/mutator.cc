// Makes wrong versions of correct programs, at the call: one call site loses, repeats, moves or changes what it asks
// for.
//
// A library of its own, and never there when a submission is graded: only `jitterlab verify --mutants` puts it into a
// box, with a file `mutant` beside it, and loads it in front of the agent, which so sees what the mutant does as it
// would see it of any program. Nothing of it is in the agent, so there is nothing that a submission could ask for.
//
// The file says "record", and then each call site is told once per process on standard error
//
//   jitterlab-site PROGRAM FUNCTION VARIANT CALLERS
//
// or it names one site and what to do there: "PROGRAM FUNCTION VARIANT CALLERS OPERATOR". CALLERS are addresses as in
// the ELF file, joined by dots: the one behind the call, the one behind the call of the function that made it, and so
// on, as P() and V() are often functions of the program's own; fewer addresses name every site that begins with them.
// Programs are built with frame pointers for the agent, so callers can be found. Calls from libraries are no sites.
#include <link.h>
#include <mqueue.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdint>

#include "agent/kernel.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

// ---- what is asked for ---------------------------------------------------------------------------------------------

constexpr int kText = 512, kWord = 160, kWords = 5, kMostCallers = 6;

enum class State { kUnread, kOff, kRecords, kMutates };

struct Asked {
  State state;
  char text[kText];
  const char* word[kWords];  // program, function, variant, callers, operator
  std::uint64_t caller[kMostCallers];
};
constinit Asked asked{};
constinit char own_program[kWord]{};
constinit std::uint64_t bias = 0, text_begin = 0, text_end = 0;

bool is_same(const char* a, const char* b) {
  while (*a != 0 && *a == *b) ++a, ++b;
  return *a == *b;
}

// "12.34.56"
void read_callers(const char* text) {
  for (int i = 0; i < kMostCallers && *text != 0; ++i) {
    for (; *text >= '0' && *text <= '9'; ++text)
      asked.caller[i] = asked.caller[i] * 10 + static_cast<std::uint64_t>(*text - '0');
    if (*text == '.') ++text;
  }
}

// The file beside this library.
long open_asked() {
  Dl_info self{};
  if (dladdr(&asked, &self) == 0 || self.dli_fname == nullptr) return -1;
  char path[kText];
  int length = 0, folder = 0;
  for (const char* from = self.dli_fname; *from != 0 && length < kText - kWord; ++from) {
    path[length++] = *from;
    if (*from == '/') folder = length;
  }
  const char name[] = "mutant";
  for (std::size_t i = 0; i < sizeof name; ++i) path[folder + static_cast<int>(i)] = name[i];
  return kernel(SYS_open, kernel_pointer(path), 0, 0);
}

void read_words() {
  int count = 0;
  bool is_in_word = false;
  for (char* at = asked.text; *at != 0; ++at) {
    if (*at == ' ' || *at == '\n') {
      *at = 0;
      is_in_word = false;
    } else if (!is_in_word) {
      is_in_word = true;
      if (count < kWords) asked.word[count++] = at;
    }
  }
  asked.state = count == kWords                                  ? State::kMutates
                : count == 1 && is_same(asked.word[0], "record") ? State::kRecords
                                                                 : State::kOff;
}

void find_program() {
  kernel(SYS_readlink, kernel_pointer("/proc/self/exe"), kernel_pointer(own_program), kWord - 1);
  const auto* headers = reinterpret_cast<const ElfW(Phdr)*>(getauxval(AT_PHDR));
  const auto count = getauxval(AT_PHNUM);
  for (unsigned long i = 0; i < count; ++i) {
    if (headers[i].p_type == PT_PHDR) bias = reinterpret_cast<std::uint64_t>(headers) - headers[i].p_vaddr;
  }
  for (unsigned long i = 0; i < count; ++i) {
    if (headers[i].p_type != PT_LOAD || (headers[i].p_flags & PF_X) == 0) continue;
    text_begin = bias + headers[i].p_vaddr;
    text_end = text_begin + headers[i].p_memsz;
  }
}

// Not in a constructor: others may call these functions before it ran.
void read_asked() {
  find_program();
  const long file = open_asked();
  const long length = file < 0 ? 0 : kernel(SYS_read, file, kernel_pointer(asked.text), kText - 1);
  if (file >= 0) kernel(SYS_close, file);
  asked.text[length > 0 ? length : 0] = 0;
  read_words();
  if (asked.state == State::kMutates) read_callers(asked.word[3]);
}

// ---- call sites ----------------------------------------------------------------------------------------------------

struct Site {
  std::uint64_t caller[kMostCallers] = {};  // 0 behind the last

  bool is_of_program() const { return caller[0] != 0; }
  bool is_asked_for() const {
    for (int i = 0; i < kMostCallers && asked.caller[i] != 0; ++i) {
      if (caller[i] != asked.caller[i]) return false;
    }
    return true;
  }
};

std::uint64_t in_program(const void* address) {
  const auto number = reinterpret_cast<std::uint64_t>(address);
  return number >= text_begin && number < text_end ? number - bias : 0;
}

// `frame` is that of the function that was called; behind it lie those of its callers, as long as they are of the
// program.
Site site_of(const void* address, void* const* frame) {
  Site site;
  for (int i = 0; i < kMostCallers; ++i) {
    site.caller[i] = in_program(address);
    if (site.caller[i] == 0) break;
    frame = static_cast<void* const*>(frame[0]);
    address = frame[1];
  }
  return site;
}

constexpr int kMostTold = 512;
constinit std::uint64_t told[kMostTold]{};

bool is_new(std::uint64_t key) {
  for (std::uint64_t& one : told) {
    if (one == key) return false;
    if (one == 0) {
      one = key;
      return true;
    }
  }
  return false;
}

struct Line {
  char text[kText];
  int length = 0;

  Line& add(const char* word) {
    while (*word != 0 && length < kText - 1) text[length++] = *word++;
    return *this;
  }
  Line& add(std::uint64_t number) {
    char digits[24];
    int at = sizeof digits;
    digits[--at] = 0;
    do digits[--at] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    return add(digits + at);
  }
};

void record(const char* function, const char* variant, const Site& site) {
  std::uint64_t key = 0;
  for (const std::uint64_t caller : site.caller) key = key * 1000003 + caller;
  for (const char* at = function; *at != 0; ++at) key = key * 31 + static_cast<unsigned char>(*at);
  for (const char* at = variant; *at != 0; ++at) key = key * 31 + static_cast<unsigned char>(*at);
  if (!is_new(key | 1)) return;
  Line line;
  line.add("jitterlab-site ").add(own_program).add(" ").add(function).add(" ").add(variant);
  for (int i = 0; i < kMostCallers && site.caller[i] != 0; ++i) line.add(i == 0 ? " " : ".").add(site.caller[i]);
  line.add("\n");
  kernel(SYS_write, 2, kernel_pointer(line.text), line.length);
}

// What is to be done differently at this call; "" for nothing.
const char* wanted_at(const char* function, const char* variant, const Site& site) {
  if (asked.state == State::kRecords) record(function, variant, site);
  if (asked.state != State::kMutates || !site.is_asked_for()) return "";
  const bool is_it =
      is_same(asked.word[1], function) && is_same(asked.word[2], variant) && is_same(asked.word[0], own_program);
  return is_it ? asked.word[4] : "";
}

struct Here {
  Site site;
  const char* wanted = "";
  bool is(const char* one) const { return is_same(wanted, one); }
};

Here here(const char* function, const char* variant, const void* address, void* frame) {
  if (asked.state == State::kUnread) read_asked();
  if (asked.state == State::kOff) return {};
  Here found;
  found.site = site_of(address, static_cast<void* const*>(frame));
  if (found.site.is_of_program()) found.wanted = wanted_at(function, variant, found.site);
  return found;
}

#define HERE(function, variant) here(function, variant, __builtin_return_address(0), __builtin_frame_address(0))

// ---- pairs, and what comes later -----------------------------------------------------------------------------------

struct Taken {
  std::uint64_t object;
  const char* function;
  Site site;
};
constexpr int kMostTaken = 16;
constinit thread_local Taken taken[kMostTaken]{};
constinit thread_local std::uint64_t not_given = 0;  // the next V, or unlock, of this object is left out

// While recording: whoever takes and gives the same object itself has a critical section between.
void note_taken(std::uint64_t object, const char* function, const Site& site) {
  if (asked.state != State::kRecords || !site.is_of_program()) return;
  Taken* free = nullptr;
  for (Taken& one : taken) {
    if (one.object == object || (one.object == 0 && free == nullptr)) free = &one;
    if (one.object == object) break;
  }
  if (free != nullptr) *free = {object, function, site};
}

void note_given(std::uint64_t object) {
  if (asked.state != State::kRecords) return;
  for (Taken& one : taken) {
    if (one.object != object) continue;
    record(one.function, "pair", one.site);
    one.object = 0;
  }
}

bool is_pair(const char* function, const Here& place) {
  return place.site.is_of_program() && is_same(wanted_at(function, "pair", place.site), "leave-out");
}

bool is_left_out(std::uint64_t object) {
  if (not_given == 0 || not_given != object) return false;
  not_given = 0;
  return true;
}

struct HeldBack {
  int (*run)(const HeldBack&);
  void* object;
  int id;
  sembuf operation;
};
constinit thread_local HeldBack held_back{};

// Called behind a call by which tasks meet.
int then_held_back(int result) {
  if (held_back.run == nullptr) return result;
  const HeldBack one = held_back;
  held_back.run = nullptr;
  one.run(one);
  return result;
}

template <FunctionName kName, typename Object>
int run_held_back(const HeldBack& one) {
  return real<kName, int(Object*)>()(static_cast<Object*>(one.object));
}

std::uint64_t key_of(const void* object) { return reinterpret_cast<std::uint64_t>(object); }

}  // namespace

// A call that takes or gives an object in memory: a semaphore or a mutex.
#define JITTERLAB_TAKES(name, Object)                                  \
  JITTERLAB_REPLACE(int, name, (Object * object)) {                    \
    const Here place = HERE(#name, "-");                               \
    if (is_pair(#name, place)) {                                       \
      not_given = key_of(object);                                      \
      return 0;                                                        \
    }                                                                  \
    if (place.is("leave-out")) return 0;                               \
    if (place.is("later")) {                                           \
      held_back = {run_held_back<#name, Object>, object, 0, {}};       \
      return 0;                                                        \
    }                                                                  \
    note_taken(key_of(object), #name, place.site);                     \
    if (place.is("twice")) JITTERLAB_REAL(name)(object);               \
    if (held_back.run == nullptr) return JITTERLAB_REAL(name)(object); \
    return then_held_back(JITTERLAB_REAL(name)(object));               \
  }

#define JITTERLAB_GIVES(name, Object)                                   \
  JITTERLAB_REPLACE(int, name, (Object * object)) {                     \
    const Here place = HERE(#name, "-");                                \
    note_given(key_of(object));                                         \
    if (is_left_out(key_of(object)) || place.is("leave-out")) return 0; \
    if (place.is("later")) {                                            \
      held_back = {run_held_back<#name, Object>, object, 0, {}};        \
      return 0;                                                         \
    }                                                                   \
    if (place.is("twice")) JITTERLAB_REAL(name)(object);                \
    if (held_back.run == nullptr) return JITTERLAB_REAL(name)(object);  \
    return then_held_back(JITTERLAB_REAL(name)(object));                \
  }

// A call that may be left out, or done twice; `nothing` is then returned.
#define JITTERLAB_MAY_BE_LEFT_OUT(result, name, parameters, arguments, variant, nothing) \
  JITTERLAB_REPLACE(result, name, parameters) {                                          \
    const Here place = HERE(#name, variant);                                             \
    if (place.is("leave-out")) return nothing;                                           \
    if (place.is("twice")) JITTERLAB_REAL(name) arguments;                               \
    return JITTERLAB_REAL(name) arguments;                                               \
  }

JITTERLAB_TAKES(sem_wait, sem_t)
JITTERLAB_TAKES(pthread_mutex_lock, pthread_mutex_t)
JITTERLAB_TAKES(pthread_rwlock_rdlock, pthread_rwlock_t)
JITTERLAB_GIVES(sem_post, sem_t)
JITTERLAB_GIVES(pthread_mutex_unlock, pthread_mutex_t)
JITTERLAB_GIVES(pthread_rwlock_unlock, pthread_rwlock_t)

JITTERLAB_REPLACE(int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock)) {
  const Here place = HERE("pthread_rwlock_wrlock", "-");
  if (is_pair("pthread_rwlock_wrlock", place)) {
    not_given = key_of(lock);
    return 0;
  }
  if (place.is("leave-out")) return 0;
  note_taken(key_of(lock), "pthread_rwlock_wrlock", place.site);
  if (place.is("read")) return real<"pthread_rwlock_rdlock", int(pthread_rwlock_t*)>()(lock);
  return JITTERLAB_REAL(pthread_rwlock_wrlock)(lock);
}

namespace {

const char* semop_variant(const sembuf* operations, std::size_t count) {
  if (count != 1 || operations == nullptr) return "several";
  return operations->sem_op > 0 ? "V" : operations->sem_op < 0 ? "P" : "zero";
}

std::uint64_t key_of(int id, const sembuf& operation) {
  return static_cast<std::uint64_t>(id) << 17 | std::uint64_t{operation.sem_num} << 1 | 1;
}

int run_semop(const HeldBack& one) {
  sembuf operation = one.operation;
  return real<"semop", int(int, sembuf*, std::size_t)>()(one.id, &operation, 1);
}

}  // namespace

JITTERLAB_REPLACE(int, semop, (int id, sembuf* operations, std::size_t count)) {
  const char* variant = semop_variant(operations, count);
  const Here place = HERE("semop", variant);
  if (count == 1) {
    const std::uint64_t object = key_of(id, *operations);
    if (operations->sem_op > 0) {
      note_given(object);
      if (is_left_out(object)) return 0;
    } else if (operations->sem_op < 0) {
      if (is_pair("semop", place)) {
        not_given = object;
        return 0;
      }
      note_taken(object, "semop", place.site);
    }
  }
  if (place.is("leave-out")) return 0;
  if (place.is("later") && count == 1) {
    held_back = {run_semop, nullptr, id, *operations};
    return 0;
  }
  if (place.is("twice")) JITTERLAB_REAL(semop)(id, operations, count);
  if (held_back.run == nullptr) return JITTERLAB_REAL(semop)(id, operations, count);
  return then_held_back(JITTERLAB_REAL(semop)(id, operations, count));
}

JITTERLAB_REPLACE(int, semtimedop, (int id, sembuf* operations, std::size_t count, const timespec* within)) {
  const char* variant = semop_variant(operations, count);
  const Here place = HERE("semtimedop", variant);
  if (count == 1 && operations->sem_op > 0) {
    note_given(key_of(id, *operations));
    if (is_left_out(key_of(id, *operations))) return 0;
  } else if (count == 1 && operations->sem_op < 0) {
    if (is_pair("semtimedop", place)) {
      not_given = key_of(id, *operations);
      return 0;
    }
    note_taken(key_of(id, *operations), "semtimedop", place.site);
  }
  if (place.is("leave-out")) return 0;
  if (place.is("twice")) JITTERLAB_REAL(semtimedop)(id, operations, count, within);
  return JITTERLAB_REAL(semtimedop)(id, operations, count, within);
}

JITTERLAB_MAY_BE_LEFT_OUT(int, pthread_cond_wait, (pthread_cond_t * condition, pthread_mutex_t* mutex),
                          (condition, mutex), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, pthread_cond_signal, (pthread_cond_t * condition), (condition), "-", 0)
JITTERLAB_REPLACE(int, pthread_cond_broadcast, (pthread_cond_t * condition)) {
  const Here place = HERE("pthread_cond_broadcast", "-");
  if (place.is("leave-out")) return 0;
  if (place.is("one")) return real<"pthread_cond_signal", int(pthread_cond_t*)>()(condition);
  return JITTERLAB_REAL(pthread_cond_broadcast)(condition);
}
JITTERLAB_MAY_BE_LEFT_OUT(int, pthread_barrier_wait, (pthread_barrier_t * barrier), (barrier), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, pthread_join, (pthread_t thread, void** result), (thread, result), "-", 0)

namespace {

int interrupted() {
  errno = EINTR;
  return -1;
}

pid_t no_child() {
  errno = ECHILD;
  return -1;
}

}  // namespace

JITTERLAB_MAY_BE_LEFT_OUT(pid_t, wait, (int* status), (status), "-", no_child())
JITTERLAB_MAY_BE_LEFT_OUT(pid_t, waitpid, (pid_t child, int* status, int flags), (child, status, flags), "-",
                          no_child())
JITTERLAB_MAY_BE_LEFT_OUT(int, sigprocmask, (int how, const sigset_t* set, sigset_t* old), (how, set, old), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, pthread_sigmask, (int how, const sigset_t* set, sigset_t* old), (how, set, old), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, sigsuspend, (const sigset_t* set), (set), "-", interrupted())
JITTERLAB_MAY_BE_LEFT_OUT(int, kill, (pid_t process, int signal), (process, signal), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, listen, (int socket, int backlog), (socket, backlog), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, shutdown, (int socket, int how), (socket, how), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, close, (int descriptor), (descriptor), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, unlink, (const char* path), (path), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, munmap, (void* address, std::size_t size), (address, size), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, shmdt, (const void* address), (address), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, shm_unlink, (const char* name), (name), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, sem_unlink, (const char* name), (name), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, sem_close, (sem_t * semaphore), (semaphore), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, sem_destroy, (sem_t * semaphore), (semaphore), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, mq_close, (mqd_t queue), (queue), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, mq_unlink, (const char* name), (name), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, mq_send, (mqd_t queue, const char* text, std::size_t size, unsigned priority),
                          (queue, text, size, priority), "-", 0)
JITTERLAB_MAY_BE_LEFT_OUT(ssize_t, mq_receive, (mqd_t queue, char* text, std::size_t size, unsigned* priority),
                          (queue, text, size, priority), "-", static_cast<ssize_t>(size))
JITTERLAB_MAY_BE_LEFT_OUT(int, shmctl, (int id, int command, shmid_ds* status), (id, command, status),
                          command == IPC_RMID ? "RMID" : "other", 0)
JITTERLAB_MAY_BE_LEFT_OUT(int, msgctl, (int id, int command, msqid_ds* status), (id, command, status),
                          command == IPC_RMID ? "RMID" : "other", 0)

namespace {

constexpr std::size_t kMostValues = 64;
constexpr std::size_t kLongestMessage = 8192;

// The initial value that a mutant gives.
int other_value(const Here& place, int value) {
  return place.is("more") ? value + 1 : place.is("less") ? value - 1 : value;
}

key_t other_key(const Here& place, key_t key) { return place.is("key") ? key + 1 : key; }

const char* key_variant(key_t key) { return key == IPC_PRIVATE ? "private" : "key"; }

const char* control_variant(int command, int value) {
  switch (command) {
    case SETVAL:
      return value > 0 ? "SETVAL" : "SETVAL-0";
    case SETALL:
      return "SETALL";
    case IPC_RMID:
      return "RMID";
    default:
      return "other";
  }
}

}  // namespace

JITTERLAB_REPLACE(int, semctl, (int id, int number, int command, ...)) {
  va_list arguments;
  va_start(arguments, command);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  const auto value = static_cast<int>(reinterpret_cast<std::uint64_t>(argument));
  const Here place = HERE("semctl", control_variant(command, value));
  if (place.is("leave-out")) return 0;
  if (command == SETVAL) return JITTERLAB_REAL(semctl)(id, number, command, other_value(place, value));
  if (command == SETALL && place.wanted[0] != 0) {
    const auto* values = static_cast<const unsigned short*>(argument);
    semid_ds status{};
    kernel(SYS_semctl, id, 0, IPC_STAT, kernel_pointer(&status));
    unsigned short others[kMostValues] = {};
    for (std::size_t i = 0; i < status.sem_nsems && i < kMostValues; ++i) others[i] = values[i];
    // "more" and "less" of one member: "more0", "less2".
    const std::size_t member = static_cast<std::size_t>(place.wanted[4] - '0');
    const bool is_more = place.wanted[0] == 'm';
    if (member < kMostValues) others[member] = static_cast<unsigned short>(others[member] + (is_more ? 1 : -1));
    return JITTERLAB_REAL(semctl)(id, number, command, others);
  }
  return JITTERLAB_REAL(semctl)(id, number, command, argument);
}

JITTERLAB_REPLACE(int, sem_init, (sem_t * semaphore, int shared, unsigned value)) {
  const Here place = HERE("sem_init", value == 0 ? "zero" : "-");
  if (place.is("leave-out")) return 0;
  return JITTERLAB_REAL(sem_init)(semaphore, shared,
                                  static_cast<unsigned>(other_value(place, static_cast<int>(value))));
}

JITTERLAB_REPLACE(sem_t*, sem_open, (const char* name, int flags, ...)) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  const unsigned value = va_arg(arguments, unsigned);
  va_end(arguments);
  constexpr int kCreate = 0100;
  const Here place = HERE("sem_open", (flags & kCreate) == 0 ? "other" : value == 0 ? "zero" : "-");
  return JITTERLAB_REAL(sem_open)(name, flags, mode, other_value(place, static_cast<int>(value)));
}

JITTERLAB_REPLACE(int, shmget, (key_t key, std::size_t size, int flags)) {
  const Here place = HERE("shmget", key_variant(key));
  return JITTERLAB_REAL(shmget)(other_key(place, key), place.is("half") ? size / 2 : size, flags);
}

JITTERLAB_REPLACE(int, semget, (key_t key, int count, int flags)) {
  const Here place = HERE("semget", key_variant(key));
  return JITTERLAB_REAL(semget)(other_key(place, key), place.is("fewer") ? count - 1 : count, flags);
}

JITTERLAB_REPLACE(int, msgget, (key_t key, int flags)) {
  const Here place = HERE("msgget", key_variant(key));
  return JITTERLAB_REAL(msgget)(other_key(place, key), flags);
}

JITTERLAB_REPLACE(int, msgsnd, (int id, const void* message, std::size_t size, int flags)) {
  const Here place = HERE("msgsnd", "-");
  if (place.is("leave-out")) return 0;
  if (place.is("twice")) JITTERLAB_REAL(msgsnd)(id, message, size, flags);
  if (!place.is("type") || size > kLongestMessage) return JITTERLAB_REAL(msgsnd)(id, message, size, flags);
  alignas(long) char other[sizeof(long) + kLongestMessage];
  const auto* bytes = static_cast<const char*>(message);
  for (std::size_t i = 0; i < sizeof(long) + size; ++i) other[i] = bytes[i];
  ++*reinterpret_cast<long*>(other);
  return JITTERLAB_REAL(msgsnd)(id, other, size, flags);
}

JITTERLAB_REPLACE(ssize_t, msgrcv, (int id, void* message, std::size_t size, long type, int flags)) {
  const Here place = HERE("msgrcv", "-");
  if (place.is("leave-out")) return static_cast<ssize_t>(size);
  if (place.is("twice")) JITTERLAB_REAL(msgrcv)(id, message, size, type, flags);
  return JITTERLAB_REAL(msgrcv)(id, message, size, place.is("type") ? type + 1 : type, flags);
}

JITTERLAB_REPLACE(mqd_t, mq_open, (const char* name, int flags, ...)) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  mq_attr* attributes = va_arg(arguments, mq_attr*);
  va_end(arguments);
  constexpr int kCreate = 0100;
  const bool has_room = (flags & kCreate) != 0 && attributes != nullptr && attributes->mq_maxmsg > 1;
  const Here place = HERE("mq_open", has_room ? "create" : "other");
  if (!place.is("fewer-messages")) return JITTERLAB_REAL(mq_open)(name, flags, mode, attributes);
  mq_attr fewer = *attributes;
  --fewer.mq_maxmsg;
  return JITTERLAB_REAL(mq_open)(name, flags, mode, &fewer);
}
