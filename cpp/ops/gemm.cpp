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

// Work of one claimed chunk: some 7 us of AVX-512.
constexpr double kChunkFlops = 1.2e6;
// Above this, threads share packed blocks of B.
constexpr double kMiddlingFlops = 2e8;
constexpr double kSmallBlockFlops = 5e6;
// Depth of a packed block. A fixed number: the order of additions must not depend on the machine's
// cache.
constexpr int64_t kDepth = 256;
constexpr int64_t kSwappedDepth = 1024;
// Bytes of an operand that is not worth a copy.
constexpr int64_t kSmallOperand = 70000;
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
    parallel_for(panels, 1, [&](int64_t q0, int64_t q1) { kernel.pack_b(small, block, q0, q1); });
    const int64_t grain = chunk_units(g.n, 2.0 * static_cast<double>(g.m * kc), kernel.tile_m);
    parallel_for(g.n, grain, [&](int64_t n0, int64_t n1) {
      T* scratch = workspace<T>(Workspace::kRows, kernel.tile_m * (kc + 32));
      kernel.swapped(g, n0, n1, k0, kc, block.pb, scratch);
    });
  }
}

// Columns of a packed block of B that fills three eighths of the L2 cache, evened out.
template <class T>
int64_t block_columns(int64_t n, int64_t tile_n) {
  const int64_t budget = l2_cache_bytes() * 3 / 8 / (kDepth * static_cast<int64_t>(sizeof(T)));
  const int64_t limit = std::clamp<int64_t>(budget, 128, 1024);
  return round_up(ceil_div(n, ceil_div(n, limit)), tile_n);
}

template <class T>
PanelA panel_mode(const GemmArgs<T>& g) {
  if (g.trans_a) {
    const bool small = g.m * g.k * static_cast<int64_t>(sizeof(T)) <= kSmallOperand;
    return small ? PanelA::kColumnsInPlace : PanelA::kColumns;
  }
  return rows_collide<T>(g.lda) ? PanelA::kCopied : PanelA::kInPlace;
}

// Packs B for column panels [q0, q1) and multiplies row panel 0 on the way where B is read by rows.
// Returns the first row panel that is left to do.
template <class T>
int64_t begin_block(const GemmArgs<T>& g, const GemmKernels<T>& kernel, const GemmBlock<T>& block,
                    int64_t q0, int64_t q1) {
  if (g.trans_b) {
    kernel.pack_b(g, block, q0, q1);
    return 0;
  }
  kernel.multiply_and_pack(g, block, q0, q1);
  return 1;
}

// Middling problems for several threads: each chunk is some columns with all rows and the whole
// depth, so that no thread waits for another or reads what another has just packed. Only A is
// shared.
template <class T>
void packed_by_columns(const GemmArgs<T>& g, const GemmKernels<T>& kernel) {
  const int64_t tile_n = kernel.tile_n;
  const int64_t kc_max = ceil_div(g.k, ceil_div(g.k, kDepth));
  GemmBlock<T> whole{};
  whole.mode = panel_mode(g);
  whole.mc = g.m;
  whole.panel_m = ceil_div(g.m, ceil_div(g.m, kernel.tile_m));
  whole.a_stride = round_up(kc_max, 16) + 16;
  const int64_t row_panels = ceil_div(g.m, whole.panel_m);
  const int64_t pa_step = (g.m + kernel.tile_m) * whole.a_stride;  // for each block of depth
  auto at_depth = [&](int64_t k0) {
    GemmBlock<T> block = whole;
    block.k0 = k0;
    block.kc = std::min(kc_max, g.k - k0);
    if (panels_are_copied(block.mode)) block.pa += k0 / kc_max * pa_step;
    return block;
  };
  if (panels_are_copied(whole.mode)) {
    whole.pa = workspace<T>(Workspace::kPackedA, ceil_div(g.k, kc_max) * pa_step);
    for (int64_t k0 = 0; k0 < g.k; k0 += kc_max)
      parallel_for(row_panels, 8,
                   [&](int64_t p0, int64_t p1) { kernel.pack_a(g, at_depth(k0), p0, p1); });
  }
  const int64_t panels = ceil_div(g.n, tile_n);
  const double panel_flops = 2.0 * static_cast<double>(g.m * g.k * tile_n);
  const int64_t grain = std::min(chunk_units(panels, panel_flops, 1), ceil_div(panels, 4));
  parallel_for(panels, grain, [&](int64_t begin, int64_t end) {
    T* pb = workspace<T>(Workspace::kPackedB, kc_max * tile_n * (end - begin));
    for (int64_t k0 = 0; k0 < g.k; k0 += kc_max) {
      GemmBlock<T> block = at_depth(k0);
      block.j0 = begin * tile_n;
      block.nc = std::min(end * tile_n, g.n) - block.j0;
      block.pb = pb;
      const int64_t first = begin_block(g, kernel, block, 0, end - begin);
      kernel.multiply(g, block, first, row_panels, 0, end - begin);
    }
  });
}

// Blocks of B stay in the L2 cache while all rows of A go past them. All threads share a packed
// block: it is made together, then the row panels are claimed.
template <class T>
void packed(const GemmArgs<T>& g, const GemmKernels<T>& kernel) {
  const int64_t tile_m = kernel.tile_m, tile_n = kernel.tile_n;
  const int64_t kc_max = ceil_div(g.k, ceil_div(g.k, kDepth));
  const int64_t nc_max = block_columns<T>(g.n, tile_n);

  GemmBlock<T> block{};
  block.mode = panel_mode(g);
  const int64_t mc_max = panels_are_copied(block.mode) ? std::min(g.m, kPackedRows) : g.m;
  block.panel_m = ceil_div(mc_max, ceil_div(mc_max, tile_m));
  block.a_stride = round_up(kc_max, 16) + 16;
  block.pb = workspace<T>(Workspace::kPackedB, kc_max * nc_max);
  if (panels_are_copied(block.mode))
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
        const bool pack_a = panels_are_copied(block.mode) && j0 == 0;
        // the first row panel packs B as it reads it
        const int64_t first = g.trans_b ? 0 : 1;
        if (first == 1 && pack_a) kernel.pack_a(g, block, 0, 1);
        parallel_for(column_panels, 4,
                     [&](int64_t q0, int64_t q1) { begin_block(g, kernel, block, q0, q1); });
        const double panel_flops = 2.0 * static_cast<double>(block.panel_m * block.nc * block.kc);
        // a small block is not worth bringing what this core has packed to another one
        const int64_t left = row_panels - first;
        const bool small = panel_flops * static_cast<double>(left) < kSmallBlockFlops;
        const int64_t grain = small ? left : chunk_units(left, panel_flops, pack_a ? 8 : 1);
        parallel_for(left, grain, [&](int64_t p0, int64_t p1) {
          const int64_t step = pack_a && block.mode == PanelA::kCopied ? 1 : p1 - p0;
          for (int64_t p = first + p0; p < first + p1; p += step) {
            if (pack_a) kernel.pack_a(g, block, p, p + step);
            kernel.multiply(g, block, p, p + step, 0, column_panels);
          }
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
  if (g.m == 1 && g.trans_a && g.lda == 1) {
    g.trans_a = false;
    g.lda = g.k;
  }
  if (g.n == 1 && g.trans_a && g.ldc == 1 && (g.trans_b || g.ldb == 1)) {
    std::swap(g.a, g.b);
    std::swap(g.bias_m, g.bias_n);
    g.n = std::exchange(g.m, 1);
    g.ldb = std::exchange(g.lda, g.k);
    g.trans_a = g.trans_b = false;
    g.ldc = g.n;
    return;
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
  const double direct_limit = g.m <= 64 ? 700e3 : g.m <= 192 ? kSmallOperand : 40e3;
  if (!g.trans_b && (g.m <= 6 || b_bytes <= direct_limit)) return direct(g, kernel);
  // The two ways through a packed problem add up in the same order, so the choice may look at
  // threads.
  const double flops = 2.0 * static_cast<double>(g.m) * static_cast<double>(g.n * g.k);
  if (num_threads() > 1 && flops < kMiddlingFlops && flops > 4 * kChunkFlops &&
      g.n >= 4 * kernel.tile_n)
    return packed_by_columns(g, kernel);
  packed(g, kernel);
}

}  // namespace

void gemm(const GemmArgs<float>& args) { run(args); }
void gemm(const GemmArgs<double>& args) { run(args); }

}  // namespace nabla::ops
