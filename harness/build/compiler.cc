#include "build/compiler.h"

#include <sys/stat.h>

#include <algorithm>
#include <csignal>

#include "os/error.h"

namespace jitterlab {
namespace {

bool failed_in_semaphores(const Compiled& compiled) {
  return !compiled.built && compiled.diagnostics.find("bits/semaphore_base.h") != std::string::npos;
}

}  // namespace

// One driver process: GCC's own parts are its children.
struct Compiler::Run {
  std::string words;  // both streams
  Ending ending = Ending::running();
  Trouble trouble = Trouble::kNone;
};

Compiler::Compiler(Box& box, std::string agent, CompilerBounds bounds)
    : box_(box), agent_(std::move(agent)), bounds_(bounds) {}

std::string Compiler::version(Language language) {
  std::string& known = versions_[language];
  if (!known.empty()) return known;
  std::vector<Run> runs = run({{compiler_path(language), "--version"}}, "");
  finish(runs);
  const Run& answer = runs.at(0);
  known = answer.words.substr(0, answer.words.find('\n'));
  if (!answer.ending.exited_with(0) || known.empty()) {
    throw Error(compiler_path(language) + " --version in the sandbox: " + answer.ending.words() + "; install " +
                (language == Language::kC     ? "gcc"
                 : language == Language::kCpp ? "g++"
                                              : "python3"));
  }
  return known;
}

std::vector<Compiled> Compiler::compile(Language language, const std::vector<Variant>& variants,
                                        const std::string& folder, const std::vector<std::string>& sources,
                                        const std::vector<std::string>& flags) {
  std::vector<Compiled> all = compile_with(language, variants, folder, sources, flags, Semaphores::kPosix);
  if (language == Language::kC || std::none_of(all.begin(), all.end(), failed_in_semaphores)) return all;
  return compile_with(language, variants, folder, sources, flags, Semaphores::kOfLibrary);
}

std::vector<Compiled> Compiler::compile_with(Language language, const std::vector<Variant>& variants,
                                             const std::string& folder, const std::vector<std::string>& sources,
                                             const std::vector<std::string>& flags, Semaphores semaphores) {
  // Words of two compilers at once can be told apart for sure only where each has a group id of its own.
  if (box_.isolation() == Isolation::kRootNamespaces)
    return compile_together(language, variants, folder, sources, flags, semaphores);
  std::vector<Compiled> all;
  for (const Variant variant : variants) {
    all.push_back(compile_together(language, {variant}, folder, sources, flags, semaphores).at(0));
  }
  return all;
}

std::vector<Compiled> Compiler::compile_together(Language language, const std::vector<Variant>& variants,
                                                 const std::string& folder, const std::vector<std::string>& sources,
                                                 const std::vector<std::string>& flags, Semaphores semaphores) {
  const std::string work = box_.work_folder();
  std::vector<std::vector<std::string>> commands;
  for (const Variant variant : variants) {
    commands.push_back(compile_command(language, variant, sources, {folder, work + "/" + to_string(variant), agent_},
                                       flags, semaphores));
  }
  std::vector<Run> runs = run(commands, folder);
  const auto too_late = [](const Run& one) { return one.trouble == Trouble::kTime; };
  if (std::any_of(runs.begin(), runs.end(), too_late)) {
    // Wall time also passes when the machine is busy with others: it counts only if it is exceeded again.
    box_.finish();
    runs = run(commands, folder);
  }
  std::vector<Compiled> all(runs.size());
  for (size_t i = 0; i < runs.size(); ++i) {
    all[i].built = runs[i].trouble == Trouble::kNone && runs[i].ending.exited_with(0);
    all[i].trouble = runs[i].trouble;
    if (all[i].built && language != Language::kPython) take_executable(to_string(variants[i]), all[i]);
  }
  finish(runs);
  for (size_t i = 0; i < runs.size(); ++i) {
    all[i].diagnostics = relative_diagnostics(runs[i].words, folder, work);
    if (!all[i].built && all[i].trouble == Trouble::kNone) all[i].trouble = trouble_in(all[i].diagnostics);
  }
  return all;
}

std::vector<Compiler::Run> Compiler::run(const std::vector<std::vector<std::string>>& commands,
                                         const std::string& folder) {
  start(commands, folder);
  std::vector<Run> runs(commands.size());
  collect(runs);
  for (size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].ending.kind() != Ending::Kind::kNotStarted) continue;
    box_.finish();
    throw Error("the compiler " + commands[i].at(0) + " " + runs[i].ending.words() +
                "; install gcc, g++ and python3, and see `jitterlab doctor`");
  }
  return runs;
}

void Compiler::start(const std::vector<std::vector<std::string>>& commands, const std::string& folder) {
  Bounds bounds;
  bounds.cpu_seconds = bounds_.cpu_seconds;
  bounds.memory_bytes = bounds_.memory_bytes;
  bounds.total_memory_bytes = bounds_.memory_bytes;
  bounds.file_bytes = bounds_.file_bytes;
  bounds.output_bytes = bounds_.output_bytes;
  box_.begin(bounds, std::nullopt);
  for (size_t i = 0; i < commands.size(); ++i) {
    Launch launch;
    launch.instance = static_cast<int>(i);
    launch.arguments = commands[i];
    launch.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TMPDIR=" + box_.work_folder()};
    launch.folder = folder;
    launch.as_compiler = true;
    box_.start(launch);
    box_.close_input(launch.instance);
  }
}

void Compiler::collect(std::vector<Run>& runs) {
  const auto deadline = std::chrono::steady_clock::now() + bounds_.wall;
  const auto running = [](const Run& one) { return one.ending.kind() == Ending::Kind::kRunning; };
  const auto stop = [&](Trouble trouble) {
    for (Run& one : runs) {
      if (running(one)) one.trouble = trouble;
    }
  };
  while (std::any_of(runs.begin(), runs.end(), running)) {
    const BoxEvent event = box_.next(deadline);
    if (event.kind == BoxEvent::Kind::kNothing) return stop(Trouble::kTime);
    if (event.kind == BoxEvent::Kind::kLimit) {
      return stop(event.what == "output" ? Trouble::kWords : Trouble::kMemory);
    }
    add_words(runs, event);
    const bool known = event.instance >= 0 && event.instance < static_cast<int>(runs.size());
    if (known && event.kind == BoxEvent::Kind::kEnded) runs[static_cast<size_t>(event.instance)].ending = event.ending;
  }
}

void Compiler::finish(std::vector<Run>& runs) {
  for (const BoxEvent& event : box_.finish().late) add_words(runs, event);
}

void Compiler::add_words(std::vector<Run>& runs, const BoxEvent& event) {
  const bool known = event.instance >= 0 && event.instance < static_cast<int>(runs.size());
  if (known && event.kind == BoxEvent::Kind::kOutput) runs[static_cast<size_t>(event.instance)].words += event.bytes;
}

void Compiler::take_executable(const std::string& name, Compiled& compiled) {
  const std::optional<Fd> file = box_.take(name);
  if (!file) throw Error("the compiler ended well but wrote no program; see `jitterlab doctor`");
  compiled.executable = read_all(file->get(), bounds_.executable_bytes + 1);
  if (static_cast<std::int64_t>(compiled.executable.size()) <= bounds_.executable_bytes) return;
  compiled.executable.clear();
  compiled.built = false;
  compiled.trouble = Trouble::kSpace;
}

}  // namespace jitterlab
