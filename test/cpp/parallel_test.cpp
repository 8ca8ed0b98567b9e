#include "parallel/parallel.h"

#include <atomic>
#include <thread>
#include <vector>

#include "check.h"
#include "parallel/cpu_count.h"

#if !defined(_WIN32)
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace nabla;

namespace {

class Threads {
 public:
  explicit Threads(int n) : before_(num_threads()) { set_num_threads(n); }
  ~Threads() { set_num_threads(before_); }

 private:
  int before_;
};

// A sum in which each chunk has its own partial: the way every reduction has to do it.
double chunked_sum(const std::vector<float>& x, int64_t grain) {
  const int64_t n = static_cast<int64_t>(x.size());
  std::vector<double> partial((n + grain - 1) / grain);
  parallel_for(n, grain, [&](int64_t begin, int64_t end) {
    double sum = 0;
    for (int64_t i = begin; i < end; ++i) sum += x[i];
    partial[begin / grain] = sum;
  });
  double sum = 0;
  for (double p : partial) sum += p;
  return sum;
}

}  // namespace

TEST(default_is_at_least_one) {
  CHECK_TRUE(num_threads() >= 1);
  CHECK_TRUE(usable_cores() >= 1);
  CHECK_TRUE(usable_cores() <= usable_cpus());
}

TEST(set_num_threads_clamps) {
  Threads keep(1);
  set_num_threads(0);
  CHECK_EQ(num_threads(), 1);
  set_num_threads(-5);
  CHECK_EQ(num_threads(), 1);
  set_num_threads(1 << 30);
  CHECK_EQ(num_threads(), 1024);
  set_num_threads(3);
  CHECK_EQ(num_threads(), 3);
}

TEST(every_index_once) {
  for (int threads : {1, 2, 3, 5}) {
    Threads use(threads);
    for (int64_t n : {0, 1, 2, 7, 64, 1000, 4096})
      for (int64_t grain : {1, 3, 64, 5000}) {
        std::vector<std::atomic<int>> hits(n);
        parallel_for(n, grain, [&](int64_t begin, int64_t end) {
          if (begin % grain != 0 || end > n || end - begin > grain || begin >= end)
            nabla_test::fail(__FILE__, __LINE__, "chunk with wrong bounds");
          for (int64_t i = begin; i < end; ++i) hits[i].fetch_add(1);
        });
        for (auto& hit : hits) CHECK_EQ(hit.load(), 1);
      }
  }
}

TEST(chunks_once_many_regions) {
  Threads use(2);
  for (int round = 0; round < 20000; ++round) {
    std::atomic<int> sum{0};
    const int n = 1 + round % 9;
    parallel_chunks(n, [&](int64_t i) { sum.fetch_add(static_cast<int>(i) + 1); });
    CHECK_EQ(sum.load(), n * (n + 1) / 2);
  }
}

TEST(wakes_after_a_pause) {
  Threads use(2);
  for (int round = 0; round < 20; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // long enough to park
    std::atomic<int> sum{0};
    parallel_chunks(64, [&](int64_t) { sum.fetch_add(1); });
    CHECK_EQ(sum.load(), 64);
  }
}

TEST(nested_runs_serially) {
  Threads use(2);
  std::atomic<int> sum{0};
  std::atomic<bool> inside{true};
  CHECK_TRUE(!in_parallel_region());
  parallel_chunks(8, [&](int64_t) {
    if (!in_parallel_region()) inside = false;
    const auto here = std::this_thread::get_id();
    parallel_chunks(8, [&](int64_t) {
      if (std::this_thread::get_id() != here) inside = false;
      sum.fetch_add(1);
    });
  });
  CHECK_EQ(sum.load(), 64);
  CHECK_TRUE(inside.load());
  CHECK_TRUE(!in_parallel_region());
}

TEST(concurrent_callers) {
  Threads use(3);
  std::vector<std::thread> callers;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t)
    callers.emplace_back([&] {
      for (int round = 0; round < 2000; ++round) {
        std::atomic<int> sum{0};
        parallel_chunks(5, [&](int64_t i) { sum.fetch_add(1 << i); });
        if (sum.load() != 31) wrong.fetch_add(1);
      }
    });
  for (auto& caller : callers) caller.join();
  CHECK_EQ(wrong.load(), 0);
}

TEST(same_bits_for_any_number_of_threads) {
  std::vector<float> x(100003);
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<float>((i * 2654435761u) % 1000003) * 1e-3f;
  Threads use(1);
  const double expected = chunked_sum(x, 1000);
  for (int threads : {2, 3, 4, 7}) {
    set_num_threads(threads);
    for (int round = 0; round < 20; ++round) CHECK_EQ(chunked_sum(x, 1000), expected);
  }
}

#if !defined(_WIN32)
TEST(forked_child_runs_serially) {
  Threads use(2);
  std::atomic<int> sum{0};
  parallel_chunks(16, [&](int64_t) { sum.fetch_add(1); });
  const pid_t child = fork();
  if (child == 0) {
    std::atomic<int> mine{0};
    parallel_chunks(1000, [&](int64_t) { mine.fetch_add(1); });
    _exit(mine.load() == 1000 ? 0 : 1);
  }
  int status = -1;
  CHECK_EQ(waitpid(child, &status, 0), child);
  CHECK_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  parallel_chunks(16, [&](int64_t) { sum.fetch_add(1); });
  CHECK_EQ(sum.load(), 32);
}
#endif
