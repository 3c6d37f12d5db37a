#include "benchmark/by_hand.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

class Actions {
 public:
  Actions() { ::posix_spawn_file_actions_init(&actions_); }
  ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  void enter(const std::string& folder) { ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()); }
  void put(const Fd& ours, int theirs) { ::posix_spawn_file_actions_adddup2(&actions_, ours.get(), theirs); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

int start(const Command& command, Actions& actions) {
  if (!command.folder.empty()) actions.enter(command.folder);
  std::vector<char*> arguments;
  for (const std::string& argument : command.arguments) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  char path[] = "PATH=/usr/bin:/bin", language[] = "LC_ALL=C.UTF-8";
  char* environment[] = {path, language, nullptr};
  int pid = 0;
  errno = ::posix_spawn(&pid, arguments[0], actions.get(), nullptr, arguments.data(), environment);
  if (errno != 0) throw system_error("cannot start " + command.arguments[0]);
  return pid;
}

void expect_success(int pid, const Command& command) {
  int status = -1;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0) throw Error(command.arguments[0] + " did not end with 0");
}

struct Pipe {
  Fd read, write;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw system_error("cannot make a pipe");
    read = Fd(ends[0]);
    write = Fd(ends[1]);
  }
};

}  // namespace

void run_at_once(const std::vector<Command>& commands) {
  std::vector<int> pids;
  for (const Command& command : commands) {
    Actions actions;
    pids.push_back(start(command, actions));
  }
  for (std::size_t i = 0; i < pids.size(); ++i) expect_success(pids[i], commands[i]);
}

std::string run_with_input(const Command& command, const std::string& input) {
  Pipe in, out;
  Actions actions;
  actions.put(in.read, 0);
  actions.put(out.write, 1);
  const int pid = start(command, actions);
  out.write.reset();
  write_all(in.write.get(), input);
  in.write.reset();
  std::string printed = read_all(out.read.get(), 1 << 20);
  expect_success(pid, command);
  return printed;
}

}  // namespace jitterlab
