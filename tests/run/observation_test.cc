#include "run/observation.h"

#include <gmock/gmock.h>

#include <limits>

#include "os/error.h"
#include "run/observation_json.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

std::string all_bytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

// Every field away from its default.
Observation full() {
  Observation o;
  o.execution = {"crowd", Strategy::kJitter, 17, std::numeric_limits<std::uint64_t>::max()};
  o.parameters = {{"words", {"kiwi", "fig"}}, {"none", {}}};
  o.instances = {
      {.role = "server", .origin = Origin::kReference, .pid = 2, .ending = Ending::from_names("exited", 3, "")},
      {.role = "client", .number = 1, .ending = Ending::not_started("no such file")},
      {.role = "client",
       .number = 2,
       .origin = Origin::kLab,
       .pid = 9,
       .ending = Ending::from_names("signalled", 15, ""),
       .sent_sigterm = true,
       .alive_at_end = true,
       .cpu_seconds = 0.1}};
  o.output = {{0, 2, Stream::kOut, all_bytes()}, {-1, 0, Stream::kErr, "J\xC3\xA4ger \xF0\x9F\x8D\x90"}};
  o.output_cut = true;
  o.objects = {{ObjectKind::kSemaphores, -1, 4, 0600, 3, true, true, 2}, {ObjectKind::kQueue, 0x3039}};
  o.used = {"pipe", "threads"};
  o.left_behind = {{LeftKind::kMessageQueue, "/q\xFF", 5}};
  o.left_behind_more = 7;
  o.came_to_rest = true;
  o.limit = Limit::kMemory;
  o.steps = 123456789012;
  o.interference = "wrote to \x01 control";
  return o;
}

TEST(ObservationJson, EverythingComesBack) {
  const Observation before = full();
  const std::string text = to_json_text(before);
  const Observation after = observation_from_json(text);
  EXPECT_EQ(to_json_text(after), text);
  EXPECT_EQ(after.execution, before.execution);
  EXPECT_EQ(after.parameters, before.parameters);
  EXPECT_EQ(after.instances[1].ending, before.instances[1].ending);
  EXPECT_TRUE(after.instances[2].ending.killed_by(15));
  EXPECT_EQ(after.instances[2].cpu_seconds, before.instances[2].cpu_seconds);
  EXPECT_EQ(after.limit, Limit::kMemory);
  EXPECT_EQ(after.left_behind[0].name, before.left_behind[0].name);
  EXPECT_EQ(after.interference, before.interference);
}

Observation controlled() {
  Observation o = full();
  o.execution.strategy = Strategy::kControlled;
  o.limit = Limit::kSteps;
  ControlledEnd end;
  end.lost = 2;
  end.lost_kind = StepKind::kReceive;
  end.lost_place = 0xFFFFFFFFFFFFFFFF;
  end.lost_call = 1;
  end.used = NotControlled::kClone;
  end.differs_at = 5;
  end.stopped_by_steps = end.ran_in_turn = end.trace.is_cut = true;
  end.trace.before_loops = 2;
  end.clock = 1'000'000'000;
  const Operation write{StepKind::kWrite, true, Call::kSemop, 4, 9, 8, 0x401000};
  end.waiting = {{77, 101, 0, WaitsFor::kTask, 78, write, 0x1234, {{2, -1}}, -5}};
  end.open_ends = {{101, 4, 9, false, true}};
  end.trace.events = {{.task = 77},
                      {.task = 78, .parent = 77},
                      {.kind = TraceEvent::Kind::kExecuted,
                       .flags = TraceEvent::kTimed,
                       .choice = {2, 1, Choice::kNone},
                       .task = 78,
                       .parent = 0x5678,
                       .operation = write,
                       .value = 41,
                       .detail = 42}};
  end.trace.events.push_back({.flags = TraceEvent::kThread, .task = 79, .parent = 77});
  end.trace.events[2].effect = 5;
  end.trace.notes = {{2, end.trace.events[2]}};
  end.trace.notes[0].event.kind = TraceEvent::Kind::kNoted;
  end.trace.noted_events = 3;
  end.programs = {{"/mnt/instrumented/a\xff", 0x555555554000}};
  end.objects = {{}, {NamedKind::kSegment, 3, 0}, {NamedKind::kPrivate, 77, 0}};
  end.roots = {{77, 0}, {80, -1}};
  o.controlled = end;
  return o;
}

TEST(ObservationJson, ControlledExecutionComesBack) {
  const std::string text = to_json_text(controlled());
  const Observation after = observation_from_json(text);
  EXPECT_EQ(to_json_text(after), text);
  ASSERT_TRUE(after.controlled.has_value());
  EXPECT_EQ(schedule_hash(after.controlled->trace), schedule_hash(controlled().controlled->trace));
  EXPECT_EQ(after.controlled->trace.events[2].choice, (Choice{2, 1, Choice::kNone}));
  EXPECT_EQ(after.controlled->trace.events[2].operation.place, 0x401000u);
  EXPECT_EQ(after.controlled->lost_place, 0xFFFFFFFFFFFFFFFFu);
  EXPECT_EQ(after.controlled->trace.events[3].flags, TraceEvent::kThread);
  EXPECT_EQ(after.controlled->trace.events[2].effect, 5);
  EXPECT_EQ(after.controlled->trace.events[2].value, 41u);
  EXPECT_EQ(after.controlled->trace.events[2].detail, 42u);
  EXPECT_EQ(after.controlled->trace.notes.at(0).after, 2u);
  EXPECT_EQ(after.controlled->trace.notes[0].event.detail, 42u);
  EXPECT_EQ(after.controlled->trace.notes[0].event.effect, 5);
  EXPECT_EQ(after.controlled->trace.noted_events, 3u);
  EXPECT_EQ(after.controlled->programs[0].path, "/mnt/instrumented/a\xff");
  EXPECT_EQ(after.controlled->programs[0].bias, 0x555555554000u);
  EXPECT_EQ(after.controlled->objects.at(2).kind, NamedKind::kPrivate);
  EXPECT_EQ(after.controlled->roots.at(80), -1);
  EXPECT_EQ(after.limit, Limit::kSteps);
  EXPECT_TRUE(after.controlled->ran_in_turn);
  EXPECT_EQ(after.controlled->trace.before_loops, 2u);
  const WaitingTask& waiting = after.controlled->waiting[0];
  EXPECT_EQ(waiting.waits_for, WaitsFor::kTask);
  EXPECT_EQ(waiting.callers, 0x1234u);
  EXPECT_EQ(waiting.semaphores[0].change, -1);
  EXPECT_EQ(waiting.message_type, -5);
  EXPECT_EQ(after.controlled->trace.events[2].parent, 0x5678u);
  EXPECT_EQ(after.controlled->trace.events[2].operation.call, Call::kSemop);
  EXPECT_TRUE(after.controlled->open_ends[0].writes);
}

TEST(ObservationJson, ControlledExecutionWithoutEventsHasNoTrace) {
  Observation before = controlled();
  before.controlled->trace.events.clear();
  const std::string text = to_json_text(before);
  EXPECT_EQ(text.find("\"trace\""), std::string::npos);
  EXPECT_EQ(to_json_text(observation_from_json(text)), text);
}

TEST(ObservationJson, OperationOfNoKnownKindIsReported) {
  std::string text = to_json_text(controlled());
  const std::string kind = "\"lost-in\":[6,";
  text.replace(text.find(kind), kind.size(), "\"lost-in\":[99,");
  EXPECT_THROW(observation_from_json(text), Error);
}

TEST(ObservationJson, AnyByteSurvives) {
  const Observation after = observation_from_json(to_json_text(full()));
  EXPECT_EQ(after.output[0].bytes, all_bytes());
  EXPECT_EQ(after.output[1].bytes, "J\xC3\xA4ger \xF0\x9F\x8D\x90");
}

TEST(ObservationJson, AnEmptyObservationComesBack) {
  const std::string text = to_json_text(Observation{});
  EXPECT_EQ(to_json_text(observation_from_json(text)), text);
}

TEST(ObservationJson, AValueOfNoKnownKindIsNotWritten) {
  Observation broken;
  broken.limit = static_cast<Limit>(99);
  EXPECT_THROW(to_json_text(broken), Error);
}

// What observation_from_json says of the full observation with `from` replaced by `to`.
std::string complaint_about(const std::string& from, const std::string& to) {
  std::string text = to_json_text(full());
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  try {
    observation_from_json(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ObservationJson, BadInputIsReportedWithItsPlace) {
  EXPECT_EQ(complaint_about(R"("stream":"err")", R"("stream":"both")"),
            "observation: output[1].stream: must be one of: out, err");
  EXPECT_EQ(complaint_about(R"("came-to-rest":true)", R"("came-to-rest":1)"),
            "observation: came-to-rest: must be true or false");
  EXPECT_EQ(complaint_about(R"("index":17)", R"("index":4294967296)"), "observation: execution.index: is out of range");
  EXPECT_EQ(complaint_about(R"("key":-1)", R"("key":18446744073709551615)"),
            "observation: objects[0].key: is out of range");
  EXPECT_EQ(complaint_about(R"("index":17)", R"("index":1.5)"), "observation: execution.index: must be an integer");
  EXPECT_EQ(complaint_about(R"("cpu-seconds":0.1)", R"("cpu-seconds":"x")"),
            "observation: instances[2].cpu-seconds: must be a number");
  EXPECT_EQ(complaint_about(R"("used":[)", R"("used":[3,)"), "observation: used[0]: must be a string");
  EXPECT_EQ(complaint_about(R"("kind":"exited")", R"("kind":"gone")"),
            R"(observation: instances[0].ending.kind: "gone" is no kind of ending)");
}

TEST(ObservationJson, WrongShapesAreReportedWithTheirPlace) {
  EXPECT_EQ(complaint_about(R"("used":[)", R"("used":3,"x":[)"), "observation: used: must be a list");
  EXPECT_EQ(complaint_about(R"("parameters":{)", R"("parameters":[],"x":{)"),
            "observation: parameters: must be an object");
  EXPECT_EQ(complaint_about(R"("execution":{)", R"("execution":"","x":{)"),
            "observation: execution: must be an object");
  EXPECT_EQ(complaint_about(R"("steps")", R"("stairs")"), "observation: `steps` is missing");
  EXPECT_EQ(complaint_about(R"("format":1)", R"("format":2)"), "observation: format: is 2, and this jitterlab reads 1");
}

TEST(ObservationJson, ACharacterThatIsNoByteIsReported) {
  EXPECT_EQ(complaint_about("kiwi", "ki\xC4\x80wi"),
            "observation: parameters.words[0]: has a character that stands for no byte (above U+00FF)");
}

TEST(ObservationJson, TextThatIsNoJsonIsReported) {
  const std::string text = to_json_text(full());
  EXPECT_THAT(complaint_about(text, text.substr(0, 100)), HasSubstr("observation: byte 10"));
  EXPECT_THAT(complaint_about(text, ""), HasSubstr("this is no JSON"));
  EXPECT_THAT(complaint_about(text, "\"\xFF\""), HasSubstr("this is no JSON"));
}

TEST(Observation, AnInstanceIsCountedOnlyWhenItsRoleHasSeveral) {
  const Observation o = full();
  EXPECT_EQ(instance_name(o, 0), "server");
  EXPECT_EQ(instance_name(o, 1), "client 1");
  EXPECT_EQ(instance_name(o, 2), "client 2");
  EXPECT_EQ(instance_name(o, -1), "a process");
  EXPECT_EQ(instance_name(o, 3), "a process");
}

TEST(Observation, TextOfAllOrOfOneRoleComesInOrderOfArrival) {
  Observation o;
  o.instances = {{.role = "a"}, {.role = "b"}};
  o.output = {{0, 1, Stream::kOut, "1"}, {1, 2, Stream::kOut, "2"},  {0, 1, Stream::kErr, "x"},
              {0, 3, Stream::kOut, "3"}, {-1, 0, Stream::kOut, "4"}, {7, 0, Stream::kOut, "5"}};
  EXPECT_EQ(text_of(o, Stream::kOut), "12345");
  EXPECT_EQ(text_of(o, Stream::kOut, "a"), "13");
  EXPECT_EQ(text_of(o, Stream::kErr), "x");
}

}  // namespace
}  // namespace jitterlab
