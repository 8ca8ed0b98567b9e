// Optimizer steps on one contiguous run of a parameter; n elements, everything in place. Each
// formula is PyTorch's single-tensor one, operation by operation, with fma where its kernels have
// one.
#pragma once

#include <cstdint>

namespace nabla::kernels {

template <class T>
struct SgdArgs {
  T lr, momentum, one_minus_dampening, weight_decay;
  bool nesterov, maximize, first;  // first: the momentum buffer is set to the gradient
};

template <class T>
struct AdamArgs {
  T one_minus_beta1, beta2, one_minus_beta2, eps, weight_decay;
  T step_size;     // lr / (1 - beta1^t)
  T correction2;   // sqrt(1 - beta2^t)
  T decay_factor;  // 1 - lr * weight_decay: p is multiplied by it when decoupled
  bool decoupled, maximize;
};

template <class T>
struct RmspropArgs {
  T lr, alpha, one_minus_alpha, eps, weight_decay, momentum;
  bool maximize;
};

template <class T>
struct OptimFns {
  // momentum may be null: then args.momentum must be 0.
  void (*sgd)(T* param, const T* grad, T* momentum, int64_t n, const SgdArgs<T>& args);
  // max_sq (amsgrad) may be null.
  void (*adam)(T* param, const T* grad, T* avg, T* avg_sq, T* max_sq, int64_t n,
               const AdamArgs<T>& args);
  // grad_avg (centered) and momentum may be null.
  void (*rmsprop)(T* param, const T* grad, T* avg_sq, T* grad_avg, T* momentum, int64_t n,
                  const RmspropArgs<T>& args);
};

struct OptimTable {
  OptimFns<float> f32;
  OptimFns<double> f64;
};

}  // namespace nabla::kernels
