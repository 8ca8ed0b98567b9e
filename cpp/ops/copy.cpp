// Copies, conversions between dtypes, filling.
#include "ops/convert.h"
#include "ops/memory_order.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "ops/strided_copy.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

// Strides of t seen with the sizes of a larger shape: 0 along broadcast dimensions.
Dims expanded_strides(const Tensor& t, IntSpan sizes) {
  Dims strides(sizes.size());
  size_t missing = sizes.size() - static_cast<size_t>(t.dim());
  for (size_t d = missing; d < sizes.size(); ++d)
    strides[d] = t.sizes()[d - missing] == 1 ? 0 : t.strides()[d - missing];
  return strides;
}

// Contiguous conversion, in threads when it is long.
void convert_block(const Tensor& out, const Tensor& in) {
  constexpr int64_t grain = 1 << 16;
  auto* o = static_cast<char*>(out.raw_data());
  auto* i = static_cast<const char*>(in.raw_data());
  auto wide = static_cast<int64_t>(out.itemsize()), narrow = static_cast<int64_t>(in.itemsize());
  parallel_for(out.numel(), grain, [&](int64_t begin, int64_t end) {
    convert(o + begin * wide, out.dtype(), i + begin * narrow, in.dtype(), end - begin);
  });
}

// out = source, broadcast and converted; the memories do not overlap unless they are the same.
void copy_into(const Tensor& out, const Tensor& source) {
  if (out.numel() == 0) return;
  if (out.dtype() == source.dtype()) {
    strided_copy(out.raw_data(), out.strides(), source.raw_data(),
                 expanded_strides(source, out.sizes()), out.sizes(), out.itemsize());
    return;
  }
  bool same_order =
      equal(out.sizes(), source.sizes()) && ((out.is_contiguous() && source.is_contiguous()) ||
                                             (equal(out.strides(), source.strides()) &&
                                              reach(out.sizes(), out.strides()) == out.numel()));
  if (same_order) {
    convert_block(out, source);
    return;
  }
  Tensor packed = source;
  if (!source.is_contiguous()) {
    packed = empty(source.sizes(), source.dtype());
    copy_into(packed, source);
  }
  Tensor converted = empty(source.sizes(), out.dtype());
  convert_block(converted, packed);
  copy_into(out, converted);
}

// self := source;  d source = dy (reduced to its shape), d self = 0
struct Copy {
  static constexpr std::string_view node_name = "CopyBackwards";
  static Meta meta(const Tensor& self, const Tensor& source) {
    Dims both = broadcast_shapes(self.sizes(), source.sizes());
    CHECK_RANGE(equal(both, self.sizes()), "output with shape ", Shape{self.sizes()},
                " doesn't match the broadcast shape ", both);
    return like(self);
  }
  static void compute(Tensor& out, const Tensor&, const Tensor& source) { copy_into(out, source); }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, const Tensor&) {
    return {ctx.needs(0) ? zeros_like(grad) : Tensor(), grad};
  }
};

// A copy with the memory order of self;  dx = dy
struct Clone {
  static Meta meta(const Tensor& self) {
    return {Dims(self.sizes()), self.dtype(), preserved_strides(self)};
  }
  static void compute(Tensor& out, const Tensor& self) { copy_into(out, self); }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&) { return {grad}; }
};

// A row-major copy;  dx = dy
struct CloneContiguous {
  static constexpr std::string_view node_name = "CloneBackward0";
  static Meta meta(const Tensor& self) { return like(self); }
  static void compute(Tensor& out, const Tensor& self) { copy_into(out, self); }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&) { return {grad}; }
};

// The same numbers in another dtype;  dx = dy in the dtype of x (the engine casts)
struct ToCopy {
  static Meta meta(const Tensor& self, DType dtype) {
    return {Dims(self.sizes()), dtype, preserved_strides(self)};
  }
  static void compute(Tensor& out, const Tensor& self, DType) { copy_into(out, self); }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, DType) { return {grad}; }
};

// self := value everywhere;  d self = 0, d value = sum(dy)
struct Fill {
  static Meta meta(const Tensor& self, const Tensor& value) {
    CHECK_RANGE(value.dim() == 0, "only supports 0-dimension value tensor but got tensor with ",
                value.dim(), " dimensions.");
    return like(self);
  }
  static void compute(Tensor& out, const Tensor&, const Tensor& value) { copy_into(out, value); }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, const Tensor&) {
    return {ctx.needs(0) ? zeros_like(grad) : Tensor(), grad};
  }
};

void check_device(std::string_view device) {
  CHECK(device == "cpu" || device == "cpu:0", "the only device is 'cpu', got '", device, "'");
}

}  // namespace

Tensor copy_(const Tensor& self, const Tensor& source, bool) {
  if (self.is_same(source)) return self;
  return run_inplace<Copy>(self, source);
}

Tensor clone(const Tensor& self, std::string_view memory_format) {
  if (memory_format == "contiguous_format") return run<CloneContiguous>(self);
  return run<Clone>(self);
}

Tensor contiguous(const Tensor& self) {
  return self.is_contiguous() ? self : run<CloneContiguous>(self);
}

Tensor to_dtype(const Tensor& self, DType dtype, bool, bool copy) {
  if (self.dtype() != dtype) return run<ToCopy>(self, dtype);
  return copy ? run<Clone>(self) : self;
}
Tensor to_device(const Tensor& self, std::string_view device, OptDType dtype, bool, bool copy) {
  check_device(device);
  return to_dtype(self, dtype.value_or(self.dtype()), false, copy);
}
Tensor to_other(const Tensor& self, const Tensor& other, bool, bool copy) {
  return to_dtype(self, other.dtype(), false, copy);
}
Tensor to_options(const Tensor& self, OptDType dtype, std::string_view device, bool, bool copy) {
  check_device(device);
  return to_dtype(self, dtype.value_or(self.dtype()), false, copy);
}
Tensor type_as(const Tensor& self, const Tensor& other) { return to_dtype(self, other.dtype()); }
Tensor cpu(const Tensor& self) { return self; }

#define NABLA_TO(name, type) \
  Tensor name(const Tensor& self) { return to_dtype(self, DType::type); }
NABLA_TO(to_float, float32)
NABLA_TO(to_double, float64)
NABLA_TO(to_half, float16)
NABLA_TO(to_bfloat16, bfloat16)
NABLA_TO(to_long, int64)
NABLA_TO(to_int, int32)
NABLA_TO(to_short, int16)
NABLA_TO(to_char, int8)
NABLA_TO(to_byte, uint8)
NABLA_TO(to_bool, bool_)
#undef NABLA_TO

Tensor fill_(const Tensor& self, const Operand& value) {
  return run_inplace<Fill>(self, Tensor(value));
}
Tensor zero_(const Tensor& self) { return fill_(self, Operand(0)); }

}  // namespace nabla::ops
