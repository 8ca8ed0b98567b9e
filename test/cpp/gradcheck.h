// Derivatives against central differences in float64, first and second order.
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "autograd/engine.h"
#include "check.h"
#include "kernel_data.h"
#include "ops/ops.h"

namespace nabla_test {

using nabla::Dims;
using nabla::Tensor;
using nabla::TensorList;
using Function = std::function<Tensor(const TensorList&)>;

inline Tensor tensor_of(const Dims& sizes, const std::vector<double>& values) {
  Tensor t = nabla::empty(sizes, nabla::DType::float64);
  for (size_t i = 0; i < values.size(); ++i) t.data<double>()[i] = values[i];
  return t;
}

// Numbers in [-scale, scale) + shift, a leaf that requires gradients.
inline Tensor leaf(const Dims& sizes, uint64_t seed, double scale = 1, double shift = 0) {
  auto values = Numbers(seed).vector<double>(nabla::product(sizes), scale);
  for (double& v : values) v += shift;
  Tensor t = tensor_of(sizes, values);
  nabla::set_requires_grad(t, true);
  return t;
}

inline double at(const Tensor& t, int64_t i) {
  return nabla::ops::contiguous(nabla::detach(t)).data<double>()[i];
}

// sum(t * w), w fixed numbers: a function to a single number, whose gradient shows every element.
inline Tensor weighed(const Tensor& t, uint64_t seed) {
  const Tensor w = tensor_of(Dims(t.sizes()), Numbers(seed).vector<double>(t.numel()));
  return nabla::ops::sum(nabla::ops::mul(t, w));
}

inline void check_first(const Function& f, const TensorList& inputs, double tolerance) {
  nabla::BackwardOptions options;
  options.accumulate = false;
  options.allow_unused = true;
  const auto grads = nabla::run_backward({f(inputs)}, {Tensor()}, inputs, options);
  for (size_t k = 0; k < inputs.size(); ++k) {
    double* x = inputs[k].data<double>();
    for (int64_t i = 0; i < inputs[k].numel(); ++i) {
      const double before = x[i], step = 1e-6;
      x[i] = before + step;
      const double up = at(f(inputs), 0);
      x[i] = before - step;
      const double down = at(f(inputs), 0);
      x[i] = before;
      const double got = grads[k].defined() ? at(grads[k], i) : 0;
      CHECK_NEAR(got, (up - down) / (2 * step), tolerance * (1 + std::fabs(got)));
    }
  }
}

// First and second derivatives of f, any differentiable function of float64 leaves.
inline void check_gradients(const Function& f, const TensorList& inputs, double tolerance = 1e-6) {
  const Function first = [&](const TensorList& x) { return weighed(f(x), 101); };
  check_first(first, inputs, tolerance);
  const Function second = [&](const TensorList& x) {
    nabla::BackwardOptions options;
    options.accumulate = false;
    options.create_graph = true;
    options.retain_graph = true;
    options.allow_unused = true;
    const auto grads = nabla::run_backward({first(x)}, {Tensor()}, x, options);
    Tensor total = weighed(nabla::ops::mul(x[0], 0.0), 1);
    for (size_t k = 0; k < grads.size(); ++k) {
      if (grads[k].defined()) total = nabla::ops::add(total, weighed(grads[k], 102 + k));
    }
    return total;
  };
  check_first(second, inputs, 4 * tolerance);
}

}  // namespace nabla_test
