// Plain twins of the normalisation kernels in double precision: a set of count elements x[at(i)].
#pragma once

#include <cmath>
#include <cstdint>

namespace nabla::kernels::ref {

template <class T, class At>
void moments(double& mean, double& m2, const T* x, int64_t count, At&& at) {
  mean = m2 = 0;
  for (int64_t i = 0; i < count; ++i) mean += static_cast<double>(x[at(i)]);
  mean /= static_cast<double>(count);
  for (int64_t i = 0; i < count; ++i) {
    const double d = static_cast<double>(x[at(i)]) - mean;
    m2 += d * d;
  }
}

// s1 = sum dy, s2 = sum dy (x - mean)
template <class T, class At>
void gradient_sums(double& s1, double& s2, const T* dy, const T* x, double mean, int64_t count,
                   At&& at) {
  s1 = s2 = 0;
  for (int64_t i = 0; i < count; ++i) {
    const double d = dy[at(i)];
    s1 += d;
    s2 += d * (static_cast<double>(x[at(i)]) - mean);
  }
}

// y = (x - mean) / sqrt(var + eps) w + b of one row
template <class T>
void norm_row(double* y, const T* x, const T* w, const T* b, int64_t n, double mean, double var,
              double eps) {
  const double r = 1 / std::sqrt(var + eps);
  for (int64_t i = 0; i < n; ++i) {
    const double hat = (static_cast<double>(x[i]) - mean) * r;
    y[i] = hat * (w != nullptr ? static_cast<double>(w[i]) : 1.0) +
           (b != nullptr ? static_cast<double>(b[i]) : 0.0);
  }
}

// dx = r (g - mean g [where centered] - xhat mean(g xhat)); adds to dw and db
template <class T>
void norm_row_grad(double* dx, double* dw, double* db, const T* dy, const T* x, const T* w,
                   int64_t n, double mean, double var, double eps, bool centered) {
  const double r = 1 / std::sqrt(var + eps);
  double m1 = 0, m2 = 0;
  const auto hat = [&](int64_t i) { return (static_cast<double>(x[i]) - mean) * r; };
  const auto up = [&](int64_t i) {
    return static_cast<double>(dy[i]) * (w != nullptr ? static_cast<double>(w[i]) : 1.0);
  };
  for (int64_t i = 0; i < n; ++i) {
    m1 += up(i) / static_cast<double>(n);
    m2 += up(i) * hat(i) / static_cast<double>(n);
    dw[i] += static_cast<double>(dy[i]) * hat(i);
    db[i] += static_cast<double>(dy[i]);
  }
  for (int64_t i = 0; i < n; ++i) dx[i] = r * (up(i) - (centered ? m1 : 0) - hat(i) * m2);
}

}  // namespace nabla::kernels::ref
