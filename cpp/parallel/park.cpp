#include "park.h"

#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace nabla {

#if defined(__linux__)

static_assert(sizeof(std::atomic<uint32_t>) == sizeof(uint32_t));

void Park::wait(std::atomic<uint32_t>& word, uint32_t seen) {
  syscall(SYS_futex, reinterpret_cast<uint32_t*>(&word), FUTEX_WAIT_PRIVATE, seen, nullptr, nullptr,
          0);
}

void Park::wake(std::atomic<uint32_t>& word, int count) {
  syscall(SYS_futex, reinterpret_cast<uint32_t*>(&word), FUTEX_WAKE_PRIVATE, count, nullptr,
          nullptr, 0);
}

#else

void Park::wait(std::atomic<uint32_t>& word, uint32_t seen) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return word.load(std::memory_order_seq_cst) != seen; });
}

void Park::wake(std::atomic<uint32_t>&, int) {
  { std::lock_guard<std::mutex> lock(mutex_); }  // a sleeper is now either waiting or has seen it
  changed_.notify_all();
}

#endif

}  // namespace nabla
