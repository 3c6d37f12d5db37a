#include "cli/tokens.h"

#include <unistd.h>

#include "cli/commands.h"
#include "os/error.h"
#include "os/fd.h"
#include "report/explanation_report.h"
#include "report/exploration_report.h"

namespace jitterlab {
Token token_from(const std::string& text) {
  const ParsedToken parsed = parse_token(text);
  if (!parsed.token) throw Error(parsed.message);
  return *parsed.token;
}

Schedule schedule_of(const Token& token, bool exact) {
  Schedule schedule;
  schedule.kind = token.strategy;
  schedule.seed = token.seed;
  schedule.hints.depth = token.depth;
  schedule.hints.choices = token.choices;
  schedule.switches = token.switches;
  schedule.slow_others = token.slow_others;
  schedule.exact = exact;
  return schedule;
}

std::string token_of(const std::optional<Schedule>& schedule, std::uint32_t fingerprint) {
  if (!schedule || schedule->kind != StrategyKind::kReplay) return "";
  Token token;
  token.strategy = StrategyKind::kReplay;
  token.slow_others = schedule->slow_others;
  token.fingerprint = fingerprint;
  token.switches = schedule->switches;
  return to_string(token);
}

void show_replay(const Observation& observation, const Explanation& explanation, const Story& every_step) {
  constexpr int kColumns = 100;
  Page page(kColumns, false);
  tell_explanation(page, 0, explanation);
  page.say(0, "Every step:");
  std::string lines;
  for (const std::string& line : lines_of(every_step, kColumns)) lines += printable(line) + "\n";
  if (lines.empty() && observation.controlled)
    lines = steps_listing(observation.controlled->trace, static_cast<int>(kMostStepsShown));
  write_all(STDOUT_FILENO, page.text() + lines);
  for (const OutputPiece& piece : observation.output)
    write_all(piece.stream == Stream::kOut ? STDOUT_FILENO : STDERR_FILENO, piece.bytes);
  tell_ends(observation);
}

void write_replay_page(const Options& options, const Observation& observation, const std::set<std::string>& failing,
                       const Explanation& explanation, const std::map<std::string, std::string>& sources) {
  if (options.html_file.empty()) return;
  ExploredFailure failure;
  for (const std::string& what : failing) failure.what += (failure.what.empty() ? "" : ", ") + what;
  if (observation.controlled) failure.trace = observation.controlled->trace;
  failure.explanation = explanation;
  failure.output = text_of(observation, Stream::kOut);
  const std::string of_lab = options.submission.empty() ? "" : " " + options.submission;
  write_file(options.html_file, replay_html(failure, options.token + " " + options.command_line + of_lab, sources));
}

bool differs(const Observation& observation) {
  if (!observation.controlled || observation.controlled->differs_at < 0) return false;
  write_all(STDERR_FILENO, "jitterlab: choice " + std::to_string(observation.controlled->differs_at + 1) +
                               " could not be made as in the execution of the token: the programs do not depend on "
                               "the schedule alone\n");
  return true;
}

}  // namespace jitterlab
