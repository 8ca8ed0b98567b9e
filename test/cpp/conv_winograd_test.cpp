// The Winograd path against the definition in float64, its switch, and bitwise equality over thread
// counts.
#include "ops/conv_winograd.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "check.h"
#include "kernel_data.h"
#include "kernels/ref/conv.h"
#include "ops/conv_columns.h"
#include "parallel/parallel.h"

using namespace nabla;
using namespace nabla::ops;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

Conv2d problem(int64_t n, int64_t in_c, int64_t h, int64_t w, int64_t out_c, int64_t pad_h,
               int64_t pad_w, int64_t groups = 1) {
  return {n, groups, in_c,  h,     w, out_c, h + 2 * pad_h - 2, w + 2 * pad_w - 2, 3, 3,
          1, 1,      pad_h, pad_w, 1, 1};
}

struct Data {
  explicit Data(const Conv2d& p, uint64_t seed = 1) {
    Numbers numbers(seed);
    x = numbers.vector<float>(p.n * p.in_c * p.in_h * p.in_w);
    w = numbers.vector<float>(p.out_c * p.in_c / p.groups * 9);
    bias = numbers.vector<float>(p.out_c);
    dy = numbers.vector<float>(p.n * p.out_c * p.out_h * p.out_w);
  }
  std::vector<float> x, w, bias, dy;
};

template <class T>
int64_t size(const std::vector<T>& v) {
  return static_cast<int64_t>(v.size());
}

double worst(Guarded<float>& got, const std::vector<float>& want) {
  double e = 0;
  for (int64_t i = 0; i < size(want); ++i) {
    const double d = std::fabs(static_cast<double>(got[i]) - static_cast<double>(want[i]));
    e = d <= e ? e : d;  // a NaN is the worst
  }
  return e;
}

// Values below 1 in absolute value; sums of `terms` products grow as their root.
double bound(int64_t terms) { return 6e-6 * (2 + std::sqrt(static_cast<double>(terms))); }

void check_all(const Conv2d& p) {
  const Data d(p);
  const Conv3d p3{p};
  std::vector<float> y(d.dy), dx(d.x), dw(d.w);
  kernels::ref::conv_forward(p3, d.x.data(), d.w.data(), d.bias.data(), y.data());
  kernels::ref::conv_grad_input(p3, d.dy.data(), d.w.data(), dx.data());
  kernels::ref::conv_grad_weight(p3, d.x.data(), d.dy.data(), dw.data(),
                                 static_cast<float*>(nullptr));
  Guarded<float> got_y(size(y)), got_dx(size(dx)), got_dw(size(dw));
  CHECK_TRUE(winograd_forward(p, d.x.data(), d.w.data(), d.bias.data(), got_y.data()));
  CHECK_TRUE(got_y.intact());
  CHECK_NEAR(worst(got_y, y), 0, bound(p.in_c / p.groups * 9));
  if (p.pad_h <= 2 && p.pad_w <= 2) {
    CHECK_TRUE(winograd_grad_input(p, d.dy.data(), d.w.data(), got_dx.data()));
    CHECK_TRUE(got_dx.intact());
    CHECK_NEAR(worst(got_dx, dx), 0, bound(p.out_c / p.groups * 9));
  }
  CHECK_TRUE(winograd_grad_weight(p, d.x.data(), d.dy.data(), got_dw.data()));
  CHECK_TRUE(got_dw.intact());
  CHECK_NEAR(worst(got_dw, dw), 0, bound(p.n * p.out_h * p.out_w));
}

}  // namespace

TEST(sizes_and_paddings) {
  for (int64_t pad : {0, 1, 2, 3})
    for (int64_t side : {3, 4, 6, 7, 9, 14})
      check_all(problem(1, 16, side, side + 1, 16, pad, pad));
  check_all(problem(3, 17, 8, 5, 33, 1, 1));
  check_all(problem(2, 40, 5, 19, 19, 0, 2));
  check_all(problem(2, 16, 13, 4, 70, 2, 0));
}
TEST(channels) {
  for (int64_t in_c : {16, 21, 64, 100})
    for (int64_t out_c : {16, 30, 65}) check_all(problem(2, in_c, 7, 9, out_c, 1, 1));
  check_all(problem(1, 300, 6, 6, 40, 1, 1));
  check_all(problem(1, 40, 6, 6, 300, 1, 1));
}
TEST(weights_too_large_to_keep) { check_all(problem(5, 160, 6, 5, 200, 1, 1)); }
TEST(many_blocks_of_tiles) { check_all(problem(3, 32, 60, 31, 16, 1, 1)); }
TEST(groups) { check_all(problem(2, 48, 7, 6, 64, 1, 1, 2)); }
