// Tensors and derivative checks for tests of ops.
#pragma once

#include <functional>
#include <vector>

#include "autograd/engine.h"
#include "autograd/grad_mode.h"
#include "check.h"
#include "ops/ops.h"

namespace nabla_test {

using nabla::Dims;
using nabla::DType;
using nabla::IntSpan;
using nabla::Tensor;
using nabla::TensorList;

// A tensor of the given values.
inline Tensor tensor(const std::vector<double>& values, const Dims& sizes,
                     DType dtype = DType::float64) {
  Tensor t = nabla::empty(sizes, dtype);
  nabla::dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    for (size_t i = 0; i < values.size(); ++i) t.data<T>()[i] = nabla::Scalar(values[i]).to<T>();
  });
  return t;
}
// 1, 2, 3, ...
inline Tensor counting(const Dims& sizes, DType dtype = DType::float64) {
  std::vector<double> values(static_cast<size_t>(nabla::product(sizes)));
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i + 1);
  return tensor(values, sizes, dtype);
}
inline Tensor longs(const std::vector<double>& values, const Dims& sizes) {
  return tensor(values, sizes, DType::int64);
}

// The elements in row-major order, read by index tuples and not by any op.
inline std::vector<double> values(const Tensor& t) {
  std::vector<double> out;
  nabla::dispatch(t.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* data = static_cast<const T*>(t.raw_data());
    for (int64_t i = 0; i < t.numel(); ++i) {
      int64_t rest = i, at = 0;
      for (int64_t d = t.dim(); d-- > 0;) {
        at += rest % t.sizes()[d] * t.strides()[d];
        rest /= t.sizes()[d];
      }
      out.push_back(static_cast<double>(data[at]));
    }
  });
  return out;
}

inline void check_tensor(const Tensor& t, const Dims& sizes, const std::vector<double>& want,
                         const char* text, const char* file, int line) {
  if (!nabla::equal(t.sizes(), sizes))
    return fail(file, line,
                std::string(text) + ": shape " + show(nabla::Shape{t.sizes()}) +
                    " != " + show(nabla::Shape{sizes}));
  const std::vector<double> got = values(t);
  for (size_t i = 0; i < want.size(); ++i)
    if (!(got[i] == want[i]) && !(got[i] != got[i] && want[i] != want[i]))
      return fail(file, line,
                  std::string(text) + ": element " + show(i) + " is " + show(got[i]) + " and not " +
                      show(want[i]));
}
#define CHECK_TENSOR(t, ...) nabla_test::check_tensor((t), __VA_ARGS__, #t, __FILE__, __LINE__)

using Function = std::function<Tensor(const TensorList&)>;

// Weights that make a scalar of a result: no symmetry hides a wrong place.
inline std::vector<double> weights(int64_t n, double seed) {
  std::vector<double> w(static_cast<size_t>(n));
  for (size_t i = 0; i < w.size(); ++i) w[i] = std::sin(seed + 1.7 * static_cast<double>(i)) + 1.3;
  return w;
}

// Compares the gradients of sum(w * f(inputs)) with central differences, and, with `twice`, those
// of the gradients themselves. Inputs are float64 leaves that require gradients.
inline void check_gradients(const Function& f, const TensorList& inputs, bool twice, double seed,
                            const char* text, const char* file, int line) {
  const auto loss = [&](const TensorList& in) {
    nabla::GradModeGuard off(false);
    const std::vector<double> v = values(f(in));
    const std::vector<double> w = weights(static_cast<int64_t>(v.size()), seed);
    double sum = 0;
    for (size_t i = 0; i < v.size(); ++i) sum += w[i] * v[i];
    return sum;
  };
  const auto gradients = [&](const TensorList& in, bool record) {
    const Tensor out = f(in);
    nabla::BackwardOptions options;
    options.create_graph = options.retain_graph = record;
    options.accumulate = false;
    options.allow_unused = true;
    const Tensor w = tensor(weights(out.numel(), seed), Dims(out.sizes()), out.dtype());
    return nabla::run_backward({out}, {w}, in, options);
  };
  const nabla::Grads grads = gradients(inputs, twice);
  for (size_t k = 0; k < inputs.size(); ++k) {
    if (!grads[k].defined()) {
      fail(file, line, std::string(text) + ": no gradient for input " + show(k));
      continue;
    }
    if (!nabla::equal(grads[k].sizes(), inputs[k].sizes()))
      fail(file, line, std::string(text) + ": gradient of another shape for input " + show(k));
    const std::vector<double> got = values(grads[k]);
    double* x = inputs[k].data<double>();
    for (int64_t i = 0; i < inputs[k].numel(); ++i) {
      const double keep = x[i], h = 1e-4;
      x[i] = keep + h;
      const double up = loss(inputs);
      x[i] = keep - h;
      const double down = loss(inputs);
      x[i] = keep;
      check_near(got[static_cast<size_t>(i)], (up - down) / (2 * h), 1e-6, text, file, line);
    }
  }
  if (!twice) return;
  // Second order: the gradient as a function of the inputs and of the weights.
  for (size_t k = 0; k < inputs.size(); ++k) {
    const auto gradient = [&](const TensorList& in) {
      nabla::BackwardOptions options;
      options.create_graph = options.retain_graph = true;
      options.accumulate = false;
      options.allow_unused = true;
      const TensorList xs(in.begin(), in.end() - 1);
      return nabla::run_backward({f(xs)}, {in.back()}, xs, options)[k];
    };
    TensorList in = inputs;
    const Tensor out = f(inputs);
    in.push_back(tensor(weights(out.numel(), seed), Dims(out.sizes()), out.dtype()));
    nabla::set_requires_grad(in.back(), true);
    const Tensor g = gradient(in);
    if (!g.requires_grad()) {
      fail(file, line,
           std::string(text) + ": the gradient of input " + show(k) + " has no history");
      continue;
    }
    const auto weighed = [&](const TensorList& all) {
      nabla::GradModeGuard on(true);
      const std::vector<double> v = values(gradient(all));
      const std::vector<double> w = weights(static_cast<int64_t>(v.size()), seed + 3);
      double sum = 0;
      for (size_t i = 0; i < v.size(); ++i) sum += w[i] * v[i];
      return sum;
    };
    nabla::BackwardOptions options;
    options.accumulate = false;
    options.allow_unused = true;
    const Tensor w = tensor(weights(g.numel(), seed + 3), Dims(g.sizes()), g.dtype());
    const nabla::Grads second = nabla::run_backward({g}, {w}, in, options);
    for (size_t j = 0; j < in.size(); ++j) {
      double* x = in[j].data<double>();
      const std::vector<double> got =
          second[j].defined() ? values(second[j]) : std::vector<double>();
      for (int64_t i = 0; i < in[j].numel(); ++i) {
        const double keep = x[i], h = 1e-4;
        x[i] = keep + h;
        const double up = weighed(in);
        x[i] = keep - h;
        const double down = weighed(in);
        x[i] = keep;
        check_near(got.empty() ? 0 : got[static_cast<size_t>(i)], (up - down) / (2 * h), 1e-5, text,
                   file, line);
      }
    }
  }
}

inline Tensor leaf(const Dims& sizes) {
  std::vector<double> v(static_cast<size_t>(nabla::product(sizes)));
  for (size_t i = 0; i < v.size(); ++i) v[i] = std::cos(2.1 * static_cast<double>(i) + 0.4);
  Tensor t = tensor(v, sizes);
  nabla::set_requires_grad(t, true);
  return t;
}

}  // namespace nabla_test

// f takes a TensorList of leaves of the given shapes.
#define CHECK_GRADIENTS(f, ...)                                                  \
  do {                                                                           \
    nabla::TensorList leaves;                                                    \
    for (const nabla::Dims& sizes : std::vector<nabla::Dims>{__VA_ARGS__})       \
      leaves.push_back(nabla_test::leaf(sizes));                                 \
    nabla_test::check_gradients((f), leaves, true, 0.5, #f, __FILE__, __LINE__); \
  } while (0)
