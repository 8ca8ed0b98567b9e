// Average pooling and its gradient, and power-average pooling made of it.
#include <cmath>

#include "ops/ops.h"
#include "ops/pool.h"

namespace nabla::ops {

namespace {

using kernels::PoolDivisor;

// y = sums over windows, divided; with kGrad, dx = the sum of dy over the windows, divided.
template <bool kGrad>
void average_into(Tensor& out, const Tensor& self, const Pooling& p, const PoolDivisor& d) {
  const DType type = self.is_floating() ? compute_type(self.dtype()) : DType::int64;
  const Tensor x = dense(self, type);
  Target target(out, type);
  const int64_t in = p.inputs(), count = p.outputs();
  const int64_t from = kGrad ? count : in, to = kGrad ? in : count;
  each_planes(p.planes, in + count * p.elements() / 8, [&](int64_t first, int64_t n) {
    Tensor& block = target.block();
    if (type == DType::int64) {
      kernels::tables().pool.avg_i64(block.data<int64_t>() + first * to,
                                     x.data<int64_t>() + first * from, n, p.window, d);
      return;
    }
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const auto& fns = pool_functions<T>();
      (kGrad ? fns.avg_grad : fns.avg)(block.data<T>() + first * to, x.data<T>() + first * from, n,
                                       p.window, d);
    });
  });
  target.finish();
}

// dx[j] = the sum of dy / divisor over the windows that hold j
struct AvgPoolGrad {
  static Meta meta(const Tensor& grad, const Dims& sizes, const Pooling&, const PoolDivisor&) {
    return {sizes, grad.dtype()};
  }
  static void compute(Tensor& out, const Tensor& grad, const Dims&, const Pooling& p,
                      const PoolDivisor& d) {
    average_into<true>(out, grad, p, d);
  }
  static Grads backward(const Ctx&, const Tensor& v, const Tensor&, const Dims&, const Pooling& p,
                        const PoolDivisor& d) {
    return {avg_pooled(v, p, d)};
  }
};

// y = sum over each window / divisor
struct AvgPool {
  static Meta meta(const Tensor& self, const Pooling& p, const PoolDivisor&) {
    return {p.sizes(self), self.dtype()};
  }
  static void compute(Tensor& out, const Tensor& self, const Pooling& p, const PoolDivisor& d) {
    average_into<false>(out, self, p, d);
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, const Pooling& p,
                        const PoolDivisor& d) {
    return {run<AvgPoolGrad>(grad, Dims(self.sizes()), p, d)};
  }
};

constexpr std::string_view kNames[] = {"", "avg_pool1d", "avg_pool2d", "avg_pool3d"};

// A rule of three dimensions alone: the padding does not count.
void check_large_enough(const Tensor& self, const kernels::PoolWindow& w) {
  for (int axis = 0; axis < 3; ++axis)
    CHECK_RANGE(w.in[axis] >= w.kernel[axis], "input image ", Shape{self.sizes()},
                " smaller than kernel size (", w.kernel[0], ", ", w.kernel[1], ", ", w.kernel[2],
                ")");
}

Tensor averaged(int spatial, const Tensor& self, IntSpan kernel_size, const OptDims& stride,
                IntSpan padding, bool ceil_mode, bool count_include_pad, const OptInt& divisor) {
  constexpr int64_t kZero = 0, kOne = 1;
  const Pooling p = pooling_of(
      self, {spatial, kernel_size, stride ? IntSpan(*stride) : IntSpan(),
             padding.empty() ? IntSpan(&kZero, 1) : padding, IntSpan(&kOne, 1), ceil_mode});
  if (spatial == 3) check_large_enough(self, p.window);
  CHECK_RANGE(!divisor || *divisor != 0, "divisor must be not zero");
  CHECK_TYPE(self.is_floating() || self.dtype() == DType::int64, '"', kNames[spatial],
             "\" not implemented for '", scalar_type_name(self.dtype()), "'");
  return avg_pooled(self, p, {divisor.value_or(0), count_include_pad});
}

// y = (sum of x^p over each window)^(1/p); the largest |x| for p = inf, the smallest for -inf
Tensor power_averaged(int spatial, const Tensor& input, const Scalar& norm_type,
                      IntSpan kernel_size, const OptDims& stride, bool ceil_mode) {
  const double p = norm_type.to<double>();
  CHECK_RANGE(p != 0, "norm_type must not be 0");
  if (std::isinf(p)) {
    constexpr auto pools = std::array{max_pool1d, max_pool1d, max_pool2d, max_pool3d};
    const auto pool = pools[static_cast<size_t>(spatial)];
    const Tensor x = ops::abs(input);
    if (p > 0) return pool(x, kernel_size, stride, {}, {}, ceil_mode);
    return ops::neg(pool(ops::neg(x), kernel_size, stride, {}, {}, ceil_mode));
  }
  const Tensor mean = averaged(spatial, ops::pow(input, norm_type), kernel_size, stride, {},
                               ceil_mode, true, std::nullopt);
  double elements = 1;
  for (int i = 0; i < spatial; ++i)
    elements *=
        static_cast<double>(kernel_size[kernel_size.size() == 1 ? 0 : static_cast<size_t>(i)]);
  const Tensor kept = ops::mul(ops::sign(mean), ops::relu(ops::abs(mean)));
  return ops::pow(ops::mul(kept, static_cast<int64_t>(elements)), Scalar(1.0 / p));
}

}  // namespace

Tensor avg_pooled(const Tensor& self, const Pooling& p, const PoolDivisor& d) {
  return run<AvgPool>(self, p, d);
}

Tensor avg_pool1d(const Tensor& self, IntSpan kernel_size, const OptDims& stride, IntSpan padding,
                  bool ceil_mode, bool count_include_pad) {
  return averaged(1, self, kernel_size, stride, padding, ceil_mode, count_include_pad, {});
}
Tensor avg_pool2d(const Tensor& input, IntSpan kernel_size, const OptDims& stride, IntSpan padding,
                  bool ceil_mode, bool count_include_pad, OptInt divisor_override) {
  return averaged(2, input, kernel_size, stride, padding, ceil_mode, count_include_pad,
                  divisor_override);
}
Tensor avg_pool3d(const Tensor& input, IntSpan kernel_size, const OptDims& stride, IntSpan padding,
                  bool ceil_mode, bool count_include_pad, OptInt divisor_override) {
  return averaged(3, input, kernel_size, stride, padding, ceil_mode, count_include_pad,
                  divisor_override);
}

Tensor lp_pool1d(const Tensor& input, Scalar norm_type, IntSpan kernel_size, const OptDims& stride,
                 bool ceil_mode) {
  return power_averaged(1, input, norm_type, kernel_size, stride, ceil_mode);
}
Tensor lp_pool2d(const Tensor& input, Scalar norm_type, IntSpan kernel_size, const OptDims& stride,
                 bool ceil_mode) {
  return power_averaged(2, input, norm_type, kernel_size, stride, ceil_mode);
}
Tensor lp_pool3d(const Tensor& input, Scalar norm_type, IntSpan kernel_size, const OptDims& stride,
                 bool ceil_mode) {
  return power_averaged(3, input, norm_type, kernel_size, stride, ceil_mode);
}

}  // namespace nabla::ops
