#pragma once
// Sums along a row or down a column of values that are computed on the way, pairwise over blocks of
// 32 vectors.
#include "cascade.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// n lanes of p (the others 0); n = W, a constant in the main loops, is a plain load.
template <class T>
NABLA_INLINE typename Kind<T>::V load_lanes(const T* p, int lanes) {
  using V = typename Kind<T>::V;
  return lanes == V::W ? V::load(p) : V::load_n(p, lanes);
}
template <class V, class T>
NABLA_INLINE void store_lanes(T* p, V v, int lanes) {
  if (lanes == V::W) {
    v.store(p);
  } else {
    v.store_n(p, lanes);
  }
}

// Sum over i of f(i, lanes), the vector of terms i .. i + lanes; f gives 0 in the lanes beyond. f
// is inlined at five places: four chains, and what is left over.
template <class T, class F>
NABLA_INLINE T sum_row(int64_t n, F&& f) {
  using V = typename Kind<T>::V;
  constexpr int64_t W = V::W;
  Cascade<SumFold<T>, V, 1> cascade;
  V a[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
  int64_t i = 0;
  for (int step = 1; n - i >= 4 * W; i += 4 * W, ++step) {
    for (int u = 0; u < 4; ++u) a[u] = a[u] + f(i + u * W, V::W);
    if (step < 8) continue;
    V block[1] = {(a[0] + a[1]) + (a[2] + a[3])};
    cascade.push(block);
    for (int u = 0; u < 4; ++u) a[u] = V::zero();
    step = 0;
  }
  V total[1] = {(a[0] + a[1]) + (a[2] + a[3])};
  for (; i < n; i += W) {
    total[0] = total[0] + f(i, static_cast<int>(n - i < W ? n - i : W));
  }
  cascade.total(total);
  return reduce_add(total[0]);
}

// Sum over i < n of f(i), lane by lane.
template <class T, class F>
NABLA_INLINE typename Kind<T>::V sum_col(int64_t n, F&& f) {
  using V = typename Kind<T>::V;
  constexpr int64_t kBlock = 32;
  Cascade<SumFold<T>, V, 1> cascade;
  int64_t i = 0;
  while (n - i > kBlock) {
    V block[1] = {V::zero()};
    for (const int64_t end = i + kBlock; i < end; ++i) block[0] = block[0] + f(i);
    cascade.push(block);
  }
  V total[1] = {V::zero()};
  for (; i < n; ++i) total[0] = total[0] + f(i);
  cascade.total(total);
  return total[0];
}

// Calls f(i, lanes) for each vector of [0, n).
template <class T, class F>
NABLA_INLINE void for_lanes(int64_t n, F&& f) {
  constexpr int64_t W = Kind<T>::V::W;
  int64_t i = 0;
  for (; n - i >= W; i += W) f(i, static_cast<int>(W));
  if (i < n) f(i, static_cast<int>(n - i));
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
