// C(m,n) = A(m,k) B(n,k)^T as dot products of rows, nothing packed: for a handful of rows on one
// side.
#pragma once

#include "pack.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// One tile is 1 x S, 2 x S/2 or 4 x S/4 dot products, S vectors of partial sums in registers.
#if defined(NABLA_ISA_AVX512) || defined(NABLA_ISA_NEON)
constexpr int kDotSums = 16;
#else
constexpr int kDotSums = 8;
#endif

// out[i] = sum over the lanes of r[i].
template <class V>
NABLA_INLINE void sum_lanes(const V* r, typename V::T* out) {
  NABLA_UNROLL
  for (int i = 0; i < kDotSums; ++i) out[i] = reduce_add(r[i]);
}

#if defined(NABLA_ISA_AVX512)
// A halving tree over all 16: 15 additions instead of 16 * 4.
template <>
NABLA_INLINE void sum_lanes<F32>(const F32* r, float* out) {
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
  _mm512_store_ps(out, _mm512_shuffle_f32x4(w, w, 0xd8));
}
#elif defined(NABLA_ISA_AVX2)
template <>
NABLA_INLINE void sum_lanes<F32>(const F32* r, float* out) {
  const __m256 a = _mm256_hadd_ps(_mm256_hadd_ps(r[0].v, r[1].v), _mm256_hadd_ps(r[2].v, r[3].v));
  const __m256 b = _mm256_hadd_ps(_mm256_hadd_ps(r[4].v, r[5].v), _mm256_hadd_ps(r[6].v, r[7].v));
  _mm256_store_ps(
      out, _mm256_add_ps(_mm256_permute2f128_ps(a, b, 0x20), _mm256_permute2f128_ps(a, b, 0x31)));
}
#endif

// Row i, columns [j, j + N): everything but the sums. Plain loops where N is less than a vector: a
// masked load would wait for the whole vector that was just stored.
template <class V, int N>
NABLA_INLINE void finish_dots(const GemmArgs<typename V::T>& g, int64_t i, int64_t j,
                              const typename V::T* sums) {
  using T = typename V::T;
  constexpr int W = V::W;
  T* c = g.c + i * g.ldc + j;
  const T* bias_n = g.bias_n ? g.bias_n + j : nullptr;
  if constexpr (N % W == 0) {
    for (int q = 0; q < N; q += W) {
      V v = V::load(sums + q);
      if (g.alpha != 1) v = v * V::set1(g.alpha);
      if (g.beta != 0) v = v + V::load(c + q);
      if (bias_n) v = v + V::load(bias_n + q);
      if (g.bias_m) v = v + V::set1(g.bias_m[i]);
      if (g.relu) v = max_num(V::zero(), v);  // this order keeps a NaN
      v.store(c + q);
    }
  } else {
    T v[N];
    for (int q = 0; q < N; ++q) v[q] = sums[q];
    if (g.alpha != 1)
      for (int q = 0; q < N; ++q) v[q] *= g.alpha;
    if (g.beta != 0)
      for (int q = 0; q < N; ++q) v[q] += c[q];
    if (bias_n)
      for (int q = 0; q < N; ++q) v[q] += bias_n[q];
    if (g.bias_m)
      for (int q = 0; q < N; ++q) v[q] += g.bias_m[i];
    if (g.relu)
      for (int q = 0; q < N; ++q) v[q] = v[q] < 0 ? T(0) : v[q];
    for (int q = 0; q < N; ++q) c[q] = v[q];
  }
}

// c[i][j] = sum_k a[i][k] * b[j][k] for i < rows <= M, j < N. Rows beyond `rows` repeat the last
// one.
template <class V, int M, int N>
void dot_tile(const GemmArgs<typename V::T>& g, int64_t i, int64_t j, int rows) {
  using T = typename V::T;
  constexpr int W = V::W;
  const int64_t ldb = g.ldb, ldb3 = 3 * g.ldb;
  const T* a[M];
  NABLA_UNROLL
  for (int p = 0; p < M; ++p) a[p] = g.a + (i + (p < rows ? p : rows - 1)) * g.lda;
  const T *b0 = g.b + j * ldb, *b1 = b0 + 4 * ldb, *b2 = b0 + 8 * ldb, *b3 = b0 + 12 * ldb;
  V acc[kDotSums];
  NABLA_UNROLL
  for (int p = 0; p < kDotSums; ++p) acc[p] = V::zero();
  auto step = [&](auto load, int64_t k) __attribute__((always_inline)) {
    V av[M];
    NABLA_UNROLL
    for (int p = 0; p < M; ++p) av[p] = load(a[p] + k);
    NABLA_UNROLL
    for (int q = 0; q < N; ++q) {
      const T* row = q < 4 ? b0 : q < 8 ? b1 : q < 12 ? b2 : b3;
      const int r = q & 3;
      const V bv = load(r == 0 ? row : r == 1 ? row + ldb : r == 2 ? row + 2 * ldb : row + ldb3);
      NABLA_UNROLL
      for (int p = 0; p < M; ++p) acc[p * N + q] = fma(av[p], bv, acc[p * N + q]);
    }
    b0 += W;
    if (N > 4) b1 += W;
    if (N > 8) b2 += W;
    if (N > 12) b3 += W;
    // keeps the compiler from making one pointer for each row
    asm volatile("" : "+r"(b0), "+r"(b1), "+r"(b2), "+r"(b3));
  };
  int64_t k = 0;
  NABLA_NO_UNROLL
  for (; k + W <= g.k; k += W)
    step(
        [](const T* p) __attribute__((always_inline)) { return V::load(p); }, k);
  if (k < g.k) {
    const int n = static_cast<int>(g.k - k);
    step(
        [n](const T* p) __attribute__((always_inline)) { return V::load_n(p, n); }, k);
  }
  alignas(64) T sums[kDotSums];
  sum_lanes<V>(acc, sums);
  for (int p = 0; p < rows; ++p) finish_dots<V, N>(g, i + p, j, sums + p * N);
}

template <class T>
using DotFn = void (*)(const GemmArgs<T>&, int64_t, int64_t, int);

template <class V, int M>
struct DotRow {
  DotFn<typename V::T> fn[kDotSums / M];
};
template <class V, int M, int... N>
constexpr DotRow<V, M> make_dot_row(Ints<N...>) {
  return {{dot_tile<V, M, N>...}};
}
template <class V, int M>
constexpr DotRow<V, M> kDotRow = make_dot_row<V, M>(typename MakeInts<kDotSums / M>::type{});

template <class V, int M>
void dot_rows(const GemmArgs<typename V::T>& g, int64_t i, int rows, int64_t n0, int64_t n1) {
  constexpr int N = kDotSums / M;
  int64_t j = n0;
  for (; j + N <= n1; j += N) dot_tile<V, M, N>(g, i, j, rows);
  if (j < n1) kDotRow<V, M>.fn[n1 - j - 1](g, i, j, rows);
}

template <class V>
void dot_product(const GemmArgs<typename V::T>& g, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  // column tiles outermost where B is the big one: it is read once
  const int64_t columns = n1 - n0 > m1 - m0 ? kDotSums : n1 - n0;
  for (int64_t j = n0; j < n1; j += columns) {
    const int64_t j1 = min64(j + columns, n1);
    for (int64_t i = m0; i < m1;) {
      const int64_t left = m1 - i;
      if (left == 1) {
        dot_rows<V, 1>(g, i, 1, j, j1);
        i += 1;
      } else if (left == 2 || left == 5 || left == 6) {  // 5 = 2 + 3, 6 = 2 + 4
        dot_rows<V, 2>(g, i, 2, j, j1);
        i += 2;
      } else {
        dot_rows<V, 4>(g, i, static_cast<int>(min64(4, left)), j, j1);
        i += min64(4, left);
      }
    }
  }
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
