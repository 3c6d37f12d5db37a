#include "cli/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>

#include "cli/verify_options.h"

namespace jitterlab {
namespace {

constexpr char kAbout[] =
    "jitterlab grades operating-systems labs in C and C++: it compiles a submission in a sandbox, runs its programs\n"
    "as cooperating processes many times with seeded delays, and says what went wrong.\n\n"
    "Start with:  jitterlab list\n"
    "             jitterlab show producer-consumer\n"
    "             jitterlab grade producer-consumer my-solution/";

constexpr char kEndings[] =
    "Exit status: 0 all points, 1 points lost, 2 not graded in whole or in part (never the student's fault).";

// Where the cache is when nobody says: as the XDG base directory specification has it.
std::string default_cache() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache == '/') return std::string(cache) + "/jitterlab";
  const char* home = std::getenv("HOME");
  if (home && *home == '/') return std::string(home) + "/.cache/jitterlab";
  return "/tmp/jitterlab-cache-" + std::to_string(::getuid());
}

// "junit=report.xml" or "json".
Output output_of(const std::string& word) {
  const auto equals = word.find('=');
  return {word.substr(0, equals), equals == std::string::npos ? "" : word.substr(equals + 1)};
}

std::string check_format(const std::string& word) {
  const Output output = output_of(word);
  static const std::set<std::string> formats = {"terminal", "html", "json", "junit", "sarif"};
  if (formats.count(output.format) == 0)
    return "there is no format \"" + output.format +
           "\"; use terminal, html, json, junit or sarif, with =FILE to write it to a file";
  return word.ends_with("=") ? "the file name after " + output.format + "= is missing" : "";
}

std::string check_meta(const std::string& word) {
  const auto equals = word.find('=');
  return equals == std::string::npos || equals == 0 ? "--meta takes key=value, not \"" + word + "\"" : "";
}

// Decimal or 0x….
std::optional<std::uint64_t> seed_of(const std::string& word) {
  const bool hexadecimal = word.starts_with("0x") || word.starts_with("0X");
  const char* const end = word.data() + word.size();
  std::uint64_t seed = 0;
  const auto read = std::from_chars(word.data() + (hexadecimal ? 2 : 0), end, seed, hexadecimal ? 16 : 10);
  return read.ec == std::errc() && read.ptr == end ? std::optional(seed) : std::nullopt;
}

std::string check_seed(const std::string& word) {
  return seed_of(word) ? "" : "a seed is a number from 0 to 2^64-1, decimal or 0x…, not \"" + word + "\"";
}

// What CLI11 fills in as text.
struct Words {
  std::vector<std::string> formats, meta, roles;
  std::string output, seed, seeds = "1..3";
};

void add_common(CLI::App& command, Options& options) {
  command.add_option("--labs", options.labs_folder, "folder that holds the labs (default: the one beside the program)");
}

void add_submission(CLI::App& command, Options& options, Words& words) {
  command.add_option("lab", options.lab, "name of a lab (see `jitterlab list`), or the path of its folder")->required();
  command.add_option("submission", options.submission, "folder with the student's files, or one source file")
      ->required();
  command.add_option("--seed", words.seed, "draw words and delays from this number")->check(check_seed);
  command.add_option("--cache", options.cache_folder, "folder for compiled programs (default: ~/.cache/jitterlab)");
  command.add_flag("--i-trust-this-submission", options.trust,
                   "run without a sandbox where none can be had; the report says so");
  add_common(command, options);
}

void add_grade(CLI::App& app, Options& options, Words& words) {
  CLI::App* grade = app.add_subcommand("grade", "compile, run and grade one submission");
  add_submission(*grade, options, words);
  grade->add_option("--scenario", options.scenario, "only this scenario; other checks stay open");
  grade->add_option("--check", options.checks, "only this check (may be repeated); other checks stay open");
  grade->add_option("--time", options.seconds, "stop after SECONDS with what is known by then")
      ->check(CLI::Range(1, 1000000));
  grade->add_option("--executions", options.executions, "jittered executions of each scenario, not the lab's number")
      ->check(CLI::Range(0, 1000000));
  grade
      ->add_option("--budget", options.budget,
                   "how many schedules are tried under control: quick (a quarter of the lab's number), standard, "
                   "thorough (ten times)")
      ->check(CLI::IsMember({"quick", "standard", "thorough"}));
  grade
      ->add_option("--schedules", options.schedules,
                   "schedules tried of each scenario under control, not the budget's number")
      ->check(CLI::Range(0, 1000000));
  grade
      ->add_option("--format", words.formats,
                   "terminal, html (a page), json, junit or sarif (for editors and code hosts); FORMAT=FILE writes it "
                   "to a file (may be repeated)")
      ->check(check_format);
  grade->add_option("--output", words.output, "file for the one --format that names none (default: standard output)");
  grade->add_option("--meta", words.meta, "key=value, kept in the result as it is (may be repeated)")
      ->check(check_meta);
  grade->add_option("--lanes", options.lanes, "executions at the same time (default: one per core)")
      ->check(CLI::Range(1, 64));
  grade->add_option("--save", options.save_folder, "keep what failed in this folder, for `jitterlab analyse`");
  grade->add_flag("--colour,!--no-colour", options.colour, "colour on the terminal (default: when it is one)");
  grade->footer(kEndings);
}

std::string check_role(const std::string& word) {
  const auto equals = word.find('=');
  return equals == std::string::npos || equals == 0 ? "--role takes name='program arguments…', not \"" + word + "\""
                                                    : "";
}

std::string check_stop_at(const std::string& word) {
  const bool is_number = !word.empty() && word.size() < 10 && word.find_first_not_of("0123456789") == std::string::npos;
  return word == "end" || (is_number && std::stoi(word) > 0) ? "" : "--stop-at takes the number of a step, or \"end\"";
}

void add_explored(CLI::App& command, Options& options, Words& words) {
  command.add_option("program", options.program,
                     "a C, C++ or Python source file, or an executable; its arguments follow after --");
  command.add_option("--role", words.roles, "name='program arguments…': one of several programs (may be repeated)")
      ->check(check_role);
  command.add_option("--cflags", options.cflags, "further flags for the compiler");
  command
      .add_option("--python", options.python, "where Python programs are switched (default: switch-points, as 3.11)")
      ->check(CLI::IsMember({"switch-points", "every-bytecode"}));
  command.add_option("--cache", options.cache_folder, "folder for compiled programs (default: ~/.cache/jitterlab)");
  command.add_flag("--i-trust-this-submission", options.trust, "run without a sandbox where none can be had");
}

void add_explore(CLI::App& app, Options& options, Words& words) {
  CLI::App* explore = app.add_subcommand(
      "explore", "run a program under many schedules and say which of them crash it, block it or change its output");
  add_explored(*explore, options, words);
  explore->add_option("--executions", options.executions, "how many (default: 2000)")->check(CLI::Range(1, 100000000));
  explore->add_option("--seconds", options.seconds, "stop after SECONDS")->check(CLI::Range(1, 1000000));
  options.strategy = "portfolio";
  explore->add_option("--strategy", options.strategy, "portfolio (default), random, pct, pos, surw or exhaustive")
      ->check(CLI::IsMember({"portfolio", "random", "pct", "pos", "surw", "exhaustive"}));
  explore->add_option("--seed", words.seed, "draw schedules from this number")->check(check_seed);
  explore->add_option("--lanes", options.lanes, "executions at the same time (default: one per core)")
      ->check(CLI::Range(1, 64));
  explore->add_flag("--first", options.first, "stop at the first failure that comes again");
  explore->add_flag("--fail-on-race", options.fail_on_race, "exit 1 for a race as well");
  explore->add_flag("--fail-on-leak", options.fail_on_leak, "exit 1 for what is left behind as well");
  explore->add_option("--save", options.save_folder, "keep what failed in this folder, for `jitterlab analyse`");
  explore->add_option("--json", options.json_file, "write the result to this file as JSON");
  explore->add_option("--html", options.html_file, "write the result to this file as a page for a browser");
  explore->add_option("--sarif", options.sarif_file, "write the result to this file as SARIF, for editors");
  explore->add_flag("--colour,!--no-colour", options.colour, "colour on the terminal (default: when it is one)");
  explore->footer(
      "Example:  jitterlab explore race.c -- 3 apples\n"
      "Exit status: 0 nothing found, 1 a failure was found, 2 it could not be run.");
  CLI::App* replay = app.add_subcommand("replay", "carry out the schedule of a token again and show its steps");
  replay->add_option("token", options.token, "as printed by `jitterlab grade` and `jitterlab explore`")->required();
  add_explored(*replay, options, words);
  replay->add_option("submission", options.submission, "of a lab: the first name is then the lab's");
  replay->add_option("--html", options.html_file, "write what it shows to this file as a page for a browser");
  replay->add_option("--scenario", options.scenario, "of a lab: which one, where the token does not tell");
  replay->add_option("--seed", words.seed, "of a lab: as given to `jitterlab grade`")->check(check_seed);
  replay
      ->add_option("--stop-at", options.stop_at,
                   "hold all programs before this step (as numbered by `replay`), or, with \"end\", where they come to "
                   "wait for one another, and say how to look at them with gdb and ipcs")
      ->check(check_stop_at);
  replay->add_option("--gdb", options.gdb, "with --stop-at: start gdb in this one: main, \"child 1\", …");
  add_common(*replay, options);
  replay->footer("Exit status: 0 the execution ended well, 1 it failed, 2 it could not be repeated.");
}

void add_others(CLI::App& app, Options& options, Words& words) {
  CLI::App* analyse = app.add_subcommand("analyse", "say what a saved execution shows, without running anything");
  analyse->add_option("file", options.program, "written by `grade` and `explore` with --save")->required();
  analyse->add_option("--json", options.json_file, "write the result to this file as JSON");
  analyse->add_flag("--colour,!--no-colour", options.colour, "colour on the terminal (default: when it is one)");
  analyse->footer("Exit status: 0 the execution ended well, 1 it failed, 2 nothing can be said of it.");
  CLI::App* run = app.add_subcommand("run", "run one scenario once and show its output as it is");
  add_submission(*run, options, words);
  run->add_option("scenario", options.scenario, "which one (default: the first)");
  run->add_flag("--jitter", options.jitter, "with the delays that `grade` uses for this seed");
  CLI::App* list = app.add_subcommand("list", "the labs there are");
  add_common(*list, options);
  CLI::App* show = app.add_subcommand("show", "what a lab asks for, the output it looks at, and the points");
  show->add_option("lab", options.lab, "name of a lab, or the path of its folder")->required();
  add_common(*show, options);
  CLI::App* table = app.add_subcommand("table", "saved JSON results as one CSV table");
  table->add_option("results", options.results, "files written by `jitterlab grade --format json`")->required();
  app.add_subcommand("doctor", "what this machine can and cannot isolate, by trying it");
}

// Two reports in one place could not be told apart.
void place_outputs(Options& options, const Words& words) {
  for (const std::string& word : words.formats) options.outputs.push_back(output_of(word));
  if (options.outputs.empty()) options.outputs.push_back({"terminal", ""});
  const auto nameless =
      std::count_if(options.outputs.begin(), options.outputs.end(), [](const Output& o) { return o.file.empty(); });
  if (nameless > 1)
    throw CLI::ValidationError("--format", "only one report can go to one place; use FORMAT=FILE for the others");
  if (nameless == 0 && !words.output.empty())
    throw CLI::ValidationError("--output", "every --format names its file already; leave --output out");
  for (Output& output : options.outputs) {
    if (output.file.empty()) output.file = words.output;
  }
}

void finish(Options& options, const Words& words) {
  place_outputs(options, words);
  if (!words.seed.empty()) options.seed = seed_of(words.seed);
  options.seeds = *seeds_of(words.seeds);
  for (const std::string& word : words.roles) {
    const auto equals = word.find('=');
    options.roles.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  for (const std::string& word : words.meta) {
    const auto equals = word.find('=');
    options.meta.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  if (options.cache_folder.empty()) options.cache_folder = default_cache();
}

// What follows "--" belongs to the explored program; the number of words before it.
int split_arguments(int count, const char* const* values, Options& options) {
  for (int i = 1; i < count; ++i) {
    if (std::string(values[i]) != "--") continue;
    options.arguments.assign(values + i + 1, values + count);
    return i;
  }
  return count;
}

// So that a shell takes it as one word.
std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && word.find_first_not_of(
                                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789_./=:,+-") == std::string::npos;
  if (plain) return word;
  std::string text = "'";
  for (const char character : word) text += character == '\'' ? "'\\''" : std::string(1, character);
  return text + "'";
}

std::string command_line(const Options& options) {
  std::string line;
  if (!options.cflags.empty()) line += "--cflags " + quoted(options.cflags) + " ";
  if (options.python != Options().python) line += "--python " + options.python + " ";
  for (const auto& [name, command] : options.roles) line += "--role " + quoted(name + "=" + command) + " ";
  line += quoted(options.program);
  if (options.program.empty()) line.resize(line.size() - 2);
  if (!options.arguments.empty()) line += " --";
  for (const std::string& argument : options.arguments) line += " " + quoted(argument);
  return line;
}

}  // namespace

Parsed parse_options(int count, const char* const* values) {
  Options options;
  Words words;
  options.colour = ::isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
  CLI::App app(kAbout, "jitterlab");
  app.set_version_flag("--version", JITTERLAB_VERSION);
  app.require_subcommand(1);
  app.footer(kEndings);
  add_grade(app, options, words);
  add_explore(app, options, words);
  add_others(app, options, words);
  add_verify(app, options, words.seeds);
  add_new_and_pack(app, options);
  try {
    const int own = split_arguments(count, values, options);
    app.parse(own, values);
    finish(options, words);
    options.command_line = command_line(options);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error) == 0 ? 0 : 2};
  }
  options.command = app.get_subcommands().front()->get_name();
  return {options, 0};
}

}  // namespace jitterlab
