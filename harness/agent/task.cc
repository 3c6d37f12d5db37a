#include "agent/task.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "schedule/mix.h"

namespace jitterlab {

__thread Task this_task;
ControlArea* control_area;
char bell_path[256];

namespace {

TaskId process_task;         // the first task of this process
std::uint64_t known_object;  // its number, once it was asked for

constexpr std::uint64_t kRootSalt = 0x726f6f74;                // "root"
constexpr std::uint64_t kUnnumbered = std::uint64_t{1} << 32;  // roots without a number come after all that have one
constexpr int kMostRoots = 1000;

std::int32_t own_tid() { return static_cast<std::int32_t>(kernel(SYS_gettid)); }

// A decimal number below kMostRoots, or -1.
int root_number(const char* text) {
  if (text == nullptr || *text == '\0') return -1;
  int number = 0;
  for (; *text != '\0'; ++text) {
    if (*text < '0' || *text > '9') return -1;
    number = number * 10 + (*text - '0');
    if (number >= kMostRoots) return -1;
  }
  return number;
}

// An execution without a bell is one in which nobody listens to it.
void remember_bell(const char* path) {
  std::size_t length = 0;
  for (; path[length] != '\0'; ++length) {
    if (length + sizeof kBellSuffix >= sizeof bell_path) return;
    bell_path[length] = path[length];
  }
  for (std::size_t i = 0; i < sizeof kBellSuffix; ++i) bell_path[length + i] = kBellSuffix[i];
}

// Of a controlled execution the trace is mapped too.
std::size_t size_to_map(long file_size) {
  return file_size >= long{kControlledFileSize} ? kControlledFileSize : sizeof(ControlArea);
}

ControlArea* map_control_area(const char* path) {
  const long fd = kernel(SYS_open, kernel_pointer(path), O_RDWR | O_CLOEXEC);
  if (fd < 0) return nullptr;
  struct stat status {};
  long address = -1;
  std::size_t size = 0;
  if (kernel(SYS_fstat, fd, kernel_pointer(&status)) == 0 && status.st_size >= long{sizeof(ControlArea)}) {
    size = size_to_map(status.st_size);
    address = kernel(SYS_mmap, 0, static_cast<long>(size), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }
  kernel(SYS_close, fd);
  if (address < 0) return nullptr;
  auto* area = reinterpret_cast<ControlArea*>(address);
  const bool fits = area->mode != ControlMode::kControlled || size == kControlledFileSize;
  if (area->magic == kControlMagic && fits) {
    remember_bell(path);
    return area;
  }
  kernel(SYS_munmap, address, static_cast<long>(size));
  return nullptr;
}

bool has_id(std::uint64_t id) {
  for (const ControlTask& entry : control_area->tasks) {
    if (entry.id == id) return true;
  }
  return false;
}

ControlTask* find_entry(std::int32_t tid) {
  for (ControlTask& entry : control_area->tasks) {
    if (entry.tid.load(std::memory_order_acquire) == tid) return &entry;
  }
  return nullptr;
}

// Takes an entry that nobody ever used; then one whose task has ended; then one whose task was killed. Null: none left.
ControlTask* take_entry(std::int32_t tid, std::uint64_t id) {
  for (int eagerness = 0; eagerness < 3; ++eagerness) {
    for (ControlTask& entry : control_area->tasks) {
      std::int32_t holder = entry.tid.load(std::memory_order_relaxed);
      const bool is_free = eagerness < 2 ? holder == 0 : holder > 0 && kernel(SYS_tkill, holder, 0) == -ESRCH;
      if (!is_free || (eagerness == 0 && entry.id != 0)) continue;
      // Claimed with the final tid only when filled: a reader that finds the tid finds the id.
      if (!entry.tid.compare_exchange_strong(holder, INT32_MIN)) continue;
      // A short task may have had it between our look at the id and the claim.
      if (eagerness == 0 && entry.id != 0) {
        entry.tid.store(0, std::memory_order_release);
        continue;
      }
      entry.children.store(0, std::memory_order_relaxed);
      entry.steps.store(0, std::memory_order_relaxed);
      entry.id = id;
      entry.tid.store(tid, std::memory_order_release);
      return &entry;
    }
  }
  return nullptr;
}

void enter(ControlTask* entry, std::uint64_t id, std::int32_t tid) {
  this_task.entry = entry;
  this_task.id = id;
  this_task.tid = tid;
  this_task.uncounted = 0;
  this_task.vfork_child = 0;
  this_task.has_exited = false;
  this_task.slot = -1;
  this_task.busy = this_task.masked = this_task.has_waiting_mask = false;
  this_task.handler_frame = 0;
  this_task.random_numbers = this_task.transfers = 0;
}

// The entry that the parent promised or settled for this process. The parent may change a promise into our tid between
// our two looks, hence the third.
ControlTask* claim_entry(std::int32_t tid) {
  if (ControlTask* entry = find_entry(tid)) return entry;
  const std::int32_t promised = -static_cast<std::int32_t>(kernel(SYS_getppid));
  if (ControlTask* entry = promised != 0 ? find_entry(promised) : nullptr) {
    std::int32_t expected = promised;
    if (entry->tid.compare_exchange_strong(expected, tid) || expected == tid) return entry;
  }
  return find_entry(tid);
}

std::uint64_t id_of_root(char** environment) {
  const int number = root_number(find_variable(environment, kRootVariable));
  const std::uint64_t id = root_task_id(number);
  // A second process with the number inherited it from the first on a way that the agent did not see.
  if (number >= 0 && !has_id(id)) return id;
  return mix(kRootSalt, kUnnumbered + control_area->roots.fetch_add(1));
}

}  // namespace

const char* find_variable(char** environment, const char* name) {
  for (char** variable = environment; *variable != nullptr; ++variable) {
    const char* text = *variable;
    const char* wanted = name;
    while (*wanted != '\0' && *text == *wanted) ++text, ++wanted;
    if (*wanted == '\0' && *text == '=') return text + 1;
  }
  return nullptr;
}

TaskId root_task_id(int number) { return root_id(number); }

void find_control_area(char** environment) {
  const char* path = find_variable(environment, kControlVariable);
  if (path != nullptr) control_area = map_control_area(path);
}

bool find_task(char** environment) {
  if (control_area == nullptr) return false;
  const std::int32_t tid = own_tid();
  if (ControlTask* entry = claim_entry(tid)) {
    const bool is_new = entry->steps.load(std::memory_order_relaxed) == 0;
    enter(entry, entry->id, tid);
    process_task = entry->id;
    return is_new;
  }
  const std::uint64_t id = id_of_root(environment);
  enter(take_entry(tid, id), id, tid);
  process_task = id;
  return true;
}

std::uint64_t process_object() {
  if (known_object == 0 && control_area != nullptr && control_area->mode == ControlMode::kControlled)
    known_object = object_number(Named::kPrivate, process_task);
  return known_object;
}

TaskId this_process() { return process_task; }

std::uint64_t next_child() {
  if (this_task.entry == nullptr) return 0;
  return mix(this_task.id, this_task.entry->children.fetch_add(1, std::memory_order_relaxed)) | 1;
}

void become_task(std::uint64_t id, NewTask what) {
  if (control_area == nullptr) return;
  if (what == NewTask::kProcess) {
    process_task = id;
    known_object = 0;
  }
  const std::int32_t tid = own_tid();
  // A killed task may have left an entry with this thread id; it must not be found for us after an exec.
  if (ControlTask* stale = find_entry(tid)) stale->tid.store(0, std::memory_order_relaxed);
  enter(id != 0 ? take_entry(tid, id) : nullptr, id, tid);
}

bool find_lost_identity() {
  if (own_tid() != this_task.tid) {
    // Made by a system call that no wrapper sees (clone); its parent, whose task it took for its own, has ended.
    become_task(mix(this_task.id, static_cast<std::uint64_t>(own_tid())) | 1, NewTask::kProcess);
    return this_task.entry != nullptr;
  }
  control_area->damaged.fetch_add(1, std::memory_order_relaxed);
  this_task.entry = nullptr;
  return false;
}

void end_task(Ends what) {
  if (this_task.entry == nullptr) return;
  if (is_vfork_child()) {
    if (is_controlled()) drop_slot(this_task.vfork_slot);
    this_task.vfork_ended = own_tid();
    return;
  }
  // A child that no wrapper saw must not end its parent's task.
  if (own_tid() != this_task.tid) return;
  if (is_controlled()) leave(what);
  control_area->steps.fetch_add(this_task.uncounted, std::memory_order_relaxed);
  this_task.entry->tid.store(0, std::memory_order_release);
  this_task.entry = nullptr;
}

bool is_vfork_child() {
  if (this_task.vfork_child == 0) return false;
  if (own_tid() != this_task.tid) return true;
  this_task.vfork_child = 0;
  if (is_controlled()) settle_vfork(this_task.vfork_slot, this_task.vfork_ended);
  this_task.vfork_ended = 0;
  return false;
}

ControlTask* promise_task(std::uint64_t id) {
  if (this_task.entry == nullptr) return nullptr;
  return take_entry(-static_cast<std::int32_t>(kernel(SYS_getpid)), id);
}

void settle_promise(ControlTask* promise, std::int32_t pid) {
  if (promise == nullptr) return;
  std::int32_t expected = -static_cast<std::int32_t>(kernel(SYS_getpid));
  promise->tid.compare_exchange_strong(expected, pid);
}

void hand_identity_over_exec() {
  if (this_task.entry == nullptr || !is_vfork_child()) return;
  take_entry(own_tid(), this_task.vfork_child);
  if (is_controlled()) settle_slot(this_task.vfork_slot, own_tid());
}

}  // namespace jitterlab
