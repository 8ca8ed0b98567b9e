// Convolution to few output channels: vectors run over output pixels and are read in place, the
// weights are broadcast. A tile is up to kPixelRows channels times kPixelVectors vectors.
#include "../../tables/conv.h"
#include "tile_sizes.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;

NABLA_INLINE int bits_to(uint32_t lanes) { return 32 - __builtin_clz(lanes); }

// Stores the lanes in `lanes` side by side.
NABLA_INLINE void store_lanes(float* y, V v, uint32_t lanes) {
#if defined(NABLA_ISA_AVX512)
  const int n = __builtin_popcount(lanes);
  if (lanes & (lanes + 1)) v.v = _mm512_maskz_compress_ps(static_cast<__mmask16>(lanes), v.v);
  v.store_n(y, n);
#else
  if ((lanes & (lanes + 1)) == 0) {
    v.store_n(y, __builtin_popcount(lanes));
    return;
  }
  float memory[W];
  v.store(memory);
  for (int l = 0; l < W; ++l)
    if (lanes >> l & 1) *y++ = memory[l];
#endif
}

struct PixelTile {
  const ConvVector* vectors;
  const float* w;
  const float* bias;
  float* y;
  int64_t first, last;  // taps
};

// Masked: lanes behind a vector's last one may lie outside of memory.
template <int M, int NV, bool Masked>
void pixel_tile(const ConvPixels& p, const PixelTile& tile) {
  V acc[M][NV];
  NABLA_UNROLL
  for (int i = 0; i < M; ++i) {
    const V start = tile.bias ? V::set1(tile.bias[i]) : V::zero();
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) acc[i][j] = start;
  }
  const float* x[NV];
  int lanes[NV];
  NABLA_UNROLL
  for (int j = 0; j < NV; ++j) {
    x[j] = p.x + tile.vectors[j].x;
    lanes[j] = bits_to(tile.vectors[j].lanes);
  }
  const int64_t ws = p.w_row, ws3 = 3 * p.w_row;
  const float* channel_w = tile.w + tile.first;
  const int32_t* const begin = p.taps + tile.first;
  const int32_t* const end = p.taps + tile.last;
  NABLA_NO_UNROLL
  for (int64_t c = p.channels; c > 0; --c) {
    const float *r0 = channel_w, *r1 = channel_w + 4 * ws;
    NABLA_NO_UNROLL
    for (const int32_t* t = begin; t != end; ++t) {
      const int64_t tap = *t;
      V b[NV];
      NABLA_UNROLL
      for (int j = 0; j < NV; ++j)
        b[j] = Masked ? V::load_n(x[j] + tap, lanes[j]) : V::load(x[j] + tap);
      NABLA_UNROLL
      for (int i = 0; i < M; ++i) {
        const float* r = i < 4 ? r0 : r1;
        const int q = i & 3;
        const V a = V::set1(q == 0 ? r[0] : q == 1 ? r[ws] : q == 2 ? r[2 * ws] : r[ws3]);
        NABLA_UNROLL
        for (int j = 0; j < NV; ++j) acc[i][j] = fma(a, b[j], acc[i][j]);
      }
      ++r0;
      if (M > 4) ++r1;
      // keeps the compiler from making one pointer for each row
      asm volatile("" : "+r"(r0), "+r"(r1));
    }
    channel_w += p.w_channel;
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) x[j] += p.x_channel;
  }
  NABLA_UNROLL
  for (int j = 0; j < NV; ++j) {
    const uint32_t mask = tile.vectors[j].lanes;
    float* y = tile.y + tile.vectors[j].y;
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) store_lanes(y + i * p.y_channel, acc[i][j], mask);
  }
}

using PixelFn = void (*)(const ConvPixels&, const PixelTile&);
struct PixelRow {
  PixelFn fn[kPixelRows];
};
template <int NV, bool Masked, int... M>
constexpr PixelRow make_pixel_row(Ints<M...>) {
  return {{pixel_tile<M, NV, Masked>...}};
}
struct PixelKernels {
  PixelRow row[2][kPixelVectors];
};
template <int... NV>
constexpr PixelKernels make_pixel_kernels(Ints<NV...>) {
  using Rows = typename MakeInts<kPixelRows>::type;
  return {{{make_pixel_row<NV, false>(Rows{})...}, {make_pixel_row<NV, true>(Rows{})...}}};
}
constexpr PixelKernels kPixelKernels = make_pixel_kernels(typename MakeInts<kPixelVectors>::type{});

void pixels(const ConvPixels& p) {
  const int64_t tiles = (p.out_channels + kPixelRows - 1) / kPixelRows;
  const int64_t groups = (p.count + kPixelVectors - 1) / kPixelVectors;
  if (groups == 0) return;
  const int64_t t_count = p.row_taps;
  int64_t v = 0;
  for (int64_t g = 0; g < groups; ++g) {
    const int64_t nv = (p.count - v + groups - g - 1) / (groups - g);  // even shares
    PixelTile tile;
    tile.vectors = p.vectors + v;
    int32_t first = tile.vectors[0].first, last = tile.vectors[0].last, far = tile.vectors[0].x;
    for (int64_t j = 1; j < nv; ++j) {
      const ConvVector& u = tile.vectors[j];
      first = u.first < first ? u.first : first;
      last = u.last > last ? u.last : last;
      far = u.x > far ? u.x : far;
    }
    if (last < first) last = first;
    tile.first = first * t_count;
    tile.last = last * t_count;
    const bool masked = far + p.reach + (p.channels - 1) * p.x_channel + W > p.readable;
    const PixelRow& kernels = kPixelKernels.row[masked][nv - 1];
    int64_t o = 0;
    for (int64_t q = 0; q < tiles; ++q) {
      const int64_t m = (p.out_channels - o + tiles - q - 1) / (tiles - q);
      tile.w = p.w + o * p.w_row;
      tile.bias = p.bias ? p.bias + o : nullptr;
      tile.y = p.y + o * p.y_channel;
      kernels.fn[m - 1](p, tile);
      o += m;
    }
    v += nv;
  }
}

}  // namespace

void fill_conv_pixels(ConvTable& table) {
  table.pixel_rows = kPixelRows;
  table.pixel_vectors = kPixelVectors;
  table.pixels = pixels;
}

}  // namespace nabla::kernels::NABLA_ISA
