// A place where untrusted code is compiled and run: one box per worker lane, used for many executions of one
// submission, then thrown away.
//
//   harness process                    │ namespaces made by bubblewrap (mount, pid, ipc, net, uts)
//   ───────────────                    │ ──────────────────────────────────────────────────────────
//   Box  ──────── SOCK_SEQPACKET ──────┼── box init, pid 1, trusted, static (sandbox/init/)
//        orders: begin start feed …    │      │ fork, limits, seccomp, other user, exec
//        events: output ended rest …   │      └─ programs: of the student, of the lab, the compiler
//
// Life of one execution: begin(), any number of start(), next() until the caller has seen enough, finish(), which kills
// what is left, records and removes everything that was left behind, and leaves the box as new.
//
// Not thread-safe; one thread per Box. Everything throws Error when the sandbox itself fails (bubblewrap missing, box
// init gone); what programs do is never an Error.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "os/ending.h"
#include "os/fd.h"
#include "sandbox/controlled_end.h"

namespace jitterlab {

// How strongly a box isolates, decided when it is opened.
enum class Isolation {
  kRootNamespaces,  // namespaces, and programs run under a user id of the lane
  kUserNamespaces,  // namespaces made by a normal user; programs share box init's user id, without capabilities
  kNone,            // --i-trust-this-submission: no namespaces at all
};

// One line for reports: "namespaces, own user id per lane".
std::string to_string(Isolation isolation);

// A file or folder of the host that programs may read.
struct Mount {
  std::string host;  // absolute path
  std::string name;  // file name below the box's /mnt; see Box::inside()
};

struct BoxSetup {
  std::vector<Mount> mounts;        // read-only
  std::vector<std::string> hidden;  // folders of the host that programs must not see although they lie in /usr
  bool trust = false;               // run without isolation; only on the user's word
  std::optional<int> core;          // Box::core(), of those that cores_for() gave; none: whichever is next
};

// Numbers of cores for so many boxes that work at the same time, the first of consecutive ones: different ones, as far
// as there are. May be called by any thread.
int cores_for(int boxes);

// What this process can use: root's namespaces as root, user namespaces otherwise; kNone on the user's word.
Isolation isolation_for(const BoxSetup& setup);

// The path under which programs in a box with this setup see a mount; the same as Box::inside(). Throws Error when
// there is no mount of that name and no isolation.
std::string path_inside(const BoxSetup& setup, const std::string& mount_name);

// Bounds of one execution; the first four hold for each process.
struct Bounds {
  double cpu_seconds = 10;
  std::int64_t memory_bytes = 512LL << 20;
  std::int64_t file_bytes = 16LL << 20;
  int open_files = 256;
  int processes = 64;                           // of the lane's user together
  std::int64_t total_memory_bytes = 1LL << 30;  // resident, all processes together
  std::int64_t output_bytes = 1 << 20;          // all streams together; more ends the execution

  bool operator==(const Bounds&) const = default;
};

// What the agent's control area is to say.
struct Control {
  std::uint64_t seed = 0;  // of the delays

  // Controlled executions: one task runs at a time, chosen in the agent.
  struct Schedule {
    std::string scheduler;  // the bytes of a Scheduler in which the execution was begun
    bool slow_others = false;
    std::uint32_t most_steps = 0;
    std::uint32_t stop_at = 0;  // before this step, counted from 1, all tasks are held (kLimit: "held"); 0: never
    bool may_fork = false;  // programs may be copies of one that waits; else each is started by exec, and none waits
  };
  std::optional<Schedule> schedule;
  std::uint32_t faults = 0;  // ControlArea::faults
};

// A program to start.
struct Launch {
  int instance = 0;                      // the caller's number, 0..999, also how its output is recognised
  std::vector<std::string> arguments;    // [0] is the path inside the box
  std::vector<std::string> environment;  // "NAME=value"; all there is
  std::string folder;                    // working directory inside the box; empty: the box's work folder
  bool of_lab = false;                   // runs under another user id than the student's, where the box can do that
  bool as_compiler = false;              // no record of objects and mechanisms is kept (faster for many processes)
  std::string input;                     // the first of its standard input; is there before it begins
  bool input_ends = false;               // and there will be no other

  // Bit n - 1: the agent sends it this signal at some step after it has set a handler for it.
  std::uint64_t signals = 0;

  // In controlled executions. Programs that are to begin together are started one after another: the first announces
  // all of them that load the agent, and all but the last go on `with_next`, so that none runs before all are there.
  std::vector<int> announced;  // instances
  bool with_next = false;
  bool may_fork = false;  // Control::Schedule::may_fork holds for it: it loads the agent, and is the same every time
  bool is_last = false;   // no order will follow but to finish; box init does so itself once all programs have ended

  bool operator==(const Launch&) const = default;
};

struct BoxEvent {
  enum class Kind {
    kNothing,  // the deadline passed
    kOutput,   // instance, pid, error_stream, bytes
    kEnded,    // instance, pid, ending, cpu_seconds: the first process of an instance
    kRest,     // every task of every program sleeps in a call that only another task can end; sent once per rest
    kLimit,    // what: "memory", "output", "steps", "tasks" or "held"; the execution should be finished
  };
  Kind kind = Kind::kNothing;
  int instance = -1;  // -1: could not be told
  int pid = 0;
  bool error_stream = false;
  std::string bytes;
  Ending ending;
  double cpu_seconds = 0;
  std::string what;
  bool timer_pending = false;  // kRest: a timer that the programs set may still wake somebody; reported after 1 s only
  // kRest, controlled executions only, false: the controlled tasks rest or have all ended, the other programs do not,
  // or there are none. Told again, with true, when these rest as well.
  bool everyone = true;
};

// Questions about the world inside, answered at once.
struct BoxQuestion {
  enum class Kind { kTcpListens, kUdpBound, kSegmentExists, kSemaphoresExist, kQueueExists, kFifoExists, kWaits };
  Kind kind = Kind::kTcpListens;
  std::int64_t number = 0;  // port, key, or instance
  std::string path;         // kFifoExists, relative to the work folder
};

// A System V object seen through the kernel's notifications, before it could be erased.
struct BoxObject {
  char kind = 'm';  // 'm' segment, 's' semaphore set, 'q' queue
  std::int64_t key = 0;
  int id = 0;
  int mode = 0;
  std::int64_t size = 0;
  bool operated = false, erased = false;
  int creator_pid = 0;
  bool by_lab = false;  // created by a program of the lab
};

struct BoxLeftOver {
  std::string
      kind;  // "segment", "semaphores", "queue", "shared-memory", "message-queue", "file", "fifo", "socket", "process"
  std::string name;
  int pid = 0;
};

// What finish() found and removed.
struct BoxEnd {
  std::vector<BoxObject> objects;
  // Calls seen by the kernel: which instance showed which mechanism ("shared-mapping").
  std::vector<std::pair<int, std::string>> used;
  std::vector<BoxLeftOver> left_behind;
  int left_behind_more = 0;                 // beyond those listed
  std::uint64_t steps = 0;                  // counted by the agent
  std::vector<BoxEvent> late;               // output and endings that came between the last next() and the end
  std::string interference;                 // not empty: the programs attacked the harness
  std::optional<ControlledEnd> controlled;  // of a controlled execution, unless there is interference
};

class Box {
 public:
  // Makes the namespaces and waits until box init is ready. Throws Error with the first step that failed and the
  // remedy.
  static std::unique_ptr<Box> open(const BoxSetup& setup);
  virtual ~Box() = default;

  virtual Isolation isolation() const = 0;

  // Paths as programs see them. `work` is empty at begin(), writable, and the working directory; it is emptied by
  // finish().
  virtual std::string inside(const std::string& mount_name) const = 0;
  virtual std::string work_folder() const = 0;
  virtual std::string agent_control_path() const = 0;
  // On which its controlled executions run, for keep_to_core() of the thread that carries them out: one of them works
  // at a time, and to wake another core takes longer.
  virtual int core() const = 0;

  // Starts an execution: fresh work folder, same ids as in every other. With `control` the agent's control area is set
  // up (programs must be started with the agent in LD_PRELOAD to use it).
  virtual void begin(const Bounds& bounds, const std::optional<Control>& control) = 0;

  // Starts a program; how that went comes as an event (kEnded with Ending::not_started when exec failed).
  virtual void start(const Launch& launch) = 0;

  // Appends to standard input of an instance; close_input() ends it. Never blocks: box init keeps what the pipe cannot
  // take.
  virtual void feed(int instance, const std::string& bytes) = 0;
  virtual void close_input(int instance) = 0;

  // To the first process of an instance; does nothing when it has ended.
  virtual void signal(int instance, int signal) = 0;

  virtual bool ask(const BoxQuestion& question) = 0;

  // The processes inside: their ids there -> on the host.
  virtual std::map<int, int> processes() const = 0;

  // The next event, or kNothing at the deadline.
  virtual BoxEvent next(std::chrono::steady_clock::time_point deadline) = 0;

  // Kills what is left and opens a file of the work folder for reading before it is removed; nullopt when there is no
  // such regular file (links are not followed). Only between begin() and finish().
  virtual std::optional<Fd> take(const std::string& name) = 0;

  virtual BoxEnd finish() = 0;
};

}  // namespace jitterlab
