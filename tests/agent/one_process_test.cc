// What glibc keeps of the attribute "shared between processes", read from what the real functions set.
#include "agent/one_process.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include "agent/shared_memory.h"

namespace jitterlab {
namespace {

class OneProcess : public testing::Test {
 protected:
  OneProcess() { shared_memory.add(page_, 4096, 1); }
  ~OneProcess() override {
    shared_memory.remove(page_, 4096);
    ::munmap(page_, 4096);
  }

  void* page_ = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
};

TEST_F(OneProcess, SemaphoresByTheirSecondArgument) {
  auto* semaphore = static_cast<sem_t*>(page_);
  sem_init(semaphore, 0, 3);
  EXPECT_TRUE(is_for_one_process(semaphore));
  sem_init(semaphore, 1, 0);
  EXPECT_FALSE(is_for_one_process(semaphore));
  sem_t own;
  sem_init(&own, 0, 3);
  EXPECT_FALSE(is_for_one_process(&own)) << "no other process can reach it";
}

TEST_F(OneProcess, MutexesByTheirAttribute) {
  auto* mutex = static_cast<pthread_mutex_t*>(page_);
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  for (const int type : {PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ERRORCHECK}) {
    pthread_mutexattr_settype(&attributes, type);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_PRIVATE);
    pthread_mutex_init(mutex, &attributes);
    EXPECT_TRUE(is_for_one_process(mutex)) << type;
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(mutex, &attributes);
    EXPECT_FALSE(is_for_one_process(mutex)) << type;
  }
  pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
  EXPECT_FALSE(is_for_one_process(&own));
}

TEST_F(OneProcess, ConditionVariablesByTheirAttribute) {
  auto* condition = static_cast<pthread_cond_t*>(page_);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(condition, &attributes);
  EXPECT_TRUE(is_for_one_process(condition));
  pthread_condattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(condition, &attributes);
  EXPECT_FALSE(is_for_one_process(condition));
  pthread_cond_t own = PTHREAD_COND_INITIALIZER;
  EXPECT_FALSE(is_for_one_process(&own));
}

}  // namespace
}  // namespace jitterlab
