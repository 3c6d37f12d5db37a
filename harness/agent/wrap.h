// How the agent stands in front of a function of libc: a step, then the real one.
#pragma once

#include <dlfcn.h>

#include <atomic>
#include <cerrno>
#include <cstddef>

#include "agent/step.h"

namespace jitterlab {

// The name of a function as a template argument.
template <std::size_t kSize>
struct FunctionName {
  char text[kSize];
  consteval FunctionName(const char (&name)[kSize]) {
    for (std::size_t i = 0; i < kSize; ++i) text[i] = name[i];
  }
};

// The next definition of a function after the agent's.
struct RealFunction {
  const char* name;
  bool is_of_libc;             // whatever uninterrupted.cc has of that name
  std::atomic<void*> address;  // null: it was not looked up yet
  RealFunction* next;          // in the list of all; see fork_server.cc
};

// What stands between all others of a library and libc: uninterrupted.cc. Ends with null; no such file: no table.
struct Uninterrupted {
  const char* name;
  void* address;
};
extern "C" __attribute__((weak, visibility("hidden"))) const Uninterrupted jitterlab_uninterrupted[];

inline bool is_same_name(const char* a, const char* b) {
  while (*a != '\0' && *a == *b) ++a, ++b;
  return *a == *b;
}

inline void* find_uninterrupted(const char* name) {
  if (&jitterlab_uninterrupted == nullptr) return nullptr;
  for (const Uninterrupted* one = jitterlab_uninterrupted; one->name != nullptr; ++one) {
    if (is_same_name(one->name, name)) return one->address;
  }
  return nullptr;
}

inline constinit RealFunction* real_functions = nullptr;

inline bool enlist(RealFunction& function) {
  function.next = real_functions;
  real_functions = &function;
  return true;
}

inline void* look_up(RealFunction& function) {
  void* found = function.address.load(std::memory_order_relaxed);
  if (found != nullptr) return found;
  if (!function.is_of_libc) found = find_uninterrupted(function.name);
  if (found == nullptr) found = dlsym(RTLD_NEXT, function.name);
  function.address.store(found, std::memory_order_relaxed);
  return found;
}

// Of a library. What is not found costs memory; functions of C++ are not there in every program.
inline void look_up_all() {
  for (RealFunction* function = real_functions; function != nullptr; function = function->next) {
    const char* name = function->name;
    const bool is_of_abi = name[0] == '_' && name[1] == '_' && name[2] == 'c' && name[3] == 'x' && name[4] == 'a';
    const bool is_of_libc = !is_of_abi && (name[0] != '_' || name[1] != 'Z');
    if (is_of_libc) look_up(*function);
  }
}

template <FunctionName kName, bool kIsOfLibc = false>
struct Real {
  static inline constinit RealFunction function{kName.text, kIsOfLibc, nullptr, nullptr};
  static inline const bool is_enlisted = enlist(function);
};

// Looked up once, when it is first needed: constructors of other libraries may call it before the agent's own ran.
template <FunctionName kName, typename Function, bool kIsOfLibc = false>
Function* real() {
  static_cast<void>(&Real<kName, kIsOfLibc>::is_enlisted);
  return reinterpret_cast<Function*>(look_up(Real<kName, kIsOfLibc>::function));
}

inline void step_before(StepKind kind, std::uint64_t object, const void* pc, Call call = Call::kNone) {
  step(Step{.kind = kind, .object = object, .pc = pc, .call = call});
}

// What a call that was interrupted by a handler does.
enum class Restart { kNever, kAsHandlerSays };

// A step before a call that may block. True: the call is to be carried out. False: it fails, and errno says why.
inline bool may_go_on(const Step& one, const Wait& wait, Restart restart, int error_at_deadline = EAGAIN) {
  for (;;) {
    const Resumed resumed = step_and_wait(one, wait);
    if (resumed.outcome == Outcome::kGo) return true;
    if (resumed.outcome == Outcome::kTimedOut) {
      errno = error_at_deadline;
      return false;
    }
    if (resumed.restarts && restart == Restart::kAsHandlerSays) continue;
    errno = EINTR;
    return false;
  }
}

}  // namespace jitterlab

// Under a name of its own in C++, so that it need not repeat the attributes and exception specification of the header.
#define JITTERLAB_REPLACE(result, name, parameters)                                              \
  extern "C" __attribute__((visibility("default"))) result wrapped_##name parameters asm(#name); \
  extern "C" result wrapped_##name parameters

#define JITTERLAB_REAL(name) (::jitterlab::real<#name, decltype(wrapped_##name)>())

// A step of `kind` on `object`, then the real function.
#define JITTERLAB_WRAP(result, name, parameters, arguments, kind, object)                 \
  JITTERLAB_REPLACE(result, name, parameters) {                                           \
    ::jitterlab::step_before(::jitterlab::StepKind::kind, ::jitterlab::object_of(object), \
                             __builtin_return_address(0));                                \
    return JITTERLAB_REAL(name) arguments;                                                \
  }
