// What analysis can find wrong with the way in which programs work together, whatever they print: the words of
// `findings: { none-of: […] }` in lab files, of reports and of JSON.
#pragma once

#include <string>

namespace jitterlab {

enum class FindingKind {
  kRace,
  kDeadlock,
  kLivelock,
  kLostWakeUp,
  kBusyWaiting,
  kSleepAsSynchronisation,
  kLeak,
  kValueSetAgain,
  kOutsideSegment,
  kFailedCallUsed,
  kOrphan,
};
inline constexpr int kFindingKinds = static_cast<int>(FindingKind::kOrphan) + 1;

// "busy-waiting"
std::string spelled(FindingKind kind);

// What a lab asks for that forbids it: "nobody waits by looking again and again".
std::string demand(FindingKind kind);

// Seen under control only, as it takes the trace; what is left is seen in every execution.
bool needs_control(FindingKind kind);

// Whether it is looked for in programs in Python too, of which no trace tells what memory is accessed.
bool is_told_of_python(FindingKind kind);

}  // namespace jitterlab
