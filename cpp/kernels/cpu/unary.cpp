// Unary elementwise kernels of float32 and float64 (tables/unary.h).
#include "kernels/tables/unary.h"

#include "map.h"
#include "vec/math.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// Light: bound by memory, so four vectors a turn. Heavy: one, and the CPU overlaps the turns.
template <bool Heavy, class T, class F>
NABLA_INLINE void map(T* y, const T* x, int64_t n, F f) {
  if constexpr (Heavy) {
    map_heavy(y, x, n, f);
  } else {
    using V = typename Kind<T>::V;
    constexpr int W = V::W;
    int64_t i = 0;
    for (; i + 4 * W <= n; i += 4 * W) {
      const V a = f(V::load(x + i)), b = f(V::load(x + i + W)), c = f(V::load(x + i + 2 * W)),
              d = f(V::load(x + i + 3 * W));
      a.store(y + i);
      b.store(y + i + W);
      c.store(y + i + 2 * W);
      d.store(y + i + 3 * W);
    }
    for (; i + W <= n; i += W) f(V::load(x + i)).store(y + i);
    if (i < n) f(V::load_n(x + i, static_cast<int>(n - i))).store_n(y + i, static_cast<int>(n - i));
  }
}

#define NABLA_UNARY(name, heavy, expr)                               \
  template <class T>                                                 \
  void name##_kernel(T* y, const T* x, int64_t n) {                  \
    using V = typename Kind<T>::V;                                   \
    map<heavy>(y, x, n, [](V v) NABLA_LAMBDA -> V { return expr; }); \
  }
NABLA_UNARY(neg, false, -v)
NABLA_UNARY(abs, false, abs(v))
NABLA_UNARY(sign, false,
            select(gt(v, V::zero()), V::set1(1), select(lt(v, V::zero()), V::set1(-1), V::zero())))
NABLA_UNARY(square, false, v* v)
NABLA_UNARY(reciprocal, false, V::set1(1) / v)
NABLA_UNARY(sqrt, false, sqrt(v))
NABLA_UNARY(rsqrt, false, V::set1(1) / sqrt(v))
NABLA_UNARY(floor, false, floor(v))
NABLA_UNARY(ceil, false, ceil(v))
NABLA_UNARY(round, false, round_even(v))
NABLA_UNARY(trunc, false, trunc(v))
NABLA_UNARY(relu, false, max_num(V::zero(), v))
NABLA_UNARY(exp, true, exp(v))
NABLA_UNARY(exp2, true, exp2(v))
NABLA_UNARY(expm1, true, expm1(v))
NABLA_UNARY(log, true, log(v))
NABLA_UNARY(log2, true, log2(v))
NABLA_UNARY(log10, true, log10(v))
NABLA_UNARY(log1p, true, log1p(v))
NABLA_UNARY(sigmoid, true, sigmoid(v))
NABLA_UNARY(tanh, true, tanh(v))
NABLA_UNARY(sin, true, sin(v))
NABLA_UNARY(cos, true, cos(v))
NABLA_UNARY(erf, true, erf(v))
#undef NABLA_UNARY

template <class T>
void clamp_kernel(T* y, const T* x, int64_t n, T low, T high) {
  using V = typename Kind<T>::V;
  const V lo = V::set1(low), hi = V::set1(high);
  map<false>(y, x, n, [=](V v) NABLA_LAMBDA -> V { return minimum(maximum(v, lo), hi); });
}

template <class T>
void fill_row(UnaryRow<T>& row) {
#define K(name) row.name = name##_kernel<T>;
  NABLA_UNARY_KERNELS(K)
#undef K
  row.clamp = clamp_kernel<T>;
}

}  // namespace

void fill_unary(UnaryTable& table) {
  fill_row(table.f32);
  fill_row(table.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
