#include "lab/vocabulary.h"

#include <csignal>
#include <limits>

#include "lab/lab.h"

namespace jitterlab {
namespace {

constexpr bool kRequired = true;

template <typename Enumerator>
Word word(const std::string& text, Enumerator value) {
  return {text, static_cast<int>(value)};
}

std::vector<Word> finding_words() {
  std::vector<Word> words;
  for (int kind = 0; kind < kFindingKinds; ++kind) words.push_back(word(spelled(static_cast<FindingKind>(kind)), kind));
  return words;
}

std::map<std::string, MappingKind> parts_of_a_lab() {
  return {
      {"lab",
       {"a lab file",
        {{"format", kRequired},
         {"lab", kRequired},
         {"version", kRequired},
         {"title", kRequired},
         {"points", kRequired},
         {"contact"},
         {"reference"},
         {"executions"},
         {"hand-in", kRequired},
         {"events"},
         {"names"},
         {"parameters"},
         {"scenarios", kRequired},
         {"checks", kRequired}}}},
      {"executions", {"`executions`", {{"plain"}, {"jitter"}, {"controlled"}}}},
      {"hand-in", {"`hand-in`", {{"language", kRequired}, {"programs", kRequired}, {"require"}, {"switches"}}}},
      {"event", {"an event", {{"pattern", kRequired}, {"example"}}}},
      {"names", {"`names`", {{"semaphores"}, {"segments"}, {"queues"}}}},
      {"parameter", {"a parameter", {{"draw", kRequired}, {"count"}, {"distinct"}, {"min"}, {"max"}, {"choices"}}}},
  };
}

std::map<std::string, MappingKind> parts_of_a_scenario() {
  return {
      // One with `run` is a single role, named like the program, and may say of it what a role may.
      {"scenario",
       {"a scenario",
        {{"run"},
         {"stdin"},
         {"from"},
         {"instances"},
         {"start"},
         {"ends"},
         {"signals"},
         {"roles"},
         {"steps"},
         {"stop"},
         {"faults"},
         {"executions"},
         {"limits"}}}},
      {"role", {"a role", {{"run", kRequired}, {"stdin"}, {"from"}, {"instances"}, {"start"}, {"ends"}, {"signals"}}}},
      {"input-piece", {"a piece of `stdin`", {{"text", kRequired}, {"when"}}}},
      {"signal", {"a signal", {{"send", kRequired}, {"when"}, {"at"}}}},
      {"step", {"a step", {{"when"}, {"start"}, {"stop"}, {"send"}, {"to"}}, {"at"}}},
      {"limits", {"`limits`", {{"seconds"}, {"cpu-seconds"}, {"memory"}, {"processes"}, {"output"}, {"files"}}}},
  };
}

std::map<std::string, MappingKind> parts_of_a_check() {
  return {
      {"check",
       {"a check",
        {{"points", kRequired},
         {"in"},
         {"hint"},
         {"holds"},
         {"unless-failed"},
         {"output"},
         {"count"},
         {"exactly-once"},
         {"sequence"},
         {"order"},
         {"at-most"},
         {"each"},
         {"ended"},
         {"objects"},
         {"uses"},
         {"left-behind"},
         {"findings"},
         {"program"}}}},
      {"output", {"`output`", {{"role"}, {"is"}, {"matches"}, {"lines"}}}},
      {"count-range", {"the count of an event", {{"at-least"}, {"at-most"}}}},
      {"exactly-once", {"`exactly-once`", {{"of", kRequired}, {"as", kRequired}}}},
      {"sequence", {"`sequence`", {{"matches", kRequired}, {"per"}}}},
      {"order", {"`order`", {{"of", kRequired}, {"as", kRequired}, {"per"}}}},
      {"at-most", {"`at-most`", {{"count", kRequired}, {"enter", kRequired}, {"leave", kRequired}, {"per"}}}},
      {"each", {"`each`", {{"of", kRequired}, {"one-of", kRequired}}}},
      {"ended", {"`ended`", {{"role"}, {"how"}, {"status"}}}},
      {"object", {"an object", {{"kind", kRequired}, {"key"}, {"mode"}, {"size"}, {"operated"}}}},
      {"uses", {"`uses`", {{"any-of", kRequired}}}},
      {"left-behind", {"`left-behind`", {{"none-of", kRequired}}}},
      {"findings", {"`findings`", {{"none-of", kRequired}}}},
      {"program", {"`program`", {{"run", kRequired}, {"of"}}}},
  };
}

}  // namespace

const std::map<std::string, MappingKind>& mapping_kinds() {
  static const auto kinds = [] {
    auto all = parts_of_a_lab();
    all.merge(parts_of_a_scenario());
    all.merge(parts_of_a_check());
    return all;
  }();
  return kinds;
}

const std::map<std::string, std::vector<Word>>& word_lists() {
  static const std::map<std::string, std::vector<Word>> lists = {
      {"language", {word("c", Language::kC), word("c++", Language::kCpp), word("python", Language::kPython)}},
      {"switches", {word("as CPython 3.11 does", false), word("at every bytecode", true)}},
      {"draw", {word("word", DrawKind::kWord), word("number", DrawKind::kNumber), word("choice", DrawKind::kChoice)}},
      {"origin",
       {word("submission", Origin::kSubmission), word("reference", Origin::kReference), word("lab", Origin::kLab)}},
      {"ends", {word("by itself", Ends::kByItself), word("stopped", Ends::kStopped)}},
      {"stop", {word("when everyone waits", true)}},
      {"asked-of", {word("all executions", false), word("plain executions", true)}},
      {"at", {word("any step", true)}},
      {"fault", {word("short-reads", Fault::kShortReads), word("short-writes", Fault::kShortWrites)}},
      {"holds", {word("always", Holds::kAlways), word("sometimes", Holds::kSometimes)}},
      {"signal-name",
       {{"SIGHUP", SIGHUP},
        {"SIGINT", SIGINT},
        {"SIGQUIT", SIGQUIT},
        {"SIGKILL", SIGKILL},
        {"SIGUSR1", SIGUSR1},
        {"SIGUSR2", SIGUSR2},
        {"SIGPIPE", SIGPIPE},
        {"SIGALRM", SIGALRM},
        {"SIGTERM", SIGTERM},
        {"SIGCHLD", SIGCHLD},
        {"SIGCONT", SIGCONT},
        {"SIGSTOP", SIGSTOP},
        {"SIGTSTP", SIGTSTP},
        {"SIGURG", SIGURG},
        {"SIGIO", SIGIO},
        {"SIGWINCH", SIGWINCH}}},
      {"object-kind",
       {word("segment", ObjectKind::kSegment), word("semaphores", ObjectKind::kSemaphores),
        word("queue", ObjectKind::kQueue)}},
      {"mechanism",
       {word("sysv-segment", Mechanism::kSystemVSegment), word("sysv-semaphores", Mechanism::kSystemVSemaphores),
        word("sysv-queue", Mechanism::kSystemVQueue), word("posix-segment", Mechanism::kPosixSegment),
        word("posix-semaphores", Mechanism::kPosixSemaphores), word("posix-queue", Mechanism::kPosixQueue),
        word("pipe", Mechanism::kPipe), word("fifo", Mechanism::kFifo), word("socket", Mechanism::kSocket),
        word("unix-socket", Mechanism::kUnixSocket), word("shared-mapping", Mechanism::kSharedMapping),
        word("threads", Mechanism::kThreads), word("signals", Mechanism::kSignals)}},
      {"left-kind",
       {word("segment", LeftKind::kSegment), word("semaphores", LeftKind::kSemaphores), word("queue", LeftKind::kQueue),
        word("shared-memory", LeftKind::kSharedMemory), word("message-queue", LeftKind::kMessageQueue),
        word("file", LeftKind::kFile), word("fifo", LeftKind::kFifo), word("socket", LeftKind::kSocket),
        word("process", LeftKind::kProcess)}},
      {"finding-kind", finding_words()},
  };
  return lists;
}

const std::map<std::string, NumberRange>& number_ranges() {
  constexpr std::int64_t kMillion = 1'000'000;
  static const std::map<std::string, NumberRange> ranges = {
      {"version", {1, kMillion}},
      {"points", {0, kMillion}},
      {"executions-of-a-kind", {0, 100'000}},
      {"draw-count", {1, 1'000}},
      // What every JSON reader keeps exactly.
      {"drawn-number", {-(1LL << 53), 1LL << 53}},
      {"instances", {1, 100}},
      {"processes", {1, 10'000}},
      {"times", {0, 1'000'000'000}},
      {"tasks-inside", {1, kMillion}},
      {"exit-status", {0, 255}},
      {"object-size", {1, 1LL << 40}},
  };
  return ranges;
}

}  // namespace jitterlab
