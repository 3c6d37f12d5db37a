#include "cli/places.h"

#include "build/look_into.h"

namespace jitterlab {

ProgramSources program_sources(const BuiltPrograms& built, const BoxSetup& setup) {
  ProgramSources sources;
  sources.trust = setup.trust;
  for (const auto& [name, program] : built.of_submission)
    sources.executables[path_inside(setup, "instrumented/" + name)] = program.instrumented;
  if (built.of_submission.size() == 1) sources.script = built.of_submission.begin()->second.script;
  for (const auto& [name, program] : built.of_reference)
    sources.executables[path_inside(setup, "reference/instrumented/" + name)] = program.instrumented;
  return sources;
}

Answers answers_to(const PlaceQuestions& questions, const ProgramSources& sources) {
  Answers answers;
  for (const auto& [program, text] : questions.texts()) {
    const auto executable = sources.executables.find(program);
    if (executable != sources.executables.end()) answers[program] = look_into(executable->second, text, sources.trust);
  }
  return answers;
}

Places places_from(const Answers& answers, const std::map<std::string, std::string>& texts) {
  Places places;
  for (const auto& [file, text] : texts) places.add_source(file, text);
  for (const auto& [program, text] : answers) places.add_answers(program, text);
  return places;
}

Places look_up(const PlaceQuestions& questions, const ProgramSources& sources) {
  return places_from(answers_to(questions, sources), sources.texts);
}

}  // namespace jitterlab
