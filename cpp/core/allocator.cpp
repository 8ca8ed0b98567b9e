#include "core/allocator.h"

#include <atomic>
#include <bit>
#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

#include "core/error.h"
#include "core/system_memory.h"

namespace nabla {
namespace {

constexpr size_t alignment = 64;
constexpr size_t huge_page = size_t{2} << 20;
constexpr size_t thread_cache_block = size_t{1}
                                      << 20;  // larger blocks go to the shared cache at once
constexpr size_t thread_cache_bytes = size_t{8} << 20;
constexpr int64_t shared_cache_bytes = int64_t{1} << 30;
// A request this large is compared with the memory that is left before it is made.
constexpr size_t checked_request = size_t{32} << 20;
constexpr int class_count = 4 * 48;

std::atomic<int64_t> allocated{0}, peak{0}, cached{0}, allocations{0};

// Class c holds blocks of (4 + c % 4) * 2^(c / 4) * 16 bytes: 64, 80, 96, 112, 128, 160, ...
int class_of(size_t bytes) {
  if (bytes <= alignment) return 0;
  int shift = static_cast<int>(std::bit_width(bytes - 1)) - 3;  // leading three bits
  size_t lead = (bytes - 1) >> shift;                           // 4..7
  return (shift - 4) * 4 + static_cast<int>(lead) - 4 + 1;
}
size_t class_bytes(int c) { return (size_t{4} + c % 4) << (c / 4 + 4); }

void* system_allocate(size_t bytes) {
  if (bytes >= huge_page) return map_pages(bytes, huge_page);
  size_t rounded = (bytes + alignment - 1) / alignment * alignment;
#ifdef _WIN32
  return _aligned_malloc(rounded, alignment);
#else
  return std::aligned_alloc(alignment, rounded);
#endif
}
void system_free(void* block, size_t bytes) noexcept {
  if (bytes >= huge_page) return unmap_pages(block, bytes);
#ifdef _WIN32
  _aligned_free(block);
#else
  std::free(block);
#endif
}

struct Bins {
  std::vector<void*> blocks[class_count];
  size_t bytes = 0;
  void* pop(int c) {
    auto& bin = blocks[c];
    if (bin.empty()) return nullptr;
    void* p = bin.back();
    bin.pop_back();
    bytes -= class_bytes(c);
    return p;
  }
  void push(int c, void* p) {
    blocks[c].push_back(p);
    bytes += class_bytes(c);
  }
};

// Leaked on purpose: threads and finalizers may still free blocks while the process exits.
struct SharedCache {
  std::mutex mutex;
  Bins bins;
};
SharedCache& shared_cache() {
  static auto* cache = new SharedCache;
  return *cache;
}
void push_shared(int c, void* p) noexcept {
  if (cached.load(std::memory_order_relaxed) > shared_cache_bytes) {
    cached.fetch_sub(static_cast<int64_t>(class_bytes(c)), std::memory_order_relaxed);
    return system_free(p, class_bytes(c));
  }
  auto& cache = shared_cache();
  std::lock_guard lock(cache.mutex);
  try {
    cache.bins.push(c, p);
  } catch (...) {
    cached.fetch_sub(static_cast<int64_t>(class_bytes(c)), std::memory_order_relaxed);
    system_free(p, class_bytes(c));
  }
}

// Blocks that this thread freed last, reused without a lock. Trivially destructible state tells
// frees that come after the thread's cache is gone.
thread_local bool thread_cache_gone = false;
struct ThreadCache {
  Bins bins;
  ~ThreadCache() {
    thread_cache_gone = true;
    flush();
  }
  void flush() {
    for (int c = 0; c < class_count; ++c)
      while (void* p = bins.pop(c)) push_shared(c, p);
  }
};
ThreadCache* thread_cache() {
  if (thread_cache_gone) return nullptr;
  static thread_local ThreadCache cache;
  return &cache;
}

void count_allocation(int64_t bytes) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  int64_t now = allocated.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  int64_t high = peak.load(std::memory_order_relaxed);
  while (now > high && !peak.compare_exchange_weak(high, now, std::memory_order_relaxed)) {
  }
}

void* fresh_block(size_t bytes) {
  if (bytes >= checked_request) {
    int64_t left = available_memory();
    if (left < static_cast<int64_t>(bytes)) {
      empty_cache();
      left = available_memory();
    }
    CHECK_RANGE(left >= static_cast<int64_t>(bytes), "not enough memory: tried to allocate ", bytes,
                " bytes, ", left, " are available");
  }
  void* p = system_allocate(bytes);
  if (!p) {
    empty_cache();
    p = system_allocate(bytes);
  }
  CHECK_RANGE(p, "not enough memory: the system refused to allocate ", bytes, " bytes");
  return p;
}

}  // namespace

void* allocate(size_t bytes, size_t* capacity) {
  CHECK_RANGE(bytes < (size_t{1} << 46), "not enough memory: tried to allocate ", bytes, " bytes");
  int c = class_of(bytes);
  size_t size = class_bytes(c);
  void* p = nullptr;
  if (size <= thread_cache_block)
    if (ThreadCache* local = thread_cache()) p = local->bins.pop(c);
  if (!p) {
    auto& cache = shared_cache();
    std::lock_guard lock(cache.mutex);
    p = cache.bins.pop(c);
  }
  if (p)
    cached.fetch_sub(static_cast<int64_t>(size), std::memory_order_relaxed);
  else
    p = fresh_block(size);
  count_allocation(static_cast<int64_t>(size));
  *capacity = size;
  return p;
}

void deallocate(void* block, size_t capacity) noexcept {
  int c = class_of(capacity);
  allocated.fetch_sub(static_cast<int64_t>(capacity), std::memory_order_relaxed);
  cached.fetch_add(static_cast<int64_t>(capacity), std::memory_order_relaxed);
  ThreadCache* local = capacity <= thread_cache_block ? thread_cache() : nullptr;
  if (!local || local->bins.bytes + capacity > thread_cache_bytes) return push_shared(c, block);
  try {
    local->bins.push(c, block);
  } catch (...) {
    push_shared(c, block);
  }
}

void empty_cache() {
  if (ThreadCache* local = thread_cache()) local->flush();
  auto& cache = shared_cache();
  std::lock_guard lock(cache.mutex);
  for (int c = 0; c < class_count; ++c)
    while (void* p = cache.bins.pop(c)) {
      cached.fetch_sub(static_cast<int64_t>(class_bytes(c)), std::memory_order_relaxed);
      system_free(p, class_bytes(c));
    }
}

AllocatorStats allocator_stats() {
  return {allocated.load(), peak.load(), cached.load(), allocations.load()};
}
void reset_peak_stats() { peak = allocated.load(); }

}  // namespace nabla
