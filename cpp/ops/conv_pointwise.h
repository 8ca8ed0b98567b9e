#pragma once
// Convolution with 1x1 kernels as products of matrices; small images are put side by side. Each
// function does the problem and returns true, or returns false where another path is better.
#include "ops/conv2d.h"

namespace nabla::ops {

bool pointwise_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                       float* y);
bool pointwise_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx);
bool pointwise_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw);

}  // namespace nabla::ops
