// Softmax over the last dimension (rows: x is a dense [rows, n]) and over an earlier one (cols: x
// is [n, cols], element (i, j) at x[i * stride + j], normalised down each column). A row of -inf or
// with a NaN gives NaN.
#pragma once

#include <cstdint>

namespace nabla::kernels {

template <class T>
struct SoftmaxFns {
  using Rows = void (*)(T* y, const T* x, int64_t rows, int64_t n);
  using RowsGrad = void (*)(T* dx, const T* dy, const T* y, int64_t rows, int64_t n);
  using Cols = void (*)(T* y, const T* x, int64_t n, int64_t cols, int64_t stride);
  using ColsGrad = void (*)(T* dx, const T* dy, const T* y, int64_t n, int64_t cols,
                            int64_t stride);
  Rows softmax_rows;               // y = exp(x - max) / sum exp(x - max)
  Rows log_softmax_rows;           // y = x - max - log sum exp(x - max)
  RowsGrad softmax_grad_rows;      // dx = y * (dy - sum dy * y)
  RowsGrad log_softmax_grad_rows;  // dx = dy - exp(y) * sum dy
  Cols softmax_cols;
  Cols log_softmax_cols;
  ColsGrad softmax_grad_cols;
  ColsGrad log_softmax_grad_cols;
  // What log_softmax subtracts: max[r], and log_sum[r] = log sum_j exp(x(r, j) - max[r]).
  void (*log_sum_rows)(T* max, T* log_sum, const T* x, int64_t rows, int64_t n);
};

struct SoftmaxTable {
  SoftmaxFns<float> f32;
  SoftmaxFns<double> f64;
};

}  // namespace nabla::kernels
