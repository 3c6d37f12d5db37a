// What was found in many executions (found.h), each told once.
//
//   book.add(observation, found)           // of every execution that could be judged
//   book.ask(questions)                    // for cli/places.h
//   book.told(places)                      // with the lines of the source
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analysis/found.h"
#include "analysis/places.h"
#include "analysis/race_book.h"
#include "run/observation.h"

namespace jitterlab {

struct ToldFound {
  std::string kind;
  std::string what;
  std::vector<ToldAccess> steps;
  std::uint64_t executions = 0;  // that showed it
  std::uint64_t index = 0;       // of the first of them, from 0
};

class FoundBook {
 public:
  // Of a controlled execution; of another one nothing is kept.
  void add(const Observation& observation, const std::vector<Found>& all);

  void ask(PlaceQuestions& questions) const;
  // By how often they were seen, the most frequent first.
  std::vector<ToldFound> told(const Places& places) const;
  bool empty() const { return seen_.empty(); }

 private:
  static constexpr std::size_t kMost = 1000;  // different ones
  struct Seen {
    Found found;
    std::vector<std::string> tasks;  // of its steps
    ControlledEnd names;             // without its trace
    std::uint64_t executions = 0, index = 0;
  };
  std::map<std::string, Seen> seen_;
};

}  // namespace jitterlab
