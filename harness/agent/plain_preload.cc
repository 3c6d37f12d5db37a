// libjitterlab-lines.so: for plain executions, in which the student's own build must run undisturbed.
#include "agent/lines.h"

namespace {

__attribute__((constructor)) void start() { jitterlab::buffer_stdout_by_lines(); }

}  // namespace
