#pragma once
// Convolution of single planes, for groups of one input channel: see cpp/ops/conv_depthwise.cpp.
#include <cstdint>

namespace nabla::kernels {

// For `planes` planes, each with a kernel of its own (the next K * K floats of w) and a bias:
//
// y[i][j] = (accumulate ? y[i][j] : bias) +
//   sum_{a, b} w[a][b] * x[(i * stride + a - pad_h) / spread_h][j * stride + b - pad_w]
//
// with x zero outside of its bounds and for rows that spread_h does not divide. The planes follow
// each other in memory.
struct DepthwisePlanes {
  int64_t planes;
  const float* x;
  int64_t height, width;
  const float* w;
  const float* bias;  // may be null
  bool flipped;       // the taps of a kernel in reverse order
  bool accumulate;
  float* y;
  int64_t out_height, out_width;
  int64_t pad_h, pad_w;
  int64_t spread_h;
};

// dw[a][b] += sum_{i, j} dy[i][j] * x[i * stride + a - pad_h][j * stride + b - pad_w] for each
// plane
struct DepthwiseWeights {
  int64_t planes;
  const float* x;
  int64_t height, width;
  const float* dy;
  int64_t out_height, out_width;
  int64_t pad_h, pad_w;
  float* dw;
};

// Any taps over an image that has its zeros in memory:
//   y[i * y_row + j] = (accumulate ? y : bias) + sum_t w[t] * x[i * x_row + j + offset[t]]
//   dw[t] += sum_{i, j} y[i * y_row + j] * x[i * x_row + j + offset[t]]
struct DepthwiseTaps {
  const float* x;
  int64_t x_row;
  const int64_t* offset;
  int64_t taps;
  const float* w;
  float bias;
  bool accumulate;
  float* y;
  int64_t y_row, rows, columns;
  float* dw;
};

struct DepthwiseTable {
  // [kernel size 3, 5][stride 1, 2]
  void (*planes[2][2])(const DepthwisePlanes&);
  void (*weights[2][2])(const DepthwiseWeights&);
  void (*taps)(const DepthwiseTaps&);
  void (*taps_weights)(const DepthwiseTaps&);
  // out[2 i] = x[i], out[2 i + 1] = 0 for i < n, of `rows` rows of n.
  void (*spread)(float* out, const float* x, int64_t rows, int64_t n);
  // out[i] = x[2 i] for i < n; x[2 n - 1] is not read.
  void (*every_other)(float* out, const float* x, int64_t n);
};

}  // namespace nabla::kernels
