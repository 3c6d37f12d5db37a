// Fork servers: programs that wait to be copied for each controlled execution (agent/fork_server.h). They live from one
// execution to the next, belong to no execution, and nothing that they say is believed.
//
// A program is given a server once it has been seen to come under the agent's control in an execution that exec
// started. Servers are started and ended between executions only, so that all that happens in one is the same with
// them.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <vector>

#include "os/fd.h"
#include "sandbox/init/filter.h"
#include "sandbox/init/launch.h"
#include "sandbox/init/place.h"

namespace jitterlab::init {

struct Server {
  int pid = 0;
  Program program;
  Fd channel, listener;
};

class Servers {
 public:
  Servers(const Place& place, const Filter& filter) : place_(place), filter_(filter) {}

  // From the next start_missing() on this program has a server. One that cannot be served, or whose server was lost
  // several times, is not tried again.
  void want(const Program& program);

  bool are_missing() const;
  // Waits until each is ready. The agent's control area must be in mode kServing. `started` is told of each.
  void start_missing(const std::function<void(const Server&)>& started);

  // A copy of the program's server, with these streams, which are there when it begins; its process id. 0: it has no
  // server, or no longer.
  int copy(const Program& program, const Streams& streams);

  // Of the server with this process id; null: there is none.
  Server* find(int pid);

  // Kills them and waits for their end.
  void end_all();
  // Somebody has waited for this process; if it was a server, it is lost.
  void note_end(int pid);

  bool is_server(int pid) const;
  bool empty() const { return servers_.empty(); }
  int count() const { return static_cast<int>(servers_.size()); }
  std::list<Server>& all() { return servers_; }

 private:
  bool start(Server& server);
  void end(std::list<Server>::iterator server);
  void note_loss(const Program& program);
  std::list<Server>::iterator of(const Program& program);

  const Place& place_;
  const Filter& filter_;
  std::list<Server> servers_;
  std::vector<Program> wanted_;
  std::vector<Program> lost_;  // once for each loss
};

}  // namespace jitterlab::init
