// Fused optimizer steps over lists of tensors of any floating dtype and any strides.
#include <algorithm>
#include <array>
#include <cmath>

#include "autograd/variable.h"
#include "kernels/tables.h"
#include "ops/dense.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {

namespace {

constexpr int64_t kChunk = 16384;  // elements per parallel chunk

template <class T>
const kernels::OptimFns<T>& functions() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().optim.f32;
  } else {
    return kernels::tables().optim.f64;
  }
}

// The tensors of one parameter: itself, its gradient, its state. Absent state is undefined.
constexpr size_t kRoles = 5;
using Role = std::array<const Tensor*, kRoles>;

void check_lists(const TensorList& params, std::initializer_list<const TensorList*> lists) {
  for (const TensorList* list : lists) {
    CHECK_RANGE(list->empty() || list->size() == params.size(),
                "expected lists of equal length, got ", params.size(), " and ", list->size());
  }
}

Role roles(const TensorList& params, size_t i, std::initializer_list<const TensorList*> lists) {
  Role role = {&params[i]};
  size_t k = 1;
  for (const TensorList* list : lists) role[k++] = list->empty() ? nullptr : &(*list)[i];
  const Tensor& p = params[i];
  CHECK_TYPE(p.is_floating(), "a parameter must be floating, got ", p.dtype());
  for (const Tensor* t : role) {
    if (t == nullptr) continue;
    CHECK_RANGE(equal(t->sizes(), p.sizes()), "expected shape ", Shape{p.sizes()},
                " as the parameter has, got ", Shape{t->sizes()});
  }
  return role;
}

// Calls step(pointers, n) on runs of parameter i. Dense tensors of one compute dtype are stepped in
// place; others go through dense copies, which are written back.
template <class Step>
void run_step(const Role& role, bool grad_is_written, Step&& step) {
  const DType type = compute_type(role[0]->dtype());
  std::array<Tensor, kRoles> block;
  bool same_layout = true;
  for (const Tensor* t : role) {
    if (t == nullptr) continue;
    same_layout = same_layout && t->dtype() == type && equal(t->strides(), role[0]->strides()) &&
                  is_non_overlapping(t->sizes(), t->strides()) &&
                  reach(t->sizes(), t->strides()) == t->numel();
  }
  for (size_t k = 0; k < kRoles; ++k) {
    if (role[k] != nullptr) block[k] = same_layout ? *role[k] : dense(*role[k], type);
  }
  const int64_t n = role[0]->numel();
  dispatch_float(type, [&](auto zero) {
    using T = decltype(zero);
    std::array<T*, kRoles> base = {};
    for (size_t k = 0; k < kRoles; ++k)
      base[k] = role[k] != nullptr ? block[k].template data<T>() : nullptr;
    parallel_for(n, kChunk, [&](int64_t b, int64_t e) {
      std::array<T*, kRoles> at = {};
      for (size_t k = 0; k < kRoles; ++k) at[k] = base[k] != nullptr ? base[k] + b : nullptr;
      step(at, e - b);
    });
  });
  for (size_t k = 0; k < kRoles; ++k) {
    if (role[k] == nullptr || (k == 1 && !grad_is_written)) continue;
    if (!block[k].is_same(*role[k])) {
      GradModeGuard off(false);
      grad_ops().copy_(*role[k], block[k]);
    } else {
      role[k]->bump_version();
    }
  }
}

// The gradients of the parameters, read here: in JavaScript they would become objects that hold
// the memory of a whole step until the next collection.
TensorList gradients(const TensorList& params) {
  TensorList grads;
  for (const Tensor& p : params) {
    grads.push_back(grad(p));
    CHECK(grads.back().defined(), "a parameter of shape ", Shape{p.sizes()}, " has no gradient");
  }
  return grads;
}

}  // namespace

bool has_grad(const Tensor& self) { return grad(self).defined(); }

void sgd_step_(const TensorList& params, const TensorList& momentums, IntSpan first, double lr,
               double momentum, double dampening, double weight_decay, bool nesterov,
               bool maximize) {
  const TensorList grads = gradients(params);
  check_lists(params, {&grads, &momentums});
  CHECK_RANGE(momentums.empty() || first.size() == params.size(), "expected ", params.size(),
              " flags, got ", first.size());
  for (size_t i = 0; i < params.size(); ++i) {
    const bool is_first = !momentums.empty() && first[i] != 0;
    run_step(roles(params, i, {&grads, &momentums}), false, [&](auto at, int64_t n) {
      using T = std::remove_pointer_t<typename decltype(at)::value_type>;
      const kernels::SgdArgs<T> a = {static_cast<T>(lr),
                                     static_cast<T>(momentum),
                                     static_cast<T>(1 - dampening),
                                     static_cast<T>(weight_decay),
                                     nesterov,
                                     maximize,
                                     is_first};
      functions<T>().sgd(at[0], at[1], at[2], n, a);
    });
  }
}

void adam_step_(const TensorList& params, const TensorList& exp_avgs, const TensorList& exp_avg_sqs,
                const TensorList& max_exp_avg_sqs, IntSpan steps, double lr, double beta1,
                double beta2, double eps, double weight_decay, bool decoupled, bool maximize) {
  const TensorList grads = gradients(params);
  check_lists(params, {&grads, &exp_avgs, &exp_avg_sqs, &max_exp_avg_sqs});
  CHECK_RANGE(steps.size() == params.size(), "expected ", params.size(), " steps, got ",
              steps.size());
  for (size_t i = 0; i < params.size(); ++i) {
    const double t = static_cast<double>(steps[i]);
    const double correction1 = 1 - std::pow(beta1, t), correction2 = 1 - std::pow(beta2, t);
    run_step(roles(params, i, {&grads, &exp_avgs, &exp_avg_sqs, &max_exp_avg_sqs}), false,
             [&](auto at, int64_t n) {
               using T = std::remove_pointer_t<typename decltype(at)::value_type>;
               const kernels::AdamArgs<T> a = {static_cast<T>(1 - beta1),
                                               static_cast<T>(beta2),
                                               static_cast<T>(1 - beta2),
                                               static_cast<T>(eps),
                                               static_cast<T>(weight_decay),
                                               static_cast<T>(lr / correction1),
                                               static_cast<T>(std::sqrt(correction2)),
                                               static_cast<T>(1 - lr * weight_decay),
                                               decoupled,
                                               maximize};
               functions<T>().adam(at[0], at[1], at[2], at[3], at[4], n, a);
             });
  }
}

void rmsprop_step_(const TensorList& params, const TensorList& square_avgs,
                   const TensorList& grad_avgs, const TensorList& momentums, double lr,
                   double alpha, double eps, double weight_decay, double momentum, bool maximize) {
  const TensorList grads = gradients(params);
  check_lists(params, {&grads, &square_avgs, &grad_avgs, &momentums});
  for (size_t i = 0; i < params.size(); ++i) {
    run_step(roles(params, i, {&grads, &square_avgs, &grad_avgs, &momentums}), false,
             [&](auto at, int64_t n) {
               using T = std::remove_pointer_t<typename decltype(at)::value_type>;
               const kernels::RmspropArgs<T> a = {static_cast<T>(lr),
                                                  static_cast<T>(alpha),
                                                  static_cast<T>(1 - alpha),
                                                  static_cast<T>(eps),
                                                  static_cast<T>(weight_decay),
                                                  static_cast<T>(momentum),
                                                  maximize};
               functions<T>().rmsprop(at[0], at[1], at[2], at[3], at[4], n, a);
             });
  }
}

void foreach_zero_(const TensorList& tensors) {
  for (const Tensor& t : tensors) {
    check_inplace(t, false);
    if (t.is_contiguous()) {
      std::memset(t.raw_data(), 0, static_cast<size_t>(t.numel()) * t.itemsize());
      t.bump_version();
    } else {
      GradModeGuard off(false);
      grad_ops().copy_(t, scalar_tensor(0.0, t.dtype()));
    }
  }
}

void foreach_mul_(const TensorList& tensors, double factor) {
  GradModeGuard off(false);
  for (const Tensor& t : tensors) ops::mul_(t, factor);
}

Tensor total_norm(const TensorList& tensors, double norm_type) {
  GradModeGuard off(false);
  if (tensors.empty()) return scalar_tensor(0.0, DType::float32);
  DType type = tensors[0].dtype();
  for (const Tensor& t : tensors) type = promote_types(type, t.dtype());
  Tensor norms = empty(Dims{static_cast<int64_t>(tensors.size())}, type);
  for (size_t i = 0; i < tensors.size(); ++i) {
    const Tensor one = alias(norms, Dims{}, Dims{}, static_cast<int64_t>(i));
    grad_ops().copy_(one, ops::norm(tensors[i], Scalar(norm_type)));
  }
  return ops::norm(norms, Scalar(norm_type));
}

// The factor is max_norm / (norm + 1e-6), at most 1.
Tensor clip_grad_norm_(const TensorList& tensors, double max_norm, double norm_type) {
  GradModeGuard off(false);
  const Tensor total = total_norm(tensors, norm_type);
  const Tensor factor =
      ops::clamp(ops::div(scalar_tensor(max_norm, total.dtype()), ops::add(total, 1e-6)),
                 std::nullopt, Scalar(1.0));
  for (const Tensor& t : tensors) ops::mul_(t, factor);
  return total;
}

}  // namespace nabla::ops
