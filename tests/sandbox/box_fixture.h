// A real box and the few words the tests need: run this, then look at what was seen.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "sandbox/box.h"

namespace jitterlab {

// All that came out of one execution.
struct Seen {
  std::string out, err;
  std::map<int, Ending> endings;  // by instance
  std::map<int, double> cpu;
  std::vector<BoxEvent> output;     // in the order of arrival
  std::vector<std::string> limits;  // "memory", "output"
  bool rested = false;
  BoxEnd end;

  std::string left() const {
    std::string words;
    for (const BoxLeftOver& left : end.left_behind) words += (words.empty() ? "" : ", ") + left.kind + " " + left.name;
    return words;
  }
};

class BoxTest : public testing::Test {
 protected:
  static constexpr auto kProtection = std::chrono::seconds(60);

  void open(const BoxSetup& setup = {}) { box_ = Box::open(setup); }

  Launch shell(const std::string& script, int instance = 0) {
    Launch launch;
    launch.instance = instance;
    launch.arguments = {"/bin/sh", "-c", script};
    launch.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"};
    return launch;
  }

  void take_in(Seen& seen, const BoxEvent& event) {
    if (event.kind == BoxEvent::Kind::kOutput) {
      (event.error_stream ? seen.err : seen.out) += event.bytes;
      seen.output.push_back(event);
    }
    if (event.kind == BoxEvent::Kind::kEnded) {
      seen.endings[event.instance] = event.ending;
      seen.cpu[event.instance] = event.cpu_seconds;
    }
    if (event.kind == BoxEvent::Kind::kRest) seen.rested = true;
    if (event.kind == BoxEvent::Kind::kLimit) seen.limits.push_back(event.what);
  }

  // Until all of `launches` have ended, a limit was exceeded, or everyone rests.
  Seen run(const std::vector<Launch>& launches, const Bounds& bounds = {}, const std::string& input = "") {
    if (!box_) open();
    Seen seen;
    box_->begin(bounds, std::nullopt);
    for (const Launch& launch : launches) {
      box_->start(launch);
      box_->feed(launch.instance, input);
      box_->close_input(launch.instance);
    }
    const auto deadline = std::chrono::steady_clock::now() + kProtection;
    while (seen.endings.size() < launches.size() && seen.limits.empty() && !seen.rested) {
      const BoxEvent event = box_->next(deadline);
      if (event.kind == BoxEvent::Kind::kNothing) {
        ADD_FAILURE() << "nothing more happened; out so far: " << seen.out << " err: " << seen.err;
        break;
      }
      take_in(seen, event);
    }
    seen.end = box_->finish();
    for (const BoxEvent& event : seen.end.late) take_in(seen, event);
    return seen;
  }

  Seen run(const std::string& script, const Bounds& bounds = {}) { return run({shell(script)}, bounds); }

  std::unique_ptr<Box> box_;
};

}  // namespace jitterlab
