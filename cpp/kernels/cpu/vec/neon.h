#pragma once
// arm64 NEON: 4 floats, 2 doubles, masks as full-width lanes. Vocabulary: vec.h.
#include <arm_neon.h>

namespace nabla::kernels::NABLA_ISA {
namespace {

// Copies the first n of N elements; never touches the others.
template <class T, int N>
NABLA_INLINE void copy_n(T* to, const T* from, int n) {
  for (int i = 0; i < N; ++i)
    if (i < n) to[i] = from[i];
}
constexpr uint32_t kFirst32[8] = {~0u, ~0u, ~0u, ~0u, 0, 0, 0, 0};
constexpr uint64_t kFirst64[4] = {~0ull, ~0ull, 0, 0};

struct M32 {
  uint32x4_t m;
  static NABLA_INLINE M32 first_n(int n) { return {vld1q_u32(kFirst32 + 4 - n)}; }
};
struct M64 {
  uint64x2_t m;
  static NABLA_INLINE M64 first_n(int n) { return {vld1q_u64(kFirst64 + 2 - n)}; }
};
NABLA_INLINE uint64x2_t not64(uint64x2_t a) {
  return vreinterpretq_u64_u32(vmvnq_u32(vreinterpretq_u32_u64(a)));
}
NABLA_INLINE M32 operator&(M32 a, M32 b) { return {vandq_u32(a.m, b.m)}; }
NABLA_INLINE M32 operator|(M32 a, M32 b) { return {vorrq_u32(a.m, b.m)}; }
NABLA_INLINE M32 operator^(M32 a, M32 b) { return {veorq_u32(a.m, b.m)}; }
NABLA_INLINE M32 operator~(M32 a) { return {vmvnq_u32(a.m)}; }
NABLA_INLINE M64 operator&(M64 a, M64 b) { return {vandq_u64(a.m, b.m)}; }
NABLA_INLINE M64 operator|(M64 a, M64 b) { return {vorrq_u64(a.m, b.m)}; }
NABLA_INLINE M64 operator^(M64 a, M64 b) { return {veorq_u64(a.m, b.m)}; }
NABLA_INLINE M64 operator~(M64 a) { return {not64(a.m)}; }
NABLA_INLINE bool any(M32 a) { return vmaxvq_u32(a.m) != 0; }
NABLA_INLINE bool any(M64 a) { return vmaxvq_u32(vreinterpretq_u32_u64(a.m)) != 0; }
NABLA_INLINE bool none(M32 a) { return !any(a); }
NABLA_INLINE bool none(M64 a) { return !any(a); }
NABLA_INLINE bool all(M32 a) { return vminvq_u32(a.m) != 0; }
NABLA_INLINE bool all(M64 a) { return vminvq_u32(vreinterpretq_u32_u64(a.m)) != 0; }

struct I32 {
  static constexpr int W = 4;
  int32x4_t v;
  static NABLA_INLINE I32 load(const int32_t* p) { return {vld1q_s32(p)}; }
  static NABLA_INLINE I32 load_n(const int32_t* p, int n) {
    int32_t t[4] = {};
    copy_n<int32_t, 4>(t, p, n);
    return {vld1q_s32(t)};
  }
  static NABLA_INLINE I32 set1(int32_t x) { return {vdupq_n_s32(x)}; }
  static NABLA_INLINE I32 zero() { return {vdupq_n_s32(0)}; }
  NABLA_INLINE void store(int32_t* p) const { vst1q_s32(p, v); }
  NABLA_INLINE void store_n(int32_t* p, int n) const {
    int32_t t[4];
    vst1q_s32(t, v);
    copy_n<int32_t, 4>(p, t, n);
  }
};
NABLA_INLINE I32 operator+(I32 a, I32 b) { return {vaddq_s32(a.v, b.v)}; }
NABLA_INLINE I32 operator-(I32 a, I32 b) { return {vsubq_s32(a.v, b.v)}; }
NABLA_INLINE I32 operator&(I32 a, I32 b) { return {vandq_s32(a.v, b.v)}; }
NABLA_INLINE I32 operator|(I32 a, I32 b) { return {vorrq_s32(a.v, b.v)}; }
NABLA_INLINE I32 operator^(I32 a, I32 b) { return {veorq_s32(a.v, b.v)}; }
template <int K>
NABLA_INLINE I32 shl(I32 a) {
  return {vshlq_n_s32(a.v, K)};
}
template <int K>
NABLA_INLINE I32 shr(I32 a) {
  return {vreinterpretq_s32_u32(vshrq_n_u32(vreinterpretq_u32_s32(a.v), K))};
}
template <int K>
NABLA_INLINE I32 sra(I32 a) {
  return {vshrq_n_s32(a.v, K)};
}
NABLA_INLINE M32 eq(I32 a, I32 b) { return {vceqq_s32(a.v, b.v)}; }
NABLA_INLINE M32 gt(I32 a, I32 b) { return {vcgtq_s32(a.v, b.v)}; }
NABLA_INLINE M32 lt(I32 a, I32 b) { return {vcltq_s32(a.v, b.v)}; }
NABLA_INLINE I32 select(M32 m, I32 a, I32 b) { return {vbslq_s32(m.m, a.v, b.v)}; }

struct I64 {
  static constexpr int W = 2;
  int64x2_t v;
  static NABLA_INLINE I64 load(const int64_t* p) { return {vld1q_s64(p)}; }
  static NABLA_INLINE I64 set1(int64_t x) { return {vdupq_n_s64(x)}; }
  static NABLA_INLINE I64 zero() { return {vdupq_n_s64(0)}; }
  NABLA_INLINE void store(int64_t* p) const { vst1q_s64(p, v); }
};
NABLA_INLINE I64 operator+(I64 a, I64 b) { return {vaddq_s64(a.v, b.v)}; }
NABLA_INLINE I64 operator-(I64 a, I64 b) { return {vsubq_s64(a.v, b.v)}; }
NABLA_INLINE I64 operator&(I64 a, I64 b) { return {vandq_s64(a.v, b.v)}; }
NABLA_INLINE I64 operator|(I64 a, I64 b) { return {vorrq_s64(a.v, b.v)}; }
NABLA_INLINE I64 operator^(I64 a, I64 b) { return {veorq_s64(a.v, b.v)}; }
template <int K>
NABLA_INLINE I64 shl(I64 a) {
  return {vshlq_n_s64(a.v, K)};
}
template <int K>
NABLA_INLINE I64 shr(I64 a) {
  return {vreinterpretq_s64_u64(vshrq_n_u64(vreinterpretq_u64_s64(a.v), K))};
}
NABLA_INLINE I64 select(M64 m, I64 a, I64 b) { return {vbslq_s64(m.m, a.v, b.v)}; }
NABLA_INLINE M64 eq(I64 a, I64 b) { return {vceqq_s64(a.v, b.v)}; }

struct F32 {
  static constexpr int W = 4;
  using T = float;
  float32x4_t v;
  static NABLA_INLINE F32 load(const float* p) { return {vld1q_f32(p)}; }
  static NABLA_INLINE F32 load_n(const float* p, int n) {
    float t[4] = {};
    copy_n<float, 4>(t, p, n);
    return {vld1q_f32(t)};
  }
  static NABLA_INLINE F32 set1(float x) { return {vdupq_n_f32(x)}; }
  static NABLA_INLINE F32 zero() { return {vdupq_n_f32(0)}; }
  NABLA_INLINE void store(float* p) const { vst1q_f32(p, v); }
  NABLA_INLINE void store_n(float* p, int n) const {
    float t[4];
    vst1q_f32(t, v);
    copy_n<float, 4>(p, t, n);
  }
  NABLA_INLINE void stream(float* p) const { store(p); }
};
struct F64 {
  static constexpr int W = 2;
  using T = double;
  float64x2_t v;
  static NABLA_INLINE F64 load(const double* p) { return {vld1q_f64(p)}; }
  static NABLA_INLINE F64 load_n(const double* p, int n) {
    double t[2] = {};
    copy_n<double, 2>(t, p, n);
    return {vld1q_f64(t)};
  }
  static NABLA_INLINE F64 set1(double x) { return {vdupq_n_f64(x)}; }
  static NABLA_INLINE F64 zero() { return {vdupq_n_f64(0)}; }
  NABLA_INLINE void store(double* p) const { vst1q_f64(p, v); }
  NABLA_INLINE void store_n(double* p, int n) const {
    double t[2];
    vst1q_f64(t, v);
    copy_n<double, 2>(p, t, n);
  }
  NABLA_INLINE void stream(double* p) const { store(p); }
};
NABLA_INLINE void stream_fence() {}
NABLA_INLINE F32 load_if(M32 m, const float* p) {
  uint32_t lanes[4];
  float t[4] = {};
  vst1q_u32(lanes, m.m);
  for (int i = 0; i < 4; ++i)
    if (lanes[i]) t[i] = p[i];
  return {vld1q_f32(t)};
}

NABLA_INLINE I32 to_bits(F32 a) { return {vreinterpretq_s32_f32(a.v)}; }
NABLA_INLINE F32 from_bits(I32 a) { return {vreinterpretq_f32_s32(a.v)}; }
NABLA_INLINE I64 to_bits(F64 a) { return {vreinterpretq_s64_f64(a.v)}; }
NABLA_INLINE F64 from_bits(I64 a) { return {vreinterpretq_f64_s64(a.v)}; }

// ---- what reads the same for both widths. max_num and min_num keep the x86 rule (a NaN gives b),
// so vmaxq is not it.
#define NABLA_FLOAT_OPS(F, M, I, S, U, NOT)                                                   \
  NABLA_INLINE F operator+(F a, F b) { return {vaddq_##S(a.v, b.v)}; }                        \
  NABLA_INLINE F operator-(F a, F b) { return {vsubq_##S(a.v, b.v)}; }                        \
  NABLA_INLINE F operator*(F a, F b) { return {vmulq_##S(a.v, b.v)}; }                        \
  NABLA_INLINE F operator/(F a, F b) { return {vdivq_##S(a.v, b.v)}; }                        \
  NABLA_INLINE F operator-(F a) { return {vnegq_##S(a.v)}; }                                  \
  NABLA_INLINE F fma(F a, F b, F c) { return {vfmaq_##S(c.v, a.v, b.v)}; }                    \
  NABLA_INLINE F fnma(F a, F b, F c) { return {vfmsq_##S(c.v, a.v, b.v)}; }                   \
  NABLA_INLINE F fms(F a, F b, F c) { return {vnegq_##S(vfmsq_##S(c.v, a.v, b.v))}; }         \
  NABLA_INLINE M lt(F a, F b) { return {vcltq_##S(a.v, b.v)}; }                               \
  NABLA_INLINE M le(F a, F b) { return {vcleq_##S(a.v, b.v)}; }                               \
  NABLA_INLINE M gt(F a, F b) { return {vcgtq_##S(a.v, b.v)}; }                               \
  NABLA_INLINE M ge(F a, F b) { return {vcgeq_##S(a.v, b.v)}; }                               \
  NABLA_INLINE M eq(F a, F b) { return {vceqq_##S(a.v, b.v)}; }                               \
  NABLA_INLINE M ne(F a, F b) { return {NOT(vceqq_##S(a.v, b.v))}; }                          \
  NABLA_INLINE M is_nan(F a) { return {NOT(vceqq_##S(a.v, a.v))}; }                           \
  NABLA_INLINE F select(M m, F a, F b) { return {vbslq_##S(m.m, a.v, b.v)}; }                 \
  NABLA_INLINE F max_num(F a, F b) { return select(gt(a, b), a, b); }                         \
  NABLA_INLINE F min_num(F a, F b) { return select(lt(a, b), a, b); }                         \
  NABLA_INLINE F maximum(F a, F b) { return {vmaxq_##S(a.v, b.v)}; }                          \
  NABLA_INLINE F minimum(F a, F b) { return {vminq_##S(a.v, b.v)}; }                          \
  NABLA_INLINE F sqrt(F a) { return {vsqrtq_##S(a.v)}; }                                      \
  NABLA_INLINE F abs(F a) { return {vabsq_##S(a.v)}; }                                        \
  NABLA_INLINE F copysign(F a, F s) { return {vbslq_##S(vdupq_n_##U(kSign_##U), s.v, a.v)}; } \
  NABLA_INLINE F floor(F a) { return {vrndmq_##S(a.v)}; }                                     \
  NABLA_INLINE F ceil(F a) { return {vrndpq_##S(a.v)}; }                                      \
  NABLA_INLINE F trunc(F a) { return {vrndq_##S(a.v)}; }                                      \
  NABLA_INLINE F round_even(F a) { return {vrndnq_##S(a.v)}; }                                \
  NABLA_INLINE F::T reduce_add(F a) { return vaddvq_##S(a.v); }
constexpr uint32_t kSign_u32 = 0x80000000u;
constexpr uint64_t kSign_u64 = 0x8000000000000000ull;
NABLA_FLOAT_OPS(F32, M32, I32, f32, u32, vmvnq_u32)
NABLA_FLOAT_OPS(F64, M64, I64, f64, u64, not64)
#undef NABLA_FLOAT_OPS

NABLA_INLINE float reduce_max(F32 a) {
  float t[4];
  a.store(t);
  const float x = t[0] > t[2] ? t[0] : t[2], y = t[1] > t[3] ? t[1] : t[3];
  return x > y ? x : y;
}
NABLA_INLINE float reduce_min(F32 a) {
  float t[4];
  a.store(t);
  const float x = t[0] < t[2] ? t[0] : t[2], y = t[1] < t[3] ? t[1] : t[3];
  return x < y ? x : y;
}
NABLA_INLINE double reduce_max(F64 a) {
  double t[2];
  a.store(t);
  return t[0] > t[1] ? t[0] : t[1];
}
NABLA_INLINE double reduce_min(F64 a) {
  double t[2];
  a.store(t);
  return t[0] < t[1] ? t[0] : t[1];
}
NABLA_INLINE I32 to_i32(F32 a) { return {vcvtnq_s32_f32(a.v)}; }
NABLA_INLINE F32 from_i32(I32 a) { return {vcvtq_f32_s32(a.v)}; }
NABLA_INLINE F32 scale2(F32 x, F32 n) {
  const I32 whole = to_i32(n), half = sra<1>(whole), bias = I32::set1(127);
  return x * from_bits(shl<23>(half + bias)) * from_bits(shl<23>(whole - half + bias));
}
NABLA_INLINE F64 scale2(F64 x, F64 n) {
  const int64x2_t whole = vcvtnq_s64_f64(n.v), half = vshrq_n_s64(whole, 1);
  const I64 bias = I64::set1(1023), a = {half}, b = {vsubq_s64(whole, half)};
  return x * from_bits(shl<52>(a + bias)) * from_bits(shl<52>(b + bias));
}
NABLA_INLINE F32 exponent_split(F32 x, F32& e) {
  const M32 denormal = lt(x, F32::set1(1.17549435e-38f));
  x = select(denormal, x * F32::set1(16777216.f), x);
  const I32 root = I32::set1(0x3F3504F3);  // bits of sqrt(1/2)
  const I32 t = to_bits(x) + (I32::set1(0x3F800000) - root);
  e = from_i32(shr<23>(t) - select(denormal, I32::set1(127 + 24), I32::set1(127)));
  return from_bits((t & I32::set1(0x007FFFFF)) + root);
}
NABLA_INLINE F64 exponent_split(F64 x, F64& e) {
  const M64 denormal = lt(x, F64::set1(2.2250738585072014e-308));
  x = select(denormal, x * F64::set1(18014398509481984.0), x);
  const I64 root = I64::set1(0x3FE6A09E667F3BCD);  // bits of sqrt(1/2)
  const I64 t = to_bits(x) + (I64::set1(0x3FF0000000000000) - root);
  e = F64{vcvtq_f64_s64(shr<52>(t).v)} - select(denormal, F64::set1(1023 + 54), F64::set1(1023));
  return from_bits((t & I64::set1(0x000FFFFFFFFFFFFF)) + root);
}

// ---- conversions
NABLA_INLINE F64 widen_lo(F32 a) { return {vcvt_f64_f32(vget_low_f32(a.v))}; }
NABLA_INLINE F64 widen_hi(F32 a) { return {vcvt_high_f64_f32(a.v)}; }
NABLA_INLINE F32 narrow(F64 lo, F64 hi) { return {vcvt_high_f32_f64(vcvt_f32_f64(lo.v), hi.v)}; }
NABLA_INLINE F32 load_f16(const uint16_t* p) {
  return {vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p)))};
}
NABLA_INLINE void store_f16(uint16_t* p, F32 a) {
  vst1_u16(p, vreinterpret_u16_f16(vcvt_f16_f32(a.v)));
}
NABLA_INLINE F32 load_bf16(const uint16_t* p) {
  return {vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(p), 16))};
}
NABLA_INLINE void store_bf16(uint16_t* p, F32 a) {
  const I32 u = to_bits(a);
  I32 r = shr<16>(u + I32::set1(0x7FFF) + (shr<16>(u) & I32::set1(1)));
  r = select(is_nan(a), I32::set1(0x7FC0), r);
  vst1_u16(p, vmovn_u32(vreinterpretq_u32_s32(r.v)));
}
#define NABLA_HALF_TAILS(NAME)                                    \
  NABLA_INLINE F32 load_##NAME##_n(const uint16_t* p, int n) {    \
    uint16_t t[4] = {};                                           \
    copy_n<uint16_t, 4>(t, p, n);                                 \
    return load_##NAME(t);                                        \
  }                                                               \
  NABLA_INLINE void store_##NAME##_n(uint16_t* p, F32 a, int n) { \
    uint16_t t[4];                                                \
    store_##NAME(t, a);                                           \
    copy_n<uint16_t, 4>(p, t, n);                                 \
  }
NABLA_HALF_TAILS(f16)
NABLA_HALF_TAILS(bf16)
#undef NABLA_HALF_TAILS

NABLA_INLINE void load_bool(const uint8_t* p, M32& m) {
  const uint32_t t[4] = {p[0], p[1], p[2], p[3]};
  m.m = vcgtq_u32(vld1q_u32(t), vdupq_n_u32(0));
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M32& m) {
  uint8_t t[4] = {};
  copy_n<uint8_t, 4>(t, p, n);
  load_bool(t, m);
}
NABLA_INLINE void load_bool(const uint8_t* p, M64& m) {
  const uint64_t t[2] = {p[0], p[1]};
  m.m = vcgtq_u64(vld1q_u64(t), vdupq_n_u64(0));
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M64& m) {
  uint8_t t[2] = {};
  copy_n<uint8_t, 2>(t, p, n);
  load_bool(t, m);
}
NABLA_INLINE void store_bool_n(uint8_t* p, M32 m, int n) {
  uint32_t t[4];
  vst1q_u32(t, m.m);
  for (int i = 0; i < 4; ++i)
    if (i < n) p[i] = static_cast<uint8_t>(t[i] & 1);
}
NABLA_INLINE void store_bool(uint8_t* p, M32 m) { store_bool_n(p, m, 4); }
NABLA_INLINE void store_bool_n(uint8_t* p, M64 m, int n) {
  uint64_t t[2];
  vst1q_u64(t, m.m);
  for (int i = 0; i < 2; ++i)
    if (i < n) p[i] = static_cast<uint8_t>(t[i] & 1);
}
NABLA_INLINE void store_bool(uint8_t* p, M64 m) { store_bool_n(p, m, 2); }

NABLA_INLINE void load_u8(const uint8_t* p, I32& a) {
  const int32_t t[4] = {p[0], p[1], p[2], p[3]};
  a.v = vld1q_s32(t);
}
NABLA_INLINE void load_u8(const uint8_t* p, I64& a) {
  const int64_t t[2] = {p[0], p[1]};
  a.v = vld1q_s64(t);
}
NABLA_INLINE void store_u8(uint8_t* p, I32 a) {
  int32_t t[4];
  vst1q_s32(t, a.v);
  for (int i = 0; i < 4; ++i) p[i] = static_cast<uint8_t>(t[i]);
}
NABLA_INLINE void store_u8(uint8_t* p, I64 a) {
  int64_t t[2];
  vst1q_s64(t, a.v);
  for (int i = 0; i < 2; ++i) p[i] = static_cast<uint8_t>(t[i]);
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

NABLA_INLINE void deinterleave(F32 a, F32 b, F32& even, F32& odd) {
  even.v = vuzp1q_f32(a.v, b.v);
  odd.v = vuzp2q_f32(a.v, b.v);
}
NABLA_INLINE void interleave(F32 even, F32 odd, F32& a, F32& b) {
  a.v = vzip1q_f32(even.v, odd.v);
  b.v = vzip2q_f32(even.v, odd.v);
}
NABLA_INLINE void deinterleave(F64 a, F64 b, F64& even, F64& odd) {
  even.v = vuzp1q_f64(a.v, b.v);
  odd.v = vuzp2q_f64(a.v, b.v);
}
NABLA_INLINE void interleave(F64 even, F64 odd, F64& a, F64& b) {
  a.v = vzip1q_f64(even.v, odd.v);
  b.v = vzip2q_f64(even.v, odd.v);
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
