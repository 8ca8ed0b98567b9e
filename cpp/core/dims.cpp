#include "core/dims.h"

namespace nabla {

Dims broadcast_shapes(IntSpan a, IntSpan b) {
  size_t n = std::max(a.size(), b.size());
  Dims out(n);
  for (size_t i = n; i-- > 0;) {  // the last mismatch is the one that PyTorch names
    int64_t x = i + a.size() >= n ? a[i + a.size() - n] : 1;
    int64_t y = i + b.size() >= n ? b[i + b.size() - n] : 1;
    CHECK_RANGE(x == y || x == 1 || y == 1, "The size of tensor a (", x,
                ") must match the size of tensor b (", y, ") at non-singleton dimension ", i,
                " (got shapes ", Shape{a}, " and ", Shape{b}, ")");
    out[i] = x == 1 ? y : x;
  }
  return out;
}

}  // namespace nabla
