#pragma once
#include <vector>

#include "core/tensor.h"

namespace nabla {

// One item of x.index(...), what stands between the brackets in Python.
struct IndexItem {
  enum class Kind {
    integer,   // x[i]: selects, the dimension goes away
    slice,     // x[start:stop:step]
    ellipsis,  // x[...]: as many whole dimensions as are left
    new_axis,  // x[None]: a dimension of size 1
    boolean,   // x[true]: a new dimension of size 1 (true) or 0 (false)
    tensor,    // integer tensor: gathers; bool or uint8 mask: selects where true
  };
  Kind kind = Kind::ellipsis;
  int64_t value = 0;  // integer; boolean (0 or 1)
  OptInt start, stop;
  int64_t step = 1;
  Tensor tensor;

  static IndexItem integer(int64_t i) { return with(Kind::integer, i); }
  static IndexItem boolean(bool b) { return with(Kind::boolean, b); }
  static IndexItem ellipsis() { return with(Kind::ellipsis, 0); }
  static IndexItem new_axis() { return with(Kind::new_axis, 0); }
  static IndexItem slice(OptInt start, OptInt stop, OptInt step = std::nullopt) {
    IndexItem item = with(Kind::slice, 0);
    item.start = start;
    item.stop = stop;
    item.step = step.value_or(1);
    return item;
  }
  static IndexItem of(const Tensor& t) {
    IndexItem item = with(Kind::tensor, 0);
    item.tensor = t;
    return item;
  }

 private:
  static IndexItem with(Kind kind, int64_t value) {
    IndexItem item;
    item.kind = kind;
    item.value = value;
    return item;
  }
};

using IndexList = std::vector<IndexItem>;

}  // namespace nabla
