// F(4x4, 3x3) by the method of Toom and Cook in the points 0, +-a, +-b, infinity with a^2 = 1/2,
// b^2 = 2 (Winograd 1980; Lavin and Gray 2015 use 0, +-1, +-2). These points are symmetric under x
// -> 1/x, so no row of the matrices is large, and the error is less than half of that of the whole
// ones. With N(p) the product of p's distances to the other points:
//   input    B^T  rows: the polynomial prod (x - other points)
//   weights  G    rows: (1, p, p^2) / N(p)        gradient D  rows: (1, p, p^2, p^3) / N(p)
//   output   A^T  columns: (1, p, p^2, p^3)       dw       E^T columns: (1, p, p^2)
#include "../../tables/winograd.h"

#include "../gemm/transpose.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;

constexpr float kRoot2 = 1.41421356237309505f, kRootHalf = 0.70710678118654752f;

// The six values of each transform stand S apart.
struct Input {
  static constexpr int kFrom = 6, kTo = 6;
  static NABLA_INLINE void apply(const V* d, V* o) {
    const V two = V::set1(2), half = V::set1(0.5f), sum = V::set1(2.5f);
    const V root2 = V::set1(kRoot2), root_half = V::set1(kRootHalf);
    o[0] = fnma(sum, d[2], d[0] + d[4]);
    const V a_even = fnma(two, d[2], d[4]), a_odd = fnma(two, d[1], d[3]);
    o[1] = fma(root_half, a_odd, a_even);
    o[2] = fnma(root_half, a_odd, a_even);
    const V b_even = fnma(half, d[2], d[4]), b_odd = fnma(half, d[1], d[3]);
    o[3] = fma(root2, b_odd, b_even);
    o[4] = fnma(root2, b_odd, b_even);
    o[5] = fnma(sum, d[3], d[1] + d[5]);
  }
};

struct Weights {
  static constexpr int kFrom = 3, kTo = 6;
  static NABLA_INLINE void apply(const V* g, V* o) {
    const V third = V::set1(1.f / 3);
    const V a_even = fma(V::set1(-2.f / 3), g[0], V::set1(-1.f / 3) * g[2]);
    const V a_odd = V::set1(-kRoot2 / 3) * g[1];
    const V b_even = fma(V::set1(1.f / 6), g[0], third * g[2]);
    const V b_odd = V::set1(kRoot2 / 6) * g[1];
    o[0] = g[0];
    o[1] = a_even + a_odd;
    o[2] = a_even - a_odd;
    o[3] = b_even + b_odd;
    o[4] = b_even - b_odd;
    o[5] = g[2];
  }
};

struct Gradient {
  static constexpr int kFrom = 4, kTo = 6;
  static NABLA_INLINE void apply(const V* g, V* o) {
    const V a_even = fma(V::set1(-2.f / 3), g[0], V::set1(-1.f / 3) * g[2]);
    const V a_odd = fma(V::set1(-kRoot2 / 3), g[1], V::set1(-kRoot2 / 6) * g[3]);
    const V b_even = fma(V::set1(1.f / 6), g[0], V::set1(1.f / 3) * g[2]);
    const V b_odd = fma(V::set1(kRoot2 / 6), g[1], V::set1(kRoot2 / 3) * g[3]);
    o[0] = g[0];
    o[1] = a_even + a_odd;
    o[2] = a_even - a_odd;
    o[3] = b_even + b_odd;
    o[4] = b_even - b_odd;
    o[5] = g[3];
  }
};

struct Output {
  static constexpr int kFrom = 6, kTo = 4;
  static NABLA_INLINE void apply(const V* m, V* o) {
    const V a_sum = m[1] + m[2], a_diff = m[1] - m[2], b_sum = m[3] + m[4], b_diff = m[3] - m[4];
    o[0] = m[0] + (a_sum + b_sum);
    o[1] = fma(V::set1(kRootHalf), a_diff, V::set1(kRoot2) * b_diff);
    o[2] = fma(V::set1(0.5f), a_sum, V::set1(2) * b_sum);
    o[3] = fma(V::set1(kRootHalf / 2), a_diff, fma(V::set1(kRoot2 * 2), b_diff, m[5]));
  }
};

struct WeightGradient {
  static constexpr int kFrom = 6, kTo = 3;
  static NABLA_INLINE void apply(const V* m, V* o) {
    const V a_sum = m[1] + m[2], a_diff = m[1] - m[2], b_sum = m[3] + m[4], b_diff = m[3] - m[4];
    o[0] = m[0] + (a_sum + b_sum);
    o[1] = fma(V::set1(kRootHalf), a_diff, V::set1(kRoot2) * b_diff);
    o[2] = fma(V::set1(0.5f), a_sum, fma(V::set1(2), b_sum, m[5]));
  }
};

// out(i, j) = X d X^T for a transform X; load(i, j) and store(i, j, v) are given rows and columns.
template <class X, class Load, class Store>
NABLA_INLINE void both_ways(Load&& load, Store&& store) {
  V rows[X::kTo][X::kFrom];
  NABLA_UNROLL
  for (int j = 0; j < X::kFrom; ++j) {
    V d[X::kFrom], o[X::kTo];
    NABLA_UNROLL
    for (int i = 0; i < X::kFrom; ++i) d[i] = load(i, j);
    X::apply(d, o);
    NABLA_UNROLL
    for (int i = 0; i < X::kTo; ++i) rows[i][j] = o[i];
  }
  NABLA_UNROLL
  for (int i = 0; i < X::kTo; ++i) {
    V o[X::kTo];
    X::apply(rows[i], o);
    NABLA_UNROLL
    for (int j = 0; j < X::kTo; ++j) store(i, j, o[j]);
  }
}

// dst[c * stride + j] = r[j] lane c for j < n, c < channels.
NABLA_INLINE void store_transposed(V r[W], float* dst, int64_t stride, int channels, int n) {
  transpose<V>(r);
  if (channels == W && n == W) {
    NABLA_UNROLL
    for (int c = 0; c < W; ++c) r[c].store(dst + c * stride);
    return;
  }
  NABLA_UNROLL
  for (int c = 0; c < W; ++c)
    if (c < channels) r[c].store_n(dst + c * stride, n);
}

// Channels of an image beside each other: dst[row][column][lane], rows [first, first + rows) and
// `columns` columns from the padded image's, zero outside of the image.
void gather_channels(const WinogradStrip& s, const float* x, int64_t first, int64_t rows,
                     int64_t columns, float* dst) {
  const int64_t top = first < 0 ? (-first < rows ? -first : rows) : 0;
  const int64_t inside = s.height - first < rows ? s.height - first : rows;
  const int64_t bottom = inside > top ? inside : top;
  const int64_t left = s.pad_w, right = columns - left - s.width;
  for (int64_t i = 0; i < top * columns; ++i) V::zero().store(dst + i * W);
  for (int64_t i = bottom * columns; i < rows * columns; ++i) V::zero().store(dst + i * W);
  for (int64_t row = top; row < bottom; ++row) {
    float* line = dst + row * columns * W;
    for (int64_t i = 0; i < left; ++i) V::zero().store(line + i * W);
    for (int64_t i = columns - right; i < columns; ++i) V::zero().store(line + i * W);
  }
  // the rows lie one after the other in memory, so pixels are taken W at a time whatever the width
  const float* src = x + (first + top) * s.width;
  const int64_t count = (bottom - top) * s.width;
  float* to = dst + (top * columns + left) * W;
  int64_t column = 0;
  const int64_t gap = (left + right) * W;
  for (int64_t k = 0; k < count; k += W) {
    const int n = static_cast<int>(count - k < W ? count - k : W);
    V r[W];
    if (n == W && s.channels == W) {
      NABLA_UNROLL
      for (int c = 0; c < W; ++c) r[c] = V::load(src + c * s.plane + k);
    } else {
      NABLA_UNROLL
      for (int c = 0; c < W; ++c)
        r[c] = c < s.channels ? V::load_n(src + c * s.plane + k, n) : V::zero();
    }
    transpose<V>(r);
    NABLA_UNROLL
    for (int j = 0; j < W; ++j) {
      if (j < n) r[j].store(to);
      to += W;
      if (++column == s.width) {
        column = 0;
        to += gap;
      }
    }
  }
}

int64_t strip_scratch(const WinogradStrip& s) {
  return (4 * s.tile_rows + 2) * (4 * s.tiles_across + 2) * W;
}

// Tiles of kFrom x kFrom pixels, 4 apart, from scratch of `columns` columns.
template <class X>
void transform_tiles(const WinogradStrip& s, const float* scratch, int64_t columns, float* v) {
  const int64_t row = columns * W, step = s.point_step;
  for (int64_t ty = 0; ty < s.tile_rows; ++ty) {
    for (int64_t tx = 0; tx < s.tiles_across; ++tx, v += s.tile_step) {
      const float* d = scratch + 4 * (ty * columns + tx) * W;
      both_ways<X>([&](int i, int j) NABLA_LAMBDA { return V::load(d + i * row + j * W); },
                   [&](int i, int j, V o) NABLA_LAMBDA { o.store(v + (6 * i + j) * step); });
    }
  }
}

void input(const WinogradStrip& s, const float* x, float* v, float* scratch) {
  const int64_t columns = 4 * s.tiles_across + 2;
  gather_channels(s, x, 4 * s.tile_row - s.pad_h, 4 * s.tile_rows + 2, columns, scratch);
  transform_tiles<Input>(s, scratch, columns, v);
}

void gradient(const WinogradStrip& s, const float* dy, float* v, float* scratch) {
  const int64_t columns = 4 * s.tiles_across;
  gather_channels(s, dy, 4 * s.tile_row, 4 * s.tile_rows, columns, scratch);
  transform_tiles<Gradient>(s, scratch, columns, v);
}

void output(const WinogradStrip& s, const float* m, const float* bias, float* y, float* scratch) {
  const int64_t columns = 4 * s.tiles_across, row = columns * W, step = s.point_step;
  const V add = bias ? V::load_n(bias, s.channels) : V::zero();
  for (int64_t ty = 0; ty < s.tile_rows; ++ty) {
    for (int64_t tx = 0; tx < s.tiles_across; ++tx, m += s.tile_step) {
      float* d = scratch + 4 * (ty * columns + tx) * W;
      both_ways<Output>([&](int i, int j) NABLA_LAMBDA { return V::load(m + (6 * i + j) * step); },
                        [&](int i, int j, V o)
                            NABLA_LAMBDA { (o + add).store(d + i * row + j * W); });
    }
  }
  const int64_t first = 4 * s.tile_row;
  const int64_t rows = s.height - first < 4 * s.tile_rows ? s.height - first : 4 * s.tile_rows;
  const int64_t count = rows * s.width, gap = (columns - s.width) * W;
  const float* from = scratch;
  int64_t column = 0;
  y += first * s.width;
  for (int64_t k = 0; k < count; k += W) {
    const int n = static_cast<int>(count - k < W ? count - k : W);
    V r[W];
    NABLA_UNROLL
    for (int j = 0; j < W; ++j) {
      r[j] = j < n ? V::load(from) : V::zero();
      from += W;
      if (++column == s.width) {
        column = 0;
        from += gap;
      }
    }
    store_transposed(r, y + k, s.plane, s.channels, n);
  }
}

// Channels of the sum that share a pass over scratch.
constexpr int64_t kDepthPass = 16;

void weights(const WinogradWeights& args, const float* w, float* u, float* scratch) {
  const WinogradWeights g = args;  // a copy that the stores cannot touch
  // Where the taps of consecutive channels of the sum follow each other, they are read together.
  const int64_t pass = g.in_step == 9 ? kDepthPass : 1;
  for (int64_t k0 = 0; k0 < g.depth; k0 += pass) {
    const int64_t count = g.depth - k0 < pass ? g.depth - k0 : pass;
    const float* src = w + k0 * g.in_step;
    for (int64_t j = 0; j < 9 * count; j += W) {
      const int n = static_cast<int>(9 * count - j < W ? 9 * count - j : W);
      V r[W];
      NABLA_UNROLL
      for (int c = 0; c < W; ++c)
        r[c] = c < g.channels ? V::load_n(src + c * g.out_step + j, n) : V::zero();
      transpose<V>(r);
      NABLA_UNROLL
      for (int i = 0; i < W; ++i) r[i].store(scratch + (j + i) * W);
    }
    for (int64_t k = 0; k < count; ++k) {
      float* to = u + (k0 + k) * g.depth_step;
      const float* taps = scratch + 9 * k * W;
      const int64_t first = g.flipped ? 8 : 0, sign = g.flipped ? -1 : 1;
      both_ways<Weights>(
          [&](int i, int j)
              NABLA_LAMBDA { return V::load(taps + (first + sign * (3 * i + j)) * W); },
          [&](int i, int j, V o) NABLA_LAMBDA { o.store(to + (6 * i + j) * g.point_step); });
    }
  }
}

void weight_gradient(const WinogradWeights& args, const float* s, float* dw, float* scratch) {
  const WinogradWeights g = args;
  for (int64_t k0 = 0; k0 < g.depth; k0 += kDepthPass) {
    const int64_t count = g.depth - k0 < kDepthPass ? g.depth - k0 : kDepthPass;
    for (int64_t k = 0; k < count; ++k) {
      const float* from = s + (k0 + k) * g.depth_step;
      float* taps = scratch + 9 * k * W;
      both_ways<WeightGradient>(
          [&](int i, int j) NABLA_LAMBDA {
            const float* at = from + (6 * i + j) * g.point_step;
            V sum = V::load(at);
            for (int64_t part = 1; part < g.parts; ++part)
              sum = sum + V::load(at + part * g.part_step);
            return sum;
          },
          [&](int i, int j, V o) NABLA_LAMBDA { o.store(taps + (3 * i + j) * W); });
    }
    for (int64_t j = 0; j < 9 * count; j += W) {
      const int n = static_cast<int>(9 * count - j < W ? 9 * count - j : W);
      V r[W];
      NABLA_UNROLL
      for (int i = 0; i < W; ++i) r[i] = i < n ? V::load(scratch + (j + i) * W) : V::zero();
      store_transposed(r, dw + 9 * k0 + j, g.out_step, g.channels, n);
    }
  }
}

}  // namespace

void fill_winograd(WinogradTable& table) {
  table = {W, strip_scratch, input, gradient, output, weights, weight_gradient};
}

}  // namespace nabla::kernels::NABLA_ISA
