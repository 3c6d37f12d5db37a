#include "sandbox/init/control_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

#include "agent/control_area.h"
#include "os/error.h"
#include "sandbox/read_controlled.h"

namespace jitterlab::init {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20;  // place.cc: use_large_pages
constexpr std::size_t kControlled = offsetof(ControlArea, controlled);
constexpr std::size_t kTraceCount = kControlled + offsetof(Controlled, trace_count);
constexpr std::size_t kTaskCount = kControlled + offsetof(Controlled, task_count);
constexpr std::size_t kTasks = kControlled + offsetof(Controlled, tasks);

void write_at(const Fd& file, std::size_t offset, const void* from, std::size_t size) {
  if (::pwrite(file.get(), from, size, static_cast<off_t>(offset)) != static_cast<ssize_t>(size))
    throw system_error("cannot write the control area");
}

template <typename Value>
void put(const Fd& file, std::size_t offset, const Value& value) {
  write_at(file, offset, &value, sizeof value);
}

// Zeros where the programs have made the file shorter.
std::string bytes_at(const Fd& file, std::size_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  if (::pread(file.get(), bytes.data(), size, static_cast<off_t>(offset)) < 0) bytes.assign(size, '\0');
  return bytes;
}

template <typename Value>
Value field(const std::string& bytes, std::size_t offset) {
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::int32_t number_in(const std::string& tasks, int slot, std::size_t offset) {
  return field<std::int32_t>(tasks, sizeof(ControlledTask) * static_cast<std::size_t>(slot) + offset);
}

Life life_in(const std::string& tasks, int slot) {
  return static_cast<Life>(
      tasks[sizeof(ControlledTask) * static_cast<std::size_t>(slot) + offsetof(ControlledTask, life)]);
}

template <typename Value>
void set(std::string& area, std::size_t offset, const Value& value) {
  std::memcpy(area.data() + offset, &value, sizeof value);
}

// What the area begins with where that is not zero, in the order of the places.
class Pieces {
 public:
  void add(std::size_t place, std::string bytes) { pieces_.push_back({place, std::move(bytes)}); }
  template <typename Value>
  void add_controlled(std::size_t place, const Value& value) {
    add(kControlled + place, std::string(reinterpret_cast<const char*>(&value), sizeof value));
  }

  // Over zeros.
  void write(const Fd& file) const {
    for (const auto& [place, bytes] : pieces_) write_at(file, place, bytes.data(), bytes.size());
  }

  // With zeros between and behind them, over whatever there is. In few calls; and writing zeros is faster than giving
  // pages back, of which most are needed again. Nobody writes to these, so that they are one page of the kernel's.
  void write_all(const Fd& file) {
    static char zeros[sizeof(ControlArea)];
    std::vector<iovec> parts;
    std::size_t begin = 0, end = 0;
    const auto write_parts = [&] {
      if (::pwritev(file.get(), parts.data(), static_cast<int>(parts.size()), static_cast<off_t>(begin)) !=
          static_cast<ssize_t>(end - begin))
        throw system_error("cannot write the control area");
      parts.clear();
      begin = end;
    };
    for (auto& [place, bytes] : pieces_) {
      parts.push_back({zeros, place - end});
      parts.push_back({bytes.data(), bytes.size()});
      end = place + bytes.size();
      if (parts.size() + 2 > IOV_MAX) write_parts();
    }
    parts.push_back({zeros, sizeof zeros - end});
    end = sizeof zeros;
    write_parts();
  }

 private:
  std::vector<std::pair<std::size_t, std::string>> pieces_;
};

Pieces first_pieces(const Message& control, const std::string& scheduler) {
  const bool is_controlled = control.contains("most-steps");
  std::string head(offsetof(ControlArea, root_signals), '\0');
  set(head, offsetof(ControlArea, magic), kControlMagic);
  set(head, offsetof(ControlArea, seed), control.at("seed").get<std::uint64_t>());
  set(head, offsetof(ControlArea, faults), control.at("faults").get<std::uint32_t>());
  if (is_controlled) set(head, offsetof(ControlArea, mode), ControlMode::kControlled);
  Pieces pieces;
  pieces.add(0, std::move(head));
  if (!is_controlled) return pieces;
  pieces.add_controlled(offsetof(Controlled, most_steps), control.at("most-steps").get<std::uint32_t>());
  pieces.add_controlled(offsetof(Controlled, stop_at), control.at("stop-at").get<std::uint32_t>());
  pieces.add_controlled(offsetof(Controlled, slow_others), control.at("slow-others").get<bool>());
  pieces.add_controlled(offsetof(Controlled, last_slot), std::int32_t{-1});
  static_assert(offsetof(Controlled, most_steps) < offsetof(Controlled, stop_at) &&
                offsetof(Controlled, stop_at) < offsetof(Controlled, slow_others) &&
                offsetof(Controlled, slow_others) < offsetof(Controlled, last_slot) &&
                offsetof(Controlled, last_slot) < offsetof(Controlled, scheduler));
  for (std::size_t at = 0; at < scheduler.size();) {
    const auto part = field<SchedulerPart>(scheduler, at);
    at += sizeof part;
    pieces.add(kControlled + offsetof(Controlled, scheduler) + part.place, scheduler.substr(at, part.size));
    at += part.size;
  }
  return pieces;
}

}  // namespace

void ControlFile::make(const Message& control, const std::string& scheduler) {
  const bool is_controlled = control.contains("most-steps");
  if (!is_served_) {
    remove();
    if (control.is_null()) return;
    make_file(is_controlled ? kControlledFileSize : sizeof(ControlArea));
    if (is_controlled) make_bell();
  }
  const std::uint32_t written = is_served_ ? events() : 0;
  Pieces pieces = first_pieces(control, scheduler);
  if (!is_served_) return pieces.write(file_);
  pieces.write_all(file_);
  empty_trace(written);
}

void ControlFile::make_for_servers() {
  if (!is_served_) {
    remove();
    make_file(kControlledFileSize);
    make_bell();
    is_served_ = true;
  }
  put(file_, offsetof(ControlArea, mode), ControlMode::kServing);
  put(file_, offsetof(ControlArea, magic), kControlMagic);
}

void ControlFile::make_file(std::size_t size) {
  file_ = Fd(::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file_.valid() || ::ftruncate(file_.get(), static_cast<off_t>(size)) != 0 || ::fchmod(file_.get(), 0666) != 0)
    throw system_error("cannot make the agent's control area");
}

std::uint32_t ControlFile::events() const {
  const auto count = field<std::uint32_t>(bytes_at(file_, kTraceCount, sizeof(std::uint32_t)), 0);
  return std::min(count, kMostTraceEvents);
}

std::int64_t ControlFile::mapped_bytes() const {
  if (!is_controlled()) return 0;
  const std::size_t used = sizeof(ControlArea) + events() * sizeof(TraceEvent);
  return static_cast<std::int64_t>((used + kLargePage - 1) / kLargePage * kLargePage);
}

// `events` were written. Zeros are written over them as far as the first large page goes; the others are given back.
void ControlFile::empty_trace(std::uint32_t events) const {
  static constexpr char kZeros[32 << 10] = {};
  const std::size_t end = sizeof(ControlArea) + events * sizeof(TraceEvent);
  for (std::size_t at = sizeof(ControlArea); at < std::min(end, kLargePage); at += sizeof kZeros)
    write_at(file_, at, kZeros, std::min({sizeof kZeros, end - at, kLargePage - at}));
  if (end > kLargePage && ::fallocate(file_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, kLargePage,
                                      static_cast<off_t>(kControlledFileSize - kLargePage)) != 0)
    throw system_error("cannot empty the trace");
  silence_bell();
}

void ControlFile::make_bell() {
  const std::string path = path_ + kBellSuffix;
  if (::mkfifo(path.c_str(), 0622) != 0 || ::chmod(path.c_str(), 0622) != 0)
    throw system_error("cannot make the agent's bell");
  // For writing too: without a writer it would always be ready.
  bell_ = Fd(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
  if (!bell_.valid()) throw system_error("cannot open the agent's bell");
}

void ControlFile::forget() {
  announced_.clear();
  kept_tasks_.clear();
  if (!is_served_) remove();
}

void ControlFile::remove() {
  is_served_ = false;
  file_.reset();
  bell_.reset();
  announced_.clear();
  orders_ = 0;
  kept_tasks_.clear();
  ::unlink(path_.c_str());
  ::unlink((path_ + kBellSuffix).c_str());
}

void ControlFile::silence_bell() const {
  char rings[4096];
  if (::read(bell_.get(), rings, sizeof rings) < 0) return;  // somebody else emptied it
}

void ControlFile::announce(const std::vector<int>& instances) {
  if (!is_controlled() || instances.empty()) return;
  for (const int instance : instances) {
    if (announced_.size() == kMaxTasks) break;  // the others run without control
    put(file_, kControlled + offsetof(Controlled, root_number) + sizeof(std::uint16_t) * announced_.size(),
        static_cast<std::uint16_t>(instance));
    announced_.push_back(instance);
  }
  put(file_, kControlled + offsetof(Controlled, roots), static_cast<std::uint32_t>(announced_.size()));
}

void ControlFile::begin_order() {
  if (is_controlled()) put(file_, kControlled + offsetof(Controlled, orders), ++orders_);
}

void ControlFile::end_order() { begin_order(); }

void ControlFile::set_signals(int instance, std::uint64_t signals) {
  if (signals == 0 || !file_.valid() || instance < 0 || instance >= kMostSignalled) return;
  put(file_, offsetof(ControlArea, root_signals) + sizeof signals * static_cast<std::size_t>(instance), signals);
}

// Whoever waits for the program looks after the process of its slot; that there is one, nobody else can tell.
void ControlFile::note_end(int instance, int pid) const {
  if (!is_controlled() || field<std::uint32_t>(bytes_at(file_, kTaskCount, sizeof(std::uint32_t)), 0) == 0) return;
  const std::string tasks = bytes_at(file_, kTasks, sizeof(Controlled::tasks));
  for (int slot = 0; slot < kMaxTasks; ++slot) {
    const std::size_t at = sizeof(ControlledTask) * static_cast<std::size_t>(slot);
    const auto id = field<TaskId>(tasks, at + offsetof(ControlledTask, ref) + offsetof(TaskRef, id));
    if (id != root_id(instance) || life_in(tasks, slot) == Life::kNone) continue;
    if (number_in(tasks, slot, offsetof(ControlledTask, pid)) == 0)
      put(file_, kTasks + at + offsetof(ControlledTask, pid), static_cast<std::int32_t>(pid));
  }
}

bool ControlFile::has_root(int instance) const {
  const std::string tasks = bytes_at(file_, offsetof(ControlArea, tasks), sizeof(ControlArea::tasks));
  for (std::size_t at = 0; at < tasks.size(); at += sizeof(ControlTask)) {
    if (field<std::uint64_t>(tasks, at + offsetof(ControlTask, id)) == root_id(instance)) return true;
  }
  return false;
}

ControlFile::State ControlFile::state() const {
  constexpr std::size_t kFirst = offsetof(Controlled, progress);
  constexpr std::size_t kSize = offsetof(Controlled, answer) - kFirst;
  const std::string bytes = bytes_at(file_, kControlled + kFirst, kSize);
  return {field<std::uint64_t>(bytes, 0), field<std::uint32_t>(bytes, offsetof(Controlled, resting) - kFirst),
          field<std::uint32_t>(bytes, offsetof(Controlled, looks) - kFirst),
          field<std::uint32_t>(bytes, offsetof(Controlled, stopped) - kFirst)};
}

ControlFile::Tasks ControlFile::tasks() const {
  const std::string bytes = bytes_at(file_, kTasks, sizeof(Controlled::tasks));
  Tasks result;
  for (int slot = 0; slot < kMaxTasks; ++slot) {
    const Life life = life_in(bytes, slot);
    if (life == Life::kNone) continue;
    const int pid = number_in(bytes, slot, offsetof(ControlledTask, pid));
    result.processes.insert(pid);
    if (life == Life::kParked || life == Life::kRunning)
      result.held.emplace(pid, number_in(bytes, slot, offsetof(ControlledTask, tid)));
  }
  return result;
}

std::uint64_t ControlFile::file_object(std::uint64_t device, std::uint64_t inode) const {
  const std::uint64_t key = object_key(Named::kFile, device, inode);
  constexpr std::size_t kObjects = kControlled + offsetof(Controlled, objects);
  for (std::uint64_t i = 0; i < kMostObjects; ++i) {
    const std::uint64_t slot = (key / 2 + i) & (kMostObjects - 1);
    const std::string known = bytes_at(file_, kObjects + slot * sizeof(KnownObject), sizeof(KnownObject));
    const auto there = field<std::uint64_t>(known, offsetof(KnownObject, key));
    if (there == key) return field<std::uint64_t>(known, offsetof(KnownObject, number));
    if (there == 0) break;
  }
  return 0;
}

void ControlFile::keep_tasks() {
  if (is_controlled()) kept_tasks_ = bytes_at(file_, kTasks, sizeof(Controlled::tasks));
}

void ControlFile::announce_end() {
  constexpr std::uint32_t kYes = 1;
  // It can fail only when the programs made it fail.
  if (is_controlled() &&
      ::pwrite(file_.get(), &kYes, sizeof kYes, static_cast<off_t>(kControlled + offsetof(Controlled, ending))) < 0)
    return;
}

void ControlFile::put_tasks_back() const {
  if (kept_tasks_.empty()) return;
  // It can fail only when the programs made it fail; then their own words stand.
  if (::pwrite(file_.get(), kept_tasks_.data(), kept_tasks_.size(), static_cast<off_t>(kTasks)) < 0) return;
}

std::string ControlFile::read(std::uint64_t& steps) const {
  if (!file_.valid()) return "";
  struct stat info {};
  const std::size_t size = is_controlled() ? kControlledFileSize : sizeof(ControlArea);
  const std::string head = bytes_at(file_, 0, offsetof(ControlArea, tasks));
  if (::fstat(file_.get(), &info) != 0 || info.st_size != static_cast<off_t>(size) ||
      field<std::uint64_t>(head, offsetof(ControlArea, magic)) != kControlMagic ||
      field<std::uint32_t>(head, offsetof(ControlArea, damaged)) != 0)
    return kWroteIntoAgent;
  steps = field<std::uint64_t>(head, offsetof(ControlArea, steps));
  return "";
}

}  // namespace jitterlab::init
