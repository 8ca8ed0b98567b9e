// Comparisons and logic: results are bool and have no gradient.
#include "ops/arithmetic.h"
#include "ops/ops.h"

namespace nabla::ops {
namespace {

enum class Relation { eq, ne, lt, le, gt, ge };

template <Relation r>
struct Compare {
  static Meta meta(const Tensor& a, const Tensor& b) {
    CHECK_TYPE(!(a.is_wrapped_number() && b.is_wrapped_number()),
               "expected a tensor, got two numbers");
    return pointwise(a, b, DType::bool_);
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    const auto& t = kernels::tables().binary;
    switch (r) {
#define CASE(name)     \
  case Relation::name: \
    return compute_compare(out, a, b, {t.f32.name, t.f64.name}, IntegerOp::name);
      CASE(eq) CASE(ne) CASE(lt) CASE(le) CASE(gt) CASE(ge)
#undef CASE
    }
  }
};

// Both operands as bool, then & | ^.
template <IntegerOp op>
struct Logical {
  static Meta meta(const Tensor& a, const Tensor& b) { return pointwise(a, b, DType::bool_); }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    compute_integer(out, a, b, op);
  }
};

}  // namespace

#define COMPARE(name, alias)                                                            \
  Tensor name(const Operand& self, const Operand& other) {                              \
    return run<Compare<Relation::name>>(self, other);                                   \
  }                                                                                     \
  Tensor name##_(const Tensor& self, const Operand& other) {                            \
    return run_inplace<Compare<Relation::name>>(self, other);                           \
  }                                                                                     \
  Tensor alias(const Operand& self, const Operand& other) { return name(self, other); } \
  Tensor alias##_(const Tensor& self, const Operand& other) { return name##_(self, other); }
COMPARE(ne, not_equal)
COMPARE(lt, less)
COMPARE(le, less_equal)
COMPARE(gt, greater)
COMPARE(ge, greater_equal)
#undef COMPARE
// torch.equal is another op (one boolean for two whole tensors), so eq has no alias.
Tensor eq(const Operand& self, const Operand& other) {
  return run<Compare<Relation::eq>>(self, other);
}
Tensor eq_(const Tensor& self, const Operand& other) {
  return run_inplace<Compare<Relation::eq>>(self, other);
}

#define LOGICAL(name, op)                                                                        \
  Tensor name(const Tensor& self, const Tensor& other) { return run<Logical<op>>(self, other); } \
  Tensor name##_(const Tensor& self, const Tensor& other) {                                      \
    return run_inplace<Logical<op>>(self, other);                                                \
  }
LOGICAL(logical_and, IntegerOp::bit_and)
LOGICAL(logical_or, IntegerOp::bit_or)
LOGICAL(logical_xor, IntegerOp::bit_xor)
#undef LOGICAL

// |a - b| <= atol + rtol |b|, equal infinities are close, NaN is close to NaN with equal_nan alone
Tensor isclose(const Tensor& self, const Tensor& other, double rtol, double atol, bool equal_nan) {
  GradModeGuard off(false);
  CHECK_TYPE(self.dtype() == other.dtype(), scalar_type_name(self.dtype()), " did not match ",
             scalar_type_name(other.dtype()));
  CHECK(rtol >= 0, "rtol must be greater than or equal to zero, but got ", rtol);
  CHECK(atol >= 0, "atol must be greater than or equal to zero, but got ", atol);
  Tensor close = eq(self, other);
  if (equal_nan && self.is_floating())
    close = logical_or(close, logical_and(isnan(self), isnan(other)));
  if (self.dtype() == DType::bool_) return close;
  const Tensor a = self.is_floating() ? self : to_dtype(self, DType::float64);
  const Tensor b = other.is_floating() ? other : to_dtype(other, DType::float64);
  const Tensor error = abs(sub(a, b)), allowed = add(abs(mul(b, rtol)), atol);
  return logical_or(close, logical_and(isfinite(error), le(error, allowed)));
}

}  // namespace nabla::ops
