// An observation with all that is needed to analyse it again, on another machine and without the programs: what their
// debugging information says of the places in its trace, their sources, and an execution to compare it with.
//
//   explore, grade --save FOLDER ──> FOLDER/*.json ──> jitterlab analyse FILE
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/places.h"
#include "report/analysis_report.h"
#include "run/observation.h"

namespace jitterlab {

struct SavedObservation {
  Observation observation;               // a controlled one
  std::optional<ControlledEnd> passing;  // of an execution that does not fail and differs little
  Answers answers;
  std::map<std::string, std::string> texts;  // sources, by file
  std::string script;                        // ProgramSources::script
  std::vector<std::string> semaphores;       // what the lab calls the members of its set
  std::optional<std::size_t> no_return;      // PointOfNoReturn::step, where it was found
  bool by_sleep = false;                     // it needs a sleep that is over early
};

// Looks up all places of both traces. Throws Error when a sandbox fails.
SavedObservation with_places(const Observation& observation, const std::optional<ControlledEnd>& passing,
                             const ProgramSources& sources, const std::vector<std::string>& semaphores = {});

// What can be said of it. Pure.
Analysed analysed(const SavedObservation& saved);

// Its first `most` steps, each told.
Story every_step_of(const SavedObservation& saved, std::size_t most);

// There was no room for all of it: what came later is not looked at.
bool has_cut_trace(const Observation& observation);
// "The traces of 3 executions are not whole: …"
std::string cut_trace_words(std::uint64_t executions);

std::string to_json_text(const SavedObservation& saved);
// Throws Error naming what is wrong.
SavedObservation saved_from_json(const std::string& text);

// As `name`.json in a folder that is made when it is not there.
void save(const SavedObservation& saved, const std::string& folder, const std::string& name);

// `jitterlab analyse`. Exit code: 0 the execution ended well, 1 it failed.
struct Options;
int analyse(const Options& options);

}  // namespace jitterlab
