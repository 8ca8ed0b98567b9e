// Weight gradient for few output channels: dot products along the rows of dy, a tile of kGradRows
// output channels times kGradTaps taps of the kernel.
#include "../../tables/conv.h"
#include "../gemm/dot.h"
#include "tile_sizes.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;

// How the last lanes of a row are kept out.
enum class Edge : int {
  kNone,
  kMasked,  // neither read nor counted
  kUnused,  // may be read, are not counted
};

template <int M, int T>
struct DotSums {
  V acc[M][T];

  template <Edge edge>
  NABLA_INLINE void step(const float* d0, const float* d1, int64_t dc, const float* const* x,
                         int64_t j, int n) {
    V d[M];
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) {
      const float* r = (i < 4 ? d0 : d1) + j;
      const int q = i & 3;
      const float* s = q == 0 ? r : q == 1 ? r + dc : q == 2 ? r + 2 * dc : r + 3 * dc;
      d[i] = edge == Edge::kMasked ? V::load_n(s, n) : V::load(s);
    }
    NABLA_UNROLL
    for (int t = 0; t < T; ++t) {
      const V b = edge == Edge::kMasked ? V::load_n(x[t] + j, n) : V::load(x[t] + j);
      NABLA_UNROLL
      for (int i = 0; i < M; ++i) {
#if defined(NABLA_ISA_AVX512)
        if constexpr (edge == Edge::kUnused) {
          acc[i][t].v = _mm512_mask3_fmadd_ps(d[i].v, b.v, acc[i][t].v, M32::first_n(n).m);
          continue;
        }
#endif
        acc[i][t] = fma(d[i], b, acc[i][t]);
      }
    }
  }
};

#if defined(NABLA_ISA_AVX512)
constexpr bool kHasMaskedFma = true;
#else
constexpr bool kHasMaskedFma = false;
#endif

template <int M, int T>
void dot_block(const ConvDots& p, int64_t o, int64_t k) {
  DotSums<M, T> sums;
  NABLA_UNROLL
  for (int i = 0; i < M; ++i) {
    NABLA_UNROLL
    for (int t = 0; t < T; ++t) sums.acc[i][t] = V::zero();
  }
  const int64_t dc = p.dy_channel;
  const int64_t whole = p.columns / W * W;
  const int n = static_cast<int>(p.columns - whole);
  int32_t reach = p.taps[k];
  NABLA_UNROLL
  for (int t = 1; t < T; ++t) reach = p.taps[k + t] > reach ? p.taps[k + t] : reach;
  for (int64_t image = 0; image < p.images; ++image) {
    const float* dy = p.dy + image * p.dy_image + o * dc;
    const float* base = p.x + image * p.x_image;
    // rows from here on must not be read beyond their end
    int64_t careful = kHasMaskedFma ? p.rows : 0;
    if (kHasMaskedFma && image == p.images - 1) {
      while (careful > 0 &&
             ((careful - 1) * p.x_row + reach + whole + W > p.x_readable ||
              (o + M - 1) * dc + (careful - 1) * p.columns + whole + W > p.dy_readable))
        --careful;
    }
    const float* x[T];
    NABLA_UNROLL
    for (int t = 0; t < T; ++t) x[t] = base + p.taps[k + t];
    const float *d0 = dy, *d1 = dy + 4 * dc;
    NABLA_NO_UNROLL
    for (int64_t i = 0; i < p.rows; ++i) {
      NABLA_NO_UNROLL
      for (int64_t j = 0; j < whole; j += W) sums.template step<Edge::kNone>(d0, d1, dc, x, j, W);
      if (n != 0) {
        if (i < careful)
          sums.template step<Edge::kUnused>(d0, d1, dc, x, whole, n);
        else
          sums.template step<Edge::kMasked>(d0, d1, dc, x, whole, n);
      }
      d0 += p.columns;
      d1 += p.columns;
      NABLA_UNROLL
      for (int t = 0; t < T; ++t) x[t] += p.x_row;
    }
  }
  constexpr int kRounds = (M * T + kDotSums - 1) / kDotSums;
  V all[kRounds * kDotSums];
  NABLA_UNROLL
  for (int q = 0; q < kRounds * kDotSums; ++q)
    all[q] = q < M * T ? sums.acc[q / T % M][q % T] : V::zero();
  alignas(64) float out[kRounds * kDotSums];
  NABLA_UNROLL
  for (int r = 0; r < kRounds; ++r) sum_lanes<V>(all + r * kDotSums, out + r * kDotSums);
  float* dw = p.dw + o * p.dw_row + k;
  for (int i = 0; i < M; ++i)
    for (int t = 0; t < T; ++t) {
      float& to = dw[i * p.dw_row + t];
      to = p.accumulate ? to + out[i * T + t] : out[i * T + t];
    }
}

using BlockFn = void (*)(const ConvDots&, int64_t, int64_t);
struct BlockRow {
  BlockFn fn[kGradTaps];
};
template <int M, int... T>
constexpr BlockRow make_block_row(Ints<T...>) {
  return {{dot_block<M, T>...}};
}
struct BlockKernels {
  BlockRow row[kGradRows];
};
template <int... M>
constexpr BlockKernels make_blocks(Ints<M...>) {
  return {{make_block_row<M>(typename MakeInts<kGradTaps>::type{})...}};
}
constexpr BlockKernels kBlocks = make_blocks(typename MakeInts<kGradRows>::type{});

void dots(const ConvDots& p) {
  const int64_t row_tiles = (p.out_channels + kGradRows - 1) / kGradRows;
  const int64_t tap_tiles = (p.k1 - p.k0 + kGradTaps - 1) / kGradTaps;
  int64_t k = p.k0;
  for (int64_t q = 0; q < tap_tiles; ++q) {
    const int64_t t = (p.k1 - k + tap_tiles - q - 1) / (tap_tiles - q);
    int64_t o = 0;
    for (int64_t r = 0; r < row_tiles; ++r) {
      const int64_t m = (p.out_channels - o + row_tiles - r - 1) / (row_tiles - r);
      kBlocks.row[m - 1].fn[t - 1](p, o, k);
      o += m;
    }
    k += t;
  }
}

}  // namespace

void fill_conv_dots(ConvTable& table) { table.dots = dots; }

}  // namespace nabla::kernels::NABLA_ISA
