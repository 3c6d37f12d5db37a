// One scenario being played in a box: starts roles, feeds them, stops them, as the lab file says, and writes down what
// is seen.
//
//   advance()  carries out whatever may be done now: roles to start, steps, input, signals
//   take_in()  writes an event of the box into the observation
//   The loop between them ends when nobody is left, when nobody can go on any more, or at a limit.
//
// How the end is found: a role that `ends: stopped` is sent SIGTERM once every other program has ended and it waits
// itself, or once everyone waits. Whoever then still waits, although it should have ended by itself, came to rest.
//
// Controlled executions (controlled_run.cc) differ in when something is carried out, not in what.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "run/conditions.h"
#include "run/observation.h"
#include "run/run_execution.h"
#include "sandbox/box.h"

namespace jitterlab {

class ScenarioRun {
 public:
  ScenarioRun(Box& box, const Lab& lab, const Scenario& scenario, const ProgramPaths& programs,
              const Execution& execution, const Schedule* schedule, StartBy start);
  // `before_end` is called when the execution is over, before what is left of it is killed.
  Observation run(double wall_seconds, const std::function<void()>& before_end = {});

 private:
  using Clock = std::chrono::steady_clock;

  struct Live {  // beside each instance of the observation
    const Role* role = nullptr;
    std::size_t pieces_fed = 0;
    bool input_ended = false;
    std::vector<bool> signalled;  // per entry of role->signals
  };

  // Carrying out; each says whether it did anything.
  bool advance();
  bool start_waiting_roles();
  bool take_step();
  bool feed_input();
  bool send_signals();
  bool stop_idle_roles();
  bool at_rest();
  void start(const Role& role);
  Launch add_instance(const Role& role, int number);
  bool stop(std::size_t instance);
  Launch launch(const Role& role, int number, std::size_t instance) const;
  void give_first_input(Launch& launch);
  std::optional<Control> control() const;

  // Controlled executions.
  bool is_controlled() const { return observation_.execution.strategy == Strategy::kControlled; }
  bool advance_controlled();
  bool carry_out_one();
  bool stop_one(bool all_are_stopped);
  void start_together(const std::vector<const Role*>& roles);
  bool nothing_follows() const;
  bool is_under_control(int instance) const;

  void take_in(const BoxEvent& event);
  void take_in_late(const BoxEvent& event);
  void write_down_end();

  bool is_running(std::size_t instance) const;
  bool everybody_ended() const;
  bool work_is_pending() const;
  bool must_ask() const;
  bool holds_all(const std::vector<Condition>& conditions) const;
  World world() const { return World{box_, observation_, resting_}; }

  Box& box_;
  const Lab& lab_;
  const Scenario& scenario_;
  const ProgramPaths& programs_;
  const Schedule* schedule_;
  const StartBy start_;
  Observation observation_;
  std::vector<Live> live_;                  // as observation_.instances
  std::vector<const Role*> waiting_roles_;  // to be started when their conditions hold
  std::map<std::string, int> started_;      // instances so far, per role
  std::size_t next_step_ = 0;
  std::size_t step_reached_ = 0;  // instances that it has come to
  bool resting_ = false;
  bool timer_pending_ = false;  // with resting_: a timer of the programs may still wake somebody
  bool over_ = false;
  bool controlled_rest_ = true;   // controlled executions: no controlled task goes on before we have done something
  bool stirred_ = false;          // we have, since it was looked at last
  Clock::time_point idle_since_;  // when only roles to be stopped were left
  bool idle_ = false;
};

}  // namespace jitterlab
