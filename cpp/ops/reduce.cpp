// Sums, means, products and logical reductions.
#include <algorithm>

#include "core/scalar.h"
#include "ops/dense.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "ops/reduce_ops.h"
#include "ops/reduce_plan.h"

namespace nabla::ops {

void fold_integers(IntFold fold, int64_t* out, const int64_t* x, int64_t results, int64_t count) {
  using U = uint64_t;  // overflow wraps, as in PyTorch
  for (int64_t r = 0; r < results; ++r, x += count) {
    U acc = 0;
    switch (fold) {
      case IntFold::sum:
        for (int64_t i = 0; i < count; ++i) acc += static_cast<U>(x[i]);
        break;
      case IntFold::prod:
        acc = 1;
        for (int64_t i = 0; i < count; ++i) acc *= static_cast<U>(x[i]);
        break;
      case IntFold::max:
        acc = static_cast<U>(*std::max_element(x, x + count));
        break;
      case IntFold::min:
        acc = static_cast<U>(*std::min_element(x, x + count));
        break;
    }
    out[r] = static_cast<int64_t>(acc);
  }
}

namespace {

// The dtype that sums and products have: integers and booleans add up in int64.
DType sum_dtype(const Tensor& self, OptDType dtype) {
  if (dtype) return *dtype;
  return self.is_floating() ? self.dtype() : DType::int64;
}

// Sum or product over mask into out, whose dtype says in which arithmetic: PyTorch converts the
// input to it first.
void fold_into(Tensor& out, const Tensor& self, DimMask mask, kernels::ReduceOp op, IntFold fold) {
  if (out.is_floating()) {
    const bool same = self.is_floating() && compute_type(out.dtype()) == compute_type(self.dtype());
    reduce_into(op, out, same ? self : dense(self, compute_type(out.dtype())), mask);
    return;
  }
  const Tensor x = reduced_last(out.dtype() == DType::bool_ ? dense(self, DType::bool_) : self,
                                mask, DType::int64);
  Target target(out, DType::int64);
  fold_integers(fold, target.block().data<int64_t>(), x.data<int64_t>(), out.numel(),
                reduced_count(self.sizes(), mask));
  target.finish();
}

// y = x seen at every element of the dimensions in mask;  dx = sum of dy over them.
struct Spread {
  static Geometry view(const Tensor& self, IntSpan sizes, DimMask mask, bool keepdim) {
    Geometry g = {Dims(sizes), Dims(), self.storage_offset()};
    size_t from = 0;
    for (size_t d = 0; d < sizes.size(); ++d) {
      const bool reduced = mask >> d & 1;
      g.strides.push_back(reduced ? 0 : self.strides()[from]);
      if (!reduced || keepdim) ++from;
    }
    return g;
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, IntSpan, DimMask mask,
                        bool keepdim);
};

// sum(x) over mask;  dx = dy, spread
struct Sum {
  static Meta meta(const Tensor& self, DimMask mask, bool keepdim, OptDType dtype) {
    return {reduced_sizes(self.sizes(), mask, keepdim), sum_dtype(self, dtype)};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask, bool, OptDType) {
    fold_into(out, self, mask, kernels::kReduceSum, IntFold::sum);
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, DimMask mask,
                        bool keepdim, OptDType) {
    return {spread(grad, self.sizes(), mask, keepdim)};
  }
};

Grads Spread::backward(const Ctx&, const Tensor& grad, const Tensor&, IntSpan, DimMask mask,
                       bool keepdim) {
  return {run<Sum>(grad, mask, keepdim, OptDType())};
}

// sum(x) over mask / n, n the number of elements folded into one;  dx = dy / n, spread
struct Mean {
  static Meta meta(const Tensor& self, DimMask mask, bool keepdim, OptDType dtype) {
    CHECK_TYPE(!dtype || is_floating(*dtype),
               "could not infer output dtype. Optional dtype must be either a floating point or "
               "complex dtype. Got: ",
               scalar_type_name(*dtype));
    CHECK_TYPE(dtype || self.is_floating(),
               "could not infer output dtype. Input dtype must be either a floating point or "
               "complex dtype. Got: ",
               scalar_type_name(self.dtype()));
    return {reduced_sizes(self.sizes(), mask, keepdim), dtype.value_or(self.dtype())};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask, bool, OptDType) {
    Target target(out, compute_type(out.dtype()));
    Tensor& block = target.block();
    fold_into(block, self, mask, kernels::kReduceSum, IntFold::sum);
    const double n = static_cast<double>(reduced_count(self.sizes(), mask));
    dispatch_float(block.dtype(), [&](auto zero) {
      using T = decltype(zero);
      T* v = block.data<T>();
      for (int64_t i = 0; i < block.numel(); ++i) v[i] /= static_cast<T>(n);
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, DimMask mask,
                        bool keepdim, OptDType) {
    const double n = static_cast<double>(reduced_count(self.sizes(), mask));
    return {spread(ops::div(grad, n), self.sizes(), mask, keepdim)};
  }
};

// For rows [R, n], dy [R, 1] times the product of the other elements of the row. Both halves are
// multiplied with each other, so that n shrinks by half each time; no division, so right at zeros,
// and made of differentiable ops alone.
Tensor product_of_others(const Tensor& rows, const Tensor& dy) {
  const int64_t n = rows.size(1), half = n / 2, odd = n - 2 * half;
  if (n == 1) return dy;
  const Tensor a = ops::narrow(rows, 1, 0, half), b = ops::narrow(rows, 1, half, half);
  TensorList products = {ops::mul(a, b)};
  if (odd > 0) products.push_back(ops::narrow(rows, 1, 2 * half, odd));
  const Tensor up = product_of_others(ops::cat(products, 1), dy);
  const Tensor pairs = ops::narrow(up, 1, 0, half);
  TensorList parts = {ops::mul(pairs, b), ops::mul(pairs, a)};
  if (odd > 0) parts.push_back(ops::narrow(up, 1, half, odd));
  return ops::cat(parts, 1);
}

// prod(x) over mask;  dx_i = dy * product of the others, by division where no element is 0
struct Prod {
  static constexpr Saves saves = Saves::args(0) | Saves::output();
  static Meta meta(const Tensor& self, DimMask mask, bool keepdim, OptDType dtype) {
    return {reduced_sizes(self.sizes(), mask, keepdim), sum_dtype(self, dtype)};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask, bool, OptDType) {
    fold_into(out, self, mask, kernels::kReduceProd, IntFold::prod);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& self, DimMask mask,
                        bool keepdim, OptDType) {
    if (self.numel() == 0) return {ops::mul(self, 0.0)};
    if (ops::all(self).item().to_bool()) {
      const Tensor dy = ops::mul(grad, ctx.output());
      return {ops::div(spread(dy, self.sizes(), mask, keepdim), self)};
    }
    Dims order, shape, back(self.sizes().size());
    for (int pass = 0; pass < 2; ++pass) {
      for (int64_t d = 0; d < self.dim(); ++d) {
        if ((mask >> d & 1) != pass) continue;
        back[static_cast<size_t>(d)] = static_cast<int64_t>(order.size());
        order.push_back(d);
        shape.push_back(self.size(d));
      }
    }
    const int64_t n = reduced_count(self.sizes(), mask), results = self.numel() / n;
    const Tensor rows = ops::reshape(ops::permute(self, order), Dims{results, n});
    const Tensor dx = product_of_others(rows, ops::reshape(grad, Dims{results, 1}));
    return {ops::permute(ops::reshape(dx, shape), back)};
  }
};

// All or any over mask: the smallest or largest of x != 0.
struct Logical {
  static Meta meta(const Tensor& self, DimMask mask, bool keepdim, bool) {
    // uint8 stays uint8, for what masks were before there was bool
    const DType dtype = self.dtype() == DType::uint8 ? DType::uint8 : DType::bool_;
    return {reduced_sizes(self.sizes(), mask, keepdim), dtype};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask, bool, bool all) {
    const Tensor x = reduced_last(self, mask, DType::bool_);
    const int64_t n = reduced_count(self.sizes(), mask);
    const bool* from = x.data<bool>();
    Target target(out, DType::bool_);
    bool* to = target.block().data<bool>();
    for (int64_t r = 0; r < out.numel(); ++r, from += n) {
      to[r] = std::find(from, from + n, !all) != from + n ? !all : all;
    }
    target.finish();
  }
};

// Number of elements over mask that are not 0.
struct CountNonzero {
  static Meta meta(const Tensor& self, DimMask mask) {
    return {reduced_sizes(self.sizes(), mask, false), DType::int64};
  }
  static void compute(Tensor& out, const Tensor& self, DimMask mask) {
    const Tensor x = reduced_last(self, mask, DType::bool_);
    const int64_t n = reduced_count(self.sizes(), mask);
    const bool* from = x.data<bool>();
    int64_t* to = out.data<int64_t>();
    for (int64_t r = 0; r < out.numel(); ++r, from += n) to[r] = std::count(from, from + n, true);
  }
};

// Leading dimensions and those where size is 1, as a mask of self's dimensions.
DimMask broadcast_mask(IntSpan from, IntSpan to) {
  CHECK_RANGE(to.size() <= from.size(), "size ", Shape{to}, " is not expandable to size ",
              Shape{from});
  const size_t lead = from.size() - to.size();
  DimMask mask = 0;
  for (size_t d = 0; d < from.size(); ++d) {
    const bool sum = d < lead || (to[d - lead] == 1 && from[d] != 1);
    CHECK_RANGE(sum || from[d] == to[d - lead], "size ", Shape{to}, " is not expandable to size ",
                Shape{from});
    if (sum) mask |= DimMask{1} << d;
  }
  return mask;
}

// Sum over the dimensions along which `size` was broadcast to x's shape;  dx = dy, broadcast
struct SumToSize {
  static Meta meta(const Tensor& self, IntSpan size) {
    broadcast_mask(self.sizes(), size);
    return {Dims(size), sum_dtype(self, std::nullopt)};
  }
  static void compute(Tensor& out, const Tensor& self, IntSpan size) {
    fold_into(out, self, broadcast_mask(self.sizes(), size), kernels::kReduceSum, IntFold::sum);
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, IntSpan) {
    return {ops::expand(grad, self.sizes())};
  }
};

DimMask mask_of(const Tensor& self, const OptInt& dim) {
  return dim ? one_dim(*dim, self.dim()) : dim_mask(std::nullopt, self.dim());
}

}  // namespace

Tensor spread(const Tensor& reduced, IntSpan sizes, DimMask mask, bool keepdim) {
  return run_view<Spread>(reduced, sizes, mask, keepdim);
}

Tensor sum(const Tensor& self, OptDims dim, bool keepdim, OptDType dtype) {
  return run<Sum>(self, dim_mask(dim, self.dim()), keepdim, dtype);
}

Tensor sum_to_size(const Tensor& self, IntSpan size) {
  if (equal(self.sizes(), size)) return self;
  return run<SumToSize>(self, size);
}

Tensor mean(const Tensor& self, OptDims dim, bool keepdim, OptDType dtype) {
  return run<Mean>(self, dim_mask(dim, self.dim()), keepdim, dtype);
}

Tensor prod(const Tensor& self, OptInt dim, bool keepdim, OptDType dtype) {
  return run<Prod>(self, mask_of(self, dim), keepdim && dim.has_value(), dtype);
}

Tensor all(const Tensor& self, OptDims dim, bool keepdim) {
  return run<Logical>(self, dim_mask(dim, self.dim()), keepdim, true);
}

Tensor any(const Tensor& self, OptDims dim, bool keepdim) {
  return run<Logical>(self, dim_mask(dim, self.dim()), keepdim, false);
}

Tensor count_nonzero(const Tensor& self, OptDims dim) {
  return run<CountNonzero>(self, dim_mask(dim, self.dim()));
}

}  // namespace nabla::ops
