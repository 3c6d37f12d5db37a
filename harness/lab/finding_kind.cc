#include "lab/finding_kind.h"

#include <array>

namespace jitterlab {
namespace {

struct Words {
  const char* spelling;
  const char* demand;
  bool needs_control = true;
  bool is_told_of_python = false;
};

// In the order of FindingKind.
constexpr std::array<Words, kFindingKinds> kWords = {{
    {"race", "no two accesses to the same memory, one of them a write, that nothing orders"},
    {"deadlock", "no execution in which all who are left wait for each other", false, true},
    {"livelock", "no execution in which all who are left wait, or try again and again in vain", true, true},
    {"lost-wake-up", "nobody waits for ever because the signal came before the wait, or went to somebody else"},
    {"busy-waiting", "nobody waits by looking again and again"},
    {"sleep-as-synchronisation", "no step is in the right order only because somebody sleeps before it"},
    {"leak", "nothing is left behind at the end", false, true},
    {"value-set-again", "no semaphore is set again after another task has used it, unless something orders the two"},
    {"outside-segment", "no access beyond the size that a segment was made with"},
    {"failed-call-used", "no -1 of a call that failed is used as a semaphore set or a message queue"},
    {"orphan", "no process goes on when the first one of its program has ended"},
}};

const Words& words_of(FindingKind kind) { return kWords.at(static_cast<std::size_t>(kind)); }

}  // namespace

std::string spelled(FindingKind kind) { return words_of(kind).spelling; }
std::string demand(FindingKind kind) { return words_of(kind).demand; }
bool needs_control(FindingKind kind) { return words_of(kind).needs_control; }
bool is_told_of_python(FindingKind kind) { return words_of(kind).is_told_of_python; }

}  // namespace jitterlab
