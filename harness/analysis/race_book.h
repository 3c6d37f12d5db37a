// The races of many executions, each told once.
//
//   book.add(observation, failed)          // of every execution that could be judged
//   book.ask(questions)                    // for cli/places.h
//   book.told(places)                      // each pair of source lines, with names
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/places.h"
#include "analysis/races.h"
#include "run/observation.h"

namespace jitterlab {

// One of the two accesses, for a report. Words may hold any bytes.
struct ToldAccess {
  std::string task;  // "main, child 1"
  std::string does;  // "reads", "writes", "reads and writes at once"
  CodePlace place;
  std::string source;  // the text of the line; empty: not known
};

struct ToldRace {
  std::string variable;                 // "shared->counter"
  ToldAccess first, second;             // in the order in which they were seen first
  std::uint64_t executions = 0;         // that showed it
  std::optional<std::uint64_t> failed;  // of them; nothing: not asked
  std::uint64_t index = 0;              // of the first of them, from 0
};

class RaceBook {
 public:
  // Does nothing where control was lost: what ran freely has no order that we know. `failed` is asked only where there
  // is a race; empty: nobody knows.
  void add(const Observation& observation, const std::function<bool()>& failed);

  void ask(PlaceQuestions& questions) const;
  // By how often they were seen, the most frequent first.
  std::vector<ToldRace> told(const Places& places) const;
  bool empty() const { return seen_.empty(); }

 private:
  struct Seen {
    Race race;
    ControlledEnd names;        // without its trace
    std::string first, second;  // tasks
    std::uint64_t executions = 0, index = 0;
    std::optional<std::uint64_t> failed;
  };
  // Program and address.
  using Place = std::pair<std::string, std::uint64_t>;

  std::map<std::pair<Place, Place>, Seen> seen_;
};

}  // namespace jitterlab
