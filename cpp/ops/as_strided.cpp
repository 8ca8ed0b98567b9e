#include <cstring>

#include "ops/op.h"
#include "ops/ops.h"
#include "ops/strided_copy.h"

namespace nabla::ops {
namespace {

// to[geometry i] += from[i], from contiguous; for geometries that reach an element several times.
template <class T>
void add_strided(T* to, const T* from, IntSpan sizes, IntSpan strides) {
  const int64_t n = product(sizes);
  Dims at(sizes.size());
  for (int64_t i = 0; i < n; ++i) {
    *to = T(*to + from[i]);
    for (size_t d = sizes.size(); d-- > 0;) {
      to += strides[d];
      if (++at[d] < sizes[d]) break;
      to -= sizes[d] * strides[d];
      at[d] = 0;
    }
  }
}

// y = zeros(size), y.flat[offset + strides . i] += x[i];  dx = dy read at the same places
struct Embed {
  static Meta meta(const Tensor& grad, IntSpan size, IntSpan stride, int64_t offset) {
    INTERNAL(grad.numel() == 0 || offset + reach(grad.sizes(), stride) <= product(size),
             "slice outside of its tensor");
    return {Dims(size), grad.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& grad, IntSpan, IntSpan stride, int64_t offset) {
    char* memory = static_cast<char*>(out.raw_data());
    std::memset(memory, 0, out.numel() * out.itemsize());
    if (grad.numel() == 0) return;
    memory += offset * int64_t(out.itemsize());
    if (is_non_overlapping(grad.sizes(), stride)) {
      strided_copy(memory, stride, grad.raw_data(), grad.strides(), grad.sizes(), out.itemsize());
      return;
    }
    const Tensor dense = empty(grad.sizes(), grad.dtype());
    strided_copy(dense.raw_data(), dense.strides(), grad.raw_data(), grad.strides(), grad.sizes(),
                 out.itemsize());
    dispatch(out.dtype(), [&](auto zero) {
      using T = decltype(zero);
      add_strided(reinterpret_cast<T*>(memory), dense.data<T>(), grad.sizes(), stride);
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, IntSpan, IntSpan stride,
                        int64_t offset) {
    const Tensor whole = contiguous(grad);
    return {as_strided(whole, self.sizes(), stride, whole.storage_offset() + offset)};
  }
};

// y[i] = memory[offset + strides . i];  dx = dy added at the places of y, read at those of x. The
// geometry of x itself comes as arguments, since a saved shape has no strides.
struct AsStrided {
  static Geometry view(const Tensor& self, IntSpan size, IntSpan stride, int64_t offset, IntSpan,
                       int64_t) {
    CHECK_RANGE(size.size() == stride.size(),
                "mismatch in length of strides and shape: ", Shape{size}, " and ", Shape{stride});
    for (int64_t s : stride)
      CHECK_RANGE(s >= 0,
                  "Negative strides are not supported at the moment, got strides: ", Shape{stride});
    CHECK_RANGE(offset >= 0, "storage offset must be non-negative, got ", offset);
    checked_numel(size);
    const int64_t items = reach(size, stride);
    int64_t end = 0, bytes = 0;
    const bool overflow = __builtin_add_overflow(offset, items, &end) ||
                          __builtin_mul_overflow(end, int64_t(self.itemsize()), &bytes);
    const int64_t have = self.storage() ? int64_t(self.storage()->bytes()) : 0;
    CHECK_RANGE(items == 0 || (!overflow && bytes <= have), "sizes ", Shape{size}, ", strides ",
                Shape{stride}, ", storage offset ", offset, ", and itemsize ", self.itemsize(),
                " requiring a storage size of ", bytes, " are out of bounds for storage of size ",
                have);
    return {Dims(size), Dims(stride), offset};
  }

  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, IntSpan size,
                        IntSpan stride, int64_t offset, IntSpan own, int64_t own_offset) {
    const IntSpan shape = self.sizes();
    if (self.numel() == 0 || grad.numel() == 0) return {full(shape, Scalar(0), self.dtype())};
    const int64_t first = std::min(offset, own_offset);
    const int64_t end = std::max(offset + reach(size, stride), own_offset + reach(shape, own));
    const bool whole = equal(own, contiguous_strides(shape)) && first == own_offset &&
                       end == own_offset + self.numel();
    if (whole) return {embed(grad, shape, stride, offset - own_offset)};
    Tensor memory = embed(grad, Dims{end - first}, stride, offset - first);
    if (!is_non_overlapping(shape, own)) {
      // Elements of x that share memory share its gradient.
      const Tensor ones = full(shape, Scalar(1), grad.dtype());
      const Tensor count = embed(ones, Dims{end - first}, own, own_offset - first);
      memory = div(memory, maximum(count, full(Dims{}, Scalar(1), grad.dtype())));
    }
    return {as_strided(memory, shape, own, memory.storage_offset() + own_offset - first)};
  }
};

}  // namespace

Tensor embed(const Tensor& grad, IntSpan size, IntSpan stride, int64_t offset) {
  return run<Embed>(grad, size, stride, offset);
}

Tensor as_strided(const Tensor& self, IntSpan size, IntSpan stride, OptInt storage_offset) {
  return run_view<AsStrided>(self, size, stride, storage_offset.value_or(self.storage_offset()),
                             self.strides(), self.storage_offset());
}

}  // namespace nabla::ops
