#pragma once
#include "core/tensor.h"

namespace nabla::ops {

// Dimensions from the outermost to the innermost in memory, as PyTorch's iterator orders them:
// random numbers are drawn, and results laid out, in this order.
Dims memory_order(IntSpan sizes, IntSpan strides);

// Strides of a result that keeps the memory order of `t` (PyTorch's preserve_format): those of t
// itself where they leave no gaps and do not overlap.
Dims preserved_strides(const Tensor& t);

}  // namespace nabla::ops
