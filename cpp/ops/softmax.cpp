// Softmax and log-softmax with their gradients, which are ops with derivatives of their own.
#include <algorithm>

#include "kernels/tables.h"
#include "ops/dense.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {

namespace {

constexpr int64_t kGrain = 16384;  // elements per parallel chunk
constexpr int64_t kColumns = 256;  // columns per kernel call

template <class T>
const kernels::SoftmaxFns<T>& functions() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().softmax.f32;
  } else {
    return kernels::tables().softmax.f64;
  }
}

// Calls rows(first, count) for groups of rows, or cols(offset, count) for groups of columns of one
// slice of a dense [outer, n, inner] block.
template <class Rows, class Cols>
void each_block(AxisView v, Rows&& rows, Cols&& cols) {
  if (v.outer == 0 || v.n == 0 || v.inner == 0) return;
  if (v.inner == 1) {
    parallel_for(v.outer, std::max<int64_t>(1, kGrain / v.n),
                 [&](int64_t b, int64_t e) { rows(b, e - b); });
    return;
  }
  const int64_t groups = (v.inner - 1) / kColumns + 1;
  const int64_t width = std::min(kColumns, v.inner);
  parallel_for(v.outer * groups, std::max<int64_t>(1, kGrain / (v.n * width)),
               [&](int64_t b, int64_t e) {
                 for (int64_t g = b; g < e; ++g) {
                   const int64_t j = g % groups * kColumns;
                   cols(g / groups * v.n * v.inner + j, std::min(kColumns, v.inner - j));
                 }
               });
}

// y = softmax(x) along dim, or its logarithm.
void forward_into(Tensor& out, const Tensor& self, int64_t dim, bool log) {
  const DType type = compute_type(out.dtype());
  const Tensor x = dense(self, type);
  Target target(out, type);
  const AxisView v = around(x.sizes(), dim);
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    const auto& fns = functions<T>();
    const T* from = x.data<T>();
    T* to = target.block().data<T>();
    const auto rows = log ? fns.log_softmax_rows : fns.softmax_rows;
    const auto cols = log ? fns.log_softmax_cols : fns.softmax_cols;
    each_block(
        v, [&](int64_t r, int64_t count) { rows(to + r * v.n, from + r * v.n, count, v.n); },
        [&](int64_t at, int64_t count) { cols(to + at, from + at, v.n, count, v.inner); });
  });
  target.finish();
}

void gradient_into(Tensor& out, const Tensor& grad, const Tensor& output, int64_t dim, bool log) {
  const DType type = compute_type(out.dtype());
  const Tensor dy = dense(grad, type), y = dense(output, type);
  Target target(out, type);
  const AxisView v = around(y.sizes(), dim);
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    const auto& fns = functions<T>();
    const T* from = y.data<T>();
    const T* up = dy.data<T>();
    T* to = target.block().data<T>();
    const auto rows = log ? fns.log_softmax_grad_rows : fns.softmax_grad_rows;
    const auto cols = log ? fns.log_softmax_grad_cols : fns.softmax_grad_cols;
    each_block(
        v,
        [&](int64_t r, int64_t count) {
          rows(to + r * v.n, up + r * v.n, from + r * v.n, count, v.n);
        },
        [&](int64_t at, int64_t count) { cols(to + at, up + at, from + at, v.n, count, v.inner); });
  });
  target.finish();
}

Meta softmax_meta(const Tensor& self, const OptDType& dtype, std::string_view name) {
  const DType type = dtype.value_or(self.dtype());
  CHECK_TYPE(is_floating(type), '"', name, "\" not implemented for '", scalar_type_name(type),
             "': expected a floating point tensor");
  return {Dims(self.sizes()), type};
}

// dx = y * (dy - sum(dy * y));  for v, the gradient of dx:
// d(dy) = y * (v - sum(v * y)),  dy' = v * (dy - sum(dy * y)) - dy * sum(v * y)
struct SoftmaxGrad {
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor&, const Tensor& y, int64_t) { return like(y); }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& y, int64_t dim) {
    gradient_into(out, dy, y, dim, false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& v, const Tensor& dy, const Tensor& y,
                        int64_t dim) {
    Grads grads(2);
    if (ctx.needs(0)) grads[0] = run<SoftmaxGrad>(v, y, dim);
    if (ctx.needs(1)) {
      const Tensor s = ops::sum(ops::mul(dy, y), Dims{dim}, true);
      const Tensor t = ops::sum(ops::mul(v, y), Dims{dim}, true);
      grads[1] = ops::sub(ops::mul(v, ops::sub(dy, s)), ops::mul(dy, t));
    }
    return grads;
  }
};

// dx = dy - exp(y) * sum(dy);  for v, the gradient of dx:
// d(dy) = v - sum(v * exp(y)),  dy' = -v * exp(y) * sum(dy)
struct LogSoftmaxGrad {
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor&, const Tensor& y, int64_t) { return like(y); }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& y, int64_t dim) {
    gradient_into(out, dy, y, dim, true);
  }
  static Grads backward(const Ctx& ctx, const Tensor& v, const Tensor& dy, const Tensor& y,
                        int64_t dim) {
    Grads grads(2);
    const Tensor vp = ops::mul(v, ops::exp(y));
    if (ctx.needs(0)) grads[0] = ops::sub(v, ops::sum(vp, Dims{dim}, true));
    if (ctx.needs(1)) grads[1] = ops::neg(ops::mul(vp, ops::sum(dy, Dims{dim}, true)));
    return grads;
  }
};

// y_i = exp(x_i - max x) / sum_j exp(x_j - max x);  dx = y * (dy - sum(dy * y))
struct Softmax {
  static constexpr Saves saves = Saves::output();
  static Meta meta(const Tensor& self, int64_t, OptDType dtype) {
    return softmax_meta(self, dtype, "softmax");
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, OptDType) {
    forward_into(out, self, dim, false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, int64_t dim, OptDType) {
    return {run<SoftmaxGrad>(grad, ctx.output(), dim)};
  }
};

// y_i = x_i - max x - log sum_j exp(x_j - max x);  dx = dy - exp(y) * sum(dy)
struct LogSoftmax {
  static constexpr Saves saves = Saves::output();
  static Meta meta(const Tensor& self, int64_t, OptDType dtype) {
    return softmax_meta(self, dtype, "log_softmax");
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, OptDType) {
    forward_into(out, self, dim, true);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, int64_t dim, OptDType) {
    return {run<LogSoftmaxGrad>(grad, ctx.output(), dim)};
  }
};

int64_t guessed(const Tensor& input, const OptInt& dim) {
  const int64_t n = input.dim();
  return dim.value_or(n == 0 || n == 1 || n == 3 ? 0 : 1);
}

}  // namespace

Tensor softmax(const Tensor& self, int64_t dim, OptDType dtype) {
  return run<Softmax>(self, wrap_dim(dim, self.dim()), dtype);
}
Tensor log_softmax(const Tensor& self, int64_t dim, OptDType dtype) {
  return run<LogSoftmax>(self, wrap_dim(dim, self.dim()), dtype);
}
Tensor softmax_guessed(const Tensor& input, OptInt dim, OptDType dtype) {
  return softmax(input, guessed(input, dim), dtype);
}
Tensor log_softmax_guessed(const Tensor& input, OptInt dim, OptDType dtype) {
  return log_softmax(input, guessed(input, dim), dtype);
}

}  // namespace nabla::ops
