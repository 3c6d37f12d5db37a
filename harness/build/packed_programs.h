// The compiled programs of a lab that was packed for students (cli/pack_lab.h), who get no sources of them:
//
//   <lab>/compiled/reference/<name>.plain, <name>.instrumented
//   <lab>/compiled/drivers/<name>
//   <lab>/compiled/checks/<name>        native ones; those in Python stay in <lab>/checks
#pragma once

#include <string>

#include "build/build.h"
#include "build/cache.h"

namespace jitterlab {

class PackedPrograms {
 public:
  // Both must outlive it.
  PackedPrograms(const std::string& lab_folder, const Cache& cache)
      : folder_(lab_folder + "/compiled"), cache_(cache) {}

  bool are_there() const;
  bool has_check(const std::string& name) const;

  // As files of the cache, like all programs that run. Throws Error when a file is missing, or is no program.
  BuiltProgram reference(const std::string& name) const;
  BuiltProgram driver(const std::string& name) const;
  BuiltProgram check(const std::string& name) const;

 private:
  BuiltProgram kept(const std::string& name, const std::string& plain, const std::string& instrumented) const;

  std::string folder_;
  const Cache& cache_;
};

}  // namespace jitterlab
