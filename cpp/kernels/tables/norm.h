// Statistics and scaling of the normalisation layers.
//
// Planes: channel c of a dense [rows, channels, n] block is x[r * stride + c * n + i], r < rows,
// i < n, where stride >= channels * n; n = 1 runs down columns. Rows: x is a dense [rows, n].
#pragma once
#include <cstdint>

namespace nabla::kernels {

template <class T>
struct NormFns {
  // Mean of each channel, and the sum of squared distances from it. rows * n > 0.
  void (*plane_moments)(double* mean, double* m2, const T* x, int64_t channels, int64_t rows,
                        int64_t stride, int64_t n);
  // y = (x - mean[c]) * scale[c] + shift[c]
  void (*plane_scale)(T* y, const T* x, const T* mean, const T* scale, const T* shift,
                      int64_t channels, int64_t rows, int64_t stride, int64_t n);
  // s1[c] = sum dy, s2[c] = sum dy * (x - mean[c])
  void (*plane_sums)(double* s1, double* s2, const T* dy, const T* x, const T* mean,
                     int64_t channels, int64_t rows, int64_t stride, int64_t n);
  // dx = dy * scale[c] + (x - mean[c]) * slope[c] + shift[c]
  void (*plane_grad)(T* dx, const T* dy, const T* x, const T* mean, const T* scale, const T* slope,
                     const T* shift, int64_t channels, int64_t rows, int64_t stride, int64_t n);

  // y = (x - mean) / sqrt(var + eps) * w + b over each row; w and b of length n, or null. mean and
  // var take the row's statistics.
  void (*row_norm)(T* y, T* mean, T* var, const T* x, const T* w, const T* b, int64_t rows,
                   int64_t n, T eps);
  // The same around 0: var is the mean of squares.
  void (*row_rms)(T* y, T* mean, T* var, const T* x, const T* w, const T* b, int64_t rows,
                  int64_t n, T eps);
  // dx = r (g - mean g - xhat mean(g xhat)), g = dy w, xhat = (x - mean) r, r = 1 / sqrt(var +
  // eps); adds sum dy xhat to dw and sum dy to db, column by column. dx, w, dw, db may be null.
  void (*row_norm_grad)(T* dx, T* dw, T* db, const T* dy, const T* x, const T* w, const T* mean,
                        const T* var, int64_t rows, int64_t n, T eps);
  // The same without the term mean g.
  void (*row_rms_grad)(T* dx, T* dw, T* db, const T* dy, const T* x, const T* w, const T* mean,
                       const T* var, int64_t rows, int64_t n, T eps);
};

struct NormTable {
  NormFns<float> f32;
  NormFns<double> f64;
};

}  // namespace nabla::kernels
