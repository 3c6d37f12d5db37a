#include "cli/explore.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <thread>

#include "analysis/found_book.h"
#include "analysis/found_in.h"
#include "analysis/left_behind.h"
#include "analysis/race_book.h"
#include "analysis/sleep_order.h"
#include "cli/commands.h"
#include "cli/explained.h"
#include "cli/explored.h"
#include "cli/held.h"
#include "cli/lock_trials.h"
#include "cli/places.h"
#include "cli/race_trials.h"
#include "cli/saved_observation.h"
#include "cli/tokens.h"
#include "os/error.h"
#include "os/fd.h"
#include "report/exploration_report.h"
#include "report/progress.h"
#include "run/crew.h"
#include "run/search.h"
#include "run/trouble.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kExecutions = 2000;
constexpr int kTriesForPoint = 60;          // executions, of each failure
constexpr std::size_t kMostOutputs = 1000;  // different ones that are kept

CampaignKind kind_of(const std::string& strategy) {
  static const std::map<std::string, CampaignKind> kinds = {{"portfolio", CampaignKind::kPortfolio},
                                                            {"random", CampaignKind::kRandom},
                                                            {"pct", CampaignKind::kPct},
                                                            {"pos", CampaignKind::kPos},
                                                            {"surw", CampaignKind::kSurw},
                                                            {"exhaustive", CampaignKind::kExhaustive}};
  return kinds.at(strategy);
}

// What the executions printed, and what could not be judged.
class Gathering {
 public:
  Gathering(std::uint32_t fingerprint, Progress& progress) : fingerprint_(fingerprint), progress_(progress) {}

  void add(const Schedule& schedule, const Observation& observation) {
    races_.add(observation, schedule.slow_others, [&] { return !troubles(observation).empty(); });
    locks_.add(observation, schedule.slow_others);
    found_.add(observation, found_in(observation));
    if (why_not_judged(observation).empty()) sleeps_.add(schedule.slow_others, troubles(observation));
    cut_traces_ += has_cut_trace(observation);
    // What goes wrong on its way leaves everything behind.
    if (why_not_judged(observation).empty() && troubles(observation).empty())
      found_.add(observation, left_behind_in(observation));
    progress_.advance("schedule " + std::to_string(schedule.index + 1));
    const std::string why = why_not_judged(observation);
    if (!why.empty()) ++not_judged_[why];
    ++executions_;
    const Trace none;
    const Trace& trace = observation.controlled ? observation.controlled->trace : none;
    trace_hash_ = mix(trace_hash_, schedule_hash(trace));
    const std::string text = text_of(observation, Stream::kOut);
    const auto known = outputs_.find(text);
    if (known != outputs_.end()) {
      ++known->second.times;
    } else if (outputs_.size() < kMostOutputs) {
      outputs_[text] = {text, 1, token_of(exact_replay(trace, schedule.slow_others), fingerprint_)};
    }
  }

  // Whether it needs a sleep that is over early.
  bool add(const Failure& failure) {
    if (!failure.is_repeated || !failure.schedule.slow_others) return false;
    const auto found = sleeps_.told(failure.what, failure.observation);
    if (found) found_.add(failure.observation, {*found});
    return found.has_value();
  }

  // What is suspected is tried.
  void try_all(const CarryOut& carry_out, const std::atomic<bool>& stop) {
    locks_.try_all(carry_out, stop);
    const TokenOf token = [this](const std::optional<Schedule>& schedule) { return token_of(schedule, fingerprint_); };
    try_races(races_, carry_out, troubles, token, stop);
  }

  void put_into(ExploredPrograms& explored, const ProgramSources& sources) const {
    if (!races_.empty() || !found_.empty()) {
      PlaceQuestions questions;
      races_.ask(questions);
      found_.ask(questions);
      const Places places = look_up(questions, sources);
      explored.races = races_.told(places);
      explored.found = found_.told(places);
    }
    if (cut_traces_ > 0) explored.remarks.push_back(cut_trace_words(cut_traces_));
    explored.executions = executions_;
    explored.trace_hash = trace_hash_;
    for (const auto& [text, output] : outputs_) explored.outputs.push_back(output);
    std::stable_sort(explored.outputs.begin(), explored.outputs.end(),
                     [](const ExploredOutput& a, const ExploredOutput& b) { return a.times > b.times; });
    explored.not_judged.assign(not_judged_.begin(), not_judged_.end());
  }

 private:
  std::uint32_t fingerprint_;
  Progress& progress_;
  std::uint64_t executions_ = 0, trace_hash_ = 0;
  RaceBook races_;
  LockTrials locks_;
  FoundBook found_;
  SleepOrder sleeps_;
  std::uint64_t cut_traces_ = 0;
  std::map<std::string, ExploredOutput> outputs_;
  std::map<std::string, std::uint64_t> not_judged_;
};

std::string loops_of(const ControlledEnd& end) {
  std::vector<TaskId> tasks;
  for (const WaitingTask& task : end.waiting) {
    if (task.waits_for == WaitsFor::kLoop) tasks.push_back(task.id);
  }
  return loops_listing(end.trace, tasks);
}

ExploredFailure told(const Failure& failure, std::uint32_t fingerprint) {
  ExploredFailure result;
  result.what = failure.what;
  result.index = failure.index;
  result.found_by = failure.found_by;
  result.times = failure.times;
  result.preemptions = failure.preemptions;
  result.is_repeated = failure.is_repeated;
  result.point = failure.point;
  result.token = token_of(failure.schedule, fingerprint);
  if (failure.observation.controlled) result.trace = failure.observation.controlled->trace;
  if (is_livelock(failure.observation)) result.loops = loops_of(*failure.observation.controlled);
  result.output = text_of(failure.observation, Stream::kOut);
  result.errors = text_of(failure.observation, Stream::kErr);
  result.differs = failure.differs;
  return result;
}

std::string lines_in(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// The explanation is that of what is saved.
void explain_and_save(ExploredFailure& told, const Failure& failure, bool by_sleep, const ProgramSources& sources,
                      const std::string& folder) {
  if (!failure.is_repeated) return;
  SavedObservation saved = with_places(failure.observation, failure.passing, sources);
  if (told.point) saved.no_return = told.point->step;
  saved.by_sleep = by_sleep;
  told.explanation = analysed(saved).explanation;
  if (!told.explanation.loops.empty()) told.loops = lines_in(told.explanation.loops);
  if (!folder.empty()) save(saved, folder, failure.what);
}

int lane_count(const Options& options) {
  if (options.trust) return 1;
  return options.lanes > 0 ? options.lanes : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Execution execution_of(const Explored& explored, const Options& options) {
  return {explored.lab.scenarios[0].name, Strategy::kControlled, 0, options.seed.value_or(1)};
}

int exit_code(const ExploredPrograms& explored) {
  if (!explored.failures.empty()) return 1;
  const auto count = [](std::uint64_t sum, const auto& entry) { return sum + entry.second; };
  std::uint64_t not_judged = 0;
  for (const auto& entry : explored.not_judged) not_judged = count(not_judged, entry);
  return explored.executions > not_judged ? 0 : 2;
}

}  // namespace

int explore(const Options& options, const std::atomic<bool>& stop) {
  Explored prepared = prepare_explored(options);
  if (!prepared.failures.empty()) {
    show_build_failures(prepared.failures);
    return 2;
  }
  prepared.lanes.count = lane_count(options);
  SearchOptions search_options;
  search_options.campaign = {
      .kind = kind_of(options.strategy),
      .seed = options.seed.value_or(1),
      .executions = options.executions ? static_cast<std::uint64_t>(*options.executions) : kExecutions};
  search_options.seconds = options.seconds;
  search_options.stop_at_failure = options.first;
  search_options.tries_for_point = kTriesForPoint;
  Crew crew(prepared.lab, prepared.lanes);
  ExploredPrograms explored;
  {
    Progress progress(static_cast<int>(search_options.campaign.executions), progress_stream(STDERR_FILENO));
    Gathering gathering(prepared.fingerprint, progress);
    search_options.afterwards = [&](const CarryOut& carry_out) { gathering.try_all(carry_out, stop); };
    const SearchResult result = search(
        crew, execution_of(prepared, options), search_options, troubles,
        [&](const Schedule& schedule, const Observation& observation) { gathering.add(schedule, observation); }, stop);
    for (const Failure& failure : result.failures) {
      explored.failures.push_back(told(failure, prepared.fingerprint));
      const bool by_sleep = gathering.add(failure);
      explain_and_save(explored.failures.back(), failure, by_sleep, prepared.sources, options.save_folder);
    }
    gathering.put_into(explored, prepared.sources);
    explored.afterwards = result.afterwards;
    explored.strength = result.summary.words();
    explored.is_stopped = result.is_stopped;
    if (result.is_endless) {
      explored.remarks.push_back(
          "No execution came to its end within its time limit, so no others were tried: somebody computes for ever, or "
          "for very long, without a step that others could see. `gdb -p` on a plain run shows where.");
    }
  }
  explored.command = prepared.command;
  explored.seed = options.seed.value_or(1);
  explored.strategy = options.strategy;
  explored.remarks.insert(explored.remarks.begin(), prepared.remarks.begin(), prepared.remarks.end());
  explored.sources = prepared.sources.texts;
  explored.folder = prepared.folder;
  TerminalStyle style;
  style.colour = options.colour;
  write_all(STDOUT_FILENO, exploration_report(explored, style));
  if (!options.json_file.empty()) write_file(options.json_file, exploration_json(explored));
  if (!options.html_file.empty()) write_file(options.html_file, exploration_html(explored));
  if (!options.sarif_file.empty()) write_file(options.sarif_file, exploration_sarif(explored));
  if (options.fail_on_race && !explored.races.empty()) return 1;
  const auto is_leak = [](const ToldFound& found) { return found.kind == kLeak; };
  const bool leaks = std::any_of(explored.found.begin(), explored.found.end(), is_leak);
  if (options.fail_on_leak && leaks) return 1;
  return exit_code(explored);
}

int replay(const Options& options) {
  const Token token = token_from(options.token);
  Explored prepared = prepare_explored(options);
  if (!prepared.failures.empty()) {
    show_build_failures(prepared.failures);
    return 2;
  }
  const bool is_ours = token.fingerprint == prepared.fingerprint;
  if (!is_ours) {
    write_all(STDERR_FILENO,
              "jitterlab: this token belongs to other files, another compiler or other arguments; its schedule is "
              "followed as far as it goes\n");
  }
  const Execution execution = execution_of(prepared, options);
  if (!options.stop_at.empty()) {
    return hold({.lab = prepared.lab,
                 .lanes = prepared.lanes,
                 .execution = execution,
                 .schedule = schedule_of(token, is_ours),
                 .sources = prepared.sources,
                 .folders = prepared.folders},
                options);
  }
  Crew crew(prepared.lab, prepared.lanes);
  const Observation observation = crew.run(execution, {schedule_of(token, is_ours)}).at(0);
  Explanation explanation;
  if (!troubles(observation).empty())
    explanation = explained(observation, undisturbed(crew, execution, troubles), prepared.sources);
  show_replay(observation, explanation, every_step(observation, prepared.sources));
  write_replay_page(options, observation, troubles(observation), explanation, prepared.sources.texts);
  if (const std::string why = why_not_judged(observation); !why.empty()) throw Error("nothing can be said: " + why);
  if (is_ours && differs(observation)) return 2;
  return troubles(observation).empty() ? 0 : 1;
}

}  // namespace jitterlab
