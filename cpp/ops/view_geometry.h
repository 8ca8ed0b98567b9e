#pragma once
#include "core/tensor.h"

namespace nabla::ops {

// `shape` with its one -1, if any, replaced so that the number of elements is numel.
Dims infer_sizes(IntSpan shape, int64_t numel);

// Strides that show the elements of the old geometry in row-major order with new sizes (of equal
// product), or nothing where that needs a copy.
OptDims view_strides(IntSpan sizes, IntSpan strides, IntSpan new_sizes);

}  // namespace nabla::ops
