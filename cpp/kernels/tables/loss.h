// Losses on float32 and float64 arrays.
#pragma once

#include <cstdint>

namespace nabla::kernels {

enum PairLoss : int {
  kPairSquare,     // d^2, d = x - y
  kPairAbs,        // |d|
  kPairSmoothL1,   // |d| < b ? d^2 / (2 b) : |d| - b / 2
  kPairHuber,      // |d| <= b ? d^2 / 2 : b (|d| - b / 2)
  kPairBce,        // -(y log x + (1 - y) log(1 - x)), logs not below -100
  kPairBceLogits,  // (1 - y) x + log(1 + exp(-x)) without overflow
  kPairLosses
};

template <class T>
struct LossFns {
  // out[i] = loss(x[i], y[i]); b is the parameter of the loss.
  void (*pair[kPairLosses])(T* out, const T* x, const T* y, int64_t n, T b);
  // Gradient of cross entropy before the target's own term: dx(r, j) = scale[r] * exp(x(r, j) -
  // max[r] - log_sum[r])
  // - shift[r], x and dx dense [rows, n]; shift may be null (0).
  void (*cross_entropy_grad)(T* dx, const T* x, const T* max, const T* log_sum, const T* scale,
                             const T* shift, int64_t rows, int64_t n);
};

struct LossTable {
  LossFns<float> f32;
  LossFns<double> f64;
};

}  // namespace nabla::kernels
