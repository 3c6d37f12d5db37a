#include "cli/saved_observation.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/found_in.h"
#include "analysis/left_behind.h"
#include "analysis/race_book.h"
#include "cli/options.h"
#include "os/error.h"
#include "os/fd.h"
#include "run/observation_json.h"
#include "run/trouble.h"
#include "schedule/python_place.h"

namespace jitterlab {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

void ask(PlaceQuestions& questions, const ControlledEnd& end, const Trace& trace) {
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted) questions.add(end, event.operation, event.parent);
  }
}

// Of notes only what has a place in a report.
void ask(PlaceQuestions& questions, const RaceBook& races, const FoundBook& found) {
  races.ask(questions);
  found.ask(questions);
}

struct Books {
  RaceBook races;
  FoundBook found;
};

Books books_of(const Observation& observation) {
  Books books;
  books.races.add(observation, false, {});
  books.found.add(observation, found_in(observation));
  if (why_not_judged(observation).empty() && troubles(observation).empty())
    books.found.add(observation, left_behind_in(observation));
  return books;
}

// Bytes as characters up to U+00FF, as in observation_json.h.
std::string characters_of(const std::string& bytes) {
  std::string utf8;
  for (const unsigned char byte : bytes) {
    if (byte >= 0x80) utf8 += static_cast<char>(0xC0 | byte >> 6);
    utf8 += static_cast<char>(byte < 0x80 ? byte : 0x80 | (byte & 0x3F));
  }
  return utf8;
}

std::string bytes_of(const std::string& utf8) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    if (lead > 0xC3) throw Error("saved observation: a character that stands for no byte (above U+00FF)");
    bytes += lead < 0x80 ? utf8[i] : static_cast<char>((lead & 0x03) << 6 | (utf8[++i] & 0x3F));
  }
  return bytes;
}

json json_of(const std::map<std::string, std::string>& texts) {
  json all = json::object();
  for (const auto& [name, text] : texts) all[characters_of(name)] = characters_of(text);
  return all;
}

std::map<std::string, std::string> texts_from(const json& all) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, text] : all.items()) texts[bytes_of(name)] = bytes_of(text.get<std::string>());
  return texts;
}

// As an observation, of which only the trace counts.
json json_of(const std::optional<ControlledEnd>& passing) {
  if (!passing) return nullptr;
  Observation observation;
  observation.execution.strategy = Strategy::kControlled;
  observation.controlled = passing;
  return json::parse(to_json_text(observation));
}

}  // namespace

SavedObservation with_places(const Observation& observation, const std::optional<ControlledEnd>& passing,
                             const ProgramSources& sources, const std::vector<std::string>& semaphores) {
  SavedObservation saved{observation, passing, {}, sources.texts, sources.script, semaphores, std::nullopt};
  if (!observation.controlled) return saved;
  const ControlledEnd& end = *observation.controlled;
  PlaceQuestions questions;
  ask(questions, end, end.trace);
  for (const WaitingTask& task : end.waiting) questions.add(end, task.operation, task.callers);
  if (passing) ask(questions, end, aligned(*passing, end));
  const Books books = books_of(observation);
  ask(questions, books.races, books.found);
  saved.answers = answers_to(questions, sources);
  return saved;
}

namespace {

// Of what `places` and `saved` outlive; it is controlled.
SourceNames names_in(const Places& places, const SavedObservation& saved) {
  const ControlledEnd& end = *saved.observation.controlled;
  SourceNames names;
  names.line_of = [&](std::uint64_t place) {
    if (is_python_place(place)) {
      const PythonPlace python = python_place_of(place);
      return python.file == 0 ? SourceLine{saved.script, python.line, ""} : SourceLine{};
    }
    const CodePlace code = places.code(end, place);
    return SourceLine{code.file, code.line, code.function};
  };
  names.text_of = [&](const SourceLine& line) { return places.source_line(CodePlace{line.file, line.line}); };
  names.variable_of = [&](const Operation& operation) { return places.data(end, operation); };
  return names;
}

}  // namespace

Story every_step_of(const SavedObservation& saved, std::size_t most) {
  if (!saved.observation.controlled) return {};
  const Places places = places_from(saved.answers, saved.texts);
  return every_step(saved.observation, names_in(places, saved), saved.semaphores, most);
}

Analysed analysed(const SavedObservation& saved) {
  Analysed result;
  result.troubles = troubles(saved.observation);
  result.not_judged = why_not_judged(saved.observation);
  if (!saved.observation.controlled) return result;
  const Places places = places_from(saved.answers, saved.texts);
  const ControlledEnd& end = *saved.observation.controlled;
  const SourceNames names = names_in(places, saved);
  const std::optional<Trace> other = saved.passing ? std::optional(aligned(*saved.passing, end)) : std::nullopt;
  result.explanation =
      explain(saved.observation, other ? &*other : nullptr, names, saved.semaphores, {saved.by_sleep, saved.no_return});
  if (saved.no_return) mark_no_return(result.explanation.story, *saved.no_return);
  const Books books = books_of(saved.observation);
  result.races = books.races.told(places);
  result.found = books.found.told(places);
  result.is_cut = has_cut_trace(saved.observation);
  return result;
}

bool has_cut_trace(const Observation& observation) {
  if (!observation.controlled || !why_not_judged(observation).empty()) return false;
  const Trace& trace = observation.controlled->trace;
  return trace.is_cut || trace.noted_events < trace.events.size();
}

std::string cut_trace_words(std::uint64_t executions) {
  return executions == 1 ? "The trace of 1 execution is not whole: races and misuses are looked for as far as it goes."
                         : "The traces of " + std::to_string(executions) +
                               " executions are not whole: races and misuses are looked for as far as they go.";
}

std::string to_json_text(const SavedObservation& saved) {
  json semaphores = json::array();
  for (const std::string& name : saved.semaphores) semaphores.push_back(characters_of(name));
  const json all = {{"format", kFormat},
                    {"observation", json::parse(to_json_text(saved.observation))},
                    {"passing", json_of(saved.passing)},
                    {"answers", json_of(saved.answers)},
                    {"sources", json_of(saved.texts)},
                    {"script", characters_of(saved.script)},
                    {"semaphores", std::move(semaphores)},
                    {"no-return", saved.no_return ? json(*saved.no_return) : json()},
                    {"by-sleep", saved.by_sleep}};
  return all.dump() + "\n";
}

SavedObservation saved_from_json(const std::string& text) {
  try {
    const json all = json::parse(text);
    if (all.at("format") != kFormat) throw Error("saved observation: a format that this jitterlab does not read");
    SavedObservation saved;
    saved.observation = observation_from_json(all.at("observation").dump());
    if (!all.at("passing").is_null()) saved.passing = observation_from_json(all.at("passing").dump()).controlled;
    saved.answers = texts_from(all.at("answers"));
    saved.texts = texts_from(all.at("sources"));
    for (const json& name : all.at("semaphores")) saved.semaphores.push_back(bytes_of(name.get<std::string>()));
    // Not in files that were saved before these were looked for.
    if (const json point = all.value("no-return", json()); !point.is_null()) saved.no_return = point.get<std::size_t>();
    saved.by_sleep = all.value("by-sleep", false);
    saved.script = bytes_of(all.value("script", ""));
    return saved;
  } catch (const json::exception& error) {
    throw Error(std::string("this is no saved observation: ") + error.what());
  }
}

void save(const SavedObservation& saved, const std::string& folder, const std::string& name) {
  std::filesystem::create_directories(folder);
  std::string file = name;
  std::replace_if(
      file.begin(), file.end(), [](unsigned char c) { return !std::isalnum(c) && c != '.' && c != '-'; }, '-');
  write_file(folder + "/" + file + ".json", to_json_text(saved));
}

int analyse(const Options& options) {
  const SavedObservation saved = saved_from_json(read_file(options.program));
  const Analysed result = analysed(saved);
  TerminalStyle style;
  style.colour = options.colour;
  write_all(STDOUT_FILENO, analysis_report(result, style));
  if (!options.json_file.empty()) write_file(options.json_file, analysis_json(result));
  if (!result.not_judged.empty()) throw Error("nothing can be said: " + result.not_judged);
  return result.troubles.empty() ? 0 : 1;
}

}  // namespace jitterlab
