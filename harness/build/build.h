// Lab + submission -> programs, or what kept them from being built. Compiling happens in a box, never outside.
//
// Every program is built twice: `plain` as the student would build it (-O2), and `instrumented` for the agent (-g -O1
// -fsanitize=thread, not linked with libtsan, builtin mem* and str* kept as calls). Built files are kept in a cache by
// content: sources, flags and the compiler's version.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "build/failure.h"
#include "lab/lab.h"
#include "sandbox/box.h"

namespace jitterlab {

// The two executables of a program, as files of the host (mode 0111: a process running one cannot be looked into by
// others of the same user). They stay in the cache after the BuiltPrograms is gone.
struct BuiltProgram {
  std::string name;
  std::string plain;
  std::string instrumented;
  std::vector<std::string> imports;  // symbols the plain executable takes from libraries ("sem_wait")
  bool is_static = false;            // loads no agent
  std::string script;                // Python: its file in the folder that `plain` and `instrumented` are then
};

struct BuiltPrograms {
  std::map<std::string, BuiltProgram> of_submission;
  std::map<std::string, BuiltProgram> of_reference;  // when a role needs it
  std::map<std::string, BuiltProgram> of_lab;        // drivers; plain == instrumented
  std::map<std::string, std::string> checkers;       // ProgramCheck::program -> executable or Python file
  std::vector<BuildFailure> failures;                // of the submission; when not empty, of_submission is not complete
  std::vector<std::string> remarks;                  // about the hand-in, cost nothing
  std::string submission_hash;                       // sha256 over names and contents of the files taken
  std::string toolchain;                             // "gcc (Debian 12.2.0-14+deb12u1) 12.2.0"
  std::string toolchain_hash;                        // sha256 of that and of the flags
};

struct BuildOptions {
  std::string cache_folder;         // made when missing
  bool trust = false;               // as BoxSetup::trust
  std::vector<std::string> hidden;  // as BoxSetup::hidden
};

// `submission` is a folder, or a single source file when the lab has one program. Throws Error when the fault is ours:
// no compiler, no box, a driver of the lab or the reference that does not compile.
BuiltPrograms build(const Lab& lab, const std::string& submission, const BuildOptions& options);

// The lab's own programs only: reference, drivers, checking programs.
BuiltPrograms build_lab(const Lab& lab, const BuildOptions& options);

}  // namespace jitterlab
