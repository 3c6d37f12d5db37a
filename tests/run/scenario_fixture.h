// Plays a scenario, given as it stands in a lab file, in a real box.
//
// The programs: `actor` (programs/actor.c), `shell` (the system's), and `driver`, the shell again as a program of the
// lab. In a script a "$" must be written "$$".
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "lab/load_lab.h"
#include "os/installed.h"
#include "os/temp_dir.h"
#include "run/run_execution.h"

namespace jitterlab {

class ScenarioTest : public testing::Test {
 protected:
  ScenarioTest() {
    std::filesystem::create_directories(folder_.path() + "/test/drivers");
    std::ofstream(folder_.path() + "/test/drivers/driver.c") << "int main(void) { return 0; }\n";
    programs_.plain = {{"actor", "/mnt/actor"}, {"shell", "/bin/sh"}};
    programs_.instrumented = programs_.plain;
    programs_.lines = "/mnt/lines.so";
    programs_.lab = {{"driver", "/bin/sh"}};
  }

  // `scenarios` in YAML, each line indented by two blanks: "  name: { run: … }".
  Lab lab_with(const std::string& scenarios) {
    const std::string text =
        "format: 1\nlab: test\nversion: 1\ntitle: Test\npoints: 1\n"
        "hand-in: { language: c, programs: { actor: [actor.c], shell: [shell.c] } }\n"
        "parameters: { words: { draw: word, count: 3, distinct: true }, n: { draw: number, min: 3, max: 9 } }\n"
        "scenarios:\n" +
        scenarios + "\nchecks:\n  tidy: { points: 1, left-behind: nothing }\n";
    const LoadedLab loaded = load_lab_text(text, "lab.yaml", folder_.path() + "/test");
    for (const Mistake& mistake : loaded.mistakes) ADD_FAILURE() << to_string(mistake);
    return loaded.lab.value();
  }

  virtual BoxSetup setup() const {
    return {.mounts = {{ACTOR, "actor"},
                       {installed_file("libjitterlab-lines.so"), "lines.so"},
                       {installed_file("libjitterlab-agent.so"), "agent.so"}}};
  }

  Observation play(const std::string& scenario, Strategy strategy = Strategy::kPlain) {
    const Lab lab = lab_with("  played:\n" + scenario);
    if (!box_) box_ = Box::open(setup());
    return run_execution(*box_, lab, programs_, {"played", strategy, 0, 7});
  }

  // Of the first instance of the role.
  static const InstanceSeen& first(const Observation& seen, const std::string& role) {
    for (const InstanceSeen& instance : seen.instances) {
      if (instance.role == role) return instance;
    }
    throw std::runtime_error("the observation has no role " + role);
  }
  static Ending ending(const Observation& seen, const std::string& role) { return first(seen, role).ending; }
  static std::string out(const Observation& seen, const std::string& role = "") {
    return text_of(seen, Stream::kOut, role);
  }
  static std::string left(const Observation& seen) {
    std::string names;
    for (const LeftOver& left : seen.left_behind) names += (names.empty() ? "" : "; ") + left.name;
    return names;
  }

  TempDir folder_;
  ProgramPaths programs_;
  std::unique_ptr<Box> box_;
};

}  // namespace jitterlab
