#include "build/slips.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace jitterlab {
namespace {

// "a, b, c and 4 more"
std::string listed(const std::vector<std::string>& names, size_t most = 8) {
  std::string text;
  for (size_t i = 0; i < names.size() && i < most; ++i) text += (i ? ", " : "") + names[i];
  if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}

bool is_archive(const SourceFile& file) {
  using namespace std::string_view_literals;
  for (const auto magic : {"PK\3\4"sv, "PK\5\6"sv, "\x1f\x8b"sv, "BZh"sv,
                           "\xfd"
                           "7zXZ\0"sv,
                           "7z\xbc\xaf"sv, "Rar!\x1a"sv, "\x28\xb5\x2f\xfd"sv}) {
    if (file.bytes.compare(0, magic.size(), magic) == 0) return true;
  }
  return file.bytes.size() > 262 && file.bytes.compare(257, 5, "ustar") == 0;
}

bool is_compiled(const SourceFile& file) { return file.bytes.compare(0, 4, "\177ELF") == 0; }

bool is_utf16(const SourceFile& file) {
  return file.bytes.compare(0, 2, "\xff\xfe") == 0 || file.bytes.compare(0, 2, "\xfe\xff") == 0;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// One hand-in being judged against what the lab wants.
class Judge {
 public:
  Judge(Inventory inventory, const HandIn& wanted) : inventory_(std::move(inventory)), wanted_(wanted) {}

  HandedIn judge() {
    if (inventory_.too_many) {
      fail("", "there are more than " + std::to_string(kMostEntries) + " files in the hand-in",
           "hand in the source files only");
      return std::move(result_);
    }
    judge_not_taken();
    judge_missing();
    for (SourceFile& file : inventory_.files) judge_file(file);
    remark_ignored();
    return std::move(result_);
  }

 private:
  void fail(const std::string& program, const std::string& what, const std::string& what_to_do) {
    result_.failures.push_back({program, what, what_to_do, ""});
  }

  void judge_not_taken() {
    std::vector<std::string> others;
    for (const auto& [name, why] : inventory_.not_taken) {
      if (is_wanted(wanted_, name)) {
        fail("", name + " " + why, "hand in the file " + name + " itself, with its source text");
      } else {
        others.push_back(name + " (" + why + ")");
      }
    }
    if (!others.empty()) result_.remarks.push_back("not taken: " + listed(others));
  }

  bool has(const std::string& name) const {
    return std::any_of(inventory_.files.begin(), inventory_.files.end(),
                       [&](const SourceFile& file) { return file.name == name; });
  }

  bool was_not_taken(const std::string& name) const {
    return std::any_of(inventory_.not_taken.begin(), inventory_.not_taken.end(),
                       [&](const NotTaken& entry) { return entry.name == name; });
  }

  bool has_sources_for(const Program& program) const {
    return std::any_of(inventory_.files.begin(), inventory_.files.end(),
                       [&](const SourceFile& file) { return matches(program, file.name); }) ||
           std::any_of(inventory_.not_taken.begin(), inventory_.not_taken.end(),
                       [&](const NotTaken& entry) { return matches(program, entry.name); });
  }

  // What is missing: names, and for programs without any source their first pattern.
  struct Missing {
    std::string program;  // empty: a required file
    std::string pattern;
  };

  std::vector<Missing> missing() const {
    std::vector<Missing> all;
    std::set<std::string> said;
    for (const std::string& name : wanted_.require) {
      if (!has(name) && !was_not_taken(name) && said.insert(name).second) all.push_back({"", name});
    }
    for (const Program& program : wanted_.programs) {
      const bool explained = std::any_of(all.begin(), all.end(), [&](const Missing& one) {
        return one.program.empty() && matches(program, one.pattern);
      });
      if (!explained && !has_sources_for(program)) all.push_back({program.name, program.sources.at(0)});
    }
    return all;
  }

  void judge_missing() {
    const std::vector<Missing> all = missing();
    if (all.empty()) return;
    const bool nothing_fits = std::none_of(inventory_.files.begin(), inventory_.files.end(),
                                           [&](const SourceFile& file) { return is_wanted(wanted_, file.name); });
    if (nothing_fits && inventory_.not_taken.empty() && whole_hand_in_is_wrong()) return;
    for (const Missing& one : all) explain(one);
  }

  // A slip that concerns everything at once; said once instead of for each file.
  bool whole_hand_in_is_wrong() {
    for (const std::string& path : inventory_.deeper) {
      if (!is_wanted(wanted_, file_name(path))) continue;
      const std::string folder = path.substr(0, path.rfind('/'));
      fail("", "the files are one folder too deep, in " + folder + "/",
           "hand in what is inside " + folder + "/, without the folder around it");
      return true;
    }
    for (const SourceFile& file : inventory_.files) {
      if (!is_archive(file)) continue;
      fail("", file.name + " is an archive", "unpack it and hand in the files that are in it");
      return true;
    }
    return looks_compiled() || is_empty();
  }

  bool looks_compiled() {
    std::vector<std::string> compiled;
    for (const std::string& name : inventory_.ignored) {
      if (name == "a.out" || matches("*.o", name)) compiled.push_back(name);
    }
    for (const SourceFile& file : inventory_.files) {
      if (is_compiled(file)) compiled.push_back(file.name);
    }
    if (compiled.empty() || closest(missing()[0].pattern)) return false;
    fail("", compiled[0] + " is a compiled program, not its source text",
         "hand in " + asked_for() + "; it is compiled here");
    return true;
  }

  bool is_empty() {
    if (!inventory_.files.empty() || !inventory_.deeper.empty()) return false;
    const auto& ignored = inventory_.ignored;
    if (std::find(ignored.begin(), ignored.end(), "__MACOSX") != ignored.end()) {
      fail("", "there is only __MACOSX, a folder that macOS adds to archives, and no file of yours",
           "make the archive again, or hand in " + asked_for() + " without one");
    } else {
      fail("", "the hand-in is empty", "hand in " + asked_for());
    }
    return true;
  }

  // "prodcons.c", or "files named *.c" when the lab leaves the names open.
  std::string asked_for() const {
    if (!wanted_.require.empty()) return listed(wanted_.require);
    std::vector<std::string> patterns;
    for (const Program& program : wanted_.programs) {
      patterns.insert(patterns.end(), program.sources.begin(), program.sources.end());
    }
    return "files named " + listed(patterns);
  }

  // A file that is what was asked for but for its name: upper case, or an ending that a system hides.
  const SourceFile* closest(const std::string& pattern) const {
    for (const SourceFile& file : inventory_.files) {
      if (matches(pattern, file.name, true) || matches(pattern + ".*", file.name, true)) return &file;
    }
    return nullptr;
  }

  void explain(const Missing& one) {
    const bool open_name = one.pattern.find_first_of("*?") != std::string::npos;
    const std::string what = open_name ? "there is no file named " + one.pattern : "there is no file " + one.pattern;
    if (const SourceFile* close = closest(one.pattern)) {
      const std::string how =
          open_name ? "so that it is " + one.pattern + ", lower case and without another ending" : "to " + one.pattern;
      fail(one.program, what + ", but " + close->name, "rename " + close->name + " " + how);
      return;
    }
    for (const std::string& path : inventory_.deeper) {
      if (!matches(one.pattern, file_name(path))) continue;
      fail(one.program, what + ", but " + path, "move it out of its folder, beside the other files");
      return;
    }
    fail(one.program, what,
         "hand in " + std::string(open_name ? "a" : "the") + " file of that name, beside the others");
  }

  void judge_file(SourceFile& file) {
    const bool wanted = is_wanted(wanted_, file.name);
    if (!is_safe_name(file.name)) {
      if (wanted) {
        fail("", "the name of the file " + file.name + " cannot be given to a compiler safely",
             "rename it, using letters, digits, - and _ only");
      } else {
        result_.remarks.push_back("not taken because of its name: " + file.name);
      }
      return;
    }
    if (wanted) judge_text(file);
    result_.files.push_back(std::move(file));
  }

  void judge_text(const SourceFile& file) {
    if (is_archive(file)) {
      fail("", file.name + " is an archive, not source text", "unpack it and hand in the files that are in it");
    } else if (is_compiled(file)) {
      fail("", file.name + " is a compiled program, not source text", "hand in the source text; it is compiled here");
    } else if (is_utf16(file)) {
      fail("", file.name + " is saved as UTF-16, which the compiler does not read", "save it as UTF-8");
    }
    if (file.bytes.compare(0, 3, "\xef\xbb\xbf") == 0) {
      result_.remarks.push_back(file.name + " starts with a byte-order mark; it was accepted, but save it without one");
    }
    if (file.bytes.find("\r\n") != std::string::npos) {
      result_.remarks.push_back(file.name + " has Windows line ends (CRLF); they were accepted, but save it with LF");
    }
  }

  void remark_ignored() {
    if (!inventory_.renamed_from.empty() && !result_.files.empty()) {
      result_.remarks.push_back(inventory_.renamed_from + " was taken as " + result_.files[0].name);
    }
    if (!inventory_.ignored.empty()) result_.remarks.push_back("ignored: " + listed(inventory_.ignored));
    for (const SourceFile& file : result_.files) {
      for (const Program& program : wanted_.programs) {
        if (matches(program, file.name) || !matches(program, file.name, true)) continue;
        result_.remarks.push_back(file.name + " is not part of " + program.name + ": its name should be lower case");
      }
    }
    if (!result_.failures.empty()) return;
    std::set<std::string> folders;
    for (const std::string& path : inventory_.deeper) folders.insert(path.substr(0, path.find('/')) + "/");
    if (!folders.empty()) {
      result_.remarks.push_back("sub-folders are not taken: " + listed({folders.begin(), folders.end()}));
    }
  }

  Inventory inventory_;
  const HandIn& wanted_;
  HandedIn result_;
};

}  // namespace

HandedIn judge_hand_in(Inventory inventory, const HandIn& wanted) {
  return Judge(std::move(inventory), wanted).judge();
}

}  // namespace jitterlab
