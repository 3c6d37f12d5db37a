#include "cli/places.h"

#include "build/look_into.h"

namespace jitterlab {

ProgramSources program_sources(const BuiltPrograms& built, const BoxSetup& setup) {
  ProgramSources sources;
  sources.trust = setup.trust;
  for (const auto& [name, program] : built.of_submission)
    sources.executables[path_inside(setup, "instrumented/" + name)] = program.instrumented;
  for (const auto& [name, program] : built.of_reference)
    sources.executables[path_inside(setup, "reference/instrumented/" + name)] = program.instrumented;
  return sources;
}

Places look_up(const PlaceQuestions& questions, const ProgramSources& sources) {
  Places places;
  for (const auto& [file, text] : sources.texts) places.add_source(file, text);
  for (const auto& [program, text] : questions.texts()) {
    const auto executable = sources.executables.find(program);
    if (executable == sources.executables.end()) continue;
    places.add_answers(program, look_into(executable->second, text, sources.trust));
  }
  return places;
}

}  // namespace jitterlab
