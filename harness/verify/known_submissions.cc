#include "verify/known_submissions.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "check/question.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

constexpr char kAccepted[] = "accepted";

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with("."); }

bool is_source(const fs::path& path) {
  static const std::set<std::string> kEndings = {".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".py"};
  return fs::is_regular_file(path) && kEndings.count(path.extension().string()) > 0;
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!is_hidden(entry.path())) entries.push_back(entry.path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

// Lines that begin with the mark, up to the first that does not.
std::string lines_with(const std::string& mark, const std::string& source) {
  std::istringstream lines(source);
  std::string comment;
  for (std::string line; std::getline(lines, line) && line.starts_with(mark);) comment += line + "\n";
  return comment;
}

std::string first_comment(std::string source) {
  if (source.starts_with("#!")) source.erase(0, source.find('\n'));
  source.erase(0, std::min(source.find_first_not_of(" \t\r\n"), source.size()));
  for (const std::string quotes : {"\"\"\"", "'''"}) {
    if (source.starts_with(quotes)) return source.substr(3, source.find(quotes, 3) - 3);
  }
  if (source.starts_with("/*")) return source.substr(0, source.find("*/"));
  return lines_with(source.starts_with("//") ? "//" : "#", source);
}

bool is_of_an_id(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
}

// "a, b-2" -> a, b-2; ends at what is neither an id nor a comma and a blank.
void add_ids(const std::string& text, std::set<std::string>& ids) {
  std::size_t at = 0;
  do {
    at = std::min(text.find_first_not_of(" \t", at), text.size());
    const std::size_t begin = at;
    while (at < text.size() && is_of_an_id(text[at])) ++at;
    if (at > begin) ids.insert(text.substr(begin, at - begin));
  } while (at < text.size() && text[at++] == ',');
}

std::set<std::string> promises_of(const fs::path& path) {
  if (!fs::is_directory(path)) return promised_failures(read_file(path.string()));
  std::set<std::string> ids;
  for (const fs::path& file : entries_of(path)) {
    if (is_source(file)) ids.merge(promised_failures(read_file(file.string())));
  }
  return ids;
}

bool is_a_kind(const Lab& lab, const std::string& kind) {
  return kind == "builds" ||
         std::any_of(lab.checks.begin(), lab.checks.end(), [&](const Check& check) { return is_of_kind(check, kind); });
}

void look_at(const Lab& lab, const KnownSubmission& submission, std::vector<std::string>& complaints) {
  if (submission.fails.empty())
    complaints.push_back(submission.label() + ": no line `fails: <check>` in the first comment");
  for (const std::string& id : submission.fails) {
    if (id != "builds" && !find_check(lab, id))
      complaints.push_back(submission.label() + ": `fails: " + id + "`, but the lab has no such check");
  }
}

void take(const Lab& lab, const fs::path& folder, KnownSubmissions& known) {
  const std::string kind = folder.filename().string();
  if (kind != kAccepted && !is_a_kind(lab, kind))
    known.complaints.push_back("the folder " + kind + " is no kind of question that a check of the lab asks");
  for (const fs::path& path : entries_of(folder)) {
    if (!fs::is_directory(path) && !is_source(path)) continue;
    KnownSubmission submission{path.string(), kind, path.filename().string(), {}};
    if (kind != kAccepted) {
      submission.fails = promises_of(path);
      look_at(lab, submission, known.complaints);
    }
    known.all.push_back(std::move(submission));
  }
}

}  // namespace

KnownSubmissions find_known_submissions(const Lab& lab, const std::string& folder) {
  KnownSubmissions known;
  if (!fs::is_directory(folder)) {
    known.complaints.push_back("there is no folder " + folder + " with its solutions (--reference names another)");
    return known;
  }
  for (const fs::path& path : entries_of(folder)) {
    if (fs::is_directory(path)) take(lab, path, known);
  }
  std::stable_partition(known.all.begin(), known.all.end(), [](const auto& one) { return one.is_accepted(); });
  const auto accepted =
      std::count_if(known.all.begin(), known.all.end(), [](const auto& one) { return one.is_accepted(); });
  if (accepted < 2)
    known.complaints.push_back("there are " + std::to_string(accepted) + " accepted solutions in " + folder +
                               "/accepted; two of different structure show that the checks do not ask for one of them");
  return known;
}

bool is_meant(const KnownSubmission& submission, const std::string& only) {
  if (only == kAccepted) return submission.is_accepted();
  if (only == "known-bad") return !submission.is_accepted();
  const std::string stem = fs::path(submission.name).stem().string();
  return only == submission.name || only == submission.label() || only == stem || only == submission.kind + "/" + stem;
}

std::set<std::string> promised_failures(const std::string& source) {
  static const std::string kMark = "fails:";
  std::set<std::string> ids;
  std::istringstream lines(first_comment(source));
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(kMark);
    if (at != std::string::npos) add_ids(line.substr(at + kMark.size()), ids);
  }
  return ids;
}

bool is_of_kind(const Check& check, const std::string& kind) {
  if (kind_of(check.question) == kind) return true;
  const auto* findings = std::get_if<FindingsCheck>(&check.question);
  return findings && std::any_of(findings->none_of.begin(), findings->none_of.end(),
                                 [&](FindingKind one) { return spelled(one) == kind; });
}

}  // namespace jitterlab
