#pragma once
#include <cstddef>
#include <cstdint>

namespace nabla {

struct AllocatorStats {
  int64_t allocated = 0;    // bytes that live storages hold
  int64_t peak = 0;         // highest value of `allocated`
  int64_t cached = 0;       // bytes kept for reuse
  int64_t allocations = 0;  // calls of allocate
};

// Caching allocator: 64-byte aligned blocks in size classes (four steps a power of two), so that a
// steady-state training step asks the system for nothing. Blocks of 2 MiB and more are mapped with
// huge pages. `capacity` receives the size of the block, which `deallocate` wants back.
// Throws Error before anything is touched when the machine or its cgroup lacks the memory.
void* allocate(size_t bytes, size_t* capacity);
void deallocate(void* block, size_t capacity) noexcept;

// Gives all cached blocks back to the system.
void empty_cache();
AllocatorStats allocator_stats();
void reset_peak_stats();

// Bytes that this process may still take: the smaller of the machine's and the cgroup's.
int64_t available_memory();

}  // namespace nabla
