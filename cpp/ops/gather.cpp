#include "ops/index_support.h"
#include "ops/item_type.h"
#include "ops/op.h"
#include "ops/ops.h"

// Ops whose index tensor has the shape of the result: gather and the scatters.
namespace nabla::ops {
namespace {

Dims at_least_1d(IntSpan dims, int64_t value) { return dims.empty() ? Dims{value} : Dims(dims); }

void check_index(const Tensor& self, int64_t dim, const Tensor& index, const char* which) {
  CHECK_TYPE(is_index_dtype(index.dtype()), "Expected dtype int32/int64 for index, got ",
             index.dtype(), "; make it with { dtype: torch.int64 }");
  if (index.numel() == 0) return;
  const Dims have = at_least_1d(self.sizes(), 1), want = at_least_1d(index.sizes(), 1);
  CHECK_RANGE(have.size() == want.size(),
              "Index tensor must have the same number of dimensions as ", which, " tensor");
  for (size_t d = 0; d < want.size(); ++d)
    CHECK_RANGE(int64_t(d) == dim || want[d] <= have[d], "Size does not match at dimension ", d,
                " expected index ", Shape{index.sizes()}, " to be no larger than self ",
                Shape{self.sizes()}, " apart from dimension ", dim);
}

// f(self_offset, other_offset) for each element of index: the place in self that it names, and the
// place of the same index tuple in the other tensor. Indices are checked before the first call.
template <class F>
void each_place(const Tensor& self, int64_t dim, const Tensor& index, IntSpan other_strides,
                F&& f) {
  const Tensor flat = long_indices(index);
  const int64_t* at = flat.data<int64_t>();
  const Dims sizes = at_least_1d(self.sizes(), 1);
  check_indices(at, flat.numel(), dim, sizes[dim], false);
  Dims strides = at_least_1d(self.strides(), 1);
  const int64_t step = strides[dim];
  strides[dim] = 0;
  each_offset(at_least_1d(index.sizes(), 1), strides, at_least_1d(other_strides, 1),
              [&](int64_t a, int64_t b) { f(a + step * *at++, b); });
}

// y[i] = x[i with i_dim = index[i]];  dx = zeros with dy added there
struct Gather {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& self, int64_t dim, const Tensor& index) {
    check_index(self, dim, index, "input");
    return {Dims(index.sizes()), self.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, const Tensor& index) {
    if (out.numel() == 0) return;
    with_item_type(self.itemsize(), [&](auto zero) {
      using T = decltype(zero);
      const T* from = static_cast<const T*>(self.raw_data());
      T* to = static_cast<T*>(out.raw_data());
      each_place(self, dim, index, out.strides(), [&](int64_t a, int64_t b) { to[b] = from[a]; });
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, int64_t dim,
                        const Tensor& index) {
    return {scatter_add(full(self.sizes(), Scalar(0), grad.dtype()), dim, index, grad), Tensor()};
  }
};

void check_source(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  check_index(self, dim, index, "self");
  CHECK_TYPE(self.dtype() == src.dtype(), "Expected self.dtype to be equal to src.dtype, got ",
             self.dtype(), " and ", src.dtype());
  if (index.numel() == 0) return;
  const Dims want = at_least_1d(index.sizes(), 1), have = at_least_1d(src.sizes(), 1);
  CHECK_RANGE(have.size() == want.size(),
              "Index tensor must have the same number of dimensions as src tensor");
  for (size_t d = 0; d < want.size(); ++d)
    CHECK_RANGE(want[d] <= have[d], "Expected index ", Shape{index.sizes()},
                " to be no larger than self ", Shape{self.sizes()}, " apart from dimension ", dim,
                " and to be no larger size than src ", Shape{src.sizes()});
}

// The gradient of src, which may be larger than index: zeros where it was not read.
Tensor source_gradient(const Tensor& grad, int64_t dim, const Tensor& index, const Tensor& src) {
  const Tensor read = gather(grad, dim, index);
  if (equal(index.sizes(), src.sizes())) return read;
  return embed(read, src.sizes(), contiguous_strides(src.sizes()), 0);
}

// y = x with y[i with i_dim = index[i]] = src[i];  dx = dy with zeros there, dsrc = dy from there
struct Scatter {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
    check_source(self, dim, index, src);
    return like(self);
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                      const Tensor& src) {
    start_from(out, self);
    if (index.numel() == 0) return;
    with_item_type(self.itemsize(), [&](auto zero) {
      using T = decltype(zero);
      const T* from = static_cast<const T*>(src.raw_data());
      T* to = static_cast<T*>(out.raw_data());
      each_place(out, dim, index, src.strides(), [&](int64_t a, int64_t b) { to[a] = from[b]; });
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, int64_t dim,
                        const Tensor& index, const Tensor& src) {
    Grads grads(3);
    if (ctx.needs(0)) {
      const Tensor zero = full(Dims{}, Scalar(0), grad.dtype());
      grads[0] = scatter(grad, dim, index, expand(zero, index.sizes()));
    }
    if (ctx.needs(2)) grads[2] = source_gradient(grad, dim, index, src);
    return grads;
  }
};

// y = x, y[i with i_dim = index[i]] += src[i];  dx = dy, dsrc = dy from there
struct ScatterAdd {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
    check_source(self, dim, index, src);
    return like(self);
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                      const Tensor& src) {
    start_from(out, self);
    if (index.numel() == 0) return;
    dispatch(self.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T* from = src.data<T>();
      T* to = out.data<T>();
      each_place(out, dim, index, src.strides(),
                 [&](int64_t a, int64_t b) { to[a] = T(to[a] + from[b]); });
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, int64_t dim,
                        const Tensor& index, const Tensor& src) {
    Grads grads(3);
    grads[0] = grad;
    if (ctx.needs(2)) grads[2] = source_gradient(grad, dim, index, src);
    return grads;
  }
};

// A number as src stands for a tensor of the index's shape.
Tensor source_of(const Tensor& self, const Tensor& index, const Operand& src) {
  if (!src.is_wrapped_number()) return src;
  return expand(scalar_tensor(src.item(), self.dtype()), index.sizes());
}

}  // namespace

Tensor gather(const Tensor& self, int64_t dim, const Tensor& index) {
  return run<Gather>(self, wrap_dim(dim, self.dim()), index);
}
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Operand& src) {
  return run<Scatter>(self, wrap_dim(dim, self.dim()), index, source_of(self, index, src));
}
Tensor scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Operand& src) {
  return run_inplace<Scatter>(self, wrap_dim(dim, self.dim()), index, source_of(self, index, src));
}
Tensor scatter_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  return run<ScatterAdd>(self, wrap_dim(dim, self.dim()), index, src);
}
Tensor scatter_add_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  return run_inplace<ScatterAdd>(self, wrap_dim(dim, self.dim()), index, src);
}

}  // namespace nabla::ops
