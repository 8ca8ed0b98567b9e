#include "worker_affinity.h"

#if defined(__linux__)

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace nabla {
namespace {

constexpr int kMaxWorkers = 1024;
std::atomic<int> g_thread_ids[kMaxWorkers];  // 0: not started

// With many CPUs the scheduler finds a free one by itself, and telling many workers costs much.
constexpr int kManyCpus = 16;

// The mask of the process at the first call; empty where workers are left alone.
const cpu_set_t& allowed_cpus() {
  static const cpu_set_t allowed = [] {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0 || CPU_COUNT(&set) > kManyCpus) CPU_ZERO(&set);
    return set;
  }();
  return allowed;
}

cpu_set_t all_but(int cpu) {
  cpu_set_t set = allowed_cpus();
  if (cpu >= 0 && cpu < CPU_SETSIZE && CPU_COUNT(&set) > 1) CPU_CLR(cpu, &set);
  return set;
}

std::atomic<int> g_avoided{-1};

}  // namespace

int current_cpu() { return sched_getcpu(); }

void register_worker(int index) {
  if (index < 0 || index >= kMaxWorkers) return;
  g_thread_ids[index].store(static_cast<int>(syscall(SYS_gettid)), std::memory_order_seq_cst);
  const cpu_set_t set = all_but(g_avoided.load(std::memory_order_seq_cst));
  if (CPU_COUNT(&set) > 0) sched_setaffinity(0, sizeof set, &set);
}

void keep_workers_off(int cpu) {
  g_avoided.store(cpu, std::memory_order_seq_cst);
  const cpu_set_t set = all_but(cpu);
  if (CPU_COUNT(&set) == 0) return;
  for (std::atomic<int>& slot : g_thread_ids) {
    const int id = slot.load(std::memory_order_seq_cst);
    if (id != 0) sched_setaffinity(id, sizeof set, &set);
  }
}

}  // namespace nabla

#else

namespace nabla {

int current_cpu() { return -1; }
void register_worker(int) {}
void keep_workers_off(int) {}

}  // namespace nabla

#endif
