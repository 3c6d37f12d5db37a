#include "build/workshop.h"

#include "build/content_hash.h"
#include "build/diagnostics.h"
#include "build/executable.h"
#include "build/python_program.h"
#include "os/error.h"

namespace jitterlab {
namespace {

constexpr char kKeyFormat[] = "1";  // to be changed with what a CacheRecord says

void add_list(ContentHash& hash, const std::vector<std::string>& list) {
  hash.add(std::to_string(list.size()));
  for (const std::string& item : list) hash.add(item);
}

}  // namespace

Workshop::Workshop(Compiler& compiler, const Cache& cache, std::string agent_hash)
    : compiler_(compiler), cache_(cache), agent_hash_(std::move(agent_hash)) {}

Made Workshop::make(const StagedSet& set, const Program& program, Language language, bool with_control) {
  std::vector<Variant> variants = {Variant::kPlain};
  if (with_control) variants.push_back(Variant::kInstrumented);
  if (language == Language::kPython) return make_python(set, program);
  const std::vector<std::string> sources = sources_of(program, set.files);
  const std::string key = key_of(set, program, sources, language, variants);
  std::optional<CacheRecord> record = cache_.find(key);
  if (!record) record = compile(set, program, sources, language, variants, key);

  Made made;
  made.failure = record->failure;
  made.warnings = record->warnings;
  if (made.failure) return made;
  made.program.name = program.name;
  made.program.plain = record->files.at(to_string(Variant::kPlain));
  made.program.instrumented = record->files.at(to_string(variants.back()));
  made.program.imports = record->imports;
  made.program.is_static = record->is_static;
  return made;
}

// All files come along: which of them it imports, only running it shows.
Made Workshop::make_python(const StagedSet& set, const Program& program) {
  check_python_version(compiler_.version(Language::kPython));
  const std::vector<std::string> sources = sources_of(program, set.files);
  const std::string key = key_of(set, program, sources, Language::kPython, {Variant::kPlain});
  std::optional<CacheRecord> record = cache_.find(key);
  if (!record) {
    ++compiled_;
    const Compiled looked_at =
        compiler_.compile(Language::kPython, {Variant::kPlain}, set.folder, sources, program.flags).at(0);
    record.emplace();
    if (!looked_at.built)
      record->failure = explain_failure(program.name, sources, looked_at.trouble, looked_at.diagnostics);
    if (looked_at.trouble == Trouble::kNone) record = cache_.put(key, *record, {});
  }
  Made made;
  made.failure = record->failure;
  made.program.name = program.name;
  made.program.script = script_of(program, sources);
  if (!made.failure && made.program.script.empty()) made.failure = no_script(program);
  if (made.failure) return made;
  made.program.plain = made.program.instrumented = keep_python_files(cache_.folder(), set.files);
  return made;
}

std::string Workshop::key_of(const StagedSet& set, const Program& program, const std::vector<std::string>& sources,
                             Language language, const std::vector<Variant>& variants) {
  ContentHash hash;
  hash.add(kKeyFormat).add(compiler_.version(language));
  if (variants.size() > 1) hash.add(agent_hash_);
  for (const Variant variant : variants) {
    add_list(hash, compiler_flags(language, variant));
    add_list(hash, libraries(language, variant));
  }
  add_list(hash, program.flags);
  add_list(hash, sources);
  return hash.add(hash_of(set.files)).hex();
}

CacheRecord Workshop::compile(const StagedSet& set, const Program& program, const std::vector<std::string>& sources,
                              Language language, const std::vector<Variant>& variants, const std::string& key) {
  ++compiled_;
  const std::vector<Compiled> all = compiler_.compile(language, variants, set.folder, sources, program.flags);
  const Compiled& plain = all.at(0);
  CacheRecord record;
  if (!plain.built) {
    record.failure = explain_failure(program.name, sources, plain.trouble, plain.diagnostics);
    // What a limit stopped may go well on another day.
    return plain.trouble == Trouble::kNone ? cache_.put(key, record, {}) : record;
  }
  std::map<std::string, std::string> files;
  for (size_t i = 0; i < all.size(); ++i) {
    if (!all[i].built) {
      throw Error(program.name + " compiles, but not in the build for the agent: " +
                  explain_failure(program.name, sources, all[i].trouble, all[i].diagnostics).what + ": " +
                  first_error(all[i].diagnostics));
    }
    files[to_string(variants[i])] = all[i].executable;
  }
  record.warnings = warnings_in(program.name, plain.diagnostics);
  const Executable executable = read_executable(plain.executable);
  record.imports = executable.imports;
  record.is_static = executable.is_static;
  return cache_.put(key, record, files);
}

}  // namespace jitterlab
