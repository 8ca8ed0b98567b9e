// Batch, instance, group, layer and RMS normalisation: what they check, and their running
// statistics.
#include "ops/norm_layers.h"

#include <algorithm>
#include <limits>

#include "ops/dense.h"
#include "ops/ops.h"

namespace nabla::ops {

namespace {

bool given(const OptTensor& t) { return t && t->defined(); }

void check_input(const Tensor& input, std::string_view name) {
  CHECK_TYPE(input.is_floating(), '"', name, "\" not implemented for '",
             scalar_type_name(input.dtype()), "': expected a floating point tensor");
}

// Parameters have the input's dtype, or all of them are float32 beside float16 and bfloat16.
void check_dtypes(const Tensor& input, std::initializer_list<const OptTensor*> params) {
  OptDType first;
  for (const OptTensor* t : params) {
    if (!given(*t)) continue;
    if (!first) first = (*t)->dtype();
    CHECK_TYPE(*first == (*t)->dtype() &&
                   (*first == input.dtype() || *first == compute_type(input.dtype())),
               "mixed dtypes: expected parameters of dtype ", input.dtype(),
               is_reduced_float(input.dtype()) ? " or all of float32" : "", ", but got ",
               (*t)->dtype());
  }
}

void check_elements(const OptTensor& t, std::string_view name, int64_t channels) {
  CHECK_RANGE(!given(t) || t->numel() == channels, name, " should contain ", channels,
              " elements not ", t->numel());
}

// A parameter with one dimension.
OptTensor flat(const OptTensor& t) {
  if (!given(t)) return std::nullopt;
  return t->dim() == 1 ? *t : ops::reshape(*t, Dims{t->numel()});
}

int64_t product_from(IntSpan sizes, size_t first) {
  int64_t n = 1;
  for (size_t i = first; i < sizes.size(); ++i) n *= sizes[i];
  return n;
}

void check_running(const OptTensor& mean, const OptTensor& var, int64_t channels) {
  check_elements(mean, "running_mean", channels);
  check_elements(var, "running_var", channels);
  for (const OptTensor* t : {&mean, &var}) {
    CHECK(!given(*t) || !(*t)->requires_grad(),
          "not differentiable with respect to running statistics: they cannot have requiresGrad");
  }
}

// running = (1 - momentum) running + momentum value(c), in place.
template <class F>
void mix_into(const Tensor& running, DType type, double momentum, F&& value) {
  const Tensor block = dense(running, type);
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    T* r = block.data<T>();
    for (int64_t c = 0; c < block.numel(); ++c) {
      r[c] = static_cast<T>((1 - momentum) * static_cast<double>(r[c]) + momentum * value(c));
    }
  });
  if (block.is_same(running)) {
    running.bump_version();
  } else {
    Tensor out = running;
    assign(out, block);
  }
}

// Running statistics take the mean and the unbiased variance, averaged over the samples where each
// has its own.
void update_running(const Tensor& mean, const Tensor& var, const Tensor& stats, const NormPlan& p,
                    double momentum) {
  if (p.s == 0 || (p.batch && p.n == 0)) return;
  const double size = static_cast<double>(p.group_size()), unbias = size / (size - 1);
  const int64_t groups = p.groups();
  const auto average = [&](int64_t from, int64_t c) {
    return dispatch_float(stats.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T* s = stats.data<T>() + from;
      double sum = 0;
      for (int64_t k = c; k < groups; k += p.g) sum += static_cast<double>(s[k]);
      return sum * static_cast<double>(p.g) / static_cast<double>(groups);
    });
  };
  const DType type = stats.dtype();
  mix_into(mean, type, momentum, [&](int64_t c) { return average(0, c); });
  mix_into(var, type, momentum, [&](int64_t c) { return unbias * average(groups, c); });
}

// Running statistics as the fixed ones of a plan: a copy [2, channels].
Tensor fixed_stats(const Tensor& mean, const Tensor& var, DType type) {
  const int64_t channels = mean.numel();
  const Tensor stats = empty(Dims{2, channels}, type);
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    std::copy_n(dense(mean, type).data<T>(), channels, stats.data<T>());
    std::copy_n(dense(var, type).data<T>(), channels, stats.data<T>() + channels);
  });
  return stats;
}

void check_normalized_shape(const Tensor& input, IntSpan shape, const OptTensor& weight,
                            const OptTensor& bias) {
  CHECK_RANGE(!shape.empty(),
              "Expected normalizedShape to be at least 1-dimensional, i.e., containing at least "
              "one element, but got normalizedShape = []");
  bool fits = input.dim() >= static_cast<int64_t>(shape.size());
  for (size_t i = 0; fits && i < shape.size(); ++i) {
    fits = input.sizes()[input.sizes().size() - shape.size() + i] == shape[i];
  }
  std::string expected;
  if (!fits) {
    for (const int64_t size : shape) expected += ", " + std::to_string(size);
  }
  CHECK_RANGE(fits, "Given normalizedShape=", Shape{shape}, ", expected input with shape [*",
              expected, "], but got input of size ", Shape{input.sizes()});
  const auto check = [&](const OptTensor& t, std::string_view name) {
    CHECK_RANGE(!given(t) || equal(t->sizes(), shape), "Expected ", name,
                " to be of same shape as normalizedShape, but got ", name, " of shape ",
                Shape{t->sizes()}, " and normalizedShape = ", Shape{shape});
  };
  check(weight, "weight");
  check(bias, "bias");
}

// [rows, 1, n, 1]
NormPlan row_plan(const Tensor& input, IntSpan shape, double eps, bool center) {
  NormPlan p;
  const size_t outer = input.sizes().size() - shape.size();
  p.n = product(input.sizes().first(outer));
  p.g = p.s = 1;
  p.d = product(shape);
  p.center = center;
  p.eps = eps;
  return p;
}

}  // namespace

Tensor batch_norm(const Tensor& input, const OptTensor& running_mean, const OptTensor& running_var,
                  const OptTensor& weight, const OptTensor& bias, bool training, double momentum,
                  double eps) {
  check_input(input, "batch_norm");
  CHECK_RANGE(input.dim() >= 2, "expected an input of at least 2 dimensions (N, C, ...), but got ",
              Shape{input.sizes()});
  NormPlan p;
  p.n = input.size(0);
  p.g = input.size(1);
  p.d = 1;
  p.s = product_from(input.sizes(), 2);
  p.batch = true;
  p.eps = eps;
  const bool mean = given(running_mean), var = given(running_var);
  if (training) {
    CHECK_RANGE(p.n * p.s != 1,
                "Expected more than 1 value per channel when training, got input size ",
                Shape{input.sizes()});
    CHECK_TYPE(mean == var,
               "running_mean and running_var must either both be None or neither be None");
    CHECK_RANGE(eps > 0, "eps must be positive during training, but got ", eps);
  } else {
    CHECK_TYPE(mean, "running_mean must be defined in evaluation mode");
    CHECK_TYPE(var, "running_var must be defined in evaluation mode");
  }
  CHECK_RANGE(eps >= 0, "eps must be non-negative, but got ", eps);
  check_running(running_mean, running_var, p.g);
  check_elements(weight, "weight", p.g);
  check_elements(bias, "bias", p.g);
  check_dtypes(input, {&weight, &bias, &running_mean, &running_var});
  if (training) {
    auto out = normalize_by(p, input, flat(weight), flat(bias), std::nullopt);
    if (mean) update_running(*running_mean, *running_var, out[1], p, momentum);
    return out[0];
  }
  p.fixed = true;
  const Tensor stats = fixed_stats(*running_mean, *running_var, compute_type(input.dtype()));
  return normalize_by(p, input, flat(weight), flat(bias), stats)[0];
}

Tensor instance_norm(const Tensor& input, const OptTensor& running_mean,
                     const OptTensor& running_var, const OptTensor& weight, const OptTensor& bias,
                     bool use_input_stats, double momentum, double eps) {
  if (!use_input_stats) {
    CHECK_TYPE(given(running_mean) && given(running_var),
               "Expected running_mean and running_var to be defined when useInputStats is false");
    return batch_norm(input, running_mean, running_var, weight, bias, false, momentum, eps);
  }
  check_input(input, "batch_norm");
  NormPlan p;
  p.s = product_from(input.sizes(), 2);
  CHECK_RANGE(input.dim() >= 2 && p.s != 1,
              "Expected more than 1 spatial element when training, got input size ",
              Shape{input.sizes()});
  p.n = input.size(0);
  p.g = input.size(1);
  p.d = 1;
  p.eps = eps;
  for (const auto& [t, name] : {std::pair(&weight, "weight"), std::pair(&bias, "bias")})
    CHECK_RANGE(!given(*t) || (*t)->dim() == 1, "Expected a ", name, " of one dimension, but got ",
                Shape{(*t)->sizes()});
  CHECK_TYPE(given(running_mean) == given(running_var),
             "running_mean and running_var must either both be None or neither be None");
  CHECK_RANGE(eps >= 0, "eps must be non-negative, but got ", eps);
  check_running(running_mean, running_var, p.g);
  check_elements(weight, "weight", p.g);
  check_elements(bias, "bias", p.g);
  check_dtypes(input, {&weight, &bias, &running_mean, &running_var});
  auto out = normalize_by(p, input, flat(weight), flat(bias), std::nullopt);
  if (given(running_mean)) update_running(*running_mean, *running_var, out[1], p, momentum);
  return out[0];
}

Tensor group_norm(const Tensor& input, int64_t num_groups, const OptTensor& weight,
                  const OptTensor& bias, double eps) {
  check_input(input, "GroupNormKernelImpl");
  CHECK_RANGE(input.dim() >= 2, "Expected at least 2 dimensions for input tensor but received ",
              input.dim());
  CHECK_RANGE(num_groups > 0, "Expected num groups to be greater than 0, got ", num_groups);
  const int64_t channels = input.size(1);
  CHECK_RANGE(channels % num_groups == 0,
              "Expected number of channels in input to be divisible by numGroups, but got input "
              "of shape ",
              Shape{input.sizes()}, " and numGroups=", num_groups);
  NormPlan p;
  p.n = input.size(0);
  p.g = num_groups;
  p.d = channels / num_groups;
  p.s = product_from(input.sizes(), 2);
  p.eps = eps;
  CHECK_RANGE(p.n * p.d * p.s != 1,
              "Expected more than 1 value per channel when training, got input size ",
              Shape{input.sizes()});
  const auto check = [&](const OptTensor& t, std::string_view name) {
    CHECK_RANGE(!given(t) || (t->dim() == 1 && t->numel() == channels), "Expected ", name,
                " to be a vector of size equal to the number of channels in input, but got ", name,
                " of shape ", Shape{t->sizes()}, " and input of shape ", Shape{input.sizes()});
  };
  check(weight, "weight");
  check(bias, "bias");
  check_dtypes(input, {&weight, &bias});
  return normalize_by(p, input, weight, bias, std::nullopt)[0];
}

Tensor layer_norm(const Tensor& input, IntSpan normalized_shape, const OptTensor& weight,
                  const OptTensor& bias, double eps) {
  check_normalized_shape(input, normalized_shape, weight, bias);
  check_input(input, "LayerNormKernelImpl");
  check_dtypes(input, {&weight, &bias});
  const NormPlan p = row_plan(input, normalized_shape, eps, true);
  return normalize_by(p, input, flat(weight), flat(bias), std::nullopt)[0];
}

Tensor rms_norm(const Tensor& input, IntSpan normalized_shape, const OptTensor& weight,
                OptDouble eps) {
  check_normalized_shape(input, normalized_shape, weight, std::nullopt);
  check_input(input, "rms_norm");
  const double least = input.dtype() == DType::float64
                           ? std::numeric_limits<double>::epsilon()
                           : static_cast<double>(std::numeric_limits<float>::epsilon());
  const NormPlan p = row_plan(input, normalized_shape, eps.value_or(least), false);
  return normalize_by(p, input, flat(weight), std::nullopt, std::nullopt)[0];
}

}  // namespace nabla::ops
