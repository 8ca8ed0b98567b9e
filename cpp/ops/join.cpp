#include <algorithm>

#include "ops/op.h"
#include "ops/ops.h"
#include "ops/strided_copy.h"

namespace nabla::ops {
namespace {

// An empty vector may stand beside tensors of any shape, as PyTorch has it for old scripts.
bool is_skipped(const Tensor& t) { return t.dim() == 1 && t.numel() == 0; }

// y = the tensors one after the other along dim;  dx_i = dy's part of tensor i
struct Cat {
  static Meta meta(const TensorList& tensors, int64_t dim) {
    const Tensor* first = nullptr;
    int64_t length = 0;
    Dims sizes{0};
    for (size_t i = 0; i < tensors.size(); ++i) {
      const Tensor& t = tensors[i];
      if (is_skipped(t)) continue;
      if (!first) {
        first = &t;
        sizes = Dims(t.sizes());
      }
      CHECK_RANGE(t.dim() == first->dim(), "Tensors must have same number of dimensions: got ",
                  first->dim(), " and ", t.dim());
      for (int64_t d = 0; d < t.dim(); ++d)
        CHECK_RANGE(d == dim || t.sizes()[d] == sizes[d],
                    "Sizes of tensors must match except in dimension ", dim, ". Expected size ",
                    sizes[d], " but got size ", t.sizes()[d], " for tensor number ", i,
                    " in the list.");
      length += t.sizes()[dim];
    }
    sizes[size_t(first ? dim : 0)] = length;
    return {sizes, tensors[0].dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const TensorList& tensors, int64_t dim) {
    char* to = static_cast<char*>(out.raw_data());
    const int64_t item = int64_t(out.itemsize());
    for (const Tensor& t : tensors) {
      if (is_skipped(t)) continue;
      strided_copy(to, out.strides(), t.raw_data(), t.strides(), t.sizes(), size_t(item));
      to += t.sizes()[dim] * out.strides()[dim] * item;
    }
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const TensorList& tensors,
                        int64_t dim) {
    Grads grads(tensors.size());
    int64_t start = 0;
    for (size_t i = 0; i < tensors.size(); ++i) {
      if (is_skipped(tensors[i])) {
        if (ctx.needs(i)) grads[i] = zeros(tensors[i].sizes(), grad.dtype());
        continue;
      }
      const int64_t length = tensors[i].sizes()[dim];
      if (ctx.needs(i)) grads[i] = narrow(grad, dim, start, length);
      start += length;
    }
    return grads;
  }
};

// All tensors in the dtype that holds them all.
TensorList promoted(const TensorList& tensors) {
  DType dtype = tensors[0].dtype();
  for (const Tensor& t : tensors) dtype = promote_types(dtype, t.dtype());
  TensorList same;
  same.reserve(tensors.size());
  for (const Tensor& t : tensors) same.push_back(t.dtype() == dtype ? t : to_dtype(t, dtype));
  return same;
}

bool one_dtype(const TensorList& tensors) {
  return std::all_of(tensors.begin(), tensors.end(),
                     [&](const Tensor& t) { return t.dtype() == tensors[0].dtype(); });
}

}  // namespace

Tensor cat(const TensorList& tensors, int64_t dim) {
  CHECK(!tensors.empty(), "expected a non-empty list of Tensors");
  const Tensor* shaped = &tensors[0];
  for (size_t i = 0; i < tensors.size(); ++i) {
    CHECK_RANGE(tensors[i].dim() > 0, "zero-dimensional tensor (at position ", i,
                ") cannot be concatenated");
    if (is_skipped(*shaped)) shaped = &tensors[i];
  }
  dim = wrap_dim(dim, shaped->dim());
  return one_dtype(tensors) ? run<Cat>(tensors, dim) : run<Cat>(promoted(tensors), dim);
}
Tensor concat(const TensorList& tensors, int64_t dim) { return cat(tensors, dim); }

Tensor stack(const TensorList& tensors, int64_t dim) {
  CHECK(!tensors.empty(), "stack expects a non-empty TensorList");
  dim = wrap_dim(dim, tensors[0].dim() + 1);
  TensorList rows;
  rows.reserve(tensors.size());
  for (size_t i = 0; i < tensors.size(); ++i) {
    CHECK_RANGE(equal(tensors[i].sizes(), tensors[0].sizes()),
                "stack expects each tensor to be equal size, but got ", Shape{tensors[0].sizes()},
                " at entry 0 and ", Shape{tensors[i].sizes()}, " at entry ", i);
    rows.push_back(unsqueeze(tensors[i], dim));
  }
  // A stacked empty vector is [n, 0]: not the one that cat passes over.
  return cat(rows, dim);
}

}  // namespace nabla::ops
