// What grading costs at the budget of the lab itself, in time of the processor, as a ratio to compiling the same files
// once as a student does. Usage: grading_benchmark ROOT, with the root of the repository. Exit status: 0 within all
// limits, 1 over one, 2 an error.
//
// Both are counted as cpu_seconds_of_all() counts, within one run: all processes, those of the submission as well.
// Building for the grading is part of it; the reference and the lab's drivers are in the cache by then.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "benchmark/by_hand.h"
#include "build/command.h"
#include "build/hand_in.h"
#include "cli/grade.h"
#include "cli/options.h"
#include "lab/load_lab.h"
#include "os/cpu_time.h"
#include "os/error.h"
#include "os/installed.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

constexpr double kMostForAccepted = 40, kMostForWrong = 12;
constexpr int kRounds = 3, kCompilations = 15;

struct Graded {
  const char* lab;
  const char* submission;  // below reference/<lab>
  double limit;
};
constexpr Graded kGraded[] = {
    {"producer-consumer", "accepted/textbook", kMostForAccepted},
    {"producer-consumer", "accepted/posix_threads", kMostForAccepted},
    {"ping-pong", "accepted/textbook", kMostForAccepted},
    {"interrupt-masking", "accepted/textbook", kMostForAccepted},
    {"producer-consumer", "exactly-once/mutex_missing.c", kMostForWrong},
    {"producer-consumer", "exactly-once/item_read_after_v_mutex.c", kMostForWrong},
    {"ping-pong", "sequence/turn_given_before_printing.c", kMostForWrong},
    {"interrupt-masking", "exactly-once/signal_not_masked.c", kMostForWrong},
};

double cpu_seconds_of(const std::function<void()>& work) {
  const double before = cpu_seconds_of_all();
  work();
  return cpu_seconds_of_all() - before;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Lab lab_at(const std::string& folder) {
  LoadedLab loaded = load_lab(folder);
  if (!loaded.lab) throw Error(to_string(loaded.mistakes.at(0)));
  return *loaded.lab;
}

// Of one compilation; several are counted together, as time is counted in ticks.
double compiling(const std::string& path, const Lab& lab, const TempDir& temporary) {
  std::vector<std::string> names;
  if (!fs::is_directory(path)) names = {fs::path(path).filename().string()};
  for (const SourceFile& file : take_hand_in(path, lab.hand_in).files) {
    if (fs::is_directory(path) && fs::path(file.name).extension() == ".c") names.push_back(file.name);
  }
  const std::string folder = fs::is_directory(path) ? path : fs::path(path).parent_path().string();
  const CompilePlaces places = {folder, temporary.path() + "/by-hand", installed_file("libjitterlab-agent.so")};
  const Command command = {compile_command(Language::kC, Variant::kPlain, names, places), folder};
  const double seconds = cpu_seconds_of([&] {
    for (int i = 0; i < kCompilations; ++i) run_at_once({command});
  });
  return seconds / kCompilations;
}

double grading(const std::string& path, const Lab& lab, bool is_accepted) {
  const TempDir cache;
  Options options;
  options.submission = path;
  options.cache_folder = cache.path();
  options.seed = 1;
  options.lanes = 1;
  const std::atomic<bool> stop = false;
  const auto once = [&] {
    const Grade result = grade(options, lab, stop);
    if ((result.lost == 0) != is_accepted) throw Error(path + " is not graded as it must be");
  };
  return cpu_seconds_of(once);
}

// Prints a line; false when over the limit.
bool show(const std::string& root, const Graded& graded) {
  const std::string path = root + "/reference/" + graded.lab + "/" + graded.submission;
  const Lab lab = lab_at(root + "/labs/" + graded.lab);
  std::vector<double> ours, theirs, ratios;
  for (int round = 0; round < kRounds; ++round) {
    const TempDir temporary;
    theirs.push_back(compiling(path, lab, temporary));
    ours.push_back(grading(path, lab, graded.limit == kMostForAccepted));
    ratios.push_back(ours.back() / theirs.back());
  }
  const bool over = median(ratios) > graded.limit;
  std::printf("%-60s %6.2f s   compiling %5.0f ms   ratio %5.1f   limit %.0f   %s\n",
              (std::string(graded.lab) + "/" + graded.submission).c_str(), median(ours), median(theirs) * 1e3,
              median(ratios), graded.limit, over ? "OVER" : "pass");
  std::fflush(stdout);
  return !over;
}

bool run(const std::string& root) {
  std::printf("Grading at the standard budget, time of the processor, medians of %d rounds\n\n", kRounds);
  bool good = true;
  for (const Graded& graded : kGraded) good = show(root, graded) && good;
  return good;
}

}  // namespace
}  // namespace jitterlab

int main(int count, char** values) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s ROOT\n", values[0]);
    return 2;
  }
  try {
    return jitterlab::run(values[1]) ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
