// Pooling to given sizes: output i of n covers the inputs floor(i in / n) <= j < ceil((i+1) in / n)
// along each axis. Where n divides the input's size along every axis these are windows like any
// others.
#include "ops/ops.h"
#include "ops/pool_ranges.h"

namespace nabla::ops {

namespace {

// The problem of pooling `self` to output_size.
struct Adaptive {
  PoolRanges ranges;
  bool even = true;  // windows of one size, one after the other
  Pooling windows;   // these, if so
};

Adaptive adaptive(const Tensor& self, IntSpan output_size, int spatial) {
  check_pool_rank(self, spatial);
  const size_t n = static_cast<size_t>(spatial);
  CHECK_RANGE(output_size.size() == n || output_size.size() == 1, "output_size must be ", spatial,
              " numbers, but got ", Shape{output_size});
  const IntSpan sizes = self.sizes();
  Adaptive a;
  a.ranges = PoolRanges(sizes, spatial);
  a.windows.spatial = spatial;
  a.windows.planes = a.ranges.planes;
  kernels::PoolWindow& w = a.windows.window;
  for (size_t axis = 3 - n; axis < 3; ++axis) {
    const size_t at = axis - (3 - n);
    const int64_t in = sizes[sizes.size() - n + at];
    const int64_t out = output_size[output_size.size() == 1 ? 0 : at];
    CHECK_RANGE(out >= 0, "elements of output_size must be greater than or equal to 0, but got ",
                Shape{output_size});
    CHECK_RANGE(
        in > 0,
        "Expected input to have non-zero size for non-batch dimensions, but input has sizes ",
        Shape{sizes});
    w.in[axis] = in;
    w.out[axis] = out;
    w.kernel[axis] = w.stride[axis] = out > 0 ? in / out : 1;
    a.even &= out > 0 && in % out == 0;
  }
  checked_numel(a.windows.sizes(self));
  if (a.even) return a;
  for (size_t axis = 3 - n; axis < 3; ++axis) {
    const int64_t in = w.in[axis], out = w.out[axis];
    for (int64_t i = 0; i < out; ++i)
      a.ranges.add(axis, i / out * in + i % out * in / out, ((i + 1) * in - 1) / out + 1);
  }
  return a;
}

// y = means over ranges; with kGrad, dx = the sum of dy over the ranges, divided.
template <bool kGrad>
void means_into(Tensor& out, const Tensor& self, const PoolRanges& r) {
  const DType type = compute_type(out.dtype());
  const Tensor x = dense(self, type);
  Target target(out, type);
  const int64_t in = r.inputs(), count = r.outputs();
  const int64_t from = kGrad ? count : in, to = kGrad ? in : count;
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    const auto& fns = pool_functions<T>();
    const auto f = kGrad ? fns.avg_ranges_grad : fns.avg_ranges;
    T* y = target.block().data<T>();
    each_planes(r.planes, in + count, [&](int64_t first, int64_t n) {
      f(y + first * to, x.data<T>() + first * from, n, r.view());
    });
  });
  target.finish();
}

Tensor range_means(const Tensor& self, const PoolRanges& r);

// dx[j] = the sum of dy / elements over the ranges that hold j
struct RangeMeansGrad {
  static Meta meta(const Tensor& grad, const Dims& sizes, const PoolRanges&) {
    return {sizes, grad.dtype()};
  }
  static void compute(Tensor& out, const Tensor& grad, const Dims&, const PoolRanges& r) {
    means_into<true>(out, grad, r);
  }
  static Grads backward(const Ctx&, const Tensor& v, const Tensor&, const Dims&,
                        const PoolRanges& r) {
    return {range_means(v, r)};
  }
};

// y = mean over each range
struct RangeMeans {
  static Meta meta(const Tensor& self, const PoolRanges& r) {
    return {r.sizes(self), self.dtype()};
  }
  static void compute(Tensor& out, const Tensor& self, const PoolRanges& r) {
    means_into<false>(out, self, r);
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, const PoolRanges& r) {
    return {run<RangeMeansGrad>(grad, Dims(self.sizes()), r)};
  }
};

Tensor range_means(const Tensor& self, const PoolRanges& r) { return run<RangeMeans>(self, r); }

void check_filled(const Tensor& self) {
  for (int64_t d = 1; d < self.dim(); ++d)
    CHECK_RANGE(
        self.sizes()[static_cast<size_t>(d)] > 0,
        "Expected input to have non-zero size for non-batch dimensions, but input has sizes ",
        Shape{self.sizes()}, " with dimension ", d, " being empty");
}

void check_floating(const Tensor& self, std::string_view name) {
  CHECK_TYPE(self.is_floating(), '"', name, "\" not implemented for '",
             scalar_type_name(self.dtype()), "'");
}

Tensor adaptive_mean(const Tensor& self, IntSpan output_size, std::string_view name, int spatial) {
  const Adaptive a = adaptive(self, output_size, spatial);
  if (spatial == 3) check_filled(self);  // PyTorch's other two take images without channels
  check_floating(self, name);
  return a.even ? avg_pooled(self, a.windows, {}) : range_means(self, a.ranges);
}

Tensor2 adaptive_max(const Tensor& self, IntSpan output_size, bool return_indices,
                     std::string_view name, int spatial) {
  const Adaptive a = adaptive(self, output_size, spatial);
  check_filled(self);
  check_floating(self, name);
  return a.even ? max_pooled(self, a.windows, return_indices) : max_of_ranges(self, a.ranges);
}

}  // namespace

Tensor adaptive_avg_pool1d(const Tensor& self, IntSpan output_size) {
  return adaptive_mean(self, output_size, "adaptive_avg_pool1d", 1);
}
Tensor adaptive_avg_pool2d(const Tensor& input, OutputSize output_size) {
  return adaptive_mean(input, output_size, "adaptive_avg_pool2d", 2);
}
Tensor adaptive_avg_pool3d(const Tensor& input, OutputSize output_size) {
  return adaptive_mean(input, output_size, "adaptive_avg_pool3d", 3);
}
Tensor2 adaptive_max_pool1d(const Tensor& self, IntSpan output_size) {
  return adaptive_max(self, output_size, true, "adaptive_max_pool1d", 1);
}
Tensor2 adaptive_max_pool1d_indexed(const Tensor& input, IntSpan output_size, bool return_indices) {
  return adaptive_max(input, output_size, return_indices, "adaptive_max_pool1d", 1);
}
Tensor2 adaptive_max_pool2d(const Tensor& input, OutputSize output_size, bool return_indices) {
  return adaptive_max(input, output_size, return_indices, "adaptive_max_pool2d", 2);
}
Tensor2 adaptive_max_pool3d(const Tensor& input, OutputSize output_size, bool return_indices) {
  return adaptive_max(input, output_size, return_indices, "adaptive_max_pool3d", 3);
}

}  // namespace nabla::ops
