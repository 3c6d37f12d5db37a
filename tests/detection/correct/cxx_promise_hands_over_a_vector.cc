// A vector moves into a thread by std::move, and its sum comes back through a promise; a packaged task does the rest.
// prints: 10 24
#include <cstdio>
#include <future>
#include <numeric>
#include <thread>
#include <vector>

int main() {
  std::vector<int> numbers = {1, 2, 3, 4};
  std::promise<int> promise;
  std::future<int> sum = promise.get_future();
  std::thread adder([&promise, &numbers] { promise.set_value(std::accumulate(numbers.begin(), numbers.end(), 0)); });
  const int total = sum.get();
  adder.join();
  std::packaged_task<int(std::vector<int>)> task([](std::vector<int> all) {
    int product = 1;
    for (int one : all) product *= one;
    return product;
  });
  std::future<int> product = task.get_future();
  std::thread multiplier(std::move(task), std::move(numbers));
  std::printf("%d %d\n", total, product.get());
  multiplier.join();
}
