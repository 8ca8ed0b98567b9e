#pragma once
#include <vector>

#include "core/tensor.h"

namespace nabla {

// One item between the brackets of x[...].
struct IndexItem {
  enum class Kind : uint8_t { integer, slice, ellipsis, newaxis, boolean, tensor };
  Kind kind = Kind::slice;
  int64_t integer = 0;       // integer; boolean: 0 or 1
  OptInt start, stop, step;  // slice: what is absent is open
  Tensor tensor;             // tensor: integer indices, or a mask
};
using IndexList = std::vector<IndexItem>;

}  // namespace nabla
