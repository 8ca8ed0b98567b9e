// Random ops against what PyTorch 2.13 (CPU) draws after manual_seed(3).
#include "core/generator.h"
#include "op_check.h"

using namespace nabla;
using namespace nabla_test;

namespace {

void seed() { default_generator().manual_seed(3); }

// A transposed view of fresh memory.
Tensor transposed(int64_t rows, int64_t columns) { return ops::t(ops::zeros(Dims{columns, rows})); }

void check_close(const Tensor& t, const std::vector<double>& want) {
  const std::vector<double> got = values(t);
  CHECK_EQ(got.size(), want.size());
  for (size_t i = 0; i < want.size(); ++i) CHECK_NEAR(got[i], want[i], 1e-7);
}

}  // namespace

TEST(fresh_tensors) {
  seed();
  check_close(ops::rand(Dims{3}), {0.004263520240783691, 0.10556936264038086, 0.2858424782752991});
  check_close(ops::randn(Dims{3}), {0.24532555043697357, 1.1185930967330933, 0.44273990392684937});
  CHECK_TENSOR(ops::randint(10, Dims{3}), {3}, {1, 5, 9});
  CHECK_TENSOR(ops::randperm(5), {5}, {1, 2, 0, 3, 4});
  check_close(ops::normal(2, 3, Dims{2}), {1.5646991729736328, 2.343895673751831});
  Generator own(3);
  check_close(ops::rand(Dims{1}, {}, &own), {0.004263520240783691});
}

// Permuted tensors are drawn in memory order, tensors with gaps in row-major order.
TEST(memory_order) {
  seed();
  check_close(
      ops::normal_(transposed(5, 4)),
      {0.8032760620117188,  -1.3682591915130615, 0.5220499634742737,  -0.0798543244600296,
       0.17483338713645935, 0.3374950885772705,  1.2379167079925537,  0.9264108538627625,
       0.08897809684276581, 1.0111159086227417,  -0.8646355867385864, 0.8156775236129761,
       -0.6137180328369141, -1.435179352760315,  0.2989608347415924,  0.49518901109695435,
       0.04618244990706444, 0.9774317741394043,  0.41921865940093994, -0.16431698203086853});
  seed();
  check_close(ops::uniform_(ops::slice(ops::zeros(Dims{2, 6}), 1, 0, 6, 2)),
              {0.004263520240783691, 0.10556936264038086, 0.2858424782752991, 0.026954829692840576,
               0.47161436080932617, 0.06011629104614258});
  const Tensor half = ops::t(ops::full(Dims{2, 5}, Scalar(0.5)));
  seed();
  CHECK_TENSOR(ops::bernoulli(half), {5, 2}, {1, 1, 1, 1, 1, 1, 0, 0, 0, 0});
  seed();
  CHECK_TENSOR(ops::bernoulli_each_(transposed(2, 5), ops::linspace(Scalar(0), Scalar(1), 5)),
               {2, 5}, {0, 0, 1, 0, 1, 0, 1, 1, 1, 1});
  seed();
  CHECK_TENSOR(ops::randint_like_from(transposed(2, 3), -3, 3), {2, 3}, {1, -2, 1, -1, 0, -3});
}

TEST(dropping_out) {
  seed();
  CHECK_TENSOR(ops::dropout(ops::t(ops::ones(Dims{2, 5})), 0.5), {5, 2},
               {2, 0, 2, 2, 0, 2, 2, 2, 0, 0});
  seed();
  CHECK_TENSOR(ops::dropout(ops::ones(Dims{2}, DType::float16), 0.1), {2},
               {1.111328125, 1.111328125});
  const Tensor x = counting({3});
  CHECK_TRUE(ops::dropout(x, 0.5, false).is_same(x));
  CHECK_TRUE(ops::dropout(x, 0).is_same(x));
  CHECK_TENSOR(ops::dropout(x, 1), {3}, {0, 0, 0});
  CHECK_THROWS(ops::dropout(x, 1.5), "dropout probability has to be between 0 and 1, but got 1.5");
  CHECK_THROWS(ops::dropout(longs({1}, {1}), 0.5), "expected a floating point dtype, got int64");
  CHECK_GRADIENTS(
      [](const TensorList& in) {
        seed();
        return ops::dropout(ops::mul(in[0], in[0]), 0.5);
      },
      {3, 2});
}

TEST(categories) {
  const Tensor p = tensor({.1, .2, .3, .4, .4, .3, .2, .1}, {2, 4}, DType::float32);
  seed();
  CHECK_TENSOR(ops::multinomial(p, 3), {2, 3}, {0, 3, 1, 2, 1, 0});
  seed();
  CHECK_TENSOR(ops::multinomial(p, 5, true), {2, 5}, {0, 1, 3, 1, 3, 1, 0, 1, 1, 2});
  seed();
  CHECK_TENSOR(ops::multinomial(ops::select(ops::to_dtype(p, DType::float64), 0, 0), 1, true), {1},
               {0});
  seed();
  CHECK_TENSOR(ops::multinomial(ops::to_dtype(p, DType::float16), 2), {2, 2}, {0, 3, 2, 1});
  CHECK_THROWS(ops::multinomial(p, 5), "cannot sample n_sample > prob_dist.size(-1)");
  CHECK_THROWS(ops::multinomial(p, 0), "cannot sample n_sample <= 0 samples");
  CHECK_THROWS(ops::multinomial(tensor({1, -1}, {2}), 1), "element < 0");
  CHECK_THROWS(ops::multinomial(tensor({1, NAN}, {2}), 2, true), "`nan`");
  CHECK_THROWS(ops::multinomial(tensor({0, 0}, {2}), 1), "sum of probabilities <= 0");
  CHECK_THROWS(ops::multinomial(longs({1}, {1}), 1), "got: Long");
  CHECK_THROWS(ops::multinomial(counting({1, 1, 1}), 1), "must be 1 or 2 dim");
}

TEST(errors) {
  const Tensor x = counting({3}), i = longs({1, 2}, {2});
  CHECK_THROWS(ops::randint(0, Dims{1}), "but got from=0 >= to=0");
  CHECK_THROWS(ops::randint(300, Dims{1}, DType::uint8), "to - 1 is out of bounds for uint8");
  CHECK_THROWS(ops::randint_from(-1, 3, Dims{1}, DType::uint8), "from is out of bounds for uint8");
  CHECK_THROWS(ops::randperm(-1), "negative dimension -1");
  CHECK_THROWS(ops::randperm(300, DType::uint8), "without overflow");
  CHECK_THROWS(ops::uniform_(x, 2, 1), "found from=2 > to=1");
  CHECK_THROWS(ops::normal_(x, 0, -1), "found std -1");
  CHECK_THROWS(ops::normal_(i), "expected a floating point dtype, got int64");
  CHECK_THROWS(ops::rand(Dims{1}, DType::int32), "got int32");
  CHECK_THROWS(ops::bernoulli_(x, 2), "expects p to be in [0, 1], but got p=2");
  CHECK_THROWS(ops::bernoulli(counting({2})), "in [0, 1], but got 2");
  CHECK_THROWS(ops::bernoulli(i), "got int64");
  CHECK_THROWS(ops::exponential_(x, 0), "lambda=0");
  CHECK_THROWS(ops::random_from_(x, 5, 5), "from=5 >= to=5");
  CHECK_THROWS(ops::uniform_(leaf({2})), "a leaf Variable that requires grad");
}

// What is overwritten gets no gradient.
TEST(a_fill_cuts_the_history) {
  const Tensor x = leaf({3});
  const Tensor y = ops::mul(x, x);
  ops::uniform_(ops::slice(y, 0, 0, 2));
  BackwardOptions options;
  options.accumulate = false;
  const Grads grads = run_backward({y}, {ops::ones(Dims{3}, DType::float64)}, {x}, options);
  CHECK_EQ(values(grads[0])[0], 0.0);
  CHECK_EQ(values(grads[0])[1], 0.0);
  CHECK_EQ(values(grads[0])[2], 2 * values(x)[2]);
  const Tensor z = ops::normal_(ops::mul(x, x));
  const Grads none = run_backward({z}, {ops::ones(Dims{3}, DType::float64)}, {x}, options);
  CHECK_TENSOR(none[0], {3}, {0, 0, 0});
}
