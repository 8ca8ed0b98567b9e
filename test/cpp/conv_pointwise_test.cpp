// 1x1 convolutions against the definition in float64.
#include "ops/conv_pointwise.h"

#include "conv_check.h"

using namespace nabla;
using namespace nabla::ops;

namespace {

Conv2d problem(int64_t n, int64_t in_c, int64_t h, int64_t w, int64_t out_c, int64_t stride_h,
               int64_t stride_w, int64_t groups = 1) {
  return {
      n,        groups,   in_c, h, w, out_c, (h - 1) / stride_h + 1, (w - 1) / stride_w + 1, 1, 1,
      stride_h, stride_w, 0,    0, 1, 1};
}

void check(const Conv2d& p) {
  conv_check::all_passes(p, 1e-6, pointwise_forward, pointwise_grad_input, pointwise_grad_weight);
}

}  // namespace

TEST(images_where_they_are) {
  check(problem(1, 64, 14, 14, 64, 1, 1));
  check(problem(3, 70, 17, 13, 65, 1, 1));
  check(problem(2, 300, 12, 11, 64, 1, 1));
  check(problem(2, 64, 40, 41, 300, 1, 1));
  check(problem(2, 64, 32, 64, 1024, 1, 1));
  check(problem(2, 1024, 16, 16, 64, 1, 1));
}
TEST(small_images) {
  for (int64_t side : {1, 2, 3, 4, 7})
    for (int64_t n : {1, 3, 40}) check(problem(n, 24, side, side, 17, 1, 1));
}
TEST(strides) {
  for (int64_t side : {1, 2, 7, 8, 31, 34})
    for (int64_t stride : {2, 3}) check(problem(3, 16, side, side + 1, 24, stride, stride));
  check(problem(2, 24, 9, 70, 16, 1, 2));
  check(problem(2, 24, 9, 70, 16, 2, 1));
  check(problem(9, 256, 8, 8, 272, 2, 2));
}
TEST(groups) {
  check(problem(3, 48, 9, 8, 96, 1, 1, 3));
  check(problem(3, 48, 9, 8, 96, 2, 2, 3));
}
TEST(joined_windows) {
  struct Case {
    int64_t n, in_c, h, w, out_c, k, stride, pad, dil, groups;
  };
  for (const Case& c : {Case{3, 20, 8, 7, 33, 3, 2, 1, 1, 1},
                        {40, 16, 4, 4, 300, 3, 2, 1, 1, 1},
                        {7, 16, 5, 9, 16, 5, 1, 2, 1, 1},
                        {2, 32, 9, 9, 64, 2, 3, 0, 1, 2},
                        {5, 17, 6, 6, 16, 3, 1, 3, 2, 1},
                        {3, 100, 3, 3, 40, 3, 1, 0, 1, 1}}) {
    const int64_t reach = (c.k - 1) * c.dil + 1;
    const Conv2d p{c.n,
                   c.groups,
                   c.in_c,
                   c.h,
                   c.w,
                   c.out_c,
                   (c.h + 2 * c.pad - reach) / c.stride + 1,
                   (c.w + 2 * c.pad - reach) / c.stride + 1,
                   c.k,
                   c.k,
                   c.stride,
                   c.stride,
                   c.pad,
                   c.pad,
                   c.dil,
                   c.dil};
    const auto grad_weight = [](const Conv2d& q, const float* x, const float* dy, float* dw) {
      conv2d_grad_weight(q, x, dy, dw, nullptr);
      return true;
    };
    conv_check::all_passes(p, 1e-6, joined_forward, joined_grad_input, grad_weight);
    conv_check::same_bits(p, joined_forward, joined_grad_input, grad_weight);
  }
}
TEST(other_problems_are_refused) {
  Conv2d p = problem(2, 16, 8, 8, 16, 1, 1);
  p.pad_h = 1, p.out_h += 2;
  CHECK_TRUE(!pointwise_forward(p, nullptr, nullptr, nullptr, nullptr));
  p = problem(2, 16, 20, 20, 16, 1, 1);  // left to the general path
  CHECK_TRUE(!pointwise_forward(p, nullptr, nullptr, nullptr, nullptr));
  p = problem(0, 16, 8, 8, 16, 1, 1);
  CHECK_TRUE(!pointwise_grad_input(p, nullptr, nullptr, nullptr));
  p = problem(2, 16, 8, 8, 16, 1, 1), p.k_h = 3, p.out_h = 6;
  CHECK_TRUE(!pointwise_grad_weight(p, nullptr, nullptr, nullptr));
}
TEST(same_bits_for_any_number_of_threads) {
  for (const Conv2d& p : {problem(3, 64, 30, 30, 80, 1, 1), problem(9, 300, 8, 8, 260, 2, 2)})
    conv_check::same_bits(p, pointwise_forward, pointwise_grad_input, pointwise_grad_weight);
}
