// Fused optimizer steps: one pass over the parameter and its state.
#include "../tables/optim.h"

#include "row_sum.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// The gradient as the formulas use it: negated when maximizing, plus weight_decay * p.
template <class T>
NABLA_INLINE typename Kind<T>::V loaded_grad(const T* g, typename Kind<T>::V p, int lanes,
                                             bool maximize, bool decay, T weight_decay) {
  using V = typename Kind<T>::V;
  V d = load_lanes(g, lanes);
  if (maximize) d = -d;
  if (decay) d = fma(V::set1(weight_decay), p, d);
  return d;
}

// a / c to the last bit, given inverse = 1 / c: one correction by the exact remainder (Markstein)
// where there is an fma. The divider is what limits Adam.
template <class V>
NABLA_INLINE V divide_by(V a, V c, [[maybe_unused]] V inverse) {
#if defined(NABLA_ISA_BASELINE)
  return a / c;
#else
  const V q = a * inverse;
  return select(lt(abs(q), V::set1(static_cast<typename V::T>(__builtin_inf()))),
                fma(fnma(q, c, a), inverse, q), q);
#endif
}

// b = momentum * b + (1 - dampening) * g;  g = nesterov ? g + momentum * b : b;  p -= lr * g
template <class T>
void sgd(T* param, const T* grad, T* momentum, int64_t n, const SgdArgs<T>& a) {
  using V = typename Kind<T>::V;
  const bool decay = a.weight_decay != T(0);
  const V minus_lr = V::set1(-a.lr), mu = V::set1(a.momentum);
  const V rest = V::set1(a.one_minus_dampening);
  for_lanes<T>(n, [&](int64_t i, int lanes) {
    const V p = load_lanes(param + i, lanes);
    V g = loaded_grad(grad + i, p, lanes, a.maximize, decay, a.weight_decay);
    if (momentum != nullptr) {
      V b = g;
      if (!a.first) b = fma(rest, g, load_lanes(momentum + i, lanes) * mu);
      store_lanes(momentum + i, b, lanes);
      g = a.nesterov ? fma(mu, b, g) : b;
    }
    store_lanes(param + i, fma(minus_lr, g, p), lanes);
  });
}

// m += (1 - b1) (g - m);  v = b2 v + (1 - b2) g^2;  p -= step_size * m / (sqrt(v) / correction2 +
// eps)
template <class T, bool kAmsgrad>
NABLA_INLINE void adam_run(T* param, const T* grad, T* avg, T* avg_sq, T* max_sq, int64_t n,
                           const AdamArgs<T>& a) {
  using V = typename Kind<T>::V;
  const bool decay = !a.decoupled && a.weight_decay != T(0);
  const bool shrink = a.decoupled && a.weight_decay != T(0);
  const V rest1 = V::set1(a.one_minus_beta1), rest2 = V::set1(a.one_minus_beta2);
  const V beta2 = V::set1(a.beta2), eps = V::set1(a.eps), correction = V::set1(a.correction2);
  const V inverse = V::set1(T(1)) / correction;
  const V minus_step = V::set1(-a.step_size), factor = V::set1(a.decay_factor);
  const bool from_end = a.one_minus_beta1 >= T(0.5);  // lerp's two forms
  const V rest_of_rest = V::set1(T(1) - a.one_minus_beta1);
  for_lanes<T>(n, [&](int64_t i, int lanes) {
    V p = load_lanes(param + i, lanes);
    if (shrink) p = p * factor;
    const V g = loaded_grad(grad + i, p, lanes, a.maximize, decay, a.weight_decay);
    V m = load_lanes(avg + i, lanes);
    const V d = g - m;
    m = from_end ? fnma(d, rest_of_rest, g) : fma(rest1, d, m);
    store_lanes(avg + i, m, lanes);
    V v = fma(rest2 * g, g, load_lanes(avg_sq + i, lanes) * beta2);
    store_lanes(avg_sq + i, v, lanes);
    if constexpr (kAmsgrad) {
      v = maximum(load_lanes(max_sq + i, lanes), v);
      store_lanes(max_sq + i, v, lanes);
    }
    const V denominator = divide_by(sqrt(v), correction, inverse) + eps;
    store_lanes(param + i, p + minus_step * m / denominator, lanes);
  });
}

template <class T>
void adam(T* param, const T* grad, T* avg, T* avg_sq, T* max_sq, int64_t n, const AdamArgs<T>& a) {
  if (max_sq != nullptr) {
    adam_run<T, true>(param, grad, avg, avg_sq, max_sq, n, a);
  } else {
    adam_run<T, false>(param, grad, avg, avg_sq, max_sq, n, a);
  }
}

// s = alpha s + (1 - alpha) g^2;  d = sqrt(centered ? s - mean^2 : s) + eps;  p -= lr g / d, or by
// the momentum buffer
template <class T>
void rmsprop(T* param, const T* grad, T* avg_sq, T* grad_avg, T* momentum, int64_t n,
             const RmspropArgs<T>& a) {
  using V = typename Kind<T>::V;
  const bool decay = a.weight_decay != T(0);
  const V alpha = V::set1(a.alpha), rest = V::set1(a.one_minus_alpha), eps = V::set1(a.eps);
  const V minus_lr = V::set1(-a.lr), mu = V::set1(a.momentum);
  const bool from_end = a.one_minus_alpha >= T(0.5);
  const V rest_of_rest = V::set1(T(1) - a.one_minus_alpha);
  for_lanes<T>(n, [&](int64_t i, int lanes) {
    const V p = load_lanes(param + i, lanes);
    const V g = loaded_grad(grad + i, p, lanes, a.maximize, decay, a.weight_decay);
    V s = fma(rest * g, g, load_lanes(avg_sq + i, lanes) * alpha);
    store_lanes(avg_sq + i, s, lanes);
    if (grad_avg != nullptr) {
      V m = load_lanes(grad_avg + i, lanes);
      const V d = g - m;
      m = from_end ? fnma(d, rest_of_rest, g) : fma(rest, d, m);
      store_lanes(grad_avg + i, m, lanes);
      s = fnma(m, m, s);
    }
    const V denominator = sqrt(s) + eps;
    if (momentum != nullptr) {
      const V b = load_lanes(momentum + i, lanes) * mu + g / denominator;
      store_lanes(momentum + i, b, lanes);
      store_lanes(param + i, fma(minus_lr, b, p), lanes);
    } else {
      store_lanes(param + i, p + minus_lr * g / denominator, lanes);
    }
  });
}

template <class T>
void fill(OptimFns<T>& t) {
  t.sgd = sgd<T>;
  t.adam = adam<T>;
  t.rmsprop = rmsprop<T>;
}

}  // namespace

void fill_optim(OptimTable& t) {
  fill(t.f32);
  fill(t.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
