// Losses that are made of other ops: divergences, likelihoods and margins. Their gradients are
// those of what they are made of.
#include <cmath>
#include <numbers>

#include "autograd/grad_mode.h"
#include "ops/loss_targets.h"
#include "ops/ops.h"

namespace nabla::ops {

namespace {

Tensor reduced(const Tensor& each, std::string_view reduction) {
  const Reduction how = parse_reduction(reduction);
  if (how == Reduction::none) return each;
  return how == Reduction::mean ? mean(each) : sum(each);
}

Tensor where_else_zero(const Tensor& condition, const Tensor& x) {
  return where(condition, x, zeros_like(x));
}

// x log x, 0 at 0
Tensor x_log_x(const Tensor& x) { return mul(x, log(where(eq(x, 0), ones_like(x), x))); }

// |a - b + eps|_p over the last dimension
Tensor distance(const Tensor& a, const Tensor& b, double p, double eps) {
  return norm(add(sub(a, b), eps), Scalar(p), Dims{-1});
}

void check_floating(const Tensor& input) {
  CHECK_TYPE(input.is_floating(), "not implemented for '", scalar_type_name(input.dtype()), "'");
}

}  // namespace

Tensor kl_div(const Tensor& input, const Tensor& target, std::string_view reduction,
              bool log_target) {
  const bool batch = reduction == "batchmean";
  const Tensor each =
      log_target ? mul(exp(target), sub(target, input)) : sub(x_log_x(target), mul(target, input));
  if (!batch) return reduced(each, reduction);
  CHECK_RANGE(input.dim() > 0, "reduction 'batchmean' needs an input with a batch dimension");
  return div(sum(each), double(input.sizes()[0]));
}

Tensor poisson_nll_loss(const Tensor& input, const Tensor& target, bool log_input, bool full,
                        double eps, std::string_view reduction) {
  Tensor each = log_input ? sub(exp(input), mul(target, input))
                          : sub(input, mul(target, log(add(input, eps))));
  if (full) {
    // Stirling's approximation of log(target!)
    const Tensor size = mul(log(mul(target, 2 * std::numbers::pi)), 0.5);
    const Tensor stirling = add(sub(mul(target, log(target)), target), size);
    each = add(each, masked_fill(stirling, le(target, 1), 0));
  }
  return reduced(each, reduction);
}

Tensor gaussian_nll_loss(const Tensor& input, const Tensor& target, const Operand& var, bool full,
                         double eps, std::string_view reduction) {
  Tensor variance = var.is_wrapped_number() ? full_like(input, var.item()) : Tensor(var);
  if (!equal(variance.sizes(), input.sizes())) {
    const Dims reduced_sizes(input.sizes().first(size_t(std::max<int64_t>(input.dim() - 1, 0))));
    Dims one(reduced_sizes);
    one.push_back(1);
    if (equal(var.sizes(), reduced_sizes)) {
      variance = unsqueeze(var, -1);
    } else {
      CHECK_RANGE(equal(var.sizes(), one), "var is of incorrect size: ", Shape{var.sizes()},
                  " for input ", Shape{input.sizes()});
    }
  }
  {
    GradModeGuard off(false);
    CHECK_RANGE(!any(lt(variance, 0)).item().to_bool(), "var has negative entry/entries");
  }
  // Clamped without a change of its gradient.
  Tensor held = variance;
  {
    GradModeGuard off(false);
    held = sub(clamp_min(variance, eps), variance);
  }
  const Tensor spread = add(variance, held), d = sub(input, target);
  Tensor each = mul(add(log(spread), div(mul(d, d), spread)), 0.5);
  if (full) each = add(each, 0.5 * std::log(2 * std::numbers::pi));
  return reduced(each, reduction);
}

Tensor margin_ranking_loss(const Tensor& input1, const Tensor& input2, const Tensor& target,
                           double margin, std::string_view reduction) {
  CHECK_RANGE(
      input1.dim() == input2.dim() && input1.dim() == target.dim(),
      "All input tensors should have same dimension but got sizes: input1: ", Shape{input1.sizes()},
      ", input2: ", Shape{input2.sizes()}, ", target: ", Shape{target.sizes()});
  const Tensor gap = add(mul(neg(target), sub(input1, input2)), margin);
  return reduced(clamp_min(gap, 0), reduction);
}

Tensor hinge_embedding_loss(const Tensor& input, const Tensor& target, double margin,
                            std::string_view reduction) {
  check_floating(input);
  const Tensor far = where_else_zero(ne(target, 1), clamp_min(rsub(input, margin), 0));
  return reduced(add(far, where_else_zero(ne(target, -1), input)), reduction);
}

Tensor cosine_embedding_loss(const Tensor& input1, const Tensor& input2, const Tensor& target,
                             double margin, std::string_view reduction) {
  CHECK_RANGE(target.dim() <= 1, "0D or 1D target tensor expected, multi-target not supported");
  CHECK_RANGE(input1.dim() == target.dim() + 1 && input2.dim() == target.dim() + 1,
              target.dim() == 1 ? "1D target tensor expects 2D input tensors, but found inputs "
                                  "with sizes "
                                : "0D target tensor expects 1D input tensors, but found inputs "
                                  "with sizes ",
              Shape{input1.sizes()}, " and ", Shape{input2.sizes()}, ".");
  constexpr double kEps = 1e-12;
  const Dims last{-1};
  const Tensor square1 = add(sum(mul(input1, input1), last), kEps);
  const Tensor square2 = add(sum(mul(input2, input2), last), kEps);
  const Tensor cosine = div(sum(mul(input1, input2), last), sqrt(mul(square1, square2)));
  const Tensor alike = where_else_zero(eq(target, 1), rsub(cosine, 1));
  const Tensor apart = where_else_zero(eq(target, -1), clamp_min(sub(cosine, margin), 0));
  return reduced(add(alike, apart), reduction);
}

Tensor soft_margin_loss(const Tensor& input, const Tensor& target, std::string_view reduction) {
  return reduced(log1p(exp(mul(neg(target), input))), reduction);
}

Tensor multilabel_soft_margin_loss(const Tensor& input, const Tensor& target,
                                   const OptTensor& weight, std::string_view reduction) {
  CHECK_RANGE(input.dim() > 0, "expected an input of at least 1 dimension");
  Tensor each =
      neg(add(mul(target, logsigmoid(input)), mul(rsub(target, 1), logsigmoid(neg(input)))));
  if (weight && weight->defined()) each = mul(each, *weight);
  return reduced(mean(each, Dims{-1}), reduction);
}

Tensor triplet_margin_loss(const Tensor& anchor, const Tensor& positive, const Tensor& negative,
                           double margin, double p, double eps, bool swap,
                           std::string_view reduction) {
  CHECK_RANGE(margin > 0, "margin must be greater than 0, got ", margin);
  CHECK_RANGE(anchor.dim() == positive.dim() && anchor.dim() == negative.dim(),
              "The anchor, positive, and negative tensors are expected to have the same number of "
              "dimensions, but got: anchor ",
              anchor.dim(), "D, positive ", positive.dim(), "D, and negative ", negative.dim(),
              "D inputs");
  const Tensor near = distance(anchor, positive, p, eps);
  Tensor far = distance(anchor, negative, p, eps);
  if (swap) far = minimum(far, distance(positive, negative, p, eps));
  return reduced(clamp_min(sub(add(near, margin), far), 0), reduction);
}

// mean over classes i != t of max(0, margin - x_t + x_i)^p, weighed by the class t
Tensor multi_margin_loss(const Tensor& input, const Tensor& target, int64_t p, double margin,
                         const OptTensor& weight, std::string_view reduction) {
  CHECK_RANGE(p == 1 || p == 2, "only p == 1 and p == 2 supported");
  check_floating(input);
  CHECK_RANGE(input.dim() <= 2 && input.numel() > 0 && target.dim() <= 1 &&
                  target.numel() == (input.dim() == 2 ? input.sizes()[0] : 1),
              "inconsistent target size, got: ", Shape{target.sizes()}, " for input ",
              Shape{input.sizes()});
  const int64_t classes = input.dim() == 0 ? 1 : input.size(-1), n = target.numel();
  const Tensor places = reshape(class_indices(target), Dims{n, 1});
  check_classes(places.data<int64_t>(), n, classes, 0);
  check_class_weight(weight, classes);
  const Tensor x = reshape(input, Dims{n, classes});
  Tensor each = clamp_min(rsub(sub(gather(x, 1, places), x), margin), 0);
  if (p == 2) each = mul(each, each);
  if (weight && weight->defined())
    each = mul(each, reshape(index_select(*weight, 0, reshape(places, Dims{n})), Dims{n, 1}));
  const Tensor own = eq(reshape(arange(Scalar(classes)), Dims{1, classes}), places);
  const Tensor loss = mean(masked_fill(each, own, 0), Dims{1});
  return reduced(reshape(loss, target.sizes()), reduction);
}

}  // namespace nabla::ops
