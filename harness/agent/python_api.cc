#include "agent/python_api.h"

#include <dlfcn.h>

namespace jitterlab {
namespace {

constexpr unsigned long kVersion = 0x030b;  // of Py_Version, without the parts that do not matter

template <typename Function>
bool find(Function& function, const char* name) {
  function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
  return function != nullptr;
}

bool find_all(PythonApi& api) {
  return find(api.thread_with_lock, "_PyThreadState_UncheckedGet") &&
         find(api.own_thread, "PyGILState_GetThisThreadState") && find(api.is_finalizing, "_Py_IsFinalizing") &&
         find(api.give_lock, "PyEval_SaveThread") && find(api.take_lock, "PyEval_RestoreThread") &&
         find(api.interpreter, "PyInterpreterState_Main") && find(api.first_thread, "PyInterpreterState_ThreadHead") &&
         find(api.next_thread, "PyThreadState_Next") && find(api.set_tracer, "_PyEval_SetTrace") &&
         find(api.add_hook, "PySys_AddAuditHook") && find(api.frame_of_thread, "PyThreadState_GetFrame") &&
         find(api.frame_before, "PyFrame_GetBack") && find(api.code_of_frame, "PyFrame_GetCode") &&
         find(api.instructions_of_code, "PyCode_GetCode") && find(api.attribute, "PyObject_GetAttrString") &&
         find(api.method, "PyObject_CallMethod") && find(api.call, "PyObject_Call") && find(api.tuple, "PyTuple_New") &&
         find(api.value, "Py_BuildValue") && find(api.item, "PyTuple_GetItem") &&
         find(api.system_object, "PySys_GetObject") && find(api.place_in_frame, "PyFrame_GetLasti") &&
         find(api.line_of_frame, "PyFrame_GetLineNumber") && find(api.bytes, "PyBytes_AsString") &&
         find(api.size_of_bytes, "PyBytes_Size") && find(api.text, "PyUnicode_AsUTF8") &&
         find(api.set_attribute, "PyObject_SetAttrString") && find(api.keep, "Py_IncRef") &&
         find(api.release, "Py_DecRef") && find(api.forget_error, "PyErr_Clear") &&
         find(api.true_object, "_Py_TrueStruct") && find(api.false_object, "_Py_FalseStruct");
}

}  // namespace

const PythonApi* find_python() {
  static constinit PythonApi api{};
  static constinit bool was_looked_for = false, is_there = false;
  if (was_looked_for) return is_there ? &api : nullptr;
  was_looked_for = true;
  const unsigned long* version = nullptr;
  is_there = find(version, "Py_Version") && *version >> 16 == kVersion && find_all(api);
  // What a failure was told in is given back by the next call. It must not depend on when that comes: a program could
  // tell by its addresses whether it was copied (fork_server.cc).
  if (!is_there) dlsym(RTLD_DEFAULT, "dlsym");
  return is_there ? &api : nullptr;
}

}  // namespace jitterlab
