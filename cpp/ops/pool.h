#pragma once
#include <algorithm>
#include <string_view>

#include "kernels/tables.h"
#include "ops/dense.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

// What the pooling ops share. Inputs are (batch, channels, sizes...) or (channels, sizes...); every
// pair of batch and channel is a plane of `spatial` dimensions.
namespace nabla::ops {

// Windows of planes, with the results' sizes.
struct Pooling {
  int spatial = 2;
  int64_t planes = 0;
  bool has_empty = false;  // some window holds no element (all of it lies in the padding)
  kernels::PoolWindow window;

  int64_t inputs() const { return window.in[0] * window.in[1] * window.in[2]; }
  int64_t outputs() const { return window.out[0] * window.out[1] * window.out[2]; }
  // Elements in a window, those outside included.
  int64_t elements() const { return window.kernel[0] * window.kernel[1] * window.kernel[2]; }
  // The sizes of `input` with the last ones replaced by the window counts.
  Dims sizes(const Tensor& input) const;
};

// The arguments of a pooling function as they were given; an absent stride is the kernel size.
struct PoolArguments {
  int spatial;
  IntSpan kernel_size;
  IntSpan stride;
  IntSpan padding;
  IntSpan dilation;
  bool ceil_mode;
};
// Checks them against the input, by PyTorch's rules.
Pooling pooling_of(const Tensor& input, const PoolArguments& args);

// The rank alone: spatial + 1 or + 2.
void check_pool_rank(const Tensor& input, int spatial);

template <class T>
const kernels::PoolFns<T>& pool_functions() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().pool.f32;
  } else {
    return kernels::tables().pool.f64;
  }
}

// Calls f(first, count) for groups of planes; `work` is what a plane costs in elements.
template <class F>
void each_planes(int64_t planes, int64_t work, F&& f) {
  constexpr int64_t kGrain = 20000;  // elements per parallel chunk
  parallel_for(planes, std::max<int64_t>(1, kGrain / std::max<int64_t>(work, 1)),
               [&](int64_t begin, int64_t end) { f(begin, end - begin); });
}

// Max pooling (the second result undefined unless indices are asked for) and average pooling.
Tensor2 max_pooled(const Tensor& self, const Pooling& p, bool return_indices);
Tensor avg_pooled(const Tensor& self, const Pooling& p, const kernels::PoolDivisor& d);

// dx (sizes) = the sum of dy at its places: dx[p, index[p, i]] += dy[p, i] for each plane p;
// indices below 0 stand for no place. And its adjoint, y[p, i] = v[p, index[p, i]].
Tensor pool_place(const Tensor& dy, const Tensor& index, IntSpan sizes, int spatial);
Tensor pool_take(const Tensor& v, const Tensor& index, int spatial);

}  // namespace nabla::ops
