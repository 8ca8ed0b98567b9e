// Weight gradient for few output channels: dot products along the rows of dy, a tile of kGradRows
// output channels times kGradTaps taps of the kernel. The rows of dy are packed in the order in
// which a tile reads them: [tile of channels][row][vector][channel].
#include "../../tables/conv.h"
#include "../gemm/dot.h"
#include "tile_sizes.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;

// Tiles of even sizes: the first size of those that are left.
NABLA_INLINE int64_t share(int64_t left, int64_t most) {
  const int64_t tiles = (left + most - 1) / most;
  return (left + tiles - 1) / tiles;
}

int64_t packed_rows(int64_t out_channels, int64_t rows, int64_t columns) {
  return out_channels * rows * ((columns + W - 1) / W * W);
}

void pack_rows(float* out, const float* dy, int64_t dy_channel, int64_t out_channels, int64_t rows,
               int64_t columns) {
  for (int64_t o = 0; o < out_channels;) {
    const int64_t m = share(out_channels - o, kGradRows);
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < columns; j += W) {
        const float* from = dy + o * dy_channel + i * columns + j;
        if (j + W <= columns) {
          for (int64_t c = 0; c < m; ++c, out += W) V::load(from + c * dy_channel).store(out);
        } else {
          const int n = static_cast<int>(columns - j);
          for (int64_t c = 0; c < m; ++c, out += W) V::load_n(from + c * dy_channel, n).store(out);
        }
      }
    o += m;
  }
}

// How the lanes of x behind the end of a row are kept out: they may be infinite.
enum class Edge : int {
  kNone,
  kUnread,
  kUncounted,
};

#if defined(NABLA_ISA_AVX512)
constexpr bool kHasMaskedFma = true;
#else
constexpr bool kHasMaskedFma = false;
#endif

template <int M, int T, Edge edge>
NABLA_INLINE void dot_step(V (*acc)[T], const float* d, const float* const* x, int64_t j, int n) {
  V dy[M];
  NABLA_UNROLL
  for (int i = 0; i < M; ++i) dy[i] = V::load(d + i * W);
  NABLA_UNROLL
  for (int t = 0; t < T; ++t) {
    const V b = edge == Edge::kUnread ? V::load_n(x[t] + j, n) : V::load(x[t] + j);
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) {
#if defined(NABLA_ISA_AVX512)
      if constexpr (edge == Edge::kUncounted) {
        acc[i][t].v = _mm512_mask3_fmadd_ps(dy[i].v, b.v, acc[i][t].v, M32::first_n(n).m);
        continue;
      }
#endif
      acc[i][t] = fma(dy[i], b, acc[i][t]);
    }
  }
}

// `rows` rows with `whole` lanes in whole vectors and n in a last one.
template <int M, int T, Edge edge>
NABLA_INLINE void dot_rows_of(V (*acc)[T], const float*& d, const float** x, int64_t x_row,
                              int64_t rows, int64_t whole, int n) {
  NABLA_NO_UNROLL
  for (int64_t i = 0; i < rows; ++i) {
    int64_t j = 0;
    NABLA_NO_UNROLL
    for (; j < whole; j += W) {
      dot_step<M, T, Edge::kNone>(acc, d, x, j, W);
      d += M * W;
    }
    if constexpr (edge != Edge::kNone) {
      asm volatile("" : "+r"(j));  // an index, not one more pointer for each tap
      dot_step<M, T, edge>(acc, d, x, j, n);
      d += M * W;
    }
    NABLA_UNROLL
    for (int t = 0; t < T; ++t) x[t] += x_row;
  }
}

// Channels of a tile whose rows of one image begin at dy, taps from `taps` on.
template <int M, int T>
void dot_tile_of(const ConvDots& p, const float* tile_dy, const int32_t* taps, float* sums) {
  V acc[M][T];
  NABLA_UNROLL
  for (int i = 0; i < M; ++i) {
    NABLA_UNROLL
    for (int t = 0; t < T; ++t) acc[i][t] = p.first ? V::zero() : V::load(sums + (i * T + t) * W);
  }
  const int64_t whole = p.columns / W * W;
  const int n = static_cast<int>(p.columns - whole);
  int32_t reach = taps[0];
  NABLA_UNROLL
  for (int t = 1; t < T; ++t) reach = taps[t] > reach ? taps[t] : reach;
  for (int64_t image = 0; image < p.images; ++image) {
    const float* d = tile_dy + image * p.dy_image;
    const float* x[T];
    NABLA_UNROLL
    for (int t = 0; t < T; ++t) x[t] = p.x + image * p.x_image + taps[t];
    if (n == 0) {
      dot_rows_of<M, T, Edge::kNone>(acc, d, x, p.x_row, p.rows, whole, n);
      continue;
    }
    // rows from here on must not be read beyond their end
    int64_t careful = kHasMaskedFma ? p.rows : 0;
    if (image == p.images - 1)
      while (careful > 0 && (careful - 1) * p.x_row + reach + whole + W > p.readable) --careful;
    dot_rows_of<M, T, Edge::kUncounted>(acc, d, x, p.x_row, careful, whole, n);
    dot_rows_of<M, T, Edge::kUnread>(acc, d, x, p.x_row, p.rows - careful, whole, n);
  }
  NABLA_UNROLL
  for (int i = 0; i < M; ++i) {
    NABLA_UNROLL
    for (int t = 0; t < T; ++t) acc[i][t].store(sums + (i * T + t) * W);
  }
}

using BlockFn = void (*)(const ConvDots&, const float*, const int32_t*, float*);
struct BlockRow {
  BlockFn fn[kGradTaps];
};
template <int M, int... T>
constexpr BlockRow make_block_row(Ints<T...>) {
  return {{dot_tile_of<M, T>...}};
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
  const int64_t row_floats = p.rows * ((p.columns + W - 1) / W * W);
  float* sums = p.sums;
  for (int64_t o = 0; o < p.out_channels;) {
    const int64_t m = share(p.out_channels - o, kGradRows);
    for (int64_t k = 0; k < p.tap_count;) {
      const int64_t t = share(p.tap_count - k, kGradTaps);
      kBlocks.row[m - 1].fn[t - 1](p, p.dy + o * row_floats, p.taps + k, sums);
      sums += m * t * W;
      k += t;
    }
    o += m;
  }
}

int64_t dot_sums(int64_t out_channels, int64_t tap_count) {
  return (out_channels * tap_count + kDotSums) * W;
}

void finish_dots(float* dw, float* sums, int64_t out_channels, int64_t tap_count) {
  float* totals = sums;
  for (int64_t q = 0; q < out_channels * tap_count; q += kDotSums) {
    alignas(64) float total[kDotSums];
    V r[kDotSums];
    NABLA_UNROLL
    for (int l = 0; l < kDotSums; ++l) r[l] = V::load(sums + (q + l) * W);
    sum_lanes<V>(r, total);
    NABLA_UNROLL
    for (int l = 0; l < kDotSums; l += W) V::load(total + l).store(totals + q + l);
  }
  for (int64_t o = 0; o < out_channels;) {
    const int64_t m = share(out_channels - o, kGradRows);
    for (int64_t k = 0; k < tap_count;) {
      const int64_t t = share(tap_count - k, kGradTaps);
      for (int64_t i = 0; i < m; ++i)
        for (int64_t l = 0; l < t; ++l) dw[(o + i) * tap_count + k + l] = *totals++;
      k += t;
    }
    o += m;
  }
}

}  // namespace

void fill_conv_dots(ConvTable& table) {
  table.packed_rows = packed_rows;
  table.pack_rows = pack_rows;
  table.dots = dots;
  table.dot_sums = dot_sums;
  table.finish_dots = finish_dots;
}

}  // namespace nabla::kernels::NABLA_ISA
