// The command line, as data. Parsing says what is wrong and how to call it right; nothing is done here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jitterlab {

// A report and where it goes; `file` empty: standard output.
struct Output {
  std::string format;  // "terminal", "html", "json", "junit", "sarif"
  std::string file;
};

struct Options {
  // "grade", "explore", "replay", "analyse", "run", "list", "show", "table", "doctor", "verify", "new", "pack"
  std::string command;
  std::string lab, submission, scenario;
  std::vector<std::string> checks;    // ids; empty: all
  std::vector<Output> outputs;        // grade
  std::optional<std::uint64_t> seed;  // of the grading, or of one execution for `run`
  int seconds = 0;                    // most time for grade and explore; 0: no limit
  std::optional<int> executions;      // grade: jittered ones of each scenario, instead of the lab's number; explore
  std::optional<int> schedules;       // grade: tried of each scenario under control, instead of the budget's number
  std::vector<std::pair<std::string, std::string>> meta;
  std::vector<std::string> results;  // table
  std::string labs_folder, cache_folder;
  int lanes = 0;              // 0: as many as there are cores
  bool fail_on_race = false;  // explore: a race counts as a failure
  bool fail_on_leak = false;  // explore: so does what is left behind
  bool first = false;         // explore: stop at the first failure
  bool jitter = false;        // run: the instrumented build under jitter
  // explore and replay
  std::string budget = "standard";  // grade: "quick", "standard", "thorough"
  std::string program, cflags, strategy, json_file, html_file, sarif_file, token;
  std::string save_folder;                                 // grade, explore: of observations that failed; empty: none
  std::vector<std::string> arguments;                      // behind "--"
  std::vector<std::pair<std::string, std::string>> roles;  // name, command
  std::string command_line;                                // what names the programs, as it was given
  std::string python = "switch-points";                    // explore, replay: "switch-points", "every-bytecode"
  std::string stop_at, gdb;                                // replay: a step or "end"; a task
  // verify
  std::vector<std::string> labs;     // names or paths; empty: all
  std::vector<std::uint64_t> seeds;  // of the gradings
  std::string reference_folder;      // holds a folder for each lab; empty: `reference` beside the folder of the labs
  std::string only;                  // "lab", "accepted", "known-bad", or a submission; empty: everything
  bool mutants = false;              // makes wrong versions of accepted solutions and runs those
  std::string target;                // pack: the file, or the folder in which a folder is made
  std::string table_file;            // a document that gets the table of each lab; empty: none
  bool trust = false;
  bool colour = false;
};

// Either the options, or the exit code with which the program ends at once (help was asked for: 0; a mistake: 2); the
// words have been printed then.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse_options(int count, const char* const* values);

}  // namespace jitterlab
