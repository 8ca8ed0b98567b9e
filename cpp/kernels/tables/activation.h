#pragma once
// Activation functions with parameters p, and their derivatives, over contiguous arrays:
// y[i] = f(x[i]) and dx[i] = dy[i] f'(x[i]), i < n; the result may be an operand itself.
#include <cstdint>

namespace nabla::kernels {

//   leaky_relu(slope)              x > 0 ? x : slope x
//   elu(alpha, scale, steepness)   scale (x > 0 ? x : alpha (exp(steepness x) - 1))
//   softplus(beta, threshold)      beta x > threshold ? x : log(1 + exp(beta x)) / beta
//   gelu                           x Phi(x), Phi the normal distribution
//   gelu_tanh                      x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
//   silu                           x sigmoid(x)
//   mish                           x tanh(log(1 + exp(x)))
//   hardswish, hardsigmoid         x h and h, h = min(max(x + 3, 0), 6) / 6
//   hardtanh(low, high)            min(max(x, low), high)
//   threshold(threshold, value)    x <= threshold ? value : x
//   hardshrink(lambda)             -lambda <= x <= lambda ? 0 : x
//   softshrink(lambda)             x shifted by lambda towards 0, 0 between
//   log_sigmoid                    -log(1 + exp(-x))
// clang-format off
#define NABLA_ACTIVATION_KERNELS(K) \
  K(leaky_relu) K(elu) K(softplus) K(gelu) K(gelu_tanh) K(silu) K(mish) K(hardswish) \
  K(hardsigmoid) K(hardtanh) K(threshold) K(hardshrink) K(softshrink) K(log_sigmoid)
// clang-format on

template <class T>
struct ActivationFn {
  void (*value)(T* y, const T* x, int64_t n, const T* p);
  void (*grad)(T* dx, const T* dy, const T* x, int64_t n, const T* p);
};

template <class T>
struct ActivationRow {
#define K(name) ActivationFn<T> name;
  NABLA_ACTIVATION_KERNELS(K)
#undef K
};

struct ActivationTable {
  ActivationRow<float> f32;
  ActivationRow<double> f64;
};

}  // namespace nabla::kernels
