// Largest and smallest elements, their places, and order along a dimension.
#include <algorithm>

#include "kernels/tables.h"
#include "ops/dense.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "ops/reduce_ops.h"
#include "ops/reduce_plan.h"
#include "parallel/parallel.h"

namespace nabla::ops {

namespace {

constexpr int64_t kGrain = 32768;  // elements per parallel chunk

kernels::ReduceOp reduce_op(bool largest) {
  return largest ? kernels::kReduceMax : kernels::kReduceMin;
}

// The dtype in which elements are compared: integers and booleans as int64.
DType order_type(DType t) { return is_floating(t) ? compute_type(t) : DType::int64; }

template <class F>
decltype(auto) dispatch_order(DType t, F&& f) {
  if (t == DType::int64) return f(int64_t());
  return dispatch_float(t, std::forward<F>(f));
}

// out = extreme of x over mask.
void extreme_into(Tensor& out, const Tensor& x, DimMask mask, bool largest) {
  if (x.is_floating()) {
    reduce_into(reduce_op(largest), out, x, mask);
    return;
  }
  const Tensor packed = reduced_last(x, mask, DType::int64);
  Target target(out, DType::int64);
  fold_integers(largest ? IntFold::max : IntFold::min, target.block().data<int64_t>(),
                packed.data<int64_t>(), out.numel(), reduced_count(x.sizes(), mask));
  target.finish();
}

// index[o, i] = the first place along the middle of x [outer, n, inner] that holds value[o, i].
template <class T>
void find_into(int64_t* index, const T* x, const T* value, AxisView v) {
  const int64_t slice = v.n * v.inner;
  parallel_for(v.outer, std::max<int64_t>(1, kGrain / std::max<int64_t>(slice, 1)),
               [&](int64_t b, int64_t e) {
                 const auto& tables = kernels::tables().reduce;
                 if constexpr (std::is_same_v<T, int64_t>) {
                   for (int64_t o = b; o < e; ++o) {
                     for (int64_t i = 0; i < v.inner; ++i) {
                       const T* at = x + o * slice + i;
                       int64_t k = 0;
                       while (at[k * v.inner] != value[o * v.inner + i]) ++k;
                       index[o * v.inner + i] = k;
                     }
                   }
                 } else {
                   const auto& fns = [&]() -> const auto& {
                     if constexpr (std::is_same_v<T, float>) {
                       return tables.f32;
                     } else {
                       return tables.f64;
                     }
                   }
                   ();
                   if (v.inner == 1) {
                     fns.find_rows(index + b, x + b * v.n, value + b, e - b, v.n, v.n);
                     return;
                   }
                   for (int64_t o = b; o < e; ++o) {
                     fns.find_cols(index + o * v.inner, x + o * slice, value + o * v.inner, v.n,
                                   v.inner, v.inner);
                   }
                 }
               });
}

// Values (unless null) and indices of the extremes of x along dim; dim -1 stands for all elements
// as one row.
void extremes_along(Tensor* values, Tensor& indices, const Tensor& self, int64_t dim,
                    bool largest) {
  if (indices.numel() == 0) return;
  const DType type = order_type(self.dtype());
  const Tensor x = dense(self, type);
  const AxisView v = dim < 0 ? AxisView{1, x.numel(), 1} : around(x.sizes(), dim);
  const Tensor cube =
      alias(x, Dims{v.outer, v.n, v.inner}, Dims{v.n * v.inner, v.inner, 1}, x.storage_offset());
  // The values go straight to where they are wanted, if they are wanted in this dtype.
  const bool direct = values != nullptr && values->dtype() == type;
  const Dims slices = {v.outer, v.inner};
  Tensor best = direct ? alias(*values, slices, Dims{v.inner, 1}, 0) : empty(slices, type);
  extreme_into(best, cube, DimMask{2}, largest);
  dispatch_order(type, [&](auto zero) {
    using T = decltype(zero);
    find_into(indices.data<int64_t>(), x.data<T>(), best.data<T>(), v);
  });
  if (values == nullptr || direct) return;
  assign(*values, alias(best, values->sizes(), contiguous_strides(values->sizes()), 0));
}

void check_some(const Tensor& self, int64_t dim) {
  const bool some = self.dim() == 0 || self.sizes()[dim] > 0;
  CHECK_RANGE(some, "Expected reduction dim ", dim, " to have non-zero size.");
}

// max or min over mask;  dx = dy shared equally among the elements that equal the result
struct Extreme {
  static constexpr Saves saves = Saves::args(0) | Saves::output();
  static Meta meta(const Tensor& self, DimMask mask, bool keepdim, bool) {
    for (int64_t d = 0; d < self.dim(); ++d) {
      if (mask >> d & 1 && self.numel() == 0) check_some(self, d);
    }
    return {reduced_sizes(self.sizes(), mask, keepdim), self.dtype()};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask, bool, bool largest) {
    extreme_into(out, self, mask, largest);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& self, DimMask mask,
                        bool keepdim, bool) {
    const IntSpan sizes = self.sizes();
    const Tensor hit = ops::eq(self, spread(ctx.output(), sizes, mask, keepdim));
    Dims dims;
    for (int64_t d = 0; d < self.dim(); ++d) {
      if (mask >> d & 1) dims.push_back(d);
    }
    const Tensor hits = ops::sum(hit, dims, keepdim, grad.dtype());
    return {ops::mul(spread(ops::div(grad, hits), sizes, mask, keepdim), hit)};
  }
};

// y = zeros, with dy at indices[k] along dim;  the adjoint of gather
struct PlaceAlong {
  static Meta meta(const Tensor& grad, const Tensor&, IntSpan sizes, int64_t) {
    return {Dims(sizes), grad.dtype()};
  }
  static void compute(Tensor& out, const Tensor& grad, const Tensor& indices, IntSpan,
                      int64_t dim) {
    const Tensor from = dense(grad, grad.dtype());
    std::memset(out.raw_data(), 0, static_cast<size_t>(out.numel()) * out.itemsize());
    switch (out.itemsize()) {
      case 2:
        place<uint16_t>(out, from, indices, dim);
        break;
      case 4:
        place<uint32_t>(out, from, indices, dim);
        break;
      default:
        place<uint64_t>(out, from, indices, dim);
    }
  }
  static constexpr Saves saves = Saves::args(1);
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, const Tensor& indices,
                        IntSpan, int64_t dim) {
    return {ops::gather(grad, dim, indices), Tensor()};
  }

 private:
  template <class Bits>
  static void place(Tensor& out, const Tensor& grad, const Tensor& indices, int64_t dim) {
    const AxisView v = around(out.sizes(), dim), k = around(indices.sizes(), dim);
    const Tensor places = dense(indices, DType::int64);
    const int64_t* at = places.data<int64_t>();
    const Bits* from = static_cast<const Bits*>(grad.raw_data());
    Bits* to = static_cast<Bits*>(out.raw_data());
    for (int64_t o = 0; o < v.outer; ++o, to += v.n * v.inner) {
      for (int64_t j = 0; j < k.n; ++j) {
        for (int64_t i = 0; i < v.inner; ++i) to[*at++ * v.inner + i] = *from++;
      }
    }
  }
};

// Extreme of each slice along dim, and the first place that holds it;  dx = dy at that place
struct ExtremeAlong {
  static constexpr Saves saves = Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;
  static std::array<Meta, 2> meta(const Tensor& self, int64_t dim, bool keepdim, bool) {
    check_some(self, dim);
    const Dims sizes = reduced_sizes(self.sizes(), DimMask{1} << dim, keepdim);
    return {Meta{sizes, self.dtype()}, Meta{sizes, DType::int64}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& self, int64_t dim, bool,
                      bool largest) {
    extremes_along(&out[0], out[1], self, dim, largest);
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& self, int64_t dim,
                        bool keepdim, bool) {
    if (self.dim() == 0) return {grads[0]};
    const Tensor indices = ctx.output(1);
    if (keepdim) return {place_along(grads[0], indices, self.sizes(), dim)};
    return {place_along(ops::unsqueeze(grads[0], dim), ops::unsqueeze(indices, dim), self.sizes(),
                        dim)};
  }
};

struct ArgExtreme {
  static Meta meta(const Tensor& self, OptInt dim, bool keepdim, bool) {
    CHECK_TYPE(self.dtype() != DType::bool_, "does not support bool input");
    if (dim) {
      check_some(self, *dim);
      return {reduced_sizes(self.sizes(), DimMask{1} << *dim, keepdim), DType::int64};
    }
    CHECK_RANGE(self.numel() > 0, "Expected reduction dim to be specified for input.numel() == 0.");
    return {keepdim ? Dims(static_cast<size_t>(self.dim()), 1) : Dims(), DType::int64};
  }
  static void compute(Tensor& out, const Tensor& self, OptInt dim, bool, bool largest) {
    extremes_along(nullptr, out, self, dim.value_or(-1), largest);
  }
};

// a comes before b; NaN counts as the largest value.
template <class T>
bool before(T a, T b, bool descending) {
  if constexpr (std::is_floating_point_v<T>) {
    if (a != a || b != b) return descending ? a != a && b == b : a == a && b != b;
  }
  return descending ? a > b : a < b;
}

// The first k of x along dim in rising or falling order, equal ones in their order, and where they
// stood;  dx = dy at those places
struct SortAlong {
  static constexpr Saves saves = Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;
  static std::array<Meta, 2> meta(const Tensor& self, int64_t dim, int64_t k, bool) {
    Dims sizes(self.sizes());
    if (!sizes.empty()) sizes[dim] = k;
    return {Meta{sizes, self.dtype()}, Meta{sizes, DType::int64}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& self, int64_t dim, int64_t k,
                      bool descending) {
    const DType type = order_type(self.dtype());
    const Tensor x = dense(self, type);
    Target target(out[0], type);
    const AxisView v = around(x.sizes(), dim);
    int64_t* places = out[1].data<int64_t>();
    dispatch_order(type, [&](auto zero) {
      using T = decltype(zero);
      const T* from = x.data<T>();
      T* to = target.block().data<T>();
      std::vector<int64_t> order(static_cast<size_t>(v.n));
      for (int64_t s = 0; s < v.outer * v.inner; ++s) {
        const T* slice = from + s / v.inner * v.n * v.inner + s % v.inner;
        sort_slice(order, slice, v.inner, k, descending);
        const int64_t at = s / v.inner * k * v.inner + s % v.inner;
        for (int64_t j = 0; j < k; ++j) {
          to[at + j * v.inner] = slice[order[static_cast<size_t>(j)] * v.inner];
          places[at + j * v.inner] = order[static_cast<size_t>(j)];
        }
      }
    });
    target.finish();
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& self, int64_t dim,
                        int64_t, bool) {
    if (self.dim() == 0) return {grads[0]};
    return {place_along(grads[0], ctx.output(1), self.sizes(), dim)};
  }

 private:
  template <class T>
  static void sort_slice(std::vector<int64_t>& order, const T* x, int64_t stride, int64_t k,
                         bool descending) {
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int64_t>(i);
    auto less = [&](int64_t a, int64_t b) {
      const T va = x[a * stride], vb = x[b * stride];
      if (before(va, vb, descending)) return true;
      return a < b && !before(vb, va, descending);
    };
    if (k < static_cast<int64_t>(order.size())) {
      std::partial_sort(order.begin(), order.begin() + k, order.end(), less);
    } else {
      std::sort(order.begin(), order.end(), less);
    }
  }
};

// y_i = x_0 + ... + x_i along dim, or x_i + ... + x_last in reverse, added up in double;
// dx = the same of dy, the other way round
struct CumSum {
  static Meta meta(const Tensor& self, int64_t, OptDType dtype, bool) {
    return {Dims(self.sizes()), dtype.value_or(self.is_floating() ? self.dtype() : DType::int64)};
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, OptDType, bool reverse) {
    const DType type = order_type(out.dtype());
    const Tensor x = dense(self, type);
    Target target(out, type);
    const AxisView v = around(x.sizes(), dim);
    dispatch_order(type, [&](auto zero) {
      using T = decltype(zero);
      using Acc = std::conditional_t<std::is_same_v<T, int64_t>, uint64_t, double>;
      const T* from = x.data<T>();
      T* to = target.block().data<T>();
      for (int64_t s = 0; s < v.outer * v.inner; ++s) {
        int64_t at = s / v.inner * v.n * v.inner + s % v.inner;
        if (reverse) at += (v.n - 1) * v.inner;
        Acc sum = 0;
        for (int64_t i = 0; i < v.n; ++i, at += reverse ? -v.inner : v.inner) {
          sum += static_cast<Acc>(from[at]);
          to[at] = static_cast<T>(sum);
        }
      }
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, int64_t dim, OptDType,
                        bool reverse) {
    return {run<CumSum>(grad, dim, OptDType(), !reverse)};
  }
};

Tensor extreme_of_all(const Tensor& self, bool largest) {
  CHECK_RANGE(self.numel() > 0,
              "Expected reduction dim to be specified for input.numel() == 0. Specify the "
              "reduction dim with the 'dim' argument.");
  return run<Extreme>(self, dim_mask(std::nullopt, self.dim()), false, largest);
}

Tensor extreme_over(const Tensor& self, const OptDims& dim, bool keepdim, bool largest) {
  CHECK_RANGE(self.numel() > 0 || (dim && !dim->empty()),
              "Expected reduction dim to be specified for input.numel() == 0. Specify the "
              "reduction dim with the 'dim' argument.");
  return run<Extreme>(self, dim_mask(dim, self.dim()), keepdim, largest);
}

Tensor2 pair(std::array<Tensor, 2> both) { return {both[0], both[1]}; }

OptInt wrapped(const OptInt& dim, int64_t ndim) {
  return dim ? OptInt(wrap_dim(*dim, ndim)) : std::nullopt;
}

}  // namespace

Tensor place_along(const Tensor& grad, const Tensor& indices, IntSpan sizes, int64_t dim) {
  return run<PlaceAlong>(grad, indices, sizes, dim);
}

Tensor max(const Tensor& self) { return extreme_of_all(self, true); }
Tensor min(const Tensor& self) { return extreme_of_all(self, false); }

Tensor2 max_dim(const Tensor& self, int64_t dim, bool keepdim) {
  return pair(run<ExtremeAlong>(self, wrap_dim(dim, self.dim()), keepdim, true));
}
Tensor2 min_dim(const Tensor& self, int64_t dim, bool keepdim) {
  return pair(run<ExtremeAlong>(self, wrap_dim(dim, self.dim()), keepdim, false));
}

Tensor max_other(const Tensor& self, const Tensor& other) { return ops::maximum(self, other); }
Tensor min_other(const Tensor& self, const Tensor& other) { return ops::minimum(self, other); }

Tensor amax(const Tensor& self, OptDims dim, bool keepdim) {
  return extreme_over(self, dim, keepdim, true);
}
Tensor amin(const Tensor& self, OptDims dim, bool keepdim) {
  return extreme_over(self, dim, keepdim, false);
}

Tensor argmax(const Tensor& self, OptInt dim, bool keepdim) {
  return run<ArgExtreme>(self, wrapped(dim, self.dim()), keepdim, true);
}
Tensor argmin(const Tensor& self, OptInt dim, bool keepdim) {
  return run<ArgExtreme>(self, wrapped(dim, self.dim()), keepdim, false);
}

Tensor cumsum(const Tensor& self, int64_t dim, OptDType dtype) {
  return run<CumSum>(self, wrap_dim(dim, self.dim()), dtype, false);
}

Tensor2 topk(const Tensor& self, int64_t k, int64_t dim, bool largest, bool) {
  const int64_t d = wrap_dim(dim, self.dim());
  const int64_t n = self.dim() == 0 ? 1 : self.sizes()[d];
  CHECK_RANGE(k >= 0 && k <= n, "selected index k out of range");
  return pair(run<SortAlong>(self, d, k, largest));
}

Tensor2 sort(const Tensor& self, int64_t dim, bool descending, bool) {
  const int64_t d = wrap_dim(dim, self.dim());
  return pair(run<SortAlong>(self, d, self.dim() == 0 ? 1 : self.sizes()[d], descending));
}

Tensor argsort(const Tensor& self, int64_t dim, bool descending, bool stable) {
  return std::get<1>(sort(detach(self), dim, descending, stable));
}

}  // namespace nabla::ops
