#include "run/observation_json.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "os/error.h"

namespace jitterlab {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

// ---- spelling of enumerators -------------------------------------------------------------------------------------

template <typename Enum>
struct Spelling {
  Enum value;
  const char* word;
};

constexpr Spelling<Strategy> kStrategies[] = {
    {Strategy::kPlain, "plain"}, {Strategy::kJitter, "jitter"}, {Strategy::kControlled, "controlled"}};
constexpr Spelling<Stream> kStreams[] = {{Stream::kOut, "out"}, {Stream::kErr, "err"}};
constexpr Spelling<Origin> kOrigins[] = {
    {Origin::kSubmission, "submission"}, {Origin::kReference, "reference"}, {Origin::kLab, "lab"}};
constexpr Spelling<Limit> kLimits[] = {{Limit::kNone, "none"},
                                       {Limit::kWall, "wall"},
                                       {Limit::kMemory, "memory"},
                                       {Limit::kOutput, "output"},
                                       {Limit::kSteps, "steps"}};
constexpr Spelling<ObjectKind> kObjectKinds[] = {
    {ObjectKind::kSegment, "segment"}, {ObjectKind::kSemaphores, "semaphores"}, {ObjectKind::kQueue, "queue"}};
constexpr Spelling<LeftKind> kLeftKinds[] = {
    {LeftKind::kSegment, "segment"},
    {LeftKind::kSemaphores, "semaphores"},
    {LeftKind::kQueue, "queue"},
    {LeftKind::kSharedMemory, "shared-memory"},
    {LeftKind::kMessageQueue, "message-queue"},
    {LeftKind::kFile, "file"},
    {LeftKind::kFifo, "fifo"},
    {LeftKind::kSocket, "socket"},
    {LeftKind::kProcess, "process"},
};

constexpr Spelling<WaitsFor> kWaits[] = {{WaitsFor::kNothing, "nothing"}, {WaitsFor::kSemaphores, "semaphores"},
                                         {WaitsFor::kSending, "room"},    {WaitsFor::kReceiving, "message"},
                                         {WaitsFor::kTask, "task"},       {WaitsFor::kFutex, "futex"},
                                         {WaitsFor::kWrite, "write"},     {WaitsFor::kOther, "other"},
                                         {WaitsFor::kSignal, "signal"},   {WaitsFor::kLoop, "loop"}};

template <typename Enum, std::size_t n>
std::string spelled(const Spelling<Enum> (&spellings)[n], Enum value) {
  for (const auto& spelling : spellings) {
    if (spelling.value == value) return spelling.word;
  }
  throw Error("observation: a value of no known kind");
}

// ---- bytes as characters -----------------------------------------------------------------------------------------

std::string characters_of(const std::string& bytes) {
  std::string utf8;
  utf8.reserve(bytes.size());
  for (const unsigned char byte : bytes) {
    if (byte < 0x80) {
      utf8 += static_cast<char>(byte);
    } else {
      utf8 += static_cast<char>(0xC0 | byte >> 6);
      utf8 += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return utf8;
}

json characters_of(const std::vector<std::string>& list) {
  json all = json::array();
  for (const std::string& bytes : list) all.push_back(characters_of(bytes));
  return all;
}

// ---- writing -----------------------------------------------------------------------------------------------------

json to_json(const Execution& execution) {
  return {{"scenario", characters_of(execution.scenario)},
          {"strategy", spelled(kStrategies, execution.strategy)},
          {"index", execution.index},
          {"seed", execution.seed}};
}

json to_json(const InstanceSeen& seen) {
  return {{"role", characters_of(seen.role)},
          {"number", seen.number},
          {"origin", spelled(kOrigins, seen.origin)},
          {"pid", seen.pid},
          {"ending",
           {{"kind", seen.ending.kind_name()},
            {"number", seen.ending.number()},
            {"why", characters_of(seen.ending.why())}}},
          {"sent-sigterm", seen.sent_sigterm},
          {"alive-at-end", seen.alive_at_end},
          {"cpu-seconds", seen.cpu_seconds}};
}

json to_json(const OutputPiece& piece) {
  return {{"instance", piece.instance},
          {"pid", piece.pid},
          {"stream", spelled(kStreams, piece.stream)},
          {"bytes", characters_of(piece.bytes)}};
}

json to_json(const ObjectSeen& object) {
  return {{"kind", spelled(kObjectKinds, object.kind)},
          {"key", object.key},
          {"id", object.id},
          {"mode", object.mode},
          {"size", object.size},
          {"operated", object.operated},
          {"erased", object.erased},
          {"creator-pid", object.creator_pid}};
}

json to_json(const LeftOver& left) {
  return {{"kind", spelled(kLeftKinds, left.kind)}, {"name", characters_of(left.name)}, {"pid", left.pid}};
}

json numbers_of(const Operation& operation) {
  return {static_cast<int>(operation.kind),
          operation.is_write,
          operation.size,
          operation.object,
          operation.offset,
          operation.place,
          static_cast<int>(operation.call)};
}

json to_json(const TraceEvent& event) {
  if (event.kind == TraceEvent::Kind::kCreated && event.flags == 0) return {event.task, event.parent};
  if (event.kind == TraceEvent::Kind::kCreated) return {event.task, event.parent, event.flags};
  const Choice& choice = event.choice;
  return {event.task,    choice.count,
          choice.picked, choice.last == Choice::kNone ? -1 : int{choice.last},
          event.flags,   numbers_of(event.operation),
          event.value,   event.parent,
          event.effect,  event.detail};
}

json to_json(const TraceNote& note) {
  return {note.after, note.event.task, note.event.effect, numbers_of(note.event.operation), note.event.detail};
}

json to_json(const ProgramSeen& program) { return {characters_of(program.path), program.bias}; }

json to_json(const NamedThing& thing) { return {static_cast<int>(thing.kind), thing.a, thing.b}; }
json to_json(const CrashedProcess& crashed) { return {crashed.task, crashed.signal}; }

json to_json(const WaitingTask& task) {
  json semaphores = json::array();
  for (const SemaphoreChange& change : task.semaphores) semaphores.push_back({change.member, change.change});
  return {{"id", task.id},
          {"pid", task.pid},
          {"instance", task.instance},
          {"waits-for", spelled(kWaits, task.waits_for)},
          {"task", task.task},
          {"operation", numbers_of(task.operation)},
          {"callers", task.callers},
          {"semaphores", std::move(semaphores)},
          {"message-type", task.message_type}};
}

json to_json(const OpenEnd& open) { return {open.pid, open.descriptor, open.object, open.reads, open.writes}; }

template <typename Item>
json to_json(const std::vector<Item>& items) {
  json list = json::array();
  for (const Item& item : items) list.push_back(to_json(item));
  return list;
}

json to_json(const ControlledEnd& end) {
  json all = {{"lost", end.lost},
              {"differs-at", end.differs_at},
              {"stopped-by-steps", end.stopped_by_steps},
              {"ran-in-turn", end.ran_in_turn},
              {"stopped-by-tasks", end.stopped_by_tasks},
              {"clock", end.clock},
              {"waiting", to_json(end.waiting)},
              {"open-ends", to_json(end.open_ends)},
              {"crashed", to_json(end.crashed)},
              {"trace-cut", end.trace.is_cut}};
  if (end.trace.before_loops != 0) all["before-loops"] = end.trace.before_loops;
  if (end.lost != 0) all["lost-in"] = {static_cast<int>(end.lost_kind), end.lost_place};
  if (end.lost_call != 0) all["lost-call"] = end.lost_call;
  if (end.used != NotControlled::kNothing) all["not-controlled"] = static_cast<int>(end.used);
  if (!end.trace.events.empty()) all["trace"] = to_json(end.trace.events);
  if (!end.trace.notes.empty()) all["notes"] = to_json(end.trace.notes);
  if (end.trace.noted_events != Trace{}.noted_events) all["noted-events"] = end.trace.noted_events;
  if (!end.programs.empty()) all["programs"] = to_json(end.programs);
  if (!end.objects.empty()) all["objects"] = to_json(end.objects);
  for (const auto& [task, instance] : end.roots) all["roots"].push_back({task, instance});
  return all;
}

// ---- reading -----------------------------------------------------------------------------------------------------

// A value together with the place where it stands, for messages.
class Place {
 public:
  Place(const json& value, std::string path) : value_(value), path_(std::move(path)) {}

  [[noreturn]] void reject(const std::string& why) const {
    throw Error("observation: " + (path_.empty() ? "" : path_ + ": ") + why);
  }

  Place operator[](const char* key) const {
    if (!value_.is_object()) reject("must be an object");
    const auto found = value_.find(key);
    if (found == value_.end()) reject(std::string("`") + key + "` is missing");
    return Place(*found, path_.empty() ? key : path_ + "." + key);
  }

  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }

  // Of a list of a certain length.
  std::size_t size() const {
    if (!value_.is_array()) reject("must be a list");
    return value_.size();
  }
  Place at(std::size_t index) const {
    if (index >= size()) reject("is too short");
    return Place(value_[index], path_ + "[" + std::to_string(index) + "]");
  }

  template <typename Enum>
  Enum number_up_to(Enum last) const {
    const auto number = integer<std::uint8_t>();
    if (number > static_cast<std::uint8_t>(last)) reject("is out of range");
    return static_cast<Enum>(number);
  }

  template <typename Read>
  auto list(Read read) const {
    if (!value_.is_array()) reject("must be a list");
    std::vector<std::invoke_result_t<Read, const Place&>> items;
    items.reserve(value_.size());
    for (std::size_t i = 0; i < value_.size(); ++i) {
      items.push_back(read(Place(value_[i], path_ + "[" + std::to_string(i) + "]")));
    }
    return items;
  }

  template <typename Number>
  Number integer() const {
    if (!value_.is_number_integer()) reject("must be an integer");
    const bool fits = value_.is_number_unsigned() ? std::in_range<Number>(value_.get<std::uint64_t>())
                                                  : std::in_range<Number>(value_.get<std::int64_t>());
    if (!fits) reject("is out of range");
    return value_.get<Number>();
  }

  double real() const {
    if (!value_.is_number()) reject("must be a number");
    return value_.get<double>();
  }

  bool truth() const {
    if (!value_.is_boolean()) reject("must be true or false");
    return value_.get<bool>();
  }

  std::string bytes() const {
    if (!value_.is_string()) reject("must be a string");
    return bytes_of(value_.get_ref<const std::string&>());
  }

  template <typename Enum, std::size_t n>
  Enum one_of(const Spelling<Enum> (&spellings)[n]) const {
    const std::string word = bytes();
    std::string choices;
    for (const auto& spelling : spellings) {
      if (spelling.word == word) return spelling.value;
      choices += (choices.empty() ? "" : ", ") + std::string(spelling.word);
    }
    reject("must be one of: " + choices);
  }

  std::map<std::string, std::vector<std::string>> lists_by_name() const {
    if (!value_.is_object()) reject("must be an object");
    std::map<std::string, std::vector<std::string>> lists;
    for (const auto& [name, list_value] : value_.items()) {
      const Place place(list_value, path_ + "." + name);
      lists[place.bytes_of(name)] = place.list([](const Place& item) { return item.bytes(); });
    }
    return lists;
  }

 private:
  // The parser has made sure that this is UTF-8.
  std::string bytes_of(const std::string& utf8) const {
    std::string bytes;
    bytes.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
      const auto lead = static_cast<unsigned char>(utf8[i]);
      if (lead < 0x80) {
        bytes += utf8[i];
      } else {
        if (lead > 0xC3) reject("has a character that stands for no byte (above U+00FF)");
        bytes += static_cast<char>((lead & 0x03) << 6 | (utf8[++i] & 0x3F));
      }
    }
    return bytes;
  }

  const json& value_;
  std::string path_;
};

Execution execution_from(const Place& place) {
  return {.scenario = place["scenario"].bytes(),
          .strategy = place["strategy"].one_of(kStrategies),
          .index = place["index"].integer<int>(),
          .seed = place["seed"].integer<std::uint64_t>()};
}

Ending ending_from(const Place& place) {
  const std::string kind = place["kind"].bytes(), why = place["why"].bytes();
  const int number = place["number"].integer<int>();
  try {
    return Ending::from_names(kind, number, why);
  } catch (const Error& error) {
    place["kind"].reject(error.what());
  }
}

InstanceSeen instance_from(const Place& place) {
  return {.role = place["role"].bytes(),
          .number = place["number"].integer<int>(),
          .origin = place["origin"].one_of(kOrigins),
          .pid = place["pid"].integer<int>(),
          .ending = ending_from(place["ending"]),
          .sent_sigterm = place["sent-sigterm"].truth(),
          .alive_at_end = place["alive-at-end"].truth(),
          .cpu_seconds = place["cpu-seconds"].real()};
}

OutputPiece piece_from(const Place& place) {
  return {.instance = place["instance"].integer<int>(),
          .pid = place["pid"].integer<int>(),
          .stream = place["stream"].one_of(kStreams),
          .bytes = place["bytes"].bytes()};
}

ObjectSeen object_from(const Place& place) {
  return {.kind = place["kind"].one_of(kObjectKinds),
          .key = place["key"].integer<std::int64_t>(),
          .id = place["id"].integer<int>(),
          .mode = place["mode"].integer<int>(),
          .size = place["size"].integer<std::int64_t>(),
          .operated = place["operated"].truth(),
          .erased = place["erased"].truth(),
          .creator_pid = place["creator-pid"].integer<int>()};
}

LeftOver left_over_from(const Place& place) {
  return {.kind = place["kind"].one_of(kLeftKinds), .name = place["name"].bytes(), .pid = place["pid"].integer<int>()};
}

Operation operation_from(const Place& place) {
  return {.kind = place.at(0).number_up_to(StepKind::kOther),
          .is_write = place.at(1).truth(),
          .call = place.at(6).number_up_to(kLastCall),
          .size = place.at(2).integer<std::uint32_t>(),
          .object = place.at(3).integer<std::uint64_t>(),
          .offset = place.at(4).integer<std::uint64_t>(),
          .place = place.at(5).integer<std::uint64_t>()};
}

TraceEvent event_from(const Place& place) {
  TraceEvent event;
  event.task = place.at(0).integer<std::uint64_t>();
  if (place.size() <= 3) {
    event.parent = place.at(1).integer<std::uint64_t>();
    if (place.size() == 3) event.flags = place.at(2).integer<std::uint8_t>();
    return event;
  }
  const int last = place.at(3).integer<std::int8_t>();
  event.kind = TraceEvent::Kind::kExecuted;
  event.choice = {place.at(1).integer<std::uint8_t>(), place.at(2).integer<std::uint8_t>(),
                  last < 0 ? Choice::kNone : static_cast<std::uint8_t>(last)};
  event.flags = place.at(4).integer<std::uint8_t>();
  event.operation = operation_from(place.at(5));
  event.value = place.at(6).integer<std::uint64_t>();
  event.parent = place.at(7).integer<std::uint64_t>();
  event.effect = place.at(8).integer<std::uint8_t>();
  event.detail = place.at(9).integer<std::uint64_t>();
  return event;
}

TraceNote note_from(const Place& place) {
  TraceNote note;
  note.after = place.at(0).integer<std::size_t>();
  note.event.kind = TraceEvent::Kind::kNoted;
  note.event.task = place.at(1).integer<std::uint64_t>();
  note.event.effect = place.at(2).integer<std::uint8_t>();
  note.event.operation = operation_from(place.at(3));
  note.event.detail = place.at(4).integer<std::uint64_t>();
  return note;
}

SemaphoreChange change_from(const Place& place) {
  return {.member = place.at(0).integer<int>(), .change = place.at(1).integer<int>()};
}

ProgramSeen program_from(const Place& place) {
  return {.path = place.at(0).bytes(), .bias = place.at(1).integer<std::uint64_t>()};
}

NamedThing thing_from(const Place& place) {
  return {.kind = place.at(0).number_up_to(kLastNamedKind),
          .a = place.at(1).integer<std::uint64_t>(),
          .b = place.at(2).integer<std::uint64_t>()};
}

std::pair<TaskId, int> root_from(const Place& place) {
  return {place.at(0).integer<std::uint64_t>(), place.at(1).integer<int>()};
}

WaitingTask waiting_from(const Place& place) {
  return {.id = place["id"].integer<std::uint64_t>(),
          .pid = place["pid"].integer<int>(),
          .instance = place["instance"].integer<int>(),
          .waits_for = place["waits-for"].one_of(kWaits),
          .task = place["task"].integer<std::uint64_t>(),
          .operation = operation_from(place["operation"]),
          .callers = place["callers"].integer<std::uint64_t>(),
          .semaphores = place["semaphores"].list(change_from),
          .message_type = place["message-type"].integer<std::int64_t>()};
}

OpenEnd open_end_from(const Place& place) {
  return {.pid = place.at(0).integer<int>(),
          .descriptor = place.at(1).integer<int>(),
          .object = place.at(2).integer<std::uint64_t>(),
          .reads = place.at(3).truth(),
          .writes = place.at(4).truth()};
}

CrashedProcess crashed_from(const Place& place) {
  return {place.at(0).integer<std::uint64_t>(), place.at(1).integer<int>()};
}

ControlledEnd controlled_from(const Place& place) {
  ControlledEnd end;
  end.lost = place["lost"].integer<std::uint32_t>();
  if (end.lost != 0) {
    end.lost_kind = place["lost-in"].at(0).number_up_to(StepKind::kOther);
    end.lost_place = place["lost-in"].at(1).integer<std::uint64_t>();
  }
  if (place.has("lost-call")) end.lost_call = place["lost-call"].integer<std::uint32_t>();
  if (place.has("not-controlled")) end.used = place["not-controlled"].number_up_to(NotControlled::kClone);
  end.differs_at = place["differs-at"].integer<int>();
  end.stopped_by_steps = place["stopped-by-steps"].truth();
  end.ran_in_turn = place["ran-in-turn"].truth();
  end.stopped_by_tasks = place["stopped-by-tasks"].truth();
  end.clock = place["clock"].integer<std::uint64_t>();
  end.waiting = place["waiting"].list(waiting_from);
  end.open_ends = place["open-ends"].list(open_end_from);
  end.crashed = place["crashed"].list(crashed_from);
  end.trace.is_cut = place["trace-cut"].truth();
  if (place.has("before-loops")) end.trace.before_loops = place["before-loops"].integer<std::size_t>();
  if (place.has("trace")) end.trace.events = place["trace"].list(event_from);
  if (place.has("notes")) end.trace.notes = place["notes"].list(note_from);
  if (place.has("noted-events")) end.trace.noted_events = place["noted-events"].integer<std::size_t>();
  if (place.has("programs")) end.programs = place["programs"].list(program_from);
  if (place.has("objects")) end.objects = place["objects"].list(thing_from);
  if (!place.has("roots")) return end;
  for (const auto& [task, instance] : place["roots"].list(root_from)) end.roots[task] = instance;
  return end;
}

}  // namespace

std::string to_json_text(const Observation& observation) {
  json parameters = json::object();
  for (const auto& [name, values] : observation.parameters) parameters[characters_of(name)] = characters_of(values);
  json all = {{"format", kFormat},
              {"execution", to_json(observation.execution)},
              {"parameters", std::move(parameters)},
              {"instances", to_json(observation.instances)},
              {"output", to_json(observation.output)},
              {"output-cut", observation.output_cut},
              {"objects", to_json(observation.objects)},
              {"used", characters_of(observation.used)},
              {"left-behind", to_json(observation.left_behind)},
              {"left-behind-more", observation.left_behind_more},
              {"came-to-rest", observation.came_to_rest},
              {"limit", spelled(kLimits, observation.limit)},
              {"steps", observation.steps},
              {"interference", characters_of(observation.interference)}};
  if (observation.controlled) all["controlled"] = to_json(*observation.controlled);
  return all.dump();
}

Observation observation_from_json(const std::string& text) {
  json parsed;
  try {
    parsed = json::parse(text);
  } catch (const json::parse_error& error) {
    throw Error("observation: byte " + std::to_string(error.byte) + ": this is no JSON; is the file complete?");
  }
  const Place all(parsed, "");
  if (const int format = all["format"].integer<int>(); format != kFormat) {
    all["format"].reject("is " + std::to_string(format) + ", and this jitterlab reads " + std::to_string(kFormat));
  }
  return {.execution = execution_from(all["execution"]),
          .parameters = all["parameters"].lists_by_name(),
          .instances = all["instances"].list(instance_from),
          .output = all["output"].list(piece_from),
          .output_cut = all["output-cut"].truth(),
          .objects = all["objects"].list(object_from),
          .used = all["used"].list([](const Place& item) { return item.bytes(); }),
          .left_behind = all["left-behind"].list(left_over_from),
          .left_behind_more = all["left-behind-more"].integer<int>(),
          .came_to_rest = all["came-to-rest"].truth(),
          .limit = all["limit"].one_of(kLimits),
          .steps = all["steps"].integer<std::uint64_t>(),
          .interference = all["interference"].bytes(),
          .controlled = all.has("controlled") ? std::optional(controlled_from(all["controlled"])) : std::nullopt};
}

}  // namespace jitterlab
