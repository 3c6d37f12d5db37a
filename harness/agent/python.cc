#include "agent/python.h"

#include <dlfcn.h>
#include <link.h>

#include <cerrno>
#include <cstdint>

#include "agent/baton.h"
#include "agent/python_script.h"
#include "agent/python_steps.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/wrap.h"

namespace jitterlab {
namespace {

// The interpreter's own data; its lock lies within.
constinit std::uintptr_t data_begin = 0, data_end = 0;

constexpr char kLevelVariable[] = "JITTERLAB_PYTHON";
constexpr char kEveryBytecode[] = "every-bytecode";

bool is_same(const char* a, const char* b) {
  while (*a != '\0' && *a == *b) ++a, ++b;
  return *a == *b;
}

void find_data() {
  auto* const look_up_symbol = real<"dladdr1", int(const void*, Dl_info*, void**, int)>();
  void* const data = dlsym(RTLD_DEFAULT, "_PyRuntime");
  Dl_info information{};
  void* entry = nullptr;
  if (data == nullptr || look_up_symbol(data, &information, &entry, RTLD_DL_SYMENT) == 0) return;
  data_begin = reinterpret_cast<std::uintptr_t>(data);
  data_end = data_begin + (entry != nullptr ? static_cast<const ElfW(Sym)*>(entry)->st_size : 0);
}

void script_begins() { this_task.busy = false; }

bool interpreter_is_free(const void*) { return python_api->thread_with_lock() == nullptr; }

Step interpreter_step(const void* pc) {
  return Step{.kind = StepKind::kLock, .object = process_object(), .size = 1, .pc = pc, .offset = 1};
}

}  // namespace

void start_python(char** environment) {
  if (control_area == nullptr) return;
  const PythonApi* const found = find_python();
  if (found == nullptr) return;  // and nothing is written: that would be one more page for every process
  python_api = found;
  find_data();
  const char* wanted = find_variable(environment, kLevelVariable);
  if (wanted != nullptr && is_same(wanted, kEveryBytecode)) set_python_level(PythonLevel::kEveryBytecode);
  // What the interpreter does until the script begins is the same every time, and concerns nobody.
  this_task.busy = true;
  await_python_script(*python_api, script_begins);
}

bool is_of_interpreter(const volatile void* lock) {
  const auto place = reinterpret_cast<std::uintptr_t>(lock);
  return place >= data_begin && place < data_end;
}

void note_interpreter_unlock() {
  if (is_controlled() && !this_task.busy) note_unlock(process_object(), 1);
}

int await_interpreter(pthread_mutex_t* mutex, const void* pc) {
  real<"pthread_mutex_unlock", int(pthread_mutex_t*)>()(mutex);
  Wait wait;
  wait.what = WaitFor::kOwn;
  wait.probe = interpreter_is_free;
  while (step_and_wait(interpreter_step(pc), wait).outcome != Outcome::kGo) continue;
  real<"pthread_mutex_lock", int(pthread_mutex_t*)>()(mutex);
  // A thread that outlives the interpreter ends when it was not woken in time.
  return python_api->is_finalizing() != 0 ? ETIMEDOUT : 0;
}

bool has_interpreter() {
  if (python_api == nullptr) return false;
  void* const holder = python_api->thread_with_lock();
  return holder != nullptr && holder == python_api->own_thread();
}

bool is_within_python(const volatile void* object) { return has_interpreter() && !shared_memory.is_in_range(object); }

void note_within_python(const volatile void* object) {
  if (!is_controlled()) return;
  const Location location = shared_memory.locate(object);
  note_unlock(location.object, location.offset);
}

void note_python_thread() {
  if (has_interpreter()) trace_python(*python_api, PythonTracing::kSteps);
}

void note_python_process() {
  if (is_controlled() && has_interpreter()) trace_python(*python_api, PythonTracing::kPlaces);
}

void note_python_sharing() {
  if (!has_interpreter()) return;
  set_python_sharing();
  trace_python(*python_api, PythonTracing::kSteps);
}

}  // namespace jitterlab
