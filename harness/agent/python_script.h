// The moment at which a Python program begins, after the interpreter has got ready.
#pragma once

#include "agent/python_api.h"

namespace jitterlab {

// Called before the interpreter starts. Once it is about to run the program's script, module or command, standard
// output is made line-buffered, for the reasons of lines.h, and `begins` is called, which may be null; it holds the
// interpreter's lock.
void await_python_script(const PythonApi& python, void (*begins)());

}  // namespace jitterlab
