// Runs the compiler in a box.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "build/command.h"
#include "build/diagnostics.h"
#include "lab/lab.h"
#include "sandbox/box.h"

namespace jitterlab {

struct CompilerBounds {
  double cpu_seconds = 20;                  // of one process
  std::chrono::milliseconds wall{30'000};   // of all that is compiled at once
  std::int64_t memory_bytes = 2LL << 30;    // of one process
  std::int64_t file_bytes = 64LL << 20;     // of one file while it is made
  std::int64_t output_bytes = 256LL << 10;  // diagnostics
  std::int64_t executable_bytes = 32LL << 20;
};

// How one program came out in one variant.
struct Compiled {
  bool built = false;
  Trouble trouble = Trouble::kNone;  // not built only
  std::string diagnostics;           // relative to the sources; also of a compiler that ended well
  std::string executable;            // the file's bytes when built
};

class Compiler {
 public:
  // `box` must outlive this and be between executions; `agent` is the path of the agent inside it.
  Compiler(Box& box, std::string agent, CompilerBounds bounds = {});

  // "gcc (Debian 12.2.0-14+deb12u1) 12.2.0". Throws Error when the compiler cannot be started.
  std::string version(Language language);

  // Compiles the files `sources` of `folder` (inside the box) in all `variants`, at once where the box can tell
  // their words apart. Throws Error when the sandbox fails or the compiler does not start; everything else is in the
  // results, one for each variant in that order.
  std::vector<Compiled> compile(Language language, const std::vector<Variant>& variants, const std::string& folder,
                                const std::vector<std::string>& sources, const std::vector<std::string>& flags = {});

 private:
  struct Run;
  std::vector<Compiled> compile_with(Language language, const std::vector<Variant>& variants, const std::string& folder,
                                     const std::vector<std::string>& sources, const std::vector<std::string>& flags,
                                     Semaphores semaphores);
  std::vector<Compiled> compile_together(Language language, const std::vector<Variant>& variants,
                                         const std::string& folder, const std::vector<std::string>& sources,
                                         const std::vector<std::string>& flags, Semaphores semaphores);
  std::vector<Run> run(const std::vector<std::vector<std::string>>& commands, const std::string& folder);
  void start(const std::vector<std::vector<std::string>>& commands, const std::string& folder);
  void collect(std::vector<Run>& runs);
  void finish(std::vector<Run>& runs);
  static void add_words(std::vector<Run>& runs, const BoxEvent& event);
  void take_executable(const std::string& name, Compiled& compiled);

  Box& box_;
  std::string agent_;
  CompilerBounds bounds_;
  std::map<Language, std::string> versions_;
};

}  // namespace jitterlab
