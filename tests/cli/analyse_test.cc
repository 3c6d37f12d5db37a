// What `jitterlab explore` finds besides failures and races, each from both sides; and `jitterlab analyse`, which says
// the same of what was saved, without running anything.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "invocation.h"
#include "os/fd.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

const std::string kPrograms = JITTERLAB_TESTS "/detection/programs/";

class AnalyseProgram : public testing::Test {
 protected:
  Ran run(const Words& words) { return run_program(Words{kProgram} + words); }

  // `body`: of main, between its braces.
  std::string written(const std::string& body) {
    write_file(
        folder_.path() + "/prog.c",
        "#include <fcntl.h>\n#include <semaphore.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
        "#include <sys/ipc.h>\n#include <sys/mman.h>\n#include <sys/sem.h>\n#include <sys/shm.h>\n"
        "#include <sys/socket.h>\n#include <sys/stat.h>\n#include <sys/un.h>\n#include <sys/wait.h>\n"
        "#include <unistd.h>\nint main(void) {\n" +
            body + "\nreturn 0;\n}\n");
    return folder_.path() + "/prog.c";
  }

  nlohmann::json explored(const std::string& body, int exit_code = 0, const Words& more = {}) {
    return explored_file(written(body), exit_code, more);
  }

  nlohmann::json explored_file(const std::string& source, int exit_code, const Words& more = {}) {
    const std::string file = folder_.path() + "/result.json";
    Words words = {"explore", "--executions", "30", "--json", file};
    if (cache_.empty()) cache_ = JITTERLAB_BUILD "/test-cache";
    const Ran ran = run(words + Words{"--cache", cache_} + more + Words{source});
    EXPECT_TRUE(ran.ending.exited_with(exit_code)) << ran.ending.words() << "\n" << ran.out << ran.err;
    return nlohmann::json::parse(read_file(file));
  }

  static std::string only_kind(const nlohmann::json& result) {
    return result.at("found").size() == 1 ? result.at("found")[0].at("kind").get<std::string>() : result.dump(2);
  }

  TempDir folder_;
  std::string cache_;
};

TEST_F(AnalyseProgram, ASegmentThatIsLeftHasItsMakerAndCostsNothingUnlessAsked) {
  const std::string body = "shmget(IPC_PRIVATE, 20, IPC_CREAT | 0600);";
  const auto result = explored(body);
  ASSERT_EQ(only_kind(result), "leak");
  const auto& found = result.at("found")[0];
  EXPECT_EQ(found.at("what"), "segment private (no key), 20 bytes");
  ASSERT_EQ(found.at("steps").size(), 1u);
  EXPECT_EQ(found.at("steps")[0].at("line"), 16);
  EXPECT_EQ(found.at("steps")[0].at("source"), body);
  explored(body, 1, {"--fail-on-leak"});
}

TEST_F(AnalyseProgram, WhatIsErasedIsNotLeft) {
  const auto result =
      explored("shmctl(shmget(IPC_PRIVATE, 20, IPC_CREAT | 0600), IPC_RMID, 0);", 0, {"--fail-on-leak"});
  EXPECT_TRUE(result.at("found").empty()) << result.at("found").dump(2);
}

TEST_F(AnalyseProgram, WhateverHasANameHasItsMaker) {
  const char* const kMakers[] = {
      "mkfifo(\"chat\", 0600);",
      "close(open(\"/tmp/lock\", O_CREAT | O_WRONLY, 0600));",
      "shm_open(\"/table\", O_CREAT | O_RDWR, 0600);",
      "sem_open(\"/turn\", O_CREAT, 0600, 1);",
      "struct sockaddr_un at = {AF_UNIX, \"door\"}; bind(socket(AF_UNIX, SOCK_STREAM, 0), (void*)&at, sizeof at);",
      "semget(IPC_PRIVATE, 1, 0600);",
  };
  std::string body;
  for (const char* maker : kMakers) body += std::string(maker) + "\n";
  const auto result = explored(body);
  EXPECT_EQ(result.at("found").size(), std::size(kMakers)) << result.at("found").dump(2);
  for (const auto& found : result.at("found")) {
    ASSERT_EQ(found.at("steps").size(), 1u) << found.dump(2);
    const std::string what = found.at("what"), source = found.at("steps")[0].at("source");
    const std::string name = what.substr(what.find_last_of("/ .") + 1);
    EXPECT_TRUE(source.find(name) != std::string::npos || what.starts_with("semaphore set")) << what << source;
  }
}

TEST_F(AnalyseProgram, AProcessThatIsLeftHasItsMaker) {
  const auto result = explored("if (fork() == 0) { setsid(); pause(); }");
  ASSERT_EQ(only_kind(result), "leak");
  EXPECT_EQ(result.at("found")[0].at("steps")[0].at("source"), "if (fork() == 0) { setsid(); pause(); }");
}

constexpr char kOutside[] = R"(
  int id = shmget(IPC_PRIVATE, 20, IPC_CREAT | 0600);
  int* at = shmat(id, 0, 0);
  at[CELL] = 1;
  shmctl(id, IPC_RMID, 0);)";

std::string with_cell(const std::string& cell) {
  std::string body = kOutside;
  return body.replace(body.find("CELL"), 4, cell);
}

TEST_F(AnalyseProgram, AnAccessBeyondTheEndOfASegmentIsFound) {
  const auto result = explored(with_cell("5"));
  ASSERT_EQ(only_kind(result), "outside-segment");
  EXPECT_EQ(result.at("found")[0].at("steps")[1].at("source"), "at[5] = 1;");
  EXPECT_TRUE(explored(with_cell("4")).at("found").empty());
}

std::string with_key(const std::string& key) {
  return "int set = semget(" + key +
         ", 1, 0600);\nstruct sembuf give = {0, 1, 0};\nsemop(set, &give, 1);\nsemctl(set, 0, IPC_RMID);";
}

TEST_F(AnalyseProgram, WhatAFailedCallReturnedAndIsUsedIsFound) {
  const auto result = explored(with_key("4711"));
  ASSERT_EQ(only_kind(result), "failed-call-used");
  EXPECT_EQ(result.at("found")[0].at("what"), "semget fails with ENOENT, and the -1 that it returned is used");
  EXPECT_EQ(result.at("found")[0].at("steps")[1].at("source"), "semop(set, &give, 1);");
  EXPECT_TRUE(explored(with_key("IPC_PRIVATE")).at("found").empty());
}

TEST_F(AnalyseProgram, ASemaphoreThatIsSetAgainIsFoundAndItsTwinIsNot) {
  const auto kinds = [](const nlohmann::json& result) {
    std::set<std::string> kinds;
    for (const auto& found : result.at("found")) kinds.insert(found.at("kind").get<std::string>());
    return kinds;
  };
  EXPECT_EQ(kinds(explored_file(kPrograms + "value-set-again.sysv.bug.c", 1)).count("value-set-again"), 1u);
  EXPECT_EQ(kinds(explored_file(kPrograms + "value-set-again.sysv.ok.c", 0)).count("value-set-again"), 0u);
}

// With a cache of its own that is moved away, so that neither programs nor places can be looked at.
TEST_F(AnalyseProgram, OfWhatWasSavedItSaysTheSameWithoutThePrograms) {
  for (const char* name : {"lost-update.sysv.bug.c", "two-lock-deadlock.threads.bug.c"}) {
    cache_ = folder_.path() + "/cache";
    const std::string saved = folder_.path() + "/saved-" + name;
    const std::string file = folder_.path() + "/again.json";
    const auto result = explored_file(kPrograms + name, 1, {"--first", "--save", saved});
    std::filesystem::rename(cache_, folder_.path() + "/away-" + name);
    const auto& failure = result.at("failures").at(0);
    std::string what = failure.at("what");
    std::replace(what.begin(), what.end(), ' ', '-');
    const Ran ran = run_program(
        Words{"/usr/bin/env", "-C", "/", kProgram, "analyse", saved + "/" + what + ".json", "--json", file});
    EXPECT_TRUE(ran.ending.exited_with(1)) << ran.out << ran.err;
    const auto again = nlohmann::json::parse(read_file(file));
    EXPECT_EQ(again.at("explanation"), failure.at("explanation")) << name;
    EXPECT_FALSE(again.at("explanation").at("story").at("steps").empty());
    EXPECT_EQ(again.at("failures").at(0), failure.at("what"));
    if (result.at("races").empty()) continue;
    for (const char* key : {"variable", "accesses"})
      EXPECT_EQ(again.at("races").at(0).at(key).size(), result.at("races").at(0).at(key).size());
    EXPECT_EQ(again.at("races").at(0).at("variable"), result.at("races").at(0).at("variable"));
  }
}

constexpr char kLong[] = R"(
  volatile int* at = mmap(0, 8, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) { *at = 1; _exit(0); }
  wait(0);
  for (int i = 0; i < COUNT; i++) *at = *at + 1;
  for (int i = 0; i < COUNT; i++) memcpy((int*)at + 1, (int*)at, 4);)";

std::string counting_to(const std::string& count) {
  std::string body = kLong;
  for (auto at = body.find("COUNT"); at != std::string::npos; at = body.find("COUNT")) body.replace(at, 5, count);
  return body;
}

TEST_F(AnalyseProgram, WhatWasDroppedFromATraceIsSaid) {
  const std::string words = "not whole: races and misuses are looked for as far as";
  for (const auto& [count, is_said] : {std::pair("50", false), std::pair("40000", true)}) {
    const std::string file = written(counting_to(count));
    const Ran ran = run({"explore", "--cache", JITTERLAB_BUILD "/test-cache", "--executions", "2", file});
    EXPECT_EQ(ran.out.find(words) != std::string::npos, is_said) << count << ran.out;
  }
}

TEST_F(AnalyseProgram, WhatIsNoSavedObservationIsRefusedByName) {
  const std::string file = folder_.path() + "/broken.json";
  for (const auto& [text, why] :
       {std::pair("{", "this is no saved observation"), std::pair("{}", "key 'format' not found"),
        std::pair("{\"format\": 2}", "a format that this jitterlab does not read")}) {
    write_file(file, text);
    const Ran ran = run({"analyse", file});
    EXPECT_TRUE(ran.ending.exited_with(2));
    EXPECT_NE(ran.err.find(why), std::string::npos) << ran.err;
  }
}

}  // namespace
}  // namespace jitterlab
