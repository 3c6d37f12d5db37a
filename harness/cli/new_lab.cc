#include "cli/new_lab.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "cli/lab_template.h"
#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const Options& options) {
  const fs::path given = options.lab.find('/') != std::string::npos ? fs::path(options.lab)
                         : options.labs_folder.empty()              ? fs::path("labs") / options.lab
                                                                    : fs::path(options.labs_folder) / options.lab;
  const fs::path whole = fs::absolute(given).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

void require_name(const std::string& id) {
  const bool fits = !id.empty() && id[0] >= 'a' && id[0] <= 'z' && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!fits) throw Error("`" + id + "` is no name for a lab: small letters, digits and `-`, beginning with a letter");
}

}  // namespace

int make_lab(const Options& options) {
  const fs::path folder = folder_of(options);
  const std::string id = folder.filename().string();
  require_name(id);
  const fs::path reference = folder.parent_path().parent_path() / "reference" / id;
  for (const fs::path& one : {folder, reference}) {
    if (fs::exists(one)) throw Error("there is a " + one.string() + " already");
  }
  std::string said;
  for (const TemplateFile& file : lab_template(id)) {
    const fs::path path = (file.is_reference ? reference : folder) / file.name;
    fs::create_directories(path.parent_path());
    write_file(path.string(), file.text);
    said += path.lexically_relative(fs::current_path()).string() + "\n";
  }
  const std::string place = folder.lexically_relative(fs::current_path()).string();
  write_all(STDOUT_FILENO, said + "\nIt works as it is:\n\n  jitterlab verify " + place +
                               "\n\nlab.yaml says in comments what to change into your lab.\n");
  return 0;
}

}  // namespace jitterlab
