#include "sandbox/box.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>

#include "os/error.h"
#include "os/spawn.h"
#include "os/temp_dir.h"
#include "sandbox/host_processes.h"
#include "sandbox/lane.h"
#include "sandbox/launcher.h"
#include "sandbox/read_controlled.h"
#include "sandbox/wire.h"

namespace jitterlab {
namespace {

using Clock = std::chrono::steady_clock;

// Events are arrays, which are put together and taken apart faster than objects:
//   "output", instance, process, whether it is standard error, bytes
//   "ended", instance, process, wait status, processor seconds, why it was not started or ""
//   "rest", orders obeyed so far, whether a timer is set, whether it is everyone
//   "limit", which
BoxEvent event_of(const Message& message) {
  BoxEvent event;
  const std::string kind = message.at(0);
  if (kind == "rest") {
    event.kind = BoxEvent::Kind::kRest;
    event.timer_pending = message.at(2);
    event.everyone = message.at(3);
    return event;
  }
  if (kind == "limit") {
    event.kind = BoxEvent::Kind::kLimit;
    event.what = message.at(1);
    return event;
  }
  event.instance = message.at(1);
  event.pid = message.at(2);
  if (kind == "output") {
    event.kind = BoxEvent::Kind::kOutput;
    event.error_stream = message.at(3);
    event.bytes = bytes_of(message.at(4));
    return event;
  }
  event.kind = BoxEvent::Kind::kEnded;
  const std::string failure = message.at(5);
  event.ending = failure.empty() ? Ending::from_wait_status(message.at(3)) : Ending::not_started(failure);
  event.cpu_seconds = message.at(4);
  return event;
}

// "end", objects, mechanisms used, what was left behind, open ends of pipes, how many more were left, steps,
// interference
BoxEnd end_of(const Received& received) {
  const Message& message = received.message;
  BoxEnd end;
  for (const Message& object : message.at(1)) {
    end.objects.push_back({object.at(0).get<std::string>().at(0), object.at(1), object.at(2), object.at(3),
                           object.at(4), object.at(5), object.at(6), object.at(7), object.at(8)});
  }
  end.used = message.at(2).get<std::vector<std::pair<int, std::string>>>();
  for (const Message& left : message.at(3)) end.left_behind.push_back({left.at(0), bytes_of(left.at(1)), left.at(2)});
  end.left_behind_more = message.at(5);
  end.steps = message.at(6);
  end.interference = message.at(7);
  if (received.descriptor.valid() && end.interference.empty()) {
    end.controlled = read_controlled(received.descriptor.get());
    if (!end.controlled) end.interference = kWroteIntoAgent;
    for (const Message& open : message.at(4)) {
      if (!end.controlled) break;
      end.controlled->open_ends.push_back({open.at(0), open.at(1), open.at(2), open.at(3), open.at(4)});
    }
  }
  return end;
}

// The parts that are not zero, each behind its place and size: that is little, as a schedule makes use of one strategy
// only.
std::string parts_of(const std::string& scheduler) {
  constexpr std::size_t kPart = 64;
  static const std::string zeros(kPart, '\0');
  const auto is_zero = [&](std::size_t at) {
    return scheduler.compare(at, kPart, zeros, 0, std::min(kPart, scheduler.size() - at)) == 0;
  };
  // Most of it is looked at in larger pieces.
  constexpr std::size_t kPiece = 64 * kPart;
  static const std::string many_zeros(kPiece, '\0');
  std::string parts;
  for (std::size_t begin = 0; begin < scheduler.size(); begin += kPart) {
    if (begin % kPiece == 0 && scheduler.compare(begin, kPiece, many_zeros) == 0) {
      begin += kPiece - kPart;
      continue;
    }
    if (is_zero(begin)) continue;
    std::size_t end = begin;
    while (end < scheduler.size() && !is_zero(end)) end += kPart;
    end = std::min(end, scheduler.size());
    const SchedulerPart part{begin, end - begin};
    parts.append(reinterpret_cast<const char*>(&part), sizeof part).append(scheduler, begin, part.size);
    begin = end;
  }
  return parts;
}

Message control_value(const Control& control, int core) {
  Message value = {{"seed", control.seed}, {"faults", control.faults}};
  if (!control.schedule) return value;
  value["core"] = core;
  value["most-steps"] = control.schedule->most_steps;
  value["stop-at"] = control.schedule->stop_at;
  value["slow-others"] = control.schedule->slow_others;
  return value;
}

// What a controlled execution begins with, but for the scheduler.
struct Beginning {
  std::uint64_t seed = 0;
  std::uint32_t faults = 0, most_steps = 0, stop_at = 0;
  bool slow_others = false, may_fork = false;
  bool operator==(const Beginning&) const = default;
};

std::optional<Beginning> beginning_of(const std::optional<Control>& control) {
  if (!control || !control->schedule) return std::nullopt;
  const Control::Schedule& schedule = *control->schedule;
  return Beginning{.seed = control->seed,
                   .faults = control->faults,
                   .most_steps = schedule.most_steps,
                   .stop_at = schedule.stop_at,
                   .slow_others = schedule.slow_others,
                   .may_fork = schedule.may_fork};
}

Message bounds_value(const Bounds& bounds) {
  return {{"cpu", bounds.cpu_seconds},     {"memory", bounds.memory_bytes},
          {"file", bounds.file_bytes},     {"open-files", bounds.open_files},
          {"processes", bounds.processes}, {"total-memory", bounds.total_memory_bytes},
          {"output", bounds.output_bytes}};
}

std::string name_of(BoxQuestion::Kind kind) {
  switch (kind) {
    case BoxQuestion::Kind::kTcpListens:
      return "tcp-listens";
    case BoxQuestion::Kind::kUdpBound:
      return "udp-bound";
    case BoxQuestion::Kind::kSegmentExists:
      return "segment-exists";
    case BoxQuestion::Kind::kSemaphoresExist:
      return "semaphores-exist";
    case BoxQuestion::Kind::kQueueExists:
      return "queue-exists";
    case BoxQuestion::Kind::kFifoExists:
      return "fifo-exists";
    case BoxQuestion::Kind::kWaits:
      return "waits";
  }
  throw Error("a question of no known kind");
}

class RealBox : public Box {
 public:
  explicit RealBox(const BoxSetup& setup) : setup_(setup), isolation_(isolation_for(setup)) {
    ::signal(SIGPIPE, SIG_IGN);
    if (isolation_ == Isolation::kRootNamespaces) lane_.emplace();
    if (isolation_ == Isolation::kNone) folder_.emplace();
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) throw system_error("cannot make a socket");
    channel_ = Fd(ends[0]);
    const Fd theirs(ends[1]);
    int errors[2];
    if (::pipe2(errors, O_CLOEXEC) != 0) throw system_error("cannot make a pipe");
    errors_ = Fd(errors[0]);
    const Fd errors_theirs(errors[1]);
    const Fd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    child_ = spawn(launcher_arguments(setup, isolation_, lane_ ? lane_->user() : 0, folder_ ? folder_->path() : ""),
                   {{nothing.get(), 0}, {nothing.get(), 1}, {errors_theirs.get(), 2}, {theirs.get(), kChannel}});
  }

  // Separate from the constructor, so that a child that cannot get ready is waited for by the destructor.
  void wait_until_ready() { expect("ready"); }

  // Box init ends when the channel is closed, and takes everybody in the box with it; that is waited for, so that
  // nothing of a box outlives it. Should that take too long, child_ is killed.
  ~RealBox() override {
    channel_.reset();
    constexpr int kMilliseconds = 5000;
    pollfd gone{errors_.get(), 0, 0};  // hung up once nobody holds the other end
    ::poll(&gone, 1, kMilliseconds);
  }

  Isolation isolation() const override { return isolation_; }

  std::string inside(const std::string& name) const override { return path_inside(setup_, name); }

  std::string work_folder() const override { return folder_ ? folder_->path() + "/work" : "/work"; }
  std::string agent_control_path() const override { return folder_ ? folder_->path() + "/control" : "/run/control"; }

  int core() const override { return core_; }

  void begin(const Bounds& bounds, const std::optional<Control>& control) override {
    may_fork_ = control && control->schedule && control->schedule->may_fork;
    // Most executions have the bounds of the one before, begin like that, and start the same programs.
    const std::optional<Beginning> beginning = beginning_of(control);
    const bool again = beginning && bounds_ == bounds && begun_ == beginning;
    begun_ = beginning;
    if (again) return send({{"op", "begin-again"}}, parts_of(control->schedule->scheduler));
    Message order = {{"op", "begin"}, {"control", nullptr}, {"may-fork", may_fork_}};
    if (bounds_ != bounds) {
      bounds_ = bounds;
      order["bounds"] = bounds_value(bounds);
    }
    if (control) order["control"] = control_value(*control, core_);
    send(order, control && control->schedule ? parts_of(control->schedule->scheduler) : "");
  }

  void start(const Launch& launch) override {
    if (const auto known = launched_.find(launch.instance); known != launched_.end() && known->second == launch)
      return stir({{"op", "start-again"}, {"instance", launch.instance}});
    // One message holds so much only.
    const bool fits = launch.input.size() <= kChunk;
    stir({{"op", "start"},
          {"instance", launch.instance},
          {"arguments", launch.arguments},
          {"environment", launch.environment},
          {"folder", launch.folder},
          {"of-lab", launch.of_lab},
          {"as-compiler", launch.as_compiler},
          {"input", bytes_value(launch.input.substr(0, kChunk))},
          {"input-ends", launch.input_ends && fits},
          {"announced", launch.announced},
          {"signals", launch.signals},
          {"with-next", launch.with_next},
          {"may-fork", launch.may_fork},
          {"is-last", launch.is_last && fits}});
    if (fits) {
      launched_[launch.instance] = launch;
      return;
    }
    launched_.erase(launch.instance);
    feed(launch.instance, launch.input.substr(kChunk));
    if (launch.input_ends) close_input(launch.instance);
  }

  void feed(int instance, const std::string& bytes) override {
    for (std::size_t at = 0; at < bytes.size(); at += kChunk)
      stir({{"op", "feed"}, {"instance", instance}, {"bytes", bytes_value(bytes.substr(at, kChunk))}});
  }

  void close_input(int instance) override { stir({{"op", "close-input"}, {"instance", instance}}); }

  void signal(int instance, int signal) override {
    stir({{"op", "signal"}, {"instance", instance}, {"signal", signal}});
  }

  bool ask(const BoxQuestion& question) override {
    send({{"op", "ask"}, {"what", name_of(question.kind)}, {"number", question.number}, {"path", question.path}});
    return expect("answer").message.at(1);
  }

  std::map<int, int> processes() const override { return host_processes_below(child_->pid()); }

  BoxEvent next(Clock::time_point deadline) override {
    while (events_.empty()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (!receive_one(static_cast<int>(std::clamp<long long>(left, 0, 1'000'000))) && left <= 0) return BoxEvent{};
    }
    BoxEvent event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

  std::optional<Fd> take(const std::string& name) override {
    send({{"op", "take"}, {"name", name}});
    Received answer = expect("taken");
    if (!answer.message.at(1).get<bool>()) return std::nullopt;
    return std::move(answer.descriptor);
  }

  BoxEnd finish() override {
    if (!end_) send({{"op", "finish"}});
    while (!end_) receive_one(1000);
    BoxEnd end = end_of(*end_);
    end_.reset();
    end.late.assign(std::make_move_iterator(events_.begin()), std::make_move_iterator(events_.end()));
    events_.clear();
    return end;
  }

 private:
  // An order after which somebody may go on. Rest that was seen before box init obeyed it is no news any more, also
  // when its message is still on the way: the orders are counted on both sides.
  void stir(const Message& order) {
    ++stirred_;
    std::erase_if(events_, [](const BoxEvent& event) { return event.kind == BoxEvent::Kind::kRest; });
    send(order);
  }

  void send(const Message& order, const std::string& attached = "") {
    for (;;) {
      const Sent sent = send_message(channel_.get(), order, -1, attached);
      if (sent == Sent::kDone) return;
      if (sent == Sent::kClosed) broken("");
      // Box init may itself be waiting for us to read.
      pollfd either{channel_.get(), POLLIN | POLLOUT, 0};
      ::poll(&either, 1, -1);
      while (receive_one(0)) {
      }
    }
  }

  // Takes one packet off the channel. False at the time-out.
  bool receive_one(int milliseconds) {
    bool closed = false;
    auto received = receive_message(channel_.get(), closed);
    if (!received && !closed && milliseconds > 0) {
      pollfd ready{channel_.get(), POLLIN, 0};
      ::poll(&ready, 1, milliseconds);
      received = receive_message(channel_.get(), closed);
    }
    if (closed) broken("");
    if (!received) return false;
    const Message all = std::move(received->message);
    for (const Message& message : all) take_in(message, received->descriptor);
    return true;
  }

  // Events are kept, the answer to an order goes to answer_, the end to end_.
  void take_in(const Message& message, Fd& descriptor) {
    const std::string kind = message.at(0);
    if (kind == "broken") broken(message.at(1));
    if (kind == "rest" && message.at(1) != stirred_) return;
    if (kind == "output" || kind == "ended" || kind == "rest" || kind == "limit")
      events_.push_back(event_of(message));
    else
      (kind == "end" ? end_ : answer_) = Received{message, "", std::move(descriptor)};
  }

  Received expect(const std::string& kind) {
    while (!answer_) receive_one(1000);
    if (answer_->message.at(0) != kind) throw Error("the sandbox answered out of turn");
    Received answer = std::move(*answer_);
    answer_.reset();
    return answer;
  }

  [[noreturn]] void broken(const std::string& what) {
    const std::string said = read_all(errors_.get(), 4096);
    std::string words = what.empty() ? said : what;
    while (!words.empty() && words.back() == '\n') words.pop_back();
    if (words.empty()) words = "it ended without a word";
    throw Error("the sandbox could not be made or was lost: " + words +
                "; run `jitterlab doctor` to see what is missing");
  }

  BoxSetup setup_;
  // Controlled executions run on one core: only one of their tasks runs at a time, and handing over to another core
  // takes longer.
  const int core_ = setup_.core ? *setup_.core : cores_for(1);
  Isolation isolation_;
  std::optional<Lane> lane_;
  std::optional<TempDir> folder_;
  Fd channel_, errors_;
  std::deque<BoxEvent> events_;
  std::uint64_t stirred_ = 0;
  bool may_fork_ = false;           // in the execution that was begun last
  std::optional<Bounds> bounds_;    // sent last
  std::optional<Beginning> begun_;  // likewise
  std::map<int, Launch> launched_;  // sent last, for each instance
  std::optional<Received> answer_, end_;
  std::unique_ptr<Child> child_;  // last: killed first
};

}  // namespace

// Boxes of one process take turns; several graders at a time do not all begin with the same.
int cores_for(int boxes) {
  constexpr unsigned kMostCores = 0x10000;
  static std::atomic<unsigned> given{static_cast<unsigned>(::getpid())};
  return static_cast<int>(given.fetch_add(static_cast<unsigned>(boxes)) % kMostCores);
}

std::string to_string(Isolation isolation) {
  switch (isolation) {
    case Isolation::kRootNamespaces:
      return "namespaces, with a user id of its own per lane";
    case Isolation::kUserNamespaces:
      return "namespaces of a normal user, one user id for all programs of a lane";
    case Isolation::kNone:
      return "none: the submission was trusted";
  }
  throw Error("an isolation of no known kind");
}

std::string path_inside(const BoxSetup& setup, const std::string& name) {
  if (!setup.trust) return "/mnt/" + name;
  const auto found =
      std::find_if(setup.mounts.begin(), setup.mounts.end(), [&](const Mount& mount) { return mount.name == name; });
  if (found == setup.mounts.end()) throw Error("nothing called " + name + " was put into the box");
  return found->host;
}

std::unique_ptr<Box> Box::open(const BoxSetup& setup) {
  auto box = std::make_unique<RealBox>(setup);
  box->wait_until_ready();
  return box;
}

}  // namespace jitterlab
