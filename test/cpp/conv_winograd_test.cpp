// The Winograd path against the definition in float64, its switch, and bitwise equality over thread
// counts.
#include "ops/conv_winograd.h"

#include <limits>

#include "conv_check.h"

using namespace nabla;
using namespace nabla::ops;

namespace {

Conv2d problem(int64_t n, int64_t in_c, int64_t h, int64_t w, int64_t out_c, int64_t pad_h,
               int64_t pad_w, int64_t groups = 1) {
  return {n, groups, in_c,  h,     w, out_c, h + 2 * pad_h - 2, w + 2 * pad_w - 2, 3, 3,
          1, 1,      pad_h, pad_w, 1, 1};
}

// The largest error, a few times the typical one: see conv_winograd.cpp.
void check(const Conv2d& p) {
  conv_check::all_passes(p, 6e-6, winograd_forward, winograd_grad_input, winograd_grad_weight);
}

}  // namespace

TEST(sizes_and_paddings) {
  for (int64_t pad : {0, 1, 2})
    for (int64_t side : {3, 4, 6, 7, 9, 14}) check(problem(6, 16, side, side + 1, 16, pad, pad));
  check(problem(3, 17, 8, 5, 33, 1, 1));
  check(problem(2, 40, 5, 19, 19, 0, 2));
  check(problem(2, 16, 13, 4, 70, 2, 0));
}
TEST(channels) {
  for (int64_t in_c : {16, 21, 64, 100})
    for (int64_t out_c : {16, 30, 65}) check(problem(2, in_c, 7, 9, out_c, 1, 1));
  check(problem(2, 300, 6, 6, 40, 1, 1));
  check(problem(2, 40, 6, 6, 300, 1, 1));
}
TEST(weights_too_large_to_keep) { check(problem(5, 160, 6, 5, 200, 1, 1)); }
TEST(many_blocks_of_tiles) { check(problem(3, 32, 60, 31, 16, 1, 1)); }
TEST(groups) { check(problem(2, 48, 7, 6, 64, 1, 1, 2)); }
TEST(wide_padding) {
  const Conv2d p = problem(2, 16, 7, 9, 16, 3, 5);
  conv_check::all_passes(
      p, 6e-6, winograd_forward,
      [](auto&&... args) {
        // the gradient of the input is not a correlation with padding then
        CHECK_TRUE(!winograd_grad_input(args...));
        conv2d_grad_input(args...);
        return true;
      },
      winograd_grad_weight);
}
TEST(other_problems_are_refused) {
  const auto refused = [](const Conv2d& p) {
    return !winograd_forward(p, nullptr, nullptr, nullptr, nullptr) &&
           !winograd_grad_input(p, nullptr, nullptr, nullptr) &&
           !winograd_grad_weight(p, nullptr, nullptr, nullptr);
  };
  const Conv2d good = problem(2, 16, 8, 8, 16, 1, 1);
  Conv2d p = good;
  p.n = 0;
  CHECK_TRUE(refused(p));
  p = good, p.n = 1;  // four tiles
  CHECK_TRUE(refused(p));
  p = good, p.stride_w = 2;
  CHECK_TRUE(refused(p));
  p = good, p.dil_h = 2;
  CHECK_TRUE(refused(p));
  p = good, p.k_w = 5;
  CHECK_TRUE(refused(p));
  p = good, p.in_c = p.out_c = 8;
  CHECK_TRUE(refused(p));
  CHECK_TRUE(winograd_enabled());
  set_winograd_enabled(false);
  CHECK_TRUE(refused(good));
  set_winograd_enabled(true);
}
TEST(same_bits_for_any_number_of_threads) {
  for (const Conv2d& p : {problem(3, 64, 30, 30, 64, 1, 1), problem(9, 200, 8, 8, 160, 1, 1),
                          problem(2, 96, 12, 12, 96, 1, 1)})
    conv_check::same_bits(p, winograd_forward, winograd_grad_input, winograd_grad_weight);
}
// What is not finite spreads over its tile, and no further.
TEST(infinities_stay_in_their_tiles) {
  const Conv2d p = problem(1, 16, 12, 12, 16, 1, 1);
  conv_check::Data d(p);
  d.x[0] = std::numeric_limits<float>::infinity();
  std::vector<float> y(d.dy);
  CHECK_TRUE(winograd_forward(p, d.x.data(), d.w.data(), nullptr, y.data()));
  CHECK_TRUE(!std::isfinite(y[0]));
  for (size_t o = 0; o < 16; ++o)
    for (size_t i = 0; i < 144; ++i)
      CHECK_TRUE(std::isfinite(y[o * 144 + i]) || (i / 12 < 4 && i % 12 < 4));
}
