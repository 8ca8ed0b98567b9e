// Square transposes in registers: r[i] lane j <-> r[j] lane i.
#pragma once

#include "tile.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

template <class V>
NABLA_INLINE void transpose(V r[V::W]) {
  constexpr int W = V::W;
  alignas(64) typename V::T in[W][W], out[W][W];
  for (int i = 0; i < W; ++i) r[i].store(in[i]);
  for (int i = 0; i < W; ++i)
    for (int j = 0; j < W; ++j) out[j][i] = in[i][j];
  for (int i = 0; i < W; ++i) r[i] = V::load(out[i]);
}

#if defined(NABLA_ISA_AVX512)

template <>
NABLA_INLINE void transpose<F32>(F32 r[16]) {
  __m512 t[16];
  NABLA_UNROLL
  for (int i = 0; i < 8; ++i) {
    t[2 * i] = _mm512_unpacklo_ps(r[2 * i].v, r[2 * i + 1].v);
    t[2 * i + 1] = _mm512_unpackhi_ps(r[2 * i].v, r[2 * i + 1].v);
  }
  __m512 s[16];
  NABLA_UNROLL
  for (int i = 0; i < 4; ++i) {
    const __m512d a = _mm512_castps_pd(t[4 * i]), b = _mm512_castps_pd(t[4 * i + 2]);
    const __m512d c = _mm512_castps_pd(t[4 * i + 1]), d = _mm512_castps_pd(t[4 * i + 3]);
    s[4 * i] = _mm512_castpd_ps(_mm512_unpacklo_pd(a, b));
    s[4 * i + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(a, b));
    s[4 * i + 2] = _mm512_castpd_ps(_mm512_unpacklo_pd(c, d));
    s[4 * i + 3] = _mm512_castpd_ps(_mm512_unpackhi_pd(c, d));
  }
  NABLA_UNROLL
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm512_shuffle_f32x4(s[i], s[4 + i], 0x88);
    t[4 + i] = _mm512_shuffle_f32x4(s[i], s[4 + i], 0xdd);
    t[8 + i] = _mm512_shuffle_f32x4(s[8 + i], s[12 + i], 0x88);
    t[12 + i] = _mm512_shuffle_f32x4(s[8 + i], s[12 + i], 0xdd);
  }
  NABLA_UNROLL
  for (int i = 0; i < 4; ++i) {
    r[i].v = _mm512_shuffle_f32x4(t[i], t[8 + i], 0x88);
    r[8 + i].v = _mm512_shuffle_f32x4(t[i], t[8 + i], 0xdd);
    r[4 + i].v = _mm512_shuffle_f32x4(t[4 + i], t[12 + i], 0x88);
    r[12 + i].v = _mm512_shuffle_f32x4(t[4 + i], t[12 + i], 0xdd);
  }
}

template <>
NABLA_INLINE void transpose<F64>(F64 r[8]) {
  __m512d t[8], s[8];
  NABLA_UNROLL
  for (int i = 0; i < 4; ++i) {
    t[2 * i] = _mm512_unpacklo_pd(r[2 * i].v, r[2 * i + 1].v);
    t[2 * i + 1] = _mm512_unpackhi_pd(r[2 * i].v, r[2 * i + 1].v);
  }
  NABLA_UNROLL
  for (int i = 0; i < 2; ++i) {  // i: column parity
    s[i] = _mm512_shuffle_f64x2(t[i], t[2 + i], 0x88);
    s[2 + i] = _mm512_shuffle_f64x2(t[i], t[2 + i], 0xdd);
    s[4 + i] = _mm512_shuffle_f64x2(t[4 + i], t[6 + i], 0x88);
    s[6 + i] = _mm512_shuffle_f64x2(t[4 + i], t[6 + i], 0xdd);
  }
  NABLA_UNROLL
  for (int i = 0; i < 2; ++i) {
    r[i].v = _mm512_shuffle_f64x2(s[i], s[4 + i], 0x88);
    r[4 + i].v = _mm512_shuffle_f64x2(s[i], s[4 + i], 0xdd);
    r[2 + i].v = _mm512_shuffle_f64x2(s[2 + i], s[6 + i], 0x88);
    r[6 + i].v = _mm512_shuffle_f64x2(s[2 + i], s[6 + i], 0xdd);
  }
}

#elif defined(NABLA_ISA_AVX2)

template <>
NABLA_INLINE void transpose<F32>(F32 r[8]) {
  __m256 t[8], s[8];
  NABLA_UNROLL
  for (int i = 0; i < 4; ++i) {
    t[2 * i] = _mm256_unpacklo_ps(r[2 * i].v, r[2 * i + 1].v);
    t[2 * i + 1] = _mm256_unpackhi_ps(r[2 * i].v, r[2 * i + 1].v);
  }
  NABLA_UNROLL
  for (int i = 0; i < 2; ++i) {
    s[4 * i] = _mm256_shuffle_ps(t[4 * i], t[4 * i + 2], 0x44);
    s[4 * i + 1] = _mm256_shuffle_ps(t[4 * i], t[4 * i + 2], 0xee);
    s[4 * i + 2] = _mm256_shuffle_ps(t[4 * i + 1], t[4 * i + 3], 0x44);
    s[4 * i + 3] = _mm256_shuffle_ps(t[4 * i + 1], t[4 * i + 3], 0xee);
  }
  NABLA_UNROLL
  for (int i = 0; i < 4; ++i) {
    r[i].v = _mm256_permute2f128_ps(s[i], s[4 + i], 0x20);
    r[4 + i].v = _mm256_permute2f128_ps(s[i], s[4 + i], 0x31);
  }
}

template <>
NABLA_INLINE void transpose<F64>(F64 r[4]) {
  const __m256d a = _mm256_unpacklo_pd(r[0].v, r[1].v), b = _mm256_unpackhi_pd(r[0].v, r[1].v);
  const __m256d c = _mm256_unpacklo_pd(r[2].v, r[3].v), d = _mm256_unpackhi_pd(r[2].v, r[3].v);
  r[0].v = _mm256_permute2f128_pd(a, c, 0x20);
  r[1].v = _mm256_permute2f128_pd(b, d, 0x20);
  r[2].v = _mm256_permute2f128_pd(a, c, 0x31);
  r[3].v = _mm256_permute2f128_pd(b, d, 0x31);
}

#elif defined(NABLA_ISA_NEON)

template <>
NABLA_INLINE void transpose<F32>(F32 r[4]) {
  const float32x4x2_t a = vtrnq_f32(r[0].v, r[1].v), b = vtrnq_f32(r[2].v, r[3].v);
  r[0].v = vcombine_f32(vget_low_f32(a.val[0]), vget_low_f32(b.val[0]));
  r[1].v = vcombine_f32(vget_low_f32(a.val[1]), vget_low_f32(b.val[1]));
  r[2].v = vcombine_f32(vget_high_f32(a.val[0]), vget_high_f32(b.val[0]));
  r[3].v = vcombine_f32(vget_high_f32(a.val[1]), vget_high_f32(b.val[1]));
}

#endif

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
