// Normalisation kernels against their plain twins (tails, blocks, planes and columns, guard bands),
// and the layers: derivatives, running statistics, the same bits for any number of threads.
#include <cstring>
#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "kernels/ref/norm.h"
#include "kernels/tables.h"
#include "op_check.h"
#include "parallel/parallel.h"

using namespace nabla;
using namespace nabla::kernels;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

const NormFns<float>& fns(float) { return tables().norm.f32; }
const NormFns<double>& fns(double) { return tables().norm.f64; }

struct Shape3 {
  int64_t rows, channels, n;
};
constexpr Shape3 kShapes[] = {{1, 3, 5},  {4, 19, 1},   {300, 17, 1}, {7, 2, 3},   {9, 5, 16},
                              {5, 3, 49}, {2, 4, 1024}, {3, 1, 2051}, {1, 2, 5000}};

template <class T>
void check_planes(double offset) {
  Numbers numbers(6);
  const double eps = static_cast<double>(std::numeric_limits<T>::epsilon());
  for (const Shape3 s : kShapes) {
    const int64_t stride = s.channels * s.n + 3, total = s.rows * stride, count = s.rows * s.n;
    auto x = numbers.vector<T>(total), dy = numbers.vector<T>(total);
    for (T& v : x) v += static_cast<T>(offset);
    const auto scale = numbers.vector<T>(s.channels), shift = numbers.vector<T>(s.channels);
    const auto slope = numbers.vector<T>(s.channels);
    Guarded<double> mean(s.channels), m2(s.channels), s1(s.channels), s2(s.channels);
    fns(T()).plane_moments(mean.data(), m2.data(), x.data(), s.channels, s.rows, stride, s.n);
    std::vector<T> around(static_cast<size_t>(s.channels));
    for (int64_t c = 0; c < s.channels; ++c) {
      const auto at = [&](int64_t i) { return i / s.n * stride + c * s.n + i % s.n; };
      double want_mean, want_m2;
      ref::moments(want_mean, want_m2, x.data(), count, at);
      CHECK_NEAR(mean[c], want_mean, eps * (4 + offset / 8));
      CHECK_NEAR(m2[c], want_m2, eps * 32 * static_cast<double>(count) + offset * eps);
      around[static_cast<size_t>(c)] = static_cast<T>(mean[c]);
    }
    fns(T()).plane_sums(s1.data(), s2.data(), dy.data(), x.data(), around.data(), s.channels,
                        s.rows, stride, s.n);
    for (int64_t c = 0; c < s.channels; ++c) {
      const auto at = [&](int64_t i) { return i / s.n * stride + c * s.n + i % s.n; };
      double want1, want2;
      ref::gradient_sums(want1, want2, dy.data(), x.data(),
                         static_cast<double>(around[static_cast<size_t>(c)]), count, at);
      CHECK_NEAR(s1[c], want1, eps * static_cast<double>(count));
      CHECK_NEAR(s2[c], want2, eps * static_cast<double>(count));
    }
    CHECK_TRUE(mean.intact() && m2.intact() && s1.intact() && s2.intact());
    Guarded<T> y(total), dx(total);
    fns(T()).plane_scale(y.data(), x.data(), around.data(), scale.data(), shift.data(), s.channels,
                         s.rows, stride, s.n);
    fns(T()).plane_grad(dx.data(), dy.data(), x.data(), around.data(), scale.data(), slope.data(),
                        shift.data(), s.channels, s.rows, stride, s.n);
    CHECK_TRUE(y.intact() && dx.intact());
    for (int64_t i = 0; i < total; ++i) {
      const size_t c = static_cast<size_t>(i % stride / s.n), k = static_cast<size_t>(i);
      if (c >= around.size()) {
        CHECK_EQ(y[i], Guarded<T>(1)[0]);  // between the rows nothing is written
        continue;
      }
      const double d = static_cast<double>(x[k]) - static_cast<double>(around[c]);
      CHECK_NEAR(y[i], d * static_cast<double>(scale[c]) + static_cast<double>(shift[c]), 8 * eps);
      CHECK_NEAR(dx[i],
                 static_cast<double>(dy[k]) * static_cast<double>(scale[c]) +
                     d * static_cast<double>(slope[c]) + static_cast<double>(shift[c]),
                 8 * eps);
    }
  }
}

template <class T>
void check_rows() {
  Numbers numbers(7);
  const double eps = static_cast<double>(std::numeric_limits<T>::epsilon());
  const T small = static_cast<T>(1e-3);
  for (int64_t n : {1, 2, 5, 16, 17, 33, 100, 768, 2051}) {
    const int64_t rows = 11, total = rows * n;
    const auto x = numbers.vector<T>(total), dy = numbers.vector<T>(total);
    const auto weight = numbers.vector<T>(n), bias = numbers.vector<T>(n);
    for (int form = 0; form < 8; ++form) {
      const bool centered = (form & 4) != 0;
      const T* w = (form & 1) != 0 ? weight.data() : nullptr;
      const T* b = (form & 2) != 0 ? bias.data() : nullptr;
      Guarded<T> y(total), mean(rows), var(rows), dx(total), dw(n), db(n);
      const auto forward = centered ? fns(T()).row_norm : fns(T()).row_rms;
      forward(y.data(), mean.data(), var.data(), x.data(), w, b, rows, n, small);
      for (int64_t i = 0; i < n; ++i) dw[i] = db[i] = T(1);
      const auto backward = centered ? fns(T()).row_norm_grad : fns(T()).row_rms_grad;
      backward(dx.data(), dw.data(), db.data(), dy.data(), x.data(), w, mean.data(), var.data(),
               rows, n, small);
      CHECK_TRUE(y.intact() && mean.intact() && var.intact() && dx.intact());
      CHECK_TRUE(dw.intact() && db.intact());
      std::vector<double> want(static_cast<size_t>(n)), want_w(want.size(), 1), want_b(want_w);
      for (int64_t r = 0; r < rows; ++r) {
        const T* row = x.data() + r * n;
        double m, m2;
        ref::moments(m, m2, row, n, [](int64_t i) { return i; });
        if (!centered) m2 += m * m * static_cast<double>(n), m = 0;
        const double v = m2 / static_cast<double>(n);
        CHECK_NEAR(mean[r], m, 8 * eps);
        CHECK_NEAR(var[r], v, 16 * eps);
        ref::norm_row(want.data(), row, w, b, n, m, v, static_cast<double>(small));
        for (int64_t i = 0; i < n; ++i) {
          CHECK_NEAR(y[r * n + i], want[static_cast<size_t>(i)], 400 * eps);
        }
        ref::norm_row_grad(want.data(), want_w.data(), want_b.data(), dy.data() + r * n, row, w, n,
                           m, v, static_cast<double>(small), centered);
        for (int64_t i = 0; i < n; ++i) {
          CHECK_NEAR(dx[r * n + i], want[static_cast<size_t>(i)], 4000 * eps);
        }
      }
      for (int64_t i = 0; i < n; ++i) {
        CHECK_NEAR(dw[i], want_w[static_cast<size_t>(i)], 400 * eps);
        CHECK_NEAR(db[i], want_b[static_cast<size_t>(i)], 32 * eps);
      }
    }
  }
}

}  // namespace

TEST(planes_f32) { check_planes<float>(0); }
TEST(planes_f64) { check_planes<double>(0); }
// A mean far from 0 must not eat the variance.
TEST(planes_with_offset) { check_planes<float>(1000); }
TEST(rows_f32) { check_rows<float>(); }
TEST(rows_f64) { check_rows<double>(); }

// A first element far from the others, and a mean far from 0.
TEST(rows_with_outliers) {
  Numbers numbers(8);
  for (int64_t n : {2, 17, 768, 2051}) {
    for (double first : {0.0, 1e4, -1e6}) {
      for (double offset : {0.0, 100.0}) {
        auto x = numbers.vector<float>(n);
        for (float& v : x) v += static_cast<float>(offset);
        x[0] = static_cast<float>(first + offset);
        float mean, var;
        std::vector<float> y(x.size());
        tables().norm.f32.row_norm(y.data(), &mean, &var, x.data(), nullptr, nullptr, 1, n, 0.f);
        double m, m2;
        ref::moments(m, m2, x.data(), n, [](int64_t i) { return i; });
        const double v = m2 / static_cast<double>(n), size = std::fabs(m) + std::sqrt(v);
        CHECK_NEAR(mean, m, 4e-7 * size);
        CHECK_NEAR(var, v, 4e-6 * v);
      }
    }
  }
  std::vector<float> x(40, 3.f), y(40);
  float mean, var;
  tables().norm.f32.row_norm(y.data(), &mean, &var, x.data(), nullptr, nullptr, 1, 40, 1.f);
  CHECK_EQ(mean, 3.f);
  CHECK_EQ(var, 0.f);
  x[5] = std::numeric_limits<float>::quiet_NaN();
  tables().norm.f32.row_norm(y.data(), &mean, &var, x.data(), nullptr, nullptr, 1, 40, 1.f);
  CHECK_TRUE(std::isnan(y[0]) && std::isnan(y[39]));
}

TEST(derivatives) {
  using namespace nabla_test;
  const OptTensor none;
  CHECK_GRADIENTS(
      [&](const TensorList& x) {
        return ops::batch_norm(x[0], none, none, x[1], x[2], true, 0.1, 0.1);
      },
      Dims{3, 2, 2}, Dims{2}, Dims{2});
  CHECK_GRADIENTS([&](const TensorList& x) { return ops::group_norm(x[0], 2, x[1], x[2], 0.1); },
                  Dims{2, 4, 2}, Dims{4}, Dims{4});
  CHECK_GRADIENTS(
      [&](const TensorList& x) { return ops::layer_norm(x[0], Dims{3}, x[1], x[2], 0.1); },
      Dims{2, 3}, Dims{3}, Dims{3});
  CHECK_GRADIENTS([&](const TensorList& x) { return ops::rms_norm(x[0], Dims{3}, x[1], 0.1); },
                  Dims{2, 3}, Dims{3});
}

TEST(running_statistics) {
  using namespace nabla_test;
  const Tensor mean = tensor({1, 2}, Dims{2}), var = tensor({1, 2}, Dims{2});
  const uint32_t before = mean.version();
  ops::batch_norm(tensor({0, 1, 2, 3}, Dims{2, 2}), mean, var, std::nullopt, std::nullopt, true,
                  0.5, 1e-5);
  CHECK_TENSOR(mean, Dims{2}, {1, 2});
  CHECK_TENSOR(var, Dims{2}, {1.5, 2});
  CHECK_TRUE(mean.version() != before);
}

TEST(the_same_for_any_number_of_threads) {
  using namespace nabla_test;
  const auto run = [&](const Dims& sizes, auto&& f) {
    Tensor x = empty(sizes, DType::float32), w = empty(Dims{sizes[1]}, DType::float32);
    Numbers numbers(9);
    for (int64_t i = 0; i < x.numel(); ++i) x.data<float>()[i] = static_cast<float>(numbers.next());
    for (int64_t i = 0; i < w.numel(); ++i) w.data<float>()[i] = static_cast<float>(numbers.next());
    std::vector<std::vector<double>> results;
    const int threads = num_threads();
    for (int n : {1, 2, 3}) {
      set_num_threads(n);
      Tensor leaf = ops::mul(x, Operand(1)), weight = ops::mul(w, Operand(1));
      set_requires_grad(leaf, true);
      set_requires_grad(weight, true);
      const Tensor y = f(leaf, weight);
      BackwardOptions options;
      options.accumulate = false;
      std::vector<double> all = values(y);
      for (const Tensor& g : run_backward({y}, {x}, {leaf, weight}, options)) {
        const std::vector<double> v = values(g);
        all.insert(all.end(), v.begin(), v.end());
      }
      results.push_back(all);
    }
    set_num_threads(threads);
    CHECK_TRUE(results[0] == results[1]);
    CHECK_TRUE(results[0] == results[2]);
  };
  const OptTensor none;
  run(Dims{8, 40, 20, 20}, [&](const Tensor& x, const Tensor& w) {
    return ops::batch_norm(x, none, none, w, none, true, 0.1, 1e-5);
  });
  run(Dims{8, 40, 20, 20},
      [&](const Tensor& x, const Tensor& w) { return ops::group_norm(x, 4, w, none, 1e-5); });
  run(Dims{300, 200}, [&](const Tensor& x, const Tensor& w) {
    return ops::layer_norm(x, Dims{200}, w, none, 1e-5);
  });
}
