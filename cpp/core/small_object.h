#pragma once
#include <cstddef>

namespace nabla {

// Memory for the small objects of the engine (tensor handles, storages, nodes), from lists of free
// blocks per thread. A sweep frees thousands of them at once, which general allocators take badly.
void* allocate_small(size_t bytes);
void free_small(void* block, size_t bytes) noexcept;

// Base of classes whose objects come from there.
struct SmallObject {
  static void* operator new(size_t bytes) { return allocate_small(bytes); }
  static void operator delete(void* block, size_t bytes) noexcept { free_small(block, bytes); }
};

}  // namespace nabla
