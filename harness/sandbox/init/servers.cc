#include "sandbox/init/servers.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "agent/control_area.h"
#include "os/error.h"

namespace jitterlab::init {
namespace {

constexpr std::size_t kMostServers = 16;
constexpr std::ptrdiff_t kMostLosses = 3;  // of the servers of one program
// A server that does not answer was stopped or changed by a program.
constexpr int kPatienceMilliseconds = 5000;
// Far above those of an execution, which begin with 101.
constexpr char kPidsBelowServers[] = "32000";

// The answer of a server; -1: none came.
int answer_of(const Fd& channel) {
  pollfd ready{channel.get(), POLLIN, 0};
  while (::poll(&ready, 1, kPatienceMilliseconds) < 0 && errno == EINTR) continue;
  std::int32_t answer = -1;
  return ::recv(channel.get(), &answer, sizeof answer, MSG_DONTWAIT) == sizeof answer ? answer : -1;
}

// The listener that the child sends before exec; invalid: it failed. Waits until the report is at its end.
Fd listener_from(const Fd& report) {
  Fd listener;
  for (;;) {
    char words[512];
    iovec vector{words, sizeof words};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    msghdr header{};
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    const ssize_t got = ::recvmsg(report.get(), &header, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return listener;
    const cmsghdr* part = CMSG_FIRSTHDR(&header);
    if (!part) return Fd();
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(part), sizeof descriptor);
    listener = Fd(descriptor);
  }
}

void kill_and_wait(int pid) {
  ::kill(pid, SIGKILL);
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) continue;
}

bool send_request(const Fd& channel, const ForkRequest& request, const Streams& streams) {
  const int descriptors[] = {streams.in, streams.out, streams.err, streams.gate};
  const std::size_t count = request.has_gate ? 4 : 3;
  iovec vector{const_cast<ForkRequest*>(&request), sizeof request};
  msghdr header{};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptors)] = {};
  header.msg_control = control;
  header.msg_controllen = CMSG_SPACE(sizeof(int) * count);
  cmsghdr* part = CMSG_FIRSTHDR(&header);
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(sizeof(int) * count);
  std::memcpy(CMSG_DATA(part), descriptors, sizeof(int) * count);
  return ::sendmsg(channel.get(), &header, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof request;
}

bool is_our_child(int pid) {
  siginfo_t ignored;
  return pid > 0 && ::waitid(P_PID, static_cast<id_t>(pid), &ignored, WNOHANG | WNOWAIT | WEXITED) == 0;
}

}  // namespace

void Servers::want(const Program& program) {
  const bool fits = program.folder.size() < sizeof ForkRequest::folder && program.notify;
  if (!fits || place_.mode == Mode::kNone || std::find(wanted_.begin(), wanted_.end(), program) != wanted_.end() ||
      std::count(lost_.begin(), lost_.end(), program) >= kMostLosses)
    return;
  // They are of another scenario, most of them.
  if (wanted_.size() == kMostServers) {
    end_all();
    wanted_.clear();
  }
  wanted_.push_back(program);
}

bool Servers::are_missing() const { return servers_.size() < wanted_.size(); }

void Servers::start_missing(const std::function<void(const Server&)>& started) {
  for (auto program = wanted_.begin(); program != wanted_.end();) {
    if (of(*program) != servers_.end()) {
      ++program;
      continue;
    }
    Server server;
    server.program = *program;
    if (!start(server)) {
      lost_.insert(lost_.end(), kMostLosses, *program);
      program = wanted_.erase(program);
      continue;
    }
    servers_.push_back(std::move(server));
    started(servers_.back());
    ++program;
  }
}

bool Servers::start(Server& server) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) throw system_error("cannot make a socket");
  server.channel = Fd(ends[0]);
  Fd theirs(ends[1]);
  if (place_.last_pid.valid() &&
      ::pwrite(place_.last_pid.get(), kPidsBelowServers, sizeof kPidsBelowServers - 1, 0) < 0)
    return false;
  Launched launched = launch_server(place_, filter_, server.program, theirs.get(), static_cast<int>(kMostServers));
  theirs.reset();
  server.pid = launched.pid;
  server.listener = listener_from(launched.report);
  if (server.listener.valid() && answer_of(server.channel) == 0) return true;
  kill_and_wait(server.pid);
  return false;
}

int Servers::copy(const Program& program, const Streams& streams) {
  const auto server = of(program);
  if (server == servers_.end()) return 0;
  ForkRequest request{};
  request.processes = static_cast<std::uint32_t>(program.processes + count());
  request.has_gate = streams.gate >= 0;
  std::memcpy(request.folder, program.folder.c_str(), program.folder.size());
  ::kill(server->pid, SIGCONT);  // some program may have stopped all that it can
  const int pid = send_request(server->channel, request, streams) ? answer_of(server->channel) : -1;
  // It might name a process of another program.
  if (is_our_child(pid) && !is_server(pid)) return pid;
  note_loss(program);
  end(server);
  return 0;
}

void Servers::note_loss(const Program& program) {
  lost_.push_back(program);
  if (std::count(lost_.begin(), lost_.end(), program) >= kMostLosses) std::erase(wanted_, program);
}

void Servers::end(std::list<Server>::iterator server) {
  kill_and_wait(server->pid);
  servers_.erase(server);
}

void Servers::end_all() {
  while (!servers_.empty()) end(servers_.begin());
}

void Servers::note_end(int pid) {
  const Server* server = find(pid);
  if (!server) return;
  note_loss(server->program);
  std::erase_if(servers_, [&](const Server& one) { return one.pid == pid; });
}

Server* Servers::find(int pid) {
  const auto found = std::find_if(servers_.begin(), servers_.end(), [&](const Server& one) { return one.pid == pid; });
  return found == servers_.end() ? nullptr : &*found;
}

bool Servers::is_server(int pid) const {
  return std::any_of(servers_.begin(), servers_.end(), [&](const Server& server) { return server.pid == pid; });
}

std::list<Server>::iterator Servers::of(const Program& program) {
  return std::find_if(servers_.begin(), servers_.end(),
                      [&](const Server& server) { return server.program == program; });
}

}  // namespace jitterlab::init
