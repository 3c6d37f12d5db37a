// The races of many executions, each told once.
//
//   book.add(observation, slow, failed)    // of every execution that could be judged
//   book.to_try()                          // for cli/race_trials.h, which says by tried() what came of it
//   book.ask(questions)                    // for cli/places.h
//   book.told(places)                      // each pair of source lines, with names
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
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

// What came of carrying out both orders of the two accesses, with all else as it was.
struct RaceTried {
  // The later, the more there is to say.
  enum class Outcome : std::uint8_t {
    kNotTried,
    kNotReached,   // the programs cannot make them the other way round there, or went another way
    kNothing,      // made no difference to endings, output and what is judged
    kOtherOutput,  // other lines were printed
    kHarmful,      // one order fails, the other does not
  };
  Outcome outcome = Outcome::kNotTried;
  std::string leads_to;          // kHarmful: what failed
  bool is_other_way = true;      // kHarmful, kOtherOutput: `token` is of the order that was not seen
  std::string token;             // of the schedule; empty: too long for one
  std::uint64_t executions = 0;  // spent on it
};

struct ToldRace {
  std::string variable;                 // "shared->counter"
  ToldAccess first, second;             // in the order in which they were seen first
  std::uint64_t executions = 0;         // that showed it
  std::optional<std::uint64_t> failed;  // of them; nothing: not asked
  std::uint64_t index = 0;              // of the first of them, from 0
  RaceTried tried;
  std::string tried_order;  // the order of tried.token: "child 1 writes it in line 7 before main reads it in line 9"
};

// "Harmful: exit 1 when main reads it in line 9 before child 1 writes it in line 7, not the other way round." Empty:
// it was not tried. Holds words of the program.
std::string tried_words(const ToldRace& race);

// A race, and an execution in which it was seen.
struct RaceToTry {
  Race race;
  std::shared_ptr<const Observation> observation;
  bool slow_others = false;  // Schedule::slow_others
};

class RaceBook {
 public:
  RaceBook() = default;
  RaceBook(const RaceBook&) = delete;
  RaceBook(RaceBook&&) = default;

  // Does nothing where control was lost: what ran freely has no order that we know. `failed` is asked only where there
  // is a race; empty: nobody knows. `slow_others`: of its schedule.
  void add(const Observation& observation, bool slow_others, const std::function<bool()>& failed);

  // The first so many that were seen, those of them that can be tried; of the executions that showed one, rather one
  // that did not fail. tried() takes their number in this list.
  static constexpr std::size_t kMostTried = 8;
  std::vector<RaceToTry> to_try() const;
  void tried(std::size_t number, const RaceTried& tried);

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
    RaceToTry to_try;  // without an observation: none that can be tried has come
    bool is_failing = false;
    RaceTried tried;
  };
  // Program and address.
  using Place = std::pair<std::string, std::uint64_t>;

  std::map<std::pair<Place, Place>, Seen> seen_;
  std::vector<Seen*> first_;  // at most kMostTried
};

}  // namespace jitterlab
