#include "build/staging.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {

void stage(const std::vector<SourceFile>& files, const std::string& folder) {
  if (::mkdir(folder.c_str(), 0755) != 0) throw system_error("cannot make the folder " + folder);
  const Fd inside(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // fchmod: the modes must not depend on the umask of whoever grades.
  if (!inside.valid() || ::fchmod(inside.get(), 0755) != 0) throw system_error("cannot open the folder " + folder);
  for (const SourceFile& file : files) {
    if (!is_safe_name(file.name)) throw Error("the file name \"" + file.name + "\" must not be given to a compiler");
    const Fd copy(
        ::openat(inside.get(), file.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (!copy.valid() || ::fchmod(copy.get(), 0644) != 0)
      throw system_error("cannot write " + folder + "/" + file.name);
    write_all(copy.get(), file.bytes);
  }
}

}  // namespace jitterlab
