// Box init's work during executions: carries out the harness's orders, watches the programs, reports what happens.
//
// One thread, one epoll loop; everything it waits for is a descriptor:
//
//   channel     orders from the harness                    signals   SIGCHLD: somebody ended
//   out, err    what programs write, with the writer's     tick      every 10 ms while programs run: memory and rest
//               credentials from the kernel                listener  a program made a reported call (per instance)
//   input       a program's standard input takes more      report    a child's listener, or why exec failed
//   bell        controlled executions: the programs came to rest or were stopped (controlled.cc)
//
// Nothing a program does may make the loop wait: all descriptors are non-blocking, all lists are bounded.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "os/fd.h"
#include "sandbox/init/control_file.h"
#include "sandbox/init/files.h"
#include "sandbox/init/filter.h"
#include "sandbox/init/launch.h"
#include "sandbox/init/objects.h"
#include "sandbox/init/place.h"
#include "sandbox/init/processes.h"
#include "sandbox/init/servers.h"
#include "sandbox/wire.h"

namespace jitterlab::init {

class Supervisor {
 public:
  explicit Supervisor(Place place);

  // Until the harness closes the channel.
  void run();

 private:
  struct Instance {
    int number = 0;
    int pid = 0;
    bool ended = false;
    std::string failure;  // why it was not started
    Fd input, report, listener;
    std::optional<Program> to_be_served;  // it may get a server
    std::string unsent;                   // standard input that the pipe could not take yet
    bool input_closing = false;           // close when all is sent
  };

  // An order to start a program.
  struct Start {
    Program program;  // but for the bounds
    std::string input;
    bool input_ends = false, with_next = false, may_fork = false, is_last = false;
    std::vector<int> announced;
    std::uint64_t signals = 0;  // to be sent at some step
  };

  // Orders.
  void obey(const Message& order, const std::string& attached);
  void begin(const Message& order, const std::string& scheduler);
  void set_bounds(const Message& bounds);
  bool prepare_servers();
  void prepare_ids();
  void prepare_streams();
  void make_streams();
  Start start_of(const Message& order) const;
  Program bounded(Program program) const;
  void start(const Start& start);
  void feed(Instance& instance);
  void put_input(Instance& instance);
  bool answer(const Message& order);
  void take(const std::string& name);
  bool is_over() const;
  void finish();

  // What descriptors bring.
  void watch(int descriptor, std::uint32_t events, int kind, int instance);
  void handle(int kind, int instance);
  void on_children();
  void on_report(int instance);
  bool take_report(Instance& instance);
  void on_listener(Fd& listener, int instance);
  void on_server_listener(int pid);
  void on_tick();
  void drain(bool error_stream);
  void drain_both();

  void look_for_rest(const std::vector<Process>& all);
  void look_at(const std::vector<Process>& all);
  int looks_for_rest() const;

  // Of controlled executions (controlled.cc).
  struct Controlled {
    bool rests = false;       // no controlled task can go on, or there is none any more
    bool any = false;         // there is one
    std::vector<int> others;  // threads that are not controlled
    std::uint64_t progress = 0;
  };
  void on_bell();
  void on_controlled_tick(const std::vector<Process>& all);
  void on_controlled_end();
  Controlled look_at_controlled(const std::vector<Process>& all) const;
  void tell_controlled_rest(const Controlled& seen);
  bool feed_more();
  bool tell_stopped(std::uint32_t stopped);
  bool may_rest(const ControlFile::State& state) const;
  bool is_announced(int instance) const;

  // Parts of finish().
  Message wait_for_stragglers();
  Message surviving_processes();
  void note_erasure(char kind, int id);
  Message found_objects(Message& left, int& more);
  Message found_open_ends();

  void end_of_program(int pid, int status, double cpu_seconds);
  int instance_of(int pid, gid_t group);
  std::vector<Process> programs() const;
  bool nobody_is_left() const;
  void kill_everything();
  bool kill_programs(std::map<int, int>& reaped);
  void stir();
  void go_to_core();
  [[noreturn]] void leave();
  void tell(Message event, int descriptor = -1);
  void send_told(int descriptor = -1);

  Place place_;
  Filter filter_;
  Servers servers_;
  Files files_;
  Fd epoll_, signals_, tick_;
  Message told_ = Message::array();      // not sent yet
  std::size_t told_bytes_ = 0;           // of output, in it
  Fd out_, err_;                         // our ends
  Fd out_theirs_, err_theirs_;           // what programs get
  bool is_error_watched_ = false;        // err_, in the epoll set
  bool were_shut_ = false;               // out_ or err_, by a program
  bool are_streams_used_ = false;        // programs of an earlier execution had them
  Fd spare_input_, spare_input_theirs_;  // for the next program
  std::map<int, Instance> instances_;
  std::map<int, int> instance_by_pid_;      // direct children, and every process that made a reported call
  std::map<int, int> instance_by_session_;  // kUser and kNone: whose descendants they are
  ObjectIds objects_before_;
  std::vector<Object> erased_;
  std::set<std::pair<int, std::string>> used_;  // instance and mechanism
  std::set<int> timers_used_;                   // instances that may be woken by a timer that no call shows
  std::uint64_t stirred_ = 0;                   // orders after which somebody may go on, as the harness counts them
  bool rest_told_ = false;
  bool controlled_rest_told_ = false;
  std::uint32_t looks_when_stirred_ = 0;  // ControlFile::State::looks at the last such order
  std::uint64_t progress_ = 0;            // … ::progress when rest was told
  int rest_ticks_ = 0;                    // in a row, at which the controlled tasks rested
  bool last_was_started_ = false;         // nothing will be ordered but to finish
  mutable bool deserted_ = false;         // it was found out that nobody is left, and nobody was started since
  bool killed_ = false;
  Rest rest_;
  std::map<int, std::vector<int>> pids_of_;  // instance -> its processes at the last tick
  std::map<int, Start> starts_;              // the last of each instance
  bool may_fork_ = false;                    // programs may be copies of servers, in this execution
  std::int64_t output_left_ = 0, output_most_ = 0;
  std::int64_t memory_most_ = 0;
  bool limit_told_ = false;
  Program bounds_;
  cpu_set_t usable_cores_{};
  int core_ = -1;                 // on which we run; -1: all of them
  Message begun_by_;              // the last order to begin
  bool begun_ = false;            // between begin() and finish()
  bool pids_begin_anew_ = false;  // with kFirstPid, in each execution
  bool ids_are_prepared_ = false;
  ControlFile control_;
  Fd gate_, gate_theirs_;  // closed when all programs that are to begin together are there
};

}  // namespace jitterlab::init
