// Losses of pairs of elements: squared, absolute, smooth, binary cross entropy.
#include <algorithm>

#include "kernels/tables.h"
#include "ops/dense.h"
#include "ops/loss_targets.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {

namespace {

using kernels::PairLoss;

constexpr int64_t kChunk = 16384;  // elements per parallel chunk
constexpr int64_t kBuffer = 1024;  // elements that are reduced at once

template <class T>
const kernels::LossFns<T>& functions() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().loss.f32;
  } else {
    return kernels::tables().loss.f64;
  }
}
template <class T>
typename kernels::ReduceFns<T>::Block sum_rows() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().reduce.f32.rows[kernels::kReduceSum];
  } else {
    return kernels::tables().reduce.f64.rows[kernels::kReduceSum];
  }
}

// Sum of the losses of n pairs, folded chunk by chunk.
template <class T>
T sum_of_pairs(PairLoss kind, const T* x, const T* y, int64_t n, T b) {
  const auto loss = functions<T>().pair[kind];
  const auto sum = sum_rows<T>();
  const int64_t chunks = (n - 1) / kChunk + 1;
  Tensor partial = empty(Dims{chunks}, dtype_of<T>);
  T* totals = partial.data<T>();
  parallel_for(n, kChunk, [&](int64_t begin, int64_t end) {
    T buffer[kBuffer], sums[kChunk / kBuffer];
    int64_t used = 0;
    for (int64_t i = begin; i < end; i += kBuffer, ++used) {
      const int64_t count = std::min(kBuffer, end - i);
      loss(buffer, x + i, y + i, count, b);
      sum(sums + used, buffer, nullptr, 1, count, count);
    }
    sum(totals + begin / kChunk, sums, nullptr, 1, used, used);
  });
  T total;
  sum(&total, totals, nullptr, 1, chunks, chunks);
  return total;
}

// loss(x, y) of each pair, or the mean or sum of them; x and y have one shape.
// dx = scale * loss'(x - y), dy = -dx for the losses of a difference, scale = dy_out (/ n)
struct PairOp {
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor& x, const Tensor& y, int64_t, Reduction reduction, double) {
    return {reduction == Reduction::none ? Dims(x.sizes()) : Dims(),
            promote_types(x.dtype(), y.dtype())};
  }
  static void compute(Tensor& out, const Tensor& x, const Tensor& y, int64_t kind,
                      Reduction reduction, double b) {
    const DType type = compute_type(out.dtype());
    const Tensor px = dense(x, type), py = dense(y, type);
    Target target(out, type);
    const int64_t n = px.numel();
    const auto pair = static_cast<PairLoss>(kind);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      T* to = target.block().data<T>();
      const T *xs = px.data<T>(), *ys = py.data<T>();
      if (reduction != Reduction::none) {
        *to = n == 0 ? T(0) : sum_of_pairs<T>(pair, xs, ys, n, static_cast<T>(b));
        if (reduction == Reduction::mean) *to /= static_cast<T>(n);
        return;
      }
      parallel_for(n, kChunk, [&](int64_t begin, int64_t end) {
        functions<T>().pair[kind](to + begin, xs + begin, ys + begin, end - begin,
                                  static_cast<T>(b));
      });
    });
    target.finish();
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& x, const Tensor& y,
                        int64_t kind, Reduction reduction, double b) {
    Grads grads(2);
    const Tensor scale =
        reduction == Reduction::mean ? ops::div(grad, static_cast<double>(x.numel())) : grad;
    switch (static_cast<PairLoss>(kind)) {
      case kernels::kPairBce: {
        if (ctx.needs(0)) {
          const double least = 1e-12f;  // a float in PyTorch too
          const Tensor spread = ops::clamp(ops::mul(ops::rsub(x, 1.0), x), Scalar(least));
          grads[0] = ops::div(ops::mul(scale, ops::sub(x, y)), spread);
        }
        if (ctx.needs(1)) {
          const Tensor a = ops::clamp(ops::log(ops::rsub(x, 1.0)), Scalar(-100.0));
          const Tensor c = ops::clamp(ops::log(x), Scalar(-100.0));
          grads[1] = ops::mul(scale, ops::sub(a, c));
        }
        return grads;
      }
      case kernels::kPairBceLogits:
        if (ctx.needs(0)) grads[0] = ops::mul(scale, ops::sub(ops::sigmoid(x), y));
        if (ctx.needs(1)) grads[1] = ops::neg(ops::mul(scale, x));
        return grads;
      default:
        break;
    }
    const Tensor d = ops::sub(x, y);
    Tensor dx;
    switch (static_cast<PairLoss>(kind)) {
      case kernels::kPairSquare:
        dx = ops::mul(d, ops::mul(scale, 2.0));
        break;
      case kernels::kPairAbs:
        dx = ops::mul(ops::sign(d), scale);
        break;
      case kernels::kPairSmoothL1:
        dx = ops::mul(ops::clamp(ops::div(d, b), Scalar(-1.0), Scalar(1.0)), scale);
        break;
      default:
        dx = ops::mul(ops::clamp(d, Scalar(-b), Scalar(b)), scale);
    }
    if (ctx.needs(0)) grads[0] = dx;
    if (ctx.needs(1)) grads[1] = ops::neg(dx);
    return grads;
  }
};

Tensor reduced(const Tensor& each, Reduction reduction) {
  if (reduction == Reduction::none) return each;
  return reduction == Reduction::mean ? ops::mean(each) : ops::sum(each);
}

// The loss of broadcast operands; weight multiplies it elementwise before the reduction.
Tensor pair_loss(PairLoss kind, const Tensor& x, const Tensor& y, const OptTensor& weight,
                 Reduction reduction, double b, std::string_view kernel) {
  const DType type = promote_types(x.dtype(), y.dtype());
  CHECK_TYPE(is_floating(type), '"', kernel, "\" not implemented for '", scalar_type_name(type),
             "'");
  const Dims sizes = broadcast_shapes(x.sizes(), y.sizes());
  const Tensor px = equal(x.sizes(), sizes) ? x : ops::expand(x, sizes);
  const Tensor py = equal(y.sizes(), sizes) ? y : ops::expand(y, sizes);
  const auto number = static_cast<int64_t>(kind);
  if (!weight || !weight->defined()) return run<PairOp>(px, py, number, reduction, b);
  return reduced(ops::mul(run<PairOp>(px, py, number, Reduction::none, b), *weight), reduction);
}

// PyTorch's weighted mse and l1 ask for a weight of the input's shape.
void check_weight_shape(const Tensor& input, const OptTensor& weight) {
  CHECK_RANGE(!weight || !weight->defined() || equal(weight->sizes(), input.sizes()),
              "Weights and input must have the same size.");
}

// A mean of weighted squares or distances is divided by the sum of the weights.
Tensor weighted(PairLoss kind, const Tensor& input, const Tensor& target, const OptTensor& weight,
                std::string_view reduction, double b, std::string_view kernel) {
  const Reduction how = parse_reduction(reduction);
  check_weight_shape(input, weight);
  if (!weight || !weight->defined() || how != Reduction::mean) {
    return pair_loss(kind, input, target, weight, how, b, kernel);
  }
  const Tensor total = pair_loss(kind, input, target, weight, Reduction::sum, b, kernel);
  return ops::div(total, ops::sum(*weight));
}

}  // namespace

Tensor mse_loss(const Tensor& input, const Tensor& target, std::string_view reduction,
                const OptTensor& weight) {
  return weighted(kernels::kPairSquare, input, target, weight, reduction, 1, "mse_cpu");
}

Tensor l1_loss(const Tensor& input, const Tensor& target, std::string_view reduction,
               const OptTensor& weight) {
  return weighted(kernels::kPairAbs, input, target, weight, reduction, 1, "l1_cpu");
}

Tensor smooth_l1_loss(const Tensor& input, const Tensor& target, std::string_view reduction,
                      double beta) {
  CHECK_RANGE(beta >= 0, "smooth_l1_loss does not support negative values for beta.");
  if (beta == 0) return l1_loss(input, target, reduction, std::nullopt);
  return pair_loss(kernels::kPairSmoothL1, input, target, std::nullopt, parse_reduction(reduction),
                   beta, "smooth_l1_cpu");
}

Tensor huber_loss(const Tensor& input, const Tensor& target, std::string_view reduction,
                  double delta, const OptTensor& weight) {
  CHECK_RANGE(delta > 0, "huber_loss does not support non-positive values for delta.");
  check_weight_shape(input, weight);
  return pair_loss(kernels::kPairHuber, input, target, weight, parse_reduction(reduction), delta,
                   "huber_cpu");
}

Tensor binary_cross_entropy(const Tensor& input, const Tensor& target, const OptTensor& weight,
                            std::string_view reduction) {
  CHECK_RANGE(equal(input.sizes(), target.sizes()), "Using a target size (", Shape{target.sizes()},
              ") that is different to the input size (", Shape{input.sizes()},
              ") is deprecated. Please ensure they have the same size.");
  const Tensor probabilities = dense(input, DType::float64);
  const double* p = probabilities.data<double>();
  CHECK_RANGE(std::all_of(p, p + probabilities.numel(), [](double v) { return !(v < 0 || v > 1); }),
              "all elements of input should be between 0 and 1");
  return pair_loss(kernels::kPairBce, input, target, weight, parse_reduction(reduction), 1,
                   "binary_cross_entropy");
}

// With posWeight w: (1 - y) x + (1 + (w - 1) y) softplus(-x), and softplus(-x) is the loss at y
// = 1.
Tensor binary_cross_entropy_with_logits(const Tensor& input, const Tensor& target,
                                        const OptTensor& weight, std::string_view reduction,
                                        const OptTensor& pos_weight) {
  CHECK_RANGE(equal(input.sizes(), target.sizes()), "Target size (", Shape{target.sizes()},
              ") must be the same as input size (", Shape{input.sizes()}, ")");
  const Reduction how = parse_reduction(reduction);
  constexpr std::string_view kKernel = "binary_cross_entropy_with_logits";
  if (!pos_weight || !pos_weight->defined()) {
    return pair_loss(kernels::kPairBceLogits, input, target, weight, how, 1, kKernel);
  }
  const Tensor one = ops::expand(scalar_tensor(1.0, input.dtype()), input.sizes());
  const Tensor softplus =
      pair_loss(kernels::kPairBceLogits, input, one, std::nullopt, Reduction::none, 1, kKernel);
  const Tensor factor = ops::add(ops::mul(ops::sub(*pos_weight, 1.0), target), 1.0);
  Tensor each = ops::add(ops::mul(ops::rsub(target, 1.0), input), ops::mul(factor, softplus));
  if (weight && weight->defined()) each = ops::mul(each, *weight);
  return reduced(each, how);
}

}  // namespace nabla::ops
