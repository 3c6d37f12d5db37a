#include "check/observation_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jitterlab {
namespace {

struct Piece {
  std::string who, what;
};

std::vector<Piece> pieces_of(const std::string& text) {
  std::vector<Piece> pieces;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(" | ", begin), text.size());
    const std::string piece = text.substr(begin, end - begin);
    const std::size_t colon = piece.find(": ");
    EXPECT_NE(colon, std::string::npos) << piece;
    pieces.push_back({piece.substr(0, colon), piece.substr(colon + 2)});
    begin = end + 3;
  }
  return pieces;
}

// Takes "#2" and the like off the end of `who`; `otherwise` when there is none.
int take_number(std::string& who, char mark, int otherwise) {
  const std::size_t at = who.find(mark);
  if (at == std::string::npos) return otherwise;
  const int number = std::stoi(who.substr(at + 1));
  who.erase(at);
  return number;
}

int instance_of(Observation& observation, const std::string& role, int number) {
  for (std::size_t i = 0; i < observation.instances.size(); ++i) {
    if (observation.instances[i].role == role && observation.instances[i].number == number) return static_cast<int>(i);
  }
  const int index = static_cast<int>(observation.instances.size());
  observation.instances.push_back(
      {.role = role, .number = number, .pid = 100 + index, .ending = Ending::from_names("exited", 0, "")});
  return index;
}

void set_ending(InstanceSeen& instance, std::string what) {
  if (what.rfind("stopped, ", 0) == 0) {
    instance.sent_sigterm = true;
    what.erase(0, 9);
  }
  if (what.rfind("exit ", 0) == 0) {
    instance.ending = Ending::from_names("exited", std::stoi(what.substr(5)), "");
  } else if (what.rfind("signal ", 0) == 0) {
    instance.ending = Ending::from_names("signalled", std::stoi(what.substr(7)), "");
  } else if (what == "alive") {
    instance.ending = Ending::from_names("signalled", 9, "");
    instance.alive_at_end = true;
  } else {
    ASSERT_EQ(what, "not started");
    instance.ending = Ending();
    instance.pid = 0;
  }
}

}  // namespace

Observation seen(const std::string& writes) {
  Observation observation;
  observation.execution.scenario = "fruit";
  for (auto [who, bytes] : pieces_of(writes)) {
    const Stream stream = who.back() == '!' ? Stream::kErr : Stream::kOut;
    if (stream == Stream::kErr) who.pop_back();
    const int pid = take_number(who, '/', 0);
    const int number = take_number(who, '#', 0);
    const int instance = instance_of(observation, who, number);
    observation.output.push_back({instance, pid ? pid : observation.instances[instance].pid, stream, bytes});
  }
  return observation;
}

Observation ended(const std::string& endings, const std::string& scenario) {
  Observation observation;
  observation.execution.scenario = scenario;
  for (auto [who, what] : pieces_of(endings)) {
    const int number = take_number(who, '#', 0);
    const int instance = instance_of(observation, who, number);
    set_ending(observation.instances[instance], what);
  }
  return observation;
}

Lab fruit_lab() {
  Lab lab;
  lab.id = "fruit-market";
  lab.events = {{"produced", R"(produced (?P<item>\w+))", {"item"}, ""},
                {"got", R"(consumer (?P<who>\d+) got (?P<item>\w+))", {"who", "item"}, ""},
                {"ping", R"(Ping(?P<n>\d*))", {"n"}, ""},
                {"pong", R"(Pong(?P<n>\d*))", {"n"}, ""},
                {"enter", R"(enter (?P<lock>\w+))", {"lock"}, ""},
                {"leave", R"(leave (?P<lock>\w+))", {"lock"}, ""}};
  lab.parameters = {{.name = "words", .count = 3}};
  const Role producer{.name = "producer"}, consumer{.name = "consumer"}, client{.name = "client"};
  const Role server{.name = "server", .ends = Ends::kStopped};
  lab.scenarios = {{.name = "fruit", .roles = {producer, consumer}},
                   {.name = "servers", .roles = {server, client}},
                   {.name = "waiting", .roles = {producer}, .stop_when_everyone_waits = true}};
  return lab;
}

Answer ask(const Question& question, const Observation& observation, const ProgramRunner& run_program) {
  const Lab lab = fruit_lab();
  Check check{.id = "asked", .points = 1, .in = {observation.execution.scenario}, .question = question};
  return answer(lab, check, observation, run_program);
}

}  // namespace jitterlab
