// C++20: the three semaphores of the lecture from the standard library, one thread for each producer and consumer.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

namespace {

class Buffer {
 public:
  void insert(const std::string& word) {
    empty_.acquire();
    {
      const std::lock_guard lock(mutex_);
      slots_[in_] = word;
      in_ = (in_ + 1) % slots_.size();
    }
    filled_.release();
  }

  std::string take() {
    filled_.acquire();
    std::string word;
    {
      const std::lock_guard lock(mutex_);
      word = slots_[out_];
      out_ = (out_ + 1) % slots_.size();
    }
    empty_.release();
    return word;
  }

 private:
  std::array<std::string, 8> slots_;
  std::size_t in_ = 0, out_ = 0;
  std::counting_semaphore<8> empty_{8};
  std::counting_semaphore<8> filled_{0};
  std::mutex mutex_;
};

std::vector<std::string> read_words() {
  std::vector<std::string> words;
  for (std::string word; std::cin >> word;) words.push_back(word);
  return words;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int producers = std::atoi(argv[1]), consumers = std::atoi(argv[2]);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::vector<std::string> words = read_words();
  Buffer buffer;

  std::vector<std::thread> makers, takers;
  for (int i = 0; i < producers; ++i) {
    makers.emplace_back([&, i] {
      for (std::size_t at = i; at < words.size(); at += producers) {
        buffer.insert(words[at]);
        std::printf("produced %s\n", words[at].c_str());
      }
    });
  }
  for (int i = 1; i <= consumers; ++i) {
    takers.emplace_back([&, i] {
      for (std::string word = buffer.take(); !word.empty(); word = buffer.take())
        std::printf("consumer %d got %s\n", i, word.c_str());
    });
  }
  for (std::thread& maker : makers) maker.join();
  for (int i = 0; i < consumers; ++i) buffer.insert("");
  for (std::thread& taker : takers) taker.join();
}
