// Programs in Python, as users explore and grade them. Which bugs are found is tested in tests/detection.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "os/fd.h"
#include "os/spawn.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

const std::string kPrograms = JITTERLAB_TESTS "/detection/programs/";
const std::string kLab = JITTERLAB_TESTS "/cli/labs/simplesync";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class PythonPrograms : public testing::Test {
 protected:
  Ran run(std::vector<std::string> words) {
    words.insert(words.begin(), JITTERLAB_BUILD "/jitterlab");
    words.insert(words.begin() + 2, {"--cache", JITTERLAB_BUILD "/test-cache"});
    return run_program(words);
  }

  nlohmann::json explored(std::vector<std::string> words, int exit_code) {
    const std::string file = folder_.path() + "/result.json";
    words.insert(words.begin(), {"explore", "--json", file});
    const Ran result = run(words);
    EXPECT_TRUE(result.ending.exited_with(exit_code)) << result.ending.words() << "\n" << result.out << result.err;
    said_ = result.out;
    return nlohmann::json::parse(read_file(file));
  }

  std::string write_source(const std::string& name, const std::string& text) {
    write_file(folder_.path() + "/" + name, text);
    return folder_.path() + "/" + name;
  }

  TempDir folder_;
  std::string said_;
};

TEST_F(PythonPrograms, ScheduleOfAFailureIsToldByLinesOfTheProgram) {
  const std::string program = kPrograms + "lost-update.python-threads.bug.py";
  const auto result = explored({"--executions", "30", "--first", program}, 1);
  const auto& failure = result.at("failures").at(0);
  EXPECT_EQ(failure.at("what"), "exit 1");
  EXPECT_LE(failure.at("preemptions"), 2);
  EXPECT_TRUE(has(said_, "counter = next_number(number)")) << said_;
  const Ran again = run({"replay", failure.at("token"), program});
  EXPECT_TRUE(again.ending.exited_with(1)) << again.out << again.err;
}

TEST_F(PythonPrograms, SameSchedulesHaveTheSameResultsOnOneAndOnTwoLanes) {
  const std::string program = kPrograms + "lost-update.python-processes.bug.py";
  const auto one = explored({"--executions", "25", "--lanes", "1", program}, 1);
  const auto two = explored({"--executions", "25", "--lanes", "2", program}, 1);
  EXPECT_EQ(one, two);
}

TEST_F(PythonPrograms, EveryBytecodeIsOnlyLookedAtWhenAskedForAndTheReportSaysSo) {
  const std::string program = kPrograms + "lost-update.python-bytecode.bug.py";
  explored({"--executions", "60", program}, 0);
  EXPECT_FALSE(has(said_, "every bytecode"));
  explored({"--executions", "200", "--first", "--python", "every-bytecode", program}, 1);
  EXPECT_TRUE(has(said_, "CPython 3.11 does not")) << said_;
}

TEST_F(PythonPrograms, FailedThreadIsNoFailureOfTheProgram) {
  const auto result = explored({"--executions", "10", write_source("fails.py", R"(
import threading
thread = threading.Thread(target=lambda: 1 // 0)
thread.start()
thread.join()
print("end")
)")},
                               0);
  EXPECT_EQ(result.at("outputs").at(0).at("text"), "end\\n");
}

TEST_F(PythonPrograms, ModulesBesideTheProgramAreThere) {
  write_source("beside.py", "word = 'found'\n");
  const auto result =
      explored({"--executions", "5", write_source("asks.py", "import beside\nprint(beside.word)\n")}, 0);
  EXPECT_EQ(result.at("outputs").at(0).at("text"), "found\\n");
}

TEST_F(PythonPrograms, RolesMayBeInPythonAndInC) {
  const std::string reader = write_source("reader.py", R"(
import socket
with socket.create_server(("127.0.0.1", 50000)) as server:
    print(server.accept()[0].recv(100).decode())
)");
  const std::string writer = write_source("writer.c", R"(
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(50000), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  for (;;) {
    int stream = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(stream, (struct sockaddr*)&to, sizeof to) == 0) return send(stream, "hello", 5, 0) != 5;
    close(stream);
    sleep(1);
  }
})");
  const auto result = explored({"--executions", "10", "--role", "reader=" + reader, "--role", "writer=" + writer}, 0);
  EXPECT_EQ(result.at("outputs").at(0).at("text"), "hello\\n");
}

TEST_F(PythonPrograms, LongLoopsUseUpNoStepsAndWaitingOnesLetTimePass) {
  explored({"--executions", "6", write_source("loops.py", R"(
import threading, time
lock, total, done = threading.Lock(), 0, False

def add():
    global total
    for _ in range(30000):
        with lock:
            total += 1

def finish():
    global done
    time.sleep(5)
    done = True

threads = [threading.Thread(target=work) for work in (add, add, finish)]
for thread in threads:
    thread.start()
while not done:
    pass
for thread in threads:
    thread.join()
assert total == 60000
)")},
           0);
}

// ---- labs ----------------------------------------------------------------------------------------------------------

TEST_F(PythonPrograms, RightSubmissionHasAllPoints) {
  const Ran ran = run({"grade", kLab, kPrograms + "sleep-orders.python-threads.ok.py"});
  EXPECT_TRUE(ran.ending.exited_with(0)) << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "compiler Python 3.11.")) << ran.out;
}

TEST_F(PythonPrograms, WrongSubmissionLosesPointsUnderControl) {
  const Ran ran = run({"grade", kLab, kPrograms + "sleep-orders.python-threads.bug.py"});
  EXPECT_TRUE(ran.ending.exited_with(1)) << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "order: failed")) << ran.out;
}

TEST_F(PythonPrograms, MistakeInTheSyntaxIsShownLikeOneOfACompiler) {
  const Ran ran = run({"grade", kLab, write_source("simplesync.py", "def a():\n    x = (1\n    y = 2\n")});
  EXPECT_TRUE(ran.ending.exited_with(1)) << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "line 2")) << ran.out;
  EXPECT_TRUE(has(ran.out, "SyntaxError: '(' was never closed")) << ran.out;
}

// Else the output before a kill is lost in plain executions, and what was printed before a fork comes out twice.
TEST_F(PythonPrograms, OutputComesByLinesInPlainExecutionsToo) {
  const Ran ran = run({"run", kLab, write_source("simplesync.py", R"(
import os
print("once")
if os.fork() == 0:
    os.kill(os.getpid(), 9)
os.wait()
os.kill(os.getpid(), 9)
)")});
  EXPECT_EQ(ran.out, "once\n") << ran.err;
}

}  // namespace
}  // namespace jitterlab
