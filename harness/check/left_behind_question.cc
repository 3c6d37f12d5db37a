// `left-behind`: what must not be there when everyone has ended.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "analysis/left_behind.h"
#include "check/excerpt.h"
#include "check/question.h"

namespace jitterlab {
namespace {

constexpr LeftKind kAllKinds[] = {LeftKind::kSegment,      LeftKind::kSemaphores,   LeftKind::kQueue,
                                  LeftKind::kSharedMemory, LeftKind::kMessageQueue, LeftKind::kFile,
                                  LeftKind::kFifo,         LeftKind::kSocket,       LeftKind::kProcess};

bool forbids(const LeftBehindCheck& question, LeftKind kind) {
  return std::find(question.none_of.begin(), question.none_of.end(), kind) != question.none_of.end();
}

bool forbids_all(const LeftBehindCheck& question) {
  return std::all_of(std::begin(kAllKinds), std::end(kAllKinds),
                     [&](LeftKind kind) { return forbids(question, kind); });
}

std::string expected(const LeftBehindCheck& question) {
  if (forbids_all(question)) return "nothing is left behind at the end";
  std::vector<std::string> words;
  for (const LeftKind kind : question.none_of) words.push_back(word_for(kind));
  return fmt::format("no {} is left behind at the end", fmt::join(words, ", "));
}

}  // namespace

Answer answer_left_behind(const LeftBehindCheck& question, const Evidence& evidence) {
  const Observation& observation = evidence.observation;
  Answer answer{.expected = expected(question)};
  std::vector<std::string> left;
  for (const LeftOver& thing : observation.left_behind) {
    if (forbids(question, thing.kind)) left.push_back(word_for(thing.kind) + " " + quoted(thing.name));
  }
  if (!left.empty()) {
    answer.verdict = Verdict::kFailed;
    answer.seen = "left behind: " + listed(left);
  } else if (observation.left_behind_more > 0 && forbids_all(question)) {
    answer.verdict = Verdict::kFailed;
    answer.seen = counted(observation.left_behind_more, "thing was", "things were") + " left behind";
  } else if (observation.left_behind_more > 0) {
    answer.verdict = Verdict::kNotGraded;
    answer.seen = fmt::format("{} more things were left behind than are recorded", observation.left_behind_more);
  }
  return answer;
}

}  // namespace jitterlab
