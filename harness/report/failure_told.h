// One failure as pages tell it: made from what `grade`, `explore` or `replay` know of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/explanation.h"
#include "analysis/found_book.h"
#include "analysis/race_book.h"
#include "report/html.h"

namespace jitterlab {

using SourceTexts = std::map<std::string, std::string>;  // file of the submission -> its text

struct FailureTold {
  std::string title;               // "exit 1"
  std::string points;              // "0 of 3 points"; empty: there are none
  std::vector<std::string> facts;  // how often, and so on: a few words each
  const Explanation* explanation = nullptr;
  std::vector<const ToldRace*> races;        // of the same executions
  std::string expected, seen;                // of a lab's check
  std::string steps;                         // where there is no story: a line each
  std::string loops, output, hint, command;  // each may be empty
  std::vector<std::string> remarks;
};

// A section. `number`: of the failure, from 1.
void tell_failure(Html& html, const FailureTold& failure, const SourceTexts& sources, int number);

// ---- the parts of it ----------------------------------------------------------------------------------------------

// The race that the steps that matter are, or, where these are not known, one that the story tells of.
const ToldRace* race_of(const FailureTold& failure);

// The two steps that matter, each with its source.
void tell_key_steps(Html& html, const FailureTold& failure, const SourceTexts& sources);

// Lanes, beside them those of the schedule that passes, and the source of the step that is chosen.
void tell_lanes(Html& html, const Explanation& explanation, const SourceTexts& sources, int number);

// Who waits for whom, drawn.
void draw_waits(Html& html, const Deadlock& deadlock);

void tell_races(Html& html, const std::vector<const ToldRace*>& races, const SourceTexts& sources);

// Misuses, and what is left behind: each with the source of its steps.
void tell_found(Html& html, const std::vector<const ToldFound*>& all, const SourceTexts& sources);

// The lines around a place; `marked` lines of that file carry a word of their own ("1", "2"). Says so when the source
// is not known.
struct SourceMark {
  int line = 0;
  std::string word;
};
void show_source(Html& html, const SourceTexts& sources, const std::string& file, int line, int around,
                 const std::vector<SourceMark>& marks = {});

// Somebody else's text, in lines; the first `most` of them.
void show_text(Html& html, const std::string& text, std::size_t most);

}  // namespace jitterlab
