// Reduction kernels against their plain twins: tails, strides, NaN, infinities, guard bands.
#include "kernels/ref/reduce.h"

#include <cmath>
#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "kernels/tables.h"

using namespace nabla::kernels;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

const ReduceFns<float>& fns(float) { return tables().reduce.f32; }
const ReduceFns<double>& fns(double) { return tables().reduce.f64; }

constexpr int64_t kLengths[] = {0,  1,  2,  3,   4,   5,   7,   8,   9,   15,   16,   17,   31,  33,
                                63, 64, 65, 127, 128, 129, 255, 511, 513, 1023, 1024, 1025, 4099};

// Relative to the sum of magnitudes that a reduction of n terms may lose.
template <class T>
double tolerance(ReduceOp op, int64_t n, double magnitude) {
  if (op == kReduceMax || op == kReduceMin) return 0;
  const double eps = std::numeric_limits<T>::epsilon();
  return eps * (op == kReduceProd ? 2.0 * static_cast<double>(n) + 2 : 24) * magnitude +
         static_cast<double>(std::numeric_limits<T>::min());
}

template <class T>
void check_rows_and_cols() {
  Numbers numbers(1);
  for (int64_t n : kLengths) {
    const int64_t others = 5, row_stride = n + 3;
    const auto x = numbers.vector<T>(others * row_stride + n * 40 + 40, 1.1);
    const auto centers = numbers.vector<T>(64);
    for (int op = 0; op < kReduceOps; ++op) {
      const auto kind = static_cast<ReduceOp>(op);
      Guarded<T> out(others);
      fns(T()).rows[op](out.data(), x.data(), centers.data(), others, n, row_stride);
      CHECK_TRUE(out.intact());
      for (int64_t r = 0; r < others; ++r) {
        const T* row = x.data() + r * row_stride;
        const T want = ref::reduce(kind, row, n, 1, centers[static_cast<size_t>(r)]);
        const double magnitude =
            kind == kReduceSum ? ref::reduce(kReduceSumAbs, row, n, 1, T(0)) : std::fabs(want);
        CHECK_NEAR(out[r], want, tolerance<T>(kind, n, magnitude));
      }
      for (int64_t cols : {1, 2, 3, 7, 10, 16, 17, 33}) {
        Guarded<T> sums(cols);
        const int64_t stride = cols + 2;
        if (n * stride > static_cast<int64_t>(x.size())) continue;
        fns(T()).cols[op](sums.data(), x.data(), centers.data(), n, cols, stride);
        CHECK_TRUE(sums.intact());
        for (int64_t j = 0; j < cols; ++j) {
          const T* col = x.data() + j;
          const T want = ref::reduce(kind, col, n, stride, centers[static_cast<size_t>(j)]);
          const double magnitude = kind == kReduceSum
                                       ? ref::reduce(kReduceSumAbs, col, n, stride, T(0))
                                       : std::fabs(want);
          CHECK_NEAR(sums[j], want, tolerance<T>(kind, n, magnitude));
        }
      }
    }
  }
}

template <class T>
void check_extremes_with_nan() {
  Numbers numbers(2);
  const T nan = std::numeric_limits<T>::quiet_NaN(), inf = std::numeric_limits<T>::infinity();
  for (int64_t n : kLengths) {
    if (n == 0) continue;
    for (int64_t at : {int64_t{0}, n / 2, n - 1}) {
      auto x = numbers.vector<T>(n);
      x[static_cast<size_t>(at)] = nan;
      x[static_cast<size_t>((at + 1) % n)] = n > 1 ? inf : nan;
      for (ReduceOp op : {kReduceMax, kReduceMin}) {
        T rows = 0, cols = 0;
        fns(T()).rows[op](&rows, x.data(), nullptr, 1, n, n);
        fns(T()).cols[op](&cols, x.data(), nullptr, n, 1, 1);
        CHECK_TRUE(std::isnan(rows));
        CHECK_TRUE(std::isnan(cols));
      }
      int64_t index = -1;
      fns(T()).find_rows(&index, x.data(), &nan, 1, n, n);
      CHECK_EQ(index, at);
      fns(T()).find_cols(&index, x.data(), &nan, n, 1, 1);
      CHECK_EQ(index, at);
    }
  }
}

template <class T>
void check_find() {
  Numbers numbers(3);
  for (int64_t n : kLengths) {
    const int64_t others = 70;
    auto x = numbers.vector<T>(n * others);
    for (T& v : x) v = std::floor(v * 8);  // many equal ones
    const auto want = numbers.vector<T>(others, 8);
    std::vector<T> wanted(want);
    for (T& v : wanted) v = std::floor(v);
    Guarded<int64_t> index(others);
    fns(T()).find_rows(index.data(), x.data(), wanted.data(), others, n, n);
    for (int64_t r = 0; r < others; ++r) {
      CHECK_EQ(index[r], ref::find(x.data() + r * n, wanted[static_cast<size_t>(r)], n, 1));
    }
    fns(T()).find_cols(index.data(), x.data(), wanted.data(), n, others, others);
    for (int64_t j = 0; j < others; ++j) {
      CHECK_EQ(index[j], ref::find(x.data() + j, wanted[static_cast<size_t>(j)], n, others));
    }
    CHECK_TRUE(index.intact());
  }
}

}  // namespace

TEST(rows_and_cols_f32) { check_rows_and_cols<float>(); }
TEST(rows_and_cols_f64) { check_rows_and_cols<double>(); }
TEST(extremes_with_nan_f32) { check_extremes_with_nan<float>(); }
TEST(extremes_with_nan_f64) { check_extremes_with_nan<double>(); }
TEST(find_f32) { check_find<float>(); }
TEST(find_f64) { check_find<double>(); }

TEST(a_long_sum_stays_exact_to_a_few_ulp) {
  const int64_t n = 10'000'000;
  const std::vector<float> x(static_cast<size_t>(n), 0.1f);
  float sum = 0;
  tables().reduce.f32.rows[kReduceSum](&sum, x.data(), nullptr, 1, n, n);
  CHECK_NEAR(sum, 0.1f * 1e7, 0.5);
  tables().reduce.f32.cols[kReduceSum](&sum, x.data(), nullptr, n, 1, 1);
  CHECK_NEAR(sum, 0.1f * 1e7, 0.5);
}
