#include "ops/conv_general.h"

#include <algorithm>

#include "kernels/tables.h"
#include "ops/gemm.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

using kernels::GemmArgs;

// Bytes of a block of columns: a fixed number, because where blocks end decides in which order
// gradients are added up.
constexpr int64_t kBlockBytes = 384 << 10;
// Columns that a block has at least, so that weights are not read for too few, as long as they fit
// into this many bytes.
constexpr int64_t kLeastColumns = 64, kMostBytes = 64 << 20;
// Columns that products have at a time, of several small images if need be.
constexpr int64_t kJoinedColumns = 256;
// Work that is worth a chunk of its own, and work that a product shares out itself.
constexpr double kChunkFlops = 2e6, kLargeFlops = 2e7;
// Parts into which the rows of the columns are cut at most, for the threads.
constexpr int64_t kParts = 16;
// A multiple of the columns that a product takes at a time.
constexpr int64_t kRowTile = 64;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Integers, which wrap around: added up as unsigned numbers.
template <class T>
void multiply(const GemmArgs<T>& g) {
  if constexpr (std::is_floating_point_v<T>) {
    gemm(g);
  } else {
    for (int64_t i = 0; i < g.m; ++i) {
      T* c = g.c + i * g.ldc;
      std::fill_n(c, g.n, g.bias_m != nullptr ? g.bias_m[i] : T(0));
      for (int64_t k = 0; k < g.k; ++k) {
        const uint64_t a = g.trans_a ? g.a[k * g.lda + i] : g.a[i * g.lda + k];
        for (int64_t j = 0; j < g.n; ++j) c[j] += static_cast<T>(a * g.b[k * g.ldb + j]);
      }
    }
  }
}

// A problem as matrices: for each image and group filters x depth times depth x positions.
struct Sizes {
  explicit Sizes(const Conv3d& p)
      : channels(p.in_c / p.groups),
        filters(p.out_c / p.groups),
        depth(channels * p.taps()),
        positions(p.positions()),
        in_size(p.in_size()),
        in_place(p.taps() == 1 && p.stride_d == 1 && p.stride_h == 1 && p.stride_w == 1 &&
                 p.pad_d == 0 && p.pad_h == 0 && p.pad_w == 0 && p.in_d == p.out_d &&
                 p.in_h == p.out_h && p.in_w == p.out_w) {}

  double flops() const {
    return 2.0 * static_cast<double>(filters) * static_cast<double>(depth) *
           static_cast<double>(positions);
  }
  // Columns of a block that has `rows` rows.
  template <class T>
  int64_t block_columns(int64_t rows) const {
    if (in_place) return positions;
    const int64_t column = rows * static_cast<int64_t>(sizeof(T));
    const int64_t least = std::clamp<int64_t>(kMostBytes / column, 1, kLeastColumns);
    const int64_t most = std::min(std::max(kBlockBytes / column, least), positions);
    return ceil_div(positions, ceil_div(positions, most));
  }

  // How many small images are put side by side, so that weights are not read anew for each.
  template <class T>
  int64_t joined_images(int64_t n) const {
    const int64_t fit = kMostBytes / (depth * positions * static_cast<int64_t>(sizeof(T)));
    return std::max<int64_t>(std::min({kJoinedColumns / positions, fit, n}), 1);
  }

  int64_t channels, filters, depth, positions, in_size;
  bool in_place;  // x is the matrix of columns already
};

// Calls f(i) for `count` pieces of equal work: small ones are shared out, large ones run one after
// the other when their products share out themselves.
template <class F>
void each_piece(int64_t count, double flops, bool shares_itself, F&& f) {
  if (shares_itself && flops > kLargeFlops) {
    for (int64_t i = 0; i < count; ++i) f(i);
    return;
  }
  const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>(kChunkFlops / (flops + 1)));
  parallel_for(count, std::min(grain, count), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) f(i);
  });
}

// Into how many parts `whole` units with `flops` of work each are cut, when `others` pieces run
// beside them.
int64_t parts_of(int64_t whole, double flops, int64_t others) {
  const int64_t worth = static_cast<int64_t>(static_cast<double>(whole) * flops / kChunkFlops);
  return std::clamp<int64_t>(std::min(worth, kParts / std::max<int64_t>(others, 1)), 1, whole);
}

// Copies dy of `count` images, `step` apart, into one matrix: filters x (image, position).
template <class T>
const T* side_by_side(const T* dy, int64_t step, int64_t count, const Sizes& s, T* to) {
  for (int64_t f = 0; f < s.filters; ++f)
    for (int64_t b = 0; b < count; ++b)
      std::copy_n(dy + b * step + f * s.positions, s.positions, to + (f * count + b) * s.positions);
  return to;
}

// The forward pass with the columns of `images` images side by side.
template <class T>
void forward_joined(const Conv3d& p, const Sizes& s, int64_t images, const T* x, const T* w,
                    const T* bias, T* y) {
  const int64_t batches = ceil_div(p.n, images);
  each_piece(p.groups * batches, s.flops() * static_cast<double>(images), true, [&](int64_t i) {
    const int64_t group = i % p.groups, first = i / p.groups * images;
    const int64_t count = std::min(images, p.n - first), ld = count * s.positions;
    T* columns = workspace<T>(Workspace::kColumns, (s.depth + s.filters) * ld);
    const auto image = [&](int64_t b) { return (first + b) * p.groups + group; };
    for (int64_t b = 0; b < count; ++b)
      gather_columns(p, {0, s.depth, 0, s.positions}, x + image(b) * s.channels * s.in_size,
                     columns + b * s.positions, ld);
    GemmArgs<T> g;
    g.m = s.filters;
    g.n = g.ldb = g.ldc = ld;
    g.k = g.lda = s.depth;
    g.a = w + group * s.filters * s.depth;
    g.b = columns;
    g.c = columns + s.depth * ld;
    if (bias != nullptr) g.bias_m = bias + group * s.filters;
    multiply(g);
    for (int64_t f = 0; f < s.filters; ++f)
      for (int64_t b = 0; b < count; ++b)
        std::copy_n(g.c + f * ld + b * s.positions, s.positions,
                    y + (image(b) * s.filters + f) * s.positions);
  });
}

// The gradient of the input with the columns of `images` images side by side, for parts of the
// channels.
template <class T>
void grad_input_joined(const Conv3d& p, const Sizes& s, int64_t images, const T* dy, const T* w,
                       T* dx) {
  const int64_t batches = ceil_div(p.n, images);
  const double flops = s.flops() * static_cast<double>(images);
  const int64_t parts =
      parts_of(s.channels, flops / static_cast<double>(s.channels), p.groups * batches);
  const int64_t step = ceil_div(s.channels, parts), pieces = ceil_div(s.channels, step);
  each_piece(p.groups * batches * pieces, flops / static_cast<double>(pieces), false,
             [&](int64_t i) {
               const int64_t group = i / pieces % p.groups, first = i / pieces / p.groups * images;
               const int64_t count = std::min(images, p.n - first), ld = count * s.positions;
               const int64_t c0 = i % pieces * step, c1 = std::min(c0 + step, s.channels);
               const int64_t rows = (c1 - c0) * p.taps();
               T* columns = workspace<T>(Workspace::kColumns, (rows + s.filters) * ld);
               const T* from = dy + (first * p.groups + group) * s.filters * s.positions;
               GemmArgs<T> g;
               g.m = rows;
               g.n = g.ldb = g.ldc = ld;
               g.k = s.filters;
               g.a = w + group * s.filters * s.depth + c0 * p.taps();
               g.lda = s.depth;
               g.trans_a = true;
               g.b = side_by_side(from, p.out_c * s.positions, count, s, columns + rows * ld);
               g.c = columns;
               multiply(g);
               for (int64_t b = 0; b < count; ++b) {
                 T* to = dx + (((first + b) * p.groups + group) * s.channels + c0) * s.in_size;
                 std::fill_n(to, (c1 - c0) * s.in_size, T(0));
                 scatter_columns(p, {0, rows, 0, s.positions}, columns + b * s.positions, ld, to);
               }
             });
}

}  // namespace

template <class T>
void conv_general_forward(const Conv3d& p, const T* x, const T* w, const T* bias, T* y) {
  const Sizes s(p);
  const int64_t images = s.joined_images<T>(p.n);
  if (images > 1) return forward_joined(p, s, images, x, w, bias, y);
  const int64_t width = s.block_columns<T>(s.depth), blocks = ceil_div(s.positions, width);
  const double flops = s.flops() / static_cast<double>(blocks);
  each_piece(p.n * p.groups * blocks, flops, s.in_place, [&](int64_t i) {
    const int64_t image = i / blocks, group = image % p.groups;  // image: of one group
    const int64_t p0 = i % blocks * width, p1 = std::min(p0 + width, s.positions);
    const T* from = x + image * s.channels * s.in_size;
    GemmArgs<T> g;
    g.m = s.filters;
    g.n = p1 - p0;
    g.k = s.depth;
    g.a = w + group * s.filters * s.depth;
    g.lda = s.depth;
    g.b = from;
    g.ldb = s.positions;
    if (!s.in_place) {
      T* columns = workspace<T>(Workspace::kColumns, s.depth * width);
      gather_columns(p, {0, s.depth, p0, p1}, from, columns, width);
      g.b = columns;
      g.ldb = width;
    }
    g.c = y + image * s.filters * s.positions + p0;
    g.ldc = s.positions;
    if (bias != nullptr) g.bias_m = bias + group * s.filters;
    multiply(g);
  });
}

template <class T>
void conv_general_grad_input(const Conv3d& p, const T* dy, const T* w, T* dx) {
  const Sizes s(p);
  const int64_t images = s.joined_images<T>(p.n);
  if (images > 1) return grad_input_joined(p, s, images, dy, w, dx);
  // Parts are channels: what windows add to one channel stays in one piece.
  const double channel_flops = s.flops() / static_cast<double>(s.channels);
  const int64_t parts = s.in_place ? 1 : parts_of(s.channels, channel_flops, p.n * p.groups);
  const int64_t step = ceil_div(s.channels, parts), pieces = ceil_div(s.channels, step);
  const int64_t width = s.block_columns<T>(step * p.taps());
  each_piece(p.n * p.groups * pieces, s.flops() / static_cast<double>(pieces), s.in_place,
             [&](int64_t i) {
               const int64_t image = i / pieces, group = image % p.groups;
               const int64_t c0 = i % pieces * step, c1 = std::min(c0 + step, s.channels);
               T* to = dx + (image * s.channels + c0) * s.in_size;
               const int64_t rows = (c1 - c0) * p.taps();
               GemmArgs<T> g;
               g.m = rows;
               g.k = s.filters;
               g.a = w + group * s.filters * s.depth + c0 * p.taps();
               g.lda = s.depth;
               g.trans_a = true;
               g.ldb = s.positions;
               g.c = to;
               g.ldc = s.positions;
               if (!s.in_place) {
                 std::fill_n(to, (c1 - c0) * s.in_size, T(0));
                 g.c = workspace<T>(Workspace::kColumns, rows * width);
                 g.ldc = width;
               }
               for (int64_t p0 = 0; p0 < s.positions; p0 += width) {
                 const int64_t p1 = std::min(p0 + width, s.positions);
                 g.n = p1 - p0;
                 g.b = dy + image * s.filters * s.positions + p0;
                 multiply(g);
                 if (!s.in_place) scatter_columns(p, {0, rows, p0, p1}, g.c, width, to);
               }
             });
}

template <class T>
void conv_general_grad_weight(const Conv3d& p, const T* x, const T* dy, T* dw) {
  const Sizes s(p);
  // Parts are rows of the columns, which are columns of dw: nothing is added up across pieces.
  const double row_flops = s.flops() * static_cast<double>(p.n) / static_cast<double>(s.depth);
  const int64_t parts = s.in_place ? 1 : parts_of(s.depth, row_flops, p.groups);
  const int64_t step = std::min(ceil_div(ceil_div(s.depth, parts), kRowTile) * kRowTile, s.depth);
  const int64_t pieces = ceil_div(s.depth, step), width = s.block_columns<T>(step);
  const int64_t images = s.joined_images<T>(p.n);
  const double flops = s.flops() * static_cast<double>(p.n) / static_cast<double>(pieces);
  each_piece(p.groups * pieces, flops, s.in_place && images == 1, [&](int64_t i) {
    const int64_t group = i / pieces;
    const int64_t k0 = i % pieces * step, k1 = std::min(k0 + step, s.depth);
    GemmArgs<T> g;
    g.m = s.filters;
    g.n = k1 - k0;
    g.trans_b = true;
    g.c = dw + group * s.filters * s.depth + k0;
    g.ldc = s.depth;
    const auto add = [&](int64_t first, int64_t count, int64_t p0, int64_t p1) {
      const int64_t image = first * p.groups + group, ld = count * (p1 - p0);
      g.k = ld;
      g.a = dy + image * s.filters * s.positions + p0;
      g.lda = s.positions;
      g.b = x + image * s.channels * s.in_size;
      g.ldb = s.positions;
      if (!s.in_place || count > 1) {
        T* columns = workspace<T>(Workspace::kColumns, (step + s.filters) * ld);
        for (int64_t b = 0; b < count; ++b)
          gather_columns(p, {k0, k1, p0, p1}, g.b + b * p.in_c * s.in_size, columns + b * (p1 - p0),
                         ld);
        if (count > 1)
          g.a = side_by_side(g.a, p.out_c * s.positions, count, s, columns + step * ld);
        if (count > 1) g.lda = ld;
        g.b = columns;
        g.ldb = ld;
      }
      multiply(g);
      g.beta = 1;
    };
    for (int64_t n = 0; n < p.n; n += images) {
      const int64_t count = std::min(images, p.n - n);
      if (count > 1)
        add(n, count, 0, s.positions);
      else
        for (int64_t p0 = 0; p0 < s.positions; p0 += width)
          add(n, 1, p0, std::min(p0 + width, s.positions));
    }
  });
}

template <class T>
void conv_grad_bias(int64_t n, int64_t channels, int64_t size, const T* dy, T* db) {
  const auto sum = [&] {
    if constexpr (std::is_same_v<T, float>)
      return kernels::tables().reduce.f32.rows[kernels::kReduceSum];
    else
      return kernels::tables().reduce.f64.rows[kernels::kReduceSum];
  }();
  constexpr int64_t kGrain = 32768;  // elements
  parallel_for(channels, std::max<int64_t>(1, kGrain / (n * size + 1)),
               [&](int64_t c0, int64_t c1) {
                 constexpr int64_t kChannels = 64;
                 T part[kChannels];
                 double total[kChannels];
                 for (int64_t c = c0; c < c1; c += kChannels) {
                   const int64_t count = std::min(kChannels, c1 - c);
                   std::fill_n(total, count, 0.0);
                   for (int64_t i = 0; i < n; ++i) {
                     sum(part, dy + (i * channels + c) * size, nullptr, count, size, size);
                     for (int64_t j = 0; j < count; ++j) total[j] += part[j];
                   }
                   for (int64_t j = 0; j < count; ++j) db[c + j] = static_cast<T>(total[j]);
                 }
               });
}

#define NABLA_CONV(T)                                                                  \
  template void conv_general_forward(const Conv3d&, const T*, const T*, const T*, T*); \
  template void conv_general_grad_input(const Conv3d&, const T*, const T*, T*);
#define NABLA_CONV_FLOAT(T)                                                      \
  NABLA_CONV(T)                                                                  \
  template void conv_general_grad_weight(const Conv3d&, const T*, const T*, T*); \
  template void conv_grad_bias(int64_t, int64_t, int64_t, const T*, T*);
NABLA_CONV_FLOAT(float)
NABLA_CONV_FLOAT(double)
NABLA_CONV(uint64_t)
NABLA_CONV(uint32_t)
NABLA_CONV(uint16_t)
NABLA_CONV(uint8_t)
#undef NABLA_CONV_FLOAT
#undef NABLA_CONV

}  // namespace nabla::ops
