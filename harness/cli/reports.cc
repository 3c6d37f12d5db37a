#include "cli/reports.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

#include "cli/labs.h"
#include "os/error.h"
#include "os/fd.h"
#include "report/report.h"

namespace jitterlab {
namespace {

// A submission is a folder or a file in one.
std::string folder_of(const std::string& submission) {
  const std::filesystem::path path = submission;
  std::string folder = std::filesystem::is_directory(path) ? path.string() : path.parent_path().string();
  while (folder.size() > 1 && folder.ends_with("/")) folder.pop_back();
  return folder;
}

std::string report_as(const Output& output, const Grade& grade, const Options& options) {
  if (output.format == "json") return json_report(grade);
  if (output.format == "junit") return junit_report(grade);
  if (output.format == "sarif") return sarif_report(grade, folder_of(options.submission));
  TerminalStyle style;
  style.colour = output.file.empty() && options.colour;
  style.lab = named_lab(options);
  style.submission = options.submission;
  return output.format == "html" ? html_report(grade, style) : terminal_report(grade, style);
}

// A regular file is replaced in one step; what else has the name, such as /dev/null, must stay what it is.
void deliver(const std::string& file, const std::string& text) {
  if (file.empty()) return write_all(STDOUT_FILENO, text);
  if (!std::filesystem::exists(file) || std::filesystem::is_regular_file(file)) return write_file(file, text);
  const Fd there(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (!there.valid()) throw system_error("cannot write " + file);
  write_all(there.get(), text);
}

}  // namespace

void deliver_reports(const Grade& grade, const Options& options) {
  std::optional<Error> failed;
  for (const Output& output : options.outputs) {
    try {
      deliver(output.file, report_as(output, grade, options));
    } catch (const Error& error) {
      failed = error;
    }
  }
  if (failed) throw Error(*failed);
}

}  // namespace jitterlab
