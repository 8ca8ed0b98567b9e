// The pool behind parallel.h. One per process, made on first use and never destroyed: its threads
// may outlive main() and the JS environments.
#pragma once

#include <atomic>
#include <cstdint>

#include "parallel.h"
#include "park.h"

namespace nabla {

// Chunks are claimed one by one from an atomic word. The caller claims too and at the end waits
// only for chunks that a worker has already claimed, so a worker that is late (asleep, or without a
// CPU) costs nothing: the caller then does everything itself.
class Pool {
 public:
  static Pool& instance();

  int threads() const { return threads_.load(std::memory_order_relaxed); }
  void set_threads(int n);

  void run(int64_t count, parallel_detail::ChunkFn fn, void* context);

  // In a forked child the workers are gone: everything runs serially from then on.
  void become_serial() { serial_.store(true, std::memory_order_relaxed); }

 private:
  Pool();
  void start_workers(int wanted);
  void work(int index);
  uint32_t wait_for_new_epoch(uint32_t seen);
  enum class End { front, back };
  int64_t claim(uint32_t epoch, End end);
  void keep_workers_off_this_cpu();

  // Read and written by everybody in a region, each on its own cache line.
  alignas(64) std::atomic<uint64_t> claims_{0};  // which epoch, and its chunks not claimed yet
  alignas(64) std::atomic<uint32_t> epoch_{0};   // one more for each region; workers sleep on it
  alignas(64) std::atomic<int> parked_{0};
  alignas(64) std::atomic<int64_t> unfinished_{0};

  // Written by the caller before a region starts, read by those who claimed a chunk of it.
  alignas(64) parallel_detail::ChunkFn fn_ = nullptr;
  void* context_ = nullptr;
  std::atomic<int> active_{0};  // workers with a lower index take part

  std::atomic<bool> busy_{false};  // a region is running
  std::atomic<bool> serial_{false};
  std::atomic<int> threads_{1};
  int started_ = 0;               // workers; touched by the holder of busy_ only
  bool can_start_ = true;         // false once the system refused a thread
  int caller_cpu_ = -1;           // the one that the workers were last told to avoid
  std::atomic<bool> spin_{true};  // before they sleep
  Park park_;
};

}  // namespace nabla
