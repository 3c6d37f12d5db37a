#include "build/look_into.h"

#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "os/error.h"
#include "os/installed.h"
#include "os/temp_dir.h"
#include "sandbox/box.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

constexpr char kTool[] = "jitterlab-places";
constexpr std::chrono::seconds kWall{20};

Bounds bounds() {
  Bounds bounds;
  bounds.cpu_seconds = 10;
  bounds.memory_bytes = bounds.total_memory_bytes = 1LL << 30;
  bounds.output_bytes = 4 << 20;
  return bounds;
}

void add_words(std::string& words, const BoxEvent& event) {
  if (event.kind == BoxEvent::Kind::kOutput && !event.error_stream) words += event.bytes;
}

std::string run_tool(Box& box, const std::string& program, const std::string& questions) {
  Launch launch;
  launch.arguments = {box.inside(kTool), program};
  launch.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"};
  launch.as_compiler = true;
  box.begin(bounds(), std::nullopt);
  box.start(launch);
  box.feed(0, questions);
  box.close_input(0);
  std::string words;
  Ending ending = Ending::running();
  const auto deadline = std::chrono::steady_clock::now() + kWall;
  for (;;) {
    const BoxEvent event = box.next(deadline);
    if (event.kind == BoxEvent::Kind::kNothing || event.kind == BoxEvent::Kind::kLimit) break;
    add_words(words, event);
    if (event.kind != BoxEvent::Kind::kEnded) continue;
    ending = event.ending;
    break;
  }
  for (const BoxEvent& event : box.finish().late) add_words(words, event);
  if (ending.kind() == Ending::Kind::kNotStarted) throw Error(std::string(kTool) + " " + ending.words());
  return words;
}

}  // namespace

std::string look_into(const std::string& executable, const std::string& questions, bool trust) {
  // Built programs cannot be read by those who run them.
  const TempDir folder;
  const std::string copy = folder.path() + "/program";
  fs::copy_file(executable, copy);
  fs::permissions(folder.path(), fs::perms(0755));
  fs::permissions(copy, fs::perms(0444));
  BoxSetup setup;
  setup.trust = trust;
  setup.mounts = {{installed_file(kTool), kTool}, {copy, "program"}};
  const std::unique_ptr<Box> box = Box::open(setup);
  return run_tool(*box, box->inside("program"), questions);
}

}  // namespace jitterlab
