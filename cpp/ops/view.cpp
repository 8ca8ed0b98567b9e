#include <algorithm>
#include <numeric>

#include "ops/op.h"
#include "ops/ops.h"
#include "ops/view_geometry.h"

namespace nabla::ops {
namespace {

// y = x in row-major order, another shape;  dx = reshape(dy, sizes of x)
struct View {
  static Geometry view(const Tensor& self, IntSpan size) {
    Dims sizes = infer_sizes(size, self.numel());
    OptDims strides = view_strides(self.sizes(), self.strides(), sizes);
    CHECK(strides,
          "view size is not compatible with input tensor's size and stride (at least one dimension "
          "spans across two contiguous subspaces). Use .reshape(...) instead.");
    return {sizes, *strides, self.storage_offset()};
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, IntSpan) {
    return {reshape(grad, self.sizes())};
  }
};

// The same elements with dimensions of size 1 more or less;  dx = reshape(dy, sizes of x)
struct Restride {
  static Geometry view(const Tensor& self, IntSpan sizes, IntSpan strides) {
    return {Dims(sizes), Dims(strides), self.storage_offset()};
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, IntSpan, IntSpan) {
    return {reshape(grad, self.sizes())};
  }
};

struct Squeeze : Restride {};
struct Unsqueeze : Restride {};

// y[..., i at d, ...]: dimension d of y is dimension dims[d] of x;  dx = the inverse order
struct Permute {
  static Geometry view(const Tensor& self, IntSpan dims) {
    Geometry g{Dims(dims.size()), Dims(dims.size()), self.storage_offset()};
    for (size_t d = 0; d < dims.size(); ++d) {
      g.sizes[d] = self.sizes()[dims[d]];
      g.strides[d] = self.strides()[dims[d]];
    }
    return g;
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, IntSpan dims) {
    Dims inverse(dims.size());
    for (size_t d = 0; d < dims.size(); ++d) inverse[dims[d]] = int64_t(d);
    return {permute(grad, inverse)};
  }
};

struct Transpose {
  static Geometry view(const Tensor& self, int64_t dim0, int64_t dim1) {
    Geometry g{Dims(self.sizes()), Dims(self.strides()), self.storage_offset()};
    std::swap(g.sizes[dim0], g.sizes[dim1]);
    std::swap(g.strides[dim0], g.strides[dim1]);
    return g;
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, int64_t dim0, int64_t dim1) {
    return {transpose(grad, dim0, dim1)};
  }
};

struct T : Transpose {};  // the name of t() in a graph

// dx = sum of dy over what was repeated, done by the engine
struct Expand {
  static Geometry view(const Tensor& self, IntSpan size) {
    const size_t ndim = size_t(self.dim());
    CHECK_RANGE(size.size() >= ndim, "the number of sizes provided (", size.size(),
                ") must be greater or equal to the number of dimensions in the tensor (", ndim,
                "): expanding ", Shape{self.sizes()}, " to ", Shape{size});
    Geometry g{Dims(size), Dims(size.size()), self.storage_offset()};
    const size_t added = size.size() - ndim;
    for (size_t d = size.size(); d-- > 0;) {
      CHECK_RANGE(d >= added || size[d] >= 0, "The expanded size of the tensor (", size[d],
                  ") isn't allowed in a leading, non-existing dimension ", d);
      const int64_t have = d < added ? 1 : self.sizes()[d - added];
      const bool repeated = have == 1 && size[d] != 1 && size[d] != -1;
      if (size[d] == -1) g.sizes[d] = have;
      CHECK_RANGE(repeated ? size[d] >= 0 : g.sizes[d] == have, "The expanded size of the tensor (",
                  size[d], ") must match the existing size (", have,
                  ") at non-singleton dimension ", d, ".  Target sizes: ", Shape{size},
                  ".  Tensor sizes: ", Shape{self.sizes()});
      // A new dimension of size 1 gets the stride of a contiguous neighbour, as in PyTorch.
      if (repeated || ndim == 0)
        g.strides[d] = 0;
      else
        g.strides[d] = d < added ? g.sizes[d + 1] * g.strides[d + 1] : self.strides()[d - added];
    }
    checked_numel(g.sizes);
    return g;
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, IntSpan) { return {grad}; }
};

// dx = zeros with dy at dim = index
struct Select {
  static Geometry view(const Tensor& self, int64_t dim, int64_t index) {
    Geometry g{Dims(self.sizes()), Dims(self.strides()), self.storage_offset()};
    g.offset += index * self.strides()[dim];
    g.sizes.erase(dim);
    g.strides.erase(dim);
    return g;
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, int64_t dim,
                        int64_t index) {
    Dims strides = contiguous_strides(self.sizes());
    const int64_t offset = index * strides[dim];
    strides.erase(dim);
    return {embed(grad, self.sizes(), strides, offset)};
  }
};

// dx = zeros with dy at start, start + step, ... of dim
struct Slice {
  static Geometry view(const Tensor& self, int64_t dim, int64_t start, int64_t length,
                       int64_t step) {
    Geometry g{Dims(self.sizes()), Dims(self.strides()), self.storage_offset()};
    g.offset += start * self.strides()[dim];
    g.sizes[dim] = length;
    // A step that overflows passes over everything but the first element.
    if (__builtin_mul_overflow(g.strides[dim], step, &g.strides[dim]))
      g.strides[dim] = self.strides()[dim];
    return g;
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, int64_t dim,
                        int64_t start, int64_t, int64_t step) {
    Dims strides = contiguous_strides(self.sizes());
    const int64_t offset = start * strides[dim];
    if (grad.sizes()[dim] > 1) strides[dim] *= step;
    return {embed(grad, self.sizes(), strides, offset)};
  }
};

Geometry diagonal_geometry(IntSpan sizes, IntSpan strides, int64_t start, int64_t offset,
                           int64_t dim1, int64_t dim2) {
  Geometry g{Dims(sizes), Dims(strides), start};
  const int64_t length = offset >= 0 ? std::min(sizes[dim1], sizes[dim2] - offset)
                                     : std::min(sizes[dim1] + offset, sizes[dim2]);
  if (length > 0) g.offset += offset >= 0 ? offset * strides[dim2] : -offset * strides[dim1];
  const int64_t step = strides[dim1] + strides[dim2];
  for (int64_t d : {std::max(dim1, dim2), std::min(dim1, dim2)}) {
    g.sizes.erase(d);
    g.strides.erase(d);
  }
  g.sizes.push_back(std::max<int64_t>(length, 0));
  g.strides.push_back(step);
  return g;
}

// dx = zeros with dy on the diagonal
struct Diagonal {
  static Geometry view(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2) {
    return diagonal_geometry(self.sizes(), self.strides(), self.storage_offset(), offset, dim1,
                             dim2);
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, int64_t offset,
                        int64_t dim1, int64_t dim2) {
    const Geometry g =
        diagonal_geometry(self.sizes(), contiguous_strides(self.sizes()), 0, offset, dim1, dim2);
    return {embed(grad, self.sizes(), g.strides, g.offset)};
  }
};

Tensor as_view(const Tensor& self, IntSpan sizes) { return run_view<View>(self, sizes); }

Tensor slice_by(const Tensor& self, int64_t dim, int64_t start, int64_t length, int64_t step) {
  return run_view<Slice>(self, dim, start, length, step);
}

// Wrapped dims without repetition.
Dims distinct_dims(IntSpan dims, int64_t ndim) {
  Dims wrapped;
  for (int64_t d : dims) {
    const int64_t dim = wrap_dim(d, ndim);
    CHECK_RANGE(std::find(wrapped.begin(), wrapped.end(), dim) == wrapped.end(), "dim ", dim,
                " appears multiple times in the list of dims");
    wrapped.push_back(dim);
  }
  return wrapped;
}

Dims reversed(int64_t ndim) {
  Dims dims(ndim);
  for (int64_t d = 0; d < ndim; ++d) dims[d] = ndim - 1 - d;
  return dims;
}

}  // namespace

Tensor view(const Tensor& self, IntSpan size) { return as_view(self, size); }
Tensor view_as(const Tensor& self, const Tensor& other) { return as_view(self, other.sizes()); }

Tensor reshape(const Tensor& self, IntSpan shape) {
  const Dims sizes = infer_sizes(shape, self.numel());
  if (view_strides(self.sizes(), self.strides(), sizes)) return as_view(self, sizes);
  return as_view(contiguous(self), sizes);
}
Tensor reshape_as(const Tensor& self, const Tensor& other) { return reshape(self, other.sizes()); }

Tensor flatten(const Tensor& self, int64_t start_dim, int64_t end_dim) {
  const int64_t start = wrap_dim(start_dim, self.dim());
  const int64_t end = wrap_dim(end_dim, self.dim());
  CHECK_RANGE(start <= end, "flatten() has invalid args: start_dim cannot come after end_dim");
  if (self.dim() == 0) return reshape(self, Dims{1});
  if (start == end) return self;
  Dims sizes(self.sizes().first(start));
  sizes.push_back(product(self.sizes().subspan(start, end - start + 1)));
  for (int64_t d = end + 1; d < self.dim(); ++d) sizes.push_back(self.sizes()[d]);
  return reshape(self, sizes);
}
Tensor ravel(const Tensor& self) { return reshape(self, Dims{self.numel()}); }

Tensor unflatten(const Tensor& self, int64_t dim, IntSpan sizes) {
  dim = wrap_dim(dim, self.dim());
  CHECK_RANGE(self.dim() > 0, "Dimension specified as ", dim, " but tensor has no dimensions");
  CHECK_RANGE(!sizes.empty(), "sizes must be non-empty");
  const int64_t whole = self.sizes()[dim];
  Dims parts(sizes);
  int64_t known = 1, open = -1;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == -1 && open < 0)
      open = int64_t(i);
    else
      known *= parts[i];
  }
  if (open >= 0 && known != 0 && whole % known == 0) parts[open] = whole / known;
  CHECK_RANGE(product(parts) == whole && *std::min_element(parts.begin(), parts.end()) >= 0,
              "Provided sizes ", Shape{sizes}, " don't multiply up to the size of dim ", dim, " (",
              whole, ") in the input tensor");
  Dims result(self.sizes());
  result.erase(dim);
  for (size_t i = 0; i < parts.size(); ++i) result.insert(dim + i, parts[i]);
  return as_view(self, result);
}

Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1) {
  dim0 = wrap_dim(dim0, self.dim());
  dim1 = wrap_dim(dim1, self.dim());
  if (self.dim() == 0) return as_view(self, self.sizes());
  return run_view<Transpose>(self, dim0, dim1);
}
Tensor swapaxes(const Tensor& self, int64_t axis0, int64_t axis1) {
  return transpose(self, axis0, axis1);
}
Tensor swapdims(const Tensor& self, int64_t dim0, int64_t dim1) {
  return transpose(self, dim0, dim1);
}
Tensor t(const Tensor& self) {
  CHECK_RANGE(self.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is ",
              self.dim(), "D");
  if (self.dim() < 2) return as_view(self, self.sizes());
  return run_view<T>(self, int64_t{0}, int64_t{1});
}
Tensor numpy_T(const Tensor& self) {
  return run_view<Permute>(self, IntSpan(reversed(self.dim())));
}
Tensor matrix_T(const Tensor& self) {
  CHECK_RANGE(self.dim() >= 2,
              "tensor.mT is only supported on matrices or batches of matrices. Got ", self.dim(),
              "-D tensor.");
  return transpose(self, -2, -1);
}
Tensor hermitian(const Tensor& self) {
  CHECK_RANGE(self.dim() == 0 || self.dim() == 2,
              "tensor.H is only supported on matrices (2-D tensors). Got ", self.dim(),
              "-D tensor.",
              self.dim() > 2 ? " For batches of matrices, consider using tensor.mH" : "");
  return t(self);
}
Tensor matrix_H(const Tensor& self) {
  CHECK_RANGE(self.dim() >= 2,
              "tensor.mH is only supported on matrices or batches of matrices. Got ", self.dim(),
              "-D tensor.");
  return transpose(self, -2, -1);
}

Tensor permute(const Tensor& self, IntSpan dims) {
  CHECK_RANGE(int64_t(dims.size()) == self.dim(),
              "number of dimensions in the tensor input does not match the length of the desired "
              "ordering of dimensions i.e. input.dim() = ",
              self.dim(), " is not equal to len(dims) = ", dims.size());
  Dims order(dims.size());
  uint64_t seen = 0;
  for (size_t d = 0; d < dims.size(); ++d) {
    order[d] = wrap_dim(dims[d], self.dim());
    CHECK_RANGE(!(seen >> order[d] & 1), "duplicate dims are not allowed.");
    seen |= uint64_t{1} << order[d];
  }
  return run_view<Permute>(self, IntSpan(order));
}

Tensor movedims(const Tensor& self, IntSpan source, IntSpan destination) {
  CHECK_RANGE(source.size() == destination.size(), "Invalid source or destination dims: source (",
              Shape{source}, " dims) should contain the same number of dims as destination (",
              Shape{destination}, " dims)");
  const int64_t ndim = self.dim();
  const auto distinct = [&](IntSpan dims, const char* name) {
    Dims wrapped;
    for (int64_t d : dims) wrapped.push_back(wrap_dim(d, ndim));
    for (size_t i = 0; i < wrapped.size(); ++i)
      CHECK_RANGE(std::count(wrapped.begin(), wrapped.end(), wrapped[i]) == 1, "repeated dim in `",
                  name, "` (", Shape{dims}, ")");
    return wrapped;
  };
  const Dims from = distinct(source, "source");
  const Dims to = distinct(destination, "destination");
  if (ndim == 0) return as_view(self, self.sizes());
  Dims order(ndim, -1);
  for (size_t i = 0; i < from.size(); ++i) order[to[i]] = from[i];
  int64_t next = 0;
  for (int64_t& d : order) {
    if (d >= 0) continue;
    while (std::find(from.begin(), from.end(), next) != from.end()) ++next;
    d = next++;
  }
  return run_view<Permute>(self, IntSpan(order));
}
Tensor movedim(const Tensor& self, int64_t source, int64_t destination) {
  return movedims(self, Dims{source}, Dims{destination});
}

Tensor squeeze(const Tensor& self) {
  Dims all(size_t(self.dim()));
  for (int64_t d = 0; d < self.dim(); ++d) all[d] = d;
  return squeeze_dims(self, all);
}
Tensor squeeze_dims(const Tensor& self, IntSpan dim) {
  const Dims dims = distinct_dims(dim, self.dim());
  Dims sizes, strides;
  for (int64_t d = 0; d < self.dim(); ++d) {
    const bool named = std::find(dims.begin(), dims.end(), d) != dims.end();
    if (named && self.sizes()[d] == 1) continue;
    sizes.push_back(self.sizes()[d]);
    strides.push_back(self.strides()[d]);
  }
  return run_view<Squeeze>(self, IntSpan(sizes), IntSpan(strides));
}
Tensor unsqueeze(const Tensor& self, int64_t dim) {
  const int64_t at = wrap_dim(dim, self.dim() + 1);
  Dims sizes(self.sizes()), strides(self.strides());
  strides.insert(size_t(at), at < self.dim() ? sizes[at] * strides[at] : 1);
  sizes.insert(size_t(at), 1);
  return run_view<Unsqueeze>(self, IntSpan(sizes), IntSpan(strides));
}

Tensor expand(const Tensor& self, IntSpan size) { return run_view<Expand>(self, size); }
Tensor expand_as(const Tensor& self, const Tensor& other) { return expand(self, other.sizes()); }
Tensor broadcast_to(const Tensor& self, IntSpan size) { return expand(self, size); }

Tensor narrow(const Tensor& self, int64_t dim, int64_t start, int64_t length) {
  CHECK_RANGE(self.dim() > 0, "narrow() cannot be applied to a 0-dim tensor.");
  CHECK_RANGE(length >= 0, "narrow(): length must be non-negative.");
  dim = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[dim];
  CHECK_RANGE(start >= -size && start <= size, "start out of range (expected to be in range of [",
              -size, ", ", size, "], but got ", start, ")");
  if (start < 0) start += size;
  CHECK_RANGE(length <= size - start, "start (", start, ") + length (", length,
              ") exceeds dimension size (", size, ").");
  return slice_by(self, dim, start, length, 1);
}

Tensor select(const Tensor& self, int64_t dim, int64_t index) {
  CHECK_RANGE(self.dim() > 0, "select() cannot be applied to a 0-dim tensor.");
  dim = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[dim];
  CHECK_RANGE(index >= -size && index < size, "select(): index ", index,
              " out of range for tensor of size ", Shape{self.sizes()}, " at dimension ", dim);
  return run_view<Select>(self, dim, index < 0 ? index + size : index);
}

Tensor slice(const Tensor& self, int64_t dim, OptInt start, OptInt end, int64_t step) {
  CHECK_RANGE(self.dim() > 0, "slice() cannot be applied to a 0-dim tensor.");
  dim = wrap_dim(dim, self.dim());
  CHECK_RANGE(step > 0, step == 0 ? "slice step cannot be zero" : "slice step must be positive");
  const int64_t size = self.sizes()[dim];
  const auto bound = [size](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + size : at, 0, size);
  };
  const int64_t first = bound(start.value_or(0));
  const int64_t last = std::max(first, bound(end.value_or(size)));
  // Not (last - first + step - 1) / step: a step near 2^63 must not overflow.
  const int64_t length = last == first ? 0 : (last - first - 1) / step + 1;
  return slice_by(self, dim, first, length, step);
}

Tensor diagonal(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2) {
  const int64_t first = wrap_dim(dim1, self.dim()), second = wrap_dim(dim2, self.dim());
  CHECK_RANGE(first != second, "diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  const int64_t most = self.sizes()[first] + self.sizes()[second];
  return run_view<Diagonal>(self, std::clamp(offset, -most, most), first, second);
}

Tensor detach_view(const Tensor& self) { return detach(self); }

}  // namespace nabla::ops
