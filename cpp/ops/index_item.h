#pragma once
#include <optional>
#include <vector>

#include "core/tensor.h"

namespace nabla {

// start:stop:step of a slice; what is open is missing.
struct Slice {
  OptInt start, stop, step;
};

// One item of x[...]: an integer, a slice, "...", None (a new dim), a boolean, or a tensor of
// indices or a mask.
struct IndexItem {
  enum class Kind { integer, slice, ellipsis, none, boolean, tensor };
  Kind kind = Kind::none;
  int64_t integer = 0;  // the integer, or the boolean as 0 or 1
  Slice slice;
  Tensor tensor;
};
using IndexList = std::vector<IndexItem>;

}  // namespace nabla
