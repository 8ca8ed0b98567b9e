// Plain twins of softmax and log-softmax in double precision; elements of the normalised dimension
// are stride apart.
#pragma once

#include <cmath>
#include <cstdint>

namespace nabla::kernels::ref {

template <class T>
void log_sum(double& max, double& log_sum, const T* x, int64_t n, int64_t stride) {
  max = -INFINITY;
  for (int64_t i = 0; i < n; ++i) max = std::fmax(max, static_cast<double>(x[i * stride]));
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += std::exp(static_cast<double>(x[i * stride]) - max);
  log_sum = std::log(sum);
}

template <class T>
void softmax(T* y, const T* x, int64_t n, int64_t stride, bool log) {
  double max, l;
  log_sum(max, l, x, n, stride);
  for (int64_t i = 0; i < n; ++i) {
    const double v = static_cast<double>(x[i * stride]) - max - l;
    y[i * stride] = static_cast<T>(log ? v : std::exp(v));
  }
}

// dx = y (dy - sum dy y), or with log: dx = dy - exp(y) sum dy
template <class T>
void softmax_grad(T* dx, const T* dy, const T* y, int64_t n, int64_t stride, bool log) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    sum += static_cast<double>(dy[i * stride]) * (log ? 1.0 : static_cast<double>(y[i * stride]));
  }
  for (int64_t i = 0; i < n; ++i) {
    const double d = dy[i * stride], v = y[i * stride];
    dx[i * stride] = static_cast<T>(log ? d - std::exp(v) * sum : v * (d - sum));
  }
}

}  // namespace nabla::kernels::ref
