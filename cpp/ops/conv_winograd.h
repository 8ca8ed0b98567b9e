// 3x3 convolutions of stride 1 in the transformed domain: a quarter of the multiplications.
#pragma once

#include "ops/conv2d.h"

namespace nabla::ops {

// Each returns false, and does nothing, when the problem is not one that it solves faster than the
// direct path. bias may be null.
bool winograd_forward(const Conv2d& p, const float* x, const float* w, const float* bias, float* y);
bool winograd_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx);
bool winograd_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw);

// For the whole process; on at first.
bool winograd_enabled();
void set_winograd_enabled(bool enabled);

}  // namespace nabla::ops
