// The direct convolutions against their definition in float64: strides, borders, dilation, groups,
// odd sizes, memory left untouched, and bitwise equality over thread counts.
#include "ops/conv_direct.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "kernels/ref/conv.h"
#include "ops/conv_columns.h"
#include "page_guard.h"
#include "parallel/parallel.h"

using namespace nabla;
using nabla_test::Guarded;
using nabla_test::PageGuarded;
using ops::Conv2d;
using ops::Conv3d;
namespace ref = kernels::ref;

namespace {

struct Shape {
  int64_t n, in_c, h, w, out_c, k_h, k_w;
  int64_t s_h = 1, s_w = 1, p_h = 0, p_w = 0, d_h = 1, d_w = 1, groups = 1;
};

Conv3d problem(const Shape& s) {
  Conv3d p{};
  p.n = s.n, p.groups = s.groups, p.in_c = s.in_c, p.in_h = s.h, p.in_w = s.w, p.out_c = s.out_c;
  p.k_h = s.k_h, p.k_w = s.k_w, p.stride_h = s.s_h, p.stride_w = s.s_w;
  p.pad_h = s.p_h, p.pad_w = s.p_w, p.dil_h = s.d_h, p.dil_w = s.d_w;
  p.out_h = (s.h + 2 * s.p_h - s.d_h * (s.k_h - 1) - 1) / s.s_h + 1;
  p.out_w = (s.w + 2 * s.p_w - s.d_w * (s.k_w - 1) - 1) / s.s_w + 1;
  return p;
}

int taken[3], asked[3];

void compare(int pass, const Conv3d& p, int64_t terms, Guarded<float>& got,
             const std::vector<float>& want) {
  CHECK_TRUE(got.intact());
  const double tolerance = 1.2e-7 * (8 + static_cast<double>(terms));
  for (int64_t i = 0; i < static_cast<int64_t>(want.size()); ++i) {
    if (std::fabs(double(got[i]) - double(want[i])) <= tolerance) continue;
    char text[256];
    std::snprintf(text, sizeof text,
                  "pass %d: %dx%dx%dx%d -> %d k %dx%d s %dx%d p %dx%d d %dx%d g %d: [%d] = %g, "
                  "not %g",
                  pass, int(p.n), int(p.in_c), int(p.in_h), int(p.in_w), int(p.out_c), int(p.k_h),
                  int(p.k_w), int(p.stride_h), int(p.stride_w), int(p.pad_h), int(p.pad_w),
                  int(p.dil_h), int(p.dil_w), int(p.groups), int(i), got[i], want[i]);
    nabla_test::fail(__FILE__, __LINE__, text);
    return;
  }
}

void check(const Conv3d& p) {
  const int64_t inputs = p.n * p.in_c * p.in_h * p.in_w;
  const int64_t outputs = p.n * p.out_c * p.out_h * p.out_w;
  const int64_t weights = p.out_c * (p.in_c / p.groups) * p.k_h * p.k_w;
  const PageGuarded<float> x(inputs), w(weights), dy(outputs), bias(p.out_c);
  const int64_t taps = p.k_h * p.k_w;
  Guarded<float> y(outputs), dx(inputs), dw(weights);
  std::vector<float> want(outputs), want_dx(inputs), want_dw(weights);
  for (const float* b :
       {static_cast<const float*>(bias.data()), static_cast<const float*>(nullptr)})
    if (++asked[0]; ops::conv_direct_forward(p, x.data(), w.data(), b, y.data())) {
      ++taken[0];
      ref::conv_forward(p, x.data(), w.data(), b, want.data());
      compare(0, p, p.in_c / p.groups * taps, y, want);
    }
  if (++asked[1]; ops::conv_direct_grad_input(p, dy.data(), w.data(), dx.data())) {
    ++taken[1];
    ref::conv_grad_input(p, dy.data(), w.data(), want_dx.data());
    compare(1, p, p.out_c / p.groups * taps, dx, want_dx);
  }
  if (++asked[2]; ops::conv_direct_grad_weight(p, x.data(), dy.data(), dw.data())) {
    ++taken[2];
    ref::conv_grad_weight(p, x.data(), dy.data(), want_dw.data(), static_cast<float*>(nullptr));
    compare(2, p, p.n * p.out_h * p.out_w, dw, want_dw);
  }
}

class Threads {
 public:
  explicit Threads(int n) : before_(num_threads()) { set_num_threads(n); }
  ~Threads() { set_num_threads(before_); }

 private:
  int before_;
};

std::vector<float> all_results(const Conv3d& p) {
  nabla_test::Numbers numbers(3);
  const auto x = numbers.vector<float>(p.n * p.in_c * p.in_h * p.in_w);
  const auto w = numbers.vector<float>(p.out_c * (p.in_c / p.groups) * p.k_h * p.k_w);
  const auto dy = numbers.vector<float>(p.n * p.out_c * p.out_h * p.out_w);
  std::vector<float> all(dy.size() + x.size() + w.size());
  CHECK_TRUE(ops::conv_direct_forward(p, x.data(), w.data(), nullptr, all.data()));
  CHECK_TRUE(ops::conv_direct_grad_input(p, dy.data(), w.data(), all.data() + dy.size()));
  CHECK_TRUE(
      ops::conv_direct_grad_weight(p, x.data(), dy.data(), all.data() + dy.size() + x.size()));
  return all;
}

}  // namespace

TEST(the_small_network) {
  for (int64_t n : {1, 2, 3, 4, 7}) {
    check(problem({n, 3, 32, 32, 6, 5, 5}));
    check(problem({n, 6, 14, 14, 16, 5, 5}));
    check(problem({n, 1, 28, 28, 8, 3, 3, 1, 1, 1, 1}));
  }
}

TEST(channels_and_sizes) {
  for (int64_t in_c : {1, 2, 3, 7, 16, 33})
    for (int64_t out_c : {1, 2, 4, 5, 8, 13, 16, 17, 31, 33, 48})
      for (int64_t size : {3, 4, 7, 9, 17, 19}) {
        check(problem({1, in_c, size, size + 1, out_c, 3, 3, 1, 1, 1, 1}));
        check(problem({2, in_c, size + 2, size, out_c, 2, 3}));
      }
}

TEST(kernels_and_borders) {
  for (int64_t k_h : {1, 2, 3, 4, 5, 6, 7, 11})
    for (int64_t k_w : {1, 2, 3, 4, 5, 6, 7, 8, 11})
      for (int64_t pad : {0, 1, 3})
        for (int64_t out_c : {3, 18})
          check(problem({2, 2, 13, 12, out_c, k_h, k_w, 1, 1, pad, pad}));
}

TEST(strides_dilation_groups) {
  for (int64_t s_h : {1, 2, 3})
    for (int64_t s_w : {1, 2, 3, 4})
      for (int64_t k : {1, 2, 3, 5, 7})
        for (int64_t pad : {0, 1, 2})
          for (int64_t out_c : {4, 20}) {
            check(problem({2, 3, 14, 17, out_c, k, k, s_h, s_w, pad, pad}));
            check(problem({1, 4, 15, 16, out_c, k, 3, s_h, s_w, pad, 1, 2, 2, 2}));
          }
  check(problem({2, 6, 16, 15, 6, 3, 3, 1, 1, 1, 1, 1, 1, 6}));
  check(problem({2, 32, 9, 9, 64, 3, 3, 1, 1, 2, 2, 2, 2, 2}));
  check(problem({1, 3, 40, 40, 64, 7, 7, 2, 2, 3, 3}));
  check(problem({1, 3, 1, 300, 5, 1, 9, 1, 1, 0, 4}));
}

TEST(padding_on_one_side) {
  // as 'same' with an even kernel: more is read on the right than on the left
  for (int64_t out_c : {4, 20}) {
    Conv3d p = problem({2, 3, 8, 9, out_c, 2, 4, 1, 1, 0, 1});
    p.out_h = 8;
    p.out_w = 9;
    check(p);
  }
}

TEST(larger_blocks) {
  check(problem({1, 40, 40, 40, 40, 3, 3, 1, 1, 1, 1}));
  check(problem({5, 20, 33, 29, 6, 5, 5, 1, 1, 2, 2}));
  check(problem({3, 64, 28, 28, 32, 3, 3, 2, 2, 1, 1}));
  check(problem({40, 8, 12, 12, 24, 3, 3, 1, 1, 1, 1}));
  check(problem({40, 8, 22, 20, 5, 3, 3, 1, 1, 1, 1}));
}

TEST(most_are_taken) {
  for (int pass = 0; pass < 3; ++pass) {
    CHECK_TRUE(asked[pass] > 500);
    CHECK_TRUE(taken[pass] * 10 >= asked[pass] * 8);
  }
}

TEST(what_lies_beside_a_row_does_not_count) {
  // infinities in the columns that no tap of the first kernel column reaches
  Conv3d p = problem({1, 2, 9, 12, 3, 5, 5});
  std::vector<float> x(p.in_c * p.in_h * p.in_w, 1.f), dy(p.out_c * p.out_h * p.out_w, 1.f);
  for (int64_t i = 0; i < p.in_c * p.in_h; ++i)
    x[i * p.in_w + p.in_w - 1] = std::numeric_limits<float>::infinity();
  std::vector<float> dw(p.out_c * p.in_c * 25);
  CHECK_TRUE(ops::conv_direct_grad_weight(p, x.data(), dy.data(), dw.data()));
  for (size_t i = 0; i < dw.size(); ++i) CHECK_EQ(std::isfinite(dw[i]), i % 5 != 4);
}

TEST(same_bits_for_any_number_of_threads) {
  for (const Shape& s :
       {Shape{9, 3, 32, 32, 6, 5, 5}, Shape{9, 6, 14, 14, 16, 5, 5},
        Shape{1, 32, 28, 28, 48, 3, 3, 1, 1, 1, 1}, Shape{3, 40, 30, 30, 33, 3, 3, 2, 2, 1, 1}}) {
    Threads use(1);
    const auto expected = all_results(problem(s));
    for (int threads : {2, 3, 5}) {
      set_num_threads(threads);
      const auto got = all_results(problem(s));
      CHECK_TRUE(std::memcmp(got.data(), expected.data(), got.size() * sizeof(float)) == 0);
    }
  }
}
