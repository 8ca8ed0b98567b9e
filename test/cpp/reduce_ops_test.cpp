// Ops of the reduce, softmax and loss families: geometry against plain loops, first and second
// derivatives against differences, the same bits for any number of threads.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "check.h"
#include "gradcheck.h"
#include "kernels/ref/reduce.h"
#include "ops/ops.h"
#include "ops/reduce_plan.h"
#include "parallel/parallel.h"

using namespace nabla;
using nabla_test::check_gradients;
using nabla_test::leaf;
using nabla_test::Numbers;
using nabla_test::tensor_of;

namespace {

Tensor classes(std::vector<int64_t> values, Dims sizes = {}) {
  if (sizes.empty()) sizes = Dims{static_cast<int64_t>(values.size())};
  Tensor t = empty(sizes, DType::int64);
  std::copy(values.begin(), values.end(), t.data<int64_t>());
  return t;
}

// Sum over mask by walking every element of any geometry.
std::vector<double> plain_sum(const Tensor& x, ops::DimMask mask) {
  const Dims kept = ops::reduced_sizes(x.sizes(), mask, false);
  std::vector<double> out(static_cast<size_t>(product(kept)), 0.0);
  const Dims steps = contiguous_strides(kept);
  const double* data = x.data<double>();
  for (int64_t i = 0; i < x.numel(); ++i) {
    int64_t rest = i, from = 0, to = 0, k = static_cast<int64_t>(kept.size());
    for (int64_t d = x.dim(); d-- > 0;) {
      const int64_t index = rest % x.size(d);
      rest /= x.size(d);
      from += index * x.stride(d);
      if ((mask >> d & 1) == 0) to += index * steps[static_cast<size_t>(--k)];
    }
    out[static_cast<size_t>(to)] += data[from];
  }
  return out;
}

void check_sums(const Tensor& x) {
  for (ops::DimMask mask = 0; mask < (ops::DimMask{1} << x.dim()); ++mask) {
    Tensor out = empty(ops::reduced_sizes(x.sizes(), mask, false), DType::float64);
    ops::reduce_blocks(kernels::kReduceSum, out, x, mask);
    const auto want = plain_sum(x, mask);
    for (size_t i = 0; i < want.size(); ++i) CHECK_NEAR(out.data<double>()[i], want[i], 1e-12);
  }
}

}  // namespace

TEST(sums_of_any_geometry) {
  const Tensor x = tensor_of({4, 3, 5, 7}, Numbers(1).vector<double>(420));
  check_sums(x);
  check_sums(ops::permute(x, Dims{3, 1, 0, 2}));
  check_sums(ops::permute(x, Dims{0, 2, 3, 1}));
  check_sums(ops::slice(x, 3, 1, 7, 2));
  check_sums(ops::slice(ops::transpose(x, 0, 3), 0, 0, 7, 3));
  check_sums(ops::expand(tensor_of({4, 1, 5, 1}, Numbers(2).vector<double>(20)), Dims{4, 3, 5, 2}));
  check_sums(tensor_of({1, 1, 1}, {3.0}));
  check_sums(tensor_of({}, {3.0}));
  check_sums(tensor_of({2, 0, 3}, {}));
}

TEST(large_sums_have_the_same_bits_for_any_number_of_threads) {
  const int before = num_threads();
  const std::vector<float> numbers = Numbers(3).vector<float>(3'000'000);
  for (const Dims& sizes : {Dims{3'000'000}, Dims{2, 1'500'000}, Dims{3000, 1000}, Dims{300000, 10},
                            Dims{10, 300, 1000}}) {
    Tensor x = empty(sizes, DType::float32);
    std::copy(numbers.begin(), numbers.end(), x.data<float>());
    for (int64_t d = 0; d < x.dim(); ++d) {
      set_num_threads(1);
      const Tensor one = ops::sum(x, Dims{d}), top = ops::amax(x, Dims{d});
      set_num_threads(4);
      const Tensor many = ops::sum(x, Dims{d}), top_of_many = ops::amax(x, Dims{d});
      const auto bytes = static_cast<size_t>(one.numel()) * sizeof(float);
      CHECK_EQ(std::memcmp(one.raw_data(), many.raw_data(), bytes), 0);
      CHECK_EQ(std::memcmp(top.raw_data(), top_of_many.raw_data(), bytes), 0);
      double total = 0, want = 0;
      for (int64_t i = 0; i < one.numel(); ++i) total += one.data<float>()[i];
      for (float v : numbers) want += v;
      CHECK_NEAR(total, want, 2.0);
    }
  }
  set_num_threads(before);
}

TEST(extremes_and_their_places) {
  const Tensor x = tensor_of({2, 3}, {1, 5, 5, NAN, 2, NAN});
  auto [values, indices] = ops::max_dim(x, 1);
  CHECK_EQ(values.data<double>()[0], 5.0);
  CHECK_TRUE(std::isnan(values.data<double>()[1]));
  CHECK_EQ(indices.data<int64_t>()[0], 1);
  CHECK_EQ(indices.data<int64_t>()[1], 0);
  CHECK_EQ(ops::argmin(x).item().to_int(), 3);
  CHECK_EQ(ops::argmax(classes({3, 9, 9, 1})).item().to_int(), 1);
  CHECK_EQ(ops::max(classes({3, 9, 9, 1})).item().to_int(), 9);
  CHECK_EQ(ops::prod(classes({3, 9, 2})).item().to_int(), 54);
  CHECK_THROWS(ops::max(empty(Dims{0}, DType::float32)), "Specify the reduction dim");
  CHECK_THROWS(ops::argmax(empty(Dims{0, 2}, DType::float32), 0), "dim 0 to have non-zero size");
  CHECK_THROWS(ops::sum(x, Dims{0, -2}), "dim 0 appears multiple times");
  CHECK_THROWS(ops::mean(classes({1})), "Got: Long");
}

TEST(reduction_gradients) {
  const TensorList x = {leaf({3, 4, 2}, 5)};
  using L = const TensorList&;
  check_gradients([](L t) { return ops::sum(t[0], Dims{1}); }, x);
  check_gradients([](L t) { return ops::mean(t[0], Dims{0, 2}, true); }, x);
  check_gradients([](L t) { return ops::prod(t[0], 1); }, x);
  check_gradients([](L t) { return ops::amax(t[0], Dims{0, 1}); }, x);
  check_gradients([](L t) { return ops::min(t[0]); }, x);
  check_gradients([](L t) { return std::get<0>(ops::max_dim(t[0], 1)); }, x);
  check_gradients([](L t) { return std::get<0>(ops::min_dim(t[0], 0, true)); }, x);
  check_gradients([](L t) { return ops::var(t[0], Dims{1}, Scalar(0)); }, x);
  check_gradients([](L t) { return ops::std_dev(t[0], Dims{0, 1}); }, x);
  check_gradients([](L t) { return ops::logsumexp(t[0], Dims{0, 2}); }, x);
  check_gradients([](L t) { return ops::cumsum(t[0], 1); }, x);
  check_gradients([](L t) { return ops::sum_to_size(t[0], Dims{4, 1}); }, x);
  check_gradients([](L t) { return std::get<0>(ops::topk(t[0], 2, 1)); }, x);
  check_gradients([](L t) { return std::get<0>(ops::sort(t[0], 0, true)); }, x);
  for (double p : {1.0, 2.0, 3.0, 0.5, static_cast<double>(INFINITY)}) {
    check_gradients([p](L t) { return ops::norm(t[0], Scalar(p), Dims{1}); }, x);
  }
}

TEST(prod_gradient_with_zeros) {
  for (const auto& values :
       {std::vector<double>{2, 0, 3, 4, 5}, {0, 1, 0, 3, 2}, {0, 0, 3, 0, 2}}) {
    Tensor x = tensor_of({5}, values);
    set_requires_grad(x, true);
    check_gradients([](const TensorList& t) { return ops::prod(t[0]); }, {x});
  }
  Tensor x = tensor_of({2, 3, 2}, {1, 0, 3, 4, 5, 6, 0, 0, 2, 2, 3, 0});
  set_requires_grad(x, true);
  check_gradients([](const TensorList& t) { return ops::prod(t[0], 1); }, {x});
}

TEST(softmax_gradients) {
  const TensorList x = {leaf({3, 5, 2}, 6, 2)};
  for (int64_t dim : {0, 1, 2}) {
    check_gradients([dim](const TensorList& t) { return ops::softmax(t[0], dim); }, x);
    check_gradients([dim](const TensorList& t) { return ops::log_softmax(t[0], dim); }, x);
  }
}

TEST(pair_loss_gradients) {
  const TensorList xy = {leaf({3, 4}, 7, 2), leaf({3, 4}, 8, 2)};
  const TensorList probabilities = {leaf({3, 4}, 7, 0.4, 0.5), leaf({3, 4}, 8, 0.4, 0.5)};
  using L = const TensorList&;
  for (std::string_view how : {"none", "mean", "sum"}) {
    check_gradients([how](L t) { return ops::mse_loss(t[0], t[1], how); }, xy);
    check_gradients([how](L t) { return ops::l1_loss(t[0], t[1], how); }, xy);
    check_gradients([how](L t) { return ops::smooth_l1_loss(t[0], t[1], how, 0.7); }, xy);
    check_gradients([how](L t) { return ops::huber_loss(t[0], t[1], how, 0.7); }, xy);
    check_gradients([how](L t) { return ops::binary_cross_entropy(t[0], t[1], std::nullopt, how); },
                    probabilities);
    check_gradients(
        [how](L t) { return ops::binary_cross_entropy_with_logits(t[0], t[1], std::nullopt, how); },
        xy);
  }
}

TEST(class_loss_gradients) {
  const Tensor target = classes({1, 0, -100, 3});
  const Tensor weight = tensor_of({5}, {0.5, 1, 2, 1.5, 0.1});
  const TensorList x = {leaf({4, 5}, 9, 2)};
  using L = const TensorList&;
  for (std::string_view how : {"none", "mean", "sum"}) {
    for (const OptTensor& w : {OptTensor(), OptTensor(weight)}) {
      check_gradients([&](L t) { return ops::nll_loss(t[0], target, w, -100, how); }, x);
      for (double smoothing : {0.0, 0.2}) {
        check_gradients(
            [&](L t) { return ops::cross_entropy(t[0], target, w, -100, how, smoothing); }, x);
      }
    }
    const TensorList cube = {leaf({2, 3, 4}, 10, 2)};
    const Tensor many = classes({0, 1, 2, 0, 1, 2, 2, 1}, {2, 4});
    check_gradients([&](L t) { return ops::cross_entropy(t[0], many, std::nullopt, -100, how); },
                    cube);
    check_gradients([&](L t) { return ops::nll_loss(t[0], many, std::nullopt, -100, how); }, cube);
    const TensorList both = {leaf({4, 5}, 11, 2), leaf({4, 5}, 12, 0.1, 0.2)};
    check_gradients(
        [&](L t) { return ops::cross_entropy(t[0], t[1], OptTensor(weight), -100, how, 0.1); },
        both);
  }
}

TEST(class_loss_errors) {
  const Tensor x = empty(Dims{4, 10}, DType::float32);
  CHECK_THROWS(ops::cross_entropy(x, classes({1, 2, 3})),
               "Expected input batch_size (4) to match target batch_size (3).");
  CHECK_THROWS(ops::cross_entropy(x, classes({1, 2, 10, 3})), "Target 10 is out of bounds.");
  CHECK_THROWS(ops::nll_loss(x, classes({1, 2, -1, 3})), "Target -1 is out of bounds.");
  CHECK_THROWS(ops::cross_entropy(x, tensor_of({4}, {0, 1, 2, 0.5})), "whole numbers");
  CHECK_THROWS(ops::cross_entropy(x, classes({1, 2, 3, 4}), std::nullopt, -100, "foo"),
               "foo is not a valid value for reduction");
}
