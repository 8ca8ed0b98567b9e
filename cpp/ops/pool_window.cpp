// PyTorch's rules for the sizes of pooling windows.
#include "ops/pool.h"

namespace nabla::ops {

namespace {

constexpr std::string_view kCounts[] = {"", "one", "two", "three"};

// A number for all axes, or a number for each; an empty stride means the kernel size.
void spread(int64_t* to, IntSpan given, const PoolArguments& a, std::string_view what) {
  const size_t n = static_cast<size_t>(a.spatial);
  CHECK_RANGE(given.size() == 1 || given.size() == n, what, " must be a single int",
              n == 1 ? "" : str(", or a tuple of ", kCounts[n], " ints"), ", but got ",
              Shape{given});
  for (size_t i = 0; i < n; ++i) to[3 - n + i] = given[given.size() == 1 ? 0 : i];
}

IntSpan axes(const int64_t* values, int spatial) {
  return {values + 3 - spatial, static_cast<size_t>(spatial)};
}

// Number of windows along one axis. In ceil mode the last one may hang over, but must start inside
// of the input or its left padding.
int64_t window_count(int64_t in, int64_t reach, int64_t pad, int64_t stride, bool ceil_mode) {
  const int64_t room = in + 2 * pad - reach + (ceil_mode ? stride - 1 : 0);
  int64_t count = (room < 0 ? -((-room - 1) / stride + 1) : room / stride) + 1;
  if (ceil_mode && (count - 1) * stride >= in + pad) --count;
  return count;
}

// Whether some window along an axis lies wholly in the padding: possible with dilation alone.
bool holds_nothing(const kernels::PoolWindow& w, int axis) {
  if (w.dilation[axis] == 1 || w.padding[axis] == 0) return false;
  for (int64_t i = 0; i < w.out[axis]; ++i) {
    bool some = false;
    for (int64_t k = 0; k < w.kernel[axis]; ++k) {
      const int64_t at = i * w.stride[axis] - w.padding[axis] + k * w.dilation[axis];
      some |= at >= 0 && at < w.in[axis];
    }
    if (!some) return true;
  }
  return false;
}

void check_axis(const Pooling& p, int axis) {
  const kernels::PoolWindow& w = p.window;
  const int64_t kernel = w.kernel[axis], pad = w.padding[axis], dilation = w.dilation[axis];
  constexpr int64_t kMost = int64_t{1} << 31;  // sums and products of sizes stay in range
  CHECK_RANGE(kernel > 0, "kernel size should be greater than zero, but got ",
              Shape{axes(w.kernel, p.spatial)});
  CHECK_RANGE(w.stride[axis] != 0, "stride should not be zero");
  CHECK_RANGE(w.stride[axis] > 0, "stride should be greater than zero, but got ",
              Shape{axes(w.stride, p.spatial)});
  CHECK_RANGE(dilation > 0, "dilation should be greater than zero, but got ",
              Shape{axes(w.dilation, p.spatial)});
  CHECK_RANGE(pad >= 0, "pad must be non-negative, but got pad: ", pad);
  CHECK_RANGE(kernel < kMost && w.stride[axis] < kMost && dilation < kMost,
              "kernel size, stride and dilation must be below 2^31, but got ", kernel, ", ",
              w.stride[axis], " and ", dilation);
  CHECK_RANGE(pad <= ((kernel - 1) * dilation + 1) / 2,
              "pad should be at most half of effective kernel size, but got pad=", pad,
              ", kernel_size=", kernel, " and dilation=", dilation);
  CHECK_RANGE(pad <= kernel / 2,
              "pad should be smaller than or equal to half of kernel size, but got padding ",
              Shape{axes(w.padding, p.spatial)}, " and kernel size ",
              Shape{axes(w.kernel, p.spatial)});
}

}  // namespace

Dims Pooling::sizes(const Tensor& input) const {
  Dims out(input.sizes());
  const size_t lead = out.size() - static_cast<size_t>(spatial);
  for (size_t i = lead; i < out.size(); ++i)
    out[i] = window.out[3 - static_cast<size_t>(spatial) + i - lead];
  return out;
}

void check_pool_rank(const Tensor& input, int spatial) {
  CHECK_RANGE(input.dim() == spatial + 1 || input.dim() == spatial + 2, "Expected ", spatial + 1,
              "D or ", spatial + 2, "D (batch mode) tensor, but got ", Shape{input.sizes()});
}

Pooling pooling_of(const Tensor& input, const PoolArguments& a) {
  check_pool_rank(input, a.spatial);
  Pooling p;
  p.spatial = a.spatial;
  kernels::PoolWindow& w = p.window;
  spread(w.kernel, a.kernel_size, a, "kernel_size");
  spread(w.stride, a.stride.empty() ? a.kernel_size : a.stride, a, "stride");
  spread(w.padding, a.padding, a, "padding");
  spread(w.dilation, a.dilation, a, "dilation");
  const IntSpan sizes = input.sizes();
  const size_t lead = sizes.size() - static_cast<size_t>(a.spatial);
  p.planes = product(sizes.first(lead));
  bool empty = sizes[lead - 1] == 0, small = false;
  for (int axis = 3 - a.spatial; axis < 3; ++axis) {
    check_axis(p, axis);
    w.in[axis] = sizes[lead + static_cast<size_t>(axis - 3 + a.spatial)];
    w.out[axis] = window_count(w.in[axis], (w.kernel[axis] - 1) * w.dilation[axis] + 1,
                               w.padding[axis], w.stride[axis], a.ceil_mode);
    empty |= w.in[axis] == 0;
    small |= w.out[axis] < 1;
  }
  CHECK_RANGE(!empty, "Expected ", a.spatial + 1, "D or ", a.spatial + 2,
              "D (batch mode) tensor with optional 0 dim batch size for input, but got ",
              Shape{sizes});
  CHECK_RANGE(!small, "Given input size ", Shape{sizes.subspan(lead - 1)},
              ". Calculated output size: ", Shape{axes(w.out, a.spatial)},
              ". Output size is too small");
  for (int axis = 3 - a.spatial; axis < 3; ++axis) p.has_empty |= holds_nothing(w, axis);
  return p;
}

}  // namespace nabla::ops
