#include "core/tensor.h"

#include <numeric>

namespace nabla {
namespace {

bool is_row_major(IntSpan sizes, IntSpan strides) {
  int64_t step = 1;
  for (size_t i = sizes.size(); i-- > 0;) {
    if (sizes[i] == 0) return true;
    if (sizes[i] != 1 && strides[i] != step) return false;
    step *= sizes[i];
  }
  return true;
}

size_t checked_bytes(int64_t elements, IntSpan sizes, DType dtype) {
  int64_t bytes = 0;
  CHECK_RANGE(!__builtin_mul_overflow(elements, static_cast<int64_t>(size_of(dtype)), &bytes),
              "the size in bytes of shape ", Shape{sizes}, " of ", dtype, " overflows");
  return static_cast<size_t>(bytes);
}

}  // namespace

TensorImpl::TensorImpl(Ref<Storage> s, Ref<VersionCounter> v, IntSpan new_sizes,
                       IntSpan new_strides, int64_t new_offset, DType t)
    : storage(std::move(s)), version(std::move(v)), dtype(t) {
  set_geometry(new_sizes, new_strides, new_offset);
}

void TensorImpl::set_geometry(IntSpan new_sizes, IntSpan new_strides, int64_t new_offset) {
  sizes.assign(new_sizes.data(), new_sizes.size());
  strides.assign(new_strides.data(), new_strides.size());
  offset = new_offset;
  numel = product(sizes);
  contiguous = is_row_major(sizes, strides);
}

Tensor empty(IntSpan sizes, DType dtype) {
  size_t bytes = checked_bytes(checked_numel(sizes), sizes, dtype);
  return Tensor(Ref<TensorImpl>(new TensorImpl(new Storage(bytes), new VersionCounter, sizes,
                                               contiguous_strides(sizes), 0, dtype)));
}

Tensor empty_strided(IntSpan sizes, IntSpan strides, DType dtype) {
  checked_numel(sizes);
  size_t bytes = checked_bytes(reach(sizes, strides), sizes, dtype);
  return Tensor(Ref<TensorImpl>(
      new TensorImpl(new Storage(bytes), new VersionCounter, sizes, strides, 0, dtype)));
}

Tensor scalar_tensor(const Scalar& value, DType dtype) {
  Tensor t = empty({}, dtype);
  dispatch(dtype, [&](auto v) {
    using T = decltype(v);
    *t.data<T>() = value.to<T>();
  });
  return t;
}

Operand::Operand(const Scalar& s) : Tensor(scalar_tensor(s, s.dtype())) {
  impl_->wrapped_number = true;
}

Tensor alias(const Tensor& base, IntSpan sizes, IntSpan strides, int64_t offset) {
  Tensor t(Ref<TensorImpl>(new TensorImpl(base.impl()->storage, base.impl()->version, sizes,
                                          strides, offset, base.dtype())));
  t.impl()->inference = base.impl()->inference;
  return t;
}

Tensor shell(IntSpan sizes, DType dtype) {
  return Tensor(Ref<TensorImpl>(
      new TensorImpl(nullptr, nullptr, sizes, contiguous_strides(sizes), 0, dtype)));
}

Tensor from_foreign(void* data, size_t bytes, IntSpan sizes, DType dtype,
                    Storage::ReleaseFn release, void* context) {
  Ref<Storage> storage(new Storage(data, bytes, release, context));
  INTERNAL(checked_bytes(checked_numel(sizes), sizes, dtype) <= bytes, "foreign memory too small");
  return Tensor(Ref<TensorImpl>(new TensorImpl(std::move(storage), new VersionCounter, sizes,
                                               contiguous_strides(sizes), 0, dtype)));
}

Scalar Tensor::item() const {
  CHECK(numel() == 1, "a Tensor with ", numel(), " elements cannot be converted to Scalar");
  return dispatch(dtype(), [&](auto v) -> Scalar {
    using T = decltype(v);
    T x = *data<T>();
    if constexpr (std::is_same_v<T, bool>)
      return Scalar(x);
    else if constexpr (std::is_integral_v<T>)
      return Scalar(static_cast<int64_t>(x));
    else if constexpr (std::is_same_v<T, double>)
      return Scalar(x);
    else
      return Scalar(static_cast<double>(static_cast<float>(x)));
  });
}

bool is_non_overlapping(IntSpan sizes, IntSpan strides) {
  SmallVector<size_t, 6> order(sizes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return strides[a] < strides[b]; });
  int64_t needed = 1;
  for (size_t d : order) {
    if (sizes[d] == 0) return true;
    if (sizes[d] == 1) continue;
    if (strides[d] < needed) return false;
    needed = strides[d] * (sizes[d] - 1) + needed;
  }
  return true;
}

int64_t reach(IntSpan sizes, IntSpan strides) {
  int64_t last = 0;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] == 0) return 0;
    int64_t step = 0;
    CHECK_RANGE(!__builtin_mul_overflow(sizes[i] - 1, strides[i], &step) &&
                    !__builtin_add_overflow(last, step, &last),
                "the storage of shape ", Shape{sizes}, " with strides ", Shape{strides},
                " overflows");
  }
  return last + 1;
}

}  // namespace nabla
