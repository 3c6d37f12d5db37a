// Boost.Process 2 of Boost 1.81 has traps: its descriptor binding crashes when optimised and close_all leaves gaps
// open, so descriptors are handled by an initialiser of our own (it must still name them to the launcher, which closes
// what it does not know); exit_code() cannot tell signal 11 from exit 11, so the
// wait status is used.
#include "os/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/process/v2/process.hpp>
#include <sstream>
#include <thread>

#include "os/error.h"

namespace jitterlab {
namespace {

namespace bp = boost::process::v2;

// In the child, between fork and exec: everything but 0, 1, 2 is closed at exec, then `passed` get their places.
struct PassDescriptors {
  const std::vector<Passed>& passed;

  template <typename Launcher>
  bp::error_code on_setup(Launcher& launcher, const bp::filesystem::path&, const char* const*) {
    for (const Passed& pass : passed) launcher.fd_whitelist.push_back(pass.theirs);
    return {};
  }

  template <typename Launcher>
  bp::error_code on_exec_setup(Launcher&, const bp::filesystem::path&, const char* const*) {
    // Signals to our process group, as Ctrl-C and timeout(1) send them, are ours to act on: the child stays until we
    // end it.
    ::setpgid(0, 0);
    ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    for (const Passed& pass : passed) {
      // dup2 onto itself would leave the descriptor to be closed at exec.
      const bool same = pass.ours == pass.theirs;
      if ((same ? ::fcntl(pass.ours, F_SETFD, 0) : ::dup2(pass.ours, pass.theirs)) < 0)
        return bp::error_code(errno, boost::system::system_category());
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    return {};
  }
};

// A child that is given the terminal gets signals from it as every program does.
struct DefaultSignals {
  template <typename Launcher>
  bp::error_code on_exec_setup(Launcher&, const bp::filesystem::path&, const char* const*) {
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGQUIT, SIG_DFL);
    ::signal(SIGPIPE, SIG_DFL);
    return {};
  }
};

// Ctrl-C and its kin mean nothing to us while it lives.
class SignalsOfTheTerminalIgnored {
 public:
  SignalsOfTheTerminalIgnored() : interrupt_(::signal(SIGINT, SIG_IGN)), quit_(::signal(SIGQUIT, SIG_IGN)) {}
  ~SignalsOfTheTerminalIgnored() {
    ::signal(SIGINT, interrupt_);
    ::signal(SIGQUIT, quit_);
  }

 private:
  void (*interrupt_)(int);
  void (*quit_)(int);
};

class BoostChild final : public Child {
 public:
  BoostChild(const std::string& path, const std::vector<std::string>& arguments, const std::vector<Passed>& passed)
      : process_(context_, path, arguments, PassDescriptors{passed}) {}

  ~BoostChild() override {
    kill();
    try {
      wait();
    } catch (const Error&) {
      // Nothing more can be done for it here.
    }
  }

  int pid() const override { return process_.id(); }

  Ending wait() override {
    if (ending_.has_ended()) return ending_;
    boost::system::error_code error;
    process_.wait(error);
    if (error) throw Error("cannot wait for a child process: " + error.message());
    ending_ = Ending::from_wait_status(process_.native_exit_code());
    return ending_;
  }

  void kill() override {
    if (ending_.has_ended()) return;
    boost::system::error_code ignored;  // it may have ended by itself meanwhile
    process_.terminate(ignored);        // sends the signal only; wait() learns how it ended
  }

 private:
  boost::asio::io_context context_;
  bp::process process_;
  Ending ending_;
};

Fd make_pipe(Fd& writing) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw system_error("cannot make a pipe");
  writing = Fd(ends[1]);
  return Fd(ends[0]);
}

// Boost's own search needs the compiled Boost.Filesystem.
std::string in_path(const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  const char* variable = ::getenv("PATH");
  std::istringstream folders(variable ? variable : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string path = folder + "/" + program;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  throw Error("the program " + program + " is not in PATH; install it");
}

constexpr std::int64_t kMostCollected = 1 << 20;

}  // namespace

std::unique_ptr<Child> spawn(const std::vector<std::string>& arguments, const std::vector<Passed>& passed) {
  const std::string path = in_path(arguments.at(0));
  try {
    return std::make_unique<BoostChild>(path, std::vector<std::string>(arguments.begin() + 1, arguments.end()), passed);
  } catch (const boost::system::system_error& error) {
    throw Error("cannot start " + path + ": " + error.code().message());
  }
}

Ending run_in_terminal(const std::vector<std::string>& arguments) {
  const std::string path = in_path(arguments.at(0));
  const SignalsOfTheTerminalIgnored ignored;
  try {
    boost::asio::io_context context;
    bp::process process(context, path, std::vector<std::string>(arguments.begin() + 1, arguments.end()),
                        DefaultSignals{});
    process.wait();
    return Ending::from_wait_status(process.native_exit_code());
  } catch (const boost::system::system_error& error) {
    throw Error("cannot start " + path + ": " + error.code().message());
  }
}

Ran run_program(const std::vector<std::string>& arguments, const std::string& input) {
  Fd in_write, out_write, err_write;
  Fd in_read = make_pipe(in_write), out_read = make_pipe(out_write), err_read = make_pipe(err_write);
  auto child = spawn(arguments, {{in_read.get(), 0}, {out_write.get(), 1}, {err_write.get(), 2}});
  in_read.reset();
  out_write.reset();
  err_write.reset();

  Ran ran;
  // A thread per stream: none can fill up while another is waited for.
  std::thread feeder([&] {
    try {
      write_all(in_write.get(), input);
    } catch (const Error&) {
      // The program did not want its input; how it ended says the rest.
    }
    in_write.reset();
  });
  std::thread errors([&] {
    ran.err = read_all(err_read.get(), kMostCollected);
    err_read.reset();  // now, or a program that has more to say would wait for ever
  });
  ran.out = read_all(out_read.get(), kMostCollected);
  out_read.reset();
  errors.join();
  feeder.join();
  ran.ending = child->wait();
  return ran;
}

}  // namespace jitterlab
