#pragma once
#include <cstdint>

#include "core/tensor.h"
#include "ops/strided_copy.h"

// What the ops with index tensors share.
namespace nabla::ops {

inline bool is_index_dtype(DType t) { return t == DType::int64 || t == DType::int32; }

// The elements of an integer tensor as contiguous int64: itself where it is that already.
inline Tensor long_indices(const Tensor& index) {
  if (index.dtype() == DType::int64 && index.is_contiguous()) return index;
  Tensor same = empty(index.sizes(), index.dtype());
  strided_copy(same.raw_data(), same.strides(), index.raw_data(), index.strides(), index.sizes(),
               index.itemsize());
  if (index.dtype() == DType::int64) return same;
  Tensor wide = empty(index.sizes(), DType::int64);
  int64_t* to = wide.data<int64_t>();
  dispatch(index.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* from = same.data<T>();
    for (int64_t i = 0; i < index.numel(); ++i) to[i] = static_cast<int64_t>(from[i]);
  });
  return wide;
}

// Every index in 0 .. size - 1, or from -size on where `wraps`.
inline void check_indices(const int64_t* index, int64_t n, int64_t dim, int64_t size, bool wraps) {
  const int64_t least = wraps ? -size : 0;
  bool good = true;
  for (int64_t i = 0; i < n; ++i) good &= (index[i] >= least) & (index[i] < size);
  if (good) return;
  for (int64_t i = 0; i < n; ++i)
    CHECK_RANGE(index[i] >= least && index[i] < size, "index ", index[i],
                " is out of bounds for dimension ", dim, " with size ", size);
}

// f(a, b) with the offsets of two geometries for all index tuples of `sizes`, row-major.
template <class F>
void each_offset(IntSpan sizes, IntSpan strides_a, IntSpan strides_b, F&& f) {
  const int64_t n = product(sizes);
  Dims at(sizes.size());
  int64_t a = 0, b = 0;
  for (int64_t i = 0; i < n; ++i) {
    f(a, b);
    for (size_t d = sizes.size(); d-- > 0;) {
      a += strides_a[d];
      b += strides_b[d];
      if (++at[d] < sizes[d]) break;
      a -= sizes[d] * strides_a[d];
      b -= sizes[d] * strides_b[d];
      at[d] = 0;
    }
  }
}

// out = self for an op that edits self's elements: nothing to do in place.
inline void start_from(Tensor& out, const Tensor& self) {
  if (out.is_same(self) || self.numel() == 0) return;
  strided_copy(out.raw_data(), out.strides(), self.raw_data(), self.strides(), self.sizes(),
               self.itemsize());
}

}  // namespace nabla::ops
