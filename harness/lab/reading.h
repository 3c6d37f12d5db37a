// What one reading of a lab file has found out so far: the readers of all parts share it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "lab/mistakes.h"
#include "lab/name_table.h"

namespace jitterlab {

// A name is in its table as soon as it is declared, be it with a mistake; what else is known of it is kept only when
// it was read without one, so that one mistake does not bring others.
struct Reading {
  Lab lab;  // filled part by part; complete only when there are no mistakes
  Mistakes mistakes;
  Executions executions;  // of scenarios that do not say themselves

  NameTable programs{"program"};  // of the hand-in
  NameTable events{"event"};
  NameTable parameters{"parameter"};
  NameTable scenarios{"scenario"};
  NameTable checks{"check"};
  std::map<std::string, NameTable> roles;                  // by scenario
  std::map<std::string, std::vector<std::string>> fields;  // of events
  std::map<std::string, int> counts;                       // of parameters
};

}  // namespace jitterlab
