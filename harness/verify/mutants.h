// Mutants: accepted solutions that differ from themselves at one call. Which there are, what they are called, and what
// is said of those that a lab lets pass. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace jitterlab {

// As the mutator told it (agent/mutator.cc).
struct CallSite {
  std::string program;                 // path inside the box
  std::string function;                // "semop"
  std::string variant;                 // "P", "SETVAL", …; "pair": taken here and given back by the same task; "-"
  std::vector<std::uint64_t> callers;  // of the call first, then of the function that made it, …; never empty
  auto operator<=>(const CallSite&) const = default;
};

// Those told in the text of standard error of some executions, each once, in an order of their own.
std::vector<CallSite> call_sites_in(const std::string& errors);

// What can be done wrong there: words that the mutator knows.
std::vector<std::string> operators_for(const CallSite& site);

struct Mutant {
  CallSite site;
  std::string what;  // the operator
  std::string name;  // "accepted/textbook: leave out semop P at `P(sem, MUTEX);` in producer()", unique in the lab

  std::string for_mutator() const;  // what its file says
};

// Where a call site is in the source, for names that stay the same when lines move.
struct SourcePlace {
  std::string function, text;  // text of the line, without blanks around it
};

using SourcePlaces = std::map<std::pair<std::string, std::uint64_t>, SourcePlace>;  // program and address

// The same sites with no more callers than tell them apart: those of functions that contain several calls (or calls of
// functions that lead to one) need no caller of their own, while a P() that wraps semop does. Each is there once.
std::vector<CallSite> told_apart(const std::vector<CallSite>& sites, const SourcePlaces& places);

// All mutants of a submission; the sites are told apart.
std::vector<Mutant> mutants_of(const std::string& submission, const std::vector<CallSite>& sites,
                               const SourcePlaces& places);

// reference/<lab>/equivalent-mutants.yaml: a list of `mutant:` (a name as above) and `because:` (why no program that
// uses the mutant can be told from one that does not).
struct Equivalents {
  std::map<std::string, std::string> reasons;  // name -> because
  std::vector<std::string> mistakes;
};
Equivalents read_equivalents(const std::string& text, const std::string& file);

}  // namespace jitterlab
