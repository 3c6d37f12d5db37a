// A lab with its solutions in a folder of its own, small enough to be verified in a test, and good in every respect.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "os/temp_dir.h"

namespace jitterlab {

class TinyLab {
 public:
  TinyLab() {
    write("labs/tiny/lab.yaml", kLabFile);
    write("labs/tiny/README.md",
          "Print `hello (?P<who>\\w+)`, as in `hello world`. `greets`: 2 points, `ends`: 1 point.\n");
    write("labs/tiny/starter/tiny.c", "int main(void) { return 0; }\n");
    write("reference/tiny/accepted/printf/tiny.c", kPrints + "int main(void) { printf(\"hello world\\n\"); }\n");
    write("reference/tiny/accepted/puts/tiny.c", kPrints + "int main(void) { return puts(\"hello world\") < 0; }\n");
    write("reference/tiny/count/twice.c", "// Greets twice. fails: greets\n" + kPrints +
                                              "int main(void) { puts(\"hello you\"); puts(\"hello me\"); }\n");
    write(
        "reference/tiny/ended/abort.c",
        "// Dies. fails: ends\n" + kPrints + "#include <stdlib.h>\nint main(void) { puts(\"hello you\"); abort(); }\n");
  }

  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  void remove(const std::string& name) const { std::filesystem::remove_all(folder_.path() + "/" + name); }

  std::string path() const { return folder_.path(); }
  std::string lab() const { return folder_.path() + "/labs/tiny"; }

  static inline const std::string kLabFile =
      "format: 1\nlab: tiny\nversion: 1\ntitle: One greeting\npoints: 3\n"
      "executions: { plain: 5, jitter: 1, controlled: 2 }\n"
      "hand-in: { language: c, programs: { tiny: ['*.c'] } }\n"
      "events: { hello: { pattern: 'hello (?P<who>\\w+)', example: hello world } }\n"
      "scenarios: { greet: { run: tiny } }\n"
      "checks:\n"
      "  greets: { points: 2, count: { hello: 1 }, hint: Say it once. }\n"
      "  ends: { points: 1, ended: by itself, hint: Return from main. }\n";

 private:
  static inline const std::string kPrints = "#include <stdio.h>\n";
  TempDir folder_;
};

}  // namespace jitterlab
