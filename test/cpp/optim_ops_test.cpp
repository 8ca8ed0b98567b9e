// Optimizer ops: any strides and dtypes step as dense float32 does, versions are bumped, gradients
// are clipped by their common norm.
#include <cmath>

#include "autograd/variable.h"
#include "check.h"
#include "kernel_data.h"
#include "ops/ops.h"

using namespace nabla;
using nabla_test::Numbers;

namespace {

Tensor floats(const Dims& sizes, uint64_t seed) {
  const auto values = Numbers(seed).vector<float>(product(sizes));
  Tensor t = empty(sizes, DType::float32);
  std::copy(values.begin(), values.end(), t.data<float>());
  return t;
}

void check_equal(const Tensor& a, const Tensor& b, double tolerance) {
  const Tensor x = ops::contiguous(ops::to_double(a)), y = ops::contiguous(ops::to_double(b));
  CHECK_EQ(x.numel(), y.numel());
  for (int64_t i = 0; i < x.numel(); ++i) {
    CHECK_NEAR(x.data<double>()[i], y.data<double>()[i], tolerance);
  }
}

// The state of one parameter after three Adam steps, made by `prepare` from dense float32 tensors.
template <class Prepare>
TensorList after_adam(Prepare&& prepare) {
  TensorList p = {prepare(floats({5, 7}, 1))}, m = {prepare(ops::zeros(Dims{5, 7}))};
  TensorList v = {prepare(ops::zeros(Dims{5, 7}))}, top = {prepare(ops::zeros(Dims{5, 7}))};
  for (int64_t step = 1; step <= 3; ++step) {
    set_grad(p[0], prepare(floats({5, 7}, static_cast<uint64_t>(step) + 10)));
    const auto version = p[0].version();
    ops::adam_step_(p, m, v, top, Dims{step}, 0.1, 0.9, 0.999, 1e-8, 0.01, false, false);
    CHECK_TRUE(p[0].version() > version);
  }
  return {p[0], m[0], v[0], top[0]};
}

}  // namespace

TEST(any_layout_and_dtype_steps_alike) {
  const TensorList dense = after_adam([](const Tensor& t) { return t; });
  // Dense in another order: stepped in place.
  const TensorList turned =
      after_adam([](const Tensor& t) { return ops::t(ops::contiguous(ops::t(t))); });
  // Every second column of a wider tensor: through dense copies.
  const TensorList gaps = after_adam([](const Tensor& t) {
    Tensor wide = ops::zeros(Dims{5, 14});
    const Tensor view = ops::slice(wide, 1, 0, 14, 2);
    ops::copy_(view, t);
    return view;
  });
  const TensorList half = after_adam([](const Tensor& t) { return ops::to_bfloat16(t); });
  const TensorList twice = after_adam([](const Tensor& t) { return ops::to_double(t); });
  for (size_t i = 0; i < dense.size(); ++i) {
    check_equal(turned[i], dense[i], 0);
    check_equal(gaps[i], dense[i], 0);
    check_equal(twice[i], dense[i], 1e-5);
    check_equal(half[i], dense[i], 0.05);
  }
}

TEST(the_first_momentum_is_the_gradient) {
  const TensorList p = {floats({9}, 1)}, g = {floats({9}, 2)}, b = {ops::zeros(Dims{9})};
  set_grad(p[0], g[0]);
  ops::sgd_step_(p, b, Dims{1}, 0.1, 0.9, 0.5, 0, false, false);
  check_equal(b[0], g[0], 0);
  ops::sgd_step_(p, b, Dims{0}, 0.1, 0.9, 0.5, 0, false, false);
  check_equal(b[0], ops::mul(g[0], 1.4), 1e-6);
  check_equal(p[0], ops::sub(floats({9}, 1), ops::mul(g[0], 0.24)), 1e-6);
}

TEST(wrong_lists) {
  const TensorList p = {floats({9}, 1)}, b = {floats({8}, 2)};
  CHECK_THROWS(ops::sgd_step_(p, {}, Dims{}, 0.1, 0, 0, 0, false, false), "has no gradient");
  set_grad(p[0], floats({9}, 3));
  CHECK_THROWS(ops::sgd_step_(p, b, Dims{0}, 0.1, 0.9, 0, 0, false, false), "[9]");
  CHECK_THROWS(ops::sgd_step_(p, {b[0], b[0]}, Dims{0}, 0.1, 0.9, 0, 0, false, false),
               "equal length");
}

TEST(gradients_are_clipped_by_their_common_norm) {
  const TensorList g = {floats({40}, 3), ops::t(floats({5, 6}, 4))};
  double square = 0;
  for (const Tensor& t : g) square += ops::sum(ops::mul(t, t)).item().to_double();
  const Tensor before = ops::clone(g[1]);
  CHECK_NEAR(ops::clip_grad_norm_(g, 1.0, 2.0).item().to_double(), std::sqrt(square), 1e-5);
  check_equal(g[1], ops::div(before, std::sqrt(square) + 1e-6), 1e-6);
  CHECK_NEAR(ops::total_norm(g, 2.0).item().to_double(), 1.0, 1e-5);
  ops::clip_grad_norm_(g, 100.0, 2.0);
  CHECK_NEAR(ops::total_norm(g, 2.0).item().to_double(), 1.0, 1e-5);
  ops::foreach_zero_(g);
  CHECK_EQ(ops::total_norm(g, INFINITY).item().to_double(), 0.0);
}
