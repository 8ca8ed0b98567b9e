// Softmax kernels against their plain twins: tails, large and infinite values, guard bands.
#include "kernels/ref/softmax.h"

#include <cmath>
#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "kernels/tables.h"

using namespace nabla::kernels;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

const SoftmaxFns<float>& fns(float) { return tables().softmax.f32; }
const SoftmaxFns<double>& fns(double) { return tables().softmax.f64; }

constexpr int64_t kLengths[] = {1, 2, 3, 5, 8, 10, 15, 16, 17, 31, 33, 64, 100, 129, 1000, 2051};

template <class T>
void check_forward(double scale) {
  Numbers numbers(4);
  for (int64_t n : kLengths) {
    const int64_t others = 19;
    const auto x = numbers.vector<T>(n * others, scale);
    std::vector<T> want(x.size());
    for (bool log : {false, true}) {
      const double eps = std::numeric_limits<T>::epsilon() * (log ? 4 * (scale + 8) : 8 + scale);
      Guarded<T> y(n * others);
      const auto rows = log ? fns(T()).log_softmax_rows : fns(T()).softmax_rows;
      rows(y.data(), x.data(), others, n);
      for (int64_t r = 0; r < others; ++r) {
        ref::softmax(want.data() + r * n, x.data() + r * n, n, 1, log);
      }
      for (int64_t i = 0; i < n * others; ++i) CHECK_NEAR(y[i], want[static_cast<size_t>(i)], eps);
      const auto cols = log ? fns(T()).log_softmax_cols : fns(T()).softmax_cols;
      cols(y.data(), x.data(), n, others, others);
      for (int64_t j = 0; j < others; ++j) {
        ref::softmax(want.data() + j, x.data() + j, n, others, log);
      }
      for (int64_t i = 0; i < n * others; ++i) CHECK_NEAR(y[i], want[static_cast<size_t>(i)], eps);
      CHECK_TRUE(y.intact());
    }
    Guarded<T> max(others), log_sum(others);
    fns(T()).log_sum_rows(max.data(), log_sum.data(), x.data(), others, n);
    CHECK_TRUE(max.intact() && log_sum.intact());
    for (int64_t r = 0; r < others; ++r) {
      double m, l;
      ref::log_sum(m, l, x.data() + r * n, n, 1);
      CHECK_EQ(static_cast<double>(max[r]), m);
      CHECK_NEAR(log_sum[r], l, std::numeric_limits<T>::epsilon() * 16);
    }
  }
}

template <class T>
void check_gradient() {
  Numbers numbers(5);
  for (int64_t n : kLengths) {
    const int64_t others = 9;
    const auto dy = numbers.vector<T>(n * others);
    for (bool log : {false, true}) {
      auto y = numbers.vector<T>(n * others);
      for (T& v : y) v = log ? v - std::log(static_cast<T>(n)) : (v + 1) / static_cast<T>(n);
      const double eps = std::numeric_limits<T>::epsilon() * 64;
      std::vector<T> want(y.size());
      Guarded<T> dx(n * others);
      const auto rows = log ? fns(T()).log_softmax_grad_rows : fns(T()).softmax_grad_rows;
      rows(dx.data(), dy.data(), y.data(), others, n);
      for (int64_t r = 0; r < others; ++r) {
        ref::softmax_grad(want.data() + r * n, dy.data() + r * n, y.data() + r * n, n, 1, log);
      }
      for (int64_t i = 0; i < n * others; ++i) CHECK_NEAR(dx[i], want[static_cast<size_t>(i)], eps);
      const auto cols = log ? fns(T()).log_softmax_grad_cols : fns(T()).softmax_grad_cols;
      cols(dx.data(), dy.data(), y.data(), n, others, others);
      for (int64_t j = 0; j < others; ++j) {
        ref::softmax_grad(want.data() + j, dy.data() + j, y.data() + j, n, others, log);
      }
      for (int64_t i = 0; i < n * others; ++i) CHECK_NEAR(dx[i], want[static_cast<size_t>(i)], eps);
      CHECK_TRUE(dx.intact());
    }
  }
}

template <class T>
void check_special() {
  const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  for (int64_t n : {3, 40}) {
    for (T special : {inf, nan}) {
      std::vector<T> x(static_cast<size_t>(n), T(1)), y(x.size());
      x[1] = special;
      fns(T()).softmax_rows(y.data(), x.data(), 1, n);
      CHECK_TRUE(std::isnan(y[1]));
      fns(T()).softmax_cols(y.data(), x.data(), n, 1, 1);
      CHECK_TRUE(std::isnan(y[1]));
    }
    std::vector<T> x(static_cast<size_t>(n), -inf), y(x.size());
    fns(T()).softmax_rows(y.data(), x.data(), 1, n);
    CHECK_TRUE(std::isnan(y[0]));
    x[2] = T(-5);
    fns(T()).softmax_rows(y.data(), x.data(), 1, n);
    CHECK_EQ(y[0], T(0));
    CHECK_EQ(y[2], T(1));
    fns(T()).log_softmax_rows(y.data(), x.data(), 1, n);
    CHECK_EQ(y[0], -inf);
    CHECK_EQ(y[2], T(0));
  }
}

}  // namespace

TEST(forward_f32) { check_forward<float>(3); }
TEST(forward_f64) { check_forward<double>(3); }
TEST(forward_of_large_values) {
  check_forward<float>(1000);
  check_forward<double>(1000);
}
TEST(gradient_f32) { check_gradient<float>(); }
TEST(gradient_f64) { check_gradient<double>(); }
TEST(special_values) {
  check_special<float>();
  check_special<double>();
}
