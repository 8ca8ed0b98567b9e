#pragma once
// AVX-512 (f, bw, dq, vl): 16 floats, 8 doubles, masks in mask registers. Vocabulary: vec.h.
#include <immintrin.h>

namespace nabla::kernels::NABLA_ISA {
namespace {

struct M32 {
  __mmask16 m;
  static NABLA_INLINE M32 first_n(int n) { return {static_cast<__mmask16>((1u << n) - 1u)}; }
};
struct M64 {
  __mmask8 m;
  static NABLA_INLINE M64 first_n(int n) { return {static_cast<__mmask8>((1u << n) - 1u)}; }
};
NABLA_INLINE M32 operator&(M32 a, M32 b) { return {static_cast<__mmask16>(a.m & b.m)}; }
NABLA_INLINE M32 operator|(M32 a, M32 b) { return {static_cast<__mmask16>(a.m | b.m)}; }
NABLA_INLINE M32 operator^(M32 a, M32 b) { return {static_cast<__mmask16>(a.m ^ b.m)}; }
NABLA_INLINE M32 operator~(M32 a) { return {static_cast<__mmask16>(~a.m)}; }
NABLA_INLINE M64 operator&(M64 a, M64 b) { return {static_cast<__mmask8>(a.m & b.m)}; }
NABLA_INLINE M64 operator|(M64 a, M64 b) { return {static_cast<__mmask8>(a.m | b.m)}; }
NABLA_INLINE M64 operator^(M64 a, M64 b) { return {static_cast<__mmask8>(a.m ^ b.m)}; }
NABLA_INLINE M64 operator~(M64 a) { return {static_cast<__mmask8>(~a.m)}; }
NABLA_INLINE bool any(M32 a) { return a.m != 0; }
NABLA_INLINE bool any(M64 a) { return a.m != 0; }
NABLA_INLINE bool none(M32 a) { return a.m == 0; }
NABLA_INLINE bool none(M64 a) { return a.m == 0; }
NABLA_INLINE bool all(M32 a) { return a.m == 0xFFFF; }
NABLA_INLINE bool all(M64 a) { return a.m == 0xFF; }

struct I32 {
  static constexpr int W = 16;
  __m512i v;
  static NABLA_INLINE I32 load(const int32_t* p) { return {_mm512_loadu_si512(p)}; }
  static NABLA_INLINE I32 load_n(const int32_t* p, int n) {
    return {_mm512_maskz_loadu_epi32(M32::first_n(n).m, p)};
  }
  static NABLA_INLINE I32 set1(int32_t x) { return {_mm512_set1_epi32(x)}; }
  static NABLA_INLINE I32 zero() { return {_mm512_setzero_si512()}; }
  NABLA_INLINE void store(int32_t* p) const { _mm512_storeu_si512(p, v); }
  NABLA_INLINE void store_n(int32_t* p, int n) const {
    _mm512_mask_storeu_epi32(p, M32::first_n(n).m, v);
  }
};
NABLA_INLINE I32 operator+(I32 a, I32 b) { return {_mm512_add_epi32(a.v, b.v)}; }
NABLA_INLINE I32 operator-(I32 a, I32 b) { return {_mm512_sub_epi32(a.v, b.v)}; }
NABLA_INLINE I32 operator&(I32 a, I32 b) { return {_mm512_and_si512(a.v, b.v)}; }
NABLA_INLINE I32 operator|(I32 a, I32 b) { return {_mm512_or_si512(a.v, b.v)}; }
NABLA_INLINE I32 operator^(I32 a, I32 b) { return {_mm512_xor_si512(a.v, b.v)}; }
template <int K>
NABLA_INLINE I32 shl(I32 a) {
  return {_mm512_slli_epi32(a.v, K)};
}
template <int K>
NABLA_INLINE I32 shr(I32 a) {
  return {_mm512_srli_epi32(a.v, K)};
}
template <int K>
NABLA_INLINE I32 sra(I32 a) {
  return {_mm512_srai_epi32(a.v, K)};
}
NABLA_INLINE M32 eq(I32 a, I32 b) { return {_mm512_cmpeq_epi32_mask(a.v, b.v)}; }
NABLA_INLINE M32 gt(I32 a, I32 b) { return {_mm512_cmpgt_epi32_mask(a.v, b.v)}; }
NABLA_INLINE M32 lt(I32 a, I32 b) { return {_mm512_cmplt_epi32_mask(a.v, b.v)}; }
NABLA_INLINE I32 select(M32 m, I32 a, I32 b) { return {_mm512_mask_blend_epi32(m.m, b.v, a.v)}; }

struct I64 {
  static constexpr int W = 8;
  __m512i v;
  static NABLA_INLINE I64 load(const int64_t* p) { return {_mm512_loadu_si512(p)}; }
  static NABLA_INLINE I64 set1(int64_t x) { return {_mm512_set1_epi64(x)}; }
  static NABLA_INLINE I64 zero() { return {_mm512_setzero_si512()}; }
  NABLA_INLINE void store(int64_t* p) const { _mm512_storeu_si512(p, v); }
};
NABLA_INLINE I64 operator+(I64 a, I64 b) { return {_mm512_add_epi64(a.v, b.v)}; }
NABLA_INLINE I64 operator-(I64 a, I64 b) { return {_mm512_sub_epi64(a.v, b.v)}; }
NABLA_INLINE I64 operator&(I64 a, I64 b) { return {_mm512_and_si512(a.v, b.v)}; }
NABLA_INLINE I64 operator|(I64 a, I64 b) { return {_mm512_or_si512(a.v, b.v)}; }
NABLA_INLINE I64 operator^(I64 a, I64 b) { return {_mm512_xor_si512(a.v, b.v)}; }
template <int K>
NABLA_INLINE I64 shl(I64 a) {
  return {_mm512_slli_epi64(a.v, K)};
}
template <int K>
NABLA_INLINE I64 shr(I64 a) {
  return {_mm512_srli_epi64(a.v, K)};
}
NABLA_INLINE I64 select(M64 m, I64 a, I64 b) { return {_mm512_mask_blend_epi64(m.m, b.v, a.v)}; }
NABLA_INLINE M64 eq(I64 a, I64 b) { return {_mm512_cmpeq_epi64_mask(a.v, b.v)}; }

struct F32 {
  static constexpr int W = 16;
  using T = float;
  __m512 v;
  static NABLA_INLINE F32 load(const float* p) { return {_mm512_loadu_ps(p)}; }
  static NABLA_INLINE F32 load_n(const float* p, int n) {
    return {_mm512_maskz_loadu_ps(M32::first_n(n).m, p)};
  }
  static NABLA_INLINE F32 set1(float x) { return {_mm512_set1_ps(x)}; }
  static NABLA_INLINE F32 zero() { return {_mm512_setzero_ps()}; }
  NABLA_INLINE void store(float* p) const { _mm512_storeu_ps(p, v); }
  NABLA_INLINE void store_n(float* p, int n) const {
    _mm512_mask_storeu_ps(p, M32::first_n(n).m, v);
  }
  NABLA_INLINE void stream(float* p) const { _mm512_stream_ps(p, v); }
};
struct F64 {
  static constexpr int W = 8;
  using T = double;
  __m512d v;
  static NABLA_INLINE F64 load(const double* p) { return {_mm512_loadu_pd(p)}; }
  static NABLA_INLINE F64 load_n(const double* p, int n) {
    return {_mm512_maskz_loadu_pd(M64::first_n(n).m, p)};
  }
  static NABLA_INLINE F64 set1(double x) { return {_mm512_set1_pd(x)}; }
  static NABLA_INLINE F64 zero() { return {_mm512_setzero_pd()}; }
  NABLA_INLINE void store(double* p) const { _mm512_storeu_pd(p, v); }
  NABLA_INLINE void store_n(double* p, int n) const {
    _mm512_mask_storeu_pd(p, M64::first_n(n).m, v);
  }
  NABLA_INLINE void stream(double* p) const { _mm512_stream_pd(p, v); }
};
NABLA_INLINE void stream_fence() { _mm_sfence(); }
NABLA_INLINE F32 load_if(M32 m, const float* p) { return {_mm512_maskz_loadu_ps(m.m, p)}; }

NABLA_INLINE I32 to_bits(F32 a) { return {_mm512_castps_si512(a.v)}; }
NABLA_INLINE F32 from_bits(I32 a) { return {_mm512_castsi512_ps(a.v)}; }
NABLA_INLINE I64 to_bits(F64 a) { return {_mm512_castpd_si512(a.v)}; }
NABLA_INLINE F64 from_bits(I64 a) { return {_mm512_castsi512_pd(a.v)}; }

// ---- float32
NABLA_INLINE F32 operator+(F32 a, F32 b) { return {_mm512_add_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator-(F32 a, F32 b) { return {_mm512_sub_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator*(F32 a, F32 b) { return {_mm512_mul_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator/(F32 a, F32 b) { return {_mm512_div_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator-(F32 a) { return {_mm512_xor_ps(a.v, _mm512_set1_ps(-0.f))}; }
NABLA_INLINE F32 fma(F32 a, F32 b, F32 c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
NABLA_INLINE F32 fnma(F32 a, F32 b, F32 c) { return {_mm512_fnmadd_ps(a.v, b.v, c.v)}; }
NABLA_INLINE F32 fms(F32 a, F32 b, F32 c) { return {_mm512_fmsub_ps(a.v, b.v, c.v)}; }
NABLA_INLINE M32 lt(F32 a, F32 b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)}; }
NABLA_INLINE M32 le(F32 a, F32 b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LE_OQ)}; }
NABLA_INLINE M32 gt(F32 a, F32 b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GT_OQ)}; }
NABLA_INLINE M32 ge(F32 a, F32 b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GE_OQ)}; }
NABLA_INLINE M32 eq(F32 a, F32 b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_EQ_OQ)}; }
NABLA_INLINE M32 ne(F32 a, F32 b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_NEQ_UQ)}; }
NABLA_INLINE M32 is_nan(F32 a) { return {_mm512_cmp_ps_mask(a.v, a.v, _CMP_UNORD_Q)}; }
NABLA_INLINE F32 select(M32 m, F32 a, F32 b) { return {_mm512_mask_blend_ps(m.m, b.v, a.v)}; }
NABLA_INLINE F32 max_num(F32 a, F32 b) { return {_mm512_max_ps(a.v, b.v)}; }
NABLA_INLINE F32 min_num(F32 a, F32 b) { return {_mm512_min_ps(a.v, b.v)}; }
NABLA_INLINE F32 maximum(F32 a, F32 b) { return select(is_nan(a), a, max_num(a, b)); }
NABLA_INLINE F32 minimum(F32 a, F32 b) { return select(is_nan(a), a, min_num(a, b)); }
NABLA_INLINE F32 sqrt(F32 a) { return {_mm512_sqrt_ps(a.v)}; }
NABLA_INLINE F32 abs(F32 a) { return {_mm512_andnot_ps(_mm512_set1_ps(-0.f), a.v)}; }
NABLA_INLINE F32 copysign(F32 a, F32 s) {
  // (a & ~sign) | (s & sign) as one ternary logic instruction
  return {_mm512_castsi512_ps(_mm512_ternarylogic_epi32(
      _mm512_set1_epi32(INT32_MIN), _mm512_castps_si512(s.v), _mm512_castps_si512(a.v), 0xCA))};
}
NABLA_INLINE F32 floor(F32 a) { return {_mm512_roundscale_ps(a.v, 0x09)}; }
NABLA_INLINE F32 ceil(F32 a) { return {_mm512_roundscale_ps(a.v, 0x0A)}; }
NABLA_INLINE F32 trunc(F32 a) { return {_mm512_roundscale_ps(a.v, 0x0B)}; }
NABLA_INLINE F32 round_even(F32 a) { return {_mm512_roundscale_ps(a.v, 0x08)}; }
NABLA_INLINE I32 to_i32(F32 a) { return {_mm512_cvtps_epi32(a.v)}; }
NABLA_INLINE F32 from_i32(I32 a) { return {_mm512_cvtepi32_ps(a.v)}; }
NABLA_INLINE F32 scale2(F32 x, F32 n) { return {_mm512_scalef_ps(x.v, n.v)}; }
NABLA_INLINE F32 exponent_split(F32 x, F32& e) {
  F32 m = {_mm512_getmant_ps(x.v, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_zero)};
  e = {_mm512_getexp_ps(x.v)};
  const __mmask16 big = _mm512_cmp_ps_mask(m.v, _mm512_set1_ps(1.41421354f), _CMP_GT_OQ);
  e = {_mm512_mask_add_ps(e.v, big, e.v, _mm512_set1_ps(1.f))};
  return {_mm512_mask_mul_ps(m.v, big, m.v, _mm512_set1_ps(.5f))};
}
NABLA_INLINE float reduce_add(F32 a) {
  const __m256 h = _mm256_add_ps(_mm512_castps512_ps256(a.v), _mm512_extractf32x8_ps(a.v, 1));
  __m128 q = _mm_add_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
  q = _mm_add_ps(q, _mm_movehl_ps(q, q));
  return _mm_cvtss_f32(_mm_add_ss(q, _mm_movehdup_ps(q)));
}
NABLA_INLINE float reduce_max(F32 a) {
  const __m256 h = _mm256_max_ps(_mm512_castps512_ps256(a.v), _mm512_extractf32x8_ps(a.v, 1));
  __m128 q = _mm_max_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
  q = _mm_max_ps(q, _mm_movehl_ps(q, q));
  return _mm_cvtss_f32(_mm_max_ss(q, _mm_movehdup_ps(q)));
}
NABLA_INLINE float reduce_min(F32 a) {
  const __m256 h = _mm256_min_ps(_mm512_castps512_ps256(a.v), _mm512_extractf32x8_ps(a.v, 1));
  __m128 q = _mm_min_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
  q = _mm_min_ps(q, _mm_movehl_ps(q, q));
  return _mm_cvtss_f32(_mm_min_ss(q, _mm_movehdup_ps(q)));
}

// ---- float64
NABLA_INLINE F64 operator+(F64 a, F64 b) { return {_mm512_add_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator-(F64 a, F64 b) { return {_mm512_sub_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator*(F64 a, F64 b) { return {_mm512_mul_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator/(F64 a, F64 b) { return {_mm512_div_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator-(F64 a) { return {_mm512_xor_pd(a.v, _mm512_set1_pd(-0.0))}; }
NABLA_INLINE F64 fma(F64 a, F64 b, F64 c) { return {_mm512_fmadd_pd(a.v, b.v, c.v)}; }
NABLA_INLINE F64 fnma(F64 a, F64 b, F64 c) { return {_mm512_fnmadd_pd(a.v, b.v, c.v)}; }
NABLA_INLINE F64 fms(F64 a, F64 b, F64 c) { return {_mm512_fmsub_pd(a.v, b.v, c.v)}; }
NABLA_INLINE M64 lt(F64 a, F64 b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)}; }
NABLA_INLINE M64 le(F64 a, F64 b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ)}; }
NABLA_INLINE M64 gt(F64 a, F64 b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GT_OQ)}; }
NABLA_INLINE M64 ge(F64 a, F64 b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GE_OQ)}; }
NABLA_INLINE M64 eq(F64 a, F64 b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_EQ_OQ)}; }
NABLA_INLINE M64 ne(F64 a, F64 b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_NEQ_UQ)}; }
NABLA_INLINE M64 is_nan(F64 a) { return {_mm512_cmp_pd_mask(a.v, a.v, _CMP_UNORD_Q)}; }
NABLA_INLINE F64 select(M64 m, F64 a, F64 b) { return {_mm512_mask_blend_pd(m.m, b.v, a.v)}; }
NABLA_INLINE F64 max_num(F64 a, F64 b) { return {_mm512_max_pd(a.v, b.v)}; }
NABLA_INLINE F64 min_num(F64 a, F64 b) { return {_mm512_min_pd(a.v, b.v)}; }
NABLA_INLINE F64 maximum(F64 a, F64 b) { return select(is_nan(a), a, max_num(a, b)); }
NABLA_INLINE F64 minimum(F64 a, F64 b) { return select(is_nan(a), a, min_num(a, b)); }
NABLA_INLINE F64 sqrt(F64 a) { return {_mm512_sqrt_pd(a.v)}; }
NABLA_INLINE F64 abs(F64 a) { return {_mm512_andnot_pd(_mm512_set1_pd(-0.0), a.v)}; }
NABLA_INLINE F64 copysign(F64 a, F64 s) {
  return {_mm512_castsi512_pd(_mm512_ternarylogic_epi64(
      _mm512_set1_epi64(INT64_MIN), _mm512_castpd_si512(s.v), _mm512_castpd_si512(a.v), 0xCA))};
}
NABLA_INLINE F64 floor(F64 a) { return {_mm512_roundscale_pd(a.v, 0x09)}; }
NABLA_INLINE F64 ceil(F64 a) { return {_mm512_roundscale_pd(a.v, 0x0A)}; }
NABLA_INLINE F64 trunc(F64 a) { return {_mm512_roundscale_pd(a.v, 0x0B)}; }
NABLA_INLINE F64 round_even(F64 a) { return {_mm512_roundscale_pd(a.v, 0x08)}; }
NABLA_INLINE F64 scale2(F64 x, F64 n) { return {_mm512_scalef_pd(x.v, n.v)}; }
NABLA_INLINE F64 exponent_split(F64 x, F64& e) {
  F64 m = {_mm512_getmant_pd(x.v, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_zero)};
  e = {_mm512_getexp_pd(x.v)};
  const __mmask8 big = _mm512_cmp_pd_mask(m.v, _mm512_set1_pd(1.4142135623730951), _CMP_GT_OQ);
  e = {_mm512_mask_add_pd(e.v, big, e.v, _mm512_set1_pd(1.0))};
  return {_mm512_mask_mul_pd(m.v, big, m.v, _mm512_set1_pd(.5))};
}
NABLA_INLINE double reduce_add(F64 a) {
  const __m256d h = _mm256_add_pd(_mm512_castpd512_pd256(a.v), _mm512_extractf64x4_pd(a.v, 1));
  const __m128d q = _mm_add_pd(_mm256_castpd256_pd128(h), _mm256_extractf128_pd(h, 1));
  return _mm_cvtsd_f64(_mm_add_sd(q, _mm_unpackhi_pd(q, q)));
}
NABLA_INLINE double reduce_max(F64 a) {
  const __m256d h = _mm256_max_pd(_mm512_castpd512_pd256(a.v), _mm512_extractf64x4_pd(a.v, 1));
  const __m128d q = _mm_max_pd(_mm256_castpd256_pd128(h), _mm256_extractf128_pd(h, 1));
  return _mm_cvtsd_f64(_mm_max_sd(q, _mm_unpackhi_pd(q, q)));
}
NABLA_INLINE double reduce_min(F64 a) {
  const __m256d h = _mm256_min_pd(_mm512_castpd512_pd256(a.v), _mm512_extractf64x4_pd(a.v, 1));
  const __m128d q = _mm_min_pd(_mm256_castpd256_pd128(h), _mm256_extractf128_pd(h, 1));
  return _mm_cvtsd_f64(_mm_min_sd(q, _mm_unpackhi_pd(q, q)));
}

// ---- conversions
NABLA_INLINE F64 widen_lo(F32 a) { return {_mm512_cvtps_pd(_mm512_castps512_ps256(a.v))}; }
NABLA_INLINE F64 widen_hi(F32 a) { return {_mm512_cvtps_pd(_mm512_extractf32x8_ps(a.v, 1))}; }
NABLA_INLINE F32 narrow(F64 lo, F64 hi) {
  return {
      _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(lo.v)), _mm512_cvtpd_ps(hi.v), 1)};
}
NABLA_INLINE F32 load_f16(const uint16_t* p) {
  return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
}
NABLA_INLINE F32 load_f16_n(const uint16_t* p, int n) {
  return {_mm512_cvtph_ps(_mm256_maskz_loadu_epi16(M32::first_n(n).m, p))};
}
NABLA_INLINE void store_f16(uint16_t* p, F32 a) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), _mm512_cvtps_ph(a.v, 0x08));
}
NABLA_INLINE void store_f16_n(uint16_t* p, F32 a, int n) {
  _mm256_mask_storeu_epi16(p, M32::first_n(n).m, _mm512_cvtps_ph(a.v, 0x08));
}
NABLA_INLINE F32 load_bf16(const uint16_t* p) {
  const __m256i h = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(h), 16))};
}
NABLA_INLINE F32 load_bf16_n(const uint16_t* p, int n) {
  const __m256i h = _mm256_maskz_loadu_epi16(M32::first_n(n).m, p);
  return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(h), 16))};
}
NABLA_INLINE __m256i bf16_bits(F32 a) {
  const __m512i u = _mm512_castps_si512(a.v);
  const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(u, 16), _mm512_set1_epi32(1));
  __m512i r = _mm512_add_epi32(_mm512_add_epi32(u, _mm512_set1_epi32(0x7FFF)), odd);
  r = _mm512_mask_mov_epi32(_mm512_srli_epi32(r, 16), is_nan(a).m, _mm512_set1_epi32(0x7FC0));
  return _mm512_cvtepi32_epi16(r);
}
NABLA_INLINE void store_bf16(uint16_t* p, F32 a) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), bf16_bits(a));
}
NABLA_INLINE void store_bf16_n(uint16_t* p, F32 a, int n) {
  _mm256_mask_storeu_epi16(p, M32::first_n(n).m, bf16_bits(a));
}
NABLA_INLINE void load_bool(const uint8_t* p, M32& m) {
  const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  m.m = _mm_test_epi8_mask(b, b);
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M32& m) {
  const __m128i b = _mm_maskz_loadu_epi8(M32::first_n(n).m, p);
  m.m = _mm_test_epi8_mask(b, b);
}
NABLA_INLINE void load_bool(const uint8_t* p, M64& m) {
  const __m128i b = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
  m.m = static_cast<__mmask8>(_mm_test_epi8_mask(b, b));
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M64& m) {
  const __m128i b = _mm_maskz_loadu_epi8(M64::first_n(n).m, p);
  m.m = static_cast<__mmask8>(_mm_test_epi8_mask(b, b));
}
NABLA_INLINE void store_bool(uint8_t* p, M32 m) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm_maskz_set1_epi8(m.m, 1));
}
NABLA_INLINE void store_bool_n(uint8_t* p, M32 m, int n) {
  _mm_mask_storeu_epi8(p, M32::first_n(n).m, _mm_maskz_set1_epi8(m.m, 1));
}
NABLA_INLINE void store_bool(uint8_t* p, M64 m) {
  _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm_maskz_set1_epi8(m.m, 1));
}
NABLA_INLINE void store_bool_n(uint8_t* p, M64 m, int n) {
  _mm_mask_storeu_epi8(p, M64::first_n(n).m, _mm_maskz_set1_epi8(m.m, 1));
}

NABLA_INLINE void load_u8(const uint8_t* p, I32& a) {
  a.v = _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
}
NABLA_INLINE void load_u8_n(const uint8_t* p, int n, I32& a) {
  a.v = _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(M32::first_n(n).m, p));
}
NABLA_INLINE void load_u8(const uint8_t* p, I64& a) {
  a.v = _mm512_cvtepu8_epi64(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
}
NABLA_INLINE void load_u8_n(const uint8_t* p, int n, I64& a) {
  a.v = _mm512_cvtepu8_epi64(_mm_maskz_loadu_epi8(M64::first_n(n).m, p));
}
NABLA_INLINE void store_u8(uint8_t* p, I32 a) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(a.v));
}
NABLA_INLINE void store_u8_n(uint8_t* p, I32 a, int n) {
  _mm_mask_storeu_epi8(p, M32::first_n(n).m, _mm512_cvtepi32_epi8(a.v));
}
NABLA_INLINE void store_u8(uint8_t* p, I64 a) {
  _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm512_cvtepi64_epi8(a.v));
}
NABLA_INLINE void store_u8_n(uint8_t* p, I64 a, int n) {
  _mm_mask_storeu_epi8(p, M64::first_n(n).m, _mm512_cvtepi64_epi8(a.v));
}

NABLA_INLINE void deinterleave(F32 a, F32 b, F32& even, F32& odd) {
  const __m512i at = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  even.v = _mm512_permutex2var_ps(a.v, at, b.v);
  odd.v = _mm512_permutex2var_ps(a.v, _mm512_or_si512(at, _mm512_set1_epi32(1)), b.v);
}
NABLA_INLINE void interleave(F32 even, F32 odd, F32& a, F32& b) {
  const __m512i at = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  a.v = _mm512_permutex2var_ps(even.v, at, odd.v);
  b.v = _mm512_permutex2var_ps(even.v, _mm512_or_si512(at, _mm512_set1_epi32(8)), odd.v);
}
NABLA_INLINE void deinterleave(F64 a, F64 b, F64& even, F64& odd) {
  even.v = _mm512_permutex2var_pd(a.v, _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14), b.v);
  odd.v = _mm512_permutex2var_pd(a.v, _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15), b.v);
}
NABLA_INLINE void interleave(F64 even, F64 odd, F64& a, F64& b) {
  a.v = _mm512_permutex2var_pd(even.v, _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11), odd.v);
  b.v = _mm512_permutex2var_pd(even.v, _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15), odd.v);
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
