// libjitterlab-lines.so: what keeps a program undisturbed by our way of running it: output by lines, as on a terminal,
// and calls that the sandbox's reports do not interrupt (uninterrupted.cc). Alone in plain executions; behind the agent
// in the others.
#include "agent/lines.h"
#include "agent/python_script.h"
#include "agent/wrap.h"

// For the fork server.
extern "C" __attribute__((visibility("default"))) void jitterlab_look_up_all() { jitterlab::look_up_all(); }

namespace {

__attribute__((constructor)) void start() {
  jitterlab::buffer_stdout_by_lines();
  if (const jitterlab::PythonApi* python = jitterlab::find_python()) jitterlab::await_python_script(*python, nullptr);
}

}  // namespace
