#include "core/small_object.h"

#include <mutex>
#include <new>

namespace nabla {
namespace {

constexpr size_t step = 32;
constexpr size_t largest = 640;
constexpr size_t bin_count = largest / step;
constexpr size_t slab_bytes = size_t{64} << 10;

struct Block {
  Block* next;
};

// No destructor: objects may still be freed while the thread or the process goes down.
thread_local Block* bins[bin_count];

// What threads that ended have left, for others to take over. Leaked on purpose.
struct Leftovers {
  std::mutex mutex;
  Block* bins[bin_count] = {};
};
Leftovers& leftovers() {
  static auto* l = new Leftovers;
  return *l;
}

struct ThreadEnd {
  bool armed = false;
  ~ThreadEnd() {
    if (!armed) return;
    Leftovers& left = leftovers();
    std::lock_guard lock(left.mutex);
    for (size_t i = 0; i < bin_count; ++i) {
      Block* tail = bins[i];
      if (!tail) continue;
      while (tail->next) tail = tail->next;
      tail->next = left.bins[i];
      left.bins[i] = bins[i];
      bins[i] = nullptr;
    }
  }
};
thread_local ThreadEnd thread_end;

size_t bin_of(size_t bytes) { return (bytes + step - 1) / step - 1; }

// Gets blocks for an empty bin: those of an ended thread, else a new slab.
Block* refill(size_t bin) {
  thread_end.armed = true;
  {
    Leftovers& left = leftovers();
    std::lock_guard lock(left.mutex);
    if (Block* found = left.bins[bin]) {
      left.bins[bin] = nullptr;
      return found;
    }
  }
  size_t size = (bin + 1) * step;
  char* slab = static_cast<char*>(::operator new(slab_bytes));
  Block* head = nullptr;
  for (size_t at = slab_bytes / size; at-- > 0;) {
    auto* block = reinterpret_cast<Block*>(slab + at * size);
    block->next = head;
    head = block;
  }
  return head;
}

}  // namespace

void* allocate_small(size_t bytes) {
  if (bytes > largest || bytes == 0) return ::operator new(bytes);
  size_t bin = bin_of(bytes);
  Block* block = bins[bin];
  if (!block) block = refill(bin);
  bins[bin] = block->next;
  return block;
}

void free_small(void* p, size_t bytes) noexcept {
  if (bytes > largest || bytes == 0) return ::operator delete(p);
  size_t bin = bin_of(bytes);
  auto* block = static_cast<Block*>(p);
  block->next = bins[bin];
  bins[bin] = block;
}

}  // namespace nabla
