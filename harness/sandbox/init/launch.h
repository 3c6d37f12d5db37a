// Starting one program: limits, user, filter, exec.
#pragma once

#include <string>
#include <vector>

#include "os/fd.h"
#include "sandbox/init/filter.h"
#include "sandbox/init/place.h"

namespace jitterlab::init {

// All that is the same in every execution that starts it.
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

  bool operator==(const Program&) const = default;
};

// Descriptors that it gets.
struct Streams {
  int in = -1, out = -1, err = -1;
  int gate = -1;  // is waited for to be at its end before the program begins; -1: none
};

struct Launched {
  int pid = 0;
  Fd report;  // one packet: the filter's listener, or the words of what failed
};

// Fork and return; the child goes on to exec by itself. Throw Error when they cannot fork. Beside `processes` of the
// program its user may have `more_processes`.
Launched launch(const Place& place, const Filter& filter, const Program& program, const Streams& streams,
                int more_processes);
// The program gets no streams but `channel`, as kServerChannel.
Launched launch_server(const Place& place, const Filter& filter, const Program& program, int channel,
                       int more_processes);

}  // namespace jitterlab::init
