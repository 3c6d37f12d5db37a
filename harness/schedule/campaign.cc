#include "schedule/campaign.h"

#include <algorithm>
#include <utility>

#include "schedule/campaign_estimate.h"
#include "schedule/mix.h"
#include "schedule/portfolio.h"

namespace jitterlab {
namespace {

enum Draw : std::uint64_t { kSlowOthersDraw = 41 };

// More would only make the smallest counts, which SURW goes by, those of unusual executions.
constexpr std::uint64_t kProfiles = 4;

Share share_of(CampaignKind kind, std::uint64_t drawn) {
  switch (kind) {
    case CampaignKind::kPct:
      return {StrategyKind::kPct, drawn % 3 == 2 ? 3u : 2u, false};
    case CampaignKind::kPos:
      return {StrategyKind::kPos, 0, false};
    case CampaignKind::kSurw:
      return {StrategyKind::kSurw, 0, drawn % 6 != 5};
    case CampaignKind::kRandom:
      return {StrategyKind::kRandom, 0, false};
    case CampaignKind::kPortfolio:
    case CampaignKind::kExhaustive:
      break;
  }
  return portfolio(drawn);
}

std::uint64_t round_size(std::uint64_t round) {
  if (round == 0) return 1;
  return round <= 6 ? std::uint64_t{1} << (round - 1) : Campaign::kLargestRound;
}

void learn(SurwProfile& profile, const Trace& trace) {
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kCreated) {
      profile.task_created(event.parent, event.task);
    } else {
      profile.executed(event.task, event.operation);
    }
  }
  profile.end_execution();
}

}  // namespace

Campaign::Campaign(const CampaignOptions& options) : options_(options) {
  if (options.kind == CampaignKind::kExhaustive) {
    exploration_.emplace(options.bound);
    exploration_left_ = options.executions;
  }
  begin_round();
}

std::optional<Schedule> Campaign::next() {
  if (round_.handed_out == round_.schedules.size()) return std::nullopt;
  return round_.schedules[round_.handed_out++];
}

void Campaign::ran(const Schedule& schedule, const Trace& trace) {
  std::vector<Choice> choices = choices_of(trace);
  ++executions_;
  cut_ += trace.is_cut;
  most_choices_ = std::max(most_choices_, static_cast<std::uint32_t>(choices.size()));
  depends_on_time_ |= jitterlab::depends_on_time(trace);
  if (schedule.index < kProfiles && !trace.is_cut) learn(profile_, trace);
  const std::uint64_t interleaving = interleaving_hash(trace);
  schedules_.insert(schedule_hash(trace));
  interleavings_.insert(interleaving);
  if (schedule.kind != StrategyKind::kFollow) seen_.saw(interleaving);
  round_.results.at(schedule.index - round_.first) = {std::move(choices), trace.is_cut};
  if (++round_.back == round_.schedules.size()) end_round();
}

void Campaign::end_round() {
  for (std::size_t i = 0; i < round_.schedules.size(); ++i) {
    const Schedule& schedule = round_.schedules[i];
    const Result& result = round_.results[i];
    if (schedule.kind != StrategyKind::kFollow) continue;
    const bool has_followed = exploration_->ran(schedule.prefix, result.choices);
    not_followed_ += !has_followed && !result.is_cut;
    can_cover_ = can_cover_ && has_followed && !result.is_cut;
  }
  if (exploration_ && exploration_->covered_bound() > covered_bound_) {
    covered_bound_ = exploration_->covered_bound();
    covered_ = exploration_->executions();
  }
  if (rounds_ == 1 && !round_.results[0].is_cut) explore_if_small(round_.results[0].choices);
  begin_round();
}

void Campaign::explore_if_small(const std::vector<Choice>& choices) {
  if (options_.kind != CampaignKind::kPortfolio) return;
  const std::uint64_t half = (options_.executions - executions_) / 2;
  if (estimated_schedules(choices, options_.bound) > static_cast<double>(half)) return;
  exploration_.emplace(options_.bound);
  exploration_left_ = half;
}

bool Campaign::is_exploring() const {
  if (!exploration_ || exploration_->is_done() || exploration_left_ == 0) return false;
  return can_cover_ || options_.kind == CampaignKind::kExhaustive;
}

bool Campaign::is_all_known() const {
  return exploration_ && exploration_->is_complete() && can_cover_ && !depends_on_time_;
}

void Campaign::begin_round() {
  round_ = Round{executions_, {}, {}, 0, 0};
  const std::uint64_t count = std::min(round_size(rounds_), options_.executions - executions_);
  ++rounds_;
  if (is_exploring()) add_explored(std::min(count, exploration_left_));
  const bool may_draw = options_.kind != CampaignKind::kExhaustive && !is_all_known();
  if (round_.schedules.empty() && may_draw) add_drawn(count);
  round_.results.resize(round_.schedules.size());
}

Schedule Campaign::next_schedule() const {
  Schedule result;
  result.index = round_.first + round_.schedules.size();
  result.seed = mix(options_.seed, result.index);
  return result;
}

void Campaign::add_explored(std::uint64_t count) {
  while (round_.schedules.size() < count) {
    auto prefix = exploration_->next();
    if (!prefix) break;
    if (prefix->size() > static_cast<std::size_t>(Follow::kMaxPrefix)) {
      exploration_->ran(*prefix, {});  // cannot be followed, so this bound is not covered
      continue;
    }
    Schedule schedule = next_schedule();
    schedule.kind = StrategyKind::kFollow;
    schedule.prefix = std::move(*prefix);
    round_.schedules.push_back(std::move(schedule));
    --exploration_left_;
  }
}

void Campaign::add_drawn(std::uint64_t count) {
  while (round_.schedules.size() < count) round_.schedules.push_back(drawn_schedule());
}

Schedule Campaign::drawn_schedule() {
  const Share share = share_of(options_.kind, drawn_++);
  Schedule result = next_schedule();
  result.kind = share.kind;
  if (share.kind == StrategyKind::kSurw) {
    result.hints = share.is_selective ? profile_.hints(result.seed) : profile_.basic_hints();
  } else if (share.kind == StrategyKind::kPct) {
    result.hints.depth = share.depth;
    result.hints.choices = most_choices_;
  }
  result.slow_others = result.index != 0 && mix(result.seed, kSlowOthersDraw, result.index) % 4 == 0;
  return result;
}

CampaignSummary Campaign::summary() const {
  CampaignSummary result;
  result.executions = executions_;
  result.schedules = schedules_.size();
  result.interleavings = interleavings_.size();
  if (can_cover_ && exploration_) {
    result.is_complete = exploration_->is_complete();
    result.covered_bound = covered_bound_;
    result.covered = covered_;
  }
  result.depends_on_time = depends_on_time_;
  result.drawn = seen_.total();
  if (result.drawn > 0) result.chance_of_new = seen_.chance_of_new();
  result.not_followed = not_followed_;
  result.cut = cut_;
  return result;
}

}  // namespace jitterlab
