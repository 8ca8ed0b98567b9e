#include <algorithm>
#include <cstring>

#include "ops/index_support.h"
#include "ops/op.h"
#include "ops/ops.h"

// Copies in another order: flip, roll, repeat and the triangles of matrices.
namespace nabla::ops {
namespace {

// y = x read backwards along dims;  dx = flip(dy)
struct Flip {
  static Meta meta(const Tensor& self, IntSpan) { return like(self); }
  static void compute(Tensor& out, const Tensor& self, IntSpan dims) {
    if (self.numel() == 0) return;
    Dims strides(self.strides());
    int64_t last = 0;
    for (int64_t d : dims) {
      last += (self.sizes()[d] - 1) * strides[d];
      strides[d] = -strides[d];
    }
    strided_copy(out.raw_data(), out.strides(),
                 static_cast<const char*>(self.raw_data()) + last * int64_t(self.itemsize()),
                 strides, self.sizes(), self.itemsize());
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, IntSpan dims) {
    return {flip(grad, dims)};
  }
};

// y_ij = x_ij where j - i <= k (lower) or j - i >= k (upper), else 0;  dx = the same of dy
struct Triangle {
  static Meta meta(const Tensor& self, int64_t, bool) {
    CHECK_RANGE(self.dim() >= 2, "input tensor must have at least 2 dimensions, got ",
                Shape{self.sizes()});
    return like(self);
  }
  static void compute(Tensor& out, const Tensor& self, int64_t diagonal, bool upper) {
    if (self.numel() == 0) return;
    start_from(out, self);
    const int64_t rows = self.size(-2), columns = self.size(-1);
    const int64_t item = int64_t(self.itemsize());
    char* row = static_cast<char*>(out.raw_data());
    for (int64_t i = 0; i < self.numel() / columns; ++i, row += columns * item) {
      // Columns from `edge` on are kept (upper) or cleared (lower).
      const int64_t edge = std::clamp<int64_t>(i % rows + diagonal + (upper ? 0 : 1), 0, columns);
      if (upper)
        std::memset(row, 0, size_t(edge * item));
      else
        std::memset(row + edge * item, 0, size_t((columns - edge) * item));
    }
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, int64_t diagonal,
                        bool upper) {
    return {upper ? triu(grad, diagonal) : tril(grad, diagonal)};
  }
};

// Diagonals beyond the matrix are as good as its corners, and cannot overflow.
int64_t within(const Tensor& self, int64_t diagonal) {
  const int64_t most = self.dim() < 2 ? 0 : self.size(-1) + self.size(-2) + 1;
  return std::clamp(diagonal, -most, most);
}

Tensor roll_one(const Tensor& self, int64_t shift, int64_t dim) {
  const int64_t size = self.size(dim);
  if (size == 0) return clone(self);
  const int64_t start = ((-(shift % size)) % size + size) % size;
  if (start == 0) return clone(self);
  return cat({narrow(self, dim, start, size - start), narrow(self, dim, 0, start)}, dim);
}

Tensor repeat_by(const Tensor& self, IntSpan repeats) {
  const size_t added = repeats.size() - size_t(self.dim());
  Dims split, wide, result;
  for (size_t d = 0; d < repeats.size(); ++d) {
    const int64_t size = d < added ? 1 : self.sizes()[d - added];
    int64_t product = 0;
    CHECK_RANGE(!__builtin_mul_overflow(repeats[d], size, &product), "repeats ", Shape{repeats},
                " overflow for shape ", Shape{self.sizes()});
    split.push_back(1);
    split.push_back(size);
    wide.push_back(repeats[d]);
    wide.push_back(size);
    result.push_back(product);
  }
  for (int64_t r : repeats)
    CHECK_RANGE(r >= 0, "Trying to create tensor with negative dimension ",
                *std::min_element(result.begin(), result.end()), ": ", Shape{result});
  return reshape(clone(expand(reshape(self, split), wide), "contiguous_format"), result);
}

}  // namespace

Tensor flip(const Tensor& self, IntSpan dims) {
  Dims wrapped;
  for (int64_t d : dims) {
    const int64_t dim = wrap_dim(d, self.dim());
    CHECK_RANGE(std::find(wrapped.begin(), wrapped.end(), dim) == wrapped.end(), "dim ", dim,
                " appears multiple times in the list of dims");
    wrapped.push_back(dim);
  }
  if (self.dim() == 0) wrapped.clear();
  return run<Flip>(self, IntSpan(wrapped));
}

Tensor roll(const Tensor& self, IntSpan shifts, IntSpan dims) {
  CHECK_RANGE(!shifts.empty(), "`shifts` required");
  if (dims.empty() && shifts.size() == 1)
    return reshape(roll_one(reshape(self, Dims{self.numel()}), shifts[0], 0), self.sizes());
  CHECK_RANGE(shifts.size() == dims.size(),
              "shifts and dimensions must align. shifts: ", shifts.size(), ", dims:", dims.size());
  Tensor rolled = self;
  for (size_t i = 0; i < dims.size(); ++i)
    rolled = roll_one(rolled, shifts[i], wrap_dim(dims[i], self.dim()));
  return rolled;
}

Tensor repeat(const Tensor& self, IntSpan repeats) {
  CHECK_RANGE(int64_t(repeats.size()) >= self.dim(),
              "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
              "tensor");
  return repeat_by(self, repeats);
}
Tensor tile(const Tensor& self, IntSpan dims) {
  Dims repeats(dims);
  while (int64_t(repeats.size()) < self.dim()) repeats.insert(0, 1);
  return repeat_by(self, repeats);
}

Tensor repeat_interleave(const Tensor& self, int64_t repeats, OptInt dim) {
  CHECK_RANGE(repeats >= 0, "Repeats must be non-negative");
  const Tensor flat = dim ? self : reshape(self, Dims{self.numel()});
  const int64_t at = wrap_dim(dim.value_or(0), flat.dim());
  const Tensor rows = flat.dim() == 0 ? reshape(flat, Dims{1}) : flat;
  Dims wide(rows.sizes()), result(rows.sizes());
  wide.insert(size_t(at) + 1, repeats);
  CHECK_RANGE(!__builtin_mul_overflow(result[at], repeats, &result[at]), "repeats overflow");
  return reshape(clone(expand(unsqueeze(rows, at + 1), wide), "contiguous_format"), result);
}
Tensor repeat_interleave_each(const Tensor& self, const Tensor& repeats, OptInt dim) {
  CHECK_RANGE(repeats.dim() <= 1, "repeats must be 0-dim or 1-dim tensor");
  CHECK_TYPE(is_index_dtype(repeats.dtype()), "repeats has to be Long or Int tensor, got ",
             repeats.dtype());
  const Tensor counts = long_indices(repeats);
  const int64_t* count = counts.data<int64_t>();
  if (counts.numel() == 1) return repeat_interleave(self, count[0], dim);
  const Tensor flat = dim ? self : reshape(self, Dims{self.numel()});
  const int64_t at = wrap_dim(dim.value_or(0), flat.dim());
  CHECK_RANGE(counts.numel() == flat.size(at),
              "repeats must have the same size as input along "
              "dim, but got repeats.size(0) = ",
              counts.numel(), " and input.size(", at, ") = ", flat.size(at));
  int64_t total = 0;
  for (int64_t i = 0; i < counts.numel(); ++i) {
    CHECK_RANGE(count[i] >= 0, "repeats can not be negative");
    CHECK_RANGE(!__builtin_add_overflow(total, count[i], &total), "repeats overflow");
  }
  const Tensor rows = empty(Dims{total}, DType::int64);
  int64_t* to = rows.data<int64_t>();
  for (int64_t i = 0; i < counts.numel(); ++i) to = std::fill_n(to, count[i], i);
  return index_select(flat, at, rows);
}

Tensor tril(const Tensor& self, int64_t diagonal) {
  return run<Triangle>(self, within(self, diagonal), false);
}
Tensor triu(const Tensor& self, int64_t diagonal) {
  return run<Triangle>(self, within(self, diagonal), true);
}

}  // namespace nabla::ops
