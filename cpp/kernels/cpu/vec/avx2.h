#pragma once
// AVX2 + FMA + F16C: 8 floats, 4 doubles, masks as full-width lanes. Vocabulary: vec.h.
#include <immintrin.h>

namespace nabla::kernels::NABLA_ISA {
namespace {

// Lane i of the first n lanes is all ones: a window into eight ones followed by eight zeros.
alignas(32) constexpr int32_t kFirst32[16] = {-1, -1, -1, -1, -1, -1, -1, -1,
                                              0,  0,  0,  0,  0,  0,  0,  0};
alignas(32) constexpr int64_t kFirst64[8] = {-1, -1, -1, -1, 0, 0, 0, 0};

NABLA_INLINE __m256i load256(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}
NABLA_INLINE __m256i first32(int n) { return load256(kFirst32 + 8 - n); }
NABLA_INLINE __m256i first64(int n) { return load256(kFirst64 + 4 - n); }

struct M32 {
  __m256 m;
  static NABLA_INLINE M32 first_n(int n) { return {_mm256_castsi256_ps(first32(n))}; }
};
struct M64 {
  __m256d m;
  static NABLA_INLINE M64 first_n(int n) { return {_mm256_castsi256_pd(first64(n))}; }
};
NABLA_INLINE M32 operator&(M32 a, M32 b) { return {_mm256_and_ps(a.m, b.m)}; }
NABLA_INLINE M32 operator|(M32 a, M32 b) { return {_mm256_or_ps(a.m, b.m)}; }
NABLA_INLINE M32 operator^(M32 a, M32 b) { return {_mm256_xor_ps(a.m, b.m)}; }
NABLA_INLINE M32 operator~(M32 a) {
  return {_mm256_xor_ps(a.m, _mm256_castsi256_ps(_mm256_set1_epi32(-1)))};
}
NABLA_INLINE M64 operator&(M64 a, M64 b) { return {_mm256_and_pd(a.m, b.m)}; }
NABLA_INLINE M64 operator|(M64 a, M64 b) { return {_mm256_or_pd(a.m, b.m)}; }
NABLA_INLINE M64 operator^(M64 a, M64 b) { return {_mm256_xor_pd(a.m, b.m)}; }
NABLA_INLINE M64 operator~(M64 a) {
  return {_mm256_xor_pd(a.m, _mm256_castsi256_pd(_mm256_set1_epi32(-1)))};
}
NABLA_INLINE bool any(M32 a) { return _mm256_movemask_ps(a.m) != 0; }
NABLA_INLINE bool any(M64 a) { return _mm256_movemask_pd(a.m) != 0; }
NABLA_INLINE bool none(M32 a) { return _mm256_movemask_ps(a.m) == 0; }
NABLA_INLINE bool none(M64 a) { return _mm256_movemask_pd(a.m) == 0; }
NABLA_INLINE bool all(M32 a) { return _mm256_movemask_ps(a.m) == 0xFF; }
NABLA_INLINE bool all(M64 a) { return _mm256_movemask_pd(a.m) == 0xF; }

struct I32 {
  static constexpr int W = 8;
  __m256i v;
  static NABLA_INLINE I32 load(const int32_t* p) { return {load256(p)}; }
  static NABLA_INLINE I32 load_n(const int32_t* p, int n) {
    return {_mm256_maskload_epi32(p, first32(n))};
  }
  static NABLA_INLINE I32 set1(int32_t x) { return {_mm256_set1_epi32(x)}; }
  static NABLA_INLINE I32 zero() { return {_mm256_setzero_si256()}; }
  NABLA_INLINE void store(int32_t* p) const {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), v);
  }
  NABLA_INLINE void store_n(int32_t* p, int n) const { _mm256_maskstore_epi32(p, first32(n), v); }
};
NABLA_INLINE I32 operator+(I32 a, I32 b) { return {_mm256_add_epi32(a.v, b.v)}; }
NABLA_INLINE I32 operator-(I32 a, I32 b) { return {_mm256_sub_epi32(a.v, b.v)}; }
NABLA_INLINE I32 operator&(I32 a, I32 b) { return {_mm256_and_si256(a.v, b.v)}; }
NABLA_INLINE I32 operator|(I32 a, I32 b) { return {_mm256_or_si256(a.v, b.v)}; }
NABLA_INLINE I32 operator^(I32 a, I32 b) { return {_mm256_xor_si256(a.v, b.v)}; }
template <int K>
NABLA_INLINE I32 shl(I32 a) {
  return {_mm256_slli_epi32(a.v, K)};
}
template <int K>
NABLA_INLINE I32 shr(I32 a) {
  return {_mm256_srli_epi32(a.v, K)};
}
template <int K>
NABLA_INLINE I32 sra(I32 a) {
  return {_mm256_srai_epi32(a.v, K)};
}
NABLA_INLINE M32 eq(I32 a, I32 b) { return {_mm256_castsi256_ps(_mm256_cmpeq_epi32(a.v, b.v))}; }
NABLA_INLINE M32 gt(I32 a, I32 b) { return {_mm256_castsi256_ps(_mm256_cmpgt_epi32(a.v, b.v))}; }
NABLA_INLINE M32 lt(I32 a, I32 b) { return gt(b, a); }
NABLA_INLINE I32 select(M32 m, I32 a, I32 b) {
  return {_mm256_blendv_epi8(b.v, a.v, _mm256_castps_si256(m.m))};
}

struct I64 {
  static constexpr int W = 4;
  __m256i v;
  static NABLA_INLINE I64 load(const int64_t* p) { return {load256(p)}; }
  static NABLA_INLINE I64 set1(int64_t x) { return {_mm256_set1_epi64x(x)}; }
  static NABLA_INLINE I64 zero() { return {_mm256_setzero_si256()}; }
  NABLA_INLINE void store(int64_t* p) const {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), v);
  }
};
NABLA_INLINE I64 operator+(I64 a, I64 b) { return {_mm256_add_epi64(a.v, b.v)}; }
NABLA_INLINE I64 operator-(I64 a, I64 b) { return {_mm256_sub_epi64(a.v, b.v)}; }
NABLA_INLINE I64 operator&(I64 a, I64 b) { return {_mm256_and_si256(a.v, b.v)}; }
NABLA_INLINE I64 operator|(I64 a, I64 b) { return {_mm256_or_si256(a.v, b.v)}; }
NABLA_INLINE I64 operator^(I64 a, I64 b) { return {_mm256_xor_si256(a.v, b.v)}; }
template <int K>
NABLA_INLINE I64 shl(I64 a) {
  return {_mm256_slli_epi64(a.v, K)};
}
template <int K>
NABLA_INLINE I64 shr(I64 a) {
  return {_mm256_srli_epi64(a.v, K)};
}
NABLA_INLINE I64 select(M64 m, I64 a, I64 b) {
  return {_mm256_blendv_epi8(b.v, a.v, _mm256_castpd_si256(m.m))};
}
NABLA_INLINE M64 eq(I64 a, I64 b) { return {_mm256_castsi256_pd(_mm256_cmpeq_epi64(a.v, b.v))}; }

struct F32 {
  static constexpr int W = 8;
  using T = float;
  __m256 v;
  static NABLA_INLINE F32 load(const float* p) { return {_mm256_loadu_ps(p)}; }
  static NABLA_INLINE F32 load_n(const float* p, int n) {
    return {_mm256_maskload_ps(p, first32(n))};
  }
  static NABLA_INLINE F32 set1(float x) { return {_mm256_set1_ps(x)}; }
  static NABLA_INLINE F32 zero() { return {_mm256_setzero_ps()}; }
  NABLA_INLINE void store(float* p) const { _mm256_storeu_ps(p, v); }
  NABLA_INLINE void store_n(float* p, int n) const { _mm256_maskstore_ps(p, first32(n), v); }
  NABLA_INLINE void stream(float* p) const { _mm256_stream_ps(p, v); }
};
struct F64 {
  static constexpr int W = 4;
  using T = double;
  __m256d v;
  static NABLA_INLINE F64 load(const double* p) { return {_mm256_loadu_pd(p)}; }
  static NABLA_INLINE F64 load_n(const double* p, int n) {
    return {_mm256_maskload_pd(p, first64(n))};
  }
  static NABLA_INLINE F64 set1(double x) { return {_mm256_set1_pd(x)}; }
  static NABLA_INLINE F64 zero() { return {_mm256_setzero_pd()}; }
  NABLA_INLINE void store(double* p) const { _mm256_storeu_pd(p, v); }
  NABLA_INLINE void store_n(double* p, int n) const { _mm256_maskstore_pd(p, first64(n), v); }
  NABLA_INLINE void stream(double* p) const { _mm256_stream_pd(p, v); }
};
NABLA_INLINE void stream_fence() { _mm_sfence(); }
NABLA_INLINE F32 load_if(M32 m, const float* p) {
  return {_mm256_maskload_ps(p, _mm256_castps_si256(m.m))};
}

NABLA_INLINE I32 to_bits(F32 a) { return {_mm256_castps_si256(a.v)}; }
NABLA_INLINE F32 from_bits(I32 a) { return {_mm256_castsi256_ps(a.v)}; }
NABLA_INLINE I64 to_bits(F64 a) { return {_mm256_castpd_si256(a.v)}; }
NABLA_INLINE F64 from_bits(I64 a) { return {_mm256_castsi256_pd(a.v)}; }

// ---- float32
NABLA_INLINE F32 operator+(F32 a, F32 b) { return {_mm256_add_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator-(F32 a, F32 b) { return {_mm256_sub_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator*(F32 a, F32 b) { return {_mm256_mul_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator/(F32 a, F32 b) { return {_mm256_div_ps(a.v, b.v)}; }
NABLA_INLINE F32 operator-(F32 a) { return {_mm256_xor_ps(a.v, _mm256_set1_ps(-0.f))}; }
NABLA_INLINE F32 fma(F32 a, F32 b, F32 c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }
NABLA_INLINE F32 fnma(F32 a, F32 b, F32 c) { return {_mm256_fnmadd_ps(a.v, b.v, c.v)}; }
NABLA_INLINE F32 fms(F32 a, F32 b, F32 c) { return {_mm256_fmsub_ps(a.v, b.v, c.v)}; }
NABLA_INLINE M32 lt(F32 a, F32 b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_LT_OQ)}; }
NABLA_INLINE M32 le(F32 a, F32 b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_LE_OQ)}; }
NABLA_INLINE M32 gt(F32 a, F32 b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_GT_OQ)}; }
NABLA_INLINE M32 ge(F32 a, F32 b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_GE_OQ)}; }
NABLA_INLINE M32 eq(F32 a, F32 b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_EQ_OQ)}; }
NABLA_INLINE M32 ne(F32 a, F32 b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_NEQ_UQ)}; }
NABLA_INLINE M32 is_nan(F32 a) { return {_mm256_cmp_ps(a.v, a.v, _CMP_UNORD_Q)}; }
NABLA_INLINE F32 select(M32 m, F32 a, F32 b) { return {_mm256_blendv_ps(b.v, a.v, m.m)}; }
NABLA_INLINE F32 max_num(F32 a, F32 b) { return {_mm256_max_ps(a.v, b.v)}; }
NABLA_INLINE F32 min_num(F32 a, F32 b) { return {_mm256_min_ps(a.v, b.v)}; }
NABLA_INLINE F32 maximum(F32 a, F32 b) { return select(is_nan(a), a, max_num(a, b)); }
NABLA_INLINE F32 minimum(F32 a, F32 b) { return select(is_nan(a), a, min_num(a, b)); }
NABLA_INLINE F32 sqrt(F32 a) { return {_mm256_sqrt_ps(a.v)}; }
NABLA_INLINE F32 abs(F32 a) { return {_mm256_andnot_ps(_mm256_set1_ps(-0.f), a.v)}; }
NABLA_INLINE F32 copysign(F32 a, F32 s) {
  const __m256 sign = _mm256_set1_ps(-0.f);
  return {_mm256_or_ps(_mm256_andnot_ps(sign, a.v), _mm256_and_ps(sign, s.v))};
}
NABLA_INLINE F32 floor(F32 a) { return {_mm256_round_ps(a.v, 0x09)}; }
NABLA_INLINE F32 ceil(F32 a) { return {_mm256_round_ps(a.v, 0x0A)}; }
NABLA_INLINE F32 trunc(F32 a) { return {_mm256_round_ps(a.v, 0x0B)}; }
NABLA_INLINE F32 round_even(F32 a) { return {_mm256_round_ps(a.v, 0x08)}; }
NABLA_INLINE I32 to_i32(F32 a) { return {_mm256_cvtps_epi32(a.v)}; }
NABLA_INLINE F32 from_i32(I32 a) { return {_mm256_cvtepi32_ps(a.v)}; }
NABLA_INLINE F32 scale2(F32 x, F32 n) {
  const I32 whole = to_i32(n), half = sra<1>(whole), bias = I32::set1(127);
  return x * from_bits(shl<23>(half + bias)) * from_bits(shl<23>(whole - half + bias));
}
NABLA_INLINE F32 exponent_split(F32 x, F32& e) {
  const M32 denormal = lt(x, F32::set1(1.17549435e-38f));
  x = select(denormal, x * F32::set1(16777216.f), x);
  const I32 root = I32::set1(0x3F3504F3);  // bits of sqrt(1/2)
  const I32 t = to_bits(x) + (I32::set1(0x3F800000) - root);
  e = from_i32(shr<23>(t) - select(denormal, I32::set1(127 + 24), I32::set1(127)));
  return from_bits((t & I32::set1(0x007FFFFF)) + root);
}
NABLA_INLINE float reduce_add(F32 a) {
  __m128 q = _mm_add_ps(_mm256_castps256_ps128(a.v), _mm256_extractf128_ps(a.v, 1));
  q = _mm_add_ps(q, _mm_movehl_ps(q, q));
  return _mm_cvtss_f32(_mm_add_ss(q, _mm_movehdup_ps(q)));
}
NABLA_INLINE float reduce_max(F32 a) {
  __m128 q = _mm_max_ps(_mm256_castps256_ps128(a.v), _mm256_extractf128_ps(a.v, 1));
  q = _mm_max_ps(q, _mm_movehl_ps(q, q));
  return _mm_cvtss_f32(_mm_max_ss(q, _mm_movehdup_ps(q)));
}
NABLA_INLINE float reduce_min(F32 a) {
  __m128 q = _mm_min_ps(_mm256_castps256_ps128(a.v), _mm256_extractf128_ps(a.v, 1));
  q = _mm_min_ps(q, _mm_movehl_ps(q, q));
  return _mm_cvtss_f32(_mm_min_ss(q, _mm_movehdup_ps(q)));
}

// ---- float64
NABLA_INLINE F64 operator+(F64 a, F64 b) { return {_mm256_add_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator-(F64 a, F64 b) { return {_mm256_sub_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator*(F64 a, F64 b) { return {_mm256_mul_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator/(F64 a, F64 b) { return {_mm256_div_pd(a.v, b.v)}; }
NABLA_INLINE F64 operator-(F64 a) { return {_mm256_xor_pd(a.v, _mm256_set1_pd(-0.0))}; }
NABLA_INLINE F64 fma(F64 a, F64 b, F64 c) { return {_mm256_fmadd_pd(a.v, b.v, c.v)}; }
NABLA_INLINE F64 fnma(F64 a, F64 b, F64 c) { return {_mm256_fnmadd_pd(a.v, b.v, c.v)}; }
NABLA_INLINE F64 fms(F64 a, F64 b, F64 c) { return {_mm256_fmsub_pd(a.v, b.v, c.v)}; }
NABLA_INLINE M64 lt(F64 a, F64 b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_LT_OQ)}; }
NABLA_INLINE M64 le(F64 a, F64 b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_LE_OQ)}; }
NABLA_INLINE M64 gt(F64 a, F64 b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_GT_OQ)}; }
NABLA_INLINE M64 ge(F64 a, F64 b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_GE_OQ)}; }
NABLA_INLINE M64 eq(F64 a, F64 b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_EQ_OQ)}; }
NABLA_INLINE M64 ne(F64 a, F64 b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_NEQ_UQ)}; }
NABLA_INLINE M64 is_nan(F64 a) { return {_mm256_cmp_pd(a.v, a.v, _CMP_UNORD_Q)}; }
NABLA_INLINE F64 select(M64 m, F64 a, F64 b) { return {_mm256_blendv_pd(b.v, a.v, m.m)}; }
NABLA_INLINE F64 max_num(F64 a, F64 b) { return {_mm256_max_pd(a.v, b.v)}; }
NABLA_INLINE F64 min_num(F64 a, F64 b) { return {_mm256_min_pd(a.v, b.v)}; }
NABLA_INLINE F64 maximum(F64 a, F64 b) { return select(is_nan(a), a, max_num(a, b)); }
NABLA_INLINE F64 minimum(F64 a, F64 b) { return select(is_nan(a), a, min_num(a, b)); }
NABLA_INLINE F64 sqrt(F64 a) { return {_mm256_sqrt_pd(a.v)}; }
NABLA_INLINE F64 abs(F64 a) { return {_mm256_andnot_pd(_mm256_set1_pd(-0.0), a.v)}; }
NABLA_INLINE F64 copysign(F64 a, F64 s) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return {_mm256_or_pd(_mm256_andnot_pd(sign, a.v), _mm256_and_pd(sign, s.v))};
}
NABLA_INLINE F64 floor(F64 a) { return {_mm256_round_pd(a.v, 0x09)}; }
NABLA_INLINE F64 ceil(F64 a) { return {_mm256_round_pd(a.v, 0x0A)}; }
NABLA_INLINE F64 trunc(F64 a) { return {_mm256_round_pd(a.v, 0x0B)}; }
NABLA_INLINE F64 round_even(F64 a) { return {_mm256_round_pd(a.v, 0x08)}; }
NABLA_INLINE F64 scale2(F64 x, F64 n) {
  const __m128i whole = _mm256_cvtpd_epi32(n.v), half = _mm_srai_epi32(whole, 1);
  const I64 bias = I64::set1(1023);
  const I64 a = {_mm256_cvtepi32_epi64(half)};
  const I64 b = {_mm256_cvtepi32_epi64(_mm_sub_epi32(whole, half))};
  return x * from_bits(shl<52>(a + bias)) * from_bits(shl<52>(b + bias));
}
NABLA_INLINE F64 exponent_split(F64 x, F64& e) {
  const M64 denormal = lt(x, F64::set1(2.2250738585072014e-308));
  x = select(denormal, x * F64::set1(18014398509481984.0), x);
  const I64 root = I64::set1(0x3FE6A09E667F3BCD);  // bits of sqrt(1/2)
  const I64 t = to_bits(x) + (I64::set1(0x3FF0000000000000) - root);
  // The biased exponent in the low mantissa bits of 2^52 is that number exactly.
  const F64 biased = from_bits(shr<52>(t) | I64::set1(0x4330000000000000));
  e = biased - select(denormal, F64::set1(4503599627370496.0 + 1023 + 54),
                      F64::set1(4503599627370496.0 + 1023));
  return from_bits((t & I64::set1(0x000FFFFFFFFFFFFF)) + root);
}
NABLA_INLINE double reduce_add(F64 a) {
  const __m128d q = _mm_add_pd(_mm256_castpd256_pd128(a.v), _mm256_extractf128_pd(a.v, 1));
  return _mm_cvtsd_f64(_mm_add_sd(q, _mm_unpackhi_pd(q, q)));
}
NABLA_INLINE double reduce_max(F64 a) {
  const __m128d q = _mm_max_pd(_mm256_castpd256_pd128(a.v), _mm256_extractf128_pd(a.v, 1));
  return _mm_cvtsd_f64(_mm_max_sd(q, _mm_unpackhi_pd(q, q)));
}
NABLA_INLINE double reduce_min(F64 a) {
  const __m128d q = _mm_min_pd(_mm256_castpd256_pd128(a.v), _mm256_extractf128_pd(a.v, 1));
  return _mm_cvtsd_f64(_mm_min_sd(q, _mm_unpackhi_pd(q, q)));
}

// ---- conversions
NABLA_INLINE F64 widen_lo(F32 a) { return {_mm256_cvtps_pd(_mm256_castps256_ps128(a.v))}; }
NABLA_INLINE F64 widen_hi(F32 a) { return {_mm256_cvtps_pd(_mm256_extractf128_ps(a.v, 1))}; }
NABLA_INLINE F32 narrow(F64 lo, F64 hi) {
  return {_mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(lo.v)), _mm256_cvtpd_ps(hi.v),
                               1)};
}
template <class T, int N>
NABLA_INLINE void copy_n(T* to, const T* from, int n) {
  for (int i = 0; i < N; ++i)
    if (i < n) to[i] = from[i];
}
NABLA_INLINE __m128i load128(const void* p) {
  return _mm_loadu_si128(static_cast<const __m128i*>(p));
}
NABLA_INLINE void store128(void* p, __m128i v) { _mm_storeu_si128(static_cast<__m128i*>(p), v); }
NABLA_INLINE F32 load_f16(const uint16_t* p) { return {_mm256_cvtph_ps(load128(p))}; }
NABLA_INLINE F32 load_f16_n(const uint16_t* p, int n) {
  uint16_t t[8] = {};
  copy_n<uint16_t, 8>(t, p, n);
  return load_f16(t);
}
NABLA_INLINE void store_f16(uint16_t* p, F32 a) { store128(p, _mm256_cvtps_ph(a.v, 0x08)); }
NABLA_INLINE void store_f16_n(uint16_t* p, F32 a, int n) {
  uint16_t t[8];
  store_f16(t, a);
  copy_n<uint16_t, 8>(p, t, n);
}
NABLA_INLINE F32 load_bf16(const uint16_t* p) {
  return {_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(load128(p)), 16))};
}
NABLA_INLINE F32 load_bf16_n(const uint16_t* p, int n) {
  uint16_t t[8] = {};
  copy_n<uint16_t, 8>(t, p, n);
  return load_bf16(t);
}
NABLA_INLINE void store_bf16(uint16_t* p, F32 a) {
  const I32 u = to_bits(a);
  I32 r = shr<16>(u + I32::set1(0x7FFF) + (shr<16>(u) & I32::set1(1)));
  r = select(is_nan(a), I32::set1(0x7FC0), r);
  store128(p, _mm_packus_epi32(_mm256_castsi256_si128(r.v), _mm256_extracti128_si256(r.v, 1)));
}
NABLA_INLINE void store_bf16_n(uint16_t* p, F32 a, int n) {
  uint16_t t[8];
  store_bf16(t, a);
  copy_n<uint16_t, 8>(p, t, n);
}
NABLA_INLINE void load_bool(const uint8_t* p, M32& m) {
  const __m256i b = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
  m.m = _mm256_castsi256_ps(_mm256_cmpgt_epi32(b, _mm256_setzero_si256()));
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M32& m) {
  uint8_t t[8] = {};
  copy_n<uint8_t, 8>(t, p, n);
  load_bool(t, m);
}
NABLA_INLINE void load_bool(const uint8_t* p, M64& m) {
  int32_t four;
  __builtin_memcpy(&four, p, 4);
  const __m256i b = _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(four));
  m.m = _mm256_castsi256_pd(_mm256_cmpgt_epi64(b, _mm256_setzero_si256()));
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M64& m) {
  uint8_t t[4] = {};
  copy_n<uint8_t, 4>(t, p, n);
  load_bool(t, m);
}
NABLA_INLINE void store_bool(uint8_t* p, M32 m) {
  const __m256i b = _mm256_srli_epi32(_mm256_castps_si256(m.m), 31);
  const __m128i w = _mm_packs_epi32(_mm256_castsi256_si128(b), _mm256_extracti128_si256(b, 1));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm_packus_epi16(w, w));
}
NABLA_INLINE void store_bool_n(uint8_t* p, M32 m, int n) {
  uint8_t t[8];
  store_bool(t, m);
  copy_n<uint8_t, 8>(p, t, n);
}
NABLA_INLINE void store_bool(uint8_t* p, M64 m) {
  const int bits = _mm256_movemask_pd(m.m);
  // Spread the four bits into four bytes.
  const uint32_t four = (static_cast<uint32_t>(bits) * 0x00204081u) & 0x01010101u;
  __builtin_memcpy(p, &four, 4);
}
NABLA_INLINE void store_bool_n(uint8_t* p, M64 m, int n) {
  uint8_t t[4];
  store_bool(t, m);
  copy_n<uint8_t, 4>(p, t, n);
}

NABLA_INLINE void load_u8(const uint8_t* p, I32& a) {
  a.v = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
}
NABLA_INLINE void load_u8(const uint8_t* p, I64& a) {
  int32_t four;
  __builtin_memcpy(&four, p, 4);
  a.v = _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(four));
}
NABLA_INLINE void store_u8(uint8_t* p, I32 a) {
  const __m128i w = _mm_packus_epi32(_mm256_castsi256_si128(a.v), _mm256_extracti128_si256(a.v, 1));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm_packus_epi16(w, w));
}
NABLA_INLINE void store_u8(uint8_t* p, I64 a) {
  // The low halves first, then bytes 0, 4, 8, 12.
  const __m256i low = _mm256_permutevar8x32_epi32(a.v, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6));
  const __m128i at = _mm_setr_epi8(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const int32_t four = _mm_cvtsi128_si32(_mm_shuffle_epi8(_mm256_castsi256_si128(low), at));
  __builtin_memcpy(p, &four, 4);
}
#define NABLA_BYTE_TAILS(I)                                    \
  NABLA_INLINE void load_u8_n(const uint8_t* p, int n, I& a) { \
    uint8_t t[I::W] = {};                                      \
    copy_n<uint8_t, I::W>(t, p, n);                            \
    load_u8(t, a);                                             \
  }                                                            \
  NABLA_INLINE void store_u8_n(uint8_t* p, I a, int n) {       \
    uint8_t t[I::W];                                           \
    store_u8(t, a);                                            \
    copy_n<uint8_t, I::W>(p, t, n);                            \
  }
NABLA_BYTE_TAILS(I32)
NABLA_BYTE_TAILS(I64)
#undef NABLA_BYTE_TAILS

// Shuffles stay within 128 bits; the permute puts their halves in order.
NABLA_INLINE void deinterleave(F32 a, F32 b, F32& even, F32& odd) {
  const __m256d e = _mm256_castps_pd(_mm256_shuffle_ps(a.v, b.v, 0x88));
  const __m256d o = _mm256_castps_pd(_mm256_shuffle_ps(a.v, b.v, 0xDD));
  even.v = _mm256_castpd_ps(_mm256_permute4x64_pd(e, 0xD8));
  odd.v = _mm256_castpd_ps(_mm256_permute4x64_pd(o, 0xD8));
}
NABLA_INLINE void interleave(F32 even, F32 odd, F32& a, F32& b) {
  const __m256 low = _mm256_unpacklo_ps(even.v, odd.v), high = _mm256_unpackhi_ps(even.v, odd.v);
  a.v = _mm256_permute2f128_ps(low, high, 0x20);
  b.v = _mm256_permute2f128_ps(low, high, 0x31);
}
NABLA_INLINE void deinterleave(F64 a, F64 b, F64& even, F64& odd) {
  even.v = _mm256_permute4x64_pd(_mm256_unpacklo_pd(a.v, b.v), 0xD8);
  odd.v = _mm256_permute4x64_pd(_mm256_unpackhi_pd(a.v, b.v), 0xD8);
}
NABLA_INLINE void interleave(F64 even, F64 odd, F64& a, F64& b) {
  const __m256d low = _mm256_unpacklo_pd(even.v, odd.v), high = _mm256_unpackhi_pd(even.v, odd.v);
  a.v = _mm256_permute2f128_pd(low, high, 0x20);
  b.v = _mm256_permute2f128_pd(low, high, 0x31);
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
