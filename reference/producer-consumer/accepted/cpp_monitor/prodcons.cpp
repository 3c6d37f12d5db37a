// C++: a monitor in place of semaphores. One mutex guards a std::deque, and two condition variables are the waiting rooms
// for "not full" and "not empty". Producers count themselves out; the last one tells all consumers to go home.
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

class Buffer {
 public:
  explicit Buffer(int producers) : producers_(producers) {}

  void insert(std::string word) {
    std::unique_lock lock(mutex_);
    not_full_.wait(lock, [this] { return words_.size() < 8; });
    words_.push_back(std::move(word));
    not_empty_.notify_one();
  }

  // Nothing when there will be no more words.
  std::optional<std::string> take() {
    std::unique_lock lock(mutex_);
    not_empty_.wait(lock, [this] { return !words_.empty() || producers_ == 0; });
    if (words_.empty()) return std::nullopt;
    std::string word = std::move(words_.front());
    words_.pop_front();
    not_full_.notify_one();
    return word;
  }

  void producer_is_done() {
    const std::lock_guard lock(mutex_);
    if (--producers_ == 0) not_empty_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable not_full_, not_empty_;
  std::deque<std::string> words_;
  int producers_;
};

// One call of operator<< for the whole line: lines of different threads do not mix.
void print(const std::string& line) { std::cout << line + "\n" << std::flush; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return EXIT_FAILURE;
  const int producers = std::atoi(argv[1]), consumers = std::atoi(argv[2]);
  std::vector<std::string> input;
  for (std::string line; std::getline(std::cin, line);) input.push_back(line);

  Buffer buffer(producers);
  std::vector<std::jthread> threads;
  for (int k = 1; k <= consumers; ++k) {
    threads.emplace_back([&buffer, k] {
      while (const auto word = buffer.take()) print("consumer " + std::to_string(k) + " got " + *word);
    });
  }
  for (int p = 0; p < producers; ++p) {
    threads.emplace_back([&buffer, &input, p, producers] {
      for (std::size_t i = p; i < input.size(); i += producers) {
        buffer.insert(input[i]);
        print("produced " + input[i]);
      }
      buffer.producer_is_done();
    });
  }
}
