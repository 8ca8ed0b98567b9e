// Loss kernels against their plain twins.
#include "kernels/ref/loss.h"

#include <cmath>
#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "kernels/tables.h"

using namespace nabla::kernels;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

const LossFns<float>& fns(float) { return tables().loss.f32; }
const LossFns<double>& fns(double) { return tables().loss.f64; }

constexpr int64_t kLengths[] = {0, 1, 2, 3, 4, 7, 8, 9, 16, 17, 33, 100, 1025};

template <class T>
void check_pairs() {
  Numbers numbers(6);
  const double eps = std::numeric_limits<T>::epsilon();
  for (int64_t n : kLengths) {
    for (int kind = 0; kind < kPairLosses; ++kind) {
      const bool probabilities = kind == kPairBce;
      auto x = numbers.vector<T>(n, 3), y = numbers.vector<T>(n, 3);
      if (probabilities || kind == kPairBceLogits) {
        for (T& v : y) v = (v + 3) / 6;
      }
      if (probabilities) {
        for (T& v : x) v = (v + 3) / 6;
        if (n > 0) x[0] = 0;
        if (n > 1) x[1] = 1;
      }
      if (kind == kPairBceLogits && n > 1) {
        x[0] = 500;
        x[1] = -500;
      }
      for (double b : {0.5, 1.0, 2.0}) {
        Guarded<T> out(n);
        fns(T()).pair[kind](out.data(), x.data(), y.data(), n, static_cast<T>(b));
        CHECK_TRUE(out.intact());
        for (int64_t i = 0; i < n; ++i) {
          const auto u = static_cast<size_t>(i);
          const double want = ref::pair_loss(static_cast<PairLoss>(kind), x[u], y[u], b);
          CHECK_NEAR(out[i], want, eps * 16 * (1 + std::fabs(want)));
        }
      }
    }
  }
}

template <class T>
void check_cross_entropy_grad() {
  Numbers numbers(7);
  const double eps = std::numeric_limits<T>::epsilon();
  for (int64_t n : {1, 3, 10, 16, 17, 100}) {
    const int64_t rows = 7;
    const auto x = numbers.vector<T>(rows * n, 4), scale = numbers.vector<T>(rows);
    const auto shift = numbers.vector<T>(rows);
    std::vector<T> max(rows), log_sum(rows);
    const auto& softmax = [&]() -> const SoftmaxFns<T>& {
      if constexpr (std::is_same_v<T, float>) {
        return tables().softmax.f32;
      } else {
        return tables().softmax.f64;
      }
    }();
    softmax.log_sum_rows(max.data(), log_sum.data(), x.data(), rows, n);
    for (const T* b : {static_cast<const T*>(nullptr), shift.data()}) {
      Guarded<T> dx(rows * n);
      fns(T()).cross_entropy_grad(dx.data(), x.data(), max.data(), log_sum.data(), scale.data(), b,
                                  rows, n);
      CHECK_TRUE(dx.intact());
      for (int64_t r = 0; r < rows; ++r) {
        const auto u = static_cast<size_t>(r);
        for (int64_t j = 0; j < n; ++j) {
          const double p = std::exp(static_cast<double>(x[static_cast<size_t>(r * n + j)]) -
                                    max[u] - log_sum[u]);
          const double want = scale[u] * p - (b != nullptr ? b[u] : T(0));
          CHECK_NEAR(dx[r * n + j], want, eps * 32);
        }
      }
    }
  }
}

}  // namespace

TEST(pairs_f32) { check_pairs<float>(); }
TEST(pairs_f64) { check_pairs<double>(); }
TEST(cross_entropy_grad_f32) { check_cross_entropy_grad<float>(); }
TEST(cross_entropy_grad_f64) { check_cross_entropy_grad<double>(); }

TEST(nan_stays_nan) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), one = 1;
  for (int kind = 0; kind < kPairLosses; ++kind) {
    float out = 0;
    tables().loss.f32.pair[kind](&out, &nan, &one, 1, 1.f);
    CHECK_TRUE(std::isnan(out));
  }
}
