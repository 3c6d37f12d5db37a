#include "build/command.h"

#include "build/python_program.h"

namespace jitterlab {
namespace {

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

// Builtins that would touch shared memory without a callback.
const std::vector<std::string> kCallsToKeep = {"memcpy", "mempcpy", "memmove", "memset",  "memcmp",  "bzero",
                                               "bcopy",  "strcpy",  "stpcpy",  "strncpy", "strcat",  "strncat",
                                               "strlen", "strcmp",  "strncmp", "sprintf", "snprintf"};

// Compiles to see whether it can be; what it writes is thrown away.
std::vector<std::string> python_command(const std::vector<std::string>& sources, const CompilePlaces& places) {
  std::vector<std::string> command = {kPython, "-X", "pycache_prefix=" + places.output};
  append(command, compiler_flags(Language::kPython, Variant::kPlain));
  for (const std::string& name : sources) command.push_back("./" + name);
  return command;
}

}  // namespace

std::string to_string(Variant variant) { return variant == Variant::kPlain ? "plain" : "instrumented"; }

std::string compiler_path(Language language) {
  if (language == Language::kPython) return kPython;
  return language == Language::kC ? "/usr/bin/gcc" : "/usr/bin/g++";
}

std::vector<std::string> compiler_flags(Language language, Variant variant, Semaphores semaphores) {
  if (language == Language::kPython) return {"-I", "-m", "py_compile"};
  std::vector<std::string> flags = {language == Language::kC ? "-std=gnu17" : "-std=gnu++20", "-pthread"};
  if (language == Language::kCpp && semaphores == Semaphores::kPosix) flags.push_back("-D_GLIBCXX_USE_POSIX_SEMAPHORE");
  append(flags, {"-fdiagnostics-color=never", "-fmessage-length=0", "-fmax-errors=20"});
  if (variant == Variant::kPlain) {
    append(flags, {"-O2", "-Wall"});
    return flags;
  }
  // -w: what the student reads comes from the plain build. -U: the program is to be the same in both builds.
  append(flags, {"-g", "-O1", "-w", "-fno-omit-frame-pointer", "-fsanitize=thread", "-fno-plt", "-U__SANITIZE_THREAD__",
                 "--param", "tsan-distinguish-volatile=1", "--param", "tsan-instrument-func-entry-exit=0"});
  // A function that is not inlined but known to leave a variable alone would let the compiler keep that variable in a
  // register across it, though it waits: the plain build, which inlines it, does not.
  append(flags, {"-fno-ipa-reference", "-fno-ipa-reference-addressable", "-fno-ipa-pure-const", "-fno-ipa-modref"});
  if (language == Language::kC) flags.push_back("-fno-inline");
  for (const std::string& name : kCallsToKeep) flags.push_back("-fno-builtin-" + name);
  // Few mappings and nothing left to be looked up: all of it is copied for every controlled execution.
  append(flags, {"-nodefaultlibs", "-Wl,-rpath,$ORIGIN", "-Wl,-z,now", "-Wl,-z,norelro", "-Wl,-z,noseparate-code"});
  return flags;
}

std::vector<std::string> libraries(Language language, Variant variant) {
  if (language == Language::kPython) return {};
  if (variant == Variant::kPlain) return {"-lm", "-lrt"};
  std::vector<std::string> names = {"-Wl,--as-needed"};
  if (language == Language::kCpp) names.push_back("-lstdc++");
  append(names, {"-lm", "-lrt", "-lgcc_s", "-lgcc", "-lpthread", "-lc", "-lgcc_s", "-lgcc"});
  return names;
}

std::vector<std::string> compile_command(Language language, Variant variant, const std::vector<std::string>& sources,
                                         const CompilePlaces& places, const std::vector<std::string>& flags,
                                         Semaphores semaphores) {
  if (language == Language::kPython) return python_command(sources, places);
  std::vector<std::string> command = {compiler_path(language)};
  // Ours come last where they must win.
  if (variant == Variant::kInstrumented) append(command, flags);
  append(command, compiler_flags(language, variant, semaphores));
  if (variant == Variant::kPlain) append(command, flags);
  append(command, {"-ffile-prefix-map=" + places.sources + "=.", "-o", places.output});
  append(command, {"-x", language == Language::kC ? "c" : "c++"});
  for (const std::string& name : sources) command.push_back("./" + name);
  append(command, {"-x", "none"});
  if (variant == Variant::kInstrumented) command.push_back(places.agent);
  append(command, libraries(language, variant));
  return command;
}

}  // namespace jitterlab
