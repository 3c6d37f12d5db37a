#include "build/source_set.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>

#include "build/content_hash.h"

namespace jitterlab {

bool is_safe_name(const std::string& name) {
  if (name.empty() || name == "." || name == ".." || name[0] == '@') return false;
  return std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 32 || c == 127 || c == '/'; });
}

bool matches(const std::string& pattern, const std::string& name, bool any_case) {
  return ::fnmatch(pattern.c_str(), name.c_str(), FNM_NOESCAPE | FNM_PERIOD | (any_case ? FNM_CASEFOLD : 0)) == 0;
}

bool matches(const Program& program, const std::string& name, bool any_case) {
  return std::any_of(program.sources.begin(), program.sources.end(),
                     [&](const std::string& pattern) { return matches(pattern, name, any_case); });
}

std::vector<std::string> sources_of(const Program& program, const std::vector<SourceFile>& files) {
  std::vector<std::string> names;
  for (const SourceFile& file : files) {
    if (matches(program, file.name)) names.push_back(file.name);
  }
  return names;
}

bool is_cpp_name(const std::string& name) {
  const std::string extension = std::filesystem::path(name).extension();
  return extension == ".cc" || extension == ".cpp" || extension == ".cxx";
}

Language language_of(const HandIn& wanted, const Program& program, const std::vector<SourceFile>& files) {
  const std::vector<std::string> names = sources_of(program, files);
  const bool is_cpp = wanted.language == Language::kC && std::any_of(names.begin(), names.end(), is_cpp_name);
  return is_cpp ? Language::kCpp : wanted.language;
}

std::string hash_of(const std::vector<SourceFile>& files) {
  ContentHash hash;
  for (const SourceFile& file : files) hash.add(file.name).add(file.bytes);
  return hash.hex();
}

}  // namespace jitterlab
