#include "os/ending.h"

#include <sys/wait.h>

#include <cstring>

#include "os/error.h"

namespace jitterlab {

Ending Ending::running() {
  Ending ending;
  ending.kind_ = Kind::kRunning;
  return ending;
}

Ending Ending::not_started(const std::string& why) {
  Ending ending;
  ending.why_ = why;
  return ending;
}

Ending Ending::from_wait_status(int status) {
  Ending ending;
  ending.kind_ = WIFSIGNALED(status) ? Kind::kSignalled : Kind::kExited;
  ending.number_ = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  return ending;
}

int Ending::exit_code() const {
  if (kind_ != Kind::kExited) throw Error("asked for the exit code of a process that did not exit: " + words());
  return number_;
}

int Ending::signal() const {
  if (kind_ != Kind::kSignalled) throw Error("asked for the signal of a process that none ended: " + words());
  return number_;
}

std::string Ending::words() const {
  switch (kind_) {
    case Kind::kNotStarted:
      return why_.empty() ? "was not started" : "was not started: " + why_;
    case Kind::kRunning:
      return "still running";
    case Kind::kExited:
      return "exit " + std::to_string(number_);
    case Kind::kSignalled:
      return "signal " + std::to_string(number_) + " (" + strsignal(number_) + ")";
  }
  throw Error("an ending of no known kind");
}

std::string Ending::kind_name() const {
  switch (kind_) {
    case Kind::kNotStarted:
      return "not-started";
    case Kind::kRunning:
      return "running";
    case Kind::kExited:
      return "exited";
    case Kind::kSignalled:
      return "signalled";
  }
  throw Error("an ending of no known kind");
}

Ending Ending::from_names(const std::string& kind, int number, const std::string& why) {
  Ending ending;
  if (kind == "not-started") return not_started(why);
  if (kind == "running") return running();
  if (kind != "exited" && kind != "signalled") throw Error("\"" + kind + "\" is no kind of ending");
  ending.kind_ = kind == "exited" ? Kind::kExited : Kind::kSignalled;
  ending.number_ = number;
  return ending;
}

}  // namespace jitterlab
