// Convolution to many output channels: vectors run over output channels of packed weights, the
// pixels are broadcast from where they are. A tile is Groups output rows times R pixels times NV
// vectors, transposed on its way out.
#include "../../tables/conv.h"
#include "../gemm/pack.h"
#include "tile_sizes.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;
constexpr int kPanel = kChannelVectors * W;

struct ChannelTile {
  const float* x;
  const float* w;
  const float* bias;
  float* y;
  int64_t first, last;  // taps
  int channels;         // of this panel
};

template <int Groups, int R, int NV, bool UnitStep>
void channel_tile(const ConvChannels& p, const ChannelTile& tile) {
  V acc[Groups * R][NV];
  NABLA_UNROLL
  for (int j = 0; j < NV; ++j) {
    const int left = tile.channels - j * W;
    const V start = tile.bias ? V::load_n(tile.bias + j * W, left < W ? left : W) : V::zero();
    NABLA_UNROLL
    for (int i = 0; i < Groups * R; ++i) acc[i][j] = start;
  }
  const int64_t step = p.x_step, step3 = 3 * p.x_step, row = p.x_row;
  const float* x = tile.x;
  const float* w = tile.w + tile.first * (NV * W);
  const int64_t skipped = (p.tap_count - tile.last + tile.first) * (NV * W);
  const int32_t* const begin = p.taps + tile.first;
  const int32_t* const end = p.taps + tile.last;
  NABLA_NO_UNROLL
  for (int64_t c = p.channels; c > 0; --c) {
    NABLA_NO_UNROLL
    for (const int32_t* t = begin; t != end; ++t) {
      // the next channel's pixels: the weights that pass by have driven them out of the L1 cache
      if constexpr (UnitStep) __builtin_prefetch(x + p.x_channel + *t + R / 2);
      const float* a[Groups];
      a[0] = x + *t;
      if constexpr (Groups > 1) a[1] = a[0] + row;
      V b[NV];
      NABLA_UNROLL
      for (int j = 0; j < NV; ++j) {
        b[j] = V::load(w + j * W);
        __builtin_prefetch(reinterpret_cast<const char*>(w + j * W) + 1024);
      }
      NABLA_UNROLL
      for (int g = 0; g < Groups; ++g) {
        const float* r[4];
        r[0] = a[g];
        if constexpr (!UnitStep) {
          NABLA_UNROLL
          for (int q = 1; q < 4; ++q) r[q] = r[q - 1] + 4 * step;
        }
        NABLA_UNROLL
        for (int i = 0; i < R; ++i) {
          const float* s = r[UnitStep ? 0 : i / 4];
          const int q = i & 3;
          const V pixel = V::set1(UnitStep ? s[i]
                                  : q == 0 ? s[0]
                                  : q == 1 ? s[step]
                                  : q == 2 ? s[2 * step]
                                           : s[step3]);
          NABLA_UNROLL
          for (int j = 0; j < NV; ++j) acc[g * R + i][j] = fma(pixel, b[j], acc[g * R + i][j]);
        }
      }
      w += NV * W;
    }
    w += skipped;
    x += p.x_channel;
  }
  alignas(64) float memory[Groups * R][NV * W];
  NABLA_UNROLL
  for (int i = 0; i < Groups * R; ++i) {
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) acc[i][j].store(memory[i] + j * W);
  }
  for (int g = 0; g < Groups; ++g) {
    for (int j = 0; j < NV; ++j) {
      const int channels = tile.channels - j * W < W ? tile.channels - j * W : W;
      for (int part = 0; part < R; part += W) {
        const int width = R - part < W ? R - part : W;
        V r[W];
        NABLA_UNROLL
        for (int i = 0; i < W; ++i)
          r[i] = i < width ? V::load(memory[g * R + part + i] + j * W) : V::zero();
        transpose<V>(r);
        float* y = tile.y + g * p.y_row + j * W * p.y_channel + part;
        if (channels == W) {
          NABLA_UNROLL
          for (int o = 0; o < W; ++o) r[o].store_n(y + o * p.y_channel, width);
        } else {
          for (int o = 0; o < channels; ++o) r[o].store_n(y + o * p.y_channel, width);
        }
      }
    }
  }
}

using ChannelFn = void (*)(const ConvChannels&, const ChannelTile&);
struct ChannelRow {
  ChannelFn fn[kChannelPixels];
};
template <int Groups, int R, int NV, bool UnitStep>
constexpr ChannelFn channel_fn() {
  if constexpr (Groups * R * NV <= kChannelSums)
    return channel_tile<Groups, R, NV, UnitStep>;
  else
    return nullptr;
}
template <int Groups, int NV, bool UnitStep, int... R>
constexpr ChannelRow make_channel_row(Ints<R...>) {
  return {{channel_fn<Groups, R, NV, UnitStep>()...}};
}
struct ChannelKernels {
  ChannelRow row[2][2][kChannelVectors];  // [unit step][groups - 1][vectors - 1]
};
template <int... NV>
constexpr ChannelKernels make_channel_kernels(Ints<NV...>) {
  using Rs = typename MakeInts<kChannelPixels>::type;
  return {{{{make_channel_row<1, NV, false>(Rs{})...}, {make_channel_row<2, NV, false>(Rs{})...}},
           {{make_channel_row<1, NV, true>(Rs{})...}, {make_channel_row<2, NV, true>(Rs{})...}}}};
}
constexpr ChannelKernels kChannelKernels =
    make_channel_kernels(typename MakeInts<kChannelVectors>::type{});

NABLA_INLINE int panel_channels(int64_t out_channels, int64_t panel) {
  return static_cast<int>(least(kPanel, out_channels - panel * kPanel));
}

// One panel of output channels, rows [i, i + groups).
void channel_rows(const ConvChannels& p, ChannelTile& tile, int64_t panel, int nv, int64_t i,
                  int groups) {
  int32_t first = p.first[i], last = p.last[i];
  if (groups == 2) {
    first = p.first[i + 1] < first ? p.first[i + 1] : first;
    last = p.last[i + 1] > last ? p.last[i + 1] : last;
  }
  if (last < first) last = first;
  tile.first = first * p.row_taps;
  tile.last = last * p.row_taps;
  const ChannelRow& kernels = kChannelKernels.row[p.x_step == 1][groups - 1][nv - 1];
  const int64_t tiles = (p.columns + kChannelPixels - 1) / kChannelPixels;
  const float* x = p.x + i * p.x_row;
  float* y = p.y + panel * kPanel * p.y_channel + i * p.y_row;
  int64_t j = 0;
  for (int64_t q = 0; q < tiles; ++q) {
    const int64_t r = (p.columns - j + tiles - q - 1) / (tiles - q);  // even shares
    tile.x = x + j * p.x_step;
    tile.y = y + j;
    kernels.fn[r - 1](p, tile);
    j += r;
  }
}

void channels(const ConvChannels& p, int64_t p0, int64_t p1) {
  const int64_t tiles = (p.columns + kChannelPixels - 1) / kChannelPixels;
  const int64_t widest = (p.columns + tiles - 1) / tiles;
  for (int64_t panel = p0; panel < p1; ++panel) {
    ChannelTile tile;
    tile.channels = panel_channels(p.out_channels, panel);
    const int nv = (tile.channels + W - 1) / W;
    tile.w = p.w + panel * kPanel * p.channels * p.tap_count;
    tile.bias = p.bias ? p.bias + panel * kPanel : nullptr;
    const bool pairs = 2 * widest * nv <= kChannelSums;
    int64_t i = 0;
    if (pairs)
      for (; i + 2 <= p.rows; i += 2) channel_rows(p, tile, panel, nv, i, 2);
    for (; i < p.rows; ++i) channel_rows(p, tile, panel, nv, i, 1);
  }
}

// Vector j of all taps of one or more channels.
NABLA_INLINE void pack_taps(const ConvPack& p, const float* w, float* out, int channels, int nv,
                            int64_t depth) {
  for (int j = 0; j < nv; ++j) {
    const int rows = channels - j * W < W ? channels - j * W : W;
    pack_transposed<V>(out + j * W, nv * W, w + j * W * p.w_row, p.w_row, rows, depth);
  }
}

constexpr int64_t kMostPlacedTaps = 256;

void pack_weights(const ConvPack& p, int64_t p0, int64_t p1) {
  alignas(64) float taps[kMostPlacedTaps * kPanel];
  for (int64_t panel = p0; panel < p1; ++panel) {
    const int channels = panel_channels(p.out_channels, panel);
    const int nv = (channels + W - 1) / W;
    const float* w = p.w + panel * kPanel * p.w_row;
    const int64_t before = panel * kPanel * p.channels;
    if (p.places == nullptr) {
      // taps of consecutive channels may be one long row
      const bool dense = p.w_channel == p.tap_count;
      const int64_t depth = dense ? p.channels * p.tap_count : p.tap_count;
      for (int64_t c = 0; c < (dense ? 1 : p.channels); ++c)
        pack_taps(p, w + c * p.w_channel, p.out + before * p.tap_count + c * depth * nv * W,
                  channels, nv, depth);
      continue;
    }
    for (int64_t c = 0; c < p.channels; ++c) {
      pack_taps(p, w + c * p.w_channel, taps, channels, nv, p.tap_count);
      for (int64_t t = 0; t < p.tap_count; ++t) {
        const ConvTap& to = p.places[t];
        float* out = p.out + to.at + before * to.count + (c * to.count + to.index) * nv * W;
        for (int j = 0; j < nv; ++j) V::load(taps + (t * nv + j) * W).store(out + j * W);
      }
    }
  }
}

}  // namespace

void fill_conv_channels(ConvTable& table) {
  table.panel_width = kPanel;
  table.channel_pixels = kChannelPixels;
  table.pack_weights = pack_weights;
  table.channels = channels;
}

}  // namespace nabla::kernels::NABLA_ISA
