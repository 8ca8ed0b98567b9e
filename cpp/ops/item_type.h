#pragma once
#include <cstddef>
#include <cstdint>

namespace nabla::ops {

// Calls f with a value of the unsigned type of `size` bytes: what moves elements without a look at
// them needs no other type.
template <class F>
void with_item_type(size_t size, F&& f) {
  switch (size) {
    case 1:
      return f(uint8_t());
    case 2:
      return f(uint16_t());
    case 4:
      return f(uint32_t());
    default:
      return f(uint64_t());
  }
}

}  // namespace nabla::ops
