// What can be said of one execution -> text for a person, JSON for programs.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "analysis/explanation.h"
#include "analysis/found_book.h"
#include "analysis/race_book.h"
#include "report/report.h"

namespace jitterlab {

struct Analysed {
  std::set<std::string> troubles;  // how it failed: "deadlock"
  std::string not_judged;          // not empty: why nothing can be said of it
  Explanation explanation;
  std::vector<ToldRace> races;
  std::vector<ToldFound> found;
  bool is_cut = false;  // its trace: what came later is not looked at
};

std::string analysis_report(const Analysed& analysed, const TerminalStyle& style);
std::string analysis_json(const Analysed& analysed);

}  // namespace jitterlab
