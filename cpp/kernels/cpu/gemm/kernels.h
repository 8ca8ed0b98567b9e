// The range functions of the table, made of tiles.
#pragma once

#include "dot.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// Row panels of about equal height, so that the last one is not a thin rest.
NABLA_INLINE int64_t even_panel(int64_t rows) {
  const int64_t panels = (rows + kTileM - 1) / kTileM;
  return (rows + panels - 1) / panels;
}

// Rows [i, i + rows) times columns [j0, j1), a tile at a time; `place` says where B is for column
// j.
template <class V, Rows A, class Place>
NABLA_INLINE void run_columns(Tile<typename V::T>& t, const GemmArgs<typename V::T>& g, int64_t i,
                              int rows, int64_t j0, int64_t j1, bool last_k, Place&& place) {
  constexpr int N = kTileVectors * V::W;
  int64_t j = j0;
  if (j + N <= j1) {
    const auto kernel = tile_for<V, A>(rows, N, &t.last);
    for (; j + N <= j1; j += N) {
      place(j);
      place_tile(t, g, i, j, last_k);
      kernel(t);
    }
  }
  if (j < j1) {
    place(j);
    place_tile(t, g, i, j, last_k);
    tile_for<V, A>(rows, static_cast<int>(j1 - j), &t.last)(t);
  }
}

// Few rows: wide tiles, one pass over B.
template <class V, Rows A>
void direct_wide(const GemmArgs<typename V::T>& g, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  constexpr int W = V::W;
  const int rows = static_cast<int>(m1 - m0);
  Tile<typename V::T> t = start_tile(g, 0, g.k);
  t.a = A == Rows::kRowMajor ? g.a + m0 * g.lda : g.a + m0;
  t.as = g.lda;
  t.bs = g.ldb;
  for (int64_t j = n0; j < n1;) {
    const int64_t left = n1 - j;
    int vectors = static_cast<int>(min64(kWideVectors, (left + W - 1) / W));
    // 5 or 6 vectors are 3 + 2 or 3 + 3, not 4 + 1
    if (vectors == 4 && left > 4 * W && left <= 6 * W) vectors = 3;
    const int64_t columns = min64(vectors * W, left);
    t.last = static_cast<int>(columns - (vectors - 1) * W);
    t.b = g.b + j;
    place_tile(t, g, m0, j, true);
    const int row = rows - 1;
    if (vectors == 4 && t.last == W)
      kTiles<V, kWideM, 4, A, false>.fn[row](t);
    else if (vectors == 4)
      kTiles<V, kWideM, 4, A, true>.fn[row](t);
    else if (vectors == 3)
      kTiles<V, kWideM, 3, A, true>.fn[row](t);
    else
      tile_for<V, A>(rows, static_cast<int>(columns), &t.last)(t);
    j += columns;
  }
}

template <class V, Rows A>
void direct_rows(const GemmArgs<typename V::T>& g, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  constexpr int N = kTileVectors * V::W;
  if constexpr (kHasUnmasked<V>)
    if (m1 - m0 <= kWideM && n1 - n0 > N) return direct_wide<V, A>(g, m0, m1, n0, n1);
  const int64_t mr = even_panel(m1 - m0);
  Tile<typename V::T> t = start_tile(g, 0, g.k);
  t.as = g.lda;
  t.bs = g.ldb;
  auto row = [&](int64_t i, int64_t j0, int64_t j1) __attribute__((always_inline)) {
    const int rows = static_cast<int>(min64(mr, m1 - i));
    t.a = A == Rows::kRowMajor ? g.a + i * g.lda : g.a + i;
    run_columns<V, A>(t, g, i, rows, j0, j1, true, [&](int64_t j) { t.b = g.b + j; });
  };
  // the smaller operand is the one to go through again and again
  if (m1 - m0 <= n1 - n0 || A == Rows::kColumnMajor) {
    for (int64_t i = m0; i < m1; i += mr) row(i, n0, n1);
  } else {
    for (int64_t j = n0; j < n1; j += N)
      for (int64_t i = m0; i < m1; i += mr) row(i, j, min64(j + N, n1));
  }
}

template <class V>
void direct(const GemmArgs<typename V::T>& g, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  if (g.trans_a)
    direct_rows<V, Rows::kColumnMajor>(g, m0, m1, n0, n1);
  else
    direct_rows<V, Rows::kRowMajor>(g, m0, m1, n0, n1);
}

// Where row panel p of a block is.
template <class T>
NABLA_INLINE void find_panel(Tile<T>& t, const GemmArgs<T>& g, const GemmBlock<T>& block, int64_t p,
                             int64_t rows) {
  const int64_t i = p * block.panel_m;
  switch (block.mode) {
    case PanelA::kInPlace:
      t.a = g.a + (block.i0 + i) * g.lda + block.k0;
      t.as = g.lda;
      break;
    case PanelA::kCopied:
      t.a = block.pa + i * block.a_stride;
      t.as = block.a_stride;
      break;
    case PanelA::kColumns:
      t.a = block.pa + i * block.kc;
      t.as = rows;
      break;
    case PanelA::kColumnsInPlace:
      t.a = g.a + block.k0 * g.lda + block.i0 + i;
      t.as = g.lda;
      break;
  }
}

template <class V, Rows A>
void multiply_panels(const GemmArgs<typename V::T>& g, const GemmBlock<typename V::T>& block,
                     int64_t p0, int64_t p1, int64_t q0, int64_t q1) {
  using T = typename V::T;
  constexpr int N = kTileVectors * V::W;
  constexpr int64_t kLine = 64 / sizeof(T);
  Tile<T> t = start_tile(g, block.k0, block.kc);
  t.bs = N;
  const bool last_k = block.k0 + block.kc == g.k;
  const int64_t begin = block.j0 + q0 * N, end = block.j0 + min64(q1 * N, block.nc);
  // Rows of A that lie apart are too short for the hardware to see them coming: while one panel is
  // at work, each tile asks for a part of the next one.
  const int64_t row_lines = block.kc / kLine + 1;
  const int64_t lines_a_tile = block.panel_m * row_lines / (q1 - q0) + 1;
  for (int64_t p = p0; p < p1; ++p) {
    const int64_t i = p * block.panel_m;
    const int rows = static_cast<int>(min64(block.panel_m, block.mc - i));
    find_panel(t, g, block, p, rows);
    const bool ahead = i + 2 * block.panel_m <= block.mc && block.mode != PanelA::kColumnsInPlace;
    // while the first block of columns goes by, copies are made panel by panel: of what comes next
    // there is the original alone
    const bool to_copy = block.mode == PanelA::kCopied && block.j0 == 0;
    const int64_t stride = to_copy ? g.lda : block.mode == PanelA::kColumns ? block.kc : t.as;
    const T* here = to_copy ? g.a + (block.i0 + i) * g.lda + block.k0 : t.a;
    const T* next = here + block.panel_m * stride;
    int64_t line = 0, row = 0;
    run_columns<V, A>(t, g, block.i0 + i, rows, begin, end, last_k, [&](int64_t j) {
      t.b = block.pb + (j - block.j0) * block.kc;
      if (!ahead) return;
      for (int64_t n = 0; n < lines_a_tile && row < block.panel_m; ++n) {
        __builtin_prefetch(next + line * kLine, 0, 2);
        if (++line == row_lines) {
          line = 0;
          next += stride;
          ++row;
        }
      }
    });
  }
}

template <class V>
void multiply(const GemmArgs<typename V::T>& g, const GemmBlock<typename V::T>& block, int64_t p0,
              int64_t p1, int64_t q0, int64_t q1) {
  if (is_column_major(block.mode))
    multiply_panels<V, Rows::kColumnMajor>(g, block, p0, p1, q0, q1);
  else
    multiply_panels<V, Rows::kRowMajor>(g, block, p0, p1, q0, q1);
}

// Row panel 0 reads full column panels of B in place and leaves them packed.
template <class V, Rows A>
void pack_full_panels(const GemmArgs<typename V::T>& g, const GemmBlock<typename V::T>& block,
                      int rows, int64_t q0, int64_t q1) {
  constexpr int N = kTileVectors * V::W;
  const auto kernel = kPackingTiles<V, A>.fn[rows - kPackRows];
  Tile<typename V::T> t = start_tile(g, block.k0, block.kc);
  t.bs = g.ldb;
  t.last = V::W;
  const bool last_k = block.k0 + block.kc == g.k;
  find_panel(t, g, block, 0, rows);
  for (int64_t q = q0; q < q1; ++q) {
    t.b = g.b + block.k0 * g.ldb + block.j0 + q * N;
    t.pack = block.pb + q * N * block.kc;
    place_tile(t, g, block.i0, block.j0 + q * N, last_k);
    kernel(t);
  }
}

template <class V>
void multiply_and_pack(const GemmArgs<typename V::T>& g, const GemmBlock<typename V::T>& block,
                       int64_t q0, int64_t q1) {
  if constexpr (kHasUnmasked<V>) {
    const int rows = static_cast<int>(min64(block.panel_m, block.mc));
    const int64_t full = min64(q1, block.nc / (kTileVectors * V::W));
    if (rows >= kPackRows && q0 < full) {
      if (is_column_major(block.mode))
        pack_full_panels<V, Rows::kColumnMajorPack>(g, block, rows, q0, full);
      else
        pack_full_panels<V, Rows::kRowMajorPack>(g, block, rows, q0, full);
      q0 = full;
    }
  }
  if (q0 == q1) return;
  pack_b<V>(g, block, q0, q1);
  multiply<V>(g, block, 0, 1, q0, q1);
}

// C^T = B * A^T: the big operand B(n,k) is broadcast in place, the small one is packed, and each
// tile is transposed on its way out.
template <class V>
void swapped(const GemmArgs<typename V::T>& g, int64_t n0, int64_t n1, int64_t k0, int64_t kc,
             const typename V::T* packed, typename V::T* scratch) {
  using T = typename V::T;
  constexpr int W = V::W, N = kTileVectors * W;
  alignas(64) T memory[kTileM * N];
  const bool last_k = k0 + kc == g.k;
  const bool add = k0 != 0 || g.beta != 0;
  const V alpha = V::set1(g.alpha), zero = V::zero();
  const int64_t nr = even_panel(n1 - n0);
  const bool collide = (g.ldb * static_cast<int64_t>(sizeof(T)) + 63) % 4096 < 127;
  const int64_t scratch_stride = (kc + 15) / 16 * 16 + 16;
  Tile<T> t{};
  t.k = kc;
  t.alpha = 1;
  t.bs = N;
  t.c = memory;
  t.ldc = N;
  t.last = W;
  for (int64_t j = n0; j < n1; j += nr) {
    const int n = static_cast<int>(min64(nr, n1 - j));
    t.a = g.b + j * g.ldb + k0;
    t.as = g.ldb;
    if (collide) {
      copy_rows<V>(scratch, scratch_stride, t.a, g.ldb, n, kc);
      t.a = scratch;
      t.as = scratch_stride;
    } else if (j + nr < n1) {
      const int64_t next = min64(nr, n1 - j - nr);
      for (int64_t i = 0; i < next; ++i) {
        __builtin_prefetch(g.b + (j + nr + i) * g.ldb + k0, 0, 2);
        __builtin_prefetch(g.b + (j + nr + i) * g.ldb + k0 + 64 / sizeof(T), 0, 2);
      }
    }
    for (int64_t i = 0; i < g.m; i += N) {
      const int columns = static_cast<int>(min64(N, g.m - i));
      const int vectors = (columns + W - 1) / W;
      t.b = packed + i * kc;
      int ignored;
      tile_for<V, Rows::kRowMajor>(n, vectors * W, &ignored)(t);
      for (int v = 0; v < vectors; ++v) {
        const int rows = columns - v * W < W ? columns - v * W : W;
        for (int part = 0; part < n; part += W) {  // of the n columns of C
          const int width = n - part < W ? n - part : W;
          V r[W];
          NABLA_UNROLL
          for (int p = 0; p < W; ++p)
            r[p] = p < width ? V::load(memory + (part + p) * N + v * W) : zero;
          transpose<V>(r);
          const V bias = g.bias_n && last_k ? V::load_n(g.bias_n + j + part, width) : zero;
          for (int p = 0; p < rows; ++p) {
            const int64_t row = i + v * W + p;
            T* c = g.c + row * g.ldc + j + part;
            V x = r[p];
            if (g.alpha != 1) x = x * alpha;
            if (add) x = x + V::load_n(c, width);
            if (last_k) {
              x = x + bias;
              if (g.bias_m) x = x + V::set1(g.bias_m[row]);
              if (g.relu) x = max_num(zero, x);
            }
            x.store_n(c, width);
          }
        }
      }
    }
  }
}

template <class V>
constexpr GemmKernels<typename V::T> kGemmKernels = {
    kTileM,      kTileVectors* V::W,   V::W,      direct<V>, dot_product<V>, pack_a<V>, pack_b<V>,
    multiply<V>, multiply_and_pack<V>, swapped<V>};

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
