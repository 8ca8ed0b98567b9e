#pragma once
// Baseline: 4 floats, 2 doubles as the compiler's generic vectors (SSE2 or plain NEON code on the
// machines we know, right anywhere). There is no fma: fma, fnma and fms round twice. Vocabulary:
// vec.h.
#include <math.h>

namespace nabla::kernels::NABLA_ISA {
namespace {

typedef float vf32 __attribute__((vector_size(16)));
typedef double vf64 __attribute__((vector_size(16)));
typedef int32_t vi32 __attribute__((vector_size(16)));
typedef int64_t vi64 __attribute__((vector_size(16)));
typedef uint32_t vu32 __attribute__((vector_size(16)));
typedef uint64_t vu64 __attribute__((vector_size(16)));

// Copies the first n of N elements; never touches the others.
template <class T, int N>
NABLA_INLINE void copy_n(T* to, const T* from, int n) {
  for (int i = 0; i < N; ++i)
    if (i < n) to[i] = from[i];
}
template <class V, class T>
NABLA_INLINE V load_as(const T* p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
template <class V, class T>
NABLA_INLINE V load_as_n(const T* p, int n) {
  T t[sizeof(V) / sizeof(T)] = {};
  copy_n<T, sizeof(V) / sizeof(T)>(t, p, n);
  return load_as<V>(t);
}
template <class V, class T>
NABLA_INLINE void store_as_n(T* p, V v, int n) {
  T t[sizeof(V) / sizeof(T)];
  __builtin_memcpy(t, &v, sizeof v);
  copy_n<T, sizeof(V) / sizeof(T)>(p, t, n);
}

struct M32 {
  vi32 m;  // 0 or -1
  static NABLA_INLINE M32 first_n(int n) { return {(vi32)(vi32{0, 1, 2, 3} < vi32{n, n, n, n})}; }
};
struct M64 {
  vi64 m;
  static NABLA_INLINE M64 first_n(int n) { return {(vi64)(vi64{0, 1} < vi64{n, n})}; }
};
NABLA_INLINE M32 operator&(M32 a, M32 b) { return {a.m & b.m}; }
NABLA_INLINE M32 operator|(M32 a, M32 b) { return {a.m | b.m}; }
NABLA_INLINE M32 operator^(M32 a, M32 b) { return {a.m ^ b.m}; }
NABLA_INLINE M32 operator~(M32 a) { return {~a.m}; }
NABLA_INLINE M64 operator&(M64 a, M64 b) { return {a.m & b.m}; }
NABLA_INLINE M64 operator|(M64 a, M64 b) { return {a.m | b.m}; }
NABLA_INLINE M64 operator^(M64 a, M64 b) { return {a.m ^ b.m}; }
NABLA_INLINE M64 operator~(M64 a) { return {~a.m}; }
NABLA_INLINE bool any(M32 a) {
  const vi64 w = (vi64)a.m;
  return (w[0] | w[1]) != 0;
}
NABLA_INLINE bool any(M64 a) { return (a.m[0] | a.m[1]) != 0; }
NABLA_INLINE bool none(M32 a) { return !any(a); }
NABLA_INLINE bool none(M64 a) { return !any(a); }
NABLA_INLINE bool all(M32 a) {
  const vi64 w = (vi64)a.m;
  return (w[0] & w[1]) == -1;
}
NABLA_INLINE bool all(M64 a) { return (a.m[0] & a.m[1]) == -1; }

struct I32 {
  static constexpr int W = 4;
  vi32 v;
  static NABLA_INLINE I32 load(const int32_t* p) { return {load_as<vi32>(p)}; }
  static NABLA_INLINE I32 load_n(const int32_t* p, int n) { return {load_as_n<vi32>(p, n)}; }
  static NABLA_INLINE I32 set1(int32_t x) { return {vi32{x, x, x, x}}; }
  static NABLA_INLINE I32 zero() { return set1(0); }
  NABLA_INLINE void store(int32_t* p) const { __builtin_memcpy(p, &v, sizeof v); }
  NABLA_INLINE void store_n(int32_t* p, int n) const { store_as_n(p, v, n); }
};
NABLA_INLINE I32 operator+(I32 a, I32 b) { return {(vi32)((vu32)a.v + (vu32)b.v)}; }
NABLA_INLINE I32 operator-(I32 a, I32 b) { return {(vi32)((vu32)a.v - (vu32)b.v)}; }
NABLA_INLINE I32 operator&(I32 a, I32 b) { return {a.v & b.v}; }
NABLA_INLINE I32 operator|(I32 a, I32 b) { return {a.v | b.v}; }
NABLA_INLINE I32 operator^(I32 a, I32 b) { return {a.v ^ b.v}; }
template <int K>
NABLA_INLINE I32 shl(I32 a) {
  return {(vi32)((vu32)a.v << K)};
}
template <int K>
NABLA_INLINE I32 shr(I32 a) {
  return {(vi32)((vu32)a.v >> K)};
}
template <int K>
NABLA_INLINE I32 sra(I32 a) {
  return {a.v >> K};
}
NABLA_INLINE M32 eq(I32 a, I32 b) { return {(vi32)(a.v == b.v)}; }
NABLA_INLINE M32 gt(I32 a, I32 b) { return {(vi32)(a.v > b.v)}; }
NABLA_INLINE M32 lt(I32 a, I32 b) { return {(vi32)(a.v < b.v)}; }
NABLA_INLINE I32 select(M32 m, I32 a, I32 b) { return {(m.m & a.v) | (~m.m & b.v)}; }

struct I64 {
  static constexpr int W = 2;
  vi64 v;
  static NABLA_INLINE I64 load(const int64_t* p) { return {load_as<vi64>(p)}; }
  static NABLA_INLINE I64 set1(int64_t x) { return {vi64{x, x}}; }
  static NABLA_INLINE I64 zero() { return set1(0); }
  NABLA_INLINE void store(int64_t* p) const { __builtin_memcpy(p, &v, sizeof v); }
};
NABLA_INLINE I64 operator+(I64 a, I64 b) { return {(vi64)((vu64)a.v + (vu64)b.v)}; }
NABLA_INLINE I64 operator-(I64 a, I64 b) { return {(vi64)((vu64)a.v - (vu64)b.v)}; }
NABLA_INLINE I64 operator&(I64 a, I64 b) { return {a.v & b.v}; }
NABLA_INLINE I64 operator|(I64 a, I64 b) { return {a.v | b.v}; }
NABLA_INLINE I64 operator^(I64 a, I64 b) { return {a.v ^ b.v}; }
template <int K>
NABLA_INLINE I64 shl(I64 a) {
  return {(vi64)((vu64)a.v << K)};
}
template <int K>
NABLA_INLINE I64 shr(I64 a) {
  return {(vi64)((vu64)a.v >> K)};
}
NABLA_INLINE I64 select(M64 m, I64 a, I64 b) { return {(m.m & a.v) | (~m.m & b.v)}; }
NABLA_INLINE M64 eq(I64 a, I64 b) { return {(vi64)(a.v == b.v)}; }

struct F32 {
  static constexpr int W = 4;
  using T = float;
  vf32 v;
  static NABLA_INLINE F32 load(const float* p) { return {load_as<vf32>(p)}; }
  static NABLA_INLINE F32 load_n(const float* p, int n) { return {load_as_n<vf32>(p, n)}; }
  static NABLA_INLINE F32 set1(float x) { return {vf32{x, x, x, x}}; }
  static NABLA_INLINE F32 zero() { return set1(0.f); }
  NABLA_INLINE void store(float* p) const { __builtin_memcpy(p, &v, sizeof v); }
  NABLA_INLINE void store_n(float* p, int n) const { store_as_n(p, v, n); }
  NABLA_INLINE void stream(float* p) const { store(p); }
};
struct F64 {
  static constexpr int W = 2;
  using T = double;
  vf64 v;
  static NABLA_INLINE F64 load(const double* p) { return {load_as<vf64>(p)}; }
  static NABLA_INLINE F64 load_n(const double* p, int n) { return {load_as_n<vf64>(p, n)}; }
  static NABLA_INLINE F64 set1(double x) { return {vf64{x, x}}; }
  static NABLA_INLINE F64 zero() { return set1(0.0); }
  NABLA_INLINE void store(double* p) const { __builtin_memcpy(p, &v, sizeof v); }
  NABLA_INLINE void store_n(double* p, int n) const { store_as_n(p, v, n); }
  NABLA_INLINE void stream(double* p) const { store(p); }
};
NABLA_INLINE void stream_fence() {}
NABLA_INLINE F32 load_if(M32 m, const float* p) {
  F32 v = F32::zero();
  for (int i = 0; i < 4; ++i)
    if (m.m[i]) v.v[i] = p[i];
  return v;
}

NABLA_INLINE I32 to_bits(F32 a) { return {(vi32)a.v}; }
NABLA_INLINE F32 from_bits(I32 a) { return {(vf32)a.v}; }
NABLA_INLINE I64 to_bits(F64 a) { return {(vi64)a.v}; }
NABLA_INLINE F64 from_bits(I64 a) { return {(vf64)a.v}; }

// ---- what reads the same for both widths
#define NABLA_FLOAT_OPS(F, M, I, SIGN)                                                         \
  NABLA_INLINE F operator+(F a, F b) { return {a.v + b.v}; }                                   \
  NABLA_INLINE F operator-(F a, F b) { return {a.v - b.v}; }                                   \
  NABLA_INLINE F operator*(F a, F b) { return {a.v * b.v}; }                                   \
  NABLA_INLINE F operator/(F a, F b) { return {a.v / b.v}; }                                   \
  NABLA_INLINE F operator-(F a) { return from_bits(to_bits(a) ^ I::set1(SIGN)); }              \
  NABLA_INLINE F fma(F a, F b, F c) { return {a.v * b.v + c.v}; }                              \
  NABLA_INLINE F fnma(F a, F b, F c) { return {c.v - a.v * b.v}; }                             \
  NABLA_INLINE F fms(F a, F b, F c) { return {a.v * b.v - c.v}; }                              \
  NABLA_INLINE M lt(F a, F b) { return {decltype(M::m)(a.v < b.v)}; }                          \
  NABLA_INLINE M le(F a, F b) { return {decltype(M::m)(a.v <= b.v)}; }                         \
  NABLA_INLINE M gt(F a, F b) { return {decltype(M::m)(a.v > b.v)}; }                          \
  NABLA_INLINE M ge(F a, F b) { return {decltype(M::m)(a.v >= b.v)}; }                         \
  NABLA_INLINE M eq(F a, F b) { return {decltype(M::m)(a.v == b.v)}; }                         \
  NABLA_INLINE M ne(F a, F b) { return {decltype(M::m)(a.v != b.v)}; }                         \
  NABLA_INLINE M is_nan(F a) { return {decltype(M::m)(a.v != a.v)}; }                          \
  NABLA_INLINE F select(M m, F a, F b) {                                                       \
    return from_bits(I{(m.m & to_bits(a).v) | (~m.m & to_bits(b).v)});                         \
  }                                                                                            \
  NABLA_INLINE F max_num(F a, F b) { return select(gt(a, b), a, b); }                          \
  NABLA_INLINE F min_num(F a, F b) { return select(lt(a, b), a, b); }                          \
  NABLA_INLINE F maximum(F a, F b) { return select(gt(a, b) | is_nan(a), a, b); }              \
  NABLA_INLINE F minimum(F a, F b) { return select(lt(a, b) | is_nan(a), a, b); }              \
  NABLA_INLINE F abs(F a) { return from_bits(I{to_bits(a).v & ~I::set1(SIGN).v}); }            \
  NABLA_INLINE F copysign(F a, F s) {                                                          \
    return from_bits(I{(to_bits(a).v & ~I::set1(SIGN).v) | (to_bits(s).v & I::set1(SIGN).v)}); \
  }
NABLA_FLOAT_OPS(F32, M32, I32, INT32_MIN)
NABLA_FLOAT_OPS(F64, M64, I64, INT64_MIN)
#undef NABLA_FLOAT_OPS

// From 2^23 (2^52) up every float is whole; NaN takes that branch too.
NABLA_INLINE M32 has_fraction(F32 a) { return lt(abs(a), F32::set1(8388608.f)); }
NABLA_INLINE M64 has_fraction(F64 a) { return lt(abs(a), F64::set1(4503599627370496.0)); }
template <class F>
NABLA_INLINE F whole_magic();
template <>
NABLA_INLINE F32 whole_magic<F32>() {
  return F32::set1(8388608.f);
}
template <>
NABLA_INLINE F64 whole_magic<F64>() {
  return F64::set1(4503599627370496.0);
}
// Adding and taking away 2^23 (2^52) rounds |a| to a whole number, ties to even.
template <class F>
NABLA_INLINE F round_even_impl(F a) {
  const F r = (abs(a) + whole_magic<F>()) - whole_magic<F>();
  return select(has_fraction(a), copysign(r, a), a);
}
template <class F>
NABLA_INLINE F floor_impl(F a) {
  const F r = round_even_impl(a);
  return select(gt(r, a), copysign(r - F::set1(1), a), r);
}
template <class F>
NABLA_INLINE F ceil_impl(F a) {
  const F r = round_even_impl(a);
  return select(lt(r, a), copysign(r + F::set1(1), a), r);
}
template <class F>
NABLA_INLINE F trunc_impl(F a) {
  return copysign(floor_impl(abs(a)), a);
}
NABLA_INLINE F32 round_even(F32 a) { return round_even_impl(a); }
NABLA_INLINE F64 round_even(F64 a) { return round_even_impl(a); }
NABLA_INLINE F32 floor(F32 a) { return floor_impl(a); }
NABLA_INLINE F64 floor(F64 a) { return floor_impl(a); }
NABLA_INLINE F32 ceil(F32 a) { return ceil_impl(a); }
NABLA_INLINE F64 ceil(F64 a) { return ceil_impl(a); }
NABLA_INLINE F32 trunc(F32 a) { return trunc_impl(a); }
NABLA_INLINE F64 trunc(F64 a) { return trunc_impl(a); }

NABLA_INLINE F32 sqrt(F32 a) {
  return {vf32{::sqrtf(a.v[0]), ::sqrtf(a.v[1]), ::sqrtf(a.v[2]), ::sqrtf(a.v[3])}};
}
NABLA_INLINE F64 sqrt(F64 a) { return {vf64{::sqrt(a.v[0]), ::sqrt(a.v[1])}}; }
NABLA_INLINE I32 to_i32(F32 a) { return {__builtin_convertvector(round_even(a).v, vi32)}; }
NABLA_INLINE F32 from_i32(I32 a) { return {__builtin_convertvector(a.v, vf32)}; }
NABLA_INLINE F32 scale2(F32 x, F32 n) {
  const I32 whole = {__builtin_convertvector(n.v, vi32)}, half = sra<1>(whole);
  const I32 bias = I32::set1(127);
  return x * from_bits(shl<23>(half + bias)) * from_bits(shl<23>(whole - half + bias));
}
NABLA_INLINE F64 scale2(F64 x, F64 n) {
  const F64 half = floor(n * F64::set1(0.5)), magic = F64::set1(4503599627370496.0 + 1023);
  // n + 1023 in the low mantissa bits of 2^52; shifting by 52 leaves it as the exponent alone.
  const F64 p = from_bits(shl<52>(to_bits(half + magic)));
  const F64 q = from_bits(shl<52>(to_bits((n - half) + magic)));
  return x * p * q;
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
  // The biased exponent in the low mantissa bits of 2^52 is that number exactly.
  const F64 biased = from_bits(shr<52>(t) | I64::set1(0x4330000000000000));
  e = biased - select(denormal, F64::set1(4503599627370496.0 + 1023 + 54),
                      F64::set1(4503599627370496.0 + 1023));
  return from_bits((t & I64::set1(0x000FFFFFFFFFFFFF)) + root);
}
NABLA_INLINE float reduce_add(F32 a) { return (a.v[0] + a.v[2]) + (a.v[1] + a.v[3]); }
NABLA_INLINE double reduce_add(F64 a) { return a.v[0] + a.v[1]; }
NABLA_INLINE float reduce_max(F32 a) {
  const float x = a.v[0] > a.v[2] ? a.v[0] : a.v[2], y = a.v[1] > a.v[3] ? a.v[1] : a.v[3];
  return x > y ? x : y;
}
NABLA_INLINE float reduce_min(F32 a) {
  const float x = a.v[0] < a.v[2] ? a.v[0] : a.v[2], y = a.v[1] < a.v[3] ? a.v[1] : a.v[3];
  return x < y ? x : y;
}
NABLA_INLINE double reduce_max(F64 a) { return a.v[0] > a.v[1] ? a.v[0] : a.v[1]; }
NABLA_INLINE double reduce_min(F64 a) { return a.v[0] < a.v[1] ? a.v[0] : a.v[1]; }

// ---- conversions
NABLA_INLINE F64 widen_lo(F32 a) { return {vf64{double(a.v[0]), double(a.v[1])}}; }
NABLA_INLINE F64 widen_hi(F32 a) { return {vf64{double(a.v[2]), double(a.v[3])}}; }
NABLA_INLINE F32 narrow(F64 lo, F64 hi) {
  return {vf32{float(lo.v[0]), float(lo.v[1]), float(hi.v[0]), float(hi.v[1])}};
}
NABLA_INLINE F32 load_f16(const uint16_t* p) {
  const I32 h = {vi32{p[0], p[1], p[2], p[3]}};
  const I32 sign = shl<16>(h & I32::set1(0x8000)), magnitude = h & I32::set1(0x7FFF);
  // Exponent and mantissa shifted into place, times 2^112 to move the bias; exact for denormals
  // too.
  const F32 finite = from_bits(shl<13>(magnitude)) * F32::set1(5.192296858534828e33f);
  const F32 special = from_bits(shl<13>(magnitude) | I32::set1(0x7F800000));
  const M32 is_special = gt(magnitude, I32::set1(0x7BFF));
  return from_bits(to_bits(select(is_special, special, finite)) | sign);
}
NABLA_INLINE void store_f16(uint16_t* p, F32 a) {
  const I32 sign = shr<16>(to_bits(a) & I32::set1(INT32_MIN));
  const F32 x = abs(a);
  const I32 u = to_bits(x);
  // Normal results: rebias and round to even at bit 13. Denormal ones: adding 0.5 aligns the
  // mantissa to 2^-24 and rounds.
  const I32 normal =
      shr<13>(u - I32::set1((127 - 15) << 23) + I32::set1(0xFFF) + (shr<13>(u) & I32::set1(1)));
  const I32 denormal = to_bits(x + F32::set1(0.5f)) - I32::set1(0x3F000000);
  I32 r = select(lt(x, F32::set1(6.103515625e-5f)), denormal, normal);
  r = select(ge(x, F32::set1(65520.f)), I32::set1(0x7C00), r);
  r = select(is_nan(a), I32::set1(0x7E00), r) | sign;
  for (int i = 0; i < 4; ++i) p[i] = static_cast<uint16_t>(r.v[i]);
}
NABLA_INLINE F32 load_bf16(const uint16_t* p) {
  return from_bits(shl<16>(I32{vi32{p[0], p[1], p[2], p[3]}}));
}
NABLA_INLINE void store_bf16(uint16_t* p, F32 a) {
  const I32 u = to_bits(a);
  I32 r = shr<16>(u + I32::set1(0x7FFF) + (shr<16>(u) & I32::set1(1)));
  r = select(is_nan(a), I32::set1(0x7FC0), r);
  for (int i = 0; i < 4; ++i) p[i] = static_cast<uint16_t>(r.v[i]);
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
  m.m = (vi32)(vi32{p[0], p[1], p[2], p[3]} != vi32{0, 0, 0, 0});
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M32& m) {
  uint8_t t[4] = {};
  copy_n<uint8_t, 4>(t, p, n);
  load_bool(t, m);
}
NABLA_INLINE void load_bool(const uint8_t* p, M64& m) {
  m.m = (vi64)(vi64{p[0], p[1]} != vi64{0, 0});
}
NABLA_INLINE void load_bool_n(const uint8_t* p, int n, M64& m) {
  uint8_t t[2] = {};
  copy_n<uint8_t, 2>(t, p, n);
  load_bool(t, m);
}
NABLA_INLINE void store_bool_n(uint8_t* p, M32 m, int n) {
  for (int i = 0; i < 4; ++i)
    if (i < n) p[i] = static_cast<uint8_t>(m.m[i] & 1);
}
NABLA_INLINE void store_bool(uint8_t* p, M32 m) { store_bool_n(p, m, 4); }
NABLA_INLINE void store_bool_n(uint8_t* p, M64 m, int n) {
  for (int i = 0; i < 2; ++i)
    if (i < n) p[i] = static_cast<uint8_t>(m.m[i] & 1);
}
NABLA_INLINE void store_bool(uint8_t* p, M64 m) { store_bool_n(p, m, 2); }

NABLA_INLINE void load_u8(const uint8_t* p, I32& a) { a.v = vi32{p[0], p[1], p[2], p[3]}; }
NABLA_INLINE void load_u8(const uint8_t* p, I64& a) { a.v = vi64{p[0], p[1]}; }
NABLA_INLINE void store_u8(uint8_t* p, I32 a) {
  for (int i = 0; i < 4; ++i) p[i] = static_cast<uint8_t>(a.v[i]);
}
NABLA_INLINE void store_u8(uint8_t* p, I64 a) {
  for (int i = 0; i < 2; ++i) p[i] = static_cast<uint8_t>(a.v[i]);
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
  const vf32 e = {a.v[0], a.v[2], b.v[0], b.v[2]};
  odd.v = vf32{a.v[1], a.v[3], b.v[1], b.v[3]};
  even.v = e;
}
NABLA_INLINE void interleave(F32 even, F32 odd, F32& a, F32& b) {
  const vf32 low = {even.v[0], odd.v[0], even.v[1], odd.v[1]};
  b.v = vf32{even.v[2], odd.v[2], even.v[3], odd.v[3]};
  a.v = low;
}
NABLA_INLINE void deinterleave(F64 a, F64 b, F64& even, F64& odd) {
  even.v = vf64{a.v[0], b.v[0]};
  odd.v = vf64{a.v[1], b.v[1]};
}
NABLA_INLINE void interleave(F64 even, F64 odd, F64& a, F64& b) {
  a.v = vf64{even.v[0], odd.v[0]};
  b.v = vf64{even.v[1], odd.v[1]};
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
