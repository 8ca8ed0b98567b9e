// Unary elementwise ops: the plain ones from unary.inc, and what is made of them.
#include <cmath>

#include "ops/arithmetic.h"
#include "ops/ops.h"

namespace nabla::ops {

// Rows of unary.inc that are no public op by themselves.
Tensor round_whole(const Tensor& self);
Tensor square_real(const Tensor& self);

namespace {

enum class Kind { floating, numeric, counting };

Meta unary_meta(const Tensor& x, Kind kind, std::string_view name) {
  if (kind == Kind::floating) return pointwise(x, floating(x.dtype()));
  if (kind == Kind::numeric && x.dtype() == DType::bool_) [[unlikely]] {
    CHECK_TYPE(
        name != "neg",
        "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
        "invert a mask, use the `~` or `logical_not()` operator instead.");
    fail(ErrorKind::type, "not implemented for 'Bool'");
  }
  return pointwise(x, x.dtype());
}

#define FLOATING Kind::floating
#define NUMERIC Kind::numeric
#define COUNTING Kind::counting
#define Y ctx.output()
#define UNARY(name, Name, kernel, kind, integer, heavy, saved, ...)                   \
  struct Name {                                                                       \
    static constexpr Saves saves = saved;                                             \
    static Meta meta(const Tensor& x) { return unary_meta(x, kind, #name); }          \
    static void compute(Tensor& out, const Tensor& x) {                               \
      compute_unary(out, x, NABLA_KERNELS(unary, kernel), IntegerOp::integer, heavy); \
    }                                                                                 \
    static Grads backward([[maybe_unused]] const Ctx& ctx, const Tensor& g,           \
                          [[maybe_unused]] const Tensor& x) {                         \
      return {__VA_ARGS__};                                                           \
    }                                                                                 \
  };
#include "ops/unary.inc"
#undef UNARY
#undef Y
#undef FLOATING
#undef NUMERIC
#undef COUNTING

// clamp(x, low, high) = min(max(x, low), high), either bound may be absent (infinite);
// dx = dy where low <= x <= high, also at the bounds
struct ClampNumbers {
  static constexpr std::string_view node_name = "ClampBackward1";
  static constexpr Saves saves = Saves::args(0);
  static Meta meta(const Tensor& x, const OptScalar& low, const OptScalar& high) {
    CHECK_TYPE(low || high, "At least one of 'min' or 'max' must not be None");
    DType type = x.dtype();
    for (const OptScalar* bound : {&low, &high}) {
      if (!*bound || category((*bound)->dtype()) <= category(type)) continue;
      type = (*bound)->is_floating() ? default_dtype() : DType::int64;
    }
    return pointwise(x, type);
  }
  static void compute(Tensor& out, const Tensor& x, const OptScalar& low, const OptScalar& high) {
    dispatch(compute_type(out.dtype()), [&](auto value) {
      using T = std::conditional_t<std::is_class_v<decltype(value)>, float, decltype(value)>;
      using L = std::numeric_limits<T>;
      constexpr T lowest = L::has_infinity ? -L::infinity() : L::lowest();
      constexpr T highest = L::has_infinity ? L::infinity() : L::max();
      struct Bounds {
        T low, high;
        static void row(const void* context, void* o, const void* const* in, const int64_t*,
                        int64_t n) {
          const auto& b = *static_cast<const Bounds*>(context);
          auto* to = static_cast<T*>(o);
          auto* from = static_cast<const T*>(in[0]);
          if constexpr (std::is_floating_point_v<T>) {
            kernels::row_of<T>(kernels::tables().unary).clamp(to, from, n, b.low, b.high);
          } else {
            for (int64_t i = 0; i < n; ++i) {
              const T v = from[i] < b.low ? b.low : from[i];
              to[i] = v > b.high ? b.high : v;
            }
          }
        }
      };
      const Bounds bounds{low ? low->to<T>() : lowest, high ? high->to<T>() : highest};
      constexpr DType type = dtype_of<T>;
      run_rows(out, Row{Bounds::row, &bounds, type, {type}, false}, {&x});
    });
  }
  static Grads backward(const Ctx&, const Tensor& g, const Tensor& x, const OptScalar& low,
                        const OptScalar& high) {
    Tensor inside = low && high ? logical_and(ge(x, *low), le(x, *high))
                    : low       ? ge(x, *low)
                                : le(x, *high);
    return {where(inside, g, zeros_like(g))};
  }
};

// not x, as bool
struct LogicalNot {
  static Meta meta(const Tensor& x) { return pointwise(x, DType::bool_); }
  static void compute(Tensor& out, const Tensor& x) {
    run_rows(out,
             Row{integer_row(IntegerOp::bit_not, DType::bool_),
                 nullptr,
                 DType::bool_,
                 {DType::bool_},
                 false},
             {&x});
  }
};

// ~x: the bits of an integer, not of a bool
struct BitwiseNot {
  static Meta meta(const Tensor& x) {
    CHECK_TYPE(!x.is_floating(), "not implemented for '", scalar_type_name(x.dtype()), "'");
    return pointwise(x, x.dtype());
  }
  static void compute(Tensor& out, const Tensor& x) {
    run_rows(
        out,
        Row{integer_row(IntegerOp::bit_not, x.dtype()), nullptr, x.dtype(), {x.dtype()}, false},
        {&x});
  }
};

// d/d grad and d/d y of the backward passes of relu, sigmoid and tanh
#define BACKWARD_OP(Name, kernel, saved, first, second)                                       \
  struct Name {                                                                               \
    static constexpr Saves saves = saved;                                                     \
    static Meta meta(const Tensor& g, const Tensor& y) {                                      \
      return pointwise(g, y, result_type(g, y));                                              \
    }                                                                                         \
    static void compute(Tensor& out, const Tensor& g, const Tensor& y) {                      \
      compute_binary(out, g, y, NABLA_KERNELS(binary, kernel), IntegerOp::none, 0, false);    \
    }                                                                                         \
    static Grads backward(const Ctx& ctx, const Tensor& gg, [[maybe_unused]] const Tensor& g, \
                          const Tensor& y) {                                                  \
      return {ctx.needs(0) ? first : Tensor(), ctx.needs(1) ? second : Tensor()};             \
    }                                                                                         \
  };
BACKWARD_OP(ReluBackward, relu_backward, Saves::args(1), relu_backward(gg, y), zeros_like(gg))
BACKWARD_OP(SigmoidBackward, sigmoid_backward, Saves::args(0, 1), sigmoid_backward(gg, y),
            mul(mul(gg, g), rsub(mul(y, 2), 1)))
BACKWARD_OP(TanhBackward, tanh_backward, Saves::args(0, 1), tanh_backward(gg, y),
            mul(mul(gg, g), mul(y, -2)))
#undef BACKWARD_OP

// x where it is floating, without history: for ops whose result has none.
Tensor absolute_value(const Tensor& x) {
  GradModeGuard off(false);
  return abs(x);
}

}  // namespace

#define UNARY(name, Name, ...)                                \
  Tensor name(const Tensor& self) { return run<Name>(self); } \
  Tensor name##_(const Tensor& self) { return run_inplace<Name>(self); }
#include "ops/unary.inc"
#undef UNARY

Tensor negative(const Tensor& self) { return neg(self); }
Tensor negative_(const Tensor& self) { return neg_(self); }
Tensor absolute(const Tensor& self) { return abs(self); }
Tensor absolute_(const Tensor& self) { return abs_(self); }
Tensor fix(const Tensor& self) { return trunc(self); }
Tensor fix_(const Tensor& self) { return trunc_(self); }
Tensor positive(const Tensor& self) {
  CHECK_TYPE(self.dtype() != DType::bool_, "the `+` operator, on a bool tensor is not supported.");
  return self;
}

// torch.square is pow(x, 2): a bool becomes an integer.
Tensor square(const Tensor& self) {
  return self.dtype() == DType::bool_ ? to_dtype(self, DType::int64) : square_real(self);
}
Tensor square_(const Tensor& self) { return run_inplace<Pow>(self); }

Tensor round(const Tensor& self, int64_t decimals) {
  if (decimals == 0 || !self.is_floating()) return round_whole(self);
  const double scale = std::pow(10.0, static_cast<double>(std::abs(decimals)));
  return decimals > 0 ? div(round_whole(mul(self, scale)), scale)
                      : mul(round_whole(div(self, scale)), scale);
}
Tensor round_(const Tensor& self, int64_t decimals) {
  return decimals == 0 ? round_whole_(self) : copy_(self, round(self, decimals));
}

Tensor clamp(const Tensor& self, const OptScalar& min, const OptScalar& max) {
  return run<ClampNumbers>(self, min, max);
}
Tensor clamp_(const Tensor& self, const OptScalar& min, const OptScalar& max) {
  return run_inplace<ClampNumbers>(self, min, max);
}
Tensor clip(const Tensor& self, const OptScalar& min, const OptScalar& max) {
  return run<ClampNumbers>(self, min, max);
}

Tensor logical_not(const Tensor& self) { return run<LogicalNot>(self); }
Tensor logical_not_(const Tensor& self) { return run_inplace<LogicalNot>(self); }
Tensor bitwise_not(const Tensor& self) { return run<BitwiseNot>(self); }
Tensor bitwise_not_(const Tensor& self) { return run_inplace<BitwiseNot>(self); }

Tensor isnan(const Tensor& self) { return ne(self, self); }
Tensor isinf(const Tensor& self) {
  if (!self.is_floating()) return zeros_like(self, DType::bool_);
  return eq(absolute_value(self), INFINITY);
}
Tensor isfinite(const Tensor& self) {
  if (!self.is_floating()) return ones_like(self, DType::bool_);
  return lt(absolute_value(self), INFINITY);
}

Tensor relu_backward(const Tensor& grad_output, const Tensor& output) {
  return run<ReluBackward>(grad_output, output);
}
Tensor sigmoid_backward(const Tensor& grad_output, const Tensor& output) {
  return run<SigmoidBackward>(grad_output, output);
}
Tensor tanh_backward(const Tensor& grad_output, const Tensor& output) {
  return run<TanhBackward>(grad_output, output);
}

}  // namespace nabla::ops
