#include "build/diagnostics.h"

#include <re2/re2.h>

#include <algorithm>

namespace jitterlab {
namespace {

constexpr size_t kMostDiagnostics = 256 << 10;
constexpr int kMostWarnings = 5;

// Diagnostics are bytes, not always UTF-8.
RE2::Options bytes_options() {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  return options;
}

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : i + 1 < names.size() ? ", " : " and ") + names[i];
  return text;
}

BuildFailure trouble_failure(const std::string& program, Trouble trouble, const std::string& diagnostics) {
  const std::string look =
      "look for very large arrays with initial values, files that include themselves, "
      "#include or .incbin of something that is no source file, endless templates or macros";
  switch (trouble) {
    case Trouble::kTime:
      return {program, "the compiler needed more than 20 s of computing time, or 30 s in all, for " + program, look,
              diagnostics};
    case Trouble::kMemory:
      return {program, "the compiler needed more than 2 GiB of memory for " + program, look, diagnostics};
    case Trouble::kSpace:
      return {program, "the program " + program + " is too large: 32 MiB, and 64 MiB while it is made, are allowed",
              "look for very large arrays with initial values; set them up at run time instead", diagnostics};
    default:
      return {program, "the compiler printed more than 256 KiB about " + program,
              "correct the first errors below; the others often follow from them", diagnostics};
  }
}

}  // namespace

Trouble trouble_in(const std::string& words) {
  if (has(words, "CPU time limit exceeded")) return Trouble::kTime;
  for (const char* sign : {"out of memory allocating", "virtual memory exhausted", "memory exhausted",
                           "Cannot allocate memory", "std::bad_alloc", "Killed signal terminated program"}) {
    if (has(words, sign)) return Trouble::kMemory;
  }
  for (const char* sign : {"File size limit exceeded", "File too large", "file too big", "No space left on device"}) {
    if (has(words, sign)) return Trouble::kSpace;
  }
  return Trouble::kNone;
}

std::string relative_diagnostics(const std::string& words, const std::string& sources, const std::string& work) {
  std::string text = words.substr(0, kMostDiagnostics);
  const RE2 temporary("(?:/usr/bin/ld: )?" + RE2::QuoteMeta(work) + "/cc[A-Za-z0-9]{6}\\.(?:o|s|ltrans[0-9]*\\.o): ?",
                      bytes_options());
  RE2::GlobalReplace(&text, temporary, "");
  const RE2 absolute(RE2::QuoteMeta(sources) + "/", bytes_options());
  RE2::GlobalReplace(&text, absolute, "");
  static const RE2 dot("(?m)^((?:/usr/bin/ld: )?(?:In file included +from | +from )?)\\./", bytes_options());
  RE2::GlobalReplace(&text, dot, "\\1");
  if (words.size() > kMostDiagnostics) text += "\n(the rest was cut)\n";
  return text;
}

BuildFailure explain_failure(const std::string& program, const std::vector<std::string>& sources, Trouble trouble,
                             const std::string& diagnostics) {
  if (trouble != Trouble::kNone) return trouble_failure(program, trouble, diagnostics);
  if (has(diagnostics, "multiple definition of `main'")) {
    return {program, program + " has more than one main: it is made from all of " + joined(sources),
            "keep one main; hand in other attempts and test programs under another ending, or not at all", diagnostics};
  }
  if (has(diagnostics, "undefined reference to `main'")) {
    return {program, program + " has no main: it is made from " + joined(sources),
            "write int main(…) in one of these files, spelt like that", diagnostics};
  }
  std::string name;
  static const RE2 header("fatal error: ([^\\n]+): No such file or directory", bytes_options());
  if (RE2::PartialMatch(diagnostics, header, &name)) {
    if (name[0] == '/') {
      return {program, program + " includes " + name + ", which programs cannot see here",
              "include headers of the system by <name>, and your own by \"name\"", diagnostics};
    }
    return {program, program + " includes " + name + ", which is not there",
            "hand in " + name + " beside the others, or correct its name", diagnostics};
  }
  static const RE2 reference("undefined reference to `([^\\n']+)'", bytes_options());
  if (RE2::PartialMatch(diagnostics, reference, &name)) {
    return {program, program + " uses " + name + ", which is defined nowhere",
            "check how " + name + " is spelt, and that the file that defines it is among " + joined(sources),
            diagnostics};
  }
  return {program, program + " does not compile", "correct the first error below; the others often follow from it",
          diagnostics};
}

std::string first_error(const std::string& diagnostics) {
  static const RE2 error("(?m)^([^\\n]*(?:[Ee]rror: |undefined reference|multiple definition)[^\\n]*)$",
                         bytes_options());
  std::string line;
  if (RE2::PartialMatch(diagnostics, error, &line)) return line;
  return diagnostics.substr(0, diagnostics.find('\n'));
}

std::vector<std::string> warnings_in(const std::string& program, const std::string& diagnostics) {
  static const RE2 warning("(?m)^([^:\\n]+:[0-9]+:[^\\n]* warning: [^\\n]*)$", bytes_options());
  std::vector<std::string> lines;
  int more = 0;
  re2::StringPiece rest(diagnostics);
  std::string line;
  while (RE2::FindAndConsume(&rest, warning, &line)) {
    const std::string text = program + ": " + line;
    if (std::find(lines.begin(), lines.end(), text) != lines.end()) continue;
    if (static_cast<int>(lines.size()) == kMostWarnings) {
      ++more;
    } else {
      lines.push_back(text);
    }
  }
  if (more > 0) lines.push_back(program + ": and " + std::to_string(more) + " more warnings of the compiler");
  return lines;
}

}  // namespace jitterlab
