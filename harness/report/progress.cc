#include "report/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include "report/page.h"
#include "report/report.h"

namespace jitterlab {
namespace {

constexpr char kErase[] = "\r\x1b[K";

}  // namespace

ProgressStream progress_stream(int descriptor) {
  if (!isatty(descriptor)) return {};
  winsize size{};
  const bool known = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  // Progress is not worth an error: what cannot be drawn is left out.
  const auto write_all = [descriptor](const std::string& text) {
    [[maybe_unused]] const ssize_t written = ::write(descriptor, text.data(), text.size());
  };
  return {write_all, known ? size.ws_col : 80};
}

Progress::~Progress() {
  if (stream_.write && done_ > 0) stream_.write(kErase);
}

void Progress::advance(const std::string& what) {
  ++done_;
  if (!stream_.write) return;
  const std::string line = std::to_string(done_) + " of " + std::to_string(total_) + ": " + printable(what);
  // The last column stays free: a full line would wrap and could not be erased.
  stream_.write(kErase + shortened(line, stream_.columns - 2));
}

}  // namespace jitterlab
