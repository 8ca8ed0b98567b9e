#pragma once
// The vector vocabulary of the kernels: one meaning, one header per instruction set.
//
//   F32, F64        float32 / float64 vectors; F32::W, F64::W lanes (baseline 4/2, avx2 8/4, avx512
//   16/8, neon 4/2) I32, I64        integers of the same lane count, for exponent and bit tricks
//   M32, M64        masks of the same lane count: & | ^ ~, any(m), all(m), none(m), M32::first_n(n)
//   T::load(p) T::load_n(p, n) T::set1(x) T::zero()   v.store(p) v.store_n(p, n) v.stream(p)
//                   load_n/store_n touch lanes 0 <= i < n only (0 <= n <= W; other lanes read as
//                   0); stream bypasses the cache (p aligned to the vector; call stream_fence() at
//                   the end)
//   load_if(M32, p) touches the lanes of the mask only, the others read as 0; lane_range(begin,
//   end)
//   + - * / unary -   fma(a,b,c) = a*b+c   fnma(a,b,c) = c-a*b   fms(a,b,c) = a*b-c
//                   one rounding where the machine has fma, two on baseline: formulas must be right
//                   with both
//   maximum minimum   NaN wins          max_num(a,b) = a > b ? a : b     min_num(a,b) = a < b ? a :
//   b (so a NaN gives b) sqrt abs floor ceil trunc round_even copysign(magnitude, sign)
//   select(m,a,b) = m ? a : b         lt le gt ge eq ne (a,b) (a NaN: only ne is true)   is_nan(a)
//   reduce_add reduce_max reduce_min  fixed tree over the lanes; max/min as max_num/min_num
//   to_bits(F) -> I, from_bits(I) -> F   to_i32(F32) rounds to nearest even, from_i32(I32)   shl<k>
//   shr<k> (logical) sra<k> scale2(x, n) = x * 2^n for whole-numbered n (a float vector), 0.5 <=
//   |x| <= 4, |n| <= 252 (F64: 2044): right through
//                   overflow and denormals
//   exponent_split(x, e) -> m: x = m * 2^e, m in [sqrt(1/2), sqrt(2)), for finite x > 0 (denormals
//   too) load_f16 load_bf16 (+_n) -> F32, store_f16 store_bf16 (+_n): round to nearest even; NaN
//   stays NaN load_bool(p, M&) / store_bool(p, M): bytes 0/1 <-> mask (+_n) widen_lo(F32)
//   widen_hi(F32) -> F64, narrow(F64 lo, F64 hi) -> F32 Kind<float>, Kind<double>::{V, I, M}: the
//   types by element type, for templates
//   load_u8(p, I&) / store_u8(p, I): bytes <-> integers 0..255 (+_n)
//   deinterleave(a, b, even, odd): lanes 0, 2, 4, ... and 1, 3, 5, ... of a followed by b;
//   interleave(even, odd, a, b) is its inverse
// The math functions (exp, log, tanh, ...) are in vec/math.h.
#include <cstddef>
#include <cstdint>

#define NABLA_INLINE inline __attribute__((always_inline))
#define NABLA_LAMBDA __attribute__((always_inline))

#if defined(NABLA_ISA_AVX512)
#include "avx512.h"
#elif defined(NABLA_ISA_AVX2)
#include "avx2.h"
#elif defined(NABLA_ISA_NEON)
#include "neon.h"
#else
#include "scalar.h"
#endif

namespace nabla::kernels::NABLA_ISA {
namespace {

// Lanes begin <= i < end; any values.
NABLA_INLINE M32 lane_range(int64_t begin, int64_t end) {
  const int64_t first = begin < 0 ? 0 : begin < F32::W ? begin : F32::W;
  const int64_t last = end < 0 ? 0 : end < F32::W ? end : F32::W;
  return M32::first_n(static_cast<int>(last)) & ~M32::first_n(static_cast<int>(first));
}

template <class T>
struct Kind;
template <>
struct Kind<float> {
  using V = F32;
  using I = I32;
  using M = M32;
};
template <>
struct Kind<double> {
  using V = F64;
  using I = I64;
  using M = M64;
};

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
