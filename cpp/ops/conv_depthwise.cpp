// Each plane of the input gives out_c / in_c planes of the output, so there is nothing to add up
// over channels and no matrix product: planes are correlated one by one.
//
// Square kernels of 3 and 5 with stride 1 or 2 have kernels of their own that work on the planes
// where they are. The gradient with respect to the input is the correlation of dy with the flipped
// kernel; with stride 2, of dy with zeros between its pixels. All others go through a copy of the
// plane with its border, or with the zeros of the stride, in memory.
#include "ops/conv_depthwise.h"

#include <algorithm>
#include <utility>

#include "kernels/tables.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

using kernels::DepthwisePlanes;
using kernels::DepthwiseTaps;
using kernels::DepthwiseWeights;

// Multiply-adds of a chunk: some 20 us.
constexpr int64_t kChunk = 1 << 19;

bool is_depthwise(const Conv2d& p) {
  return p.groups == p.in_c && p.groups > 1 && p.n > 0 && p.in_h > 0 && p.in_w > 0 && p.out_h > 0 &&
         p.out_w > 0;
}

// Kernels 3x3 and 5x5 with stride 1 or 2.
bool has_kernel(const Conv2d& p) {
  return (p.k_h == 3 || p.k_h == 5) && p.k_w == p.k_h && p.dil_h == 1 && p.dil_w == 1 &&
         p.stride_h == p.stride_w && p.stride_h <= 2;
}

// Calls f(begin, end) for pieces of `count` planes of work.
template <class F>
void each(const Conv2d& p, int64_t count, int64_t planes_each, F&& f) {
  const int64_t pixels = std::max(p.out_h * p.out_w, p.in_h * p.in_w / 4);
  const int64_t work = planes_each * p.k_h * p.k_w * pixels;
  parallel_for(count, std::max<int64_t>(1, kChunk / work), f);
}

// Calls f(plane, count) for the planes in [begin, end) that may share a call: those of one image,
// `most` at a time.
template <class F>
void each_run(int64_t begin, int64_t end, int64_t channels, int64_t most, F&& f) {
  for (int64_t i = begin; i < end;) {
    const int64_t count = std::min({end - i, channels - i % channels, most});
    f(i, count);
    i += count;
  }
}

// A copy of a plane for the kernels that know taps only: pixel (i, j) of the plane stands at
// (i * step_h + top, j * step_w + left) of a plane of zeros, whose columns are sorted by their
// remainder modulo `phases`: column c at c % phases * phase_size + c / phases.
struct Stage {
  int64_t rows, columns;  // of the plane of zeros
  int64_t top, left, step_h, step_w, phases;

  int64_t phase_size() const { return (columns + phases - 1) / phases; }
  int64_t row() const { return phases * phase_size(); }
  int64_t column(int64_t c) const { return c % phases * phase_size() + c / phases; }

  void fill(const float* x, int64_t height, int64_t width, float* to) const {
    std::fill_n(to, rows * row(), 0.f);
    for (int64_t i = 0; i < height; ++i) {
      const int64_t r = i * step_h + top;
      if (r < 0 || r >= rows) continue;
      const float* from = x + i * width;
      float* line = to + r * row();
      // the pixels whose place is inside
      const int64_t first = left >= 0 ? 0 : (-left + step_w - 1) / step_w;
      const int64_t last = std::min(width, (columns - left + step_w - 1) / step_w);
      if (phases == 1) {
        for (int64_t j = first; j < last; ++j) line[j * step_w + left] = from[j];
      } else {
        for (int64_t j = first; j < last; ++j) line[column(j * step_w + left)] = from[j];
      }
    }
  }
};

// The padded plane of x, by phases of the stride.
Stage forward_stage(const Conv2d& p) {
  return {(p.out_h - 1) * p.stride_h + (p.k_h - 1) * p.dil_h + 1,
          (p.out_w - 1) * p.stride_w + (p.k_w - 1) * p.dil_w + 1,
          p.pad_h,
          p.pad_w,
          1,
          1,
          p.stride_w};
}

// dy with the zeros of the stride. The taps reach from it backwards.
Stage grad_stage(const Conv2d& p) {
  return {p.in_h + (p.k_h - 1) * p.dil_h,
          p.in_w + (p.k_w - 1) * p.dil_w,
          (p.k_h - 1) * p.dil_h - p.pad_h,
          (p.k_w - 1) * p.dil_w - p.pad_w,
          p.stride_h,
          p.stride_w,
          1};
}

// Where the taps of a kernel read, relative to the place of the output.
int64_t* tap_offsets(const Conv2d& p, const Stage& stage, bool flipped, int64_t* offset) {
  for (int64_t a = 0; a < p.k_h; ++a)
    for (int64_t b = 0; b < p.k_w; ++b) {
      const int64_t row = flipped ? p.k_h - 1 - a : a, column = flipped ? p.k_w - 1 - b : b;
      offset[a * p.k_w + b] = row * p.dil_h * stage.row() + stage.column(column * p.dil_w);
    }
  return offset;
}

// Room for a staged plane and the offsets of its taps; vectors may read behind the plane's end.
struct Room {
  Room(const Conv2d& p, const Stage& stage, bool flipped) {
    const int64_t size = (stage.rows * stage.row() + 63) / 16 * 16, taps = p.k_h * p.k_w;
    plane = workspace<float>(Workspace::kChannels, size + 2 * taps + 16);
    offset = tap_offsets(p, stage, flipped, reinterpret_cast<int64_t*>(plane + size));
  }
  float* plane;
  int64_t* offset;
};

DepthwiseTaps staged_taps(const Conv2d& p, const Stage& stage, const Room& room) {
  DepthwiseTaps t{};
  t.x = room.plane;
  t.x_row = stage.row();
  t.offset = room.offset;
  t.taps = p.k_h * p.k_w;
  return t;
}

void forward_with_taps(const Conv2d& p, const float* x, const float* w, const float* bias, float* y,
                       int64_t plane) {
  const int64_t multiple = p.out_c / p.in_c, channel = plane % p.in_c, taps = p.k_h * p.k_w;
  const Stage stage = forward_stage(p);
  const Room room(p, stage, false);
  stage.fill(x + plane * p.in_h * p.in_w, p.in_h, p.in_w, room.plane);
  DepthwiseTaps t = staged_taps(p, stage, room);
  t.x_row *= p.stride_h;
  t.rows = p.out_h;
  t.columns = t.y_row = p.out_w;
  for (int64_t o = channel * multiple; o < (channel + 1) * multiple; ++o) {
    t.w = w + o * taps;
    t.bias = bias ? bias[o] : 0;
    t.y = y + (plane / p.in_c * p.out_c + o) * p.out_h * p.out_w;
    kernels::tables().depthwise.taps(t);
  }
}

void grad_input_with_taps(const Conv2d& p, const float* dy, const float* w, float* dx,
                          int64_t plane) {
  const int64_t multiple = p.out_c / p.in_c, channel = plane % p.in_c, taps = p.k_h * p.k_w;
  const Stage stage = grad_stage(p);
  const Room room(p, stage, true);
  DepthwiseTaps t = staged_taps(p, stage, room);
  t.rows = p.in_h;
  t.columns = t.y_row = p.in_w;
  t.y = dx + plane * p.in_h * p.in_w;
  for (int64_t m = 0; m < multiple; ++m) {
    const int64_t o = channel * multiple + m;
    stage.fill(dy + (plane / p.in_c * p.out_c + o) * p.out_h * p.out_w, p.out_h, p.out_w,
               room.plane);
    t.w = w + o * taps;
    t.accumulate = m > 0;
    kernels::tables().depthwise.taps(t);
  }
}

void grad_weight_with_taps(const Conv2d& p, const float* x, const float* dy, float* dw,
                           int64_t channel) {
  const int64_t multiple = p.out_c / p.in_c, taps = p.k_h * p.k_w;
  const Stage stage = forward_stage(p);
  const Room room(p, stage, false);
  DepthwiseTaps t = staged_taps(p, stage, room);
  t.x_row *= p.stride_h;
  t.rows = p.out_h;
  t.columns = t.y_row = p.out_w;
  for (int64_t n = 0; n < p.n; ++n) {
    stage.fill(x + (n * p.in_c + channel) * p.in_h * p.in_w, p.in_h, p.in_w, room.plane);
    for (int64_t o = channel * multiple; o < (channel + 1) * multiple; ++o) {
      t.y = const_cast<float*>(dy) + (n * p.out_c + o) * p.out_h * p.out_w;
      t.dw = dw + o * taps;
      kernels::tables().depthwise.taps_weights(t);
    }
  }
}

// Planes [plane, plane + count) of dx, one image's; count is 1 where channels have several outputs.
void grad_input_planes(const Conv2d& p, const float* dy, const float* w, float* dx, int64_t plane,
                       int64_t count) {
  const auto& kernel = kernels::tables().depthwise;
  const int64_t multiple = p.out_c / p.in_c, channel = plane % p.in_c, taps = p.k_h * p.k_w;
  const bool spread = p.stride_h == 2;
  DepthwisePlanes g{};
  g.planes = count;
  g.flipped = true;
  g.height = p.out_h;
  g.width = p.out_w * p.stride_w;
  g.y = dx + plane * p.in_h * p.in_w;
  g.out_height = p.in_h;
  g.out_width = p.in_w;
  g.pad_h = p.k_h - 1 - p.pad_h;
  g.pad_w = p.k_w - 1 - p.pad_w;
  g.spread_h = p.stride_h;
  const int64_t rows = count * p.out_h;
  float* room = spread ? workspace<float>(Workspace::kChannels, 2 * rows * p.out_w + 64) : nullptr;
  for (int64_t m = 0; m < multiple; ++m) {
    const int64_t o = channel * multiple + m;
    g.w = w + o * taps;
    g.x = dy + (plane / p.in_c * p.out_c + o) * p.out_h * p.out_w;
    if (spread) {
      kernel.spread(room, g.x, rows, p.out_w);
      g.x = room;
    }
    g.accumulate = m > 0;
    kernel.planes[p.k_h == 5][0](g);
  }
}

}  // namespace

bool depthwise_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                       float* y) {
  if (!is_depthwise(p)) return false;
  const int64_t multiple = p.out_c / p.in_c;
  if (!has_kernel(p)) {
    each(p, p.n * p.in_c, multiple, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) forward_with_taps(p, x, w, bias, y, i);
    });
    return true;
  }
  const auto kernel = kernels::tables().depthwise.planes[p.k_h == 5][p.stride_h == 2];
  each(p, p.n * p.out_c, 1, [&](int64_t begin, int64_t end) {
    each_run(begin, end, p.out_c, multiple == 1 ? p.out_c : 1, [&](int64_t i, int64_t count) {
      const int64_t o = i % p.out_c;
      kernel({count, x + i / multiple * p.in_h * p.in_w, p.in_h, p.in_w, w + o * p.k_h * p.k_w,
              bias ? bias + o : nullptr, false, false, y + i * p.out_h * p.out_w, p.out_h, p.out_w,
              p.pad_h, p.pad_w, 1});
    });
  });
  return true;
}

bool depthwise_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx) {
  if (!is_depthwise(p)) return false;
  // as many planes as have room for their zeros in the L1 cache
  constexpr int64_t kRoom = 6144;
  const int64_t most = p.out_c > p.in_c ? 1 : std::max<int64_t>(1, kRoom / (2 * p.out_h * p.out_w));
  each(p, p.n * p.in_c, p.out_c / p.in_c, [&](int64_t begin, int64_t end) {
    if (has_kernel(p))
      each_run(begin, end, p.in_c, most,
               [&](int64_t i, int64_t count) { grad_input_planes(p, dy, w, dx, i, count); });
    else
      for (int64_t i = begin; i < end; ++i) grad_input_with_taps(p, dy, w, dx, i);
  });
  return true;
}

bool depthwise_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw) {
  if (!is_depthwise(p)) return false;
  const int64_t multiple = p.out_c / p.in_c, taps = p.k_h * p.k_w;
  std::fill_n(dw, p.out_c * taps, 0.f);
  if (!has_kernel(p)) {
    each(p, p.in_c, p.n * multiple, [&](int64_t begin, int64_t end) {
      for (int64_t c = begin; c < end; ++c) grad_weight_with_taps(p, x, dy, dw, c);
    });
    return true;
  }
  const auto kernel = kernels::tables().depthwise.weights[p.k_h == 5][p.stride_h == 2];
  each(p, p.out_c, p.n, [&](int64_t begin, int64_t end) {
    for (int64_t n = 0; n < p.n; ++n)
      each_run(begin, end, p.out_c, multiple == 1 ? p.out_c : 1, [&](int64_t o, int64_t count) {
        kernel({count, x + (n * p.in_c + o / multiple) * p.in_h * p.in_w, p.in_h, p.in_w,
                dy + (n * p.out_c + o) * p.out_h * p.out_w, p.out_h, p.out_w, p.pad_h, p.pad_w,
                dw + o * taps});
      });
  });
  return true;
}

}  // namespace nabla::ops
