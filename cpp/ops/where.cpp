// Selection by a mask.
#include "ops/arithmetic.h"
#include "ops/ops.h"

namespace nabla::ops {
namespace {

template <class T>
void where_float_row(const void*, void* out, const void* const* in, const int64_t* step,
                     int64_t n) {
  kernels::row_of<T>(kernels::tables().binary)
      .where(static_cast<T*>(out), static_cast<const uint8_t*>(in[0]), step[0],
             static_cast<const T*>(in[1]), step[1], static_cast<const T*>(in[2]), step[2], n);
}

// condition ? a : b;  da = dy where the condition holds, db = dy elsewhere
struct Where {
  static constexpr Saves saves = Saves::args(0);
  static Meta meta(const Tensor& condition, const Tensor& a, const Tensor& b) {
    CHECK_TYPE(condition.dtype() == DType::bool_ || condition.dtype() == DType::uint8,
               "expected condition to be a boolean tensor, but got a tensor with dtype ",
               scalar_type_name(condition.dtype()));
    DType type = result_type(a, b);
    // Two numbers make a tensor as torch.tensor does: whole ones are float too.
    if (a.is_wrapped_number() && b.is_wrapped_number() && type == DType::int64)
      type = default_dtype();
    return pointwise(condition, a, b, type);
  }
  static void compute(Tensor& out, const Tensor& condition, const Tensor& a, const Tensor& b) {
    const DType type = out.dtype();
    const Tensor* const in[] = {&condition, &a, &b};
    if (type == DType::float32)
      run_rows(out, Row{where_float_row<float>, nullptr, type, {condition.dtype(), type, type}}, in,
               3);
    else if (type == DType::float64)
      run_rows(out, Row{where_float_row<double>, nullptr, type, {condition.dtype(), type, type}},
               in, 3);
    else
      run_rows(
          out,
          Row{where_row(out.itemsize()), nullptr, type, {condition.dtype(), type, type}, false}, in,
          3);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& condition, const Tensor&,
                        const Tensor&) {
    const Tensor none = zeros_like(g);
    return {Tensor(), ctx.needs(1) ? where(condition, g, none) : Tensor(),
            ctx.needs(2) ? where(condition, none, g) : Tensor()};
  }
};

// x with value where the mask holds;  dx = dy elsewhere, d value = dy there (summed)
struct MaskedFill {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& x, const Tensor& mask, const Tensor& value) {
    CHECK_TYPE(mask.dtype() == DType::bool_,
               "only supports boolean masks, but got mask with dtype ", mask.dtype());
    CHECK_RANGE(value.dim() == 0,
                "only supports a 0-dimensional value tensor, but got tensor with ", value.dim(),
                " dimension(s).");
    return pointwise(x, mask, x.dtype());
  }
  static void compute(Tensor& out, const Tensor& x, const Tensor& mask, const Tensor& value) {
    Where::compute(out, mask, value, x);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor&, const Tensor& mask,
                        const Tensor&) {
    return {ctx.needs(0) ? masked_fill(g, mask, 0) : Tensor(), Tensor(),
            ctx.needs(2) ? where(mask, g, zeros_like(g)) : Tensor()};
  }
};

}  // namespace

Tensor where(const Tensor& condition, const Operand& self, const Operand& other) {
  return run<Where>(condition, self, other);
}
Tensor where_method(const Tensor& self, const Tensor& condition, const Operand& other) {
  return run<Where>(condition, self, static_cast<const Tensor&>(other));
}
Tensor masked_fill(const Tensor& self, const Tensor& mask, const Operand& value) {
  return run<MaskedFill>(self, mask, value);
}
Tensor masked_fill_(const Tensor& self, const Tensor& mask, const Operand& value) {
  return run_inplace<MaskedFill>(self, mask, value);
}

}  // namespace nabla::ops
