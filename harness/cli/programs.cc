#include "cli/programs.h"

#include "os/installed.h"

namespace jitterlab {
namespace {

// Below /mnt: plain/ and instrumented/ hold the programs of the submission under their own names, as a student who
// prints argv[0] expects; the reference and the lab's programs have folders of their own. The agent lies beside every
// instrumented program, where the loader finds it without an environment.
void mount_all(BoxSetup& setup, const std::map<std::string, BuiltProgram>& programs, const std::string& folder) {
  for (const auto& [name, program] : programs) {
    setup.mounts.push_back({program.plain, folder + "plain/" + name});
    setup.mounts.push_back({program.instrumented, folder + "instrumented/" + name});
  }
  if (!programs.empty())
    setup.mounts.push_back({installed_file("libjitterlab-agent.so"), folder + "instrumented/libjitterlab-agent.so"});
}

// Python: behind the folder of its files.
std::string script_path(const BuiltProgram& program) { return program.script.empty() ? "" : "/" + program.script; }

}  // namespace

BoxSetup box_setup(const Lab& lab, const BuiltPrograms& built, bool trust) {
  BoxSetup setup;
  setup.trust = trust;
  setup.hidden = {lab.folder};
  if (!lab.reference.empty()) setup.hidden.push_back(lab.reference);
  mount_all(setup, built.of_submission, "");
  mount_all(setup, built.of_reference, "reference/");
  for (const auto& [name, program] : built.of_lab) setup.mounts.push_back({program.plain, "lab/" + name});
  setup.mounts.push_back({installed_file("libjitterlab-lines.so"), "libjitterlab-lines.so"});
  return setup;
}

ProgramPaths program_paths(const BuiltPrograms& built, const BoxSetup& setup) {
  ProgramPaths paths;
  for (const auto& [name, program] : built.of_submission) {
    paths.plain[name] = path_inside(setup, "plain/" + name) + script_path(program);
    paths.instrumented[name] = path_inside(setup, "instrumented/" + name) + script_path(program);
    if (!program.script.empty()) paths.in_python.insert(name);
    paths.imports[name] = program.imports;
    if (program.is_static) paths.without_agent.insert(name);
  }
  for (const auto& [name, program] : built.of_reference) {
    paths.reference_plain[name] = path_inside(setup, "reference/plain/" + name) + script_path(program);
    paths.reference_instrumented[name] = path_inside(setup, "reference/instrumented/" + name) + script_path(program);
    if (!program.script.empty()) paths.in_python.insert(name);
    if (program.is_static) paths.without_agent.insert(name);
  }
  for (const auto& [name, program] : built.of_lab) paths.lab[name] = path_inside(setup, "lab/" + name);
  paths.agent = path_inside(
      setup, (built.of_submission.empty() ? "reference/" : "") + std::string("instrumented/libjitterlab-agent.so"));
  paths.lines = path_inside(setup, "libjitterlab-lines.so");
  return paths;
}

}  // namespace jitterlab
