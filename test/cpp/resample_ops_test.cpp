// Padding, interpolation and grid sampling in C++ alone: against plain index formulas, and each
// gradient against its op as the transpose of a matrix: <W x, v> = <x, W^T v>.
#include <algorithm>
#include <cmath>

#include "gradcheck.h"
#include "op_check.h"

namespace {

using namespace nabla;
using namespace nabla_test;

Tensor drawn(const Dims& sizes, uint64_t seed, double scale = 1) {
  return tensor_of(sizes, Numbers(seed).vector<double>(product(sizes), scale));
}

double dot(const Tensor& a, const Tensor& b) {
  const auto x = values(a), y = values(b);
  double sum = 0;
  for (size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

// f is linear: its gradient must be its transpose.
void check_transpose(const std::function<Tensor(const Tensor&)>& f, const Dims& sizes) {
  Tensor x = leaf(sizes, 3);
  const Tensor y = f(x), v = drawn(Dims(y.sizes()), 4);
  BackwardOptions options;
  options.accumulate = false;
  const auto grads = run_backward({y}, {v}, {x}, options);
  CHECK_NEAR(dot(y, v), dot(x, grads[0]), 1e-11 * double(y.numel() + 1));
}

int64_t source(const char* mode, int64_t o, int64_t before, int64_t in) {
  const int64_t i = o - before;
  if (mode[2] == 'f') return i < 0 ? -i : i >= in ? 2 * (in - 1) - i : i;  // reflect
  if (mode[2] == 'p') return std::clamp<int64_t>(i, 0, in - 1);            // replicate
  return (i % in + in) % in;                                               // circular
}

void check_pad(const char* mode, int64_t h, int64_t w, const Dims& pad) {
  const Tensor x = counting({2, 3, h, w}), y = ops::pad(x, pad, mode, std::nullopt);
  const auto from = values(x), to = values(y);
  const int64_t oh = h + pad[2] + pad[3], ow = w + pad[0] + pad[1];
  for (int64_t p = 0; p < 6; ++p)
    for (int64_t r = 0; r < oh; ++r)
      for (int64_t c = 0; c < ow; ++c) {
        const int64_t i = source(mode, r, pad[2], h), j = source(mode, c, pad[0], w);
        CHECK_EQ(to[size_t((p * oh + r) * ow + c)], from[size_t((p * h + i) * w + j)]);
      }
  check_transpose([&](const Tensor& t) { return ops::pad(t, pad, mode, std::nullopt); },
                  {2, 3, h, w});
}

Tensor resized(const Tensor& x, const Dims& size, const char* mode, bool smooth = false) {
  return ops::interpolate(x, OptDims(size), std::nullopt, std::nullopt, std::nullopt, mode,
                          std::nullopt, false, smooth);
}

}  // namespace

TEST(pad_with_own_elements) {
  for (const char* mode : {"reflect", "replicate", "circular"})
    for (const Dims& pad : {Dims{1, 2, 3, 0}, Dims{4, 4, 4, 4}, Dims{0, 0, 2, 1}})
      for (int64_t w : {5, 8, 33}) check_pad(mode, 6, w, pad);
}

TEST(pad_with_a_number) {
  const Tensor x = counting({2, 3, 2});
  const Tensor y = ops::constant_pad_nd(x, Dims{1, 0, -1, 2}, 7);
  CHECK_EQ(Dims(y.sizes()), (Dims{2, 4, 3}));
  const std::vector<double> want{7, 3, 4, 7, 5, 6, 7, 7, 7, 7, 7, 7};
  const auto got = values(y);
  CHECK_TRUE(std::equal(want.begin(), want.end(), got.begin()));
  check_transpose(
      [](const Tensor& t) {
        return ops::constant_pad_nd(t, Dims{2, -1, -1, 3}, 0);
      },
      {3, 5, 4});
  check_transpose(
      [](const Tensor& t) {
        return ops::constant_pad_nd(t, Dims{0, 0, 0, 0, 1, 1}, 0);
      },
      {3, 5, 4});
}

TEST(interpolation_is_linear) {
  for (int64_t size : {1, 2, 5, 9, 20}) {
    for (const char* mode : {"bilinear", "bicubic", "nearest", "nearest-exact", "area"})
      check_transpose([&](const Tensor& t) { return resized(t, {size, 7}, mode); }, {2, 2, 9, 11});
    for (const char* mode : {"bilinear", "bicubic", "lanczos"})
      check_transpose(
          [&](const Tensor& t) {
            return resized(t, {7, size}, mode, true);
          },
          {1, 3, 10, 9});
    check_transpose(
        [&](const Tensor& t) {
          return resized(t, {size, 4, 6}, "trilinear");
        },
        {1, 2, 5, 3, 8});
    check_transpose([&](const Tensor& t) { return resized(t, {size}, "linear"); }, {2, 3, 13});
  }
  // The rows of every one of these matrices add up to 1.
  for (const char* mode : {"bilinear", "bicubic", "area"})
    for (double v : values(resized(ops::ones(Dims{1, 1, 9, 11}, DType::float64), {14, 5}, mode)))
      CHECK_NEAR(v, 1.0, 1e-13);
}

TEST(interpolation_of_bytes_stays_in_range) {
  for (double v : {0.0, 255.0}) {
    const Tensor x = ops::full(Dims{1, 2, 7, 9}, Scalar(v), DType::uint8);
    for (double y : values(resized(x, {13, 4}, "bicubic"))) CHECK_EQ(y, v);
    for (double y : values(resized(x, {3, 4}, "bicubic", true))) CHECK_EQ(y, v);
  }
}

TEST(grid_sampling) {
  for (const char* mode : {"bilinear", "nearest", "bicubic"})
    for (const char* padding : {"zeros", "border", "reflection"})
      for (bool corners : {false, true}) {
        const Tensor grid = drawn({2, 5, 3, 2}, 5, 1.7), deep = drawn({1, 2, 3, 4, 3}, 6, 1.7);
        check_transpose(
            [&](const Tensor& t) { return ops::grid_sample(t, grid, mode, padding, corners); },
            {2, 9, 4, 5});
        if (mode[2] == 'c') continue;  // bicubic: images alone
        check_transpose(
            [&](const Tensor& t) { return ops::grid_sample(t, deep, mode, padding, corners); },
            {1, 9, 2, 3, 4});
      }
}

TEST(grid_of_no_change) {
  const Tensor x = drawn({2, 3, 5, 4}, 7);
  const Tensor theta = ops::expand(tensor({1, 0, 0, 0, 1, 0}, {1, 2, 3}), Dims{2, 2, 3});
  for (bool corners : {false, true}) {
    const Tensor grid = ops::affine_grid(theta, Dims{2, 3, 5, 4}, corners);
    const auto got = values(ops::grid_sample(x, grid, "bilinear", "border", corners));
    const auto want = values(x);
    for (size_t i = 0; i < want.size(); ++i) CHECK_NEAR(got[i], want[i], 1e-12);
  }
}

TEST(shuffles_are_inverse) {
  const Tensor x = drawn({2, 8, 3, 4}, 8);
  CHECK_TRUE(values(ops::pixel_unshuffle(ops::pixel_shuffle(x, 2), 2)) == values(x));
  CHECK_TRUE(values(ops::channel_shuffle(ops::channel_shuffle(x, 2), 4)) == values(x));
}
