#include "build/hand_in.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

constexpr int kDeepest = 3;

// O_NONBLOCK: opening a FIFO would wait for a writer.
Fd open_beneath(int folder, const std::string& name, std::uint64_t flags) {
  open_how how{};
  how.flags = flags | O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  return Fd(static_cast<int>(::syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how)));
}

std::vector<std::string> names_in(int folder, int most) {
  const int again = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);  // closedir() closes what it was given
  if (again < 0) throw system_error("cannot list a folder of the submission");
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(again), ::closedir);
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    names.push_back(name);
    if (static_cast<int>(names.size()) > most) break;
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool left_by_tools(const std::string& name) {
  static const std::vector<std::string> patterns = {".*",    "__MACOSX", "a.out",  "*.o",       "*~",
                                                    "#*#",   "*.swp",    "*.bak",  "*.orig",    "*.gch",
                                                    "*.pch", "*.d",      "*.dSYM", "Thumbs.db", "desktop.ini"};
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches(pattern, name); });
}

std::string kind_words(mode_t mode) {
  if (S_ISLNK(mode)) return "is a link";
  if (S_ISFIFO(mode)) return "is a FIFO, not a file";
  if (S_ISSOCK(mode)) return "is a socket, not a file";
  return "is a device, not a file";
}

class Taker {
 public:
  explicit Taker(const HandIn& wanted) : wanted_(wanted) {}

  void take_folder(int folder) {
    std::vector<std::string> names = names_in(folder, kMostEntries);
    result_.too_many = static_cast<int>(names.size()) > kMostEntries;
    if (result_.too_many) return;
    // Wanted files first, so that the bounds never cost one because of others beside it.
    std::stable_partition(names.begin(), names.end(),
                          [&](const std::string& name) { return is_wanted(wanted_, name); });
    for (const std::string& name : names) take(folder, name, name);
    std::sort(result_.files.begin(), result_.files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
  }

  void take(int folder, const std::string& name, const std::string& as) {
    if (left_by_tools(name) && !is_wanted(wanted_, name)) {
      result_.ignored.push_back(name);
      return;
    }
    struct stat info {};
    if (::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
      throw system_error("cannot ask about " + name + " of the submission");
    }
    if (S_ISDIR(info.st_mode)) return look_deeper(folder, name, name, 1);
    if (!S_ISREG(info.st_mode)) return leave(name, kind_words(info.st_mode));
    take_file(folder, name, as);
  }

  Inventory result() { return std::move(result_); }

 private:
  void leave(const std::string& name, const std::string& why) { result_.not_taken.push_back({name, why}); }

  void take_file(int folder, const std::string& name, const std::string& as) {
    const Fd file = open_beneath(folder, name, 0);
    if (!file.valid()) throw system_error("cannot read " + name + " of the submission");
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) throw system_error("cannot ask about " + name + " of the submission");
    // Asked again: since fstatat() the name may have come to mean something else.
    if (!S_ISREG(info.st_mode)) return leave(name, kind_words(info.st_mode));
    std::string bytes = read_all(file.get(), kMostFileBytes + 1);
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (size > kMostFileBytes) return leave(name, "is larger than 1 MiB");
    if (bytes_ + size > kMostBytes) return leave(name, "is beyond the 8 MiB that a hand-in may have");
    if (static_cast<int>(result_.files.size()) == kMostFiles) {
      return leave(name, "is beyond the 200 files that a hand-in may have");
    }
    bytes_ += size;
    result_.files.push_back({as, std::move(bytes)});
  }

  // Only to be able to say where the files are; nothing is opened but folders.
  void look_deeper(int folder, const std::string& name, const std::string& path, int depth) {
    const Fd below = open_beneath(folder, name, O_DIRECTORY);
    if (!below.valid()) return;
    for (const std::string& inner : names_in(below.get(), kMostEntries)) {
      if (++looked_at_ > kMostEntries) return;
      if (left_by_tools(inner)) continue;
      struct stat info {};
      if (::fstatat(below.get(), inner.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
      if (S_ISREG(info.st_mode)) result_.deeper.push_back(path + "/" + inner);
      if (S_ISDIR(info.st_mode) && depth < kDeepest) look_deeper(below.get(), inner, path + "/" + inner, depth + 1);
    }
  }

  const HandIn& wanted_;
  Inventory result_;
  std::int64_t bytes_ = 0;
  int looked_at_ = 0;
};

bool is_source_name(Language language, const std::string& name) {
  const std::string extension = std::filesystem::path(name).extension();
  if (language == Language::kC) return extension == ".c";
  if (language == Language::kPython) return extension == ".py";
  return is_cpp_name(name);
}

// The name under which a single file is taken.
std::string asked_name(const HandIn& wanted, const std::string& name) {
  if (wanted.programs.size() != 1 || !is_source_name(wanted.language, name)) return name;
  const Program& program = wanted.programs[0];
  const auto& require = wanted.require;
  const bool required = std::find(require.begin(), require.end(), name) != require.end();
  if (required || (require.empty() && matches(program, name))) return name;
  for (const std::string& asked : require) {
    if (matches(program, asked)) return asked;
  }
  for (const std::string& pattern : program.sources) {
    if (pattern.find_first_of("*?") == std::string::npos) return pattern;
  }
  return name;
}

Inventory take_single(const std::string& submission, const HandIn& wanted) {
  const std::filesystem::path path(submission);
  const std::string parent = path.has_parent_path() ? path.parent_path().string() : ".";
  const std::string name = path.filename();
  const Fd folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) throw system_error("cannot open " + parent);
  const std::string as = asked_name(wanted, name);
  Taker taker(wanted);
  taker.take(folder.get(), name, as);
  Inventory inventory = taker.result();
  if (as != name) inventory.renamed_from = name;
  return inventory;
}

}  // namespace

bool is_wanted(const HandIn& wanted, const std::string& name) {
  return std::find(wanted.require.begin(), wanted.require.end(), name) != wanted.require.end() ||
         std::any_of(wanted.programs.begin(), wanted.programs.end(),
                     [&](const Program& program) { return matches(program, name); });
}

Inventory take_hand_in(const std::string& submission, const HandIn& wanted) {
  const Fd folder(::open(submission.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid() && errno == ENOTDIR) return take_single(submission, wanted);
  if (!folder.valid()) throw system_error("cannot open the submission " + submission);
  Taker taker(wanted);
  taker.take_folder(folder.get());
  return taker.result();
}

}  // namespace jitterlab
