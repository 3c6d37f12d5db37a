// A box in memory: plays back what a compiler might do. Starts nothing.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "os/error.h"
#include "sandbox/box.h"

namespace jitterlab {

class FakeBox : public Box {
 public:
  // What happens in one execution; when the events are used up, the deadline passes.
  struct Script {
    std::deque<BoxEvent> events;
    std::map<std::string, std::string> files;  // left in the work folder
  };

  static BoxEvent said(int instance, const std::string& bytes) {
    BoxEvent event;
    event.kind = BoxEvent::Kind::kOutput;
    event.instance = instance;
    event.bytes = bytes;
    return event;
  }
  static BoxEvent ended(int instance, int exit_code) {
    BoxEvent event;
    event.kind = BoxEvent::Kind::kEnded;
    event.instance = instance;
    event.ending = Ending::from_wait_status(exit_code << 8);
    return event;
  }
  static BoxEvent not_started(int instance) {
    BoxEvent event = ended(instance, 0);
    event.ending = Ending::not_started("No such file or directory");
    return event;
  }
  static BoxEvent limit(const std::string& what) {
    BoxEvent event;
    event.kind = BoxEvent::Kind::kLimit;
    event.what = what;
    return event;
  }

  Isolation strength = Isolation::kRootNamespaces;
  std::deque<Script> scripts;  // one for each execution to come
  std::vector<Launch> launches;
  std::vector<BoxEvent> late;  // seen by the next finish()
  int begun = 0, finished = 0;

  Isolation isolation() const override { return strength; }
  std::string inside(const std::string& name) const override { return "/mnt/" + name; }
  std::string work_folder() const override { return "/work"; }
  std::string agent_control_path() const override { return "/control"; }
  int core() const override { return 0; }
  std::map<int, int> processes() const override { return {}; }
  void begin(const Bounds&, const std::optional<Control>&) override {
    ++begun;
    if (scripts.empty()) throw Error("no execution was expected");
    now_ = scripts.front();
    scripts.pop_front();
  }
  void start(const Launch& launch) override { launches.push_back(launch); }
  void feed(int, const std::string&) override {}
  void close_input(int) override {}
  void signal(int, int) override {}
  bool ask(const BoxQuestion&) override { return false; }
  BoxEvent next(std::chrono::steady_clock::time_point) override {
    if (now_.events.empty()) return {};
    const BoxEvent event = now_.events.front();
    now_.events.pop_front();
    return event;
  }
  std::optional<Fd> take(const std::string& name) override {
    if (!now_.files.count(name)) return std::nullopt;
    char path[] = "/tmp/jitterlab-fake-XXXXXX";
    Fd file(::mkstemp(path));
    ::unlink(path);
    write_all(file.get(), now_.files[name]);
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
  }
  BoxEnd finish() override {
    ++finished;
    BoxEnd end;
    end.late.swap(late);
    return end;
  }

 private:
  Script now_;
};

}  // namespace jitterlab
