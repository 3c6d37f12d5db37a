// A small language for observations, and a lab to ask questions of them.
#pragma once

#include <string>
#include <vector>

#include "check/check.h"
#include "lab/lab.h"
#include "run/observation.h"

namespace jitterlab {

// "producer: produced kiwi\n | consumer: consumer 1 got kiwi\n": each piece, up to " | ", is one write to standard
// output. Who wrote it is named before ": ": "consumer", "consumer#2" (its instance number 2), "consumer/7" (a process
// of it with pid 7), "consumer!" (to standard error). Every instance mentioned has ended with exit 0. The execution is
// the first plain one of scenario "fruit".
Observation seen(const std::string& writes);

// The same for endings: "server: exit 0 | client#2: signal 11 | server: stopped, signal 15 | client: alive |
// client: not started | client: stopped, alive". "stopped" means that it was sent SIGTERM.
Observation ended(const std::string& endings, const std::string& scenario = "fruit");

// Scenarios "fruit" (roles producer, consumer), "servers" (server: ends stopped, client) and "waiting" (producer;
// stopped when everyone waits). Events produced(item), got(who, item), ping(n), pong(n), enter(lock), leave(lock). No
// checks.
Lab fruit_lab();

// Asks one question, in fruit_lab().
Answer ask(const Question& question, const Observation& observation, const ProgramRunner& run_program = nullptr);

}  // namespace jitterlab
