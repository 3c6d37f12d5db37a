// What a lab file says, once it has been read and found to be without mistakes.
//
// Plain data: no reading, no checking, no defaults that depend on anything but the file. `load_lab.h` makes a Lab
// from YAML; plan/, build/, run/ and check/ use it and never change it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lab/finding_kind.h"

namespace jitterlab {

// ---- what is handed in -------------------------------------------------------------------------------------------

enum class Language { kC, kCpp, kPython };

// Something the submission builds.
struct Program {
  std::string name;                  // [a-z][a-z0-9-]*, also the name of the executable
  std::vector<std::string> sources;  // glob patterns relative to the submission, `*` and `?` only, no folders
  std::vector<std::string> flags;    // further ones for the compiler; never from a lab file
};

struct HandIn {
  Language language = Language::kC;
  std::vector<Program> programs;     // at least one
  std::vector<std::string> require;  // file names that must be there
  bool every_bytecode = false;  // Python: tasks are switched where the language allows it, not only where 3.11 does
};

// ---- what is printed ---------------------------------------------------------------------------------------------

// A piece of output that checks look at; all other output is ignored.
struct EventPattern {
  std::string name;                 // [a-z][a-z0-9-]*
  std::string pattern;              // RE2, multi-line (`^` and `$` match at line ends); named groups are its fields.
                                    // `{pid}` and `{address}` have been replaced by expressions that match one.
  std::vector<std::string> fields;  // names of the groups, in order
  std::string example;              // text that the pattern matches; empty when the lab gives none
  std::string written;              // the pattern as the lab file has it, for the handout
};

// ---- what is drawn from the seed ---------------------------------------------------------------------------------

enum class DrawKind { kWord, kNumber, kChoice };

struct Parameter {
  std::string name;
  DrawKind kind = DrawKind::kWord;
  int count = 1;                     // how many values
  bool distinct = false;             // no value twice
  std::int64_t min = 0, max = 0;     // kNumber: inclusive range
  std::vector<std::string> choices;  // kChoice
};

// ---- scenarios ---------------------------------------------------------------------------------------------------

// Something observed from outside; never a time.
struct TcpListens {
  int port;
};  // on IPv4 or IPv6
struct UdpBound {
  int port;
};
struct SegmentExists {
  std::int64_t key;
};
struct SemaphoresExist {
  std::int64_t key;
};
struct QueueExists {
  std::int64_t key;
};
struct FifoExists {
  std::string path;
};  // relative to the working directory
struct RolePrinted {
  std::string role, pattern;
};  // RE2 over the role's standard output so far
struct RoleWaits {
  std::string role;
};  // every task of the role sleeps in a call that only others can end
struct RoleEnded {
  std::string role;
};  // every instance of the role has ended
struct EveryoneWaits {};
using Condition = std::variant<TcpListens, UdpBound, SegmentExists, SemaphoresExist, QueueExists, FifoExists,
                               RolePrinted, RoleWaits, RoleEnded, EveryoneWaits>;

enum class Origin {
  kSubmission,  // built from what the student handed in
  kReference,   // built from the solution in Lab::reference, as the submission is; runs as the student's user
  kLab,  // a driver of the lab (labs/<lab>/drivers/<program>.c or .cc), runs as another user where the sandbox can do
         // that
};

enum class Ends {
  kByItself,
  kStopped,  // sent SIGTERM when everyone else is done or waits; ending by it is normal
};

// A part of standard input, written when its condition holds (at once when there is none).
struct InputPiece {
  std::string text;  // may contain $parameter
  std::optional<Condition> when;
};

struct SignalOnCondition {
  int signal = 0;
  Condition when;
  // `when` is nothing then: once, at some step after the role's first process has set a handler for it. Under control
  // the step is a choice of the schedule, in jittered executions it is drawn; in plain ones none is sent.
  bool at_any_step = false;
};

struct Role {
  std::string name;
  std::string program;                 // a name of hand_in.programs, or of a program of the lab
  std::vector<std::string> arguments;  // may contain $parameter (all values, joined by one blank), $parameter[i] (the
                                       // i-th value, from 0) and {instance}
  Origin origin = Origin::kSubmission;
  int instances = 1;
  std::vector<InputPiece> input;  // empty: standard input is at its end from the start
  std::vector<Condition> start;   // all must hold; empty: at once. Unused when a step starts the role
  Ends ends = Ends::kByItself;
  std::vector<SignalOnCondition> signals;
};

// Steps happen one after another; each waits for its condition, then acts on every instance of a role.
struct Step {
  enum class Action { kStart, kStop, kSignal };
  std::optional<Condition> when;
  Action action = Action::kStart;
  std::string role;
  int signal = 0;  // kSignal only
};

struct Limits {
  double wall_seconds = 10;  // protects the harness; a limit counts only if it is exceeded again, run alone
  double cpu_seconds = 10;   // of one process
  std::int64_t memory_bytes = 512LL << 20;  // of one process; all together may use twice as much
  int processes = 64;
  std::int64_t output_bytes = 1 << 20;
  std::int64_t file_bytes = 16LL << 20;
};

// What the operating system may do and hardly ever does, done often in this scenario. Not in plain executions.
enum class Fault {
  kShortReads,   // read and recv of a pipe or a stream socket give less than is there
  kShortWrites,  // write and send to them take less than they are given; up to 4,096 bytes for a pipe stay whole
};

// How many executions a scenario has.
struct Executions {
  int plain = 10;        // of the student's own build, no agent
  int jitter = 40;       // of the instrumented build under jitter
  int controlled = 100;  // of the instrumented build under control; at most
  friend bool operator==(const Executions& one, const Executions& other) = default;
};

struct Scenario {
  std::string name;
  std::vector<Role> roles;  // in the order of the file
  std::vector<Step> steps;
  bool stop_when_everyone_waits = false;  // then every role is sent SIGTERM, which is a normal end
  Limits limits;
  std::vector<Fault> faults;
  Executions executions;
};

// ---- checks ------------------------------------------------------------------------------------------------------

// `name.field`: one field of an event.
struct EventField {
  std::string event, field;
};

// Where a check takes its expected values from.
using Values = std::variant<std::string /* parameter, without the $ */, EventField, std::vector<std::string>>;

// The output of one role (or of all) as text. Trailing blanks and a missing last newline are forgiven.
struct OutputCheck {
  enum class How { kExact, kMatches, kLineSet };
  How how = How::kExact;
  std::string role;                // empty: all output in the order of arrival
  std::string text;                // kExact: the text, may contain $parameter; kMatches: RE2 that must match somewhere
  std::vector<std::string> lines;  // kLineSet: these lines, in any order, nothing else
};

struct CountCheck {
  struct Range {
    std::string event;
    std::int64_t at_least;
    std::optional<std::int64_t> at_most;
  };
  std::vector<Range> ranges;
};

// Every value of `of` appears exactly once as the field `as`, and nothing else does.
struct ExactlyOnceCheck {
  Values of;
  EventField as;
};

// A regular expression over event names ("(ping pong)* ping?": names separated by blanks, with RE2's operators), that
// the whole sequence of these events must match; with `per`, for each value of that field by itself.
struct SequenceCheck {
  std::string expression;
  std::vector<std::string> events;  // those named in the expression; others are left out of the sequence
  std::string per;                  // a field all these events have; empty: one sequence
};

// The values of a field come in the order of `as`, for each value of `per` by itself (gaps allowed).
struct OrderCheck {
  EventField of;
  Values as;
  std::string per;
};

// Never more than k between `enter` and `leave`; with `per`, for each value of that field by itself.
struct AtMostCheck {
  int k = 1;
  std::string enter, leave, per;
};

struct EachCheck {
  EventField of;
  Values one_of;
};

struct EndedCheck {
  std::string role;            // empty: all roles of the submission
  Ends how = Ends::kByItself;  // kByItself: not by a signal, a limit or at rest; kStopped: still there to be stopped
  std::optional<int> status;   // kByItself only
};

enum class ObjectKind { kSegment, kSemaphores, kQueue };

// An object that the submission created or opened, seen by the kernel before it was erased.
struct ObjectExisted {
  ObjectKind kind = ObjectKind::kSegment;
  std::optional<std::int64_t> key;
  std::optional<int> mode;
  std::optional<std::int64_t> size;  // bytes of a segment, number of semaphores
  bool operated = false;             // kSemaphores: semop was called on it; kQueue: a message was sent
};

struct ObjectsCheck {
  std::vector<ObjectExisted> existed;
};

// Mechanisms of which at least one must be used.
enum class Mechanism {
  kSystemVSegment,
  kSystemVSemaphores,
  kSystemVQueue,
  kPosixSegment,
  kPosixSemaphores,
  kPosixQueue,
  kPipe,
  kFifo,
  kSocket,
  kUnixSocket,
  kSharedMapping,
  kThreads,
  kSignals,
};
struct UsesCheck {
  std::vector<Mechanism> any_of;
};

enum class LeftKind { kSegment, kSemaphores, kQueue, kSharedMemory, kMessageQueue, kFile, kFifo, kSocket, kProcess };
struct LeftBehindCheck {
  std::vector<LeftKind> none_of;
};  // `nothing` is all of them

// Kinds of finding that must not occur. Where one of them needs control, only controlled executions can pass.
struct FindingsCheck {
  std::vector<FindingKind> none_of;
};

// The instructor's own program (labs/<lab>/checks/<program>.c, .cc or .py), given the observation as JSON on standard
// input. Exit 0 passed, 1 failed (its output is the reason), anything else: not graded.
struct ProgramCheck {
  std::string program;
  std::vector<std::string> arguments;
  bool of_plain = false;  // it is asked of plain executions only
};

using Question =
    std::variant<OutputCheck, CountCheck, ExactlyOnceCheck, SequenceCheck, OrderCheck, AtMostCheck, EachCheck,
                 EndedCheck, ObjectsCheck, UsesCheck, LeftBehindCheck, FindingsCheck, ProgramCheck>;

enum class Holds { kAlways, kSometimes };  // in every execution; in at least one

struct Check {
  std::string id;  // for ever: results refer to it
  int points = 0;
  std::vector<std::string> in;  // scenarios; never empty (all of them when the file names none)
  Question question;
  Holds holds = Holds::kAlways;
  std::vector<std::string> unless_failed;  // ids of checks: not charged when one of these failed
  std::string hint;
};

// ---- the lab -----------------------------------------------------------------------------------------------------

struct Lab {
  std::string id;  // name of its folder
  int version = 1;
  std::string title;
  std::string folder;     // absolute path of labs/<lab>
  std::string reference;  // absolute path of the solution that plays `from: reference` roles; empty: there is none
  std::string text;       // the file as it was read: identity of the lab in results
  int points = 0;
  std::string contact;  // whom "send this file to" names; empty: "your instructor"
  HandIn hand_in;
  std::vector<EventPattern> events;
  std::map<std::string, std::vector<std::string>> names;  // kind of object -> names, used in reports
  std::vector<Parameter> parameters;
  std::vector<Scenario> scenarios;
  std::vector<Check> checks;
};

// Looks up by name; nullptr when there is none. The result lives as long as the lab.
const Scenario* find_scenario(const Lab& lab, const std::string& name);
const EventPattern* find_event(const Lab& lab, const std::string& name);
const Parameter* find_parameter(const Lab& lab, const std::string& name);
const Check* find_check(const Lab& lab, const std::string& id);

}  // namespace jitterlab
