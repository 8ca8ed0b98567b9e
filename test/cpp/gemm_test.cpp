// The matrix product against its definition in float64: every path, edge sizes, strides, epilogues,
// memory left untouched, and bitwise equality over thread counts.
#include "ops/gemm.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "check.h"
#include "kernels/ref/gemm.h"
#include "page_guard.h"
#include "parallel/parallel.h"

using namespace nabla;
using kernels::GemmArgs;
using nabla_test::noise;
using nabla_test::PageGuarded;

namespace {

class Threads {
 public:
  explicit Threads(int n) : before_(num_threads()) { set_num_threads(n); }
  ~Threads() { set_num_threads(before_); }

 private:
  int before_;
};

struct Case {
  int64_t m, n, k;
  bool trans_a, trans_b;
  double alpha = 1, beta = 0;
  bool bias_n = false, bias_m = false, relu = false;
  int64_t pad = 0;  // beyond the least row strides
};

int64_t extent(int64_t rows, int64_t ld, int64_t width) {
  return rows == 0 || width == 0 ? 0 : (rows - 1) * ld + width;
}

template <class T>
void check_case(const Case& c) {
  const int64_t a_rows = c.trans_a ? c.k : c.m, a_width = c.trans_a ? c.m : c.k;
  const int64_t b_rows = c.trans_b ? c.n : c.k, b_width = c.trans_b ? c.k : c.n;
  GemmArgs<T> g;
  g.m = c.m, g.n = c.n, g.k = c.k;
  g.trans_a = c.trans_a, g.trans_b = c.trans_b;
  g.lda = a_width + c.pad, g.ldb = b_width + c.pad, g.ldc = c.n + c.pad;
  g.alpha = static_cast<T>(c.alpha), g.beta = static_cast<T>(c.beta), g.relu = c.relu;
  const PageGuarded<T> a(extent(a_rows, g.lda, a_width)), b(extent(b_rows, g.ldb, b_width));
  const PageGuarded<T> out(extent(c.m, g.ldc, c.n)), bias_n(c.n), bias_m(c.m);
  g.a = a.data(), g.b = b.data();
  if (c.bias_n) g.bias_n = bias_n.data();
  if (c.bias_m) g.bias_m = bias_m.data();
  if (c.beta == 0)  // must not be read
    for (int64_t i = 0; i < c.m; ++i)
      for (int64_t j = 0; j < c.n; ++j)
        out.data()[i * g.ldc + j] = std::numeric_limits<T>::quiet_NaN();

  const std::vector<T> before = out.copy();
  std::vector<T> expected = before;
  g.c = expected.data();
  kernels::ref::gemm(g);
  g.c = out.data();
  ops::gemm(g);

  // k roundings of partial sums that grow as sqrt(k)
  const double tolerance = (sizeof(T) == 4 ? 1.2e-7 : 4.5e-16) * (8 + static_cast<double>(c.k));
  for (int64_t i = 0; i < c.m; ++i) {
    for (int64_t j = 0; j < c.n; ++j) {
      const double got = out.data()[i * g.ldc + j], want = expected[i * g.ldc + j];
      if (std::fabs(got - want) <= tolerance) continue;
      char text[256];
      std::snprintf(text, sizeof text,
                    "m %d n %d k %d ta %d tb %d alpha %g beta %g bias %d %d relu %d pad %d: "
                    "C[%d][%d] = %g, not %g",
                    int(c.m), int(c.n), int(c.k), c.trans_a, c.trans_b, c.alpha, c.beta, c.bias_n,
                    c.bias_m, c.relu, int(c.pad), int(i), int(j), got, want);
      nabla_test::fail(__FILE__, __LINE__, text);
      return;
    }
    for (int64_t j = c.n; j < g.ldc && i + 1 < c.m; ++j)
      if (out.data()[i * g.ldc + j] != before[i * g.ldc + j]) {
        nabla_test::fail(__FILE__, __LINE__, "wrote between the rows of C");
        return;
      }
  }
}

template <class T>
void check_shape(int64_t m, int64_t n, int64_t k, int variant) {
  for (int mode = 0; mode < 4; ++mode, ++variant) {
    Case c{m, n, k, (mode & 1) != 0, (mode & 2) != 0};
    c.alpha = variant % 5 == 0 ? 0.5 : 1;
    c.beta = variant % 3 == 0 ? 1 : variant % 7 == 0 ? 0.25 : 0;
    c.bias_n = variant % 2 == 0;
    c.bias_m = variant % 11 == 0;
    c.relu = variant % 4 == 1;
    c.pad = variant % 3;
    check_case<T>(c);
  }
}

template <class T>
std::vector<T> product(int64_t m, int64_t n, int64_t k, bool ta, bool tb, const std::vector<T>& a,
                       const std::vector<T>& b) {
  std::vector<T> c(m * n);
  GemmArgs<T> g;
  g.m = m, g.n = n, g.k = k, g.trans_a = ta, g.trans_b = tb;
  g.a = a.data(), g.b = b.data(), g.c = c.data();
  g.lda = ta ? m : k, g.ldb = tb ? k : n, g.ldc = n;
  ops::gemm(g);
  return c;
}

}  // namespace

TEST(small_shapes) {
  int variant = 0;
  for (int64_t m : {1, 2, 3, 5, 6, 7, 8, 9, 13, 14, 15, 16, 29, 33, 65})
    for (int64_t n : {1, 3, 4, 8, 10, 15, 16, 17, 31, 32, 33, 47, 64, 81, 100})
      for (int64_t k : {1, 2, 7, 16, 17, 33, 100}) check_shape<float>(m, n, k, variant++);
}

TEST(small_shapes_double) {
  int variant = 0;
  for (int64_t m : {1, 2, 4, 7, 14, 15, 29})
    for (int64_t n : {1, 5, 8, 9, 16, 23, 40})
      for (int64_t k : {1, 3, 8, 17, 65}) check_shape<double>(m, n, k, variant++);
}

TEST(blocked_shapes) {
  int variant = 0;
  const int64_t shapes[][3] = {{70, 80, 300},  {83, 109, 271}, {129, 1100, 20}, {67, 133, 513},
                               {66, 300, 300}, {30, 64, 1025}, {16, 70, 1300},  {90, 190, 257},
                               {64, 784, 28},  {128, 784, 4},  {64, 128, 284},  {1, 128, 784},
                               {4, 128, 784},  {9, 1500, 40},  {7, 300, 300},   {2100, 40, 30},
                               {5, 300, 1024}, {100, 30, 1024}};
  for (const auto& s : shapes) {
    check_shape<float>(s[0], s[1], s[2], variant);
    check_shape<double>(s[0], s[1], s[2], variant + 1);
    variant += 2;
  }
}

TEST(rows_that_collide_in_the_cache) {
  for (int mode = 0; mode < 4; ++mode) {
    check_case<float>({70, 150, 1024, (mode & 1) != 0, (mode & 2) != 0});
    check_case<double>({70, 100, 512, (mode & 1) != 0, (mode & 2) != 0});
    check_case<float>({90, 70, 2048, (mode & 1) != 0, (mode & 2) != 0, 1, 1, true});
  }
}

TEST(two_threads) {
  Threads use(2);
  int variant = 3;
  for (int64_t m : {1, 7, 65, 250})
    for (int64_t n : {1, 10, 130, 400})
      for (int64_t k : {20, 300}) check_shape<float>(m, n, k, variant++);
}

TEST(every_epilogue) {
  const int64_t shapes[][3] = {{3, 40, 20}, {40, 40, 20}, {5, 50, 260}, {66, 133, 260}};
  const double factors[][2] = {{1, 0}, {1, 1}, {-0.75, -2}};
  for (const auto& s : shapes)
    for (int mode = 0; mode < 4; ++mode)
      for (int bits = 0; bits < 8; ++bits)
        for (const auto& f : factors) {
          Case c{s[0], s[1], s[2], (mode & 1) != 0, (mode & 2) != 0, f[0], f[1]};
          c.bias_n = bits & 1, c.bias_m = bits & 2, c.relu = bits & 4;
          check_case<float>(c);
        }
}

TEST(empty_depth_gives_the_rest) {
  for (double beta : {0.0, 1.0, 0.5}) {
    Case c{20, 50, 0, false, false, 1, beta, true, false, true};
    check_case<float>(c);
    c.trans_b = true;
    check_case<float>(c);
    c.trans_a = true;
    check_case<double>(c);
  }
}

TEST(empty_result) {
  check_case<float>({0, 5, 3, false, false});
  check_case<float>({5, 0, 3, true, true});
  check_case<double>({0, 0, 0, false, true});
}

TEST(relu_keeps_nan) {
  for (int64_t m : {1, 3, 40, 100})
    for (int mode = 0; mode < 4; ++mode) {
      const int64_t n = 48, k = 300;
      std::vector<float> a(m * k, 1.f), b(n * k, -1.f), c(m * n);
      for (float& x : a) x = std::numeric_limits<float>::quiet_NaN();
      GemmArgs<float> g;
      g.m = m, g.n = n, g.k = k, g.trans_a = (mode & 1) != 0, g.trans_b = (mode & 2) != 0;
      g.a = a.data(), g.b = b.data(), g.c = c.data();
      g.lda = g.trans_a ? m : k, g.ldb = g.trans_b ? k : n, g.ldc = n;
      g.relu = true;
      ops::gemm(g);
      for (float x : c) CHECK_TRUE(std::isnan(x));
    }
}

TEST(same_bits_for_any_number_of_threads) {
  const int64_t shapes[][3] = {{1, 2000, 900},  {4, 1000, 784},  {64, 700, 784},  {33, 900, 300},
                               {300, 300, 300}, {300, 400, 500}, {2500, 80, 100}, {128, 784, 256}};
  for (const auto& s : shapes)
    for (int mode = 0; mode < 4; ++mode) {
      const bool ta = mode & 1, tb = mode & 2;
      std::vector<float> a(s[0] * s[2]), b(s[1] * s[2]);
      for (float& x : a) x = noise();
      for (float& x : b) x = noise();
      Threads use(1);
      const auto expected = product(s[0], s[1], s[2], ta, tb, a, b);
      for (int threads : {2, 3, 5}) {
        set_num_threads(threads);
        const auto got = product(s[0], s[1], s[2], ta, tb, a, b);
        CHECK_TRUE(std::memcmp(got.data(), expected.data(), got.size() * sizeof(float)) == 0);
      }
    }
}
