#include "cli/verify_options.h"

#include <charconv>
#include <sstream>

namespace jitterlab {
namespace {

constexpr std::uint64_t kMostSeeds = 1000;

std::optional<std::uint64_t> number_of(const std::string& word) {
  const char* const end = word.data() + word.size();
  std::uint64_t number = 0;
  const auto read = std::from_chars(word.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

std::string check_seeds(const std::string& words) {
  return seeds_of(words) ? ""
                         : "seeds are numbers, as in 7, 1..10 or 1,5,9, at most " + std::to_string(kMostSeeds) +
                               " of them, not \"" + words + "\"";
}

constexpr char kWhatItDoes[] =
    "It grades every solution of reference/LAB/accepted, which must get all points, and every submission of\n"
    "reference/LAB/KIND, which must lose points in exactly the checks that `fails:` in its first comment names, with\n"
    "each seed; and it looks at the lab file, the handout and the starter. Columns: executions and CPU seconds until\n"
    "the bug was seen (the median of the seeds, and the worst; of accepted ones: of the whole grading), how many "
    "plain\n"
    "runs showed it, and the chance that one grading with the lab's own numbers of executions catches it, at least.\n\n"
    "--mutants: each call of an accepted solution that takes or gives a semaphore or a lock, sends, waits for a child, "
    "sets\n"
    "a value or cleans up is left out, repeated, moved or changed, one at a time. Those that no check catches are "
    "printed;\n"
    "reference/LAB/equivalent-mutants.yaml has a reason for each that no check can catch. At least 95 % of the others "
    "must\n"
    "be caught.\n\n"
    "Example:  jitterlab verify producer-consumer --only mutex_missing --seeds 1..10\n"
    "Exit status: 0 everything is as it says, 1 something is not, 2 something could not be told.";

}  // namespace

std::optional<std::vector<std::uint64_t>> seeds_of(const std::string& words) {
  std::vector<std::uint64_t> seeds;
  const auto dots = words.find("..");
  if (dots != std::string::npos) {
    const auto first = number_of(words.substr(0, dots)), last = number_of(words.substr(dots + 2));
    if (!first || !last || *last < *first || *last - *first >= kMostSeeds) return std::nullopt;
    for (std::uint64_t i = 0; i <= *last - *first; ++i) seeds.push_back(*first + i);
    return seeds;
  }
  std::istringstream list(words + ",");
  for (std::string word; std::getline(list, word, ',');) {
    const auto seed = number_of(word);
    if (!seed || seeds.size() == kMostSeeds) return std::nullopt;
    seeds.push_back(*seed);
  }
  return seeds;
}

void add_verify(CLI::App& app, Options& options, std::string& seeds) {
  CLI::App* verify = app.add_subcommand("verify", "for authors of labs: does a lab tell right from wrong?");
  verify->add_option("labs", options.labs, "names of labs, or paths of their folders (default: all)");
  verify->add_option("--seeds", seeds, "which seeds to grade with: 7, 1..10 or 1,5,9 (default: 1..3)")
      ->check(check_seeds);
  verify
      ->add_option("--budget", options.budget,
                   "how many schedules are tried under control: quick, standard, thorough, as for `grade`")
      ->check(CLI::IsMember({"quick", "standard", "thorough"}));
  verify->add_option("--reference", options.reference_folder,
                     "folder that holds the solutions, one folder for each lab (default: `reference` beside the folder "
                     "of the labs)");
  verify->add_option("--only", options.only,
                     "lab (lab file, handout, starter), accepted, known-bad, or one submission: KIND/BUG or BUG");
  verify->add_flag("--mutants", options.mutants,
                   "run wrong versions of the accepted solutions instead, made at one call each, until a check fails");
  verify->add_option("--json", options.json_file, "write everything that was found to this file as JSON");
  verify->add_option(
      "--table", options.table_file,
      "write a table of each lab into this file, between <!-- table of LAB --> and <!-- end of table -->");
  verify->add_option("--lanes", options.lanes, "executions at the same time (default: one per core)")
      ->check(CLI::Range(1, 64));
  verify->add_option("--cache", options.cache_folder, "folder for compiled programs (default: ~/.cache/jitterlab)");
  verify->add_option("--labs", options.labs_folder, "folder that holds the labs (default: the one beside the program)");
  verify->footer(kWhatItDoes);
}

void add_new_and_pack(CLI::App& app, Options& options) {
  CLI::App* fresh = app.add_subcommand("new", "for authors of labs: make a small lab that works, to change into yours");
  fresh->add_option("lab", options.lab, "its name (small letters, digits, -), or the path of its folder")->required();
  fresh->add_option("--labs", options.labs_folder, "folder to make it in (default: labs, in this folder)");
  fresh->footer(
      "It makes labs/LAB (lab file with comments, handout, starter) and reference/LAB beside `labs` (two solutions, "
      "three\n"
      "submissions with a bug). `jitterlab verify labs/LAB` passes at once; change one thing, and verify again.\n\n"
      "Example:  jitterlab new barrier\n"
      "Exit status: 0 it was made, 2 it could not be made.");
  CLI::App* pack =
      app.add_subcommand("pack", "for authors of labs: what students get, without any source of a solution");
  pack->add_option("lab", options.lab, "name of a lab, or the path of its folder")->required();
  pack->add_option("--output", options.target,
                   "FILE.tar.gz, or a folder in which the folder LAB is made (default: LAB.tar.gz)");
  pack->add_option("--labs", options.labs_folder, "folder that holds the labs (default: the one beside the program)");
  pack->footer(
      "The package holds the handout, lab.yaml, the starter, and the reference, the drivers and the checking programs "
      "as\n"
      "compiled here, x86-64. Students unpack it and say `jitterlab grade ./LAB my-solution/`, with the same "
      "results.\n\n"
      "Exit status: 0 it was made, 2 it could not be made.");
}

}  // namespace jitterlab
