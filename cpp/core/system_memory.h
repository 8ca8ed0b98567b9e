#pragma once
#include <cstddef>
#include <cstdint>

namespace nabla {

// Zeroed pages aligned to `align`, with huge pages where the system offers them; nullptr on
// failure.
void* map_pages(size_t bytes, size_t align) noexcept;
void unmap_pages(void* pages, size_t bytes) noexcept;

}  // namespace nabla
