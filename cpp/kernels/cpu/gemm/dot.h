// C(m,n) = A(m,k) B(n,k)^T as dot products of rows, nothing packed: for a handful of rows on one
// side.
#pragma once

#include "pack.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// Sums over the lanes of `count` vectors. AVX-512 has a tree for 16 at once: 15 additions for all.
template <class V>
NABLA_INLINE void sum_lanes(const V* acc, int count, typename V::T* out) {
  for (int i = 0; i < count; ++i) out[i] = reduce_add(acc[i]);
}

#if defined(NABLA_ISA_AVX512)
NABLA_INLINE F32 sum_lanes_16(const F32* r) {
  __m512 s[8], t[4];
  NABLA_UNROLL
  for (int q = 0; q < 8; ++q)
    s[q] = _mm512_add_ps(_mm512_shuffle_f32x4(r[q].v, r[q + 8].v, 0x44),
                         _mm512_shuffle_f32x4(r[q].v, r[q + 8].v, 0xee));
  NABLA_UNROLL
  for (int q = 0; q < 4; ++q)
    t[q] = _mm512_add_ps(_mm512_shuffle_f32x4(s[q], s[q + 4], 0x88),
                         _mm512_shuffle_f32x4(s[q], s[q + 4], 0xdd));
  const __m512 u0 = _mm512_add_ps(_mm512_unpacklo_ps(t[0], t[1]), _mm512_unpackhi_ps(t[0], t[1]));
  const __m512 u1 = _mm512_add_ps(_mm512_unpacklo_ps(t[2], t[3]), _mm512_unpackhi_ps(t[2], t[3]));
  const __m512 w = _mm512_add_ps(_mm512_shuffle_ps(u0, u1, 0x44), _mm512_shuffle_ps(u0, u1, 0xee));
  return {_mm512_shuffle_f32x4(w, w, 0xd8)};
}
#endif

// out[i * N + j] = sum_k a[i * lda + k] * b[j * ldb + k]
template <class V, int M, int N>
void dot_tile(int64_t depth, const typename V::T* a, int64_t lda, const typename V::T* b,
              int64_t ldb, typename V::T* out) {
  constexpr int W = V::W;
  V acc[M * N];
  NABLA_UNROLL
  for (int i = 0; i < M * N; ++i) acc[i] = V::zero();
  auto step = [&](auto load, int64_t k) __attribute__((always_inline)) {
    V av[M];
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) av[i] = load(a + i * lda + k);
    NABLA_UNROLL
    for (int j = 0; j < N; ++j) {
      const V bv = load(b + j * ldb + k);
      NABLA_UNROLL
      for (int i = 0; i < M; ++i) acc[i * N + j] = fma(av[i], bv, acc[i * N + j]);
    }
  };
  int64_t k = 0;
  NABLA_NO_UNROLL
  for (; k + W <= depth; k += W)
    step(
        [](const auto* p) __attribute__((always_inline)) { return V::load(p); }, k);
  if (k < depth) {
    const int n = static_cast<int>(depth - k);
    step(
        [n](const auto* p) __attribute__((always_inline)) { return V::load_n(p, n); }, k);
  }
#if defined(NABLA_ISA_AVX512)
  if constexpr (M * N == 16 && sizeof(typename V::T) == 4) {
    sum_lanes_16(acc).store(out);
    return;
  }
#endif
  sum_lanes(acc, M * N, out);
}

template <class T>
using DotFn = void (*)(int64_t, const T*, int64_t, const T*, int64_t, T*);

// Tiles of 4 x 4 where there are that many rows and columns; [rows - 1][columns - 1]
template <class V>
constexpr DotFn<typename V::T> kDotTiles[4][4] = {
    {dot_tile<V, 1, 1>, dot_tile<V, 1, 2>, dot_tile<V, 1, 3>, dot_tile<V, 1, 4>},
    {dot_tile<V, 2, 1>, dot_tile<V, 2, 2>, dot_tile<V, 2, 3>, dot_tile<V, 2, 4>},
    {dot_tile<V, 3, 1>, dot_tile<V, 3, 2>, dot_tile<V, 3, 3>, dot_tile<V, 3, 4>},
    {dot_tile<V, 4, 1>, dot_tile<V, 4, 2>, dot_tile<V, 4, 3>, dot_tile<V, 4, 4>}};

template <class V>
void dot_product(const GemmArgs<typename V::T>& g, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  using T = typename V::T;
  alignas(64) T out[16];
  for (int64_t j = n0; j < n1; j += 4) {
    const int n = static_cast<int>(min64(4, n1 - j));
    for (int64_t i = m0; i < m1; i += 4) {
      const int m = static_cast<int>(min64(4, m1 - i));
      kDotTiles<V>[m - 1][n - 1](g.k, g.a + i * g.lda, g.lda, g.b + j * g.ldb, g.ldb, out);
      for (int p = 0; p < m; ++p) {
        T* c = g.c + (i + p) * g.ldc + j;
        const T bias_m = g.bias_m ? g.bias_m[i + p] : T(0);
        for (int q = 0; q < n; ++q) {
          T v = out[p * n + q];
          if (g.alpha != 1) v *= g.alpha;
          if (g.beta != 0) v += c[q];
          if (g.bias_n) v += g.bias_n[j + q];
          if (g.bias_m) v += bias_m;
          if (g.relu && v < 0) v = 0;
          c[q] = v;
        }
      }
    }
  }
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
