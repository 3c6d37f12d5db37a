#include "os/fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "os/error.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

bool is_open(int number) { return ::fcntl(number, F_GETFD) != -1; }

Fd open_null() { return Fd(::open("/dev/null", O_RDWR | O_CLOEXEC)); }

struct Pipe {
  Fd reading, writing;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw system_error("cannot make a pipe");
    reading = Fd(ends[0]);
    writing = Fd(ends[1]);
  }
};

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(SystemError, TextEndsInTheWordsForErrno) {
  errno = ENOENT;
  EXPECT_STREQ(system_error("cannot open /x").what(), "cannot open /x: No such file or directory");
}

TEST(Fd, DescriptorIsClosedWithItsOwner) {
  int number = -1;
  {
    const Fd fd = open_null();
    number = fd.get();
    EXPECT_TRUE(fd.valid());
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(Fd, EmptyOneIsNotValid) { EXPECT_FALSE(Fd().valid()); }

TEST(Fd, MovedFromOneOwnsNothing) {
  Fd first = open_null();
  const int number = first.get();
  const Fd second = std::move(first);
  EXPECT_FALSE(first.valid());
  EXPECT_EQ(second.get(), number);
  EXPECT_TRUE(is_open(number));
}

TEST(Fd, AssignmentClosesWhatWasOwnedBefore) {
  Fd first = open_null(), second = open_null();
  const int before = first.get(), after = second.get();
  first = std::move(second);
  EXPECT_FALSE(is_open(before));
  EXPECT_EQ(first.get(), after);
}

TEST(Fd, AssignmentToItselfKeepsItOpen) {
  Fd fd = open_null();
  Fd& same = fd;
  fd = std::move(same);
  EXPECT_TRUE(fd.valid());
  EXPECT_TRUE(is_open(fd.get()));
}

TEST(Fd, ReleasedOneStaysOpen) {
  int number = -1;
  {
    Fd fd = open_null();
    number = fd.release();
  }
  EXPECT_TRUE(is_open(number));
  ::close(number);
}

TEST(ReadAll, EverythingUpToTheEndIsRead) {
  Pipe pipe;
  const std::string bytes("a\0b", 3);
  write_all(pipe.writing.get(), bytes);
  pipe.writing.reset();
  EXPECT_EQ(read_all(pipe.reading.get(), 100), bytes);
}

TEST(ReadAll, BytesBeyondTheBoundAreLeftUnread) {
  Pipe pipe;
  write_all(pipe.writing.get(), "abcdef");
  EXPECT_EQ(read_all(pipe.reading.get(), 4), "abcd");
  EXPECT_EQ(read_all(pipe.reading.get(), 2), "ef");
}

TEST(ReadAll, MoreThanOneBufferIsReadWhole) {
  const TempDir folder;
  const std::string bytes(200'000, 'x');
  write_file(folder.path() + "/big", bytes);
  const Fd fd(::open((folder.path() + "/big").c_str(), O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(read_all(fd.get(), 1 << 20), bytes);
}

TEST(ReadAll, DescriptorThatCannotBeReadIsAnError) {
  const Fd fd(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  EXPECT_THROW(read_all(fd.get(), 1), Error);
}

TEST(WriteAll, DescriptorThatCannotBeWrittenIsAnError) {
  const Fd fd(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  EXPECT_THROW(write_all(fd.get(), "x"), Error);
}

TEST(ReadFile, WholeFileIsGiven) {
  const TempDir folder;
  write_file(folder.path() + "/file", "text\n");
  EXPECT_EQ(read_file(folder.path() + "/file"), "text\n");
}

TEST(ReadFile, MissingFileIsAnErrorThatNamesIt) {
  EXPECT_EQ(message_of([] { read_file("/nonexistent/file"); }),
            "cannot open /nonexistent/file: No such file or directory");
}

TEST(ReadFile, FifoIsRefusedAndNotWaitedFor) {
  const TempDir folder;
  const std::string path = folder.path() + "/fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(message_of([&] { read_file(path); }), path + " is not a regular file");
}

TEST(ReadFile, FolderIsRefused) {
  const TempDir folder;
  EXPECT_EQ(message_of([&] { read_file(folder.path()); }), folder.path() + " is not a regular file");
}

TEST(ReadFile, SizeOfTheBoundIsReadAndOneByteMoreIsAnError) {
  const TempDir folder;
  const std::string path = folder.path() + "/file";
  write_file(path, "12345");
  EXPECT_EQ(read_file(path, 5), "12345");
  EXPECT_EQ(message_of([&] { read_file(path, 4); }), path + " is larger than 4 bytes");
}

TEST(WriteFile, FileIsReplacedAndNothingIsLeftBesideIt) {
  const TempDir folder;
  write_file(folder.path() + "/file", "a long first text");
  write_file(folder.path() + "/file", "second");
  EXPECT_EQ(read_file(folder.path() + "/file"), "second");
  const auto entries = std::filesystem::directory_iterator(folder.path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST(WriteFile, FileInAMissingFolderIsAnError) { EXPECT_THROW(write_file("/nonexistent/file", "x"), Error); }

TEST(WriteFile, FolderOfThatNameIsAnErrorAndNothingIsLeftBesideIt) {
  const TempDir folder;
  const std::string path = folder.path() + "/name";
  std::filesystem::create_directories(path);
  EXPECT_THROW(write_file(path, "x"), Error);
  EXPECT_TRUE(std::filesystem::is_directory(path));
  const auto entries = std::filesystem::directory_iterator(folder.path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

// ---- calls that a signal interrupts ------------------------------------------------------------------------------

std::atomic<int> signals_handled{0};

// Runs `blocking` in a thread, and once it sleeps in the kernel sends it a signal that makes its call fail with EINTR.
class InterruptedThread {
 public:
  explicit InterruptedThread(std::function<void()> blocking) {
    struct sigaction action {};
    action.sa_handler = [](int) { ++signals_handled; };
    ::sigaction(SIGUSR1, &action, &before_);
    signals_handled = 0;
    thread_ = std::thread([this, blocking = std::move(blocking)] {
      id_ = ::gettid();
      blocking();
    });
    while (!sleeps()) std::this_thread::yield();
    ::pthread_kill(thread_.native_handle(), SIGUSR1);
    while (signals_handled == 0) std::this_thread::yield();
  }
  ~InterruptedThread() { ::sigaction(SIGUSR1, &before_, nullptr); }
  void join() { thread_.join(); }

 private:
  bool sleeps() const {
    if (id_ == 0) return false;
    std::ifstream stat("/proc/self/task/" + std::to_string(id_) + "/stat");
    std::string pid, name, state;
    stat >> pid >> name >> state;
    return state == "S";
  }

  std::atomic<int> id_{0};
  std::thread thread_;
  struct sigaction before_ {};
};

TEST(ReadAll, InterruptedReadGoesOn) {
  Pipe pipe;
  std::string got;
  InterruptedThread reader([&] { got = read_all(pipe.reading.get(), 100); });
  write_all(pipe.writing.get(), "after the signal");
  pipe.writing.reset();
  reader.join();
  EXPECT_EQ(got, "after the signal");
}

TEST(WriteAll, InterruptedWriteGoesOn) {
  Pipe pipe;
  const auto capacity = static_cast<std::size_t>(::fcntl(pipe.writing.get(), F_GETPIPE_SZ));
  write_all(pipe.writing.get(), std::string(capacity, 'x'));
  InterruptedThread writer([&] {
    write_all(pipe.writing.get(), "last");
    pipe.writing.reset();
  });
  const std::string all = read_all(pipe.reading.get(), 1 << 20);
  writer.join();
  EXPECT_EQ(all, std::string(capacity, 'x') + "last");
}

}  // namespace
}  // namespace jitterlab
