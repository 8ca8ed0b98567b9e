// The matmul family: shapes, strides, dtypes, errors, and gradients of first and second order
// against differences of the function itself.
#include <cmath>

#include "op_check.h"

using namespace nabla;

namespace {

double pseudo_random(int64_t i) {
  uint64_t x = static_cast<uint64_t>(i + 1) * 0x9E3779B97F4A7C15u;
  x ^= x >> 29;
  x *= 0xBF58476D1CE4E5B9u;
  return static_cast<double>(x >> 11) * 0x1p-52 - 1.0;
}

// A contiguous tensor of numbers in [-1, 1], or whole numbers for integer dtypes.
Tensor numbers(IntSpan sizes, DType dtype, int64_t seed = 0) {
  Tensor t = empty(sizes, dtype);
  dispatch(dtype, [&](auto value) {
    using T = decltype(value);
    for (int64_t i = 0; i < t.numel(); ++i) {
      const double x = pseudo_random(i + seed * 1000003);
      t.data<T>()[i] = is_floating(dtype) ? T(static_cast<float>(x)) : T(static_cast<int>(x * 9));
    }
  });
  return t;
}

double at(const Tensor& t, IntSpan index) {
  int64_t offset = 0;
  for (size_t d = 0; d < index.size(); ++d) offset += index[d] * t.strides()[d];
  double result = 0;
  dispatch(t.dtype(), [&](auto value) {
    using T = decltype(value);
    result = static_cast<double>(t.data<T>()[offset]);
  });
  return result;
}

// c == a b for matrices
void check_product(const Tensor& c, const Tensor& a, const Tensor& b, double tolerance) {
  const int64_t m = a.sizes()[0], k = a.sizes()[1], n = b.sizes()[1];
  CHECK_TRUE(equal(c.sizes(), Dims{m, n}));
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      double sum = 0;
      for (int64_t p = 0; p < k; ++p) sum += at(a, Dims{i, p}) * at(b, Dims{p, j});
      CHECK_NEAR(at(c, Dims{i, j}), sum, tolerance * static_cast<double>(k + 1));
    }
}

Tensor doubles(std::initializer_list<int64_t> sizes, int64_t seed) {
  return numbers(Dims(sizes), DType::float64, seed);
}

}  // namespace

TEST(mm_dtypes) {
  for (DType t : {DType::float32, DType::float64, DType::float16, DType::bfloat16, DType::int64,
                  DType::int32, DType::int16, DType::int8}) {
    const double tolerance = t == DType::float16    ? 1e-3
                             : t == DType::bfloat16 ? 8e-3
                             : t == DType::float32  ? 1e-7
                                                    : 1e-15;
    // small enough for int8
    for (int64_t k : {1, 2}) {
      const Tensor a = numbers(Dims{5, k}, t, 1), b = numbers(Dims{k, 7}, t, 2);
      const Tensor c = ops::mm(a, b);
      CHECK_TRUE(c.dtype() == t);
      if (t != DType::int8) check_product(c, a, b, tolerance);
    }
  }
}

TEST(integers_wrap_around) {
  Tensor a = ops::full(Dims{1, 300}, Scalar(100), DType::int8);
  Tensor b = ops::full(Dims{300, 1}, Scalar(3), DType::int8);
  CHECK_EQ(static_cast<int>(ops::mm(a, b).data<int8_t>()[0]), -112);
}

TEST(strided_operands) {
  const Tensor whole = numbers(Dims{40, 50}, DType::float32, 3);
  const Tensor plain = alias(whole, Dims{10, 20}, Dims{50, 1}, 7);
  const Tensor transposed = alias(whole, Dims{20, 10}, Dims{1, 50}, 3);
  const Tensor both = alias(whole, Dims{10, 20}, Dims{100, 2}, 1);
  const Tensor both_t = alias(whole, Dims{20, 10}, Dims{2, 100}, 1);
  const Tensor rows = alias(whole, Dims{10, 20}, Dims{0, 1}, 5);
  const Tensor columns = alias(whole, Dims{20, 10}, Dims{1, 0}, 5);
  const Tensor one = alias(whole, Dims{20, 10}, Dims{0, 0}, 5);
  for (const Tensor& a : {plain, both, rows})
    for (const Tensor& b : {transposed, both_t, columns, one}) {
      check_product(ops::mm(a, b), a, b, 2e-7);
      check_product(ops::mm(b, a), b, a, 2e-7);
    }
}

TEST(empty_sizes) {
  const Tensor zero = ops::mm(empty(Dims{3, 0}, DType::float32), empty(Dims{0, 4}, DType::float32));
  for (int64_t i = 0; i < 12; ++i) CHECK_EQ(zero.data<float>()[i], 0.f);
  CHECK_EQ(ops::mm(empty(Dims{0, 3}, DType::float32), empty(Dims{3, 4}, DType::float32)).numel(),
           0);
  CHECK_EQ(
      ops::dot(empty(Dims{0}, DType::float32), empty(Dims{0}, DType::float32)).data<float>()[0],
      0.f);
  const Tensor bias = numbers(Dims{4}, DType::float32);
  const Tensor y =
      ops::addmm(bias, empty(Dims{2, 0}, DType::float32), empty(Dims{0, 4}, DType::float32), 1, 1);
  for (int64_t i = 0; i < 8; ++i) CHECK_EQ(y.data<float>()[i], bias.data<float>()[i % 4]);
  CHECK_TRUE(equal(
      ops::bmm(empty(Dims{0, 3, 2}, DType::float32), empty(Dims{0, 2, 4}, DType::float32)).sizes(),
      Dims{0, 3, 4}));
}

TEST(matmul_shapes) {
  struct Shapes {
    Dims a, b, c;
  };
  const Shapes all[] = {{{4}, {4}, {}},
                        {{3, 4}, {4}, {3}},
                        {{4}, {4, 5}, {5}},
                        {{3, 4}, {4, 5}, {3, 5}},
                        {{2, 3, 4}, {4}, {2, 3}},
                        {{2, 3, 4}, {4, 5}, {2, 3, 5}},
                        {{4}, {2, 4, 5}, {2, 5}},
                        {{3, 4}, {2, 4, 5}, {2, 3, 5}},
                        {{2, 3, 4}, {2, 4, 5}, {2, 3, 5}},
                        {{2, 1, 3, 4}, {6, 4, 5}, {2, 6, 3, 5}},
                        {{7, 1, 3, 4}, {1, 2, 4, 5}, {7, 2, 3, 5}}};
  for (const Shapes& s : all)
    CHECK_TRUE(equal(
        ops::matmul(numbers(s.a, DType::float32), numbers(s.b, DType::float32)).sizes(), s.c));
}

TEST(batches_broadcast) {
  const Tensor a = numbers(Dims{2, 1, 3, 4}, DType::float32, 1);
  const Tensor b = numbers(Dims{6, 4, 5}, DType::float32, 2);
  const Tensor c = ops::matmul(a, b);
  for (int64_t i = 0; i < 2; ++i)
    for (int64_t j = 0; j < 6; ++j)
      check_product(alias(c, Dims{3, 5}, Dims{5, 1}, (i * 6 + j) * 15),
                    alias(a, Dims{3, 4}, Dims{4, 1}, i * 12),
                    alias(b, Dims{4, 5}, Dims{5, 1}, j * 20), 1e-7);
}

TEST(addmm_factors) {
  const Tensor a = numbers(Dims{5, 6}, DType::float64, 1),
               b = numbers(Dims{6, 7}, DType::float64, 2);
  for (const Dims& sizes : {Dims{7}, Dims{5, 7}, Dims{5, 1}, Dims{1}, Dims{}}) {
    const Tensor self = numbers(sizes, DType::float64, 3);
    const Tensor product = ops::mm(a, b);
    for (double beta : {0.0, 1.0, 0.5})
      for (double alpha : {1.0, -2.0}) {
        const Tensor y = ops::addmm(self, a, b, beta, alpha);
        for (int64_t i = 0; i < 5; ++i)
          for (int64_t j = 0; j < 7; ++j) {
            const int64_t own = sizes.empty()       ? 0
                                : sizes.size() == 1 ? j % sizes[0]
                                                    : i * sizes[1] + j % sizes[1];
            CHECK_NEAR(y.data<double>()[i * 7 + j],
                       beta * self.data<double>()[own] + alpha * product.data<double>()[i * 7 + j],
                       1e-14);
          }
      }
  }
}

TEST(addmm_does_not_read_self_when_beta_is_zero) {
  Tensor self = ops::full(Dims{4}, Scalar(std::nan("")), DType::float32);
  const Tensor y = ops::addmm(self, numbers(Dims{2, 3}, DType::float32),
                              numbers(Dims{3, 4}, DType::float32), 0, 1);
  for (int64_t i = 0; i < 8; ++i) CHECK_TRUE(!std::isnan(y.data<float>()[i]));
}

TEST(gradients) {
  CHECK_GRADIENTS([](const TensorList& x) { return ops::mm(x[0], x[1]); }, Dims{3, 4}, Dims{4, 2});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::bmm(x[0], x[1]); }, Dims{2, 3, 2},
                  Dims{2, 2, 3});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::mv(x[0], x[1]); }, Dims{3, 4}, Dims{4});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::dot(x[0], x[1]); }, Dims{4}, Dims{4});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::outer(x[0], x[1]); }, Dims{3}, Dims{2});
  auto matmul = [](const TensorList& x) { return ops::matmul(x[0], x[1]); };
  CHECK_GRADIENTS(matmul, Dims{3}, Dims{3, 2});
  CHECK_GRADIENTS(matmul, Dims{2, 1, 2, 3}, Dims{2, 3, 2});
  CHECK_GRADIENTS(matmul, Dims{2, 2, 3}, Dims{3, 2});
  CHECK_GRADIENTS(matmul, Dims{3}, Dims{2, 3, 2});
  CHECK_GRADIENTS(matmul, Dims{2, 3}, Dims{2, 3, 2});
  CHECK_GRADIENTS(matmul, Dims{2, 2, 3}, Dims{3});
  auto linear = [](const TensorList& x) { return ops::linear(x[0], x[1], x[2]); };
  CHECK_GRADIENTS(linear, Dims{3, 4}, Dims{2, 4}, Dims{2});
  CHECK_GRADIENTS(linear, Dims{2, 2, 3}, Dims{2, 3}, Dims{2});
  CHECK_GRADIENTS(linear, Dims{3}, Dims{2, 3}, Dims{2});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::linear(x[0], x[1]); }, Dims{2, 3},
                  Dims{2, 3});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::addmm(x[0], x[1], x[2], 0.5, -2.0); },
                  Dims{2}, Dims{3, 4}, Dims{4, 2});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::baddbmm(x[0], x[1], x[2], 0.5, 2.0); },
                  Dims{2, 1, 2}, Dims{2, 2, 3}, Dims{2, 3, 2});
}

TEST(errors) {
  auto f = [](std::initializer_list<int64_t> sizes) {
    return numbers(Dims(sizes), DType::float32);
  };
  CHECK_THROWS(ops::mm(f({2, 3}), f({4, 5})),
               "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)");
  CHECK_THROWS(ops::mm(f({2}), f({4, 5})), "self must be a matrix");
  CHECK_THROWS(ops::mm(f({2, 3}), doubles({3, 2}, 1)),
               "expected m1 and m2 to have the same dtype, but got: float != double");
  CHECK_THROWS(
      ops::bmm(f({2, 3, 4}), f({2, 5, 4})),
      "Expected size for first two dimensions of batch2 tensor to be: [2, 4] but got: [2, 5].");
  CHECK_THROWS(ops::mv(f({2, 3}), f({4})), "size mismatch, got input (2), mat (2x3), vec (4)");
  CHECK_THROWS(ops::dot(f({3}), f({4})), "inconsistent tensor size");
  CHECK_THROWS(ops::matmul(f({}), f({4})), "need to be at least 1D, but they are 0D and 1D");
  CHECK_THROWS(ops::matmul(f({2, 3, 2}), f({4, 5})),
               "mat1 and mat2 shapes cannot be multiplied (6x2 and 4x5)");
  CHECK_THROWS(ops::linear(f({2, 3}), f({4, 5})),
               "mat1 and mat2 shapes cannot be multiplied: input [2, 3], weight [4, 5] (out, in)");
  CHECK_THROWS(ops::linear(f({2, 3}), f({4, 3}), f({5})),
               "The expanded size of the tensor (4) must match the existing size (5)");
  CHECK_THROWS(ops::mm(numbers(Dims{2, 3}, DType::bool_), numbers(Dims{3, 2}, DType::bool_)),
               "not implemented for 'Bool'");
}
