// Where idle workers sleep: wait until a 32-bit word changes. A futex on Linux, a condition
// variable elsewhere.
#pragma once

#include <atomic>
#include <cstdint>

#if !defined(__linux__)
#include <condition_variable>
#include <mutex>
#endif

namespace nabla {

class Park {
 public:
  // Sleeps until wake() is called after `word` left `seen`; may return early.
  void wait(std::atomic<uint32_t>& word, uint32_t seen);

  // Wakes up to `count` sleepers. The caller has changed `word` before.
  void wake(std::atomic<uint32_t>& word, int count);

#if !defined(__linux__)
 private:
  std::mutex mutex_;
  std::condition_variable changed_;
#endif
};

// Tells the core that this is a spin loop.
inline void spin_pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) && defined(__GNUC__)
  asm volatile("yield");
#endif
}

}  // namespace nabla
