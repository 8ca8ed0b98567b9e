// Depthwise convolutions against the definition in float64.
#include "ops/conv_depthwise.h"

#include <limits>

#include "conv_check.h"
#include "parallel/parallel.h"

using namespace nabla;
using namespace nabla::ops;

namespace {

Conv2d problem(int64_t n, int64_t in_c, int64_t multiple, int64_t h, int64_t w, int64_t k_h,
               int64_t k_w, int64_t stride_h, int64_t stride_w, int64_t pad_h, int64_t pad_w,
               int64_t dil_h = 1, int64_t dil_w = 1) {
  const int64_t out_h = (h + 2 * pad_h - (k_h - 1) * dil_h - 1) / stride_h + 1;
  const int64_t out_w = (w + 2 * pad_w - (k_w - 1) * dil_w - 1) / stride_w + 1;
  return {n,   in_c, in_c,     h,        w,     in_c * multiple, out_h, out_w,
          k_h, k_w,  stride_h, stride_w, pad_h, pad_w,           dil_h, dil_w};
}

void check(const Conv2d& p) {
  if (p.out_h <= 0 || p.out_w <= 0) return;
  conv_check::all_passes(p, 1e-6, depthwise_forward, depthwise_grad_input, depthwise_grad_weight);
}

}  // namespace

TEST(squares_of_3_and_5) {
  for (int64_t k : {3, 5})
    for (int64_t stride : {1, 2})
      for (int64_t pad : {0, 1, 2, 3})
        for (int64_t side : {3, 5, 8, 14, 17, 35})
          if (side + 2 * pad >= k)
            check(problem(1, 2, 1, side, side + 1, k, k, stride, stride, pad, pad));
  check(problem(3, 5, 1, 7, 66, 3, 3, 1, 1, 1, 1));
  check(problem(3, 5, 1, 7, 66, 5, 5, 2, 2, 0, 6));
  check(problem(3, 5, 1, 9, 90, 3, 3, 2, 2, 5, 0));
}
TEST(several_outputs_a_channel) {
  for (int64_t k : {1, 3, 4, 5})
    for (int64_t stride : {1, 2}) check(problem(2, 3, 2, 11, 10, k, k, stride, stride, 1, 0));
}
TEST(any_kernel) {
  check(problem(2, 3, 1, 12, 13, 7, 7, 1, 1, 3, 3));
  check(problem(2, 3, 1, 12, 13, 7, 7, 2, 2, 3, 3));
  check(problem(2, 3, 1, 12, 13, 1, 1, 1, 1, 0, 0));
  check(problem(2, 3, 1, 12, 40, 1, 3, 1, 2, 0, 1));
  check(problem(2, 3, 1, 12, 40, 3, 3, 2, 1, 1, 2));
  check(problem(2, 3, 1, 22, 19, 3, 3, 3, 3, 1, 1));
  check(problem(2, 3, 1, 22, 19, 3, 3, 1, 1, 2, 2, 2, 2));
  check(problem(2, 3, 1, 22, 35, 4, 3, 2, 3, 0, 4, 3, 2));
  check(problem(1, 2, 1, 9, 9, 2, 2, 4, 4, 0, 0));
}
TEST(rows_that_are_not_read) {
  // with stride 2 and an even size the last row and column belong to no window
  check(problem(2, 3, 1, 8, 18, 3, 3, 2, 2, 0, 0));
  check(problem(2, 3, 1, 9, 19, 2, 2, 2, 2, 0, 0));
}
TEST(infinities_stay_where_they_are) {
  const float inf = std::numeric_limits<float>::infinity();
  for (int64_t stride : {1, 2}) {
    const Conv2d p = problem(1, 2, 1, 8, 9, 3, 3, stride, stride, 0, 0);
    conv_check::Data d(p);
    d.x[8] = inf;  // a corner: for stride 1 read by tap (0, 2) alone
    std::vector<float> dw(d.w), y(d.dy);
    depthwise_grad_weight(p, d.x.data(), d.dy.data(), dw.data());
    depthwise_forward(p, d.x.data(), d.w.data(), nullptr, y.data());
    for (size_t t = 0; t < dw.size(); ++t) CHECK_EQ(std::isfinite(dw[t]), t != 2);
    for (int64_t i = 0; i < 2 * p.out_h * p.out_w; ++i)
      CHECK_EQ(std::isfinite(y[static_cast<size_t>(i)]), i != p.out_w - 1);
  }
}
TEST(other_problems_are_refused) {
  Conv2d p = problem(1, 4, 1, 8, 8, 3, 3, 1, 1, 1, 1);
  p.groups = 2;
  CHECK_TRUE(!depthwise_forward(p, nullptr, nullptr, nullptr, nullptr));
  p = problem(0, 4, 1, 8, 8, 3, 3, 1, 1, 1, 1);
  CHECK_TRUE(!depthwise_grad_weight(p, nullptr, nullptr, nullptr));
}
TEST(same_bits_for_any_number_of_threads) {
  for (int64_t k : {5, 7})
    conv_check::same_bits(problem(5, 16, 1, 40, 40, k, k, 1, 1, 2, 2), depthwise_forward,
                          depthwise_grad_input, depthwise_grad_weight);
}
