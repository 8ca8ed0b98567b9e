// Weight gradient for many output channels, as sums of outer products: pixels of x broadcast from
// where they are times the packed channels of dy. A tile is Windows runs of Width taps (a kernel
// row has one or two such runs) times NV vectors of output channels.
#include "../../tables/conv.h"
#include "../gemm/pack.h"
#include "tile_sizes.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;
constexpr int kMostWindows = 9;

template <int Width, int Windows, int NV>
void outer_tile(const ConvOuter& p, int64_t r) {
  V acc[Windows * Width][NV];
  float* dw = p.dw + r * Width * NV * W;
  NABLA_UNROLL
  for (int i = 0; i < Windows * Width; ++i) {
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) acc[i][j] = V::zero();
  }
  const int64_t step = p.x_step;
  for (int64_t image = 0; image < p.images; ++image) {
    const float* dy = p.dy + image * p.dy_image;
    const float* base = p.x + image * p.x_image;
    const float* x[Windows];
    NABLA_UNROLL
    for (int q = 0; q < Windows; ++q) x[q] = base + p.windows[r + q];
    NABLA_NO_UNROLL
    for (int64_t i = 0; i < p.rows; ++i) {
      int64_t at = 0;
      NABLA_NO_UNROLL
      for (int64_t j = p.columns; j > 0; --j) {
        V b[NV];
        NABLA_UNROLL
        for (int v = 0; v < NV; ++v) b[v] = V::load(dy + v * W);
        NABLA_UNROLL
        for (int q = 0; q < Windows; ++q) {
          NABLA_UNROLL
          for (int t = 0; t < Width; ++t) {
            const V pixel = V::set1(x[q][at + t]);
            NABLA_UNROLL
            for (int v = 0; v < NV; ++v)
              acc[q * Width + t][v] = fma(pixel, b[v], acc[q * Width + t][v]);
          }
        }
        dy += NV * W;
        at += step;
      }
      NABLA_UNROLL
      for (int q = 0; q < Windows; ++q) x[q] += p.x_row;
    }
  }
  if (p.accumulate) {
    NABLA_UNROLL
    for (int i = 0; i < Windows * Width; ++i) {
      NABLA_UNROLL
      for (int j = 0; j < NV; ++j) acc[i][j] = acc[i][j] + V::load(dw + (i * NV + j) * W);
    }
  }
  NABLA_UNROLL
  for (int i = 0; i < Windows * Width; ++i) {
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) acc[i][j].store(dw + (i * NV + j) * W);
  }
}

using OuterFn = void (*)(const ConvOuter&, int64_t);
struct OuterRow {
  OuterFn fn[kMostWindows];
};
constexpr int most_windows(int width, int vectors) {
  const int most = kOuterSums / (width * vectors);
  return most < kMostWindows ? most : kMostWindows;
}
template <int Width, int Windows, int NV>
constexpr OuterFn outer_fn() {
  if constexpr (Windows <= most_windows(Width, NV))
    return outer_tile<Width, Windows, NV>;
  else
    return nullptr;
}
template <int Width, int NV, int... Windows>
constexpr OuterRow make_outer_row(Ints<Windows...>) {
  return {{outer_fn<Width, Windows, NV>()...}};
}
template <int Width, int NV>
constexpr OuterRow kOuterRow = make_outer_row<Width, NV>(typename MakeInts<kMostWindows>::type{});

template <int NV>
const OuterRow& outer_row(int width) {
  switch (width) {
    case 1:
      return kOuterRow<1, NV>;
    case 2:
      return kOuterRow<2, NV>;
    case 3:
      return kOuterRow<3, NV>;
    case 5:
      return kOuterRow<5, NV>;
    default:
      return kOuterRow<7, NV>;
  }
}

// Pixels that pass all windows before the next ones: their packed dy stays in the L1 cache.
constexpr int64_t kPixels = 256;

void outer_block(const ConvOuter& p) {
  const OuterRow& kernels = p.vectors == 2 ? outer_row<2>(p.width) : outer_row<1>(p.width);
  const int64_t most = most_windows(p.width, p.vectors);
  const int64_t tiles = (p.r1 - p.r0 + most - 1) / most;
  int64_t r = p.r0;
  for (int64_t q = 0; q < tiles; ++q) {
    const int64_t windows = (p.r1 - r + tiles - q - 1) / (tiles - q);  // even shares
    kernels.fn[windows - 1](p, r);
    r += windows;
  }
}

void outer(const ConvOuter& p) {
  const int64_t pixels = p.rows * p.columns;
  ConvOuter block = p;
  if (pixels * 2 <= kPixels) {
    const int64_t images = kPixels / pixels;
    for (int64_t n = 0; n < p.images; n += images) {
      block.x = p.x + n * p.x_image;
      block.dy = p.dy + n * p.dy_image;
      block.images = least(images, p.images - n);
      outer_block(block);
      block.accumulate = true;
    }
    return;
  }
  const int64_t blocks = (pixels + kPixels - 1) / kPixels;
  const int64_t rows = (p.rows + blocks - 1) / blocks;
  block.images = 1;
  for (int64_t n = 0; n < p.images; ++n)
    for (int64_t i = 0; i < p.rows; i += rows) {
      block.x = p.x + n * p.x_image + i * p.x_row;
      block.dy = p.dy + n * p.dy_image + i * p.columns * p.vectors * W;
      block.rows = least(rows, p.rows - i);
      outer_block(block);
      block.accumulate = true;
    }
}

void pack_grad(float* out, const float* dy, int64_t dy_channel, int64_t out_channels,
               int64_t pixels) {
  const int64_t vectors = (out_channels + W - 1) / W;
  for (int64_t v = 0; v < vectors; ++v)
    pack_transposed<V>(out + v * W, vectors * W, dy + v * W * dy_channel, dy_channel,
                       static_cast<int>(least(W, out_channels - v * W)), pixels);
}

void unpack_dw(float* dw, int64_t dw_row, const float* packed, int64_t lanes, int64_t out_channels,
               int64_t count) {
  for (int64_t o = 0; o < out_channels; o += W) {
    const int channels = static_cast<int>(least(W, out_channels - o));
    for (int64_t k = 0; k < count; k += W) {
      const int width = static_cast<int>(least(W, count - k));
      V r[W];
      NABLA_UNROLL
      for (int i = 0; i < W; ++i)
        r[i] = i < width ? V::load(packed + (k + i) * lanes + o) : V::zero();
      transpose<V>(r);
      alignas(64) float memory[W][W];
      NABLA_UNROLL
      for (int i = 0; i < W; ++i) r[i].store(memory[i]);
      for (int i = 0; i < channels; ++i)
        V::load(memory[i]).store_n(dw + (o + i) * dw_row + k, width);
    }
  }
}

constexpr int widths() {
  int bits = 0;
  for (int w = 1; w <= 7; w += w < 3 ? 1 : 2)
    if (most_windows(w, 2) > 0) bits |= 1 << w;
  return bits;
}

}  // namespace

void fill_conv_outer(ConvTable& table) {
  table.outer_widths = widths();
  table.outer_sums = kOuterSums;
  table.pack_grad = pack_grad;
  table.outer = outer;
  table.unpack_dw = unpack_dw;
}

}  // namespace nabla::kernels::NABLA_ISA
