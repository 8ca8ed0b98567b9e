// Elements moved between channels and pixels: views of another shape, permuted and copied.
#include "ops/ops.h"

namespace nabla::ops {

namespace {

// The axes before the last three, then those given.
Dims with_batch(const Tensor& self, std::initializer_list<int64_t> rest) {
  Dims sizes(self.sizes().first(size_t(self.dim() - 3)));
  for (int64_t s : rest) sizes.push_back(s);
  return sizes;
}
Dims permutation(const Tensor& self, std::initializer_list<int64_t> rest) {
  const int64_t batch = self.dim() - 3;
  Dims order;
  for (int64_t d = 0; d < batch; ++d) order.push_back(d);
  for (int64_t d : rest) order.push_back(batch + d);
  return order;
}

}  // namespace

// (..., C r^2, H, W) -> (..., C, H r, W r): element (c r^2 + i r + j, h, w) goes to
// (c, h r + i, w r + j)
Tensor pixel_shuffle(const Tensor& self, int64_t upscale_factor) {
  const int64_t r = upscale_factor;
  CHECK_RANGE(self.dim() >= 3, "expects input to have at least 3 dimensions, but got input with ",
              self.dim(), " dimension(s)");
  CHECK_RANGE(r > 0, "expects a positive upscaleFactor, but got ", r);
  CHECK_RANGE(r < (int64_t{1} << 31), "upscale factor is too large, its square overflowed: ", r);
  const int64_t c = self.size(-3), h = self.size(-2), w = self.size(-1);
  CHECK_RANGE(c % (r * r) == 0,
              "expects its input's 'channel' dimension to be divisible by the square of "
              "upscaleFactor, but input.size(-3)=",
              c, " is not divisible by ", r * r);
  const int64_t out = c / (r * r);
  const Tensor split = reshape(self, with_batch(self, {out, r, r, h, w}));
  return reshape(permute(split, permutation(self, {0, 3, 1, 4, 2})),
                 with_batch(self, {out, h * r, w * r}));
}

// The inverse of pixel_shuffle.
Tensor pixel_unshuffle(const Tensor& self, int64_t downscale_factor) {
  const int64_t r = downscale_factor;
  CHECK_RANGE(self.dim() >= 3, "expects input to have at least 3 dimensions, but got input with ",
              self.dim(), " dimension(s)");
  CHECK_RANGE(r > 0, "expects a positive downscaleFactor, but got ", r);
  const int64_t c = self.size(-3), h = self.size(-2), w = self.size(-1);
  CHECK_RANGE(h % r == 0,
              "expects height to be divisible by downscaleFactor, but input.size(-2)=", h,
              " is not divisible by ", r);
  CHECK_RANGE(w % r == 0,
              "expects width to be divisible by downscaleFactor, but input.size(-1)=", w,
              " is not divisible by ", r);
  const Tensor split = reshape(self, with_batch(self, {c, h / r, r, w / r, r}));
  return reshape(permute(split, permutation(self, {0, 2, 4, 1, 3})),
                 with_batch(self, {c * r * r, h / r, w / r}));
}

// (N, g k, ...) -> (N, k g, ...): channel (i, j) of g groups goes to (j, i)
Tensor channel_shuffle(const Tensor& self, int64_t groups) {
  CHECK_RANGE(self.dim() > 2, "expects input with > 2 dims, but got input with sizes ",
              Shape{self.sizes()});
  CHECK_RANGE(groups > 0,
              "Number of groups to divide channels in must be positive. Value of groups:", groups);
  const int64_t channels = self.sizes()[1];
  CHECK_RANGE(channels % groups == 0, "Number of channels must be divisible by groups. Got ",
              channels, " channels and ", groups, " groups.");
  Dims split(self.sizes());
  split[1] = groups;
  split.insert(2, channels / groups);
  return clone(reshape(transpose(reshape(self, split), 1, 2), self.sizes()), "contiguous_format");
}

}  // namespace nabla::ops
