// Starting one program: limits, user, filter, exec.
#pragma once

#include <string>
#include <vector>

#include "os/fd.h"
#include "sandbox/init/filter.h"
#include "sandbox/init/place.h"

namespace jitterlab::init {

struct Program {
  int instance = 0;
  std::vector<std::string> arguments, environment;
  std::string folder;
  bool of_lab = false;
  bool notify = true;
  double cpu_seconds = 0;
  long memory_bytes = 0, file_bytes = 0;
  int open_files = 0, processes = 0;
  int core = -1;  // of those that we may use, counted on from the first again; -1: all
  int gate = -1;  // is waited for to be at its end before exec; -1: none
};

struct Launched {
  int pid = 0;
  Fd input;   // our end of its standard input
  Fd report;  // one packet: the filter's listener, or the words of what failed
};

// Forks and returns; the child goes on to exec by itself. `out` and `err` become its streams. Throws Error when it
// cannot fork.
Launched launch(const Place& place, const Filter& filter, const Program& program, int out, int err);

}  // namespace jitterlab::init
