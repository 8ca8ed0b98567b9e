#include "pool.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <system_error>
#include <thread>

#include "cpu_count.h"
#include "worker_affinity.h"

#if !defined(_WIN32)
#include <pthread.h>
#include <signal.h>
#endif

namespace nabla {
namespace {

constexpr int kMaxThreads = 1024;
// A claim word is epoch << 48 | end << 24 | begin: chunks [begin, end) are not claimed yet. Whoever
// claims reads the function afterwards, so an epoch that comes round again does no harm.
constexpr int kBits = 24;
constexpr uint64_t kMask = (uint64_t{1} << kBits) - 1;
constexpr int64_t kMaxChunks = kMask;
// A worker that found no work spins this long before it sleeps: the time between two ops of a
// training step is shorter, a wake-up costs 40 to 110 us.
constexpr auto kSpin = std::chrono::microseconds(300);
// Waking costs the caller some 13 us, so sleepers are woken only for work that has already gone on
// this long and is not done.
constexpr auto kWorthWaking = std::chrono::microseconds(40);

thread_local bool t_in_region = false;

int threads_from_environment() {
  const char* text = std::getenv("NABLA_NUM_THREADS");
  if (text == nullptr || *text == '\0') return 0;
  char* end = nullptr;
  const long value = std::strtol(text, &end, 10);
  if (*end != '\0' || value < 1) return 0;
  return static_cast<int>(std::min<long>(value, kMaxThreads));
}

void run_serially(int64_t count, parallel_detail::ChunkFn fn, void* context) {
  for (int64_t i = 0; i < count; ++i) fn(context, i);
}

// Signals belong to the threads that the application knows.
class BlockSignals {
 public:
#if defined(_WIN32)
  BlockSignals() {}
#else
  BlockSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old_);
  }
  ~BlockSignals() { pthread_sigmask(SIG_SETMASK, &old_, nullptr); }

 private:
  sigset_t old_;
#endif
};

}  // namespace

Pool& Pool::instance() {
  static Pool* const pool = new Pool;  // never destroyed: its threads may still run at exit
  return *pool;
}

Pool::Pool() {
  const int wanted = threads_from_environment();
  set_threads(wanted > 0 ? wanted : usable_cores());
#if !defined(_WIN32)
  pthread_atfork(nullptr, nullptr, [] { Pool::instance().become_serial(); });
#endif
}

void Pool::set_threads(int n) {
  threads_.store(std::clamp(n, 1, kMaxThreads), std::memory_order_relaxed);
}

void Pool::start_workers(int wanted) {
  if (started_ >= wanted || !can_start_) return;
  const BlockSignals block;
  while (started_ < wanted) {
    try {
      std::thread(&Pool::work, this, started_).detach();
    } catch (const std::system_error&) {
      can_start_ = false;  // go on with those there are
      break;
    }
    ++started_;
  }
  spin_.store(started_ < usable_cpus(), std::memory_order_relaxed);
  caller_cpu_ = -1;
}

// Wake-ups often land on the CPU of the waker, where a busy caller starves the worker for
// milliseconds.
void Pool::keep_workers_off_this_cpu() {
  const int cpu = current_cpu();
  if (cpu == caller_cpu_) return;
  caller_cpu_ = cpu;
  keep_workers_off(cpu);
}

// Returns the index of a chunk of this epoch, or -1 when none is left. The caller takes them from
// the front and workers from the back: what an op leaves in the cache of a core is then what the
// next op reads there.
int64_t Pool::claim(uint32_t epoch, End end) {
  uint64_t word = claims_.load(std::memory_order_acquire);
  for (;;) {
    const uint64_t front = word & kMask, back = word >> kBits & kMask;
    if (word >> 2 * kBits != static_cast<uint16_t>(epoch) || front == back) return -1;
    const uint64_t next = end == End::front ? word + 1 : word - (kMask + 1);
    if (claims_.compare_exchange_weak(word, next, std::memory_order_acq_rel,
                                      std::memory_order_acquire))
      return static_cast<int64_t>(end == End::front ? front : back - 1);
  }
}

uint32_t Pool::wait_for_new_epoch(uint32_t seen) {
  using Clock = std::chrono::steady_clock;
  uint32_t epoch = epoch_.load(std::memory_order_acquire);
  if (epoch == seen && spin_.load(std::memory_order_relaxed)) {
    const auto deadline = Clock::now() + kSpin;
    do {
      for (int i = 0; i < 32 && epoch == seen; ++i) {
        spin_pause();
        epoch = epoch_.load(std::memory_order_acquire);
      }
    } while (epoch == seen && Clock::now() < deadline);
  }
  if (epoch != seen) return epoch;
  parked_.fetch_add(1, std::memory_order_seq_cst);
  while ((epoch = epoch_.load(std::memory_order_seq_cst)) == seen) park_.wait(epoch_, seen);
  parked_.fetch_sub(1, std::memory_order_relaxed);
  return epoch;
}

void Pool::work(int index) {
  t_in_region = true;
  register_worker(index);
  uint32_t seen = 0;
  for (;;) {
    seen = wait_for_new_epoch(seen);
    if (index >= active_.load(std::memory_order_relaxed)) continue;
    for (int64_t i; (i = claim(seen, End::back)) >= 0;) {
      fn_(context_, i);
      unfinished_.fetch_sub(1, std::memory_order_release);
    }
  }
}

void Pool::run(int64_t count, parallel_detail::ChunkFn fn, void* context) {
  const int threads = this->threads();
  if (count <= 1 || threads == 1 || t_in_region || count > kMaxChunks ||
      serial_.load(std::memory_order_relaxed) || busy_.exchange(true, std::memory_order_acquire)) {
    run_serially(count, fn, context);
    return;
  }
  start_workers(threads - 1);
  keep_workers_off_this_cpu();
  const int helpers =
      static_cast<int>(std::min<int64_t>(std::min(threads - 1, started_), count - 1));
  fn_ = fn;
  context_ = context;
  unfinished_.store(count, std::memory_order_relaxed);
  active_.store(std::min(threads - 1, started_), std::memory_order_relaxed);
  const uint32_t epoch = epoch_.load(std::memory_order_relaxed) + 1;
  claims_.store(static_cast<uint64_t>(epoch) << 2 * kBits | static_cast<uint64_t>(count) << kBits,
                std::memory_order_release);
  epoch_.store(epoch, std::memory_order_seq_cst);
  using Clock = std::chrono::steady_clock;
  bool asleep = parked_.load(std::memory_order_seq_cst) > 0;
  const Clock::time_point start = asleep ? Clock::now() : Clock::time_point();

  t_in_region = true;
  for (int64_t i; (i = claim(epoch, End::front)) >= 0;) {
    fn(context, i);
    unfinished_.fetch_sub(1, std::memory_order_relaxed);
    if (asleep && i + 1 < count && Clock::now() - start > kWorthWaking) {
      park_.wake(epoch_, threads - 1 < started_ ? INT_MAX : helpers);
      asleep = false;
    }
  }
  for (int spins = 0; unfinished_.load(std::memory_order_acquire) != 0; ++spins) {
    spin_pause();
    if (spins > 2000) std::this_thread::yield();
  }
  t_in_region = false;
  busy_.store(false, std::memory_order_release);
}

int num_threads() { return Pool::instance().threads(); }
void set_num_threads(int n) { Pool::instance().set_threads(n); }
bool in_parallel_region() { return t_in_region; }

void parallel_detail::run_chunks(int64_t count, ChunkFn fn, void* context) {
  Pool::instance().run(count, fn, context);
}

}  // namespace nabla
