#include "cli/explored.h"

#include <filesystem>
#include <map>

#include "build/content_hash.h"
#include "build/python_program.h"
#include "build/staging.h"
#include "cli/programs.h"
#include "os/error.h"
#include "os/fd.h"
#include "os/temp_dir.h"
#include "plan/stable_hash.h"
#include "sandbox/box.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

constexpr char kScenario[] = "all";

// Words separated by blanks; '…' and "…" hold blanks.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool open = false;
  char quote = 0;
  for (const char character : line) {
    if (quote != 0) {
      if (character == quote)
        quote = 0;
      else
        word += character;
    } else if (character == '\'' || character == '"') {
      quote = character;
      open = true;
    } else if (character == ' ' || character == '\t') {
      if (open) words.push_back(word);
      word.clear();
      open = false;
    } else {
      word += character;
      open = true;
    }
  }
  if (quote != 0) throw Error(std::string("a ") + quote + " is not closed in: " + line);
  if (open) words.push_back(word);
  return words;
}

// Nothing in an argument of the command line is a parameter of a lab.
std::string literal(const std::string& argument) {
  std::string text;
  for (const char character : argument) text += character == '$' ? "$$" : std::string(1, character);
  return text;
}

// The name of an executable as labs name programs.
std::string program_name(const std::string& path) {
  std::string name;
  for (const char character : fs::path(path).stem().string()) {
    const bool letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    const bool digit = character >= '0' && character <= '9';
    name += letter ? static_cast<char>(character | 0x20) : digit ? character : '-';
  }
  return name.empty() || name[0] < 'a' ? "p" + name : name;
}

bool is_source(const std::string& path) {
  const std::string extension = fs::path(path).extension();
  return extension == ".c" || extension == ".cc" || extension == ".cpp" || extension == ".cxx" || extension == ".py";
}

Language language_of(const fs::path& path) {
  if (path.extension() == ".py") return Language::kPython;
  return path.extension() == ".c" ? Language::kC : Language::kCpp;
}

// Files that a source may include, or import.
bool comes_along(Language language, const fs::path& path) {
  if (language == Language::kPython) return path.extension() == ".py";
  return path.extension() == ".h" || path.extension() == ".hpp" || path.extension() == ".hh";
}

struct Given {
  std::string role, path;
  std::vector<std::string> arguments;
};

std::vector<Given> programs_given(const Options& options) {
  std::vector<Given> given;
  if (!options.program.empty()) given.push_back({"main", options.program, options.arguments});
  for (const auto& [role, line] : options.roles) {
    std::vector<std::string> words = words_of(line);
    if (words.empty()) throw Error("--role " + role + "= names no program; write --role name='program arguments…'");
    given.push_back({role, words[0], {words.begin() + 1, words.end()}});
  }
  if (given.empty()) throw Error("no program was given; write `jitterlab explore prog.c`");
  for (const Given& one : given) {
    if (!fs::is_regular_file(one.path)) throw Error("there is no file " + one.path);
  }
  return given;
}

class Preparation {
 public:
  explicit Preparation(const Options& options) : options_(options) {}

  Explored run() {
    explored_.lab.id = "explore";
    explored_.lab.hand_in.every_bytecode = options_.python == "every-bytecode";
    explored_.lab.scenarios.resize(1);
    Scenario& scenario = explored_.lab.scenarios[0];
    scenario.name = kScenario;
    std::uint64_t roles = explored_.lab.hand_in.every_bytecode ? 1 : 0;
    const std::vector<Given> all = programs_given(options_);
    explored_.folder = fs::path(all[0].path).parent_path();
    for (const Given& given : all) {
      add(given, scenario);
      roles = mix(roles, stable_hash(given.role));
      for (const std::string& argument : given.arguments) roles = mix(roles, stable_hash(argument));
    }
    explored_.command = options_.command_line;
    if (explored_.lab.hand_in.every_bytecode) explored_.remarks.push_back(kEveryBytecode);
    explored_.fingerprint = fingerprint(roles, stable_hash(built_.submission_hash), stable_hash(built_.toolchain_hash));
    if (!explored_.failures.empty()) return std::move(explored_);
    explored_.lanes.setup = box_setup(explored_.lab, built_, options_.trust);
    explored_.lanes.setup.hidden.clear();
    explored_.lanes.programs = program_paths(built_, explored_.lanes.setup);
    explored_.sources = program_sources(built_, explored_.lanes.setup);
    explored_.sources.texts = std::move(texts_);
    return std::move(explored_);
  }

 private:
  void add(const Given& given, Scenario& scenario) {
    std::string name = program_name(given.path);
    while (paths_.count(name) > 0 && paths_[name] != given.path) name += "x";
    if (paths_.count(name) == 0) make(name, given.path);
    paths_[name] = given.path;
    Role role;
    role.name = given.role;
    role.program = name;
    for (const std::string& argument : given.arguments) role.arguments.push_back(literal(argument));
    scenario.roles.push_back(role);
  }

  void make(const std::string& name, const std::string& path) {
    if (is_source(path)) return compile(name, path);
    const std::string absolute = fs::absolute(path);
    BuiltProgram program;
    program.name = name;
    program.plain = program.instrumented = absolute;
    built_.of_submission[name] = program;
    built_.submission_hash += ContentHash().add(read_file(absolute)).hex();
  }

  // The file, and the headers or modules beside it.
  void compile(const std::string& name, const std::string& path) {
    const TempDir folder;
    const Language language = language_of(path);
    fs::copy_file(path, fs::path(folder.path()) / fs::path(path).filename());
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::absolute(path).parent_path())) {
      if (entry.is_regular_file() && comes_along(language, entry.path()))
        fs::copy_file(entry.path(), fs::path(folder.path()) / entry.path().filename(), fs::copy_options::skip_existing);
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path()))
      texts_[entry.path().filename()] = read_file(entry.path());
    explored_.folders.push_back(fs::absolute(path).parent_path());
    Lab lab;
    lab.id = "explore";
    lab.folder = folder.path();
    lab.hand_in.language = language;
    lab.hand_in.programs.push_back({name, {fs::path(path).filename().string()}, words_of(options_.cflags)});
    BuiltPrograms built = build(lab, folder.path(), {options_.cache_folder, options_.trust, {}});
    explored_.failures.insert(explored_.failures.end(), built.failures.begin(), built.failures.end());
    if (!built.failures.empty()) return;
    built_.of_submission[name] = built.of_submission.at(name);
    if (built_.of_submission[name].is_static)
      throw Error(path + " is linked statically: jitterlab's agent cannot be loaded into it; leave out -static");
    built_.submission_hash += built.submission_hash;
    built_.toolchain_hash = built.toolchain_hash;
  }

  const Options& options_;
  BuiltPrograms built_;
  std::map<std::string, std::string> paths_;  // program -> where it came from
  std::map<std::string, std::string> texts_;  // of sources, by file
  Explored explored_;
};

}  // namespace

Explored prepare_explored(const Options& options) { return Preparation(options).run(); }

}  // namespace jitterlab
