#include "sandbox/init/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "os/core.h"
#include "os/error.h"
#include "sandbox/init/world.h"

namespace jitterlab::init {
namespace {

// What a descriptor of the epoll set is, packed with the instance into its data.
enum Kind { kOrders, kSignals, kTick, kOut, kErr, kBell, kServerListener, kInput, kReport, kListener };

constexpr char kBelowFirstPid[] = "100";
constexpr long kTickNanoseconds = 10'000'000;
// Looks in a row after which sleeping counts as rest. Between sockets packets may still be on their way when the
// machine is busy, so there it takes longer.
constexpr int kLooksForRest = 4;
constexpr int kLooksForRestWithSockets = 25;
constexpr int kLooksForRestWithTimers = 100;

Fd made(int descriptor, const char* what) {
  if (descriptor < 0) throw system_error(std::string("cannot make ") + what);
  return Fd(descriptor);
}

// A pair for output: the kernel adds the writer's credentials to what arrives at `ours`.
void make_capture(Fd& ours, Fd& theirs) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw system_error("cannot make a socket");
  ours = Fd(ends[0]);
  theirs = Fd(ends[1]);
  const int on = 1;
  if (::setsockopt(ours.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0)
    throw system_error("cannot ask for credentials");
  ::shutdown(ours.get(), SHUT_WR);
}

// Programs may have made it one that does not wait. False: it cannot be set.
bool as_it_began(const Fd& stream) { return ::fcntl(stream.get(), F_SETFL, O_RDWR) == 0; }

// Our end never makes us wait.
Fd make_input(Fd& ours) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw system_error("cannot make a pipe");
  ours = Fd(ends[1]);
  ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
  return Fd(ends[0]);
}

// Whoever reads from `theirs` waits until `ours` is closed.
void make_gate(Fd& ours, Fd& theirs) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw system_error("cannot make a pipe");
  theirs = Fd(ends[0]);
  ours = Fd(ends[1]);
}

void put(const Fd& setting, const char* value) {
  if (setting.valid() && ::pwrite(setting.get(), value, std::strlen(value), 0) < 0) return;  // then ids differ, no more
}

}  // namespace

Supervisor::Supervisor(Place place)
    : place_(std::move(place)),
      filter_(place_.mode != Mode::kRoot),
      servers_(place_, filter_),
      files_(place_),
      epoll_(made(::epoll_create1(EPOLL_CLOEXEC), "an epoll set")),
      control_(place_.control) {
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &child, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::sched_getaffinity(0, sizeof usable_cores_, &usable_cores_);
  signals_ = made(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK), "a signal descriptor");
  tick_ = made(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), "a timer");
  watch(kChannel, EPOLLIN, kOrders, 0);
  watch(signals_.get(), EPOLLIN, kSignals, 0);
  watch(tick_.get(), EPOLLIN, kTick, 0);
}

void Supervisor::watch(int descriptor, std::uint32_t events, int kind, int instance) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = static_cast<std::uint64_t>(kind) << 32 | static_cast<std::uint32_t>(instance);
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event) != 0)
    throw system_error("cannot watch a descriptor");
}

// What happens together is sent together, before we wait for more: each packet wakes the harness.
void Supervisor::tell(Message event, int descriptor) {
  const std::size_t size = event.back().is_binary() ? event.back().get_binary().size() : 0;
  if (told_bytes_ + size > kChunk) send_told();
  told_bytes_ += size;
  told_.push_back(std::move(event));
  if (descriptor >= 0) send_told(descriptor);
}

void Supervisor::send_told(int descriptor) {
  if (told_.empty()) return;
  for (;;) {
    const Sent sent = send_message(kChannel, told_, descriptor);
    if (sent == Sent::kDone) break;
    if (sent == Sent::kClosed) leave();
    pollfd room{kChannel, POLLOUT, 0};
    ::poll(&room, 1, -1);
  }
  told_.clear();
  told_bytes_ = 0;
}

void Supervisor::run() {
  tell(Message::array({"ready"}));
  epoll_event events[32];
  for (;;) {
    send_told();
    const int count = ::epoll_wait(epoll_.get(), events, 32, -1);
    if (count < 0 && errno != EINTR) throw system_error("cannot wait for events");
    for (int i = 0; i < count; ++i) {
      const auto data = events[i].data.u64;
      handle(static_cast<int>(data >> 32), static_cast<int>(data & 0xffffffffu));
    }
    if (is_over()) finish();
  }
}

void Supervisor::handle(int kind, int number) {
  if (kind == kOrders) {
    bool closed = false;
    while (const auto received = receive_message(kChannel, closed)) obey(received->message, received->attached);
    if (closed) leave();
    return;
  }
  if (kind == kSignals) return on_children();
  if (kind == kTick) return on_tick();
  if (kind == kOut || kind == kErr) return drain_both();
  if (kind == kBell) return on_bell();
  if (kind == kServerListener) return on_server_listener(number);
  // An instance may be gone when an event of the same round is handled late.
  const auto found = instances_.find(number);
  if (found == instances_.end()) return;
  if (kind == kInput) feed(found->second);
  if (kind == kReport) on_report(number);
  if (kind == kListener) on_listener(found->second.listener, number);
}

// The harness is gone. The kernel ends the namespaces with us; without them the programs would live on.
void Supervisor::leave() {
  if (place_.mode == Mode::kNone && begun_) {
    std::map<int, int> ignored;
    kill_all(false, ignored);
    Message left = Message::array();
    int more = 0;
    found_objects(left, more);
    files_.clean(files_.left());
  }
  ::_exit(0);
}

// Where the programs are, for as long as they run on one core: they wait for us, and we for them.
void Supervisor::go_to_core() {
  if (core_ == bounds_.core) return;
  core_ = bounds_.core;
  ::sched_setaffinity(0, sizeof usable_cores_, &usable_cores_);
  if (core_ >= 0) keep_to_core(core_);
}

// What was seen of anybody's waiting before does not count any more.
void Supervisor::stir() {
  ++stirred_;
  rest_told_ = controlled_rest_told_ = false;
  rest_ticks_ = 0;
  rest_.forget();
  if (control_.is_controlled()) looks_when_stirred_ = control_.state().looks;
}

void Supervisor::obey(const Message& order, const std::string& attached) {
  const std::string op = order.at("op");
  if (op == "begin") return begin(begun_by_ = order, attached);
  if (op == "begin-again") return begin(begun_by_, attached);
  if (op == "start") return start(starts_[order.at("instance").get<int>()] = start_of(order));
  if (op == "start-again") return start(starts_.at(order.at("instance").get<int>()));
  if (op == "finish") return begun_ ? finish() : void();  // it may be on its way when we have finished by ourselves
  if (op == "ask") return tell(Message::array({"answer", answer(order)}));
  if (op == "take") return take(order.at("name"));
  const auto found = instances_.find(order.at("instance").get<int>());
  if (found != instances_.end()) {
    Instance& instance = found->second;
    if (op == "signal" && !instance.ended) ::kill(instance.pid, order.at("signal").get<int>());
    if (op == "feed") instance.unsent += bytes_of(order.at("bytes"));
    if (op == "close-input") instance.input_closing = true;
    if (op != "signal") feed(instance);
  }
  stir();
}

void Supervisor::begin(const Message& order, const std::string& scheduler) {
  if (order.contains("bounds")) set_bounds(order.at("bounds"));
  output_left_ = output_most_;
  used_.clear();
  erased_.clear();
  timers_used_.clear();
  rest_told_ = controlled_rest_told_ = limit_told_ = killed_ = false;
  begun_ = true;
  last_was_started_ = deserted_ = false;
  rest_.forget();
  pids_of_.clear();
  if (place_.mode == Mode::kNone) objects_before_ = object_ids();
  files_.begin();
  may_fork_ = order.at("may-fork");
  const bool any_started = prepare_servers();
  if (any_started || !ids_are_prepared_) prepare_ids();
  ids_are_prepared_ = false;
  const bool is_watched = control_.is_controlled();
  control_.make(order.at("control"), scheduler);
  if (control_.is_controlled() && !is_watched) watch(control_.bell().get(), EPOLLIN, kBell, 0);
  looks_when_stirred_ = 0;
  progress_ = 0;
  bounds_.core = control_.is_controlled() ? order.at("control").at("core").get<int>() : -1;
  go_to_core();
  if (!may_fork_ && are_streams_used_) make_streams();
  if (!out_.valid()) prepare_streams();
  // Under control whoever waits for output waits for rest, so each line need not wake us: it is taken in at rest, at
  // the end, at each tick, and before what comes on standard error.
  if (!control_.is_controlled()) watch(out_.get(), EPOLLIN, kOut, 0);
  if (!is_error_watched_) watch(err_.get(), EPOLLIN, kErr, 0);
  is_error_watched_ = true;
  const itimerspec every{{0, kTickNanoseconds}, {0, kTickNanoseconds}};
  ::timerfd_settime(tick_.get(), 0, &every, nullptr);
}

// Process ids and those of objects begin anew.
void Supervisor::prepare_ids() {
  put(place_.last_pid, kBelowFirstPid);
  pids_begin_anew_ = last_pid(place_) == std::atoi(kBelowFirstPid);
  for (const Fd* next : {&place_.next_segment, &place_.next_semaphores, &place_.next_queue}) put(*next, "0");
  ids_are_prepared_ = true;
}

// An execution that may have servers finds those of the one before, which nobody but us has any more: they too are a
// means of speed only.
void Supervisor::prepare_streams() {
  if (!spare_input_.valid()) spare_input_theirs_ = make_input(spare_input_);
  const bool may_stay = control_.is_controlled() && !servers_.empty() && out_.valid() && !were_shut_;
  are_streams_used_ = may_stay && as_it_began(out_theirs_) && as_it_began(err_theirs_);
  if (!are_streams_used_) make_streams();
}

void Supervisor::make_streams() {
  make_capture(out_, out_theirs_);
  make_capture(err_, err_theirs_);
  are_streams_used_ = is_error_watched_ = were_shut_ = false;
}

void Supervisor::set_bounds(const Message& bounds) {
  bounds_.cpu_seconds = bounds.at("cpu");
  bounds_.memory_bytes = bounds.at("memory");
  bounds_.file_bytes = bounds.at("file");
  bounds_.open_files = bounds.at("open-files");
  bounds_.processes = bounds.at("processes");
  memory_most_ = bounds.at("total-memory");
  output_most_ = bounds.at("output");
}

// Between two executions: each program that may have a server gets one, or, where none may, nothing of theirs is left
// that could reach into the execution that begins. True: process ids were used up.
bool Supervisor::prepare_servers() {
  if (!may_fork_) servers_.end_all();
  if (servers_.empty()) control_.remove();
  if (!may_fork_ || !servers_.are_missing()) return false;
  const bool is_watched = control_.is_controlled();
  control_.make_for_servers();
  if (!is_watched) watch(control_.bell().get(), EPOLLIN, kBell, 0);
  servers_.start_missing(
      [&](const Server& server) { watch(server.listener.get(), EPOLLIN, kServerListener, server.pid); });
  if (servers_.empty()) control_.remove();
  return true;
}

Program Supervisor::bounded(Program program) const {
  program.cpu_seconds = bounds_.cpu_seconds;
  program.memory_bytes = bounds_.memory_bytes;
  program.file_bytes = bounds_.file_bytes;
  program.open_files = bounds_.open_files;
  program.processes = bounds_.processes;
  program.core = bounds_.core;
  return program;
}

Supervisor::Start Supervisor::start_of(const Message& order) const {
  Start start;
  start.program.instance = order.at("instance");
  start.program.arguments = order.at("arguments").get<std::vector<std::string>>();
  start.program.environment = order.at("environment").get<std::vector<std::string>>();
  start.program.folder = order.at("folder").get<std::string>();
  if (start.program.folder.empty()) start.program.folder = place_.work;
  start.program.of_lab = order.at("of-lab");
  start.program.notify = !order.at("as-compiler").get<bool>();
  start.input = bytes_of(order.at("input"));
  start.input_ends = order.at("input-ends");
  start.announced = order.at("announced").get<std::vector<int>>();
  start.signals = order.at("signals");
  start.with_next = order.at("with-next");
  start.may_fork = order.at("may-fork");
  start.is_last = order.at("is-last");
  return start;
}

void Supervisor::start(const Start& start) {
  deserted_ = false;
  last_was_started_ = start.is_last;
  const Program program = bounded(start.program);
  control_.announce(start.announced);
  control_.set_signals(start.program.instance, start.signals);
  const bool with_next = start.with_next;
  if (with_next && !gate_.valid()) make_gate(gate_, gate_theirs_);
  Instance instance;
  instance.number = program.instance;
  instance.unsent = start.input;
  instance.input_closing = start.input_ends;
  instance.input = std::move(spare_input_);
  const Fd in = instance.input.valid() ? std::move(spare_input_theirs_) : make_input(instance.input);
  feed(instance);
  const Streams streams{in.get(), out_theirs_.get(), err_theirs_.get(), gate_theirs_.get()};
  const bool may_fork = may_fork_ && start.may_fork;
  if (may_fork) instance.pid = servers_.copy(program, streams);
  if (instance.pid == 0) {
    Launched launched = launch(place_, filter_, program, streams, servers_.count());
    instance.pid = launched.pid;
    instance.report = std::move(launched.report);
    watch(instance.report.get(), EPOLLIN, kReport, program.instance);
    if (may_fork) instance.to_be_served = program;
  }
  instance_by_pid_[instance.pid] = program.instance;
  instance_by_session_[instance.pid] = program.instance;
  if (instance.input.valid()) watch(instance.input.get(), EPOLLOUT | EPOLLET, kInput, program.instance);
  instances_[program.instance] = std::move(instance);
  if (!with_next) {
    gate_.reset();
    gate_theirs_.reset();
  }
  stir();
}

void Supervisor::feed(Instance& instance) {
  if (!instance.input.valid() || (instance.unsent.empty() && !instance.input_closing)) return;
  control_.begin_order();
  put_input(instance);
  control_.end_order();
}

void Supervisor::put_input(Instance& instance) {
  while (instance.input.valid() && !instance.unsent.empty()) {
    const ssize_t put = ::write(instance.input.get(), instance.unsent.data(), instance.unsent.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EAGAIN) return;
    if (put < 0) {  // nobody reads any more
      instance.input.reset();
      return;
    }
    instance.unsent.erase(0, static_cast<std::size_t>(put));
    if (control_.is_controlled()) looks_when_stirred_ = control_.state().looks;
  }
  if (instance.input_closing) instance.input.reset();
}

bool Supervisor::answer(const Message& order) {
  const std::string what = order.at("what");
  const auto number = order.at("number").get<std::int64_t>();
  if (what == "tcp-listens") return tcp_listens(static_cast<int>(number));
  if (what == "udp-bound") return udp_bound(static_cast<int>(number));
  if (what == "segment-exists") return key_exists('m', number);
  if (what == "semaphores-exist") return key_exists('s', number);
  if (what == "queue-exists") return key_exists('q', number);
  if (what == "fifo-exists") return is_fifo(place_.work + "/" + order.at("path").get<std::string>());
  if (is_announced(static_cast<int>(number)))
    return controlled_rest_told_ && !instances_[static_cast<int>(number)].ended;
  // As the last tick saw it: asking must not cost a walk through /proc.
  const auto found = pids_of_.find(static_cast<int>(number));
  if (timers_used_.count(static_cast<int>(number)) != 0) return false;
  return found != pids_of_.end() && rest_.looks(found->second) >= 2;
}

// The harness has nothing more to order: all programs of a controlled execution have ended.
bool Supervisor::is_over() const {
  return begun_ && last_was_started_ && controlled_rest_told_ &&
         std::all_of(instances_.begin(), instances_.end(), [](const auto& one) { return one.second.ended; });
}

void Supervisor::take(const std::string& name) {
  if (!killed_) kill_everything();
  const std::string path = place_.work + "/" + name;
  const Fd file(
      name.find('/') == std::string::npos ? ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1);
  struct stat info {};
  const bool regular = file.valid() && ::fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode);
  tell(Message::array({"taken", regular}), regular ? file.get() : -1);
}

// ---- who is there -------------------------------------------------------------------------------------------------

// All that belongs to the execution, as it was started by us.
std::vector<Process> Supervisor::programs() const {
  if (nobody_is_left()) return {};
  std::vector<Process> all = processes();
  std::erase_if(all, [&](const Process& process) { return servers_.is_server(process.pid); });
  return all;
}

// Found out without a walk through /proc, when few processes there ever were in this execution. False: there may be
// somebody.
bool Supervisor::nobody_is_left() const {
  if (deserted_) return true;
  constexpr int kMost = 200;
  const int first = std::atoi(kBelowFirstPid) + 1, last = last_pid(place_);
  if (!pids_begin_anew_ || last < first - 1 || last - first >= kMost) return false;
  for (int pid = first; pid <= last; ++pid) {
    if (::kill(pid, 0) == 0 || errno != ESRCH) return false;
  }
  // Whoever was made while we looked is overlooked; but then the last process id is another one.
  return deserted_ = last_pid(place_) == last;
}

// ---- what descriptors bring --------------------------------------------------------------------------------------

void Supervisor::on_report(int number) {
  while (take_report(instances_[number])) {
  }
}

// One packet of a child that becomes a program. False when there is none yet, or no more.
bool Supervisor::take_report(Instance& instance) {
  char words[512];
  iovec vector{words, sizeof words};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  msghdr header{};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  const ssize_t got = ::recvmsg(instance.report.get(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (got < 0 && errno == EAGAIN) return false;
  if (got <= 0) {  // exec closed it
    instance.report.reset();
    return false;
  }
  const cmsghdr* part = CMSG_FIRSTHDR(&header);
  if (!part) {
    instance.failure.assign(words, static_cast<std::size_t>(got));
    return true;
  }
  int listener = -1;
  std::memcpy(&listener, CMSG_DATA(part), sizeof listener);
  instance.listener = Fd(listener);
  watch(listener, EPOLLIN, kListener, instance.number);
  return true;
}

void Supervisor::drain(bool error_stream) {
  const Fd& socket = error_stream ? err_ : out_;
  static char bytes[kChunk];
  for (;;) {
    iovec vector{bytes, sizeof bytes};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(ucred)) + CMSG_SPACE(sizeof(int) * 16)];
    msghdr header{};
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    const ssize_t got = ::recvmsg(socket.get(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) were_shut_ = true;  // by a program: we hold the other end
    if (got <= 0) return;
    ucred writer{};
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
      if (part->cmsg_type == SCM_CREDENTIALS) std::memcpy(&writer, CMSG_DATA(part), sizeof writer);
      if (part->cmsg_type != SCM_RIGHTS) continue;
      // A program may send descriptors along; they are not wanted.
      for (std::size_t at = CMSG_LEN(0); at + sizeof(int) <= part->cmsg_len; at += sizeof(int)) {
        int unwanted = -1;
        std::memcpy(&unwanted, reinterpret_cast<char*>(part) + at, sizeof unwanted);
        ::close(unwanted);
      }
    }
    const std::int64_t kept = std::min<std::int64_t>(got, output_left_);
    output_left_ -= kept;
    if (kept > 0) {
      const int number = instance_of(writer.pid, writer.gid);
      if (is_announced(number)) rest_told_ = controlled_rest_told_ = false;
      tell(Message::array({"output", number, writer.pid, error_stream,
                           bytes_value(std::string(bytes, static_cast<std::size_t>(kept)))}));
    }
    if (kept < got && !limit_told_) {
      limit_told_ = true;
      tell(Message::array({"limit", "output"}));
    }
  }
}

void Supervisor::drain_both() {
  if (!out_.valid()) return;
  drain(false);
  drain(true);
}

int Supervisor::instance_of(int pid, gid_t group) {
  if (place_.mode == Mode::kRoot) {
    const bool known = group >= kFirstGroup && group < kFirstGroup + kMostInstances;
    return known ? static_cast<int>(group - kFirstGroup) : -1;
  }
  // Whoever ends was reported before (see on_listener), so a writer that is gone is known all the same.
  const auto child = instance_by_pid_.find(pid);
  if (child != instance_by_pid_.end()) return child->second;
  // With one instance there is nobody else it could be.
  if (instances_.size() == 1) return instances_.begin()->first;
  const auto known = instance_by_session_.find(::getsid(pid));
  if (known == instance_by_session_.end()) return -1;
  return instance_by_pid_[pid] = known->second;
}

void Supervisor::on_children() {
  signalfd_siginfo ignored[16];
  while (::read(signals_.get(), ignored, sizeof ignored) > 0) {
  }
  drain_both();  // what was written before the end comes before it
  int status = 0;
  rusage used{};
  for (int pid = 0; (pid = ::wait4(-1, &status, WNOHANG, &used)) > 0;) {
    const auto seconds = [](const timeval& time) { return time.tv_sec + time.tv_usec * 1e-6; };
    end_of_program(pid, status, seconds(used.ru_utime) + seconds(used.ru_stime));
    servers_.note_end(pid);
  }
  if (begun_ && control_.is_controlled()) on_controlled_end();
}

void Supervisor::end_of_program(int pid, int status, double cpu_seconds) {
  const auto found = instance_by_pid_.find(pid);
  if (found == instance_by_pid_.end()) return;
  const int number = found->second;
  const auto entry = instances_.find(number);
  if (entry == instances_.end() || entry->second.pid != pid || entry->second.ended) return;
  Instance& instance = entry->second;
  if (instance.report.valid()) on_report(number);
  instance.ended = true;
  if (is_announced(number)) {
    rest_told_ = controlled_rest_told_ = false;
    control_.note_end(number, pid);
  }
  tell(Message::array({"ended", number, pid, status, cpu_seconds, instance.failure}));
}

void Supervisor::on_tick() {
  std::uint64_t ticks = 0;
  if (::read(tick_.get(), &ticks, sizeof ticks) < 0) return;
  if (control_.is_controlled()) drain(false);
  const std::vector<Process> all = programs();
  if (all.empty()) return;
  std::int64_t resident = 0;
  const std::int64_t ours = control_.mapped_bytes();
  for (const Process& process : all) resident += std::max<std::int64_t>(process.resident_bytes - ours, 0);
  if (resident > memory_most_ && !limit_told_) {
    limit_told_ = true;
    return tell(Message::array({"limit", "memory"}));
  }
  if (control_.is_controlled())
    on_controlled_tick(all);
  else
    look_for_rest(all);
}

void Supervisor::look_at(const std::vector<Process>& all) {
  rest_.look(all);
  pids_of_.clear();
  for (const Process& process : all) {
    const gid_t group = place_.mode == Mode::kRoot ? static_cast<gid_t>(group_of(process.pid)) : 0;
    pids_of_[instance_of(process.pid, group)].push_back(process.pid);
  }
}

int Supervisor::looks_for_rest() const {
  if (!timers_used_.empty()) return kLooksForRestWithTimers;
  return has_internet_sockets() ? kLooksForRestWithSockets : kLooksForRest;
}

void Supervisor::look_for_rest(const std::vector<Process>& all) {
  look_at(all);
  std::vector<int> pids;
  for (const Process& process : all) pids.push_back(process.pid);
  const int looks = rest_.looks(pids), enough = looks_for_rest();
  if (looks < enough) rest_told_ = false;
  if (looks < enough || rest_told_) return;
  drain_both();
  rest_told_ = true;
  tell(Message::array({"rest", stirred_, !timers_used_.empty(), true}));
}

}  // namespace jitterlab::init
