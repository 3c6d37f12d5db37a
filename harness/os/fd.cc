#include "os/fd.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "os/error.h"

namespace jitterlab {

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    reset();
    number_ = other.release();
  }
  return *this;
}

void Fd::reset() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

std::string read_all(int fd, std::int64_t most) {
  std::string bytes;
  char buffer[65536];
  while (static_cast<std::int64_t>(bytes.size()) < most) {
    const auto room = most - static_cast<std::int64_t>(bytes.size());
    const ssize_t got = ::read(fd, buffer, room < 65536 ? static_cast<size_t>(room) : sizeof buffer);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw system_error("cannot read from descriptor " + std::to_string(fd));
    bytes.append(buffer, static_cast<size_t>(got));
  }
  return bytes;
}

std::string read_file(const std::string& path, std::int64_t most) {
  // Without O_NONBLOCK, opening a FIFO would wait for a writer.
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) throw system_error("cannot open " + path);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) throw system_error("cannot ask about " + path);
  if (!S_ISREG(info.st_mode)) throw Error(path + " is not a regular file");
  if (info.st_size > most) throw Error(path + " is larger than " + std::to_string(most) + " bytes");
  return read_all(fd.get(), most);
}

void write_all(int fd, const std::string& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw system_error("cannot write to descriptor " + std::to_string(fd));
    done += static_cast<size_t>(put);
  }
}

void write_file(const std::string& path, const std::string& bytes) {
  const std::string beside = path + ".new" + std::to_string(::getpid());
  Fd fd(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!fd.valid()) throw system_error("cannot write " + path);
  try {
    write_all(fd.get(), bytes);
    if (::rename(beside.c_str(), path.c_str()) != 0) throw system_error("cannot write " + path);
  } catch (const Error&) {
    ::unlink(beside.c_str());
    throw;
  }
}

}  // namespace jitterlab
