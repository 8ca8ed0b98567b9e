#pragma once
// Convolution whose kernel covers the whole image, so that each image is one row of a matrix:
// y = x W^T + b. Each function does the problem and returns true, or returns false.
#include "ops/conv2d.h"

namespace nabla::ops {

template <class T>
bool whole_forward(const Conv2d& p, const T* x, const T* w, const T* bias, T* y);
template <class T>
bool whole_grad_input(const Conv2d& p, const T* dy, const T* w, T* dx);
template <class T>
bool whole_grad_weight(const Conv2d& p, const T* x, const T* dy, T* dw);

}  // namespace nabla::ops
