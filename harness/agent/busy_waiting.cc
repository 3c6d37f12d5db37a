#include "agent/busy_waiting.h"

#include "agent/private_state.h"
#include "agent/task.h"

namespace jitterlab {
namespace {

bool is_found(const BusyWaiting& own, std::uint64_t place) {
  for (std::uint32_t i = 0; i < own.found_count; ++i) {
    if (own.found[i] == place) return true;
  }
  return false;
}

void begin_at(BusyWaiting& own, std::uint64_t place) {
  own.place = own.found_count < BusyWaiting::kPlaces && !is_found(own, place) ? place : 0;
  own.stack = 0;
  own.has_data = false;
  own.looks = 0;
}

}  // namespace

bool only_waits_for_write(const Operation& read, std::uint32_t repeats) {
  BusyWaiting& own = this_task.busy_waiting;
  if (repeats == BusyWaiting::kFirst) begin_at(own, read.place);
  if (this_task.has_seen_time) own.place = 0;  // it waits for the time
  if (repeats < BusyWaiting::kFirst || own.place == 0 || own.place != read.place) return false;
  if (own.looks++ == BusyWaiting::kMostLooks || own.stacks++ >= BusyWaiting::kMostStacks) {
    own.place = 0;
    return false;
  }
  const StateHash stack = state_of_stack();
  if (!stack.is_known || stack.hash != own.stack) {
    own.stack = stack.hash;
    own.has_data = false;
    if (!stack.is_known) own.place = 0;
    return false;
  }
  const StateHash data = own.datas++ < BusyWaiting::kMostData ? state_of_data() : StateHash{};
  if (data.is_known && own.has_data && data.hash == own.data) {
    own.found[own.found_count++] = own.place;
    own.place = 0;
    return true;
  }
  own.data = data.hash;
  own.has_data = data.is_known;
  if (!data.is_known) own.place = 0;
  return false;
}

}  // namespace jitterlab
