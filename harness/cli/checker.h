// Runs the instructor's own checking programs, in a box like everything else.
#pragma once

#include <memory>
#include <string>

#include "build/build.h"
#include "check/check.h"
#include "lab/lab.h"
#include "sandbox/box.h"

namespace jitterlab {

class Checker {
 public:
  // All three must outlive it. A box is made when the first program is to be run.
  Checker(const Lab& lab, const BuiltPrograms& built, bool trust) : lab_(lab), built_(built), trust_(trust) {}

  // The observation is its standard input, as JSON; what it prints is the reason. Throws Error when the sandbox fails.
  ProgramAnswer operator()(const ProgramCheck& check, const Observation& observation);

 private:
  void open_box();

  const Lab& lab_;
  const BuiltPrograms& built_;
  bool trust_;
  std::unique_ptr<Box> box_;
};

}  // namespace jitterlab
