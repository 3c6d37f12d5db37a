#include "report/lab_words.h"

#include <cstring>

#include "report/wording.h"

namespace jitterlab {
namespace {

std::string code(const std::string& text) { return "`" + text + "`"; }

// "3 words", "1 word"
std::string counted(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string key_words(std::int64_t key) { return "key " + std::to_string(key); }

std::string signal_name(int signal) {
  const char* name = sigabbrev_np(signal);
  return name ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

std::string field_words(const EventField& field) { return code(field.field) + " of " + code(field.event); }

std::string coded(std::vector<std::string> words) {
  for (std::string& word : words) word = code(word);
  return enumerated(words);
}

struct ValuesWords {
  std::string operator()(const std::string& parameter) const { return code("$" + parameter); }
  std::string operator()(const EventField& field) const { return field_words(field); }
  std::string operator()(const std::vector<std::string>& values) const { return coded(values); }
};

std::string values_words(const Values& values) { return std::visit(ValuesWords{}, values); }

std::string per_words(const std::string& per) { return per.empty() ? "" : ", for each " + code(per) + " by itself"; }

std::string object_name(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kSegment:
      return "a shared memory segment";
    case ObjectKind::kSemaphores:
      return "a semaphore set";
    case ObjectKind::kQueue:
      break;
  }
  return "a message queue";
}

std::string object_words(const ObjectExisted& object) {
  std::string words = object_name(object.kind);
  if (object.key) words += " with " + key_words(*object.key);
  if (object.size) {
    words += " of " + counted(*object.size, object.kind == ObjectKind::kSemaphores ? "semaphore" : "byte");
  }
  if (object.mode) {
    char mode[16];
    std::snprintf(mode, sizeof mode, "%04o", static_cast<unsigned>(*object.mode));
    words += std::string(" and mode ") + mode;
  }
  words += " existed";
  return words + (object.operated ? " and was used" : "");
}

std::string mechanism_name(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::kSystemVSegment:
      return "System V shared memory";
    case Mechanism::kSystemVSemaphores:
      return "System V semaphores";
    case Mechanism::kSystemVQueue:
      return "System V message queues";
    case Mechanism::kPosixSegment:
      return "POSIX shared memory";
    case Mechanism::kPosixSemaphores:
      return "POSIX semaphores";
    case Mechanism::kPosixQueue:
      return "POSIX message queues";
    case Mechanism::kPipe:
      return "pipes";
    case Mechanism::kFifo:
      return "named pipes";
    case Mechanism::kSocket:
      return "internet sockets";
    case Mechanism::kUnixSocket:
      return "local sockets";
    case Mechanism::kSharedMapping:
      return "shared mappings";
    case Mechanism::kThreads:
      return "threads";
    case Mechanism::kSignals:
      break;
  }
  return "signals";
}

constexpr int kLeftKinds = 9;

std::string left_name(LeftKind kind) {
  switch (kind) {
    case LeftKind::kSegment:
      return "shared memory segments";
    case LeftKind::kSemaphores:
      return "semaphore sets";
    case LeftKind::kQueue:
      return "message queues";
    case LeftKind::kSharedMemory:
      return "POSIX shared memory";
    case LeftKind::kMessageQueue:
      return "POSIX message queues";
    case LeftKind::kFile:
      return "files";
    case LeftKind::kFifo:
      return "named pipes";
    case LeftKind::kSocket:
      return "sockets";
    case LeftKind::kProcess:
      break;
  }
  return "processes";
}

struct ConditionWords {
  std::string operator()(const TcpListens& c) const { return "TCP port " + std::to_string(c.port) + " listens"; }
  std::string operator()(const UdpBound& c) const { return "UDP port " + std::to_string(c.port) + " is bound"; }
  std::string operator()(const SegmentExists& c) const { return "a segment with " + key_words(c.key) + " exists"; }
  std::string operator()(const SemaphoresExist& c) const { return "semaphores with " + key_words(c.key) + " exist"; }
  std::string operator()(const QueueExists& c) const { return "a queue with " + key_words(c.key) + " exists"; }
  std::string operator()(const FifoExists& c) const { return "the named pipe " + code(c.path) + " exists"; }
  std::string operator()(const RolePrinted& c) const { return c.role + " has printed " + code(c.pattern); }
  std::string operator()(const RoleWaits& c) const { return c.role + " waits"; }
  std::string operator()(const RoleEnded& c) const { return c.role + " has ended"; }
  std::string operator()(const EveryoneWaits&) const { return "everyone waits"; }
};

struct QuestionWords {
  std::string operator()(const OutputCheck& q) const {
    const std::string whose = q.role.empty() ? "the output of all programs" : "the output of " + q.role;
    switch (q.how) {
      case OutputCheck::How::kExact:
        return whose + " is exactly " + code(q.text);
      case OutputCheck::How::kMatches:
        return whose + " matches " + code(q.text);
      case OutputCheck::How::kLineSet:
        break;
    }
    return whose + " has these lines in any order and no others: " + coded(q.lines);
  }

  std::string operator()(const CountCheck& q) const {
    std::vector<std::string> parts;
    for (const CountCheck::Range& range : q.ranges) parts.push_back(range_words(range));
    return enumerated(parts);
  }

  std::string operator()(const ExactlyOnceCheck& q) const {
    return "every value of " + values_words(q.of) + " appears exactly once as " + field_words(q.as) +
           ", and nothing else does";
  }

  std::string operator()(const SequenceCheck& q) const {
    return "the events " + coded(q.events) + " come in the order " + code(q.expression) + per_words(q.per);
  }

  std::string operator()(const OrderCheck& q) const {
    return field_words(q.of) + " comes in the order of " + values_words(q.as) + per_words(q.per);
  }

  std::string operator()(const AtMostCheck& q) const {
    return "never more than " + std::to_string(q.k) + " between " + code(q.enter) + " and " + code(q.leave) +
           per_words(q.per);
  }

  std::string operator()(const EachCheck& q) const {
    return "each " + field_words(q.of) + " is one of " + values_words(q.one_of);
  }

  std::string operator()(const EndedCheck& q) const {
    const std::string who = q.role.empty() ? "every program" : q.role;
    if (q.how == Ends::kStopped) return who + " is still there when it is stopped at the end";
    return who + " ends by itself" + (q.status ? " with status " + std::to_string(*q.status) : "");
  }

  std::string operator()(const ObjectsCheck& q) const {
    std::vector<std::string> parts;
    for (const ObjectExisted& object : q.existed) parts.push_back(object_words(object));
    return enumerated(parts);
  }

  std::string operator()(const UsesCheck& q) const {
    std::vector<std::string> parts;
    for (const Mechanism mechanism : q.any_of) parts.push_back(mechanism_name(mechanism));
    return "at least one of these is used: " + enumerated(parts);
  }

  std::string operator()(const LeftBehindCheck& q) const {
    if (static_cast<int>(q.none_of.size()) == kLeftKinds) return "nothing is left behind";
    std::vector<std::string> parts;
    for (const LeftKind kind : q.none_of) parts.push_back(left_name(kind));
    return "none of these are left behind: " + enumerated(parts);
  }

  std::string operator()(const FindingsCheck& q) const {
    std::string words;
    for (const FindingKind kind : q.none_of)
      words += (words.empty() ? "" : "; ") + demand(kind) + " (" + spelled(kind) + ")";
    return words;
  }

  std::string operator()(const ProgramCheck& q) const {
    return "the lab's own program " + code(q.program) + " finds nothing wrong";
  }

 private:
  static std::string range_words(const CountCheck::Range& range) {
    const std::string least = std::to_string(range.at_least), event = code(range.event);
    if (!range.at_most) return "at least " + least + " times " + event;
    if (*range.at_most == range.at_least) return "exactly " + least + " times " + event;
    return least + " to " + std::to_string(*range.at_most) + " times " + event;
  }
};

bool is_event(const Values& values, const std::string& event) {
  const auto* field = std::get_if<EventField>(&values);
  return field && field->event == event;
}

struct LooksAt {
  const std::string& event;

  bool operator()(const CountCheck& q) const {
    for (const CountCheck::Range& range : q.ranges) {
      if (range.event == event) return true;
    }
    return false;
  }
  bool operator()(const ExactlyOnceCheck& q) const { return q.as.event == event || is_event(q.of, event); }
  bool operator()(const SequenceCheck& q) const {
    for (const std::string& name : q.events) {
      if (name == event) return true;
    }
    return false;
  }
  bool operator()(const OrderCheck& q) const { return q.of.event == event || is_event(q.as, event); }
  bool operator()(const AtMostCheck& q) const { return q.enter == event || q.leave == event; }
  bool operator()(const EachCheck& q) const { return q.of.event == event || is_event(q.one_of, event); }
  template <typename Other>
  bool operator()(const Other&) const {
    return false;
  }
};

std::string origin_words(Origin origin) {
  switch (origin) {
    case Origin::kSubmission:
      return "";
    case Origin::kReference:
      return ", of a right solution";
    case Origin::kLab:
      break;
  }
  return ", of the lab";
}

std::string input_words(const Role& role) {
  std::string words;
  for (const InputPiece& piece : role.input) {
    words += words.empty() ? ", standard input " : ", then ";
    words += code(piece.text) + (piece.when ? " when " + in_words(*piece.when) : "");
  }
  return words;
}

}  // namespace

std::string in_words(const Condition& condition) { return std::visit(ConditionWords{}, condition); }

std::string in_words(const Question& question) { return std::visit(QuestionWords{}, question); }

std::string in_words(const Parameter& parameter) {
  const std::string different = parameter.distinct ? " different" : "";
  const std::string count = std::to_string(parameter.count) + different;
  const std::string plural = parameter.count == 1 ? "" : "s";
  switch (parameter.kind) {
    case DrawKind::kWord:
      return count + " word" + plural;
    case DrawKind::kNumber:
      return count + " number" + plural + " from " + std::to_string(parameter.min) + " to " +
             std::to_string(parameter.max);
    case DrawKind::kChoice:
      break;
  }
  return count + " of " + coded(parameter.choices);
}

std::string in_words(const Role& role) {
  std::string command = role.program;
  for (const std::string& argument : role.arguments) command += " " + argument;
  std::string words = code(command) + origin_words(role.origin);
  if (role.instances > 1) words += ", " + std::to_string(role.instances) + " times";
  words += input_words(role);
  std::vector<std::string> starts;
  for (const Condition& condition : role.start) starts.push_back(in_words(condition));
  if (!starts.empty()) words += ", started when " + enumerated(starts);
  for (const SignalOnCondition& signal : role.signals) {
    words += ", sent " + signal_name(signal.signal) +
             (signal.at_any_step ? " at any step once it has a handler for it" : " when " + in_words(signal.when));
  }
  return words + (role.ends == Ends::kStopped ? ", stopped with SIGTERM at the end" : "");
}

std::string in_words(Fault fault) {
  if (fault == Fault::kShortReads) return "a read from a pipe or a stream socket may give less than is there";
  return "a write to a stream socket, or of more than 4096 bytes to a pipe, may take only a part";
}

std::string in_words(const Step& step) {
  const std::string when = step.when ? "when " + in_words(*step.when) + ", " : "";
  switch (step.action) {
    case Step::Action::kStart:
      return when + "start " + step.role;
    case Step::Action::kStop:
      return when + "stop " + step.role + " with SIGTERM";
    case Step::Action::kSignal:
      break;
  }
  return when + "send " + signal_name(step.signal) + " to " + step.role;
}

bool looks_at(const Question& question, const std::string& event) { return std::visit(LooksAt{event}, question); }

}  // namespace jitterlab
