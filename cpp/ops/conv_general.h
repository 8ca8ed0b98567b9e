#pragma once
// The general path of convolution: columns (im2col) times weights, for any problem. The columns are
// made a block at a time, so that they stay in cache and memory is bounded. Results do not depend
// on the number of threads. Forward and the gradient of the input take unsigned integers too, which
// stand for integers of either kind that wrap around.
#include "ops/conv_columns.h"

namespace nabla::ops {

template <class T>
void conv_general_forward(const Conv3d& p, const T* x, const T* w, const T* bias, T* y);
template <class T>
void conv_general_grad_input(const Conv3d& p, const T* dy, const T* w, T* dx);
template <class T>
void conv_general_grad_weight(const Conv3d& p, const T* x, const T* dy, T* dw);

// db[o] = the sum of dy[:, o], which is [n, channels, size].
template <class T>
void conv_grad_bias(int64_t n, int64_t channels, int64_t size, const T* dy, T* db);

}  // namespace nabla::ops
