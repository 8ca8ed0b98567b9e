#pragma once
#include <cstddef>
#include <cstdint>

#include "core/dims.h"

namespace nabla::ops {

// dst[i] = src[i] for every index tuple i of `sizes`: a copy between two geometries of one item
// size (1, 2, 4 or 8 bytes), in threads when it is large. Strides are in items; those of the source
// may be 0 or negative. The two memories must not overlap.
void strided_copy(void* dst, IntSpan dst_strides, const void* src, IntSpan src_strides,
                  IntSpan sizes, std::size_t item_size);

}  // namespace nabla::ops
