// The end of an execution: kill, look, remove, report. The order matters: processes first, since only then nothing new
// can appear; output after that, so that none is lost; objects and files last.
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "sandbox/init/open_ends.h"
#include "sandbox/init/supervisor.h"

namespace jitterlab::init {
namespace {

// How long a process may outlive the programs before it counts as left behind: it may be on its way to its end.
constexpr int kGraceMilliseconds = 200;
constexpr std::size_t kMostListed = 50;

std::string words(const Object& object) {
  char key[32];
  std::snprintf(key, sizeof key, "key 0x%llx", static_cast<unsigned long long>(object.key));
  std::string text = object.key == 0 ? "private (no key)" : key;
  if (object.kind == 'm') text += ", " + std::to_string(object.size) + " bytes";
  if (object.kind == 's')
    text += ", " + std::to_string(object.size) + (object.size == 1 ? " semaphore" : " semaphores");
  return text;
}

std::string kind_name(char kind) { return kind == 'm' ? "segment" : kind == 's' ? "semaphores" : "queue"; }

Message left_over(const std::string& kind, const std::string& name, int pid) {
  return Message::array({kind, bytes_value(name), pid});
}

void add_bounded(Message& list, Message entry, int& more) {
  if (list.size() < kMostListed)
    list.push_back(std::move(entry));
  else
    ++more;
}

Message object_message(const Object& object, uid_t lab) {
  return Message::array({std::string(1, object.kind), object.key, object.id, object.mode, object.size, object.operated,
                         object.erased, object.creator, lab != 0 && object.owner == lab});
}

}  // namespace

Message Supervisor::surviving_processes() {
  Message left = Message::array();
  for (const Process& process : programs()) {
    const auto child = instance_by_pid_.find(process.pid);
    const bool is_program = child != instance_by_pid_.end() && instances_[child->second].pid == process.pid;
    if (is_program || process.state == 'Z' || process.state == 'X' || is_being_killed(process.pid)) continue;
    left.push_back(left_over("process", process.command, process.pid));
  }
  return left;
}

// Processes that are still there when those on their way to their end have had the time for it.
Message Supervisor::wait_for_stragglers() {
  Message left = surviving_processes();
  const bool programs_ended =
      std::all_of(instances_.begin(), instances_.end(), [](const auto& i) { return i.second.ended; });
  if (!programs_ended) return left;                         // they are to be killed, so there is nothing to wait for
  if (control_.is_controlled() && rest_told_) return left;  // nobody can go on
  pollfd ready[] = {{signals_.get(), POLLIN, 0}, {out_.get(), POLLIN, 0}, {err_.get(), POLLIN, 0}};
  for (int waited = 0; waited < kGraceMilliseconds && !left.empty(); waited += 5) {
    ::poll(ready, 3, 5);
    // They may wait for the answer to a reported call, or for room in the capture.
    const auto listen = [&](Fd& listener, int number) {
      pollfd report{listener.get(), POLLIN, 0};
      if (::poll(&report, 1, 0) > 0) on_listener(listener, number);
    };
    for (auto& [number, instance] : instances_) listen(instance.listener, number);
    for (Server& server : servers_.all()) listen(server.listener, server.program.instance);
    on_children();
    left = surviving_processes();
  }
  return left;
}

void Supervisor::kill_everything() {
  std::map<int, int> reaped;
  control_.announce_end();
  control_.keep_tasks();
  if (servers_.empty() || !kill_programs(reaped)) kill_all(place_.mode != Mode::kNone, reaped);
  killed_ = true;
  control_.put_tasks_back();
  drain_both();
  for (const auto& [pid, status] : reaped) {
    end_of_program(pid, status, 0);
    servers_.note_end(pid);
  }
}

// One by one, since the servers shall live. False: they are made faster than they are killed. Whoever is made while we
// look may be overlooked; but then the last process id is another one.
bool Supervisor::kill_programs(std::map<int, int>& reaped) {
  constexpr int kRounds = 50;
  for (int round = 0; round < kRounds; ++round) {
    const int last = last_pid(place_);
    const std::vector<Process> all = programs();
    if (all.empty() && last == last_pid(place_)) return true;
    for (const Process& process : all) ::kill(process.pid, SIGKILL);
    pollfd ended{signals_.get(), POLLIN, 0};
    ::poll(&ended, 1, 5);
    signalfd_siginfo ignored[16];
    while (::read(signals_.get(), ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    for (int pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) reaped[pid] = status;
  }
  return false;
}

Message Supervisor::found_objects(Message& left, int& more) {
  Message all = Message::array();
  std::vector<Object> remaining = objects();
  if (place_.mode == Mode::kNone) {
    std::erase_if(remaining, [&](const Object& object) {
      return object.owner != ::geteuid() || objects_before_.count({object.kind, object.id});
    });
  }
  for (const Object& object : remaining) {
    std::erase_if(erased_, [&](const Object& known) { return known.kind == object.kind && known.id == object.id; });
    all.push_back(object_message(object, place_.lab));
    add_bounded(left, left_over(kind_name(object.kind), words(object), object.creator), more);
    remove(object);
  }
  for (const Object& object : erased_) all.push_back(object_message(object, place_.lab));
  return all;
}

// At rest, for who explains a deadlock.
Message Supervisor::found_open_ends() {
  Message ends = Message::array();
  if (!control_.is_controlled() || !rest_told_) return ends;
  const auto object_of = [&](std::uint64_t device, std::uint64_t inode) { return control_.file_object(device, inode); };
  for (const OpenPipeEnd& end : open_pipe_ends(processes(), object_of))
    ends.push_back({end.pid, end.descriptor, end.object, end.reads, end.writes});
  return ends;
}

void Supervisor::finish() {
  Message left = Message::array(), open_ends = Message::array();
  int more = 0;
  if (!killed_) {
    on_children();
    if (nobody_is_left()) {
      killed_ = true;
      drain_both();
    } else {
      open_ends = found_open_ends();
      for (Message& process : wait_for_stragglers()) add_bounded(left, std::move(process), more);
      kill_everything();
    }
  }
  const itimerspec never{};
  ::timerfd_settime(tick_.get(), 0, &never, nullptr);
  Message objects = found_objects(left, more);
  const std::vector<LeftFile> files = files_.left();
  for (const LeftFile& file : files) add_bounded(left, left_over(file.kind, file.name, 0), more);
  files_.clean(files);

  std::uint64_t steps = 0;
  const std::string interference = control_.read(steps);
  for (const auto& [number, instance] : instances_) {
    if (instance.to_be_served && control_.has_root(number)) servers_.want(*instance.to_be_served);
  }
  instances_.clear();
  instance_by_pid_.clear();
  instance_by_session_.clear();
  begun_ = false;
  tell(Message::array(
           {"end", std::move(objects), used_, std::move(left), std::move(open_ends), more, steps, interference}),
       control_.is_controlled() ? control_.file().get() : -1);
  // From here on while the harness looks at what it was told.
  send_told();
  gate_.reset();
  gate_theirs_.reset();
  if (!interference.empty()) servers_.end_all();
  if (servers_.empty()) control_.remove();
  control_.forget();
  if (place_.mode != Mode::kNone) prepare_ids();
  prepare_streams();
}

}  // namespace jitterlab::init
