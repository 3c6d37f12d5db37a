#include "analysis/places.h"

#include <algorithm>
#include <charconv>

#include "schedule/callers.h"
#include "schedule/place.h"

namespace jitterlab {
namespace {

// Where sources lie inside the box.
constexpr const char* kFolders[] = {"/submission/", "/reference/", "/drivers/"};

std::string shown_file(std::string path) {
  for (const char* folder : kFolders) {
    if (const auto at = path.rfind(folder); at != std::string::npos)
      path = path.substr(at + std::string(folder).size());
  }
  while (path.starts_with("./")) path = path.substr(2);
  return path;
}

std::string hex(std::uint64_t number) {
  char digits[16];
  return std::string(digits, std::to_chars(digits, digits + sizeof digits, number, 16).ptr);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

std::optional<std::uint64_t> number_in(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

const NamedThing& thing_of(const ControlledEnd& end, std::uint64_t object) {
  static const NamedThing unknown;
  return object < end.objects.size() ? end.objects[object] : unknown;
}

const ProgramSeen* program_of(const ControlledEnd& end, std::uint64_t place) {
  const int number = program_of_place(place);
  return number >= 0 && number < static_cast<int>(end.programs.size()) ? &end.programs[static_cast<std::size_t>(number)]
                                                                       : nullptr;
}

// The call itself, not what comes after it.
std::uint64_t call_before(std::uint64_t place) {
  const std::uint64_t address = address_of_place(place);
  return address == 0 ? 0 : address - 1;
}

bool is_in_memory(const Operation& operation) {
  return operation.kind <= StepKind::kAtomic ||
         (operation.size != 0 && (operation.kind <= StepKind::kUnlock || operation.kind == StepKind::kWait ||
                                  operation.kind == StepKind::kObject));
}

bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '_';
}

// As a word of its own.
bool mentions(const std::string& line, const std::string& name) {
  for (std::size_t at = line.find(name); at != std::string::npos; at = line.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_letter(line[at - 1])) && (end == line.size() || !is_letter(line[end]))) return true;
  }
  return false;
}

// Whether `path` begins with an element of what the pointer points to, but the line uses no index.
bool is_far_fetched(const std::string& path, const std::string& name, const std::string& line) {
  return path.starts_with(name + "[") && line.find(name + "[") == std::string::npos;
}

// "spool->lock" of "spool->lock.__data.__lock": what a library keeps in it is no name that the program has.
std::string without_hidden(const std::string& path) {
  for (std::size_t begin = 0; begin < path.size(); ++begin) {
    const bool is_first = begin == 0 || path[begin - 1] == '.' || path[begin - 1] == '>';
    if (!is_first || (path.compare(begin, 2, "__") != 0 && path.compare(begin, 3, "_M_") != 0)) continue;
    const std::size_t end = path.find_last_not_of(".->", begin == 0 ? 0 : begin - 1);
    return begin == 0 || end == std::string::npos ? "" : path.substr(0, end + 1);
  }
  return path;
}

// "in" of "buffer.slots[2].in[]".
std::string last_name(const std::string& path) {
  std::size_t end = path.size();
  while (end > 0 && path[end - 1] == ']') end = path.rfind('[', end - 1);
  if (end == std::string::npos) return "";
  std::size_t begin = end;
  while (begin > 0 && is_letter(path[begin - 1])) --begin;
  return path.substr(begin, end - begin);
}

}  // namespace

std::string CodePlace::words() const {
  if (!is_known()) return address == 0 ? "an unknown place" : "instruction 0x" + hex(address);
  return file + ":" + std::to_string(line) + (function.empty() ? "" : " in " + function + "()");
}

std::string object_words(const ControlledEnd& end, std::uint64_t object) {
  const NamedKind kind = thing_of(end, object).kind;
  int number = 0;
  for (std::uint64_t i = 0; i <= object && i < end.objects.size(); ++i) number += end.objects[i].kind == kind;
  const auto counted = [&](const char* what) { return what + std::string(" ") + std::to_string(number); };
  switch (kind) {
    case NamedKind::kSegment:
      return counted("segment");
    case NamedKind::kSemaphores:
      return counted("semaphore set");
    case NamedKind::kQueue:
      return counted("message queue");
    case NamedKind::kFile:
      return counted("file or pipe");
    case NamedKind::kMapping:
      return counted("shared mapping");
    case NamedKind::kPrivate:
      return "memory";
    case NamedKind::kFutex:
      return counted("futex");
    case NamedKind::kSocket:
      return "sockets";
    case NamedKind::kOutput:
      return "output";
    case NamedKind::kSignals:
      return "signals";
    case NamedKind::kUnknown:
      break;
  }
  return "object " + std::to_string(object);
}

// ---- asking --------------------------------------------------------------------------------------------------------

void PlaceQuestions::add(const ControlledEnd& end, const Operation& operation) {
  const ProgramSeen* program = program_of(end, operation.place);
  if (program == nullptr) return;
  std::set<std::string>& asked = asked_[program->path];
  const std::string code = std::to_string(call_before(operation.place));
  asked.insert("code " + code);
  if (!is_in_memory(operation)) return;
  const bool is_private = thing_of(end, operation.object).kind == NamedKind::kPrivate;
  if (is_private) asked.insert("data " + std::to_string(operation.offset - program->bias));
  asked.insert("names " + code + " " + std::to_string(is_private ? 0 : operation.offset) + " " +
               std::to_string(operation.size));
}

void PlaceQuestions::add(const ControlledEnd& end, const Operation& operation, std::uint64_t callers) {
  add(end, operation);
  for (const std::uint64_t place : {caller_of(operation.place, callers), second_caller_of(operation.place, callers)}) {
    if (place != 0) add(end, Operation{.place = place});
  }
}

std::map<std::string, std::string> PlaceQuestions::texts() const {
  std::map<std::string, std::string> texts;
  for (const auto& [program, questions] : asked_) {
    for (const std::string& question : questions) texts[program] += question + "\n";
  }
  return texts;
}

// ---- answers -------------------------------------------------------------------------------------------------------

void Places::add_answers(const std::string& program, const std::string& text) {
  for (const std::string& line : split(text, '\n')) add_answer(programs_[program], split(line, '\t'));
}

void Places::add_answer(Program& program, const std::vector<std::string>& words) {
  const auto address = words.size() > 2 ? number_in(words[1]) : std::nullopt;
  if (!address) return;
  if (words[0] == "code" && words.size() == 5) {
    const auto line = number_in(words[2]);
    if (line && *line > 0 && *line < 10'000'000)
      program.code[*address] = {shown_file(words[4]), static_cast<int>(*line), words[3], *address};
  } else if (words[0] == "data" && words.size() == 3) {
    program.data[*address] = words[2];
  } else if ((words[0] == "pointer" || words[0] == "reference") && words.size() == 6) {
    const auto offset = number_in(words[2]), size = number_in(words[3]);
    if (!offset || !size) return;
    Variable& variable = known(program.variables[*address], words[4]);
    variable.is_pointer = words[0] == "pointer";
    if (!words[5].empty()) variable.paths[{*offset, *size}] = words[5];
  } else if (words[0] == "local" && words.size() == 4) {
    const auto size = number_in(words[3]);
    if (size) known(program.variables[*address], words[2]).local_size = *size;
  } else if (words[0] == "member" && words.size() == 6) {
    const auto offset = number_in(words[3]), size = number_in(words[4]);
    if (!offset || !size) return;
    for (Variable& variable : program.variables[*address]) {
      const auto same = [&](const Member& one) { return one.path == words[5]; };
      const bool is_new = std::none_of(variable.members.begin(), variable.members.end(), same);
      if (variable.name == words[2] && is_new) variable.members.push_back({*offset, *size, words[5]});
    }
  }
}

Places::Variable& Places::known(std::vector<Variable>& variables, const std::string& name) {
  const auto same = [&](const Variable& one) { return one.name == name; };
  const auto found = std::find_if(variables.begin(), variables.end(), same);
  return found != variables.end() ? *found : variables.emplace_back(Variable{.name = name});
}

void Places::add_source(const std::string& file, const std::string& text) { sources_[file] = split(text, '\n'); }

const Places::Program* Places::find(const ControlledEnd& end, std::uint64_t place) const {
  const ProgramSeen* seen = program_of(end, place);
  const auto found = seen == nullptr ? programs_.end() : programs_.find(seen->path);
  return found == programs_.end() ? nullptr : &found->second;
}

CodePlace Places::code(const ControlledEnd& end, std::uint64_t place) const {
  const std::uint64_t address = call_before(place);
  if (const Program* program = find(end, place)) {
    if (const auto found = program->code.find(address); found != program->code.end()) return found->second;
  }
  return {.address = address};
}

std::string Places::source_line(const CodePlace& place) const {
  const auto source = sources_.find(place.file);
  if (source == sources_.end() || place.line < 1 || place.line > static_cast<int>(source->second.size())) return "";
  const std::string& line = source->second[static_cast<std::size_t>(place.line) - 1];
  const std::size_t begin = line.find_first_not_of(" \t\r"), end = line.find_last_not_of(" \t\r");
  return begin == std::string::npos ? "" : line.substr(begin, end - begin + 1);
}

std::string Places::data(const ControlledEnd& end, const Operation& operation) const {
  const NamedThing& thing = thing_of(end, operation.object);
  const bool is_private = thing.kind == NamedKind::kPrivate;
  const ProgramSeen* seen = program_of(end, operation.place);
  const Program* program = find(end, operation.place);
  if (program != nullptr && is_private) {
    const auto found = program->data.find(operation.offset - seen->bias);
    if (found != program->data.end() && !found->second.empty()) return found->second;
  }
  if (program != nullptr) {
    const std::string path = named_in_line(*program, code(end, operation.place), operation, is_private);
    if (!path.empty()) return path;
  }
  if (is_private) return "memory at 0x" + hex(operation.offset);
  return object_words(end, operation.object) + " +" + std::to_string(operation.offset);
}

std::set<std::string> Places::members_in_line(const Variable& variable, const std::string& line, std::uint64_t size) {
  std::set<std::string> names;
  for (const Member& member : variable.members) {
    const bool is_array = member.path.ends_with("[]");
    const bool fits = size == 0 || member.size == size || (is_array && member.size != 0 && size % member.size == 0);
    const std::string shown = without_hidden(member.path.substr(0, member.path.size() - (is_array ? 2 : 0)));
    // A lock behind a pointer is another one in every call.
    if (!fits || (shown.empty() ? variable.local_size == 0 : !mentions(line, last_name(shown)))) continue;
    names.insert(shown.empty() ? variable.name : variable.name + (variable.is_pointer ? "->" : ".") + shown);
  }
  return names;
}

// The variable itself, or what it points to as "*pointer" or by reference, where the line names that; else "".
std::string Places::whole_in_line(const Variable& variable, const std::string& line, std::uint64_t size) {
  if (variable.local_size != 0) return size == 0 || size == variable.local_size ? variable.name : "";
  const auto target = variable.paths.find({0, size});
  if (target == variable.paths.end()) return "";
  const std::string& path = target->second;
  const bool is_named = path == variable.name || (path == "*" + variable.name && line.find(path) != std::string::npos);
  return is_named ? path : "";
}

// Which of the variables in scope the line means: the one that it names, with a member that it names. Of an object of
// several processes the offset is known: also the pointer to its begin, where only one has something of that size
// there. Rather nothing than a guess.
std::string Places::named_in_line(const Program& program, const CodePlace& place, const Operation& operation,
                                  bool is_private) const {
  const auto found = program.variables.find(call_before(operation.place));
  if (found == program.variables.end()) return "";
  const std::string line = source_line(place);
  std::set<std::string> named_at_start, at_start, named;
  for (const Variable& variable : found->second) {
    const bool in_line = mentions(line, variable.name) || variable.name == "this";
    if (const auto path = variable.paths.find({operation.offset, operation.size});
        !is_private && path != variable.paths.end() &&
        (line.empty() || !is_far_fetched(path->second, variable.name, line))) {
      const std::string shown = without_hidden(path->second), last = last_name(shown);
      if (shown == variable.name && shown != path->second) continue;  // a lock: another one in every call
      at_start.insert(shown);
      if (in_line && (last.empty() || mentions(line, last))) named_at_start.insert(shown);
    }
    if (!in_line || (variable.local_size != 0 && !is_private)) continue;
    const std::set<std::string> members = members_in_line(variable, line, operation.size);
    named.insert(members.begin(), members.end());
    if (!members.empty() || !is_private) continue;
    if (const std::string whole = whole_in_line(variable, line, operation.size); !whole.empty()) named.insert(whole);
  }
  if (named_at_start.size() == 1) return *named_at_start.begin();
  if (!line.empty()) return named_at_start.empty() && named.size() == 1 ? *named.begin() : "";
  return at_start.size() == 1 ? *at_start.begin() : "";
}

}  // namespace jitterlab
