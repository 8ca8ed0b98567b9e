#pragma once
// Sliding windows as the columns of a matrix (im2col) and back (col2im), in one to three
// dimensions.
#include <cstdint>

#include "ops/conv2d.h"

namespace nabla::ops {

// The three-dimensional problem; a Conv2d is one of depth 1.
struct Conv3d : Conv2d {
  int64_t in_d = 1, out_d = 1, k_d = 1, stride_d = 1, pad_d = 0, dil_d = 1;

  int64_t taps() const { return k_d * k_h * k_w; }
  int64_t in_size() const { return in_d * in_h * in_w; }
  int64_t positions() const { return out_d * out_h * out_w; }
};

// Rows [k0, k1) and columns [p0, p1) of the matrix whose row k = (channel, tap) and column p (an
// output position) is the element of x under that tap, 0 outside of x.
struct ColumnBlock {
  int64_t k0, k1;
  int64_t p0, p1;
};

// columns[(k - k0) * ld + p - p0] = the element of x, which is [channels, in_d, in_h, in_w].
template <class T>
void gather_columns(const Conv3d& p, const ColumnBlock& block, const T* x, T* columns, int64_t ld);
// The adjoint: adds each element of the columns to the element of x that it came from.
template <class T>
void scatter_columns(const Conv3d& p, const ColumnBlock& block, const T* columns, int64_t ld, T* x);

}  // namespace nabla::ops
