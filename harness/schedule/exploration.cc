#include "schedule/exploration.h"

#include <algorithm>
#include <utility>

namespace jitterlab {
namespace {

int preemptions(const std::vector<Choice>& choices, std::size_t length) {
  return static_cast<int>(std::count_if(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(length),
                                        [](const Choice& choice) { return choice.is_preemption(); }));
}

}  // namespace

std::optional<std::vector<Choice>> Exploration::next() {
  if (todo_.empty() && under_way_ == 0 && bound_ < most_preemptions_ && !later_.empty()) {
    todo_.swap(later_);
    ++bound_;
  }
  if (todo_.empty()) return std::nullopt;
  const Prefix prefix = std::move(todo_.back());
  todo_.pop_back();
  ++under_way_;
  if (prefix.run == nullptr) return std::vector<Choice>{};
  std::vector<Choice> choices(prefix.run->begin(), prefix.run->begin() + prefix.length + 1);
  choices.back().picked = prefix.picked;
  return choices;
}

bool Exploration::ran(const std::vector<Choice>& prefix, const std::vector<Choice>& choices) {
  --under_way_;
  ++executions_;
  if (choices.size() < prefix.size() || !std::equal(prefix.begin(), prefix.end(), choices.begin())) {
    if (failed_++ == 0) failed_bound_ = bound_;
    return false;
  }
  const auto run = std::make_shared<const std::vector<Choice>>(choices);
  int before = preemptions(choices, prefix.size());
  for (std::size_t i = prefix.size(); i < choices.size(); ++i) {
    for (std::uint8_t picked = 0; picked < choices[i].count; ++picked) {
      if (picked == choices[i].picked) continue;
      Choice other = choices[i];
      other.picked = picked;
      put_aside({run, static_cast<std::uint32_t>(i), picked}, before + other.is_preemption());
    }
    before += choices[i].is_preemption();
  }
  return true;
}

void Exploration::put_aside(Prefix prefix, int preemptions) {
  if (preemptions <= bound_) {
    todo_.push_back(std::move(prefix));
  } else if (preemptions <= most_preemptions_) {
    later_.push_back(std::move(prefix));
  } else {
    is_cut_ = true;
  }
}

int Exploration::covered_bound() const {
  const bool is_bound_finished = todo_.empty() && under_way_ == 0;
  const int visited = is_bound_finished ? (later_.empty() ? most_preemptions_ : bound_) : bound_ - 1;
  return failed_ == 0 ? visited : std::min(visited, failed_bound_ - 1);
}

}  // namespace jitterlab
