// 1x1 convolutions of any stride without padding: matrix products over the channels.
#pragma once

#include "ops/conv2d.h"

namespace nabla::ops {

// Each returns false, and does nothing, when the problem is not of this kind. bias may be null.
bool pointwise_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                       float* y);
bool pointwise_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx);
bool pointwise_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw);

// Any kernel over several images of few pixels each, whose windows are gathered into one matrix.
// Where that is faster than the direct kernels, 1.1 to 1.6 times: rows of few pixels, and weights
// that do not stay in the cache.
bool joined_first(const Conv2d& p);
bool joined_forward(const Conv2d& p, const float* x, const float* w, const float* bias, float* y);
bool joined_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx);

}  // namespace nabla::ops
