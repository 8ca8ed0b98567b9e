// Winograd F(4x4, 3x3). For a tile of 4x4 outputs and the 6x6 pixels d that it reads
//
//   y = A^T [(G g G^T) * (B^T d B)] A
//
// with an elementwise product of 36 numbers, the points: over channels and tiles these are 36
// matrix products with a quarter of the multiplications of the definition. The gradient with
// respect to the input is the same correlation of dy with flipped, transposed weights. The one with
// respect to the weights is F(3x3, 4x4) in the same points: dw = E^T [sum over tiles (B^T d B) * (D
// dy D^T)] E. Winograd, Arithmetic Complexity of Computations (1980); Lavin and Gray,
// arXiv:1509.09308. The points and matrices: cpp/kernels/cpu/conv/winograd.cpp.
#include "ops/conv_winograd.h"

#include <algorithm>
#include <atomic>

#include "kernels/tables.h"
#include "parallel/cache_size.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

using kernels::GemmArgs;
using kernels::GemmBlock;
using kernels::WinogradStrip;
using kernels::WinogradWeights;

std::atomic<bool> g_enabled{true};

constexpr int64_t kPoints = 36;
// Depth of the products that stay in registers, as in gemm.cpp.
constexpr int64_t kDepth = 256;
// Output channels that share a pass over the transformed input.
constexpr int64_t kGroup = 64;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t b) { return ceil_div(a, b) * b; }
// An odd number of cache lines: arrays so far apart do not fall into one set of a cache.
int64_t odd_lines(int64_t floats) { return (ceil_div(floats, 16) | 1) * 16; }

// A correlation with 3x3 weights, stride 1, over one group.
struct Correlation {
  int64_t n, in_c, in_h, in_w, out_c, out_h, out_w, pad_h, pad_w;
  int64_t x_step, y_step;         // elements between two images
  int64_t w_out_step, w_in_step;  // between two channels of the weights
  bool flipped;

  int64_t across() const { return ceil_div(out_w, 4); }
  int64_t down() const { return ceil_div(out_h, 4); }
  // Rows of tiles of all images, one after the other.
  int64_t tile_rows() const { return n * down(); }
};

Correlation forward_problem(const Conv2d& p) {
  const int64_t channels = p.in_c / p.groups;
  return {p.n,
          channels,
          p.in_h,
          p.in_w,
          p.out_c / p.groups,
          p.out_h,
          p.out_w,
          p.pad_h,
          p.pad_w,
          p.in_c * p.in_h * p.in_w,
          p.out_c * p.out_h * p.out_w,
          channels * 9,
          9,
          false};
}

Correlation grad_input_problem(const Conv2d& p) {
  const int64_t channels = p.in_c / p.groups;
  return {p.n,
          p.out_c / p.groups,
          p.out_h,
          p.out_w,
          channels,
          p.in_h,
          p.in_w,
          2 - p.pad_h,
          2 - p.pad_w,
          p.out_c * p.out_h * p.out_w,
          p.in_c * p.in_h * p.in_w,
          9,
          channels * 9,
          true};
}

// Calls f(image, tile_row, tile_rows, tile) for the parts of tile rows [begin, end) that belong to
// one image each; `tile` counts from 0.
template <class F>
void each_strip(const Correlation& c, int64_t begin, int64_t end, F&& f) {
  const int64_t down = c.down();
  for (int64_t row = begin; row < end;) {
    const int64_t image = row / down, first = row % down;
    const int64_t rows = std::min(down - first, end - row);
    f(image, first, rows, (row - begin) * c.across());
    row += rows;
  }
}

WinogradStrip input_strip(const Correlation& c, int64_t tile_row, int64_t tile_rows) {
  return {c.in_h, c.in_w, c.in_h * c.in_w, c.pad_h, c.pad_w, tile_row, tile_rows, c.across(), 0,
          0,      0};
}

WinogradStrip output_strip(const Correlation& c, int64_t tile_row, int64_t tile_rows) {
  return {c.out_h, c.out_w, c.out_h * c.out_w, 0, 0, tile_row, tile_rows, c.across(), 0, 0, 0};
}

// Channels [c0, c1) of x for tile rows [begin, end), transformed: v[point][tile][channel].
void transform_input(const Correlation& c, const float* x, int64_t begin, int64_t end, int64_t c0,
                     int64_t c1, float* v, int64_t point_step, int64_t row) {
  const auto& kernel = kernels::tables().winograd;
  const int64_t lanes = kernel.lanes;
  each_strip(c, begin, end, [&](int64_t image, int64_t first, int64_t rows, int64_t tile) {
    WinogradStrip strip = input_strip(c, first, rows);
    strip.point_step = point_step;
    strip.tile_step = row;
    float* scratch = workspace<float>(Workspace::kChannels, kernel.strip_scratch(strip));
    for (int64_t k = c0; k < c1; k += lanes) {
      strip.channels = static_cast<int>(std::min(lanes, c1 - k));
      kernel.input(strip, x + image * c.x_step + k * strip.plane, v + tile * row + (k - c0),
                   scratch);
    }
  });
}

// How a correlation is cut: blocks of tile rows, groups of output channels, depths of products.
struct Cut {
  int64_t panel, panels;  // columns of a packed panel; panels of a group
  int64_t groups, depth, depths;
  bool keep_weights;           // all transformed weights are kept, else made anew for each block
  int64_t block_rows, blocks;  // of tiles
  int64_t tiles;               // of a block
  int64_t v_row, v_step, m_row, m_step, u_step;

  explicit Cut(const Correlation& c) {
    const auto& gemm = kernels::tables().gemm.f32;
    const int64_t l2 = l2_cache_bytes() / 4;  // floats
    panel = gemm.tile_n;
    panels = std::min(std::max<int64_t>(1, kGroup / panel), ceil_div(c.out_c, panel));
    groups = ceil_div(c.out_c, panels * panel);
    depth = ceil_div(c.in_c, ceil_div(c.in_c, kDepth));
    depths = ceil_div(c.in_c, depth);
    m_row = panels * panel;
    u_step = odd_lines(m_row * depth);
    keep_weights = weights_size() <= kKeptWeights;
    v_row = round_up(c.in_c, 16);
    if (v_row % 1024 == 0) v_row += 16;  // rows of V would fall into one set of the L1 cache
    const int64_t tile_floats = kPoints * (v_row + (keep_weights ? m_row : 0));
    const int64_t room = keep_weights ? l2 * 3 / 8 : kStreamedInput;
    const int64_t most = std::max<int64_t>(1, room / (tile_floats * c.across()));
    blocks = ceil_div(c.tile_rows(), most);
    block_rows = ceil_div(c.tile_rows(), blocks);
    blocks = ceil_div(c.tile_rows(), block_rows);
    tiles = block_rows * c.across();
    v_step = odd_lines(tiles * v_row);
    m_step = odd_lines(tiles * m_row);
  }

  int64_t weights_size() const { return kPoints * groups * depths * u_step; }

  static constexpr int64_t kKeptWeights = int64_t{5} << 17;    // 2.5 MiB
  static constexpr int64_t kStreamedInput = int64_t{1} << 20;  // 4 MiB
};

// One correlation at work.
class Correlator {
 public:
  Correlator(const Correlation& c, const float* x, const float* w, const float* bias, float* y)
      : c_(c), cut_(c), x_(x), w_(w), bias_(bias), y_(y) {}

  void run() {
    if (cut_.keep_weights) {
      u_ = workspace<float>(Workspace::kPackedB, cut_.weights_size());
      parallel_for(cut_.groups * cut_.depths, 1, [&](int64_t i0, int64_t i1) {
        for (int64_t i = i0; i < i1; ++i)
          transform_weights(i / cut_.depths, i % cut_.depths,
                            kept(i / cut_.depths, i % cut_.depths));
      });
    }
    // Many blocks are the units of work themselves; the loops inside are serial then.
    if (cut_.blocks >= 4)
      parallel_chunks(cut_.blocks, [&](int64_t i) { block(i); });
    else
      for (int64_t i = 0; i < cut_.blocks; ++i) block(i);
  }

 private:
  int64_t depth_of(int64_t d) const { return std::min(cut_.depth, c_.in_c - d * cut_.depth); }
  int64_t columns_of(int64_t group) const {
    return std::min(cut_.m_row, c_.out_c - group * cut_.m_row);
  }
  int64_t u_step(int64_t d) const { return odd_lines(cut_.m_row * depth_of(d)); }
  float* kept(int64_t group, int64_t d) const {
    return u_ + kPoints * (group * cut_.depths + d) * cut_.u_step;
  }

  // u[point][panel][k][column of the panel] of one group and depth
  void transform_weights(int64_t group, int64_t d, float* u) const {
    const auto& kernel = kernels::tables().winograd;
    const int64_t depth = depth_of(d), first = group * cut_.m_row, columns = columns_of(group);
    float* scratch = workspace<float>(Workspace::kChannels, 144 * kernel.lanes);
    WinogradWeights g{c_.w_out_step, c_.w_in_step, depth, u_step(d), cut_.panel, 0, c_.flipped};
    for (int64_t j = 0; j < columns; j += kernel.lanes) {
      g.channels = static_cast<int>(std::min<int64_t>(kernel.lanes, columns - j));
      kernel.weights(g, w_ + (first + j) * c_.w_out_step + d * cut_.depth * c_.w_in_step,
                     u + j / cut_.panel * depth * cut_.panel + j % cut_.panel, scratch);
    }
  }

  void block(int64_t index) const {
    const int64_t begin = index * cut_.block_rows;
    const int64_t end = std::min(begin + cut_.block_rows, c_.tile_rows());
    float* v = workspace<float>(Workspace::kPackedA, kPoints * cut_.v_step);
    const int64_t lanes = kernels::tables().winograd.lanes;
    parallel_for(c_.in_c, lanes, [&](int64_t c0, int64_t c1) {
      transform_input(c_, x_, begin, end, c0, c1, v + c0, cut_.v_step, cut_.v_row);
    });
    parallel_for(cut_.groups, 1, [&](int64_t g0, int64_t g1) {
      for (int64_t group = g0; group < g1; ++group) multiply(group, begin, end, v);
    });
  }

  void multiply(int64_t group, int64_t begin, int64_t end, const float* v) const {
    const auto& kernel = kernels::tables().gemm.f32;
    const int64_t tiles = (end - begin) * c_.across(), columns = columns_of(group);
    float* m = workspace<float>(Workspace::kWinograd, kPoints * cut_.m_step);
    GemmArgs<float> g;
    g.m = tiles;
    g.n = columns;
    g.k = c_.in_c;
    g.lda = cut_.v_row;
    g.ldc = cut_.m_row;
    GemmBlock<float> block{};
    block.mode = kernels::PanelA::kInPlace;
    block.mc = tiles;
    block.panel_m = ceil_div(tiles, ceil_div(tiles, kernel.tile_m));
    block.nc = columns;
    for (int64_t d = 0; d < cut_.depths; ++d) {
      float* u = cut_.keep_weights ? kept(group, d)
                                   : workspace<float>(Workspace::kPackedB, kPoints * cut_.u_step);
      if (!cut_.keep_weights) transform_weights(group, d, u);
      block.k0 = d * cut_.depth;
      block.kc = depth_of(d);
      for (int64_t q = 0; q < kPoints; ++q) {
        g.a = v + q * cut_.v_step;
        g.c = m + q * cut_.m_step;
        block.pb = u + q * u_step(d);
        kernel.multiply(g, block, 0, ceil_div(tiles, block.panel_m), 0,
                        ceil_div(columns, cut_.panel));
      }
    }
    transform_output(group, begin, end, m);
  }

  void transform_output(int64_t group, int64_t begin, int64_t end, const float* m) const {
    const auto& kernel = kernels::tables().winograd;
    const int64_t first = group * cut_.m_row, columns = columns_of(group);
    each_strip(c_, begin, end, [&](int64_t image, int64_t row, int64_t rows, int64_t tile) {
      WinogradStrip strip = output_strip(c_, row, rows);
      strip.point_step = cut_.m_step;
      strip.tile_step = cut_.m_row;
      float* scratch = workspace<float>(Workspace::kChannels, kernel.strip_scratch(strip));
      for (int64_t j = 0; j < columns; j += kernel.lanes) {
        strip.channels = static_cast<int>(std::min<int64_t>(kernel.lanes, columns - j));
        kernel.output(strip, m + tile * cut_.m_row + j, bias_ ? bias_ + first + j : nullptr,
                      y_ + image * c_.y_step + (first + j) * strip.plane, scratch);
      }
    });
  }

  const Correlation& c_;
  const Cut cut_;
  const float *x_, *w_, *bias_;
  float *y_, *u_ = nullptr;
};

// The gradient of the weights: blocks of output and of input channels, each over some parts of the
// tiles. A part adds up a few tiles in registers, the rest in memory; all these sizes come from the
// shape alone, so that the sums are in the same order everywhere.
class WeightGradient {
 public:
  WeightGradient(const Correlation& c, const float* x, const float* dy, float* dw)
      : c_(c), x_(x), dy_(dy), dw_(dw) {
    panel_ = kernels::tables().gemm.f32.tile_n;
    out_block_ = round_up(std::min<int64_t>(c.out_c, kGroup), panel_);
    in_block_ = std::min(c.in_c, kGroup);
    out_blocks_ = ceil_div(c.out_c, out_block_);
    in_blocks_ = ceil_div(c.in_c, in_block_);
    const int64_t rows = c.tile_rows(), blocks = out_blocks_ * in_blocks_;
    parts_ = std::clamp<int64_t>(rows * c.across() / 128, 1, std::max<int64_t>(1, 4 / blocks));
    part_rows_ = ceil_div(rows, parts_);
    parts_ = ceil_div(rows, part_rows_);
    const int64_t most = std::max<int64_t>(1, kTiles / c.across());
    step_rows_ = ceil_div(part_rows_, ceil_div(part_rows_, most));
    const int64_t tiles = step_rows_ * c.across();
    v_row_ = round_up(in_block_, 16);
    v_step_ = odd_lines(tiles * v_row_);
    d_step_ = odd_lines(tiles * panel_);
    s_step_ = odd_lines(in_block_ * panel_);
    part_size_ = out_block_ / panel_ * kPoints * s_step_;
  }

  void run() {
    const int64_t blocks = out_blocks_ * in_blocks_;
    float* shared =
        parts_ > 1 ? workspace<float>(Workspace::kPackedB, blocks * parts_ * part_size_) : nullptr;
    parallel_chunks(blocks * parts_, [&](int64_t i) {
      const int64_t block = i / parts_;
      float* s =
          shared ? shared + i * part_size_ : workspace<float>(Workspace::kPackedB, part_size_);
      accumulate(block, i % parts_, s);
      if (!shared) finish(block, s, 0, in_block_);
    });
    if (!shared) return;
    parallel_for(blocks * in_block_, kFinished, [&](int64_t i0, int64_t i1) {
      for (int64_t i = i0; i < i1;) {
        const int64_t block = i / in_block_, k = i % in_block_;
        const int64_t count = std::min(i1 - i, in_block_ - k);
        finish(block, shared + block * parts_ * part_size_, k, k + count);
        i += count;
      }
    });
  }

 private:
  // s[panel][point][input channel][output channel of the panel]
  void accumulate(int64_t block, int64_t part, float* s) const {
    const auto& kernel = kernels::tables().gemm.f32;
    const int64_t out0 = block / in_blocks_ * out_block_, in0 = block % in_blocks_ * in_block_;
    const int64_t outs = std::min(out_block_, c_.out_c - out0);
    const int64_t ins = std::min(in_block_, c_.in_c - in0);
    const int64_t panels = ceil_div(outs, panel_);
    const int64_t begin = part * part_rows_, end = std::min(begin + part_rows_, c_.tile_rows());
    float* v = workspace<float>(Workspace::kPackedA, kPoints * v_step_);
    float* d = workspace<float>(Workspace::kWinograd, panels * kPoints * d_step_);
    GemmArgs<float> g;
    g.m = ins;
    g.trans_a = true;
    g.lda = v_row_;
    g.ldb = g.ldc = panel_;
    for (int64_t row = begin; row < end; row += step_rows_) {
      const int64_t last = std::min(row + step_rows_, end);
      transform_input(c_, x_, row, last, in0, in0 + ins, v, v_step_, v_row_);
      transform_gradient(row, last, out0, outs, d);
      g.k = (last - row) * c_.across();
      g.beta = row == begin ? 0.f : 1.f;
      for (int64_t panel = 0; panel < panels; ++panel) {
        g.n = std::min(panel_, outs - panel * panel_);
        for (int64_t q = 0; q < kPoints; ++q) {
          g.a = v + q * v_step_;
          g.b = d + (panel * kPoints + q) * d_step_;
          g.c = s + (panel * kPoints + q) * s_step_;
          kernel.direct(g, 0, g.m, 0, g.n);
        }
      }
    }
  }

  // d[panel][point][tile][output channel of the panel]
  void transform_gradient(int64_t begin, int64_t end, int64_t out0, int64_t outs, float* d) const {
    const auto& kernel = kernels::tables().winograd;
    each_strip(c_, begin, end, [&](int64_t image, int64_t row, int64_t rows, int64_t tile) {
      WinogradStrip strip = output_strip(c_, row, rows);
      strip.point_step = d_step_;
      strip.tile_step = panel_;
      float* scratch = workspace<float>(Workspace::kChannels, kernel.strip_scratch(strip));
      for (int64_t j = 0; j < outs; j += kernel.lanes) {
        strip.channels = static_cast<int>(std::min<int64_t>(kernel.lanes, outs - j));
        float* to = d + j / panel_ * kPoints * d_step_ + tile * panel_ + j % panel_;
        kernel.gradient(strip, dy_ + image * c_.y_step + (out0 + j) * strip.plane, to, scratch);
      }
    });
  }

  // dw of input channels [k0, k1) of a block
  void finish(int64_t block, const float* s, int64_t k0, int64_t k1) const {
    const auto& kernel = kernels::tables().winograd;
    const int64_t out0 = block / in_blocks_ * out_block_, in0 = block % in_blocks_ * in_block_;
    const int64_t outs = std::min(out_block_, c_.out_c - out0);
    k1 = std::min(k1, c_.in_c - in0);
    if (k0 >= k1) return;
    float* scratch = workspace<float>(Workspace::kChannels, 144 * kernel.lanes);
    WinogradWeights g{c_.w_out_step, 9, k1 - k0, s_step_, panel_, 0, false, parts_, part_size_};
    for (int64_t j = 0; j < outs; j += kernel.lanes) {
      g.channels = static_cast<int>(std::min<int64_t>(kernel.lanes, outs - j));
      kernel.weight_gradient(g, s + j / panel_ * kPoints * s_step_ + k0 * panel_ + j % panel_,
                             dw_ + (out0 + j) * c_.w_out_step + (in0 + k0) * 9, scratch);
    }
  }

  static constexpr int64_t kTiles = 56;     // transformed at a time
  static constexpr int64_t kFinished = 16;  // input channels whose parts are added in one go

  const Correlation& c_;
  const float *x_, *dy_;
  float* dw_;
  int64_t panel_, out_block_, in_block_, out_blocks_, in_blocks_;
  int64_t parts_, part_rows_, step_rows_;
  int64_t v_row_, v_step_, d_step_, s_step_, part_size_;
};

// Whether the transforms can be done at all: the padded image is what the tiles read.
bool fits(const Correlation& c) {
  return c.pad_h >= 0 && c.pad_w >= 0 && c.pad_w + c.in_w <= 4 * c.across() + 2 && c.n > 0 &&
         c.out_h > 0 && c.out_w > 0 && c.in_h > 0 && c.in_w > 0;
}

// From 16 channels on, where a vector is full, it is faster than the direct kernels: 1.2 times with
// 16 channels, 1.8 with 32, 2 to 3 from 64 on. Few tiles do not pay for the transform of the
// weights (1 tile: 0.4 times, 4: 0.7, 8: 1.9). A row of tiles must fit into the workspace.
bool worthwhile(const Correlation& c) {
  constexpr int64_t kLeastTiles = 6, kMostFloats = 1 << 22;
  return fits(c) && c.in_c >= 16 && c.out_c >= 16 && c.tile_rows() * c.across() >= kLeastTiles &&
         kPoints * std::max(c.in_c, c.out_c) * c.across() <= kMostFloats;
}

bool takes(const Conv2d& p) {
  return winograd_enabled() && p.k_h == 3 && p.k_w == 3 && p.stride_h == 1 && p.stride_w == 1 &&
         p.dil_h == 1 && p.dil_w == 1;
}

void correlate(const Correlation& c, int64_t groups, const float* x, const float* w,
               const float* bias, float* y) {
  for (int64_t g = 0; g < groups; ++g)
    Correlator(c, x + g * c.in_c * c.in_h * c.in_w, w + g * c.in_c * c.out_c * 9,
               bias ? bias + g * c.out_c : nullptr, y + g * c.out_c * c.out_h * c.out_w)
        .run();
}

}  // namespace

bool winograd_enabled() { return g_enabled.load(std::memory_order_relaxed); }
void set_winograd_enabled(bool enabled) { g_enabled.store(enabled, std::memory_order_relaxed); }

bool winograd_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                      float* y) {
  const Correlation c = forward_problem(p);
  if (!takes(p) || !worthwhile(c)) return false;
  correlate(c, p.groups, x, w, bias, y);
  return true;
}

bool winograd_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx) {
  const Correlation c = grad_input_problem(p);
  if (!takes(p) || !worthwhile(c)) return false;
  correlate(c, p.groups, dy, w, nullptr, dx);
  return true;
}

bool winograd_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw) {
  const Correlation c = forward_problem(p);
  if (!takes(p) || !worthwhile(c)) return false;
  for (int64_t g = 0; g < p.groups; ++g)
    WeightGradient(c, x + g * c.in_c * c.in_h * c.in_w, dy + g * c.out_c * c.out_h * c.out_w,
                   dw + g * c.in_c * c.out_c * 9)
        .run();
  return true;
}

}  // namespace nabla::ops
