#pragma once
// Correlation of images with the taps of a kernel: a convolution is one, its input gradient is one
// for each phase of the stride.
#include <cstdint>

namespace nabla::ops {

constexpr int64_t kMostTaps = 16;  // along one side of the kernel

// y(i, j) = sum over taps of w * x(i * step_h + row_at[a], j * step_w + col_at[b]), all channels.
struct Phase {
  int64_t out_h, out_w;
  int64_t k_h, k_w;
  int32_t row_at[kMostTaps], col_at[kMostTaps];
  int32_t rows[kMostTaps], columns[kMostTaps];  // of the kernel
  const float* w;  // for `pixels`: w[g * w_group + o * w_row + c * w_channel + t]
  int64_t w_group, w_row, w_channel;
  int64_t taps() const { return k_h * k_w; }
};

// What all phases of a problem have in common. Pointers are those of group 0.
struct Correlation {
  int64_t n, groups;
  int64_t in_c, in_h, in_w;  // channels of one group
  int64_t out_c, out_h, out_w;
  int64_t step_h, step_w;              // of x for a pixel of a phase
  int64_t phases_h = 1, phases_w = 1;  // pixel (i, j) of phase (p, q) is y(i * phases_h + p, ...)
  const float* x;
  const float* bias = nullptr;
  float* y;
  // The kernel, of k_w columns: w[g * w_group + o * w_row + c * w_channel + a * k_w + b]
  const float* w;
  int64_t w_group, w_row, w_channel, k_h, k_w;
};

// y from x, by the direct kernels; false, and nothing is done, where these are not worth it.
bool correlate(const Correlation& c, Phase* phases, int64_t count);

}  // namespace nabla::ops
