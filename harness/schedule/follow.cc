#include "schedule/follow.h"

namespace jitterlab {

bool Follow::add(Choice choice) {
  if (length_ == kMaxPrefix) return false;
  prefix_[length_++] = choice;
  return true;
}

void Follow::begin(std::uint64_t, const Hints&) {
  position_ = 0;
  differs_at_ = -1;
}

int Follow::pick(const Enabled& enabled) {
  if (position_ == length_ || differs_at_ >= 0) return run_to_block(enabled);
  const Choice& wanted = prefix_[position_++];
  const std::uint8_t last = enabled.last < 0 ? Choice::kNone : static_cast<std::uint8_t>(enabled.last);
  if (wanted.count == enabled.count && wanted.last == last && wanted.picked < enabled.count) return wanted.picked;
  differs_at_ = position_ - 1;
  return run_to_block(enabled);
}

}  // namespace jitterlab
