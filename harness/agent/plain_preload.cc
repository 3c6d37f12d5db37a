// libjitterlab-lines.so: what keeps a program undisturbed by our way of running it: output by lines, as on a terminal,
// and calls that the sandbox's reports do not interrupt (uninterrupted.cc). For plain executions; in the others the
// agent has the same.
#include "agent/lines.h"
#include "agent/python_script.h"

namespace {

__attribute__((constructor)) void start() {
  jitterlab::buffer_stdout_by_lines();
  if (const jitterlab::PythonApi* python = jitterlab::find_python()) jitterlab::await_python_script(*python, nullptr);
}

}  // namespace
