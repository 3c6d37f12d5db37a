#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <exception>
#include <string>

#include "cli/commands.h"
#include "cli/controlled.h"
#include "cli/explore.h"
#include "cli/grade.h"
#include "cli/labs.h"
#include "cli/new_lab.h"
#include "cli/options.h"
#include "cli/pack_lab.h"
#include "cli/reports.h"
#include "cli/saved_observation.h"
#include "cli/verify.h"

namespace jitterlab {
namespace {

// Set by SIGTERM, SIGINT and the time limit of `grade`: the grade is then a partial one.
std::atomic<bool> stop = false;

void stop_at(int) { stop = true; }

void stop_when_asked(int seconds) {
  struct sigaction action {};
  action.sa_handler = stop_at;
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGTERM, SIGINT, SIGALRM}) ::sigaction(number, &action, nullptr);
  if (seconds > 0) ::alarm(static_cast<unsigned>(seconds));
}

int grade_and_report(const Options& options) {
  stop_when_asked(options.seconds);
  const Grade result = grade(options, find_lab(options), stop);
  deliver_reports(result, options);
  return exit_code(result);
}

int dispatch(const Options& options) {
  if (options.command == "grade") return grade_and_report(options);
  if (options.command == "explore") {
    stop_when_asked(0);
    return explore(options, stop);
  }
  if (options.command == "replay") {
    if (options.submission.empty()) return replay(options);
    Options of_lab = options;
    of_lab.lab = options.program;
    return replay_submission(of_lab);
  }
  if (options.command == "verify") {
    stop_when_asked(0);
    return verify(options, stop);
  }
  if (options.command == "new") return make_lab(options);
  if (options.command == "pack") return pack_lab(options);
  if (options.command == "analyse") return analyse(options);
  if (options.command == "run") return run_once(options);
  if (options.command == "list") return list_labs(options);
  if (options.command == "show") return show_lab(options);
  if (options.command == "table") return print_table(options);
  return doctor(options);
}

}  // namespace
}  // namespace jitterlab

int main(int count, char** values) {
  // A reader that has gone away is no reason to lose the files that are still to be written.
  ::signal(SIGPIPE, SIG_IGN);
  try {
    const jitterlab::Parsed parsed = jitterlab::parse_options(count, values);
    return parsed.options ? jitterlab::dispatch(*parsed.options) : parsed.exit_code;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "jitterlab: %s\n", error.what());
    return 2;
  }
}
