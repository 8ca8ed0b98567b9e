#pragma once
// y[i] = f(x[i]) by vectors, a vector a turn: for functions so long that the CPU overlaps the
// turns.
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// One copy of the body serves the tail too.
template <class T, class F>
NABLA_INLINE void map_heavy(T* y, const T* x, int64_t n, F f) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  for (int64_t i = 0; i < n; i += W) {
    const bool full = n - i >= W;
    const int rest = static_cast<int>(n - i);
    const V v = f(full ? V::load(x + i) : V::load_n(x + i, rest));
    if (full)
      v.store(y + i);
    else
      v.store_n(y + i, rest);
  }
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
