#pragma once
#include <vector>

#include "core/tensor.h"

namespace nabla {

// One item between the brackets of x[...].
struct IndexItem {
  enum class Kind : uint8_t {
    integer,   // x[i]: selects, the dimension goes away
    slice,     // x[start:stop:step]
    ellipsis,  // x[...]: as many whole dimensions as are left
    newaxis,   // x[None]: a new dimension of size 1
    boolean,   // x[true]: a new dimension of size 1 (true) or 0 (false)
    tensor,    // integer tensor: gathers; bool or uint8 mask: selects where true
  };
  Kind kind = Kind::slice;
  int64_t integer = 0;       // integer; boolean: 0 or 1
  OptInt start, stop, step;  // slice: what is absent is open
  Tensor tensor;             // tensor: integer indices, or a mask
};
using IndexList = std::vector<IndexItem>;

}  // namespace nabla
