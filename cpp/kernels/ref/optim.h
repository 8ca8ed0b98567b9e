// Plain twins of the optimizer steps, one element at a time, with std::fma where the kernels have
// fma.
#pragma once

#include <cmath>

#include "../tables/optim.h"

namespace nabla::kernels::ref {

template <class T>
T optimizer_grad(T p, T g, bool maximize, T weight_decay) {
  if (maximize) g = -g;
  return weight_decay != 0 ? std::fma(weight_decay, p, g) : g;
}

// from + weight * (to - from), from the nearer end
template <class T>
T lerp(T from, T to, T weight) {
  const T d = to - from;
  return weight < T(0.5) ? std::fma(weight, d, from) : std::fma(-d, T(1) - weight, to);
}

template <class T>
void sgd(T& p, T g, T* buf, const SgdArgs<T>& a) {
  g = optimizer_grad(p, g, a.maximize, a.weight_decay);
  if (buf != nullptr) {
    *buf = a.first ? g : std::fma(a.one_minus_dampening, g, *buf * a.momentum);
    g = a.nesterov ? std::fma(a.momentum, *buf, g) : *buf;
  }
  p = std::fma(-a.lr, g, p);
}

template <class T>
void adam(T& p, T g, T& m, T& v, T* max_v, const AdamArgs<T>& a) {
  if (a.decoupled && a.weight_decay != 0) p = p * a.decay_factor;
  g = optimizer_grad(p, g, a.maximize, a.decoupled ? T(0) : a.weight_decay);
  m = lerp(m, g, a.one_minus_beta1);
  v = std::fma(a.one_minus_beta2 * g, g, v * a.beta2);
  T used = v;
  if (max_v != nullptr) used = *max_v = *max_v > v ? *max_v : v;
  p = p + -a.step_size * m / (std::sqrt(used) / a.correction2 + a.eps);
}

template <class T>
void rmsprop(T& p, T g, T& sq, T* mean, T* buf, const RmspropArgs<T>& a) {
  g = optimizer_grad(p, g, a.maximize, a.weight_decay);
  sq = std::fma(a.one_minus_alpha * g, g, sq * a.alpha);
  T s = sq;
  if (mean != nullptr) {
    *mean = lerp(*mean, g, a.one_minus_alpha);
    s = std::fma(-*mean, *mean, s);
  }
  const T d = std::sqrt(s) + a.eps;
  if (buf != nullptr) {
    *buf = *buf * a.momentum + g / d;
    p = std::fma(-a.lr, *buf, p);
  } else {
    p = p + -a.lr * g / d;
  }
}

}  // namespace nabla::kernels::ref
