// The functions of CPython that the agent calls, found in the program that it is loaded into: nothing of ours is linked
// with Python. Objects of Python are addresses here. All but `thread_with_lock` and `own_thread` need the interpreter's
// lock.
#pragma once

namespace jitterlab {

using PythonHook = int (*)(const char* event, void* arguments, void* data);
using PythonTracer = int (*)(void* object, void* frame, int what, void* argument);

struct PythonApi {
  void* (*thread_with_lock)();  // the state of the thread that holds the interpreter's lock; null: nobody does
  void* (*own_thread)();        // the state of the calling thread
  int (*is_finalizing)();
  void* (*give_lock)();
  void (*take_lock)(void* thread);
  void* (*interpreter)();
  void* (*first_thread)(void* interpreter);
  void* (*next_thread)(void* thread);
  int (*set_tracer)(void* thread, PythonTracer tracer, void* object);
  int (*add_hook)(PythonHook hook, void* data);
  // New references.
  void* (*frame_of_thread)(void* thread);
  void* (*frame_before)(void* frame);
  void* (*code_of_frame)(void* frame);
  void* (*instructions_of_code)(void* code);  // a bytes object
  void* (*attribute)(void* object, const char* name);
  void* (*method)(void* object, const char* name, const char* format, ...);
  void* (*call)(void* function, void* arguments, void* keywords);
  void* (*tuple)(long size);
  void* (*value)(const char* format, ...);
  // Borrowed ones.
  void* (*item)(void* tuple, long index);
  void* (*system_object)(const char* name);

  int (*place_in_frame)(void* frame);  // byte offset of the instruction; negative: before the first
  int (*line_of_frame)(void* frame);
  const char* (*bytes)(void* object);
  long (*size_of_bytes)(void* object);
  const char* (*text)(void* object);
  int (*set_attribute)(void* object, const char* name, void* value);
  void (*keep)(void* object);
  void (*release)(void* object);
  void (*forget_error)();
  void* true_object;
  void* false_object;
};

// Null when the program is no CPython 3.11: others have another lock and other instructions. Looked up once.
const PythonApi* find_python();

}  // namespace jitterlab
