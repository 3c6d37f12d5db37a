// Two ways to a simpler schedule, in turn until neither helps:
//
// - Leave switches out. Delta debugging (Zeller and Hildebrandt: "Simplifying and Isolating Failure-Inducing Input",
// TSE
//   2002) on schedules, as Choi and Zeller: "Isolating Failure-Inducing Thread Schedules" (ISSTA 2002). Schedules do
//   not fail monotonically (Tzoref, Ur, Yom-Tov: "Instrumenting Where It Hurts", ISSTA 2007), so chunks are followed by
//   single removals from the end.
// - Join what a task did in two blocks into one, before or after what came between them, as Jalbert and Sen: "A Trace
//   Simplification Technique for Effective Debugging of Concurrent Programs" (FSE 2010). This gets out of schedules in
//   which every single switch is needed, but for no good reason.
//
// Different here: the search goes on from the execution as it really went, not from the list that was asked for, which
// drops at once what a change made pointless. Blocks are joined only where one of the switches lies between them that
// make the schedule what it is: what the base policy separates is waiting for each other. And no list is tried twice.
#include "schedule/minimise.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

namespace jitterlab {
namespace {

// All switches between the blocks, also those that the base policy would make.
std::vector<Switch> switches_between(const std::vector<Block>& blocks) {
  std::vector<Switch> result;
  Block last;  // nobody has run
  for (const Block& block : blocks) {
    if (result.empty() || block.task != last.task) result.push_back({last.until, last.task, block.task});
    last = block;
  }
  return result;
}

bool is_simpler(const Recording& one, const Recording& other) {
  return std::pair(one.preemptions, one.switches.size()) < std::pair(other.preemptions, other.switches.size());
}

class Minimisation {
 public:
  Minimisation(Recording failing, const Fails& fails, int most_tries)
      : best_(std::move(failing)), fails_(fails), most_tries_(most_tries) {}

  Minimised run() {
    if (!best_.switches.empty() && !leave_out(0, best_.switches.size())) leave_out_chunks();
    while (leave_out_one() || join_blocks()) continue;
    return {std::move(best_), tries_};
  }

 private:
  // True when that fails too and is simpler; it is then the best. What was tried before is not: the best has only
  // become simpler since.
  bool is_better(const std::vector<Switch>& switches) {
    if (tries_ == most_tries_ || !tried_.insert(in_numbers(switches)).second) return false;
    ++tries_;
    std::optional<Recording> made = fails_(switches);
    if (!made || !is_simpler(*made, best_)) return false;
    best_ = std::move(*made);
    return true;
  }

  bool leave_out(std::size_t first, std::size_t count) {
    std::vector<Switch> fewer = best_.switches;
    const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(first);
    fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    return is_better(fewer);
  }

  void leave_out_chunks() {
    for (std::size_t size = (best_.switches.size() + 1) / 2; size >= 2; size = size == 2 ? 1 : (size + 1) / 2) {
      for (std::size_t end = best_.switches.size(); end > 0;) {
        const std::size_t first = end > size ? end - size : 0;
        leave_out(first, end - first);
        end = std::min(first, best_.switches.size());
      }
    }
  }

  bool leave_out_one() {
    for (std::size_t i = best_.switches.size(); i > 0; --i) {
      if (leave_out(i - 1, 1)) return true;
    }
    return false;
  }

  bool join_blocks() {
    const std::vector<Block> blocks = best_.blocks;
    const auto is_left_for_another = [&](const Block& block) {
      return std::any_of(best_.switches.begin(), best_.switches.end(),
                         [&](const Switch& one) { return one.from == block.task && one.after == block.until; });
    };
    for (auto first = blocks.begin(); first != blocks.end(); ++first) {
      const auto is_same_task = [&](const Block& block) { return block.task == first->task; };
      const auto second = std::find_if(first + 1, blocks.end(), is_same_task);
      if (second == blocks.end() || !(is_left_for_another(*first) || is_left_for_another(*(second - 1)))) continue;
      if (is_better(joined(blocks, first - blocks.begin(), second - blocks.begin(), true))) return true;
      if (is_better(joined(blocks, first - blocks.begin(), second - blocks.begin(), false))) return true;
    }
    return false;
  }

  // The two blocks become one in the place of the second, or of the first.
  static std::vector<Switch> joined(std::vector<Block> blocks, std::ptrdiff_t first, std::ptrdiff_t second,
                                    bool in_place_of_second) {
    blocks[static_cast<std::size_t>(first)].until = blocks[static_cast<std::size_t>(second)].until;
    blocks.erase(blocks.begin() + (in_place_of_second ? first : second));
    return switches_between(blocks);
  }

  static std::vector<std::uint64_t> in_numbers(const std::vector<Switch>& switches) {
    std::vector<std::uint64_t> numbers;
    for (const Switch& one : switches)
      numbers.push_back(std::uint64_t{one.after} << 32 | std::uint64_t{one.from} << 16 | one.to);
    return numbers;
  }

  Recording best_;
  std::set<std::vector<std::uint64_t>> tried_;
  const Fails& fails_;
  const int most_tries_;
  int tries_ = 0;
};

}  // namespace

Minimised minimise(Recording failing, const Fails& fails, int most_tries) {
  return Minimisation(std::move(failing), fails, most_tries).run();
}

}  // namespace jitterlab
