// Planes on their own: a vector is some pixels of a row of the output, kRows rows are computed at
// once so that a row of the input is loaded for all of them. There is no padded copy: lanes beyond
// the border are left out by masks, at the outer columns alone.
#include "../../tables/depthwise.h"

#include "../gemm/tile.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;
constexpr int kRows = 4;

NABLA_INLINE int64_t min64(int64_t a, int64_t b) { return a < b ? a : b; }
NABLA_INLINE int64_t max64(int64_t a, int64_t b) { return a > b ? a : b; }

// Keeps the compiler from making one pointer for each row of a block.
template <class T>
NABLA_INLINE void hide(T*& p) {
  asm volatile("" : "+r"(p));
}

// What K taps of a row read for W outputs from column j * S - pad on: lane l of tap b is the pixel
// l * S + b. With S = 2 each pair of vectors gives the even and the odd taps.
template <int K, int S>
struct RowLoader {
  static constexpr int kPairs = (K + 1) / 2, kMasks = S == 1 ? K : 2 * kPairs;
  M32 masks[kMasks];

  // For W columns, of which n are wanted, and rows of `width` pixels; `first` is the pixel of lane
  // 0.
  NABLA_INLINE void prepare(int64_t first, int64_t width, int64_t n) {
    NABLA_UNROLL
    for (int m = 0; m < kMasks; ++m) {
      const int64_t at = first + (S == 1 ? m : 2 * (m / 2) + m % 2 * W);
      masks[m] = lane_range(-at, S == 1 ? min64(n, width - at) : width - at);
    }
  }

  template <bool Edge>
  NABLA_INLINE V at(const float* p, int mask) const {
    return Edge ? load_if(masks[mask], p) : V::load(p);
  }

  template <bool Edge>
  NABLA_INLINE void load(const float* p, V* v) const {
    if constexpr (S == 1) {
      NABLA_UNROLL
      for (int b = 0; b < K; ++b) v[b] = at<Edge>(p + b, b);
    } else {
      NABLA_UNROLL
      for (int b = 0; b < kPairs; ++b) {
        V odd;
        deinterleave(at<Edge>(p + 2 * b, 2 * b), at<Edge>(p + 2 * b + W, 2 * b + 1), v[2 * b], odd);
        if (2 * b + 1 < K) v[2 * b + 1] = odd;
      }
    }
  }
};

// Rows [i, i + kRows) of the output, W columns from j on. Inside: all rows that they read exist.
template <int K, int S, bool Edge, bool Inside>
NABLA_INLINE void plane_rows(const DepthwisePlanes& p, const float* x, float* out, const V* w,
                             V bias, const RowLoader<K, S>& loader, int64_t i, int64_t j) {
  constexpr int kIn = (kRows - 1) * S + K;
  V acc[kRows];
  NABLA_UNROLL
  for (int o = 0; o < kRows; ++o) acc[o] = bias;
  const int64_t row0 = i * S - p.pad_h, column = j * S - p.pad_w;
  const float* line = x + row0 * p.width + column;
  NABLA_UNROLL
  for (int r = 0; r < kIn; ++r, line += p.width) {
    hide(line);
    if (!Inside) {
      int64_t row = row0 + r;
      if (p.spread_h == 2) {
        if (row & 1) continue;
        row >>= 1;
        line = x + row * p.width + column;
      }
      if (row < 0 || row >= p.height) continue;
    }
    V v[K + 1];
    loader.template load<Edge>(line, v);
    NABLA_UNROLL
    for (int o = 0; o < kRows; ++o) {
      const int a = r - o * S;
      if (a < 0 || a >= K) continue;
      NABLA_UNROLL
      for (int b = 0; b < K; ++b) acc[o] = fma(w[a * K + b], v[b], acc[o]);
    }
  }
  const int n = static_cast<int>(min64(W, p.out_width - j));
  float* y = out + i * p.out_width + j;
  NABLA_UNROLL
  for (int o = 0; o < kRows; ++o, y += p.out_width) {
    hide(y);
    if (!Inside && i + o >= p.out_height) break;
    if (Edge) {
      if (p.accumulate) acc[o] = acc[o] + V::load_n(y, n);
      acc[o].store_n(y, n);
    } else {
      if (p.accumulate) acc[o] = acc[o] + V::load(y);
      acc[o].store(y);
    }
  }
}

template <int K, int S, bool Edge>
NABLA_INLINE void plane_block(const DepthwisePlanes& p, const float* x, float* y, const V* w,
                              V bias, const RowLoader<K, S>& loader, int64_t i, int64_t j) {
  const int64_t first = i * S - p.pad_h;
  if (first >= 0 && first + (kRows - 1) * S + K <= p.height && i + kRows <= p.out_height &&
      p.spread_h == 1)
    plane_rows<K, S, Edge, true>(p, x, y, w, bias, loader, i, j);
  else
    plane_rows<K, S, Edge, false>(p, x, y, w, bias, loader, i, j);
}

// Vectors of columns [first, last) read inside of the rows and are full.
template <int K, int S>
NABLA_INLINE void inner_columns(int64_t width, int64_t out_width, int64_t pad, int64_t* first,
                                int64_t* last) {
  // the last pixel that a vector at column j reads is j * S - pad + reach - 1
  constexpr int64_t reach = S == 1 ? W + K - 1 : 2 * (RowLoader<K, S>::kPairs - 1) + 2 * W;
  const int64_t vectors = (out_width + W - 1) / W;
  int64_t begin = 0, end = out_width / W;
  while (begin < vectors && begin * W * S < pad) ++begin;
  while (end > 0 && (end - 1) * W * S - pad + reach > width) --end;
  *first = begin;
  *last = max64(begin, end);
}

// Floats of planes that are done one vector of columns after the other, so that masks are made once
// for all of them.
constexpr int64_t kTogether = 4096;

template <int K, int S>
void planes(const DepthwisePlanes& args) {
  const DepthwisePlanes p = args;  // a copy that the stores cannot touch
  int64_t first, last;
  inner_columns<K, S>(p.width, p.out_width, p.pad_w, &first, &last);
  const int64_t vectors = (p.out_width + W - 1) / W;
  const int64_t in = p.height * p.width, out = p.out_height * p.out_width;
  const int64_t together = max64(1, kTogether / max64(in, out));
  RowLoader<K, S> loader{};
  for (int64_t begin = 0; begin < p.planes; begin += together) {
    const int64_t end = min64(begin + together, p.planes);
    for (int64_t q = 0; q < vectors; ++q) {
      const bool inner = q >= first && q < last;
      if (!inner) loader.prepare(q * W * S - p.pad_w, p.width, p.out_width - q * W);
      for (int64_t c = begin; c < end; ++c) {
        const float* x = p.x + c * in;
        float* y = p.y + c * out;
        const V bias = p.bias ? V::set1(p.bias[c]) : V::zero();
        V w[K * K];
        NABLA_UNROLL
        for (int t = 0; t < K * K; ++t)
          w[t] = V::set1(p.w[c * K * K + (p.flipped ? K * K - 1 - t : t)]);
        if (inner) {
          for (int64_t i = 0; i < p.out_height; i += kRows)
            for (int64_t k = first; k < last; ++k)
              plane_block<K, S, false>(p, x, y, w, bias, loader, i, k * W);
        } else {
          for (int64_t i = 0; i < p.out_height; i += kRows)
            plane_block<K, S, true>(p, x, y, w, bias, loader, i, q * W);
        }
      }
      if (inner) q = last - 1;
    }
  }
}

// The gradient keeps the sums of kRowsOf<K> kernel rows in registers, for kBlock<K> rows of dy at
// once.
#if defined(NABLA_ISA_AVX512) || defined(NABLA_ISA_NEON)
template <int K>
constexpr int kRowsOf = K;
template <int K>
constexpr int kBlock = K == 3 ? 4 : 1;
#else
template <int K>
constexpr int kRowsOf = K == 3 ? 3 : 1;
template <int K>
constexpr int kBlock = K == 3 ? 2 : 4;
#endif

// Kernel rows [a0, a0 + kRowsOf<K>), W columns of dy from j on.
template <int K, int S, bool Edge>
NABLA_INLINE void weights_column(const DepthwiseWeights& p, const float* x, const float* grad,
                                 const RowLoader<K, S>& loader, int64_t j, int a0, V (*acc)[K]) {
  constexpr int A = kRowsOf<K>, B = kBlock<K>, kIn = (B - 1) * S + A;
  const int n = static_cast<int>(min64(W, p.out_width - j));
  const M32 inside = M32::first_n(n);
  const int64_t column = j * S - p.pad_w;
  for (int64_t i = 0; i < p.out_height; i += B) {
    V dy[B];
    const float* at = grad + i * p.out_width + j;
    NABLA_UNROLL
    for (int o = 0; o < B; ++o, at += p.out_width) {
      hide(at);
      dy[o] = i + o >= p.out_height ? V::zero() : Edge ? V::load_n(at, n) : V::load(at);
    }
    const int64_t row0 = i * S + a0 - p.pad_h;
    const float* line = x + row0 * p.width + column;
    NABLA_UNROLL
    for (int r = 0; r < kIn; ++r, line += p.width) {
      hide(line);
      if (row0 + r < 0 || row0 + r >= p.height) continue;
      V v[K + 1];
      loader.template load<Edge>(line, v);
      // an infinity that no output of this block reads must not meet the zeros beside dy
      if (Edge && S == 2) {
        NABLA_UNROLL
        for (int b = 0; b < K; ++b) v[b] = select(inside, v[b], V::zero());
      }
      NABLA_UNROLL
      for (int o = 0; o < B; ++o) {
        const int a = r - o * S;
        if (a < 0 || a >= A || i + o >= p.out_height) continue;
        NABLA_UNROLL
        for (int b = 0; b < K; ++b) acc[a][b] = fma(dy[o], v[b], acc[a][b]);
      }
    }
  }
}

template <int K, int S>
void weights(const DepthwiseWeights& args) {
  constexpr int A = kRowsOf<K>;
  const DepthwiseWeights p = args;
  int64_t first, last;
  inner_columns<K, S>(p.width, p.out_width, p.pad_w, &first, &last);
  const int64_t vectors = (p.out_width + W - 1) / W;
  const int64_t in = p.height * p.width, out = p.out_height * p.out_width;
  RowLoader<K, S> loader{};
  for (int64_t c = 0; c < p.planes; ++c) {
    const float *x = p.x + c * in, *dy = p.dy + c * out;
    for (int a0 = 0; a0 < K; a0 += A) {
      V acc[A][K];
      NABLA_UNROLL
      for (int t = 0; t < A * K; ++t) acc[t / K][t % K] = V::zero();
      for (int64_t q = 0; q < vectors; ++q) {
        if (q >= first && q < last) {
          weights_column<K, S, false>(p, x, dy, loader, q * W, a0, acc);
        } else {
          // the only vector of a small plane: its masks are still there
          if (vectors > 1 || (c == 0 && a0 == 0))
            loader.prepare(q * W * S - p.pad_w, p.width, p.out_width - q * W);
          weights_column<K, S, true>(p, x, dy, loader, q * W, a0, acc);
        }
      }
      float* dw = p.dw + (c * K + a0) * K;
      NABLA_UNROLL
      for (int t = 0; t < A * K; ++t) dw[t] += reduce_add(acc[t / K][t % K]);
    }
  }
}

void taps(const DepthwiseTaps& p) {
  for (int64_t i = 0; i < p.rows; i += kRows) {
    const int64_t rows = min64(kRows, p.rows - i);
    for (int64_t j = 0; j < p.columns; j += W) {
      const int n = static_cast<int>(min64(W, p.columns - j));
      const float* x = p.x + i * p.x_row + j;
      float* y = p.y + i * p.y_row + j;
      V acc[kRows];
      NABLA_UNROLL
      for (int o = 0; o < kRows; ++o) acc[o] = V::set1(p.bias);
      for (int64_t t = 0; t < p.taps; ++t) {
        const V w = V::set1(p.w[t]);
        const float* at = x + p.offset[t];
        NABLA_UNROLL
        for (int o = 0; o < kRows; ++o)
          if (o < rows) acc[o] = fma(w, V::load_n(at + o * p.x_row, n), acc[o]);
      }
      for (int64_t o = 0; o < rows; ++o) {
        V v = acc[o];
        if (p.accumulate) v = v + V::load_n(y + o * p.y_row, n);
        v.store_n(y + o * p.y_row, n);
      }
    }
  }
}

void taps_weights(const DepthwiseTaps& p) {
  constexpr int kTaps = 4;
  for (int64_t t = 0; t < p.taps; t += kTaps) {
    const int count = static_cast<int>(min64(kTaps, p.taps - t));
    const float* at[kTaps];
    V acc[kTaps];
    NABLA_UNROLL
    for (int u = 0; u < kTaps; ++u) {
      at[u] = p.x + p.offset[t + (u < count ? u : 0)];
      acc[u] = V::zero();
    }
    for (int64_t i = 0; i < p.rows; ++i) {
      for (int64_t j = 0; j < p.columns; j += W) {
        const int n = static_cast<int>(min64(W, p.columns - j));
        const V y = V::load_n(p.y + i * p.y_row + j, n);
        NABLA_UNROLL
        for (int u = 0; u < kTaps; ++u)
          acc[u] = fma(y, V::load_n(at[u] + i * p.x_row + j, n), acc[u]);
      }
    }
    for (int u = 0; u < count; ++u) p.dw[t + u] += reduce_add(acc[u]);
  }
}

void spread(float* out, const float* x, int64_t rows, int64_t n) {
  // the rows follow each other on both sides
  const int64_t count = rows * n;
  int64_t i = 0;
  for (; i + W <= count; i += W) {
    V a, b;
    interleave(V::load(x + i), V::zero(), a, b);
    a.store(out + 2 * i);
    b.store(out + 2 * i + W);
  }
  for (; i < count; ++i) {
    out[2 * i] = x[i];
    out[2 * i + 1] = 0;
  }
}

void every_other(float* out, const float* x, int64_t n) {
  V even, odd;
  int64_t i = 0;
  for (; i + W < n; i += W) {
    deinterleave(V::load(x + 2 * i), V::load(x + 2 * i + W), even, odd);
    even.store(out + i);
  }
  const int last = static_cast<int>(n - i), numbers = 2 * last - 1;
  if (last <= 0) return;
  const int first = numbers < W ? numbers : W;
  deinterleave(V::load_n(x + 2 * i, first), V::load_n(x + 2 * i + first, numbers - first), even,
               odd);
  even.store_n(out + i, last);
}

}  // namespace

void fill_depthwise(DepthwiseTable& table) {
  table.planes[0][0] = planes<3, 1>;
  table.planes[0][1] = planes<3, 2>;
  table.planes[1][0] = planes<5, 1>;
  table.planes[1][1] = planes<5, 2>;
  table.weights[0][0] = weights<3, 1>;
  table.weights[0][1] = weights<3, 2>;
  table.weights[1][0] = weights<5, 1>;
  table.weights[1][1] = weights<5, 2>;
  table.taps = taps;
  table.taps_weights = taps_weights;
  table.spread = spread;
  table.every_other = every_other;
}

}  // namespace nabla::kernels::NABLA_ISA
