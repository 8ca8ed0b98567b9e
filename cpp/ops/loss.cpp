// Losses over classes: nllLoss and crossEntropy, the latter fused for class targets.
#include <algorithm>

#include "kernels/tables.h"
#include "ops/dense.h"
#include "ops/loss_targets.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {

namespace {

constexpr int64_t kGrain = 16384;  // elements per parallel chunk

template <class T>
const kernels::LossFns<T>& loss_functions() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().loss.f32;
  } else {
    return kernels::tables().loss.f64;
  }
}
template <class T>
const kernels::SoftmaxFns<T>& softmax_functions() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().softmax.f32;
  } else {
    return kernels::tables().softmax.f64;
  }
}
template <class T>
T sum_of(const T* x, int64_t n) {
  T total;
  if constexpr (std::is_same_v<T, float>) {
    kernels::tables().reduce.f32.rows[kernels::kReduceSum](&total, x, nullptr, 1, n, n);
  } else {
    kernels::tables().reduce.f64.rows[kernels::kReduceSum](&total, x, nullptr, 1, n, n);
  }
  return total;
}

bool given(const OptTensor& t) { return t && t->defined(); }

// Class weights in the arithmetic of the loss; absent ones stand for 1.
Tensor dense_weight(const OptTensor& weight, DType type) {
  return given(weight) ? dense(*weight, type) : Tensor();
}

// What crossEntropy is called with, besides tensors.
struct Options {
  int64_t ignore_index;
  Reduction reduction;
  double smoothing;
};

// loss_r = (1 - s) w_t (l_r - x_rt) + s / C sum_c w_c (l_r - x_rc), l_r = log sum_c exp x_rc, s the
// label smoothing; 'mean' divides by the sum of w_t. Kept for the gradient: per row max and log sum
// exp(x - max), then the sum of weights.
struct CrossEntropy {
  static constexpr Saves saves = Saves::args(0, 1, 2) | Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;

  static std::array<Meta, 2> meta(const Tensor& input, const Tensor& target, const OptTensor&,
                                  Options o) {
    const Dims sizes = o.reduction == Reduction::none ? Dims(target.sizes()) : Dims();
    return {Meta{sizes, input.dtype()},
            Meta{Dims{2 * target.numel() + 1}, compute_type(input.dtype())}};
  }

  static void compute(std::array<Tensor, 2>& out, const Tensor& input, const Tensor& target,
                      const OptTensor& weight, Options o) {
    const int64_t rows = input.sizes()[0], classes = input.sizes()[1];
    const DType type = compute_type(input.dtype());
    const int64_t* t = target.data<int64_t>();
    check_classes(t, rows, classes, o.ignore_index);
    const Tensor x = dense(input, type), w = dense_weight(weight, type);
    Target result(out[0], type);
    Tensor each = o.reduction == Reduction::none ? result.block() : empty(Dims{rows}, type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* xs = x.data<T>();
      const T* ws = w.defined() ? w.data<T>() : nullptr;
      T *loss = each.data<T>(), *max = out[1].data<T>(), *log_sum = max + rows;
      const int64_t grain = std::max<int64_t>(1, kGrain / std::max<int64_t>(classes, 1));
      parallel_for(rows, grain, [&](int64_t b, int64_t e) {
        softmax_functions<T>().log_sum_rows(max + b, log_sum + b, xs + b * classes, e - b, classes);
        for (int64_t r = b; r < e; ++r) {
          if (t[r] == o.ignore_index) {
            loss[r] = 0;
            continue;
          }
          const T* row = xs + r * classes;
          const T nll = log_sum[r] - (row[t[r]] - max[r]);
          loss[r] = ws != nullptr ? ws[t[r]] * nll : nll;
          if (o.smoothing > 0) loss[r] = smooth(row, ws, classes, max[r], log_sum[r], loss[r], o);
        }
      });
      double total = 0;
      for (int64_t r = 0; r < rows; ++r) {
        if (t[r] != o.ignore_index) total += ws != nullptr ? static_cast<double>(ws[t[r]]) : 1.0;
      }
      max[2 * rows] = static_cast<T>(total);
      if (o.reduction != Reduction::none) {
        T sum = sum_of(loss, rows);
        if (o.reduction == Reduction::mean) sum /= static_cast<T>(total);
        *result.block().data<T>() = sum;
      }
    });
    result.finish();
  }

  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& input,
                        const Tensor& target, const OptTensor& weight, Options o);

 private:
  template <class T>
  static T smooth(const T* row, const T* w, int64_t classes, T max, T log_sum, T nll, Options o) {
    double sum = 0;
    for (int64_t c = 0; c < classes; ++c) {
      const double term = static_cast<double>(log_sum) - (row[c] - max);
      sum += w != nullptr ? term * static_cast<double>(w[c]) : term;
    }
    return static_cast<T>((1 - o.smoothing) * static_cast<double>(nll) +
                          o.smoothing / static_cast<double>(classes) * sum);
  }
};

// The distribution q that the loss compares with, weights included: q_rc = (1 - s) w_t [c = t] +
// s w_c / C, 0 for ignored rows. A constant.
Tensor class_distribution(const Tensor& target, const OptTensor& weight, IntSpan sizes, DType type,
                          Options o) {
  Tensor q = empty(sizes, type);
  const Tensor w = dense_weight(weight, type);
  const int64_t rows = sizes[0], classes = sizes[1];
  const int64_t* t = target.data<int64_t>();
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    T* row = q.data<T>();
    const T* ws = w.defined() ? w.data<T>() : nullptr;
    const double share = o.smoothing / static_cast<double>(classes);
    for (int64_t r = 0; r < rows; ++r, row += classes) {
      const bool used = t[r] != o.ignore_index;
      for (int64_t c = 0; c < classes; ++c) {
        const double part = share + (c == t[r] ? 1 - o.smoothing : 0.0);
        const double factor = ws != nullptr ? static_cast<double>(ws[c]) : 1.0;
        row[c] = used ? static_cast<T>(part * factor) : T(0);
      }
    }
  });
  return q;
}

// dx_rc = g_r (W_r p_rc - q_rc), p = softmax(x), W_r = sum_c q_rc, g_r = dy (/ sum of weights).
// For v, the gradient of dx: d(dy) = sum v (W p - q) (/ sum of weights),
// d(x) = the gradient of softmax for v g W.
struct CrossEntropyGrad {
  static constexpr Saves saves = Saves::args(0, 1, 2, 3, 4);
  static Meta meta(const Tensor&, const Tensor& input, const Tensor&, const OptTensor&,
                   const Tensor&, Options) {
    return like(input);
  }

  static void compute(Tensor& out, const Tensor& grad, const Tensor& input, const Tensor& target,
                      const OptTensor& weight, const Tensor& kept, Options o) {
    const int64_t rows = input.sizes()[0], classes = input.sizes()[1];
    const DType type = compute_type(input.dtype());
    const Tensor x = dense(input, type), dy = dense(grad, type), w = dense_weight(weight, type);
    const int64_t* t = target.data<int64_t>();
    Target result(out, type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T *xs = x.data<T>(), *up = dy.data<T>(), *max = kept.data<T>();
      const T* ws = w.defined() ? w.data<T>() : nullptr;
      T* dx = result.block().data<T>();
      const double total = static_cast<double>(max[2 * rows]);
      const double share = o.smoothing / static_cast<double>(classes);
      double weights = static_cast<double>(classes);
      if (ws != nullptr) {
        weights = 0;
        for (int64_t c = 0; c < classes; ++c) weights += static_cast<double>(ws[c]);
      }
      const int64_t grain = std::max<int64_t>(1, kGrain / std::max<int64_t>(classes, 1));
      parallel_for(rows, grain, [&](int64_t b, int64_t e) {
        constexpr int64_t kRows = 64;
        T scale[kRows], shift[kRows], hit[kRows];
        for (int64_t first = b; first < e; first += kRows) {
          const int64_t count = std::min(kRows, e - first);
          for (int64_t i = 0; i < count; ++i) {
            const int64_t r = first + i;
            double g = static_cast<double>(up[o.reduction == Reduction::none ? r : 0]);
            if (o.reduction == Reduction::mean) g /= total;
            const bool used = t[r] != o.ignore_index;
            const double wt = used && ws != nullptr ? static_cast<double>(ws[t[r]]) : 1.0;
            hit[i] = static_cast<T>(g * wt * (1 - o.smoothing));
            scale[i] = static_cast<T>(g * (wt * (1 - o.smoothing) + share * weights));
            shift[i] = static_cast<T>(ws == nullptr ? g * share : 0.0);
          }
          loss_functions<T>().cross_entropy_grad(dx + first * classes, xs + first * classes,
                                                 max + first, max + rows + first, scale,
                                                 o.smoothing > 0 ? shift : nullptr, count, classes);
          for (int64_t i = 0; i < count; ++i) {
            T* row = dx + (first + i) * classes;
            const int64_t c = t[first + i];
            if (c == o.ignore_index) {
              std::fill_n(row, classes, T(0));
              continue;
            }
            row[c] -= hit[i];
            if (o.smoothing > 0 && ws != nullptr) {
              double g = static_cast<double>(up[o.reduction == Reduction::none ? first + i : 0]);
              if (o.reduction == Reduction::mean) g /= total;
              for (int64_t k = 0; k < classes; ++k) {
                row[k] -= static_cast<T>(g * share * static_cast<double>(ws[k]));
              }
            }
          }
        }
      });
    });
    result.finish();
  }

  static Grads backward(const Ctx& ctx, const Tensor& v, const Tensor& grad, const Tensor& input,
                        const Tensor& target, const OptTensor& weight, const Tensor& kept,
                        Options o) {
    Grads grads(5);
    const Tensor q =
        class_distribution(target, weight, input.sizes(), compute_type(input.dtype()), o);
    const Tensor rows = ops::sum(q, Dims{1}, true), p = ops::softmax(input, 1);
    const Tensor total = alias(kept, Dims{}, Dims{}, kept.storage_offset() + kept.numel() - 1);
    if (ctx.needs(0)) {
      const Tensor each = ops::mul(v, ops::sub(ops::mul(p, rows), q));
      if (o.reduction == Reduction::none) grads[0] = ops::sum(each, Dims{1});
      if (o.reduction == Reduction::sum) grads[0] = ops::sum(each);
      if (o.reduction == Reduction::mean) grads[0] = ops::div(ops::sum(each), total);
    }
    if (ctx.needs(1)) {
      Tensor g = grad;
      if (o.reduction == Reduction::none) g = ops::unsqueeze(grad, 1);
      if (o.reduction == Reduction::mean) g = ops::div(grad, total);
      const Tensor dp = ops::mul(v, ops::mul(g, rows));
      const Tensor s = ops::sum(ops::mul(dp, p), Dims{1}, true);
      grads[1] = ops::mul(p, ops::sub(dp, s));
    }
    return grads;
  }
};

Grads CrossEntropy::backward(const Ctx& ctx, const Grads& grads, const Tensor& input,
                             const Tensor& target, const OptTensor& weight, Options o) {
  return {run<CrossEntropyGrad>(grads[0], input, target, weight, ctx.output(1), o), Tensor(),
          Tensor()};
}

// dx_rt = -dy w_t (/ total), 0 elsewhere: the adjoint of Nll, which is linear
struct NllGrad {
  static constexpr Saves saves = Saves::args(1, 2);
  static Meta meta(const Tensor& grad, const Tensor&, const OptTensor&, IntSpan sizes, double,
                   int64_t, Reduction) {
    return {Dims(sizes), grad.dtype()};
  }
  static void compute(Tensor& out, const Tensor& grad, const Tensor& target,
                      const OptTensor& weight, IntSpan, double total, int64_t ignore_index,
                      Reduction reduction) {
    const DType type = compute_type(grad.dtype());
    const Tensor dy = dense(grad, type), w = dense_weight(weight, type);
    Target result(out, type);
    const AxisView v = around(out.sizes(), 1);
    const int64_t* t = target.data<int64_t>();
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      T* dx = result.block().data<T>();
      std::fill_n(dx, result.block().numel(), T(0));
      const T* up = dy.data<T>();
      for (int64_t i = 0; i < v.outer * v.inner; ++i) {
        if (t[i] == ignore_index) continue;
        T g = -up[reduction == Reduction::none ? i : 0];
        if (w.defined()) g *= w.data<T>()[t[i]];
        if (reduction == Reduction::mean) g /= static_cast<T>(total);
        dx[(i / v.inner * v.n + t[i]) * v.inner + i % v.inner] = g;
      }
    });
    result.finish();
  }
  static Grads backward(const Ctx&, const Tensor& v, const Tensor&, const Tensor& target,
                        const OptTensor& weight, IntSpan, double, int64_t ignore_index,
                        Reduction reduction);
};

// loss = -w_t x_t for x [N, C, d1, ...] and t [N, d1, ...]; 'mean' divides by the sum of w_t
struct Nll {
  static constexpr Saves saves = Saves::args(1, 2) | Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;
  static std::array<Meta, 2> meta(const Tensor& input, const Tensor& target, const OptTensor&,
                                  int64_t, Reduction reduction) {
    CHECK_TYPE(input.is_floating(), "\"nll_loss_out_frame\" not implemented for '",
               scalar_type_name(input.dtype()), "'");
    return {Meta{reduction == Reduction::none ? Dims(target.sizes()) : Dims(), input.dtype()},
            Meta{Dims(), DType::float64}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& input, const Tensor& target,
                      const OptTensor& weight, int64_t ignore_index, Reduction reduction) {
    const DType type = compute_type(input.dtype());
    const Tensor x = dense(input, type), w = dense_weight(weight, type);
    const AxisView v = around(x.sizes(), 1);
    const int64_t* t = target.data<int64_t>();
    const int64_t n = v.outer * v.inner;
    check_classes(t, n, v.n, ignore_index);
    Target result(out[0], type);
    Tensor each = reduction == Reduction::none ? result.block() : empty(Dims{n}, type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* xs = x.data<T>();
      T* loss = each.data<T>();
      double total = 0;
      for (int64_t i = 0; i < n; ++i) {
        if (t[i] == ignore_index) {
          loss[i] = 0;
          continue;
        }
        const T wt = w.defined() ? w.data<T>()[t[i]] : T(1);
        loss[i] = -xs[(i / v.inner * v.n + t[i]) * v.inner + i % v.inner] * wt;
        total += static_cast<double>(wt);
      }
      *out[1].data<double>() = total;
      if (reduction == Reduction::none) return;
      T sum = sum_of(loss, n);
      if (reduction == Reduction::mean) sum /= static_cast<T>(total);
      *result.block().data<T>() = sum;
    });
    result.finish();
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& input,
                        const Tensor& target, const OptTensor& weight, int64_t ignore_index,
                        Reduction reduction) {
    const double total = *ctx.output(1).data<double>();
    return {run<NllGrad>(grads[0], target, weight, input.sizes(), total, ignore_index, reduction),
            Tensor(), Tensor()};
  }
};

Grads NllGrad::backward(const Ctx&, const Tensor& v, const Tensor&, const Tensor& target,
                        const OptTensor& weight, IntSpan, double, int64_t ignore_index,
                        Reduction reduction) {
  return {run<Nll>(v, target, weight, ignore_index, reduction)[0], Tensor(), Tensor()};
}

// Shapes of input [C], [N, C] or [N, C, d1, ...] and class targets [], [N] or [N, d1, ...].
void check_class_shapes(const Tensor& input, const Tensor& target) {
  const int64_t n = input.dim(), m = target.dim();
  CHECK_RANGE(n > 0, "Expected 1 or more dimensions (got 0)");
  if (n == 1) {
    CHECK_RANGE(m <= 1, "0D or 1D target tensor expected, multi-target not supported");
    CHECK_RANGE(target.numel() == 1,
                "For 1D input, 1D target must have size 1, but got target size: ", target.numel());
    return;
  }
  const int64_t batch = m == 0 ? 0 : target.sizes()[0];
  CHECK_RANGE(input.sizes()[0] == batch, "Expected input batch_size (", input.sizes()[0],
              ") to match target batch_size (", batch, ").");
  CHECK_RANGE(n > 2 || m == 1, "0D or 1D target tensor expected, multi-target not supported");
  Dims expected(input.sizes());
  expected.erase(1);
  CHECK_RANGE(equal(expected, target.sizes()), "Expected target size ", expected, ", got ",
              Shape{target.sizes()});
}

// Cross entropy with class probabilities: -sum_c w_c q_c log softmax(x)_c, q smoothed.
Tensor with_probabilities(const Tensor& input, const Tensor& target, const OptTensor& weight,
                          Reduction reduction, double smoothing) {
  CHECK_TYPE(target.is_floating(),
             "Expected floating point type for target with class probabilities, got ",
             scalar_type_name(target.dtype()));
  const int64_t dim = input.dim() == 1 ? 0 : 1;
  const int64_t classes = input.dim() == 0 ? 1 : input.sizes()[dim];
  check_class_weight(weight, classes);
  Tensor q = target;
  if (smoothing > 0) {
    q = ops::add(ops::mul(q, 1 - smoothing), smoothing / static_cast<double>(classes));
  }
  Tensor terms = ops::mul(ops::log_softmax(input, dim), q);
  if (given(weight)) {
    Dims shape(static_cast<size_t>(input.dim()), 1);
    shape[static_cast<size_t>(dim)] = classes;
    terms = ops::mul(terms, ops::view(*weight, shape));
  }
  if (reduction == Reduction::none) return ops::neg(ops::sum(terms, Dims{dim}));
  const Tensor total = ops::neg(ops::sum(terms));
  const int64_t samples = classes == 0 ? 0 : input.numel() / classes;
  return reduction == Reduction::sum ? total : ops::div(total, static_cast<double>(samples));
}

}  // namespace

Tensor nll_loss(const Tensor& input, const Tensor& target, const OptTensor& weight,
                int64_t ignore_index, std::string_view reduction) {
  const Reduction how = parse_reduction(reduction);
  check_class_shapes(input, target);
  check_class_weight(weight, input.sizes()[input.dim() == 1 ? 0 : 1]);
  const Tensor classes = class_indices(target);
  if (input.dim() > 1) return run<Nll>(input, classes, weight, ignore_index, how)[0];
  const Tensor one = alias(classes, Dims{1}, Dims{1}, classes.storage_offset());
  const Tensor loss = run<Nll>(ops::unsqueeze(input, 0), one, weight, ignore_index, how)[0];
  return how == Reduction::none ? ops::view(loss, target.sizes()) : loss;
}

Tensor cross_entropy(const Tensor& input, const Tensor& target, const OptTensor& weight,
                     int64_t ignore_index, std::string_view reduction, double label_smoothing) {
  const Options o = {ignore_index, parse_reduction(reduction), label_smoothing};
  CHECK_RANGE(label_smoothing >= 0 && label_smoothing <= 1,
              "label_smoothing must be between 0.0 and 1.0. Got: ", label_smoothing);
  CHECK_TYPE(input.is_floating(), "\"log_softmax_lastdim_kernel_impl\" not implemented for '",
             scalar_type_name(input.dtype()), "'");
  if (equal(input.sizes(), target.sizes())) {
    CHECK(ignore_index < 0, "ignore_index is not supported for floating point target");
    return with_probabilities(input, target, weight, o.reduction, label_smoothing);
  }
  check_class_shapes(input, target);
  check_class_weight(weight, input.sizes()[input.dim() == 1 ? 0 : 1]);
  const Tensor classes = class_indices(target);
  if (input.dim() == 2) return run<CrossEntropy>(input, classes, weight, o)[0];
  // Classes last, samples in one dimension.
  Tensor rows;
  if (input.dim() == 1) {
    rows = ops::unsqueeze(input, 0);
  } else {
    Dims order;
    order.push_back(0);
    for (int64_t d = 2; d < input.dim(); ++d) order.push_back(d);
    order.push_back(1);
    rows = ops::reshape(ops::permute(input, order), Dims{classes.numel(), input.sizes()[1]});
  }
  const Tensor flat = alias(classes, Dims{classes.numel()}, Dims{1}, classes.storage_offset());
  const Tensor loss = run<CrossEntropy>(rows, flat, weight, o)[0];
  return o.reduction == Reduction::none ? ops::view(loss, target.sizes()) : loss;
}

}  // namespace nabla::ops
