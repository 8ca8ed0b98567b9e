#include "ops/index_support.h"
#include "ops/ops.h"

namespace nabla::ops {

Tensor nonzero(const Tensor& self) {
  Tensor dense = self;
  if (!self.is_contiguous()) {
    dense = empty(self.sizes(), self.dtype());
    start_from(dense, self);
  }
  const int64_t n = dense.numel(), ndim = self.dim();
  return dispatch(self.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* from = dense.data<T>();
    int64_t count = 0;
    for (int64_t i = 0; i < n; ++i) count += from[i] != T();
    Tensor out = empty(Dims{count, ndim}, DType::int64);
    int64_t* to = out.data<int64_t>();
    Dims at(static_cast<size_t>(ndim));
    for (int64_t i = 0; i < n; ++i) {
      if (from[i] != T())
        for (int64_t d = 0; d < ndim; ++d) *to++ = at[d];
      for (int64_t d = ndim; d-- > 0;) {
        if (++at[d] < self.sizes()[d]) break;
        at[d] = 0;
      }
    }
    return out;
  });
}

}  // namespace nabla::ops
