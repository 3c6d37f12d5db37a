#include "report/progress.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>

#include "os/fd.h"

namespace jitterlab {
namespace {

ProgressStream into(std::string& text, int columns) {
  return {[&text](const std::string& bytes) { text += bytes; }, columns};
}

TEST(Progress, EachAdvanceDrawsTheLineAnewAndTheEndErasesIt) {
  std::string text;
  {
    Progress progress(3, into(text, 80));
    progress.advance("crowd, plain 0");
    progress.advance("crowd, jitter 0");
  }
  EXPECT_EQ(text, "\r\x1b[K1 of 3: crowd, plain 0\r\x1b[K2 of 3: crowd, jitter 0\r\x1b[K");
}

TEST(Progress, WithoutAdvanceNothingIsWritten) {
  std::string text;
  { Progress progress(3, into(text, 80)); }
  EXPECT_EQ(text, "");
}

TEST(Progress, LineFitsIntoTheTerminalAndHasNoForeignControlCharacters) {
  std::string text;
  {
    Progress progress(1, into(text, 20));
    progress.advance("a\x1b[2Jb\nand much more than fits");
  }
  EXPECT_EQ(text, "\r\x1b[K1 of 1: a\\x1b[2Jb\\…\r\x1b[K");
}

TEST(Progress, StreamThatIsNoTerminalIsLeftAlone) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
  const Fd read_end(ends[0]), write_end(ends[1]);
  {
    Progress progress(1, progress_stream(write_end.get()));
    progress.advance("x");
  }
  char byte = 0;
  EXPECT_EQ(read(read_end.get(), &byte, 1), -1);
}

TEST(Progress, TerminalIsDrawnOnInItsOwnWidth) {
  const Fd ours(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(ours.valid() && grantpt(ours.get()) == 0 && unlockpt(ours.get()) == 0);
  const Fd theirs(open(ptsname(ours.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(theirs.valid());
  winsize size{};
  size.ws_col = 33;
  ASSERT_EQ(ioctl(ours.get(), TIOCSWINSZ, &size), 0);
  const ProgressStream stream = progress_stream(theirs.get());
  EXPECT_EQ(stream.columns, 33);
  Progress(1, stream).advance("x");
  const std::string expected = "\r\x1b[K1 of 1: x\r\x1b[K";
  std::string seen;
  // The kernel hands the two writes on by and by.
  while (seen.size() < expected.size()) {
    std::array<char, 64> bytes{};
    const ssize_t count = read(ours.get(), bytes.data(), bytes.size());
    ASSERT_GT(count, 0);
    seen.append(bytes.data(), static_cast<std::size_t>(count));
  }
  EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace jitterlab
