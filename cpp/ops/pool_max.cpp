// Max pooling and its gradient. Where only a gradient is wanted, a byte per output remembers which
// element of the window won; int64 indices into the plane are made where they are asked for, and
// for windows of more than 256 elements.
#include "ops/ops.h"
#include "ops/pool.h"

namespace nabla::ops {

namespace {

bool fits_bytes(const Pooling& p) { return p.elements() <= 256 && !p.has_empty; }

Meta values_meta(const Tensor& self, const Pooling& p) { return {p.sizes(self), self.dtype()}; }

// y = largest of each window, with bytes or indices (undefined: neither).
void max_into(Tensor& out, Tensor* bytes, Tensor* indices, const Tensor& self, const Pooling& p) {
  const DType type = self.is_floating() ? compute_type(self.dtype()) : DType::int64;
  const Tensor x = dense(self, type);
  Target target(out, type);
  const int64_t in = p.inputs(), count = p.outputs(), work = in + count * p.elements() / 8;
  if (type == DType::int64) {
    Tensor own;
    if (indices == nullptr) indices = &(own = empty(p.sizes(self), DType::int64));
    each_planes(p.planes, work, [&](int64_t first, int64_t n) {
      kernels::tables().pool.max_index_i64(target.block().data<int64_t>() + first * count,
                                           indices->data<int64_t>() + first * count,
                                           x.data<int64_t>() + first * in, n, p.window);
    });
    return target.finish();
  }
  Tensor winners;
  if (indices != nullptr && fits_bytes(p)) bytes = &(winners = empty(p.sizes(self), DType::uint8));
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    const auto& fns = pool_functions<T>();
    T* y = target.block().data<T>();
    const T* from = x.data<T>();
    uint8_t* winner = bytes ? bytes->data<uint8_t>() : nullptr;
    int64_t* index = indices ? indices->data<int64_t>() : nullptr;
    each_planes(p.planes, work, [&](int64_t first, int64_t n) {
      const int64_t at = first * count;
      if (index && !winner) {
        fns.max_index(y + at, index + at, from + first * in, n, p.window);
        return;
      }
      fns.max(y + at, winner ? winner + at : nullptr, from + first * in, n, p.window);
      if (index) kernels::tables().pool.index_of(index + at, winner + at, n, p.window);
    });
  });
  target.finish();
}

// y[i] = v at the winner of window i, or, with `grad`, dx = the sum of dy over the windows won.
template <bool kGrad>
void winners_into(Tensor& out, const Tensor& from, const Tensor& winner, const Pooling& p) {
  const DType type = compute_type(out.dtype());
  const Tensor x = dense(from, type);
  Target target(out, type);
  const int64_t in = p.inputs(), count = p.outputs();
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    T* to = target.block().data<T>();
    const T* source = x.data<T>();
    const uint8_t* bytes = winner.data<uint8_t>();
    each_planes(p.planes, in + count, [&](int64_t first, int64_t n) {
      const auto& fns = pool_functions<T>();
      const uint8_t* won = bytes + first * count;
      if constexpr (kGrad) {
        fns.max_grad(to + first * in, source + first * count, won, n, p.window);
      } else {
        fns.max_take(to + first * count, source + first * in, won, n, p.window);
      }
    });
  });
  target.finish();
}

Tensor take_winners(const Tensor& v, const Tensor& winner, const Pooling& p);

// dx[j] = the sum of dy over the windows that element j won
struct MaxPoolGrad {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& grad, const Tensor&, const Dims& sizes, const Pooling&) {
    return {sizes, grad.dtype()};
  }
  static void compute(Tensor& out, const Tensor& grad, const Tensor& winner, const Dims&,
                      const Pooling& p) {
    winners_into<true>(out, grad, winner, p);
  }
  static Grads backward(const Ctx&, const Tensor& v, const Tensor&, const Tensor& winner,
                        const Dims&, const Pooling& p) {
    return {take_winners(v, winner, p), Tensor()};
  }
};

// y[i] = v at the winner of window i: the adjoint of MaxPoolGrad
struct TakeWinners {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& v, const Tensor&, const Pooling& p) { return values_meta(v, p); }
  static void compute(Tensor& out, const Tensor& v, const Tensor& winner, const Pooling& p) {
    winners_into<false>(out, v, winner, p);
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& v, const Tensor& winner,
                        const Pooling& p) {
    return {run<MaxPoolGrad>(grad, winner, Dims(v.sizes()), p), Tensor()};
  }
};

Tensor take_winners(const Tensor& v, const Tensor& winner, const Pooling& p) {
  return run<TakeWinners>(v, winner, p);
}

// y = largest of each window, NaN wins
struct MaxPoolValues {
  static Meta meta(const Tensor& self, const Pooling& p) { return values_meta(self, p); }
  static void compute(Tensor& out, const Tensor& self, const Pooling& p) {
    max_into(out, nullptr, nullptr, self, p);
  }
};

// The same with the winners;  dx = the sum of dy over the windows won
struct MaxPool {
  static constexpr Saves saves = Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;
  static std::array<Meta, 2> meta(const Tensor& self, const Pooling& p) {
    return {values_meta(self, p), Meta{p.sizes(self), DType::uint8}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& self, const Pooling& p) {
    max_into(out[0], &out[1], nullptr, self, p);
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& self, const Pooling& p) {
    return {run<MaxPoolGrad>(grads[0], ctx.output(1), Dims(self.sizes()), p)};
  }
};

// The same with indices into the plane
struct MaxPoolIndexed {
  static constexpr Saves saves = Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;
  static std::array<Meta, 2> meta(const Tensor& self, const Pooling& p) {
    return {values_meta(self, p), Meta{p.sizes(self), DType::int64}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& self, const Pooling& p) {
    max_into(out[0], nullptr, &out[1], self, p);
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& self, const Pooling& p) {
    return {pool_place(grads[0], ctx.output(1), self.sizes(), p.spatial)};
  }
};

void check_numbers(const Tensor& self, std::string_view name) {
  CHECK_TYPE(self.dtype() != DType::bool_, '"', name, "\" not implemented for 'Bool'");
}

Tensor values_of(const Tensor& self, const Pooling& p) {
  if (!GradMode::enabled() || !self.requires_grad()) return run<MaxPoolValues>(self, p);
  return fits_bytes(p) ? run<MaxPool>(self, p)[0] : run<MaxPoolIndexed>(self, p)[0];
}

constexpr std::string_view kNames[] = {"", "max_pool1d", "max_pool2d", "max_pool3d"};

Tensor2 pooled(int spatial, const Tensor& self, IntSpan kernel_size, const OptDims& stride,
               IntSpan padding, IntSpan dilation, bool ceil_mode, bool return_indices) {
  constexpr int64_t kZero = 0, kOne = 1;
  const Pooling p = pooling_of(self, {spatial, kernel_size, stride ? IntSpan(*stride) : IntSpan(),
                                      padding.empty() ? IntSpan(&kZero, 1) : padding,
                                      dilation.empty() ? IntSpan(&kOne, 1) : dilation, ceil_mode});
  check_numbers(self, kNames[spatial]);
  return max_pooled(self, p, return_indices);
}

}  // namespace

Tensor2 max_pooled(const Tensor& self, const Pooling& p, bool return_indices) {
  if (!return_indices) return {values_of(self, p), Tensor()};
  auto out = run<MaxPoolIndexed>(self, p);
  return {out[0], out[1]};
}

// PyTorch's max_pool1d has kernels for integers with indices alone.
Tensor2 max_pool1d_indexed(const Tensor& input, IntSpan kernel_size, const OptDims& stride,
                           IntSpan padding, IntSpan dilation, bool ceil_mode, bool return_indices) {
  CHECK_TYPE(return_indices || input.is_floating(), "\"max_pool1d\" not implemented for '",
             scalar_type_name(input.dtype()), "' without indices");
  return pooled(1, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices);
}
Tensor2 max_pool2d_indexed(const Tensor& input, IntSpan kernel_size, const OptDims& stride,
                           IntSpan padding, IntSpan dilation, bool ceil_mode, bool return_indices) {
  return pooled(2, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices);
}
Tensor2 max_pool3d_indexed(const Tensor& input, IntSpan kernel_size, const OptDims& stride,
                           IntSpan padding, IntSpan dilation, bool ceil_mode, bool return_indices) {
  return pooled(3, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices);
}
Tensor2 max_pool1d_with_indices(const Tensor& self, IntSpan kernel_size, const OptDims& stride,
                                IntSpan padding, IntSpan dilation, bool ceil_mode) {
  return pooled(1, self, kernel_size, stride, padding, dilation, ceil_mode, true);
}
Tensor max_pool1d(const Tensor& self, IntSpan kernel_size, const OptDims& stride, IntSpan padding,
                  IntSpan dilation, bool ceil_mode) {
  return std::get<0>(
      max_pool1d_indexed(self, kernel_size, stride, padding, dilation, ceil_mode, false));
}
Tensor max_pool2d(const Tensor& self, IntSpan kernel_size, const OptDims& stride, IntSpan padding,
                  IntSpan dilation, bool ceil_mode) {
  return std::get<0>(pooled(2, self, kernel_size, stride, padding, dilation, ceil_mode, false));
}
Tensor max_pool3d(const Tensor& self, IntSpan kernel_size, const OptDims& stride, IntSpan padding,
                  IntSpan dilation, bool ceil_mode) {
  return std::get<0>(pooled(3, self, kernel_size, stride, padding, dilation, ceil_mode, false));
}

}  // namespace nabla::ops
