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

}  // namespace jitterlab
