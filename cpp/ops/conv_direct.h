#pragma once
// Convolution by direct kernels: no im2col, nothing but the image's zero border is copied. Each
// function does the problem and returns true, or leaves all as it is and returns false where the
// general path is better or the shape is not one of its own (float64, huge kernels or strides).
// The answer and the results depend on the shape and the instruction set alone.
#include "ops/conv2d.h"

namespace nabla::ops {

bool conv_direct_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                         float* y);
bool conv_direct_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx);
bool conv_direct_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw);

}  // namespace nabla::ops
