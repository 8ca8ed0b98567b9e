#include "ops/gemm.h"

#include <algorithm>
#include <utility>

#include "kernels/tables.h"
#include "parallel/cache_size.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

using kernels::GemmArgs;
using kernels::GemmBlock;
using kernels::GemmKernels;
using kernels::PanelA;

// Work of one claimed chunk: some 15 us of AVX-512.
constexpr double kChunkFlops = 2.5e6;
// Depth of a packed block. A fixed number: the order of additions must not depend on the machine's
// cache.
constexpr int64_t kDepth = 256;
constexpr int64_t kSwappedDepth = 1024;
// Rows of A packed at a time.
constexpr int64_t kPackedRows = 2048;

const GemmKernels<float>& kernels_for(const float*) { return kernels::tables().gemm.f32; }
const GemmKernels<double>& kernels_for(const double*) { return kernels::tables().gemm.f64; }

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t b) { return ceil_div(a, b) * b; }

// Rows this far apart fall into one set of the L1 cache.
template <class T>
bool rows_collide(int64_t ld) {
  return (ld * static_cast<int64_t>(sizeof(T)) + 63) % 4096 < 127;
}

// How many of `count` units of `unit_flops` make a chunk, in multiples of `multiple`; all chunks
// about equal.
int64_t chunk_units(int64_t count, double unit_flops, int64_t multiple) {
  const double chunks = static_cast<double>(count) * unit_flops / kChunkFlops;
  if (chunks < 2) return std::max<int64_t>(count, 1);
  return round_up(std::max<int64_t>(1, ceil_div(count, static_cast<int64_t>(chunks))), multiple);
}

// Calls f(m0, m1, n0, n1) over the longer side in chunks.
template <class T, class F>
void over_longer_side(const GemmArgs<T>& g, int64_t m_multiple, int64_t n_multiple, F&& f) {
  const double depth = 2.0 * static_cast<double>(std::max<int64_t>(g.k, 1));
  if (g.n >= g.m) {
    const int64_t grain = chunk_units(g.n, depth * static_cast<double>(g.m), n_multiple);
    parallel_for(g.n, grain, [&](int64_t n0, int64_t n1) { f(int64_t{0}, g.m, n0, n1); });
  } else {
    const int64_t grain = chunk_units(g.m, depth * static_cast<double>(g.n), m_multiple);
    parallel_for(g.m, grain, [&](int64_t m0, int64_t m1) { f(m0, m1, int64_t{0}, g.n); });
  }
}

template <class T>
void direct(const GemmArgs<T>& g, const GemmKernels<T>& kernel) {
  over_longer_side(
      g, kernel.tile_m, 4 * kernel.lanes,
      [&](int64_t m0, int64_t m1, int64_t n0, int64_t n1) { kernel.direct(g, m0, m1, n0, n1); });
}

template <class T>
void dot(const GemmArgs<T>& g, const GemmKernels<T>& kernel) {
  over_longer_side(g, 4, 16, [&](int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
    kernel.dot(g, m0, m1, n0, n1);
  });
}

// C^T = B * A^T: A^T is packed once for all, rows of B are the chunks.
template <class T>
void swapped(const GemmArgs<T>& g, const GemmKernels<T>& kernel) {
  const int64_t kc_max = ceil_div(g.k, ceil_div(g.k, kSwappedDepth));
  const int64_t panels = ceil_div(g.m, kernel.tile_n);
  GemmArgs<T> small;  // A as the right operand of pack_b
  small.b = g.a;
  small.ldb = g.lda;
  small.trans_b = true;
  GemmBlock<T> block{};
  block.nc = g.m;
  block.pb = workspace<T>(Workspace::kPackedB, panels * kernel.tile_n * kc_max);
  for (int64_t k0 = 0; k0 < g.k; k0 += kc_max) {
    const int64_t kc = std::min(kc_max, g.k - k0);
    block.k0 = k0;
    block.kc = kc;
    kernel.pack_b(small, block, 0, panels);
    const int64_t grain = chunk_units(g.n, 2.0 * static_cast<double>(g.m * kc), kernel.tile_m);
    parallel_for(g.n, grain, [&](int64_t n0, int64_t n1) {
      T* scratch = workspace<T>(Workspace::kRows, kernel.tile_m * (kc + 32));
      kernel.swapped(g, n0, n1, k0, kc, block.pb, scratch);
    });
  }
}

// Blocks of B stay in the L2 cache while all rows of A go past them. All threads share a packed
// block: it is made together, then the row panels are claimed.
template <class T>
void packed(const GemmArgs<T>& g, const GemmKernels<T>& kernel) {
  const int64_t tile_m = kernel.tile_m, tile_n = kernel.tile_n;
  const int64_t kc_max = ceil_div(g.k, ceil_div(g.k, kDepth));
  const int64_t budget = l2_cache_bytes() * 3 / 8 / (kDepth * static_cast<int64_t>(sizeof(T)));
  const int64_t nc_limit = std::clamp<int64_t>(budget, 128, 1024);
  const int64_t nc_max = round_up(ceil_div(g.n, ceil_div(g.n, nc_limit)), tile_n);

  GemmBlock<T> block{};
  block.mode = g.trans_a                ? PanelA::kColumns
               : rows_collide<T>(g.lda) ? PanelA::kCopied
                                        : PanelA::kInPlace;
  const int64_t mc_max = block.mode == PanelA::kInPlace ? g.m : std::min(g.m, kPackedRows);
  block.panel_m = ceil_div(mc_max, ceil_div(mc_max, tile_m));
  block.a_stride = round_up(kc_max, 16) + 16;
  block.pb = workspace<T>(Workspace::kPackedB, kc_max * nc_max);
  if (block.mode != PanelA::kInPlace)
    block.pa = workspace<T>(Workspace::kPackedA, (mc_max + tile_m) * block.a_stride);

  for (int64_t i0 = 0; i0 < g.m; i0 += mc_max) {
    block.i0 = i0;
    block.mc = std::min(mc_max, g.m - i0);
    const int64_t row_panels = ceil_div(block.mc, block.panel_m);
    for (int64_t k0 = 0; k0 < g.k; k0 += kc_max) {
      block.k0 = k0;
      block.kc = std::min(kc_max, g.k - k0);
      for (int64_t j0 = 0; j0 < g.n; j0 += nc_max) {
        block.j0 = j0;
        block.nc = std::min(nc_max, g.n - j0);
        const int64_t column_panels = ceil_div(block.nc, tile_n);
        const bool pack_a = block.mode != PanelA::kInPlace && j0 == 0;
        // the first row panel packs B as it reads it
        const int64_t first = g.trans_b ? 0 : 1;
        if (first == 1 && pack_a) kernel.pack_a(g, block, 0, 1);
        parallel_for(column_panels, 4, [&](int64_t q0, int64_t q1) {
          if (first == 1)
            kernel.multiply_and_pack(g, block, q0, q1);
          else
            kernel.pack_b(g, block, q0, q1);
        });
        const double panel_flops = 2.0 * static_cast<double>(block.panel_m * block.nc * block.kc);
        const int64_t grain = chunk_units(row_panels - first, panel_flops, pack_a ? 4 : 1);
        parallel_for(row_panels - first, grain, [&](int64_t p0, int64_t p1) {
          if (pack_a) kernel.pack_a(g, block, first + p0, first + p1);
          kernel.multiply(g, block, first + p0, first + p1, 0, column_panels);
        });
      }
    }
  }
}

template <class T>
void scale(const GemmArgs<T>& g) {
  parallel_for(g.m, ceil_div(1 << 16, g.n), [&](int64_t m0, int64_t m1) {
    for (int64_t i = m0; i < m1; ++i)
      for (int64_t j = 0; j < g.n; ++j) g.c[i * g.ldc + j] *= g.beta;
  });
}

// Vectors may be read either way; and A^T x as x^T A reads A by rows.
template <class T>
void normalise(GemmArgs<T>& g) {
  if (g.n == 1 && g.trans_a && g.ldc == 1 && (g.trans_b || g.ldb == 1)) {
    std::swap(g.a, g.b);
    std::swap(g.bias_m, g.bias_n);
    g.n = std::exchange(g.m, 1);
    g.ldb = std::exchange(g.lda, g.k);
    g.trans_a = g.trans_b = false;
    g.ldc = g.n;
    return;
  }
  if (g.m == 1 && g.trans_a && g.lda == 1) {
    g.trans_a = false;
    g.lda = g.k;
  }
  if (g.n == 1 && !g.trans_b && g.ldb == 1) {
    g.trans_b = true;
    g.ldb = g.k;
  }
}

template <class T>
void run(GemmArgs<T> g) {
  if (g.m <= 0 || g.n <= 0) return;
  if (g.beta != 0 && g.beta != 1) {
    scale(g);
    g.beta = 1;
  }
  const GemmKernels<T>& kernel = kernels_for(g.c);
  if (g.k <= 0) g.trans_b = false;
  normalise(g);
  const bool rows_by_rows = !g.trans_a && g.trans_b;
  if (rows_by_rows && (g.m <= 8 || g.n <= 8)) return dot(g, kernel);
  if (rows_by_rows && g.m <= 192 && g.n >= 2 * g.m && g.k >= 256) return swapped(g, kernel);
  const double b_bytes = static_cast<double>(g.k) * static_cast<double>(g.n) * sizeof(T);
  if (!g.trans_b && (g.m <= 6 || b_bytes <= 40e3 || (g.m <= 64 && b_bytes <= 700e3)))
    return direct(g, kernel);
  packed(g, kernel);
}

}  // namespace

void gemm(const GemmArgs<float>& args) { run(args); }
void gemm(const GemmArgs<double>& args) { run(args); }

}  // namespace nabla::ops
