// Copies of parts of A and B in the order in which the tiles read them.
#pragma once

#include "transpose.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

NABLA_INLINE int64_t min64(int64_t a, int64_t b) { return a < b ? a : b; }

// dst[k * ds + i] = src[i * ld + k] for i < rows (<= W), k < depth. Writes W elements at each k,
// zeros for i >= rows.
template <class V>
void pack_transposed(typename V::T* dst, int64_t ds, const typename V::T* src, int64_t ld, int rows,
                     int64_t depth) {
  constexpr int W = V::W;
  for (int64_t k = 0; k < depth; k += W) {
    const int width = static_cast<int>(min64(W, depth - k));
    V r[W];
    if (rows == W && width == W) {
      NABLA_UNROLL
      for (int i = 0; i < W; ++i) {
        __builtin_prefetch(src + i * ld + k + 4 * W);
        r[i] = V::load(src + i * ld + k);
      }
    } else {
      NABLA_UNROLL
      for (int i = 0; i < W; ++i) r[i] = i < rows ? V::load_n(src + i * ld + k, width) : V::zero();
    }
    transpose<V>(r);
    if (width == W) {
      NABLA_UNROLL
      for (int i = 0; i < W; ++i) r[i].store(dst + (k + i) * ds);
    } else {
      alignas(64) typename V::T memory[W][W];
      NABLA_UNROLL
      for (int i = 0; i < W; ++i) r[i].store(memory[i]);
      for (int i = 0; i < width; ++i) V::load(memory[i]).store(dst + (k + i) * ds);
    }
  }
}

// dst[k * ds + j] = src[k * ld + j] for j < columns (<= tile_n), zeros for the others of the panel.
template <class V>
void pack_straight(typename V::T* dst, int64_t ds, const typename V::T* src, int64_t ld,
                   int columns, int64_t depth) {
  constexpr int W = V::W;
  if (columns == kTileVectors * W) {
    for (int64_t k = 0; k < depth; ++k) {
      NABLA_UNROLL
      for (int j = 0; j < kTileVectors; ++j)
        V::load(src + k * ld + j * W).store(dst + k * ds + j * W);
    }
    return;
  }
  for (int64_t k = 0; k < depth; ++k) {
    for (int j = 0; j < kTileVectors; ++j) {
      const int left = columns - j * W;
      const int n = left < 0 ? 0 : left < W ? left : W;
      V::load_n(src + k * ld + j * W, n).store(dst + k * ds + j * W);
    }
  }
}

template <class V>
void pack_b(const GemmArgs<typename V::T>& g, const GemmBlock<typename V::T>& block, int64_t q0,
            int64_t q1) {
  constexpr int W = V::W, N = kTileVectors * W;
  for (int64_t q = q0; q < q1; ++q) {
    const int64_t j = block.j0 + q * N;
    const int columns = static_cast<int>(min64(N, block.nc - q * N));
    auto* dst = block.pb + q * N * block.kc;
    if (!g.trans_b) {
      pack_straight<V>(dst, N, g.b + block.k0 * g.ldb + j, g.ldb, columns, block.kc);
      continue;
    }
    for (int v = 0; v < kTileVectors; ++v) {
      const int left = columns - v * W;
      const int rows = left < 0 ? 0 : left < W ? left : W;
      const auto* src = rows > 0 ? g.b + (j + v * W) * g.ldb + block.k0 : g.b;
      pack_transposed<V>(dst + v * W, N, src, g.ldb, rows, block.kc);
    }
  }
}

// rows [0, rows) of src to dst, without a change of order
template <class V>
void copy_rows(typename V::T* dst, int64_t ds, const typename V::T* src, int64_t ld, int64_t rows,
               int64_t depth) {
  constexpr int W = V::W;
  for (int64_t i = 0; i < rows; ++i, dst += ds, src += ld) {
    int64_t k = 0;
    for (; k + W <= depth; k += W) V::load(src + k).store(dst + k);
    if (k < depth) {
      const int n = static_cast<int>(depth - k);
      V::load_n(src + k, n).store_n(dst + k, n);
    }
  }
}

template <class V>
void pack_a(const GemmArgs<typename V::T>& g, const GemmBlock<typename V::T>& block, int64_t p0,
            int64_t p1) {
  using T = typename V::T;
  constexpr int W = V::W, kLine = 64 / sizeof(T);
  const int64_t mr = block.panel_m, row0 = p0 * mr, row1 = min64(p1 * mr, block.mc);
  if (block.mode == PanelA::kCopied) {
    copy_rows<V>(block.pa + row0 * block.a_stride, block.a_stride,
                 g.a + (block.i0 + row0) * g.lda + block.k0, g.lda, row1 - row0, block.kc);
    return;
  }
  // A is (k,m): eight panels at once, so that each row of A is read in long pieces
  for (int64_t group = row0; group < row1; group += 8 * mr) {
    const int64_t end = min64(group + 8 * mr, row1);
    const T* src = g.a + block.k0 * g.lda + block.i0 + group;
    T* panels = block.pa + group * block.kc;
    for (int64_t k = 0; k < block.kc; ++k, src += g.lda) {
      for (int64_t i = 0; i < end - group; i += kLine) __builtin_prefetch(src + 8 * g.lda + i);
      for (int64_t i = 0; i < end - group; i += mr) {
        const int64_t m = min64(mr, end - group - i);
        T* dst = panels + i * block.kc + k * m;
        for (int64_t v = 0; v < m; v += W) {
          const int n = static_cast<int>(min64(W, m - v));
          V::load_n(src + i + v, n).store_n(dst + v, n);
        }
      }
    }
  }
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
