// Names for what a trace holds as numbers: source lines for program counters, variables and fields for addresses,
// words for objects.
//
// What is asked is collected first, since answering opens a box (build/look_into.h):
//
//   PlaceQuestions questions;
//   questions.add(end, operation);                         // of every operation that is to be told
//   for (auto& [program, text] : questions.texts())        // `program`: its path inside the box
//     places.add_answers(program, look_into(executable of program, text, trust));
//   places.code(end, operation.place).words()              // "spooler.c:47 in add()"
//   places.data(end, operation)                            // "spool->in", "counter", "segment 1 +8"
//
// cli/places.h does that. Pure; answers come from the submission, so that they are looked at line by line, and every
// word that comes out may hold any bytes but line ends: reports show them by printable(). Without answers the same
// functions give numbers: "instruction 0x1295", "segment 1 +8".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "run/observation.h"

namespace jitterlab {

// A place in the source of a program.
struct CodePlace {
  std::string file;  // relative to the submission: "spooler.c"; empty: not known
  int line = 0;
  std::string function;
  std::uint64_t address = 0;  // in the program's file, or in memory when it lies in no program
  bool is_known() const { return !file.empty(); }
  std::string words() const;  // "spooler.c:47 in add()"
  auto operator<=>(const CodePlace&) const = default;
};

// What an object is called when nothing better is known: "segment 1", "semaphore set 2", "shared mapping 1". Objects of
// a kind are counted in the order in which the execution named them.
std::string object_words(const ControlledEnd& end, std::uint64_t object);

class PlaceQuestions {
 public:
  // The place of the operation, and the data if it is an access to memory, or a lock in memory.
  void add(const ControlledEnd& end, const Operation& operation);
  // And the places that led there (schedule/callers.h).
  void add(const ControlledEnd& end, const Operation& operation, std::uint64_t callers);
  // Program -> what to ask about it.
  std::map<std::string, std::string> texts() const;

 private:
  std::map<std::string, std::set<std::string>> asked_;
};

class Places {
 public:
  // Lines that make no sense are left out.
  void add_answers(const std::string& program, const std::string& text);
  // A source file of the submission, which helps to tell through which of several pointers a line accesses memory.
  void add_source(const std::string& file, const std::string& text);

  // Operation::place is where a call comes back to; its own line is told.
  CodePlace code(const ControlledEnd& end, std::uint64_t place) const;
  // The variable or field that is accessed: "table[2].in", "spool->in", or "segment 1 +8".
  std::string data(const ControlledEnd& end, const Operation& operation) const;
  // The text of a source line without blanks at its ends; empty: not known.
  std::string source_line(const CodePlace& place) const;

 private:
  struct Member {
    std::uint64_t offset = 0, size = 0;
    std::string path;
  };
  // One in scope, of which the trace does not know the address.
  struct Variable {
    std::string name;
    bool is_pointer = false;                                               // else a reference, or on the stack
    std::uint64_t local_size = 0;                                          // on the stack: of it, or of its elements
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> paths;  // (offset, size) from where it points to
    std::vector<Member> members;                                           // of it, or of what it points to
  };
  struct Program {
    std::map<std::uint64_t, CodePlace> code;
    std::map<std::uint64_t, std::string> data;
    std::map<std::uint64_t, std::vector<Variable>> variables;
  };

  void add_answer(Program& program, const std::vector<std::string>& words);
  static Variable& known(std::vector<Variable>& variables, const std::string& name);
  static std::set<std::string> members_in_line(const Variable& variable, const std::string& line, std::uint64_t size);
  static std::string whole_in_line(const Variable& variable, const std::string& line, std::uint64_t size);
  std::string named_in_line(const Program& program, const CodePlace& place, const Operation& operation,
                            bool is_private) const;
  const Program* find(const ControlledEnd& end, std::uint64_t place) const;

  std::map<std::string, Program> programs_;
  std::map<std::string, std::vector<std::string>> sources_;  // file -> lines
};

}  // namespace jitterlab
