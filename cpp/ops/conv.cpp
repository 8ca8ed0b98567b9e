// Convolutions and transposed convolutions in one to three dimensions with their gradients. All
// derivatives of any order are among three maps, each linear in its two tensors:
//
//   y = Convolution(x, w),  x = ConvolutionAdjoint(y, w),  w = ConvolutionWeight(x, y)
#include <algorithm>
#include <cstring>
#include <type_traits>

#include "ops/conv3d.h"
#include "ops/conv_general.h"
#include "ops/conv_problem.h"
#include "ops/dense.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

Tensor adjoint(const Tensor& y, const Tensor& w, const ConvProblem& p);
std::array<Tensor, 2> weight_gradient(const Tensor& x, const Tensor& dy, bool with_bias,
                                      const ConvProblem& p);

// The sum of all but the channels: the gradient of a bias.
Tensor sum_of_channels(const Tensor& grad) {
  Dims dims{0};
  for (int64_t d = 2; d < grad.dim(); ++d) dims.push_back(d);
  return ops::sum(grad, dims);
}

// Does the problem have a product to add up? An empty batch has none: whatever is left is 0.
bool has_work(const ConvProblem& p) {
  return p.n > 0 && p.in_c > 0 && p.in_size() > 0 && p.positions() > 0;
}
void clear(Tensor& out) {
  if (out.numel() > 0)
    std::memset(out.raw_data(), 0, static_cast<size_t>(out.numel()) * out.itemsize());
}

template <class T>
void forward(const ConvProblem& p, const T* x, const T* w, const T* bias, T* y) {
  if constexpr (!std::is_floating_point_v<T>)
    conv_general_forward(p, x, w, bias, y);
  else if (p.is_plane())
    conv2d_forward(p, x, w, bias, y);
  else
    conv3d_forward(p, x, w, bias, y);
}

template <class T>
void backward_input(const ConvProblem& p, const T* dy, const T* w, T* dx) {
  if constexpr (!std::is_floating_point_v<T>)
    conv_general_grad_input(p, dy, w, dx);
  else if (p.is_plane())
    conv2d_grad_input(p, dy, w, dx);
  else
    conv3d_grad_input(p, dy, w, dx);
}

template <class T>
void backward_weight(const ConvProblem& p, const T* x, const T* dy, T* dw, T* db) {
  if (p.is_plane()) return conv2d_grad_weight(p, x, dy, dw, db);
  if (db != nullptr) conv_grad_bias(p.n, p.out_c, p.positions(), dy, db);
  conv3d_grad_weight(p, x, dy, dw);
}

// y[channel] += bias[channel] for each image.
template <class T>
void add_bias(T* y, const T* bias, int64_t n, int64_t channels, int64_t size) {
  constexpr int64_t kGrain = 32768;  // elements
  parallel_for(n * channels, std::max<int64_t>(1, kGrain / size), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const T b = bias[i % channels];
      for (int64_t j = i * size; j < (i + 1) * size; ++j) y[j] = static_cast<T>(y[j] + b);
    }
  });
}

// Calls f with the values of x, w and bias (may be null) and the place of the result, in the dtype
// of the computation; integers come as unsigned numbers.
template <class F>
void on_blocks(Tensor& out, const Tensor& x, const Tensor& w, const OptTensor& bias, F&& f) {
  const DType type = out.is_floating() ? compute_type(out.dtype()) : out.dtype();
  const Tensor xs = dense(x, type), ws = dense(w, type), bs = bias ? dense(*bias, type) : Tensor();
  Target target(out, type);
  const auto call = [&](auto zero) {
    using T = decltype(zero);
    f(static_cast<const T*>(xs.raw_data()), static_cast<const T*>(ws.raw_data()),
      bs.defined() ? static_cast<const T*>(bs.raw_data()) : nullptr,
      static_cast<T*>(target.block().raw_data()));
  };
  switch (type) {
    case DType::float32:
      call(float());
      break;
    case DType::float64:
      call(double());
      break;
    default:
      if (size_of(type) == 8) call(uint64_t());
      if (size_of(type) == 4) call(uint32_t());
      if (size_of(type) == 2) call(uint16_t());
      if (size_of(type) == 1) call(uint8_t());
  }
  target.finish();
}

// y = the correlation of x with w, + bias
struct Convolution {
  static constexpr auto node_name = "ConvolutionBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& x, const Tensor&, const OptTensor&, const ConvProblem& p) {
    return {p.out_sizes(), x.dtype()};
  }
  static void compute(Tensor& out, const Tensor& x, const Tensor& w, const OptTensor& bias,
                      const ConvProblem& p) {
    if (!has_work(p)) return clear(out);
    on_blocks(out, x, w, bias,
              [&](auto* xs, auto* ws, auto* bs, auto* to) { forward(p, xs, ws, bs, to); });
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& x, const Tensor& w,
                        const OptTensor&, const ConvProblem& p) {
    Grads grads(3);
    if (ctx.needs(0)) grads[0] = adjoint(grad, w, p);
    if (ctx.needs(1)) {
      auto [dw, db] = weight_gradient(x, grad, ctx.needs(2), p);
      grads[1] = std::move(dw);
      if (ctx.needs(2)) grads[2] = std::move(db);
    } else if (ctx.needs(2)) {
      grads[2] = sum_of_channels(grad);
    }
    return grads;
  }
};

// x = the adjoint of the correlation with w, applied to y, + bias: the gradient of Convolution with
// respect to x, and the transposed convolution.
struct ConvolutionAdjoint {
  static constexpr auto node_name = "ConvolutionBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& y, const Tensor&, const OptTensor&, const ConvProblem& p) {
    return {p.in_sizes(), y.dtype()};
  }
  static void compute(Tensor& out, const Tensor& y, const Tensor& w, const OptTensor& bias,
                      const ConvProblem& p) {
    if (!has_work(p)) return clear(out);
    on_blocks(out, y, w, bias, [&](auto* ys, auto* ws, auto* bs, auto* to) {
      backward_input(p, ys, ws, to);
      if (bs != nullptr) add_bias(to, bs, p.n, p.in_c, p.in_size());
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& y, const Tensor& w,
                        const OptTensor&, const ConvProblem& p) {
    Grads grads(3);
    if (ctx.needs(0)) grads[0] = run<Convolution>(grad, w, OptTensor(), p);
    if (ctx.needs(1)) grads[1] = weight_gradient(grad, y, false, p)[0];
    if (ctx.needs(2)) grads[2] = sum_of_channels(grad);
    return grads;
  }
};

// The gradients of Convolution with respect to w and, if asked for, bias.
struct ConvolutionWeight {
  static constexpr auto node_name = "ConvolutionBackwardBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static std::array<Meta, 2> meta(const Tensor& x, const Tensor&, bool with_bias,
                                  const ConvProblem& p) {
    return {Meta{p.weight_sizes(), x.dtype()}, Meta{Dims{with_bias ? p.out_c : 0}, x.dtype()}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& x, const Tensor& dy, bool with_bias,
                      const ConvProblem& p) {
    if (!has_work(p)) {
      clear(out[0]);
      return clear(out[1]);
    }
    const DType type = compute_type(x.dtype());
    const Tensor xs = dense(x, type), dys = dense(dy, type);
    Target dw(out[0], type), db(out[1], type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      T *w = dw.block().data<T>(), *b = with_bias ? db.block().data<T>() : nullptr;
      backward_weight(p, xs.data<T>(), dys.data<T>(), w, b);
    });
    dw.finish();
    db.finish();
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& x, const Tensor& dy, bool,
                        const ConvProblem& p) {
    const Tensor &u = grads[0], &t = grads[1];  // gradients of dw and of db
    Grads result(2);
    if (ctx.needs(0) && u.defined()) result[0] = adjoint(dy, u, p);
    if (ctx.needs(1) && u.defined())
      result[1] = run<Convolution>(x, u, t.defined() ? OptTensor(t) : OptTensor(), p);
    if (ctx.needs(1) && !u.defined()) {
      Dims shape(static_cast<size_t>(p.rank + 2), 1);
      shape[1] = p.out_c;
      result[1] = ops::expand(ops::view(t, shape), p.out_sizes());
    }
    return result;
  }
};

Tensor adjoint(const Tensor& y, const Tensor& w, const ConvProblem& p) {
  return run<ConvolutionAdjoint>(y, w, OptTensor(), p);
}
std::array<Tensor, 2> weight_gradient(const Tensor& x, const Tensor& dy, bool with_bias,
                                      const ConvProblem& p) {
  return run<ConvolutionWeight>(x, dy, with_bias, p);
}

// Calls f with the input as a batch and brings the result back to the input's form.
template <class F>
Tensor batched(const Tensor& input, int64_t rank, const char* name, F&& f) {
  if (input.dim() == rank + 2) return f(input);
  CHECK_RANGE(input.dim() == rank + 1, "Expected ", rank + 1, "D (unbatched) or ", rank + 2,
              "D (batched) input to ", name, rank,
              "d, but got input of size: ", Shape{input.sizes()});
  return ops::squeeze_dims(f(ops::unsqueeze(input, 0)), Dims{0});
}

Tensor convolve(const Tensor& input, const Tensor& weight, const OptTensor& bias,
                const ConvArguments& args) {
  return batched(input, args.rank, "conv", [&](const Tensor& x) {
    const ConvProblem p = conv_problem(args, x, weight, bias);
    const Tensor y = run<Convolution>(x, weight, bias, p);
    // Nothing to add up: PyTorch gives no channels then.
    return p.in_c == 0 ? ops::narrow(y, 1, 0, 0) : y;
  });
}

Tensor convolve_padded(const Tensor& input, const Tensor& weight, const OptTensor& bias,
                       ConvArguments args, std::string_view padding) {
  CHECK_RANGE(padding == "same" || padding == "valid", "Invalid padding string: '", padding,
              "', expected 'same' or 'valid'");
  args.same = padding == "same";
  return convolve(input, weight, bias, args);
}

Tensor convolve_transposed(const Tensor& input, const Tensor& weight, const OptTensor& bias,
                           const ConvArguments& args) {
  return batched(input, args.rank, "convTranspose", [&](const Tensor& x) {
    return run<ConvolutionAdjoint>(x, weight, bias, conv_problem(args, x, weight, bias));
  });
}

}  // namespace

#define NABLA_CONV(rank)                                                                           \
  Tensor conv##rank##d(const Tensor& input, const Tensor& weight, const OptTensor& bias,           \
                       IntSpan stride, IntSpan padding, IntSpan dilation, int64_t groups) {        \
    return convolve(input, weight, bias, {rank, stride, padding, dilation, groups});               \
  }                                                                                                \
  Tensor conv##rank##d_padded(const Tensor& input, const Tensor& weight, const OptTensor& bias,    \
                              IntSpan stride, std::string_view padding, IntSpan dilation,          \
                              int64_t groups) {                                                    \
    return convolve_padded(input, weight, bias, {rank, stride, {}, dilation, groups}, padding);    \
  }                                                                                                \
  Tensor conv_transpose##rank##d(const Tensor& input, const Tensor& weight, const OptTensor& bias, \
                                 IntSpan stride, IntSpan padding, IntSpan output_padding,          \
                                 int64_t groups, IntSpan dilation) {                               \
    return convolve_transposed(                                                                    \
        input, weight, bias,                                                                       \
        {rank, stride, padding, dilation, groups, false, true, output_padding});                   \
  }
NABLA_CONV(1)
NABLA_CONV(2)
NABLA_CONV(3)
#undef NABLA_CONV

}  // namespace nabla::ops
