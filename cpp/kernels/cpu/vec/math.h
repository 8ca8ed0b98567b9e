#pragma once
// exp, log, tanh and friends on F32 and F64 vectors, the same algorithms on every instruction set.
// Measured (test/cpp/ elementwise_test.cpp holds the bounds): float32 within 1.5 ulp over the whole
// range, denormal results included, float64 within 2.
//
// The less used float32 functions widen to float64, where short series are far more exact than the
// result needs. The polynomials of float32 exp and log are minimax fits of their own (Remez, error
// below 1e-9); the float64 ones are Taylor series on the reduced range, long enough that the first
// term left out is below 2^-57.
#include <math.h>

#include "vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// Horner, highest power first.
template <class V, class... C>
NABLA_INLINE V poly(V x, double highest, C... rest) {
  V acc = V::set1(static_cast<typename V::T>(highest));
  ((acc = fma(acc, x, V::set1(static_cast<typename V::T>(rest)))), ...);
  return acc;
}

// f of each lane by the C library: for what is rare.
template <class V, class F>
NABLA_INLINE V map_lanes(V x, F f) {
  typename V::T t[V::W];
  x.store(t);
  for (int i = 0; i < V::W; ++i) t[i] = f(t[i]);
  return V::load(t);
}
template <class V, class F>
NABLA_INLINE V map_lanes(V x, V y, F f) {
  typename V::T t[V::W], u[V::W];
  x.store(t);
  y.store(u);
  for (int i = 0; i < V::W; ++i) t[i] = f(t[i], u[i]);
  return V::load(t);
}
// f on the two halves in float64.
template <class F>
NABLA_INLINE F32 widened(F32 x, F f) {
  return narrow(f(widen_lo(x)), f(widen_hi(x)));
}
template <class F>
NABLA_INLINE F32 widened(F32 x, F32 y, F f) {
  return narrow(f(widen_lo(x), widen_lo(y)), f(widen_hi(x), widen_hi(y)));
}

// ---- exp: e^x = 2^n * (1 + p), n = round(x / ln 2), p = e^r - 1 with |r| <= ln(2)/2

// ln 2 in two parts: n * high is exact for every n that occurs, without fma too.
NABLA_INLINE F32 exp_reduced(F32 x, F32& n) {
  n = round_even(x * F32::set1(1.44269504f));
  const F32 r = fnma(n, F32::set1(-2.12194440e-4f), fnma(n, F32::set1(0.693359375f), x));
  const F32 q =
      poly(r, 0.000199199232, 0.00139472121, 0.00833326112, 0.0416662544, 0.166666672, 0.5);
  return fma(q, r * r, r);
}
NABLA_INLINE F64 exp_reduced(F64 x, F64& n) {
  n = round_even(x * F64::set1(1.4426950408889634));
  const F64 r = fnma(n, F64::set1(1.90821492927058770002e-10),
                     fnma(n, F64::set1(6.93147180369123816490e-01), x));
  const F64 q =
      poly(r, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880,
           1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5);
  return fma(q, r * r, r);
}
// Above the bound the result is infinity with room to spare; NaN passes (it is the second operand).
NABLA_INLINE F32 exp_clamp(F32 x) { return min_num(F32::set1(90.f), x); }
NABLA_INLINE F64 exp_clamp(F64 x) { return min_num(F64::set1(720.0), x); }
// Below it the result is 0, and the lane must not underflow on its way: that costs 100 cycles.
NABLA_INLINE F32 exp_least(F32) { return F32::set1(-104.f); }
NABLA_INLINE F64 exp_least(F64) { return F64::set1(-745.5); }
template <class V>
NABLA_INLINE V exp(V x) {
  const auto zero = lt(x, exp_least(x));
  V n;
  const V p = exp_reduced(exp_clamp(select(zero, V::zero(), x)), n);
  return select(zero, V::zero(), scale2(p + V::set1(1), n));
}
// Two to the n as a number, for -126 <= n <= 127 (F64: -1022 <= n <= 1023), cheaper than scale2.
NABLA_INLINE F32 pow2(F32 n) { return from_bits(shl<23>(to_i32(n) + I32::set1(127))); }
NABLA_INLINE F64 pow2(F64 n) {
  return from_bits(shl<52>(to_bits(n + F64::set1(4503599627370496.0 + 1023))));
}
// e^x - 1 for 0 <= x <= 44 (or NaN): 2^n * p + (2^n - 1), exact where n = 0.
template <class V>
NABLA_INLINE V expm1_positive(V x) {
  V n;
  const V p = exp_reduced(x, n), s = pow2(n);
  return fma(s, p, s - V::set1(1));
}
NABLA_INLINE F64 expm1(F64 x) {
  const F64 c = max_num(F64::set1(-60.0), min_num(F64::set1(720.0), x));
  F64 n;
  const F64 p = exp_reduced(c, n);
  // 2^1024 is no number, so the top of the range goes in two steps.
  const F64 s = pow2(min_num(n, F64::set1(1000.0)));
  const F64 y = fma(s, p, s - F64::set1(1));
  return select(lt(n, F64::set1(1000.5)), select(eq(x, F64::zero()), x, y),
                scale2(p + F64::set1(1), n));
}
NABLA_INLINE F32 expm1(F32 x) {
  return widened(x, [](F64 v) NABLA_LAMBDA { return expm1(v); });
}
// 2^x: the integer part is exact, the rest |r| <= 1/2.
NABLA_INLINE F32 exp2(F32 x) {
  const F32 c = max_num(F32::set1(-151.f), min_num(F32::set1(129.f), x));
  const F32 n = round_even(c), r = c - n;
  const F32 p = poly(r, 1.53149449e-05, 0.000154671085, 0.0013333431, 0.00961803738, 0.0555041097,
                     0.240226507, 0.693147182);
  return scale2(fma(p, r, F32::set1(1.f)), n);
}
NABLA_INLINE F64 exp2(F64 x) {
  const F64 c = max_num(F64::set1(-1080.0), min_num(F64::set1(1030.0), x));
  const F64 n = round_even(c), r = (c - n) * F64::set1(0.6931471805599453);
  const F64 q =
      poly(r, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880,
           1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5);
  return scale2(fma(q, r * r, r) + F64::set1(1), n);
}

// ---- log: x = m * 2^e, m in [sqrt(1/2), sqrt(2)), log x = e ln 2 + log m

// log(0) = -inf, log(< 0) = NaN, log(inf) = inf, log(NaN) = NaN around a result for ordinary x.
template <class V>
NABLA_INLINE V log_specials(V x, V y) {
  using T = typename V::T;
  y = select(lt(x, V::set1(static_cast<T>(INFINITY))), y, x);  // inf and NaN give themselves
  y = select(gt(x, V::zero()), y, V::set1(static_cast<T>(-INFINITY)));
  return select(lt(x, V::zero()) | is_nan(x), V::set1(static_cast<T>(NAN)), y);
}
NABLA_INLINE F32 log(F32 x) {
  F32 e;
  const F32 f = exponent_split(x, e) - F32::set1(1.f), z = f * f;
  F32 p = poly(f, 0.0691560283, -0.117897741, 0.118728451, -0.123843469, 0.142186776, -0.16669251,
               0.20002225, -0.249999866, 0.333333105);
  p = fma(e, F32::set1(-2.12194440e-4f), p * z * f);
  p = fnma(F32::set1(0.5f), z, p);
  return log_specials(x, fma(e, F32::set1(0.693359375f), f + p));
}
// log(1 + f) = f - f^2/2 + s (f^2/2 + R), s = f / (2 + f), R = 2/3 s^2 + 2/5 s^4 + ... : the part
// that is rounded is small.
NABLA_INLINE F64 log_mantissa(F64 f, F64 e_low, F64& f_minus) {
  const F64 s = f / (F64::set1(2) + f), z = s * s, half = f * f * F64::set1(0.5);
  const F64 r = z * poly(z, 2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11,
                         2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3);
  f_minus = half;
  return fma(s, half + r, e_low);
}
NABLA_INLINE F64 log_sum(F64 f, F64 e, F64 correction) {
  F64 half;
  const F64 low = log_mantissa(f, fma(e, F64::set1(1.90821492927058770002e-10), correction), half);
  return fma(e, F64::set1(6.93147180369123816490e-01), f - (half - low));
}
NABLA_INLINE F64 log(F64 x) {
  F64 e;
  const F64 m = exponent_split(x, e);
  return log_specials(x, log_sum(m - F64::set1(1), e, F64::zero()));
}
// log(1 + x): u = 1 + x loses the low bits of x; what it loses, over u, is the first-order
// correction.
NABLA_INLINE F64 log1p(F64 x) {
  const F64 u = F64::set1(1) + x, d = u - F64::set1(1);
  const F64 lost = (x - d) + ((F64::set1(1) - (u - d)));
  F64 e;
  const F64 m = exponent_split(u, e);
  // e = 0: f is x itself, exactly.
  const M64 near = eq(e, F64::zero());
  const F64 f = select(near, x, m - F64::set1(1));
  const F64 y = log_sum(f, e, select(near, F64::zero(), lost / u));
  return select(lt(abs(x), F64::set1(1e-300)), x, log_specials(u, y));
}
NABLA_INLINE F64 log2(F64 x) {
  F64 e;
  const F64 m = exponent_split(x, e);
  const F64 y =
      fma(log_sum(m - F64::set1(1), F64::zero(), F64::zero()), F64::set1(1.4426950408889634), e);
  return log_specials(x, y);
}
NABLA_INLINE F32 log2(F32 x) {
  return widened(x, [](F64 v) NABLA_LAMBDA { return log2(v); });
}
NABLA_INLINE F64 log10(F64 x) {
  return map_lanes(x, [](double v) { return ::log10(v); });
}
NABLA_INLINE F32 log10(F32 x) {
  return widened(x, [](F64 v) NABLA_LAMBDA { return log(v) * F64::set1(0.4342944819032518); });
}
NABLA_INLINE F32 log1p(F32 x) {
  return widened(x, [](F64 v) NABLA_LAMBDA { return log1p(v); });
}

// ---- from exp
// 1 / (1 + e^-x), as e^-|x| / (1 + e^-|x|) for negative x: nothing overflows, small results keep
// all their bits.
template <class V>
NABLA_INLINE V sigmoid(V x) {
  const V e = exp(-abs(x)), one = V::set1(1);
  return select(lt(x, V::zero()), e, one) / (one + e);
}
// tanh |x| = h / (1 + h), h = (e^(2|x|) - 1) / 2; from 22 on it is 1 in float64 too. Small h: h -
// h^2 / (1 + h) rounds less.
template <class V>
NABLA_INLINE V tanh(V x) {
  const V a = min_num(V::set1(22), abs(x)), h = expm1_positive(a + a) * V::set1(0.5);
  const V y = h / (V::set1(1) + h);
  return copysign(select(lt(h, V::set1(0.5)), fnma(h, y, h), y), x);
}

// ---- sin, cos: float32 in float64 with pi/2 in two parts, exact without fma too to |x| < 2^20;
// beyond that and in float64 the C library
template <bool Cos>
NABLA_INLINE F64 sin_cos(F64 x) {
  const F64 n = round_even(x * F64::set1(0.63661977236758134308));
  const F64 r =
      fnma(n, F64::set1(6.07710050650619224932e-11), fnma(n, F64::set1(1.57079632673412561417), x));
  const F64 z = r * r;
  const F64 s = fma(
      r * z,
      poly(z, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6),
      r);
  const F64 c =
      poly(z, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320, -1.0 / 720, 1.0 / 24, -0.5, 1.0);
  // Quadrant q = n mod 4: odd ones swap sine and cosine, the upper two change the sign.
  const I64 q = to_bits(n + F64::set1(6755399441055744.0)) + I64::set1(Cos ? 1 : 0);
  const M64 even = eq(q & I64::set1(1), I64::zero());
  const I64 sign = shl<62>(q & I64::set1(2));
  return from_bits(to_bits(select(even, s, c)) ^ sign);
}
NABLA_INLINE F32 sin(F32 x) {
  if (any(gt(abs(x), F32::set1(8e5f)))) return map_lanes(x, [](float v) { return ::sinf(v); });
  const F32 y = widened(x, [](F64 v) NABLA_LAMBDA { return sin_cos<false>(v); });
  return select(eq(x, F32::zero()), x, y);  // -0
}
NABLA_INLINE F32 cos(F32 x) {
  if (any(gt(abs(x), F32::set1(8e5f)))) return map_lanes(x, [](float v) { return ::cosf(v); });
  return widened(x, [](F64 v) NABLA_LAMBDA { return sin_cos<true>(v); });
}
NABLA_INLINE F64 sin(F64 x) {
  return map_lanes(x, [](double v) { return ::sin(v); });
}
NABLA_INLINE F64 cos(F64 x) {
  return map_lanes(x, [](double v) { return ::cos(v); });
}

// ---- erf: x * P(x^2 / 8 - 1) in float64 up to |x| = 4, where float32 erf is 1
NABLA_INLINE F32 erf(F32 x) {
  return widened(x, [](F64 v) NABLA_LAMBDA {
    const F64 a = max_num(F64::set1(-4), min_num(F64::set1(4), v));
    const F64 u = fma(a * a, F64::set1(0.125), F64::set1(-1));
    return a * poly(u, 8.1865616704631159e-05, -0.00023897052355493733, 0.00022416805263597236,
                    -0.00035526302266707967, 0.0013218369959938406, -0.0028610327827332197,
                    0.0048569730753000619, -0.0084261162377090, 0.014336982792503427,
                    -0.022541965034039234, 0.033067061315294716, -0.04574999363361601,
                    0.059885439636132402, -0.074729662091974736, 0.090209146182734415,
                    -0.10771034614482383, 0.1316751111395226, -0.17657623480851639,
                    0.35353099567794105);
  });
}
NABLA_INLINE F64 erf(F64 x) {
  return map_lanes(x, [](double v) { return ::erf(v); });
}

// ---- pow: e^(y log |x|) in float64, then C's rules for signs, ones and zeros
NABLA_INLINE F32 pow(F32 x, F32 y) {
  const F32 a = abs(x), one = F32::set1(1.f);
  F32 r = widened(a, y, [](F64 b, F64 e) NABLA_LAMBDA { return exp(e * log(b)); });
  r = select(eq(a, one) | eq(y, F32::zero()), one, r);
  const F32 half = y * F32::set1(0.5f);
  const M32 whole = eq(trunc(y), y), odd = whole & ne(trunc(half), half);
  r = select(odd, copysign(r, x), r);
  const M32 undefined = lt(x, F32::zero()) & lt(a, F32::set1(INFINITY)) & ~whole;
  // 1^y and x^0 are 1 for NaN too; otherwise NaN spreads.
  const M32 is_one = eq(x, one) | eq(y, F32::zero());
  return select(is_one, one, select(undefined | is_nan(x) | is_nan(y), F32::set1(NAN), r));
}
NABLA_INLINE F64 pow(F64 x, F64 y) {
  return map_lanes(x, y, [](double a, double b) { return ::pow(a, b); });
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
