// Arithmetic of two operands (and the fused forms of three).
#include "ops/arithmetic.h"
#include "ops/ops.h"

namespace nabla::ops {
namespace {

void check_some_tensor(const Tensor& a, const Tensor& b) {
  CHECK_TYPE(!(a.is_wrapped_number() && b.is_wrapped_number()),
             "expected a tensor, got two numbers");
}
Meta arithmetic_meta(const Tensor& a, const Tensor& b) {
  check_some_tensor(a, b);
  return pointwise(a, b, result_type(a, b));
}
void check_not_bool(DType type) { CHECK_TYPE(type != DType::bool_, "not implemented for 'Bool'"); }

void check_alpha(DType type, const Scalar& alpha) {
  CHECK_TYPE(!alpha.is_bool() || type == DType::bool_,
             "Boolean alpha only supported for Boolean results.");
  CHECK_TYPE(is_floating(type) || !alpha.is_floating(),
             "For integral input tensors, argument alpha must not be a floating point number.");
}
Tensor scaled(const Tensor& g, const Scalar& alpha) {
  return alpha.is(1) ? g : mul(g, Operand(alpha));
}

// Sums of float16 and bfloat16 round each operand to the result's dtype first, as PyTorch; products
// take a number as it is.
const Tensor& in_dtype(const Tensor& t, DType type, Tensor& keep) {
  if (!is_reduced_float(type) || t.dtype() == type) return t;
  GradModeGuard off(false);
  return keep = to_dtype(t, type);
}
void compute_sum(Tensor& out, const Tensor& a, const Tensor& b, KernelPair<BinaryKernel> kernels,
                 IntegerOp integer, const Scalar& p) {
  Tensor keep_a, keep_b;
  compute_binary(out, in_dtype(a, out.dtype(), keep_a), in_dtype(b, out.dtype(), keep_b), kernels,
                 integer, p, false);
}

// a + alpha b;  da = dy, db = alpha dy
struct Add {
  static Meta meta(const Tensor& a, const Tensor& b, const Scalar& alpha) {
    Meta m = arithmetic_meta(a, b);
    if (!alpha.is(1) || alpha.is_bool()) check_alpha(m.dtype, alpha);
    return m;
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, const Scalar& alpha) {
    if (alpha.is(1))
      compute_sum(out, a, b, NABLA_KERNELS(binary, add), IntegerOp::add, 1);
    else if (out.dtype() == DType::bool_)
      compute_integer(out, a, b, alpha.to_bool() ? IntegerOp::bit_or : IntegerOp::copy);
    else
      compute_sum(out, a, b, NABLA_KERNELS(binary, add_scaled), IntegerOp::add_scaled, alpha);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor&, const Tensor&,
                        const Scalar& alpha) {
    return {g, ctx.needs(1) ? scaled(g, alpha) : Tensor()};
  }
};

// a - alpha b;  da = dy, db = -alpha dy
struct Sub {
  static Meta meta(const Tensor& a, const Tensor& b, const Scalar& alpha) {
    check_some_tensor(a, b);
    const bool bool_a = a.dtype() == DType::bool_, bool_b = b.dtype() == DType::bool_;
    CHECK_TYPE(!(bool_a && bool_b),
               "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` "
               "or `logical_xor()` operator instead.");
    CHECK_TYPE(!(bool_a || bool_b),
               "Subtraction, the `-` operator, with a bool tensor is not supported. If you are "
               "trying to invert a mask, use the `~` or `logical_not()` operator instead.");
    Meta m = pointwise(a, b, result_type(a, b));
    if (!alpha.is(1) || alpha.is_bool()) check_alpha(m.dtype, alpha);
    return m;
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, const Scalar& alpha) {
    if (alpha.is(1))
      compute_sum(out, a, b, NABLA_KERNELS(binary, sub), IntegerOp::sub, 1);
    else
      compute_sum(out, a, b, NABLA_KERNELS(binary, add_scaled), IntegerOp::add_scaled, -alpha);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor&, const Tensor&,
                        const Scalar& alpha) {
    return {g, ctx.needs(1) ? (alpha.is(1) ? neg(g) : mul(g, Operand(-alpha))) : Tensor()};
  }
};

// a b;  da = dy b, db = dy a
struct Mul {
  static Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& a, const Tensor& b) { return arithmetic_meta(a, b); }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    compute_binary(out, a, b, NABLA_KERNELS(binary, mul), IntegerOp::mul, 1, false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& a, const Tensor& b) {
    return {ctx.needs(0) ? mul(g, b) : Tensor(), ctx.needs(1) ? mul(g, a) : Tensor()};
  }
};

enum class Rounding : int64_t { none, floor, trunc };

Rounding rounding_of(std::string_view mode) {
  if (mode.empty()) return Rounding::none;
  if (mode == "floor") return Rounding::floor;
  if (mode == "trunc") return Rounding::trunc;
  fail(ErrorKind::state,
       "expected rounding_mode to be one of None, 'trunc', or 'floor' but found '", mode, "'");
}

// a / b, true division;  da = dy / b, db = -dy (a / b) / b
struct Div {
  static Saves saves(uint64_t needs) { return needs & 2 ? Saves::args(0, 1) : Saves::args(1); }
  static Meta meta(const Tensor& a, const Tensor& b) {
    check_some_tensor(a, b);
    return pointwise(a, b, floating(result_type(a, b)));
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    compute_binary(out, a, b, NABLA_KERNELS(binary, div), IntegerOp::none, 1, false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& a, const Tensor& b) {
    return {ctx.needs(0) ? div(g, b) : Tensor(),
            ctx.needs(1) ? mul(neg(g), div(div(a, b), b)) : Tensor()};
  }
};

// a / b rounded to a whole number: constant almost everywhere, so its gradients are 0
struct DivRounded {
  static constexpr std::string_view node_name = "DivBackward1";
  static Meta meta(const Tensor& a, const Tensor& b, int64_t) {
    Meta m = arithmetic_meta(a, b);
    check_not_bool(m.dtype);
    return m;
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, int64_t mode) {
    if (mode == static_cast<int64_t>(Rounding::floor))
      compute_binary(out, a, b, NABLA_KERNELS(binary, floor_div), IntegerOp::floor_div, 1, true);
    else
      compute_binary(out, a, b, NABLA_KERNELS(binary, trunc_div), IntegerOp::trunc_div, 1, false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor&, const Tensor&, int64_t) {
    return {ctx.needs(0) ? zeros_like(g) : Tensor(), ctx.needs(1) ? zeros_like(g) : Tensor()};
  }
};

// The remainder with the sign of b (floor: Python's %) or of a (trunc: C's fmod);
// da = dy, db = -dy * (a / b rounded)
template <bool Floor>
struct RemainderOf {
  static constexpr std::string_view node_name = Floor ? "RemainderBackward0" : "FmodBackward0";
  static Saves saves(uint64_t needs) { return needs & 2 ? Saves::args(0, 1) : Saves::none(); }
  static Meta meta(const Tensor& a, const Tensor& b) {
    Meta m = arithmetic_meta(a, b);
    check_not_bool(m.dtype);
    return m;
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    if (Floor)
      compute_binary(out, a, b, NABLA_KERNELS(binary, remainder), IntegerOp::remainder, 1, true);
    else
      compute_binary(out, a, b, NABLA_KERNELS(binary, fmod), IntegerOp::fmod, 1, true);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& a, const Tensor& b) {
    return {g, ctx.needs(1) ? neg(mul(g, div(a, b, Floor ? "floor" : "trunc"))) : Tensor()};
  }
};

// a^b;  da = dy b a^(b-1), 0 where b = 0;  db = dy a^b log a, 0 where a = 0 and b >= 0
struct Pow {
  static Saves saves(uint64_t needs) {
    return Saves::args(0, 1) | (needs & 2 ? Saves::output() : Saves::none());
  }
  static Meta meta(const Tensor& a, const Tensor& b) {
    Meta m = arithmetic_meta(a, b);
    check_not_bool(m.dtype);
    return m;
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    compute_binary(out, a, b, NABLA_KERNELS(binary, pow), IntegerOp::pow, 1, true);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& a, const Tensor& b) {
    Tensor da, db;
    if (ctx.needs(0)) {
      const Tensor slope = mul(b, pow(a, sub(b, 1)));
      da = mul(g, where(eq(b, 0), zeros_like(slope), slope));
    }
    if (ctx.needs(1)) {
      const Tensor base = a.is_wrapped_number() ? clone(a) : a;
      const Tensor y = ctx.output(), slope = mul(y, log(base));
      db = mul(g, where(logical_and(eq(base, 0), ge(b, 0)), zeros_like(slope), slope));
    }
    return {da, db};
  }
};

// x^p for a number p: the usual exponents are plain arithmetic, as exact as that;
// dx = dy p x^(p-1), 0 for p = 0
struct PowNumber {
  static constexpr std::string_view node_name = "PowBackward0";
  static constexpr Saves saves = Saves::args(0);
  static Meta meta(const Tensor& x, const Scalar& p) {
    DType type = x.dtype();
    if (category(p.dtype()) > category(type))
      type = p.is_floating() ? default_dtype() : DType::int64;
    check_not_bool(type);
    CHECK(is_floating(type) || p.to_int() >= 0,
          "Integers to negative integer powers are not allowed.");
    return pointwise(x, type);
  }
  static void compute(Tensor& out, const Tensor& x, const Scalar& p) {
    const double e = p.to_double();
    const auto& t = kernels::tables().unary;
    if (e == 2)
      return compute_unary(out, x, {t.f32.square, t.f64.square}, IntegerOp::square, false);
    if (is_floating(out.dtype())) {
      if (e == 0.5) return compute_unary(out, x, {t.f32.sqrt, t.f64.sqrt}, IntegerOp::none, false);
      if (e == -0.5)
        return compute_unary(out, x, {t.f32.rsqrt, t.f64.rsqrt}, IntegerOp::none, false);
      if (e == -1)
        return compute_unary(out, x, {t.f32.reciprocal, t.f64.reciprocal}, IntegerOp::none, false);
      if (e == 3) return compute_unary(out, x, {cube<float>, cube<double>}, IntegerOp::none, false);
      if (e == -2)
        return compute_unary(out, x, {inverse_square<float>, inverse_square<double>},
                             IntegerOp::none, false);
    }
    compute_binary(out, x, scalar_tensor(p, p.dtype()), NABLA_KERNELS(binary, pow), IntegerOp::pow,
                   1, true);
  }
  static Grads backward(const Ctx&, const Tensor& g, const Tensor& x, const Scalar& p) {
    if (p.is(0)) return {zeros_like(g)};
    const Scalar less = p.is_floating() ? Scalar(p.to_double() - 1) : Scalar(p.to_int() - 1);
    return {mul(g, mul(pow_number(x, less), Operand(p)))};
  }

 private:
  static Tensor pow_number(const Tensor& x, const Scalar& p) {
    return p.is(1) ? x : pow(x, Operand(p));
  }
  template <class T>
  static void cube(T* y, const T* x, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = x[i] * x[i] * x[i];
  }
  template <class T>
  static void inverse_square(T* y, const T* x, int64_t n) {
    for (int64_t i = 0; i < n; ++i) y[i] = T(1) / (x[i] * x[i]);
  }
};

// The larger (smaller) of a and b, NaN wins; dy goes to the larger (smaller), half to each of
// equals
template <bool Max>
struct Extreme {
  static constexpr std::string_view node_name = Max ? "MaximumBackward0" : "MinimumBackward0";
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor& a, const Tensor& b) { return arithmetic_meta(a, b); }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    if (Max)
      compute_binary(out, a, b, NABLA_KERNELS(binary, maximum), IntegerOp::maximum, 1, false);
    else
      compute_binary(out, a, b, NABLA_KERNELS(binary, minimum), IntegerOp::minimum, 1, false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& a, const Tensor& b) {
    const Tensor shared = where(eq(a, b), div(g, 2), g), none = zeros_like(shared);
    const Tensor less = lt(a, b), more = gt(a, b);
    return {ctx.needs(0) ? where(Max ? less : more, none, shared) : Tensor(),
            ctx.needs(1) ? where(Max ? more : less, none, shared) : Tensor()};
  }
};

// min(max(x, low), high);  dx = dy where low <= x <= high, d low = dy where x < low < high,
// d high = dy where x > high or high < low
struct ClampTensors {
  static constexpr std::string_view node_name = "ClampBackward0";
  static constexpr Saves saves = Saves::args(0, 1, 2);
  static Meta meta(const Tensor& x, const Tensor& low, const Tensor& high) {
    return pointwise(x, low, high, result_type(x, low, high));
  }
  static void compute(Tensor& out, const Tensor& x, const Tensor& low, const Tensor& high) {
    if (is_floating(out.dtype()))
      return compute_ternary(out, x, low, high, NABLA_KERNELS(binary, clamp), 0);
    compute_integer(out, x, low, IntegerOp::maximum);
    compute_integer(out, out, high, IntegerOp::minimum);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& x, const Tensor& low,
                        const Tensor& high) {
    const Tensor none = zeros_like(g);
    Grads grads(3);
    if (ctx.needs(0)) grads[0] = where(logical_and(ge(x, low), le(x, high)), g, none);
    if (ctx.needs(1)) grads[1] = where(logical_and(lt(low, high), lt(x, low)), g, none);
    if (ctx.needs(2)) grads[2] = where(logical_or(gt(x, high), lt(high, low)), g, none);
    return grads;
  }
};

// max(x, low) (Min: the bound is a minimum) or min(x, high); dy goes to x where it is within, else
// to the bound
template <bool Min>
struct ClampOne {
  static constexpr std::string_view node_name = Min ? "ClampMinBackward1" : "ClampMaxBackward1";
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor& x, const Tensor& bound) { return arithmetic_meta(x, bound); }
  static void compute(Tensor& out, const Tensor& x, const Tensor& bound) {
    Extreme<Min>::compute(out, x, bound);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& x, const Tensor& bound) {
    const Tensor none = zeros_like(g), within = Min ? ge(x, bound) : le(x, bound);
    const Tensor outside = Min ? lt(x, bound) : gt(x, bound);
    return {ctx.needs(0) ? where(within, g, none) : Tensor(),
            ctx.needs(1) ? where(outside, g, none) : Tensor()};
  }
};

// & | ^ on integers and bool
template <IntegerOp op>
struct Bitwise {
  static Meta meta(const Tensor& a, const Tensor& b) {
    Meta m = arithmetic_meta(a, b);
    CHECK_TYPE(!is_floating(m.dtype), "not implemented for '", scalar_type_name(m.dtype), "'");
    return m;
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    compute_integer(out, a, b, op);
  }
};

// a + w (b - a), w a number or a tensor;  da = (1 - w) dy, db = w dy, dw = (b - a) dy
struct Lerp {
  static constexpr Saves saves = Saves::args(0, 1, 2);
  static Meta meta(const Tensor& a, const Tensor& b, const Tensor& w) {
    CHECK_TYPE(b.dtype() == a.dtype(), "expected dtype ", a.dtype(), " for `end` but got dtype ",
               b.dtype());
    CHECK_TYPE(w.is_wrapped_number() || w.dtype() == a.dtype(), "expected dtype ", a.dtype(),
               " for `weight` but got dtype ", w.dtype());
    CHECK_TYPE(a.is_floating(), "not implemented for '", scalar_type_name(a.dtype()), "'");
    return pointwise(a, b, w, a.dtype());
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, const Tensor& w) {
    compute_ternary(out, a, b, w, NABLA_KERNELS(binary, lerp), 0);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& a, const Tensor& b,
                        const Tensor& w) {
    const auto rest = [&] {
      return w.is_wrapped_number() ? Operand(1 - w.item().to_double()) : Operand(rsub(w, 1));
    };
    return {ctx.needs(0) ? mul(g, rest()) : Tensor(), ctx.needs(1) ? mul(g, w) : Tensor(),
            ctx.needs(2) ? mul(g, sub(b, a)) : Tensor()};
  }
};

// a + value b c;  da = dy, db = dy c value, dc = dy b value
struct Addcmul {
  static constexpr Saves saves = Saves::args(1, 2);
  static Meta meta(const Tensor& a, const Tensor& b, const Tensor& c, const Scalar& value) {
    const DType type = result_type(a, b, c);
    CHECK_TYPE(is_floating(type) || !value.is_floating(),
               "For integral input tensors, argument value must not be a floating point number.");
    return pointwise(a, b, c, type);
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, const Tensor& c,
                      const Scalar& value) {
    if (is_floating(out.dtype()))
      return compute_ternary(out, a, b, c, NABLA_KERNELS(binary, addcmul), value.to_double());
    Tensor product = empty(out.sizes(), out.dtype());
    compute_integer(product, b, c, IntegerOp::mul);
    compute_integer(out, a, product, IntegerOp::add_scaled, value);
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor&, const Tensor& b,
                        const Tensor& c, const Scalar& value) {
    return {g, ctx.needs(1) ? mul(g, scaled(c, value)) : Tensor(),
            ctx.needs(2) ? mul(g, scaled(b, value)) : Tensor()};
  }
};

// a + value b / c;  da = dy, db = dy value / c, dc = -dy value b / c^2
struct Addcdiv {
  static constexpr Saves saves = Saves::args(1, 2);
  static Meta meta(const Tensor& a, const Tensor& b, const Tensor& c, const Scalar&) {
    CHECK_TYPE(
        b.is_floating() || c.is_floating(),
        "Integer division with addcdiv is no longer supported: it would be a true division of "
        "tensor1 and tensor2");
    return pointwise(a, b, c, result_type(a, b, c));
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, const Tensor& c,
                      const Scalar& value) {
    compute_ternary(out, a, b, c, NABLA_KERNELS(binary, addcdiv), value.to_double());
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor&, const Tensor& b,
                        const Tensor& c, const Scalar& value) {
    return {g, ctx.needs(1) ? div(scaled(g, value), c) : Tensor(),
            ctx.needs(2) ? neg(mul(g, div(scaled(b, value), mul(c, c)))) : Tensor()};
  }
};

// A number as a number again, where an op has a form of its own for it.
OptScalar number(const Tensor& t) {
  return t.is_wrapped_number() ? OptScalar(t.item()) : std::nullopt;
}

}  // namespace

Tensor add(const Operand& self, const Operand& other, Scalar alpha) {
  return run<Add>(self, other, alpha);
}
Tensor add_(const Tensor& self, const Operand& other, Scalar alpha) {
  return run_inplace<Add>(self, other, alpha);
}
Tensor sub(const Operand& self, const Operand& other, Scalar alpha) {
  return run<Sub>(self, other, alpha);
}
Tensor sub_(const Tensor& self, const Operand& other, Scalar alpha) {
  return run_inplace<Sub>(self, other, alpha);
}
Tensor rsub(const Operand& self, const Operand& other, Scalar alpha) {
  return run<Sub>(other, self, alpha);
}
Tensor mul(const Operand& self, const Operand& other) { return run<Mul>(self, other); }
Tensor mul_(const Tensor& self, const Operand& other) { return run_inplace<Mul>(self, other); }

Tensor div(const Operand& self, const Operand& other, std::string_view rounding_mode) {
  const Rounding mode = rounding_of(rounding_mode);
  if (mode == Rounding::none) return run<Div>(self, other);
  return run<DivRounded>(self, other, static_cast<int64_t>(mode));
}
Tensor div_(const Tensor& self, const Operand& other, std::string_view rounding_mode) {
  const Rounding mode = rounding_of(rounding_mode);
  if (mode == Rounding::none) return run_inplace<Div>(self, other);
  return run_inplace<DivRounded>(self, other, static_cast<int64_t>(mode));
}
Tensor true_divide(const Operand& self, const Operand& other) { return run<Div>(self, other); }
Tensor floor_divide(const Operand& self, const Operand& other) { return div(self, other, "floor"); }
Tensor floor_divide_(const Tensor& self, const Operand& other) {
  return div_(self, other, "floor");
}
Tensor remainder(const Operand& self, const Operand& other) {
  return run<RemainderOf<true>>(self, other);
}
Tensor remainder_(const Tensor& self, const Operand& other) {
  return run_inplace<RemainderOf<true>>(self, other);
}
Tensor fmod(const Operand& self, const Operand& other) {
  return run<RemainderOf<false>>(self, other);
}
Tensor fmod_(const Tensor& self, const Operand& other) {
  return run_inplace<RemainderOf<false>>(self, other);
}

Tensor pow(const Operand& self, const Operand& exponent) {
  check_some_tensor(self, exponent);
  if (const OptScalar p = number(exponent))
    return run<PowNumber>(static_cast<const Tensor&>(self), *p);
  return run<Pow>(self, exponent);
}
Tensor pow_(const Tensor& self, const Operand& exponent) {
  if (const OptScalar p = number(exponent)) return run_inplace<PowNumber>(self, *p);
  return run_inplace<Pow>(self, exponent);
}
Tensor float_power(const Operand& self, const Operand& exponent) {
  check_some_tensor(self, exponent);
  const auto wide = [](const Operand& t) {
    return t.is_wrapped_number() ? t : Operand(to_dtype(t, DType::float64));
  };
  return pow(wide(self), wide(exponent));
}

Tensor maximum(const Operand& self, const Operand& other) {
  return run<Extreme<true>>(self, other);
}
Tensor minimum(const Operand& self, const Operand& other) {
  return run<Extreme<false>>(self, other);
}

Tensor clamp_tensors(const Tensor& self, const OptTensor& min, const OptTensor& max) {
  CHECK_TYPE(min || max, "At least one of 'min' or 'max' must not be None");
  if (min && max) return run<ClampTensors>(self, *min, *max);
  return min ? run<ClampOne<true>>(self, *min) : run<ClampOne<false>>(self, *max);
}
Tensor clamp_tensors_(const Tensor& self, const OptTensor& min, const OptTensor& max) {
  CHECK_TYPE(min || max, "At least one of 'min' or 'max' must not be None");
  if (min && max) return run_inplace<ClampTensors>(self, *min, *max);
  return min ? run_inplace<ClampOne<true>>(self, *min) : run_inplace<ClampOne<false>>(self, *max);
}
Tensor clamp_operands(const Tensor& self, const Operand& min, const Operand& max) {
  return run<ClampTensors>(self, min, max);
}
Tensor clamp_min(const Tensor& self, const Operand& min) {
  if (const OptScalar bound = number(min)) return clamp(self, bound, std::nullopt);
  return run<ClampOne<true>>(self, min);
}
Tensor clamp_max(const Tensor& self, const Operand& max) {
  if (const OptScalar bound = number(max)) return clamp(self, std::nullopt, bound);
  return run<ClampOne<false>>(self, max);
}
Tensor clamp_min_(const Tensor& self, const Operand& min) {
  if (const OptScalar bound = number(min)) return clamp_(self, bound, std::nullopt);
  return run_inplace<ClampOne<true>>(self, min);
}
Tensor clamp_max_(const Tensor& self, const Operand& max) {
  if (const OptScalar bound = number(max)) return clamp_(self, std::nullopt, bound);
  return run_inplace<ClampOne<false>>(self, max);
}

#define BITWISE(name, op)                                                                          \
  Tensor name(const Operand& self, const Operand& other) { return run<Bitwise<op>>(self, other); } \
  Tensor name##_(const Tensor& self, const Operand& other) {                                       \
    return run_inplace<Bitwise<op>>(self, other);                                                  \
  }
BITWISE(bitwise_and, IntegerOp::bit_and)
BITWISE(bitwise_or, IntegerOp::bit_or)
BITWISE(bitwise_xor, IntegerOp::bit_xor)
#undef BITWISE

Tensor lerp(const Tensor& self, const Tensor& end, const Operand& weight) {
  return run<Lerp>(self, end, weight);
}
Tensor lerp_(const Tensor& self, const Tensor& end, const Operand& weight) {
  return run_inplace<Lerp>(self, end, weight);
}
Tensor addcmul(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2, Scalar value) {
  return run<Addcmul>(self, tensor1, tensor2, value);
}
Tensor addcmul_(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2, Scalar value) {
  return run_inplace<Addcmul>(self, tensor1, tensor2, value);
}
Tensor addcdiv(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2, Scalar value) {
  return run<Addcdiv>(self, tensor1, tensor2, value);
}
Tensor addcdiv_(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2, Scalar value) {
  return run_inplace<Addcdiv>(self, tensor1, tensor2, value);
}

}  // namespace nabla::ops
