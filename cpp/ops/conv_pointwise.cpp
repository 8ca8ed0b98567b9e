#include "ops/conv_pointwise.h"

#include <algorithm>

#include "ops/conv_general.h"
#include "ops/gemm.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

// Columns from which on a product is fast, and elements of a parallel chunk of copying.
constexpr int64_t kColumns = 256;
constexpr int64_t kGrain = 32768;

bool is_strided(const Conv2d& p) { return p.stride_h != 1 || p.stride_w != 1; }
// Groups of few channels are better off with kernels of their own.
bool is_pointwise(const Conv2d& p) {
  return p.k_h == 1 && p.k_w == 1 && p.pad_h == 0 && p.pad_w == 0 &&
         (p.groups == 1 || std::min(p.in_c, p.out_c) >= 8 * p.groups);
}
// Are images too small to be a product of their own?
bool is_small(const Conv2d& p) {
  return p.n > 1 && 2 * p.in_h * p.in_w <= kColumns && p.in_h == p.out_h && p.in_w == p.out_w &&
         !is_strided(p);
}

// [images, channels, size] to [channels, images, size], or back.
void swap_images(const float* from, float* to, int64_t images, int64_t channels, int64_t size,
                 bool back) {
  const int64_t grain = std::max<int64_t>(1, kGrain / (images * size));
  parallel_for(channels, grain, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; ++c)
      for (int64_t i = 0; i < images; ++i) {
        const int64_t apart = (i * channels + c) * size, together = (c * images + i) * size;
        std::copy_n(from + (back ? together : apart), size, to + (back ? apart : together));
      }
  });
}

// b's images side by side, times op(w): [groups * rows, depth] matrices for each group.
void multiply_joined(const Conv2d& p, const float* b, const float* w, const float* bias, float* c,
                     bool transposed) {
  const int64_t size = p.in_h * p.in_w, from = transposed ? p.out_c : p.in_c;
  const int64_t to = transposed ? p.in_c : p.out_c, step = std::min(p.n, kColumns / size);
  for (int64_t n = 0; n < p.n; n += step) {
    const int64_t images = std::min(step, p.n - n), columns = images * size;
    float* in = workspace<float>(Workspace::kColumns, (from + to) * columns);
    float* out = in + from * columns;
    swap_images(b + n * from * size, in, images, from, size, false);
    for (int64_t group = 0; group < p.groups; ++group) {
      kernels::GemmArgs<float> g;
      g.m = to / p.groups;
      g.n = g.ldb = g.ldc = columns;
      g.k = from / p.groups;
      g.a = w + group * g.m * g.k;
      g.lda = p.in_c / p.groups;
      g.trans_a = transposed;
      g.b = in + group * g.k * columns;
      g.c = out + group * g.m * columns;
      if (bias != nullptr) g.bias_m = bias + group * g.m;
      gemm(g);
    }
    swap_images(out, c + n * to * size, images, to, size, true);
  }
}

}  // namespace

bool pointwise_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                       float* y) {
  if (!is_pointwise(p) || is_strided(p)) return false;
  if (is_small(p))
    multiply_joined(p, x, w, bias, y, false);
  else
    conv_general_forward(Conv3d{p}, x, w, bias, y);
  return true;
}

bool pointwise_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx) {
  if (!is_pointwise(p)) return false;
  if (is_small(p))
    multiply_joined(p, dy, w, nullptr, dx, true);
  else
    conv_general_grad_input(Conv3d{p}, dy, w, dx);
  return true;
}

bool pointwise_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw) {
  if (!is_pointwise(p) || is_strided(p) || p.in_c < 32 * p.groups) return false;
  conv_general_grad_weight(Conv3d{p}, x, dy, dw);
  return true;
}

}  // namespace nabla::ops
