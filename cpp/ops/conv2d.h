#pragma once
// Two-dimensional cross-correlation of dense blocks, the core of all convolution ops:
//
//   y[n, o, i, j] = bias[o] + sum_{c, a, b} x[n, g * C + c, i * stride_h + a * dil_h - pad_h,
//                                           j * stride_w + b * dil_w - pad_w] * w[o, c, a, b]
//
// with C = in_c / groups channels per group, g = o / (out_c / groups) and x zero outside of its
// bounds. x is [n, in_c, in_h, in_w], w [out_c, C, k_h, k_w], y [n, out_c, out_h, out_w], all
// dense.
#include <cstdint>

namespace nabla::ops {

struct Conv2d {
  int64_t n, groups;
  int64_t in_c, in_h, in_w;
  int64_t out_c, out_h, out_w;
  int64_t k_h, k_w;
  int64_t stride_h, stride_w;
  int64_t pad_h, pad_w;  // above and left; what is read below and right follows from out_h, out_w
  int64_t dil_h, dil_w;
};

// Results overwrite what stands in y, dx, dw and db; bias and db may be null. The work is spread
// over the threads; results do not depend on their number.
void conv2d_forward(const Conv2d& p, const float* x, const float* w, const float* bias, float* y);
void conv2d_forward(const Conv2d& p, const double* x, const double* w, const double* bias,
                    double* y);
// dx = the gradient with respect to x: dy correlated with the flipped, transposed w.
void conv2d_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx);
void conv2d_grad_input(const Conv2d& p, const double* dy, const double* w, double* dx);
// dw[o, c, a, b] = sum_{n, i, j} dy[n, o, i, j] * x[n, c, i', j'],  db[o] = sum dy[:, o].
void conv2d_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw, float* db);
void conv2d_grad_weight(const Conv2d& p, const double* x, const double* dy, double* dw, double* db);

}  // namespace nabla::ops
