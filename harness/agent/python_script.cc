#include "agent/python_script.h"

namespace jitterlab {
namespace {

const PythonApi* api;
void (*when_it_begins)();

bool begins_with(const char* text, const char* with) {
  while (*with != '\0' && *text == *with) ++text, ++with;
  return *with == '\0';
}

// Whatever stands for standard output may not know how; then it stays as it is.
void buffer_by_lines() {
  void* stream = api->system_object("stdout");
  void* function = stream == nullptr ? nullptr : api->attribute(stream, "reconfigure");
  if (function != nullptr) {
    void* arguments = api->tuple(0);
    void* keywords = api->value("{s:i}", "line_buffering", 1);
    if (void* result = api->call(function, arguments, keywords)) api->release(result);
    api->release(keywords);
    api->release(arguments);
    api->release(function);
  }
  api->forget_error();
}

// First that it is about to be run, then, when it was read, that it is.
int on_event(const char* event, void*, void*) {
  static constinit bool is_near = false, has_begun = false;
  if (has_begun) return 0;
  if (!is_near) {
    is_near = begins_with(event, "cpython.run_");  // file, module, command, stdin, …
    return 0;
  }
  has_begun = begins_with(event, "exec");
  if (!has_begun) return 0;
  buffer_by_lines();
  if (when_it_begins != nullptr) when_it_begins();
  return 0;
}

}  // namespace

// Hooks of auditing are the only ones that can be set before the interpreter starts.
void await_python_script(const PythonApi& python, void (*begins)()) {
  api = &python;
  when_it_begins = begins;
  python.add_hook(on_event, nullptr);
}

}  // namespace jitterlab
