// Makes programs from sets of sources that one box can see: asks the cache first, compiles what is not there, keeps it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "build/build.h"
#include "build/cache.h"
#include "build/compiler.h"
#include "build/source_set.h"

namespace jitterlab {

// A set of files, staged and mounted.
struct StagedSet {
  const std::vector<SourceFile>& files;
  std::string folder;  // inside the box
};

struct Made {
  BuiltProgram program;  // complete when there is no failure
  std::optional<BuildFailure> failure;
  std::vector<std::string> warnings;
};

class Workshop {
 public:
  // `agent_hash` identifies the agent that instrumented programs are linked with.
  Workshop(Compiler& compiler, const Cache& cache, std::string agent_hash);

  // `with_control`: builds both variants; else plain only, and `instrumented` is the same file. Throws Error, also when
  // a program compiles as the student would but not for the agent.
  Made make(const StagedSet& set, const Program& program, Language language, bool with_control);

  int compiled() const { return compiled_; }  // programs that did not come from the cache

 private:
  Made make_python(const StagedSet& set, const Program& program);
  std::string key_of(const StagedSet& set, const Program& program, const std::vector<std::string>& sources,
                     Language language, const std::vector<Variant>& variants);
  CacheRecord compile(const StagedSet& set, const Program& program, const std::vector<std::string>& sources,
                      Language language, const std::vector<Variant>& variants, const std::string& key);

  Compiler& compiler_;
  const Cache& cache_;
  std::string agent_hash_;
  int compiled_ = 0;
};

}  // namespace jitterlab
