// Forward and input gradient as correlations.
#include "ops/conv_direct.h"

#include <algorithm>

#include "ops/conv_correlate.h"

namespace nabla::ops {
namespace {

constexpr int64_t kMostStride = 4, kMostReach = 64;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Kernels and borders that the offsets are made for.
bool fits(const Conv2d& p) {
  const bool empty = p.n == 0 || p.groups == 0 || p.in_c == 0 || p.out_c == 0 || p.out_h == 0 ||
                     p.out_w == 0 || p.in_h == 0 || p.in_w == 0;
  return !empty && p.k_h <= kMostTaps && p.k_w <= kMostTaps &&
         std::max(p.pad_h, p.pad_w) <= kMostReach && p.dil_h * (p.k_h - 1) <= kMostReach &&
         p.dil_w * (p.k_w - 1) <= kMostReach;
}

}  // namespace

bool conv_direct_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                         float* y) {
  if (!fits(p)) return false;
  // little depth, or x is a matrix already: a product of matrices
  const int64_t depth = p.in_c / p.groups * p.k_h * p.k_w;
  if (depth < 8 || (p.k_h * p.k_w == 1 && p.stride_h == 1 && p.stride_w == 1)) return false;
  Correlation c{};
  c.n = p.n;
  c.groups = p.groups;
  c.in_c = p.in_c / p.groups;
  c.in_h = p.in_h;
  c.in_w = p.in_w;
  c.out_c = p.out_c / p.groups;
  c.out_h = p.out_h;
  c.out_w = p.out_w;
  c.step_h = p.stride_h;
  c.step_w = p.stride_w;
  c.x = x;
  c.bias = bias;
  c.y = y;
  Phase phase;
  phase.out_h = p.out_h;
  phase.out_w = p.out_w;
  phase.k_h = p.k_h;
  phase.k_w = p.k_w;
  for (int32_t a = 0; a < p.k_h; ++a) {
    phase.rows[a] = a;
    phase.row_at[a] = static_cast<int32_t>(a * p.dil_h - p.pad_h);
  }
  for (int32_t b = 0; b < p.k_w; ++b) {
    phase.columns[b] = b;
    phase.col_at[b] = static_cast<int32_t>(b * p.dil_w - p.pad_w);
  }
  c.k_h = p.k_h;
  c.k_w = p.k_w;
  c.w = phase.w = w;
  c.w_channel = phase.w_channel = phase.taps();
  c.w_row = phase.w_row = c.in_c * phase.taps();
  c.w_group = phase.w_group = c.out_c * phase.w_row;
  return correlate(c, &phase, 1);
}

bool conv_direct_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx) {
  if (!fits(p) || p.stride_h > kMostStride || p.stride_w > kMostStride) return false;
  // windows that do not overlap, or so few channels that the border costs more than the products
  if (p.k_h <= p.stride_h && p.k_w <= p.stride_w) return false;
  if (p.k_h * p.k_w == 1 || p.in_c == p.groups) return false;
  Correlation c{};
  c.n = p.n;
  c.groups = p.groups;
  c.in_c = p.out_c / p.groups;
  c.in_h = p.out_h;
  c.in_w = p.out_w;
  c.out_c = p.in_c / p.groups;
  c.out_h = p.in_h;
  c.out_w = p.in_w;
  c.step_h = c.step_w = 1;
  c.phases_h = p.stride_h;
  c.phases_w = p.stride_w;
  c.x = dy;
  c.y = dx;
  c.k_h = p.k_h;
  c.k_w = p.k_w;
  c.w = w;
  c.w_row = p.k_h * p.k_w;
  c.w_channel = c.out_c * c.w_row;
  c.w_group = c.in_c * c.w_channel;
  Phase phases[kMostStride * kMostStride];
  int64_t count = 0;
  for (int64_t i = 0; i < p.stride_h; ++i)
    for (int64_t j = 0; j < p.stride_w; ++j) {
      // x pixel q * stride + i meets kernel row a where i + pad - a * dil is a multiple of the
      // stride
      Phase& phase = phases[count++];
      phase.out_h = p.in_h > i ? ceil_div(p.in_h - i, p.stride_h) : 0;
      phase.out_w = p.in_w > j ? ceil_div(p.in_w - j, p.stride_w) : 0;
      phase.k_h = phase.k_w = 0;
      for (int32_t a = 0; a < p.k_h; ++a) {
        const int64_t at = i + p.pad_h - a * p.dil_h;
        if (at % p.stride_h != 0) continue;
        phase.rows[phase.k_h] = a;
        phase.row_at[phase.k_h++] = static_cast<int32_t>(at / p.stride_h);
      }
      for (int32_t b = 0; b < p.k_w; ++b) {
        const int64_t at = j + p.pad_w - b * p.dil_w;
        if (at % p.stride_w != 0) continue;
        phase.columns[phase.k_w] = b;
        phase.col_at[phase.k_w++] = static_cast<int32_t>(at / p.stride_w);
      }
      phase.w = w;
      phase.w_row = c.w_row;
      phase.w_channel = c.w_channel;
      phase.w_group = c.w_group;
    }
  return correlate(c, phases, count);
}

}  // namespace nabla::ops
