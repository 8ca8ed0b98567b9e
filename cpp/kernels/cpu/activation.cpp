// Activation kernels of float32 and float64 (tables/activation.h).
#include "kernels/tables/activation.h"

#include "map.h"
#include "vec/math.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// dx = f(dy, x)
template <class T, class F>
NABLA_INLINE void map(T* dx, const T* dy, const T* x, int64_t n, F f) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  for (int64_t i = 0; i < n; i += W) {
    const bool full = n - i >= W;
    const int rest = static_cast<int>(n - i);
    const V v = full ? f(V::load(dy + i), V::load(x + i))
                     : f(V::load_n(dy + i, rest), V::load_n(x + i, rest));
    if (full)
      v.store(dx + i);
    else
      v.store_n(dx + i, rest);
  }
}

// Values and derivatives, written with x, dy, the parameters P(0), P(1), P(2) and constants C(c).
#define P(k) V::set1(p[k])
#define C(c) V::set1(T(c))
#define ACTIVATION(name, value, grad)                                                        \
  template <class T>                                                                         \
  void name##_value(T* y, const T* x, int64_t n, [[maybe_unused]] const T* p) {              \
    using V = typename Kind<T>::V;                                                           \
    map_heavy<T>(y, x, n, [=](V x) NABLA_LAMBDA -> V { return value; });                     \
  }                                                                                          \
  template <class T>                                                                         \
  void name##_grad(T* dx, const T* dy, const T* x, int64_t n, [[maybe_unused]] const T* p) { \
    using V = typename Kind<T>::V;                                                           \
    map<T>(dx, dy, x, n, [=](V dy, V x) NABLA_LAMBDA -> V { return grad; });                 \
  }

template <class V, class T>
NABLA_INLINE V elu_of(V x, const T* p) {
  return select(lt(x, V::zero()), expm1(x * P(2)) * V::set1(p[0] * p[1]), x * P(1));
}
template <class V, class T>
NABLA_INLINE V elu_slope(V dy, V x, const T* p) {
  const V below = dy * V::set1(p[2] * p[0] * p[1]) * exp(x * P(2));
  return select(le(x, V::zero()), below, dy * P(1));
}
// log(1 + e) for 0 <= e <= 1; in float32 the logarithm of the rounded sum plus what rounding took.
NABLA_INLINE F64 log1p_unit(F64 e) { return log1p(e); }
NABLA_INLINE F32 log1p_unit(F32 e) {
  const F32 one = F32::set1(1), sum = one + e;
  return log(sum) + (e - (sum - one)) / sum;
}
template <class V, class T>
NABLA_INLINE V softplus_of(V x, const T* p) {
  const V z = x * P(0);
  const V soft = maximum(z, V::zero()) + log1p_unit(exp(-abs(z)));
  return select(gt(z, P(1)), x, soft / P(0));
}
template <class V, class T>
NABLA_INLINE V softplus_slope(V dy, V x, const T* p) {
  const V z = x * P(0);
  return select(gt(z, P(1)), dy, dy * sigmoid(z));
}

constexpr double kInvSqrt2 = 0.70710678118654752440, kInvSqrt2Pi = 0.39894228040143267794;
constexpr double kTanhScale = 0.79788456080286535588, kTanhCubic = 0.044715;

template <class T, class V>
NABLA_INLINE V normal_below(V x) {
  return C(0.5) * (C(1) + erf(x * C(kInvSqrt2)));
}
template <class T, class V>
NABLA_INLINE V gelu_slope(V dy, V x) {
  return dy * (normal_below<T>(x) + x * (exp(x * x * C(-0.5)) * C(kInvSqrt2Pi)));
}
template <class T, class V>
NABLA_INLINE V gelu_tanh_of(V x) {
  return C(0.5) * x * (C(1) + tanh(C(kTanhScale) * (x + C(kTanhCubic) * x * x * x)));
}
template <class T, class V>
NABLA_INLINE V gelu_tanh_slope(V dy, V x) {
  const V t = tanh(C(kTanhScale) * (x + C(kTanhCubic) * x * x * x));
  const V inner = C(kTanhScale) * (C(1) + C(3 * kTanhCubic) * x * x);
  return dy * (C(0.5) * (C(1) + t) + C(0.5) * x * (C(1) - t * t) * inner);
}
template <class T, class V>
NABLA_INLINE V silu_slope(V dy, V x) {
  const V s = sigmoid(x);
  return dy * s * (C(1) + x * (C(1) - s));
}
// tanh(log(1 + e^x)) = w / (w + 2), w = e^x (e^x + 2); 1 to the last bit from 20 on
template <class T, class V>
NABLA_INLINE V tanh_softplus(V x) {
  const V e = exp(min_num(C(20), x));
  const V w = e * (e + C(2));
  return w / (w + C(2));
}
template <class T, class V>
NABLA_INLINE V mish_slope(V dy, V x) {
  const V t = tanh_softplus<T>(x);
  return dy * (t + x * sigmoid(x) * (C(1) - t * t));
}
template <class T, class V>
NABLA_INLINE V hard(V x) {
  return minimum(maximum(x + C(3), V::zero()), C(6));
}
template <class V>
NABLA_INLINE V log_sigmoid_of(V x) {
  return minimum(x, V::zero()) - log1p_unit(exp(-abs(x)));
}

ACTIVATION(leaky_relu, select(gt(x, V::zero()), x, x* P(0)), select(gt(x, V::zero()), dy, dy* P(0)))
ACTIVATION(elu, elu_of(x, p), elu_slope(dy, x, p))
ACTIVATION(softplus, softplus_of(x, p), softplus_slope(dy, x, p))
ACTIVATION(gelu, x* normal_below<T>(x), gelu_slope<T>(dy, x))
ACTIVATION(gelu_tanh, gelu_tanh_of<T>(x), gelu_tanh_slope<T>(dy, x))
ACTIVATION(silu, x / (C(1) + exp(-x)), silu_slope<T>(dy, x))
ACTIVATION(mish, x* tanh_softplus<T>(x), mish_slope<T>(dy, x))
ACTIVATION(hardswish, x* hard<T>(x) / C(6),
           select(le(x, C(-3)), V::zero(), select(lt(x, C(3)), dy*(x / C(3) + C(0.5)), dy)))
ACTIVATION(hardsigmoid, hard<T>(x) / C(6), select(gt(x, C(-3)) & lt(x, C(3)), dy / C(6), V::zero()))
ACTIVATION(hardtanh, minimum(maximum(x, P(0)), P(1)),
           select(le(x, P(0)) | ge(x, P(1)), V::zero(), dy))
ACTIVATION(threshold, select(le(x, P(0)), P(1), x), select(le(x, P(0)), V::zero(), dy))
ACTIVATION(hardshrink, select(ge(x, -P(0)) & le(x, P(0)), V::zero(), x),
           select(ge(x, -P(0)) & le(x, P(0)), V::zero(), dy))
ACTIVATION(softshrink, select(gt(x, P(0)), x - P(0), select(lt(x, -P(0)), x + P(0), x* V::zero())),
           select(ge(x, -P(0)) & le(x, P(0)), V::zero(), dy))
ACTIVATION(log_sigmoid, log_sigmoid_of(x), dy* sigmoid(-x))
#undef ACTIVATION
#undef P
#undef C

template <class T>
void fill_row(ActivationRow<T>& row) {
#define K(name) row.name = {name##_value<T>, name##_grad<T>};
  NABLA_ACTIVATION_KERNELS(K)
#undef K
}

}  // namespace

void fill_activation(ActivationTable& table) {
  fill_row(table.f32);
  fill_row(table.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
