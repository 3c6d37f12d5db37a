#include "schedule/loop_proof.h"

#include "schedule/mix.h"

namespace jitterlab {

// Full around its place: the oldest there is forgotten, which only puts a suspicion off.
bool LoopProof::add_known(std::uint64_t what) {
  what |= 1;
  const std::uint64_t home = what >> 20;
  for (std::uint64_t i = 0; i < kNear; ++i) {
    std::uint64_t& known = known_[(home + i) % kKnown];
    if (known == what) return false;
    if (known != 0) continue;
    known = what;
    return true;
  }
  for (std::uint64_t i = kNear - 1; i > 0; --i) known_[(home + i) % kKnown] = known_[(home + i - 1) % kKnown];
  known_[home % kKnown] = what;
  return true;
}

void LoopProof::executed(TaskRef task, std::uint64_t what, bool gets_on) {
  if (add_known(mix(what, task.id)) || gets_on || mode_ == Mode::kProven) return moved();
  ++quiet_;
  if (!wants_state(task)) return;
  ++alone_;
  ++since_;
  cycle_ = mix(cycle_, what);
}

void LoopProof::moved() {
  mode_ = Mode::kFree;
  quiet_ = pause_doublings_ = 0;
}

void LoopProof::give_up() {
  mode_ = Mode::kFree;
  quiet_ = 0;
  if (pause_doublings_ < kLongestPause) ++pause_doublings_;
}

bool LoopProof::start() {
  if (mode_ != Mode::kFree || (pause_doublings_ > 0 && quiet_ < pause())) return false;
  mode_ = Mode::kProving;
  rounds_ = longest_ = restarts_ = settling_ = 0;
  limited_ = 0;
  begin_round();
  return true;
}

void LoopProof::begin_round() {
  had_turn_ = 0;
  has_turn_ = has_blocked_ = false;
}

void LoopProof::begin_turn(TaskRef task) {
  had_turn_ |= task.bit();
  turn_ = task;
  has_turn_ = true;
  alone_ = 0;
  search();
}

void LoopProof::search() {
  phase_ = Phase::kSearch;
  has_anchor_ = false;
  power_ = 1;
}

// Those that can go on at once first, then those whose time comes first: a time-out is not to come before its time.
// None while somebody may have been let go on by who blocked: time passes only when all others go round.
int LoopProof::next_turn(const Enabled& enabled, const std::uint64_t* due) {
  int best = -1;
  for (int i = 0; i < enabled.count; ++i) {
    if ((had_turn_ & enabled.pending[i].task.bit()) != 0) continue;
    if (best < 0 || due[i] < due[best]) best = i;
  }
  if (best >= 0 && due[best] != 0 && has_blocked_) return -1;
  return best;
}

// One task alone cannot be held up at a wrong place by another; with three, two of them must be at a right one at a
// time.
std::uint32_t LoopProof::rounds_needed() const {
  const TaskSet but_one = had_turn_ & (had_turn_ - 1), but_two = but_one & (but_one - 1);
  if (but_two == 0) return but_one == 0 ? 1 : longest_;
  const std::uint32_t mixed = 8 * longest_ * longest_;  // with places drawn
  return longest_ + (mixed < kMostRounds ? mixed : kMostRounds);
}

// True: all is proven. After a round in which somebody blocked all begins anew.
bool LoopProof::end_round() {
  rounds_ = has_blocked_ ? 0 : rounds_ + 1;
  restarts_ = has_blocked_ ? restarts_ + 1 : 0;
  return !has_blocked_ && rounds_ >= rounds_needed();
}

// A task that could not go on but for its limit.
void LoopProof::note_limit(const Pending& pending, std::uint64_t due) {
  if (due != 0) limited_ |= pending.task.bit();
}

int LoopProof::settle(const Enabled& enabled, const std::uint64_t* due) {
  for (int i = 0; i < enabled.count && settling_ < kMostAlone; ++i) {
    if ((limited_ & had_turn_ & enabled.pending[i].task.bit()) == 0 || due[i] != 0) continue;
    ++settling_;
    return i;
  }
  mode_ = Mode::kProven;
  return kRest;
}

int LoopProof::pick(const Enabled& enabled, const std::uint64_t* due) {
  if (mode_ == Mode::kSettling) return settle(enabled, due);
  for (int tries = 0; mode_ == Mode::kProving && tries < 2; ++tries) {
    if (has_turn_) {
      int own = 0;
      while (own < enabled.count && enabled.pending[own].task.id != turn_.id) ++own;
      const bool can_go_on = own < enabled.count;
      if (can_go_on && phase_ != Phase::kDone && alone_ < kMostAlone) {
        note_limit(enabled.pending[own], due[own]);
        return own;
      }
      if (can_go_on && phase_ != Phase::kDone) break;
      has_blocked_ = has_blocked_ || !can_go_on;
      has_turn_ = false;
    }
    const int next = next_turn(enabled, due);
    if (next >= 0) {
      begin_turn(enabled.pending[next].task);
      note_limit(enabled.pending[next], due[next]);
      return next;
    }
    if (end_round()) {
      mode_ = Mode::kSettling;
      return settle(enabled, due);
    }
    if (restarts_ > kMostRestarts) break;
    begin_round();
  }
  if (mode_ == Mode::kProving) give_up();
  return kStrategy;
}

// Brent, "An improved Monte Carlo factorization algorithm", BIT 1980: the anchor moves on at powers of two.
bool LoopProof::came(std::uint64_t state) {
  switch (phase_) {
    case Phase::kSearch:
      if (has_anchor_ && state == anchor_) {
        phase_ = Phase::kVerify;
        period_ = since_;
        last_cycle_ = cycle_;
        since_ = 0;
        cycle_ = 0;
        return true;
      }
      if (has_anchor_ && since_ < power_) return false;
      if (has_anchor_) power_ *= 2;
      anchor_ = state;
      has_anchor_ = true;
      since_ = 0;
      cycle_ = 0;
      return false;
    case Phase::kVerify:
      if (since_ < period_) return false;
      if (state == anchor_ && cycle_ == last_cycle_) return true;
      search();
      return false;
    case Phase::kBeyond:
      if (--beyond_ == 0) phase_ = Phase::kDone;
      return false;
    case Phase::kDone:
      break;
  }
  return false;
}

void LoopProof::whole(std::uint64_t data) {
  if (since_ < period_) {
    data_ = data;
    return;
  }
  if (data != data_) return search();
  if (period_ > kLongestLoop) return give_up();
  if (period_ > longest_) longest_ = period_;
  beyond_ = (rounds_ < period_ ? rounds_ : mix(rounds_, turn_.slot)) % period_;
  phase_ = beyond_ == 0 ? Phase::kDone : Phase::kBeyond;
}

}  // namespace jitterlab
