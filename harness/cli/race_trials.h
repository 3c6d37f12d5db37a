// Every race is tried the other way round: both orders of its two accesses are carried out with all else as it was, so
// that what differs comes from that order.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "analysis/race_book.h"
#include "run/search.h"
#include "schedule/campaign_schedule.h"

namespace jitterlab {

// For each race at most two executions for each of three ways to go on, and those that see a failure again; where an
// order is not reached and somebody sleeps, three more in which sleepers may wake. They do not depend on anything but
// what the book holds. `judge` names what fails; `token` tells a schedule. After `stop` no other race is tried.
using TokenOf = std::function<std::string(const std::optional<Schedule>&)>;
void try_races(RaceBook& book, const CarryOut& carry_out, const Judge& judge, const TokenOf& token,
               const std::atomic<bool>& stop);

}  // namespace jitterlab
