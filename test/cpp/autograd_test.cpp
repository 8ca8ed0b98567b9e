#include <memory>

#include "autograd/engine.h"
#include "autograd/grad_mode.h"
#include "autograd/variable.h"
#include "check.h"
#include "core/allocator.h"
#include "ops/ops.h"

using namespace nabla;

namespace {

Tensor vec(std::initializer_list<double> values) {
  Tensor t = empty(Dims{static_cast<int64_t>(values.size())}, DType::float64);
  std::copy(values.begin(), values.end(), t.data<double>());
  return t;
}
Tensor leaf(std::initializer_list<double> values) {
  Tensor t = vec(values);
  set_requires_grad(t, true);
  return t;
}
double at(const Tensor& t, int64_t i) { return t.data<double>()[i * t.stride(0)]; }
void backward(const Tensor& t, bool retain = false, bool create = false) {
  BackwardOptions options;
  options.retain_graph = retain;
  options.create_graph = create;
  run_backward({t}, {Tensor()}, {}, options);
}
Tensor total(const Tensor& t) { return ops::sum_to_size(t, Dims{}); }

struct Scale : GradHook {
  double factor;
  int calls = 0;
  explicit Scale(double f) : factor(f) {}
  Tensor call(const Tensor& g) override {
    ++calls;
    return ops::mul(g, Operand(factor));
  }
};

}  // namespace

TEST(gradients_of_a_product) {
  Tensor a = leaf({2, 3}), b = leaf({5, 7});
  backward(total(ops::mul(a, b)));
  CHECK_EQ(at(grad(a), 0), 5);
  CHECK_EQ(at(grad(b), 1), 3);
  backward(total(ops::mul(a, a)));  // accumulates
  CHECK_EQ(at(grad(a), 0), 5 + 4);
}

TEST(only_what_requires_a_gradient_is_computed) {
  Tensor a = leaf({2}), c = vec({4});
  backward(total(ops::mul(a, c)));
  CHECK_EQ(at(grad(a), 0), 4);
  CHECK_TRUE(!grad(c).defined());
}

TEST(second_backward_needs_a_retained_graph) {
  Tensor a = leaf({2});
  Tensor y = total(ops::mul(a, a));
  backward(y, true);
  backward(y);
  CHECK_EQ(at(grad(a), 0), 8);
  CHECK_THROWS(backward(y), "second time");
}

TEST(double_backward) {
  Tensor a = leaf({3});
  Tensor y = total(ops::mul(ops::mul(a, a), a));
  BackwardOptions options;
  options.create_graph = options.retain_graph = true;
  options.accumulate = false;
  Grads first = run_backward({y}, {Tensor()}, {a}, options);
  CHECK_EQ(at(first[0], 0), 27);
  Grads second = run_backward({total(first[0])}, {Tensor()}, {a}, options);
  CHECK_EQ(at(second[0], 0), 18);
  CHECK_TRUE(!grad(a).defined());
}

TEST(a_chain_of_a_million_nodes_runs_and_dies_without_recursion) {
  Tensor a = leaf({1});
  {
    Tensor y = a;
    for (int i = 0; i < 1000000; ++i) y = ops::mul(y, Operand(1.0));
    backward(total(y));
  }
  CHECK_EQ(at(grad(a), 0), 1);
  Tensor never_run = a;
  for (int i = 0; i < 1000000; ++i) never_run = ops::add(never_run, Operand(1.0));
  never_run.reset();
}

TEST(an_edit_of_a_saved_tensor_is_an_error) {
  Tensor a = leaf({2}), b = leaf({3});
  Tensor m = ops::mul(a, Operand(1.0));
  Tensor y = total(ops::mul(m, b));
  ops::add_(m, Operand(1.0));
  CHECK_THROWS(backward(y), "modified by an inplace operation");
  // what backward does not need may be edited
  Tensor n = ops::mul(a, Operand(1.0));
  Tensor z = total(ops::add(n, b));
  ops::add_(n, Operand(1.0));
  backward(z);
  CHECK_EQ(at(grad(a), 0), 1);
}

TEST(in_place_ops_are_recorded) {
  Tensor a = leaf({2, 3});
  Tensor y = ops::mul(a, Operand(2.0));
  ops::mul_(y, y);  // y = (2a)^2
  CHECK_EQ(at(y, 0), 16);
  CHECK_THROWS(ops::mul_(a, Operand(2.0)), "a leaf Variable that requires grad");
}

TEST(an_edit_through_a_view_reaches_the_base) {
  Tensor a = leaf({5});
  Tensor base = vec({1, 2, 3});
  Tensor slice = ops::as_strided(base, Dims{1}, Dims{1}, 1);
  ops::mul_(slice, a);  // base[1] *= a
  CHECK_TRUE(base.requires_grad() && slice.requires_grad());
  CHECK_EQ(at(base, 1), 10);
  backward(total(ops::mul(base, base)));  // d/da (2a)^2 = 8a
  CHECK_EQ(at(grad(a), 0), 40);
}

TEST(an_edit_of_the_base_reaches_its_views) {
  Tensor a = leaf({5, 6});
  Tensor base = ops::mul(a, Operand(1.0));
  Tensor slice = ops::as_strided(base, Dims{1}, Dims{1}, 1);
  ops::mul_(base, Operand(3.0));
  backward(total(slice));
  CHECK_EQ(at(grad(a), 0), 0);
  CHECK_EQ(at(grad(a), 1), 3);
}

TEST(views_of_leaves_refuse_edits) {
  Tensor a = leaf({5, 6});
  Tensor slice = ops::as_strided(a, Dims{1}, Dims{1}, 1);
  CHECK_THROWS(ops::mul_(slice, Operand(3.0)), "a view of a leaf Variable");
  GradModeGuard off(false);
  ops::mul_(slice, Operand(3.0));
  CHECK_EQ(at(a, 1), 18);
}

TEST(a_view_made_without_grad_refuses_recorded_edits) {
  Tensor a = leaf({5});
  Tensor base = vec({1, 2});
  Tensor slice;
  {
    GradModeGuard off(false);
    slice = ops::as_strided(base, Dims{1}, Dims{1}, 0);
  }
  CHECK_THROWS(ops::mul_(slice, a), "no_grad");
}

TEST(hooks_replace_gradients_and_can_be_removed) {
  Tensor a = leaf({2});
  Tensor m = ops::mul(a, Operand(1.0));
  auto on_leaf = std::make_shared<Scale>(10), inside = std::make_shared<Scale>(3);
  uint64_t id = add_grad_hook(a, on_leaf);
  add_grad_hook(m, inside);
  Tensor y = total(ops::mul(m, m));
  backward(y, true);
  CHECK_EQ(at(grad(a), 0), 4 * 3 * 10);
  CHECK_EQ(on_leaf->calls, 1);
  CHECK_TRUE(remove_grad_hook(a, id));
  backward(y);
  CHECK_EQ(at(grad(a), 0), 120 + 12);
}

TEST(a_leaf_with_a_hook_does_not_keep_itself) {
  int64_t before = allocator_stats().allocated;
  for (int i = 0; i < 10; ++i) {
    Tensor a = leaf({2});
    add_grad_hook(a, std::make_shared<Scale>(1));
    backward(total(ops::mul(a, a)));
  }
  CHECK_EQ(allocator_stats().allocated, before);
}

TEST(results_that_save_themselves_do_not_leak) {
  int64_t before = allocator_stats().allocated;
  for (int i = 0; i < 10; ++i) {
    Tensor a = leaf({2});
    Tensor y = ops::exp(a);
    ops::mul_(y, ops::exp(y));
    Tensor unused = ops::add(y, y);
  }
  CHECK_EQ(allocator_stats().allocated, before);
}

TEST(retained_gradients_of_intermediates) {
  Tensor a = leaf({3});
  Tensor m = ops::mul(a, Operand(2.0));
  retain_grad(m);
  backward(total(ops::mul(m, m)));
  CHECK_EQ(at(grad(m), 0), 12);
}

TEST(unused_inputs_are_an_error_unless_allowed) {
  Tensor a = leaf({1}), b = leaf({1});
  BackwardOptions options;
  options.accumulate = false;
  options.retain_graph = true;
  Tensor y = total(ops::mul(a, a));
  CHECK_THROWS(run_backward({y}, {Tensor()}, {b}, options), "not have been used");
  options.allow_unused = true;
  CHECK_TRUE(!run_backward({y}, {Tensor()}, {b}, options)[0].defined());
}

TEST(gradients_of_intermediates_stop_there) {
  Tensor a = leaf({2});
  Tensor m = ops::mul(a, Operand(3.0));
  Tensor y = total(ops::mul(m, m));
  BackwardOptions options;
  options.accumulate = false;
  Grads g = run_backward({y}, {Tensor()}, {m}, options);
  CHECK_EQ(at(g[0], 0), 12);
  CHECK_TRUE(!grad(a).defined());
}

TEST(inference_tensors_stay_out_of_graphs) {
  Tensor a = leaf({2});
  InferenceMode::set_enabled(true);
  Tensor frozen = ops::mul(vec({3}), Operand(1.0));
  InferenceMode::set_enabled(false);
  CHECK_THROWS(ops::mul(a, frozen), "Inference tensors cannot be saved");
  CHECK_THROWS(ops::mul_(frozen, Operand(2.0)), "Inplace update to inference tensor");
}
