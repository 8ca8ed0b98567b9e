// Convolutions of groups with one input channel each (out_c may be a multiple of in_c).
#pragma once

#include "ops/conv2d.h"

namespace nabla::ops {

// Each returns false, and does nothing, when the problem is not of this kind. bias may be null.
bool depthwise_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                       float* y);
bool depthwise_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx);
bool depthwise_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw);

}  // namespace nabla::ops
