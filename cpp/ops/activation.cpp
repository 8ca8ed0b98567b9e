// Activation functions: a kernel each for value and first derivative, dy f'(x), which is an op of
// its own; its derivative by x is g dy f''(x), with f'' made of ops, so that there is no last
// order.
#include <cmath>

#include "core/generator.h"
#include "kernels/tables.h"
#include "ops/elementwise.h"
#include "ops/ops.h"

namespace nabla::ops {
namespace {

struct ActParams {
  double p[3] = {0, 0, 0};
};

template <class T>
struct ActCall {
  kernels::ActivationFn<T> fn;
  T p[3];
  static void value(const void* context, void* out, const void* const* in, const int64_t*,
                    int64_t n) {
    const auto& c = *static_cast<const ActCall*>(context);
    c.fn.value(static_cast<T*>(out), static_cast<const T*>(in[0]), n, c.p);
  }
  static void grad(const void* context, void* out, const void* const* in, const int64_t*,
                   int64_t n) {
    const auto& c = *static_cast<const ActCall*>(context);
    c.fn.grad(static_cast<T*>(out), static_cast<const T*>(in[0]), static_cast<const T*>(in[1]), n,
              c.p);
  }
};

template <class F, class T>
ActCall<T> call_of(const ActParams& params) {
  return {F::template kernel<T>(), {T(params.p[0]), T(params.p[1]), T(params.p[2])}};
}

template <class F>
struct ActGrad {
  static constexpr std::string_view node_name = F::grad_name;
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor& dy, const Tensor& x, const ActParams&) {
    return pointwise(dy, x, x.dtype());
  }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& x, const ActParams& params) {
    dispatch_float(compute_type(out.dtype()), [&](auto zero) {
      using T = decltype(zero);
      const auto call = call_of<F, T>(params);
      constexpr DType t = dtype_of<T>;
      run_rows(out, Row{ActCall<T>::grad, &call, t, {t, t}, false, F::heavy}, {&dy, &x});
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& dy, const Tensor& x,
                        const ActParams& params) {
    Grads grads(2);
    if (ctx.needs(0)) grads[0] = run<ActGrad>(g, x, params);
    if (ctx.needs(1)) {
      const Tensor second = F::second(x, params.p);
      grads[1] = second.defined() ? mul(mul(g, dy), second) : zeros_like(x);
    }
    return grads;
  }
};

template <class F>
struct Act {
  static constexpr std::string_view node_name = F::name;
  static constexpr Saves saves = F::by_output ? Saves::output() : Saves::args(0);
  static Meta meta(const Tensor& x, const ActParams&) {
    CHECK_TYPE(x.is_floating(), "not implemented for '", scalar_type_name(x.dtype()), "'");
    return pointwise(x, x.dtype());
  }
  static void compute(Tensor& out, const Tensor& x, const ActParams& params) {
    dispatch_float(compute_type(out.dtype()), [&](auto zero) {
      using T = decltype(zero);
      const auto call = call_of<F, T>(params);
      constexpr DType t = dtype_of<T>;
      run_rows(out, Row{ActCall<T>::value, &call, t, {t}, false, F::heavy}, {&x});
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& x, const ActParams& params) {
    return {run<ActGrad<F>>(g, F::by_output ? ctx.output() : x, params)};
  }
};

// The second derivatives that are not zero wherever they exist.
Tensor elu_second(const Tensor& x, const double* p) {
  const Tensor below = mul(exp(mul(x, p[2])), p[0] * p[1] * p[2] * p[2]);
  return where(le(x, 0), below, zeros_like(x));
}
Tensor softplus_second(const Tensor& x, const double* p) {
  const Tensor z = mul(x, p[0]), s = sigmoid(z);
  return where(gt(z, p[1]), zeros_like(x), mul(mul(s, rsub(s, 1)), p[0]));
}
Tensor gelu_second(const Tensor& x) {
  const Tensor square = mul(x, x);
  return mul(mul(exp(mul(square, -0.5)), 0.39894228040143267794), rsub(square, 2));
}
// With u(x) = k (x + c x^3), t = tanh(u): f'' = (1 - t^2) (u' + x u'' / 2 - x t u'^2)
Tensor gelu_tanh_second(const Tensor& x) {
  constexpr double k = 0.79788456080286535588, c = 0.044715;
  const Tensor square = mul(x, x);
  const Tensor t = tanh(mul(mul(x, add(mul(square, c), 1)), k));
  const Tensor slope = mul(add(mul(square, 3 * c), 1), k);
  const Tensor bend = mul(square, 3 * k * c);
  const Tensor rest = sub(add(slope, bend), mul(mul(x, t), mul(slope, slope)));
  return mul(rsub(mul(t, t), 1), rest);
}
Tensor silu_second(const Tensor& x) {
  const Tensor s = sigmoid(x);
  return mul(mul(s, rsub(s, 1)), add(mul(x, rsub(mul(s, 2), 1)), 2));
}
// With t = tanh(log(1 + e^x)), s = sigmoid(x): f'' = (1 - t^2) s (2 + x (1 - s - 2 t s))
Tensor mish_second(const Tensor& x) {
  const Tensor s = sigmoid(x), t = tanh(softplus(x));
  const Tensor inner = sub(rsub(s, 1), mul(mul(t, s), 2));
  return mul(mul(rsub(mul(t, t), 1), s), add(mul(x, inner), 2));
}
Tensor hardswish_second(const Tensor& x) {
  return div(to_dtype(logical_and(gt(x, -3), lt(x, 3)), x.dtype()), 3);
}
Tensor log_sigmoid_second(const Tensor& x) {
  const Tensor s = sigmoid(x);
  return neg(mul(s, rsub(s, 1)));
}

// Rows: node, kernel, heavy, whether the gradient can be told from the result, f''.
#define ACTIVATION(Name, member, is_heavy, of_output, ...)                                     \
  struct Name {                                                                                \
    static constexpr std::string_view name = #Name "Backward0";                                \
    static constexpr std::string_view grad_name = #Name "BackwardBackward0";                   \
    static constexpr bool heavy = is_heavy, by_output = of_output;                             \
    template <class T>                                                                         \
    static const kernels::ActivationFn<T>& kernel() {                                          \
      if constexpr (std::is_same_v<T, float>)                                                  \
        return kernels::tables().activation.f32.member;                                        \
      else                                                                                     \
        return kernels::tables().activation.f64.member;                                        \
    }                                                                                          \
    static Tensor second([[maybe_unused]] const Tensor& x, [[maybe_unused]] const double* p) { \
      return __VA_ARGS__;                                                                      \
    }                                                                                          \
  };
ACTIVATION(LeakyRelu, leaky_relu, false, false, Tensor())
ACTIVATION(Elu, elu, true, false, elu_second(x, p))
ACTIVATION(Softplus, softplus, true, false, softplus_second(x, p))
ACTIVATION(Gelu, gelu, true, false, gelu_second(x))
ACTIVATION(GeluTanh, gelu_tanh, true, false, gelu_tanh_second(x))
ACTIVATION(Silu, silu, true, false, silu_second(x))
ACTIVATION(Mish, mish, true, false, mish_second(x))
ACTIVATION(Hardswish, hardswish, false, false, hardswish_second(x))
ACTIVATION(Hardsigmoid, hardsigmoid, false, false, Tensor())
ACTIVATION(Hardtanh, hardtanh, false, true, Tensor())
ACTIVATION(Threshold, threshold, false, false, Tensor())
ACTIVATION(Hardshrink, hardshrink, false, false, Tensor())
ACTIVATION(Softshrink, softshrink, false, false, Tensor())
ACTIVATION(LogSigmoid, log_sigmoid, true, false, log_sigmoid_second(x))
#undef ACTIVATION

template <class F>
Tensor activate(const Tensor& x, bool inplace, double a = 0, double b = 0, double c = 0) {
  const ActParams params{{a, b, c}};
  return inplace ? run_inplace<Act<F>>(x, params) : run<Act<F>>(x, params);
}

Tensor hardtanh_of(const Tensor& x, double low, double high, bool inplace) {
  CHECK_TYPE(x.dtype() != DType::bool_, "Bool inputs not supported for hardtanh");
  CHECK_RANGE(x.dtype() != DType::uint8 || (low >= 0 && high >= 0),
              "cannot do hardtanh on an unsigned type with negative limits");
  CHECK_RANGE(low <= high, "min_val cannot be greater than max_val, got ", low, " and ", high);
  if (x.is_floating()) return activate<Hardtanh>(x, inplace, low, high);
  // Limits of an integer are integers.
  const Scalar least{int64_t(low)}, most{int64_t(high)};
  return inplace ? clamp_(x, least, most) : clamp(x, least, most);
}
Tensor threshold_of(const Tensor& x, double threshold, double value, bool inplace) {
  if (x.is_floating()) return activate<Threshold>(x, inplace, threshold, value);
  CHECK_TYPE(x.dtype() != DType::bool_, "not implemented for 'Bool'");
  const Tensor y = where(le(x, int64_t(threshold)), full_like(x, int64_t(value)), x);
  return inplace ? copy_(x, y) : y;
}
void check_celu(double alpha) {
  CHECK_RANGE(alpha != 0, "ZeroDivisionError: alpha cannot be 0 for CELU");
}

// y = x where x > 0, else w x, with w of one weight or one a channel (dimension 1)
struct PreluKernel {
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor& x, const Tensor&) { return pointwise(x, x.dtype()); }
  static void compute(Tensor& out, const Tensor& x, const Tensor& w) {
    GradModeGuard off(false);
    copy_(out, where(gt(x, 0), x, mul(w, x)));
  }
  static Grads backward(const Ctx& ctx, const Tensor& g, const Tensor& x, const Tensor& w) {
    Grads grads(2);
    const Tensor above = gt(x, 0);
    if (ctx.needs(0)) grads[0] = where(above, g, mul(g, w));
    if (ctx.needs(1)) grads[1] = where(above, zeros_like(g), mul(g, x));
    return grads;
  }
};

// A weight as it broadcasts against x.
Tensor prelu_weight(const Tensor& x, const Tensor& weight) {
  CHECK_RANGE(weight.dim() <= 1,
              "Expected `weight` to be a scalar or 1D tensor, but got: ndim = ", weight.dim());
  if (weight.numel() == 1) return reshape(weight, Dims{});
  const int64_t channels = x.dim() > 1 ? x.sizes()[1] : 1;
  CHECK_RANGE(x.dim() > 0 && weight.numel() == channels,
              "Mismatch of parameter numbers and input channel size. Found parameter numbers = ",
              weight.numel(), " and channel size = ", channels, " for input of shape ",
              Shape{x.sizes()});
  Dims shape(static_cast<size_t>(x.dim()), 1);
  shape[x.dim() > 1 ? 1 : 0] = channels;
  return reshape(weight, shape);
}

// The slopes of a random leaky relu: a draw for each element that is not positive, else 1.
Tensor rrelu_noise(const Tensor& x, double lower, double upper, Generator& generator) {
  GradModeGuard off(false);
  const Tensor from = contiguous(to_dtype(x, DType::float64));
  const Tensor noise = empty(x.sizes(), DType::float64);
  const double* const value = x.numel() ? from.data<double>() : nullptr;
  for (int64_t i = 0; i < x.numel(); ++i)
    noise.data<double>()[i] = value[i] <= 0 ? generator.uniform53() * (upper - lower) + lower : 1.0;
  return to_dtype(noise, x.dtype());
}
Tensor rrelu_of(const Tensor& x, double lower, double upper, bool training, bool inplace,
                OptGenerator generator) {
  CHECK_TYPE(x.is_floating(), "not implemented for '", scalar_type_name(x.dtype()), "'");
  CHECK_RANGE(lower <= upper, "Lower bound should be less than or equal to the upper bound, got ",
              lower, " and ", upper);
  if (!training) return activate<LeakyRelu>(x, inplace, (lower + upper) / 2);
  const Tensor noise = rrelu_noise(x, lower, upper, generator_or_default(generator));
  return inplace ? mul_(x, noise) : mul(x, noise);
}

constexpr double kSeluAlpha = 1.6732632423543772848170429916717;
constexpr double kSeluScale = 1.0507009873554804934193349852946;

}  // namespace

Tensor relu_option(const Tensor& input, bool inplace) {
  return inplace ? relu_(input) : relu(input);
}
Tensor relu6(const Tensor& input, bool inplace) { return hardtanh_of(input, 0, 6, inplace); }
Tensor leaky_relu(const Tensor& input, double negative_slope, bool inplace) {
  return activate<LeakyRelu>(input, inplace, negative_slope);
}
Tensor leaky_relu_(const Tensor& input, double negative_slope) {
  return leaky_relu(input, negative_slope, true);
}
Tensor elu(const Tensor& input, double alpha, bool inplace) {
  return activate<Elu>(input, inplace, alpha, 1, 1);
}
Tensor elu_(const Tensor& input, double alpha) { return elu(input, alpha, true); }
Tensor selu(const Tensor& input) { return activate<Elu>(input, false, kSeluAlpha, kSeluScale, 1); }
Tensor selu_(const Tensor& input) { return activate<Elu>(input, true, kSeluAlpha, kSeluScale, 1); }
Tensor selu_option(const Tensor& input, bool inplace) {
  return inplace ? selu_(input) : selu(input);
}
Tensor celu(const Tensor& input, double alpha) {
  check_celu(alpha);
  return activate<Elu>(input, false, alpha, 1, 1 / alpha);
}
Tensor celu_(const Tensor& input, double alpha) {
  check_celu(alpha);
  return activate<Elu>(input, true, alpha, 1, 1 / alpha);
}
Tensor celu_option(const Tensor& input, double alpha, bool inplace) {
  return inplace ? celu_(input, alpha) : celu(input, alpha);
}
Tensor gelu(const Tensor& input, std::string_view approximate) {
  CHECK_RANGE(approximate == "none" || approximate == "tanh",
              "approximate argument must be either none or tanh, got '", approximate, "'");
  return approximate == "none" ? activate<Gelu>(input, false) : activate<GeluTanh>(input, false);
}
Tensor silu(const Tensor& input, bool inplace) { return activate<Silu>(input, inplace); }
Tensor mish(const Tensor& input, bool inplace) { return activate<Mish>(input, inplace); }
Tensor hardswish(const Tensor& input, bool inplace) { return activate<Hardswish>(input, inplace); }
Tensor hardsigmoid(const Tensor& input, bool inplace) {
  return activate<Hardsigmoid>(input, inplace);
}
Tensor hardtanh(const Tensor& input, double min_val, double max_val, bool inplace) {
  return hardtanh_of(input, min_val, max_val, inplace);
}
Tensor hardtanh_(const Tensor& input, double min_val, double max_val) {
  return hardtanh_of(input, min_val, max_val, true);
}
Tensor softplus(const Tensor& input, double beta, double threshold) {
  return activate<Softplus>(input, false, beta, threshold);
}
Tensor softsign(const Tensor& input) { return div(input, add(abs(input), 1)); }
Tensor tanhshrink(const Tensor& input) { return sub(input, tanh(input)); }
Tensor softshrink(const Tensor& input, double lambd) {
  CHECK_RANGE(lambd >= 0, "lambda must be greater or equal to 0, but found to be ", lambd, ".");
  return activate<Softshrink>(input, false, lambd);
}
Tensor hardshrink(const Tensor& self, double lambd) {
  return activate<Hardshrink>(self, false, lambd);
}
Tensor logsigmoid(const Tensor& input) { return activate<LogSigmoid>(input, false); }
Tensor threshold(const Tensor& self, double threshold, double value) {
  return threshold_of(self, threshold, value, false);
}
Tensor threshold_(const Tensor& self, double threshold, double value) {
  return threshold_of(self, threshold, value, true);
}
Tensor threshold_option(const Tensor& input, double threshold, double value, bool inplace) {
  return threshold_of(input, threshold, value, inplace);
}

Tensor prelu(const Tensor& self, const Tensor& weight) {
  CHECK_TYPE(self.dtype() == weight.dtype(), "Type promoting not supported. Got ",
             scalar_type_name(self.dtype()), " and ", scalar_type_name(weight.dtype()));
  CHECK_TYPE(self.is_floating(), "not implemented for '", scalar_type_name(self.dtype()), "'");
  return run<PreluKernel>(self, prelu_weight(self, weight));
}
Tensor rrelu(const Tensor& self, double lower, double upper, bool training,
             OptGenerator generator) {
  return rrelu_of(self, lower, upper, training, false, generator);
}
Tensor rrelu_(const Tensor& self, double lower, double upper, bool training,
              OptGenerator generator) {
  return rrelu_of(self, lower, upper, training, true, generator);
}
Tensor rrelu_option(const Tensor& input, double lower, double upper, bool training, bool inplace) {
  return rrelu_of(input, lower, upper, training, inplace, nullptr);
}

Tensor glu(const Tensor& input, int64_t dim) {
  CHECK_RANGE(input.dim() > 0, "does not support 0-dimensional tensors");
  CHECK_TYPE(input.is_floating(), "not implemented for '", scalar_type_name(input.dtype()), "'");
  const int64_t d = wrap_dim(dim, input.dim()), size = input.sizes()[size_t(d)];
  CHECK_RANGE(size % 2 == 0, "Halving dimension must be even, but dimension ", d, " is size ",
              size);
  return mul(narrow(input, d, 0, size / 2), sigmoid(narrow(input, d, size / 2, size / 2)));
}

Tensor softmin(const Tensor& input, OptInt dim, OptDType dtype) {
  return softmax_guessed(neg(input), dim, dtype);
}

}  // namespace nabla::ops
