// Variance, norms and logsumexp.
#include <cmath>

#include "kernels/tables.h"
#include "ops/dense.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "ops/reduce_ops.h"
#include "ops/reduce_plan.h"

namespace nabla::ops {

namespace {

// var = sum (x - mean)^2 / max(0, n - correction), std its root;
// dx = 2 / (n - correction) * (x - mean) * dy, for std with dy / (2 std) (0 where std is 0)
struct Variance {
  static Saves saves(uint64_t) { return Saves::args(0) | Saves::output(); }
  static Meta meta(const Tensor& self, DimMask mask, bool keepdim, double, bool) {
    CHECK_TYPE(self.is_floating(), "std and var only support floating point and complex dtypes");
    return {reduced_sizes(self.sizes(), mask, keepdim), self.dtype()};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask, bool, double correction,
                      bool root) {
    const DType type = compute_type(self.dtype());
    const Tensor x = self.dtype() == type ? self : dense(self, type);
    Target target(out, type);
    Tensor& block = target.block();
    Tensor middle = empty(out.sizes(), type);
    reduce_blocks(kernels::kReduceSum, middle, x, mask);
    const double n = static_cast<double>(reduced_count(self.sizes(), mask));
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      T* m = middle.data<T>();
      for (int64_t i = 0; i < out.numel(); ++i) m[i] /= static_cast<T>(n);
      reduce_blocks(kernels::kReduceSumSqDev, block, x, mask, &middle);
      T* v = block.data<T>();
      const T divisor = static_cast<T>(std::max(0.0, n - correction));
      for (int64_t i = 0; i < out.numel(); ++i) {
        v[i] /= divisor;
        if (root) v[i] = std::sqrt(v[i]);
      }
    });
    target.finish();
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& self, DimMask mask,
                        bool keepdim, double correction, bool root) {
    const double n = static_cast<double>(reduced_count(self.sizes(), mask));
    Tensor dy = grad;
    if (root) {
      const Tensor out = ctx.output();
      const Tensor half = ops::div(grad, ops::mul(out, 2.0));
      dy = ops::where(ops::eq(out, 0.0), scalar_tensor(0.0, grad.dtype()), half);
    }
    Dims dims;
    for (int64_t d = 0; d < self.dim(); ++d) {
      if (mask >> d & 1) dims.push_back(d);
    }
    const Tensor centered =
        self.dim() == 0 ? ops::sub(self, self) : ops::sub(self, ops::mean(self, dims, true));
    const Tensor scaled = ops::mul(dy, 2.0 / (n - correction));
    return {ops::mul(spread(scaled, self.sizes(), mask, keepdim), centered)};
  }
};

// (sum |x|^p)^(1/p) over mask; p = 0 counts what is not 0, p = +-inf is the largest or smallest
// |x|. dx = x |x|^(p - 2) dy / norm^(p - 1), 0 where the norm is 0; at p = inf shared among the
// largest
struct Norm {
  static constexpr Saves saves = Saves::args(0) | Saves::output();
  static Meta meta(const Tensor& self, double p, DimMask mask, bool keepdim, OptDType dtype) {
    CHECK_TYPE(self.is_floating() && (!dtype || is_floating(*dtype)),
               "Expected a floating point or complex tensor as input. Got ",
               scalar_type_name(dtype && self.is_floating() ? *dtype : self.dtype()));
    CHECK_RANGE(!std::isinf(p) || self.numel() > 0 || reduced_count(self.sizes(), mask) > 0,
                "cannot compute the ", p, " norm of an empty tensor: it has no identity");
    return {reduced_sizes(self.sizes(), mask, keepdim), dtype.value_or(self.dtype())};
  }
  static void compute(Tensor& out, const Tensor& self, double p, DimMask mask, bool, OptDType) {
    GradModeGuard off(false);
    const DType type = compute_type(out.dtype());
    const Tensor x = self.dtype() == type ? self : dense(self, type);
    Target target(out, type);
    Tensor& block = target.block();
    if (p == 2.0) {
      reduce_blocks(kernels::kReduceSumSq, block, x, mask);
      root(block, 0.5);
    } else if (p == 1.0) {
      reduce_blocks(kernels::kReduceSumAbs, block, x, mask);
    } else if (p == 0.0) {
      const Tensor hit = dense(ops::ne(x, 0.0), type);
      reduce_blocks(kernels::kReduceSum, block, hit, mask);
    } else if (std::isinf(p)) {
      reduce_blocks(p > 0 ? kernels::kReduceMax : kernels::kReduceMin, block, ops::abs(x), mask);
    } else {
      reduce_blocks(kernels::kReduceSum, block, ops::pow(ops::abs(x), p), mask);
      root(block, 1.0 / p);
    }
    target.finish();
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& self, double p,
                        DimMask mask, bool keepdim, OptDType) {
    const IntSpan sizes = self.sizes();
    if (p == 0.0) return {Tensor()};
    const Tensor norm = spread(ctx.output(), sizes, mask, keepdim);
    const Tensor dy = spread(grad, sizes, mask, keepdim);
    if (p == 1.0) return {ops::mul(ops::sign(self), dy)};
    if (std::isinf(p)) {
      const Tensor hit = ops::eq(ops::abs(self), norm);
      Dims dims;
      for (int64_t d = 0; d < self.dim(); ++d) {
        if (mask >> d & 1) dims.push_back(d);
      }
      const Tensor hits = ops::sum(hit, dims, keepdim, grad.dtype());
      const Tensor share = spread(ops::div(grad, hits), sizes, mask, keepdim);
      return {ops::mul(ops::mul(ops::sign(self), hit), share)};
    }
    const Tensor none = scalar_tensor(0.0, grad.dtype());
    const Tensor at_zero = ops::eq(norm, 0.0);
    if (p == 2.0) {
      return {ops::where(at_zero, none, ops::mul(self, ops::div(dy, norm)))};
    }
    const Tensor size = ops::abs(self);
    Tensor part = ops::mul(ops::sign(self), ops::pow(size, p - 1.0));
    if (p < 1.0) part = ops::where(ops::eq(self, 0.0), none, part);
    return {ops::where(at_zero, none, ops::mul(part, ops::div(dy, ops::pow(norm, p - 1.0))))};
  }

 private:
  static void root(Tensor& block, double power) {
    dispatch_float(block.dtype(), [&](auto zero) {
      using T = decltype(zero);
      T* v = block.data<T>();
      for (int64_t i = 0; i < block.numel(); ++i) {
        v[i] = power == 0.5 ? std::sqrt(v[i]) : std::pow(v[i], static_cast<T>(power));
      }
    });
  }
};

// log sum exp x over mask = max + log sum exp(x - max);  dx = exp(x - y) dy
struct LogSumExp {
  static constexpr Saves saves = Saves::args(0) | Saves::output();
  static Meta meta(const Tensor& self, DimMask mask, bool keepdim) {
    return {reduced_sizes(self.sizes(), mask, keepdim),
            self.is_floating() ? self.dtype() : default_dtype()};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask, bool) {
    const DType type = compute_type(out.dtype());
    const Tensor x = reduced_last(self, mask, type);
    const int64_t n = reduced_count(self.sizes(), mask), results = out.numel();
    Target target(out, type);
    Tensor largest = empty(Dims{results}, type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      T* max = largest.data<T>();
      T* y = target.block().data<T>();
      if constexpr (std::is_same_v<T, float>) {
        kernels::tables().softmax.f32.log_sum_rows(max, y, x.data<T>(), results, n);
      } else {
        kernels::tables().softmax.f64.log_sum_rows(max, y, x.data<T>(), results, n);
      }
      for (int64_t i = 0; i < results; ++i) {
        const T* row = x.data<T>() + i * n;
        // x - max is NaN where the maximum is infinite: then it is the result, unless a NaN is
        // there
        bool nan = false;
        if (std::isinf(max[i])) {
          for (int64_t j = 0; j < n; ++j) nan |= std::isnan(row[j]);
        }
        y[i] = std::isinf(max[i]) && !nan ? max[i] : y[i] + max[i];
      }
    });
    target.finish();
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& self, DimMask mask,
                        bool keepdim) {
    const IntSpan sizes = self.sizes();
    const Tensor share = ops::exp(ops::sub(self, spread(ctx.output(), sizes, mask, keepdim)));
    return {ops::mul(spread(grad, sizes, mask, keepdim), share)};
  }
};

Tensor variance(const Tensor& self, const OptDims& dim, double correction, bool keepdim,
                bool root) {
  return run<Variance>(self, dim_mask(dim, self.dim()), keepdim, correction, root);
}

double correction_or_one(const OptScalar& correction) {
  return correction ? correction->to_double() : 1.0;
}

}  // namespace

Tensor var(const Tensor& self, OptDims dim, OptScalar correction, bool keepdim) {
  return variance(self, dim, correction_or_one(correction), keepdim, false);
}
Tensor var_all(const Tensor& self, bool unbiased) {
  return variance(self, std::nullopt, unbiased ? 1.0 : 0.0, false, false);
}
Tensor var_dim(const Tensor& self, OptDims dim, bool unbiased, bool keepdim) {
  return variance(self, dim, unbiased ? 1.0 : 0.0, keepdim, false);
}
Tensor std_dev(const Tensor& self, OptDims dim, OptScalar correction, bool keepdim) {
  return variance(self, dim, correction_or_one(correction), keepdim, true);
}
Tensor std_all(const Tensor& self, bool unbiased) {
  return variance(self, std::nullopt, unbiased ? 1.0 : 0.0, false, true);
}
Tensor std_dim(const Tensor& self, OptDims dim, bool unbiased, bool keepdim) {
  return variance(self, dim, unbiased ? 1.0 : 0.0, keepdim, true);
}

Tensor norm(const Tensor& self, OptScalar p, OptDims dim, bool keepdim, OptDType dtype) {
  return run<Norm>(self, p ? p->to_double() : 2.0, dim_mask(dim, self.dim()), keepdim, dtype);
}
Tensor norm_named(const Tensor& self, std::string_view p, OptDims dim, bool keepdim,
                  OptDType dtype) {
  CHECK(p == "fro", "Order ", p, " not supported.");
  return norm(self, 2.0, std::move(dim), keepdim, dtype);
}

Tensor logsumexp(const Tensor& self, OptDims dim, bool keepdim) {
  return run<LogSumExp>(self, dim_mask(dim, self.dim()), keepdim);
}

}  // namespace nabla::ops
