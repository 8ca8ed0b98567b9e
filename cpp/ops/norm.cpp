// The op of all normalisation layers and its gradient, an op with a derivative of its own.
#include "ops/norm.h"

#include <cstring>

#include "ops/dense.h"
#include "ops/norm_layers.h"
#include "ops/op.h"
#include "ops/ops.h"

namespace nabla::ops {

namespace {

bool given(const OptTensor& t) { return t && t->defined(); }

// A parameter in the arithmetic of the layer, undefined when absent.
Tensor dense_if(const OptTensor& t, DType type) { return given(t) ? dense(*t, type) : Tensor(); }
template <class T>
const T* data_if(const Tensor& t) {
  return t.defined() ? t.data<T>() : nullptr;
}

// The derivative of xhat = (x - mean) r as a symmetric operator on each group:
// P v = r (v - mean v - xhat mean(v xhat)); around 0 without mean v; P v = r v for fixed
// statistics.
class Normalized {
 public:
  Normalized(const NormPlan& p, const Tensor& x, const Tensor& stats)
      : plan_(p), over_(p.batch ? Dims{0, 2, 3} : Dims{2, 3}) {
    if (p.fixed) {
      const Tensor both = ops::reshape(stats, Dims{2, 1, p.g, 1, 1});
      rstd = ops::rsqrt(ops::add(ops::select(both, 0, 1), p.eps));
      hat = ops::mul(ops::sub(x, ops::select(both, 0, 0)), rstd);
      return;
    }
    const Tensor c = p.center ? ops::sub(x, mean(x)) : x;
    rstd = ops::rsqrt(ops::add(mean(ops::mul(c, c)), p.eps));
    hat = ops::mul(c, rstd);
  }
  Tensor mean(const Tensor& v) const { return ops::mean(v, over_, true); }
  Tensor apply(const Tensor& v) const {
    if (plan_.fixed) return ops::mul(v, rstd);
    const Tensor c = plan_.center ? ops::sub(v, mean(v)) : v;
    return ops::mul(ops::sub(c, ops::mul(hat, mean(ops::mul(v, hat)))), rstd);
  }
  // The gradient of <g, P a> with respect to x, through r and xhat:
  // with alpha = mean(a xhat), gamma = mean(g xhat), q = mean(g a) - mean g mean a - alpha gamma,
  // it is -r (P(alpha g + gamma a)) - r^2 q xhat.
  Tensor curvature(const Tensor& g, const Tensor& a) const {
    const Tensor alpha = mean(ops::mul(a, hat)), gamma = mean(ops::mul(g, hat));
    Tensor q = ops::sub(mean(ops::mul(g, a)), ops::mul(alpha, gamma));
    if (plan_.center) q = ops::sub(q, ops::mul(mean(g), mean(a)));
    const Tensor t = apply(ops::add(ops::mul(alpha, g), ops::mul(gamma, a)));
    return ops::neg(ops::mul(rstd, ops::add(t, ops::mul(ops::mul(rstd, q), hat))));
  }

  Tensor hat, rstd;

 private:
  NormPlan plan_;
  Dims over_;
};

void accumulate(Tensor& sum, const Tensor& term) {
  sum = sum.defined() ? ops::add(sum, term) : term;
}

// Which gradients are asked for.
struct Wanted {
  bool x, weight, bias;
};

struct NormalizeGrad {
  static constexpr Saves saves = Saves::args(0, 1, 2, 3);
  static std::array<Meta, 3> meta(const Tensor&, const Tensor& x, const OptTensor&,
                                  const Tensor& stats, const NormPlan& p, Wanted wanted) {
    const DType type = stats.dtype();
    return {wanted.x ? Meta{Dims(x.sizes()), x.dtype()} : Meta{Dims{0}, x.dtype()},
            Meta{Dims{wanted.weight ? p.channels() : 0}, type},
            Meta{Dims{wanted.bias ? p.channels() : 0}, type}};
  }

  static void compute(std::array<Tensor, 3>& out, const Tensor& grad, const Tensor& input,
                      const OptTensor& weight, const Tensor& stats, const NormPlan& p,
                      Wanted wanted) {
    const DType type = stats.dtype();
    const Tensor dy = dense(grad, type), x = dense(input, type), w = dense_if(weight, type);
    Target target(out[0], type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* mean = stats.data<T>();
      normalize_backward(p, NormBackward<T>{wanted.x ? target.block().data<T>() : nullptr,
                                            wanted.weight ? out[1].data<T>() : nullptr,
                                            wanted.bias ? out[2].data<T>() : nullptr, dy.data<T>(),
                                            x.data<T>(), data_if<T>(w), mean, mean + p.groups()});
    });
    if (wanted.x) target.finish();
  }

  // dx = P(dy w), dw = sum dy xhat, db = sum dy; for vx, vw, vb, the gradients of these:
  // d(dy) = w P(vx) + vw xhat + vb,  dw' = sum dy P(vx),  dx' = P(vw dy) + curvature(dy w, vx)
  static Grads backward(const Ctx& ctx, const Grads& v, const Tensor& grad, const Tensor& input,
                        const OptTensor& weight, const Tensor& stats, const NormPlan& p, Wanted) {
    const DType type = stats.dtype();
    const Dims sizes{p.n, p.g, p.d, p.s}, affine{1, p.g, p.d, 1};
    const auto seen = [&](const Tensor& t, const Dims& as) {
      return ops::reshape(ops::to_dtype(t, type), as);
    };
    const Tensor dy = seen(grad, sizes);
    const Normalized f(p, seen(input, sizes), stats);
    const Tensor w = given(weight) ? seen(*weight, affine) : Tensor();
    Tensor up, dx, dw;
    if (v[0].defined()) {
      const Tensor vx = seen(v[0], sizes), pv = f.apply(vx);
      accumulate(up, w.defined() ? ops::mul(pv, w) : pv);
      if (ctx.needs(1) && !p.fixed) {
        accumulate(dx, f.curvature(w.defined() ? ops::mul(dy, w) : dy, vx));
      }
      if (w.defined() && ctx.needs(2)) dw = ops::sum(ops::mul(dy, pv), Dims{0, 3});
    }
    if (v[1].defined()) {
      const Tensor vw = seen(v[1], affine);
      accumulate(up, ops::mul(vw, f.hat));
      if (ctx.needs(1)) accumulate(dx, f.apply(ops::mul(vw, dy)));
    }
    if (v[2].defined()) accumulate(up, ops::expand(seen(v[2], affine), sizes));
    Grads grads(4);
    if (ctx.needs(0) && up.defined()) grads[0] = ops::reshape(up, grad.sizes());
    if (dx.defined()) grads[1] = ops::reshape(dx, input.sizes());
    if (dw.defined()) grads[2] = ops::reshape(dw, weight->sizes());
    return grads;
  }
};

struct Normalize {
  static constexpr Saves saves = Saves::args(0, 1) | Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;
  static std::array<Meta, 2> meta(const Tensor& x, const OptTensor&, const OptTensor&,
                                  const OptTensor&, const NormPlan& p) {
    return {Meta{Dims(x.sizes()), x.dtype()}, Meta{Dims{2, p.groups()}, compute_type(x.dtype())}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& input, const OptTensor& weight,
                      const OptTensor& bias, const OptTensor& stats, const NormPlan& p) {
    const DType type = out[1].dtype();
    const Tensor x = dense(input, type), w = dense_if(weight, type), b = dense_if(bias, type);
    if (p.fixed) {
      std::memcpy(out[1].raw_data(), stats->raw_data(),
                  static_cast<size_t>(out[1].numel()) * out[1].itemsize());
    }
    Target target(out[0], type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      T* mean = out[1].data<T>();
      normalize_forward(p, NormForward<T>{target.block().data<T>(), mean, mean + p.groups(),
                                          x.data<T>(), data_if<T>(w), data_if<T>(b)});
    });
    target.finish();
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& x,
                        const OptTensor& weight, const OptTensor&, const OptTensor&,
                        const NormPlan& p) {
    const Wanted wanted{ctx.needs(0), ctx.needs(1), ctx.needs(2)};
    auto out = run<NormalizeGrad>(grads[0], x, weight, ctx.output(1), p, wanted);
    return {wanted.x ? out[0] : Tensor(), wanted.weight ? out[1] : Tensor(),
            wanted.bias ? out[2] : Tensor(), Tensor()};
  }
};

}  // namespace

std::array<Tensor, 2> normalize_by(const NormPlan& p, const Tensor& x, const OptTensor& weight,
                                   const OptTensor& bias, const OptTensor& stats) {
  return run<Normalize>(x, weight, bias, stats, p);
}

}  // namespace nabla::ops
