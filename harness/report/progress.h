// One line on the terminal that says how far a grading is: "12 of 150: crowd, jitter 3".
#pragma once

#include <functional>
#include <string>

namespace jitterlab {

// Where the line is drawn. Without `write` nothing is.
struct ProgressStream {
  std::function<void(const std::string&)> write;
  int columns = 80;
};

// The terminal behind the descriptor (not owned), or a stream without `write` when there is none.
ProgressStream progress_stream(int descriptor);

// Draws on advance(), erases the line when destroyed. Nothing else should be written to the terminal meanwhile. Not
// thread-safe.
class Progress {
 public:
  Progress(int total, ProgressStream stream) : total_(total), stream_(std::move(stream)) {}
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more of `total` is done; `what` names it and may hold anything.
  void advance(const std::string& what);

 private:
  int total_;
  int done_ = 0;
  ProgressStream stream_;
};

}  // namespace jitterlab
