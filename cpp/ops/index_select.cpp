#include <cstring>

#include "ops/dense.h"
#include "ops/index_support.h"
#include "ops/op.h"
#include "ops/ops.h"

// Ops whose index tensor is a vector along one dimension.
namespace nabla::ops {
namespace {

void check_vector(const Tensor& index) {
  CHECK_RANGE(index.dim() <= 1, "Index is supposed to be a vector, got ", index.dim(),
              " dimensions");
  CHECK_TYPE(is_index_dtype(index.dtype()), "Expected dtype int32 or int64 for index, got ",
             index.dtype(), "; make it with { dtype: torch.int64 }");
}

// y = x's slices index[0], index[1], ... of dim;  dx = zeros with dy's slices added there
struct IndexSelect {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& self, int64_t dim, const Tensor& index) {
    check_vector(index);
    Meta meta = like(self);
    if (self.dim() > 0)
      meta.sizes[dim] = index.numel();
    else
      CHECK_RANGE(index.numel() == 1, "Index to scalar can have only 1 value, got ", index.numel(),
                  " value(s)");
    return meta;
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, const Tensor& index) {
    const Tensor flat = long_indices(index);
    const int64_t* at = flat.data<int64_t>();
    check_indices(at, flat.numel(), dim, self.dim() > 0 ? self.sizes()[dim] : 1, false);
    if (out.numel() == 0) return;
    const int64_t item = int64_t(self.itemsize());
    const char* from = static_cast<const char*>(self.raw_data());
    char* to = static_cast<char*>(out.raw_data());
    if (self.dim() == 0) {
      std::memcpy(to, from, size_t(item));
      return;
    }
    if (self.is_contiguous()) {
      const AxisView v = around(self.sizes(), dim);
      const int64_t block = v.inner * item, count = flat.numel();
      for (int64_t o = 0; o < v.outer; ++o)
        for (int64_t i = 0; i < count; ++i)
          std::memcpy(to + (o * count + i) * block, from + (o * v.n + at[i]) * block,
                      size_t(block));
      return;
    }
    Dims sizes(self.sizes());
    sizes[dim] = 1;
    for (int64_t i = 0; i < flat.numel(); ++i)
      strided_copy(to + i * out.strides()[dim] * item, out.strides(),
                   from + at[i] * self.strides()[dim] * item, self.strides(), sizes, size_t(item));
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, int64_t dim,
                        const Tensor& index) {
    return {index_add(full(self.sizes(), Scalar(0), grad.dtype()), dim, index, grad), Tensor()};
  }
};

// y = x with y.select(dim, index[i]) += alpha s.select(dim, i);  dx = dy, ds = alpha dy's slices
struct IndexAdd {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                   Scalar alpha) {
    check_vector(index);
    CHECK_TYPE(self.dtype() == source.dtype(), "self (", scalar_type_name(self.dtype()),
               ") and source (", scalar_type_name(source.dtype()),
               ") must have the same scalar type");
    CHECK_TYPE(!alpha.is_floating() || self.is_floating() || alpha.is(double(alpha.to_int())),
               "For integral input tensors, argument alpha must not be a floating point number.");
    CHECK_RANGE(source.dim() == self.dim() || source.dim() + self.dim() == 1,
                "source tensor shape must match self tensor shape, excluding the specified "
                "dimension. Got self.shape = ",
                Shape{self.sizes()}, " source.shape = ", Shape{source.sizes()});
    const int64_t length = source.dim() > 0 ? source.sizes()[dim] : 1;
    CHECK_RANGE(index.numel() == length, "Number of indices (", index.numel(),
                ") should be equal to source.size(dim): (", length, "), for dim: ", dim);
    for (int64_t d = 0; d < std::min(self.dim(), source.dim()); ++d)
      CHECK_RANGE(d == dim || self.sizes()[d] == source.sizes()[d],
                  "source tensor shape must match self tensor shape, excluding the specified "
                  "dimension. Got self.shape = ",
                  Shape{self.sizes()}, " source.shape = ", Shape{source.sizes()});
    return like(self);
  }
  static void compute(Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                      const Tensor& source, Scalar alpha) {
    const Tensor flat = long_indices(index);
    const int64_t* at = flat.data<int64_t>();
    check_indices(at, flat.numel(), dim, self.dim() > 0 ? self.sizes()[dim] : 1, false);
    start_from(out, self);
    if (source.numel() == 0) return;
    Dims sizes(source.sizes()), to_strides(out.strides()), from_strides(source.strides());
    if (sizes.empty()) sizes.push_back(1);
    if (to_strides.empty()) to_strides.push_back(1);
    if (from_strides.empty()) from_strides.push_back(1);
    sizes[dim] = 1;
    dispatch(out.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T factor = alpha.to<T>();
      for (int64_t i = 0; i < flat.numel(); ++i) {
        T* to = out.data<T>() + at[i] * to_strides[dim];
        const T* from = source.data<T>() + i * from_strides[dim];
        each_offset(sizes, to_strides, from_strides,
                    [&](int64_t a, int64_t b) { to[a] = T(to[a] + T(factor * from[b])); });
      }
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, int64_t dim,
                        const Tensor& index, const Tensor& source, Scalar alpha) {
    Grads grads(3);
    grads[0] = grad;
    if (ctx.needs(2)) {
      const Tensor slices = reshape(index_select(grad, dim, index), source.sizes());
      grads[2] = alpha.is(1) ? slices : mul(slices, alpha);
    }
    return grads;
  }
};

}  // namespace

Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index) {
  return run<IndexSelect>(self, wrap_dim(dim, self.dim()), index);
}
Tensor index_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                 Scalar alpha) {
  return run<IndexAdd>(self, wrap_dim(dim, self.dim()), index, source, alpha);
}
Tensor index_add_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                  Scalar alpha) {
  return run_inplace<IndexAdd>(self, wrap_dim(dim, self.dim()), index, source, alpha);
}

}  // namespace nabla::ops
