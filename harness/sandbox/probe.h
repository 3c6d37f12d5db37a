// What this machine can and cannot isolate, found out by really doing it in a child, never by reading settings.
#pragma once

#include <string>
#include <vector>

namespace jitterlab {

struct Probe {
  std::string what;  // "network of its own"
  bool good = false;
  bool needed = true;  // grading is refused without it; otherwise the report gets weaker
  std::string seen;    // what happened
  std::string remedy;  // when not good: what to do
};

// Takes about a second. Never throws for what the machine lacks.
std::vector<Probe> probe_machine();

// Words on the kind of machine when it is one that often lacks something: a container, WSL, an arm64 processor.
std::vector<std::string> machine_remarks();

}  // namespace jitterlab
