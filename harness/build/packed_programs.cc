#include "build/packed_programs.h"

#include <filesystem>

#include "build/content_hash.h"
#include "build/executable.h"
#include "os/fd.h"

namespace jitterlab {

namespace fs = std::filesystem;

bool PackedPrograms::are_there() const { return fs::is_directory(folder_); }

bool PackedPrograms::has_check(const std::string& name) const { return fs::exists(folder_ + "/checks/" + name); }

BuiltProgram PackedPrograms::reference(const std::string& name) const {
  const std::string stem = folder_ + "/reference/" + name;
  return kept(name, stem + ".plain", stem + ".instrumented");
}

BuiltProgram PackedPrograms::driver(const std::string& name) const {
  return kept(name, folder_ + "/drivers/" + name, folder_ + "/drivers/" + name);
}

BuiltProgram PackedPrograms::check(const std::string& name) const {
  return kept(name, folder_ + "/checks/" + name, folder_ + "/checks/" + name);
}

BuiltProgram PackedPrograms::kept(const std::string& name, const std::string& plain,
                                  const std::string& instrumented) const {
  const std::map<std::string, std::string> files = {{"plain", read_file(plain)},
                                                    {"instrumented", read_file(instrumented)}};
  ContentHash hash;
  hash.add("packed").add(files.at("plain")).add(files.at("instrumented"));
  const std::string key = hash.hex();
  auto record = cache_.find(key);
  if (!record) {
    const Executable executable = read_executable(files.at("plain"));
    CacheRecord fresh;
    fresh.imports = executable.imports;
    fresh.is_static = executable.is_static;
    record = cache_.put(key, fresh, files);
  }
  BuiltProgram program;
  program.name = name;
  program.plain = record->files.at("plain");
  program.instrumented = record->files.at("instrumented");
  program.imports = record->imports;
  program.is_static = record->is_static;
  return program;
}

}  // namespace jitterlab
