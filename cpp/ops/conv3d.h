#pragma once
// Convolution of volumes as convolutions of planes: for each depth of the output the k_d planes of
// each channel that it looks at are taken as channels of their own, [in_c * k_d, in_h, in_w], which
// is how the weights lie already. Volumes are taken a few depths at a time.
#include "ops/conv_columns.h"

namespace nabla::ops {

template <class T>
void conv3d_forward(const Conv3d& p, const T* x, const T* w, const T* bias, T* y);
template <class T>
void conv3d_grad_input(const Conv3d& p, const T* dy, const T* w, T* dx);
template <class T>
void conv3d_grad_weight(const Conv3d& p, const T* x, const T* dy, T* dw);

}  // namespace nabla::ops
