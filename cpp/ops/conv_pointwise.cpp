// A kernel of one pixel mixes channels: with the pixels of an image as columns
//
//   y = W x      dx = W^T dy      dW = sum over images of dy x^T
//
// Larger kernels over small images are the same with the windows of x as rows.
//
// The images are the matrices where they are, if the stride is 1 and they are not small. Else the
// pixels that are read, of several images where one has few, are gathered into one matrix, and what
// comes out of the product is scattered in the same way.
#include "ops/conv_pointwise.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "kernels/tables.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

using kernels::GemmArgs;
using kernels::GemmBlock;
using kernels::GemmKernels;
using kernels::PanelA;

// Columns of a product, and depth of a packed block.
constexpr int64_t kColumns = 256, kDepth = 256;
// Columns of x^T that are packed at a time for the gradient of the weights.
constexpr int64_t kGradColumns = 512;
// Channels that are gathered, and row panels that are multiplied, as one piece of work.
constexpr int64_t kChannels = 32, kPanels = 4;
// Parts of the gradient of the weights at most, that are added up on their own.
constexpr int64_t kParts = 8;
// Floats of partial gradients of the weights at most.
constexpr int64_t kPartials = 1 << 20;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t b) { return ceil_div(a, b) * b; }

const GemmKernels<float>& gemm_kernels() { return kernels::tables().gemm.f32; }

bool rows_collide(int64_t ld) { return (ld * 4 + 63) % 4096 < 127; }

// The channels of one group in a block of images, as a matrix with the pixels that a stride keeps
// as columns.
struct Images {
  int64_t channels, image_step;  // elements between two images
  int64_t height, width;         // in memory
  int64_t rows, columns;         // of the pixels that are kept
  int64_t stride_h, stride_w;
  // Larger kernels: a channel gives a row for each of its taps, and index[tap][position] is the
  // pixel that is read, or -1 outside of the image.
  const int32_t* index = nullptr;
  int64_t taps = 1;

  int64_t size() const { return height * width; }
  int64_t positions() const { return rows * columns; }
  bool dense() const {
    return index == nullptr && stride_h == 1 && stride_w == 1 && rows == height && columns == width;
  }
};

// The columns of a product: positions [p0, p1) of one image, or `images` whole ones.
struct Block {
  int64_t image, images, p0, p1;
  int64_t columns() const { return images * (p1 - p0); }
};

struct Blocks {
  Blocks(int64_t n, int64_t positions) : n_(n), positions_(positions) {
    if (positions >= kColumns / 2) {
      pieces_ = ceil_div(positions, kColumns);
      width_ = std::min(positions, round_up(ceil_div(positions, pieces_), 32));
      pieces_ = ceil_div(positions, width_);
    } else {
      images_ = std::min(n, kColumns / positions);
      width_ = positions;
    }
  }
  int64_t count() const { return pieces_ * ceil_div(n_, images_); }
  int64_t most_columns() const { return images_ * width_; }
  Block operator[](int64_t i) const {
    const int64_t image = i / pieces_ * images_, p0 = i % pieces_ * width_;
    return {image, std::min(images_, n_ - image), p0, std::min(p0 + width_, positions_)};
  }

 private:
  int64_t n_, positions_, pieces_ = 1, images_ = 1, width_;
};

// Whether a block lies in memory as a matrix.
bool in_place(const Images& m, const Block& b) { return m.dense() && b.images == 1; }

// Most copies of small images are shorter than a call.
void copy(float* to, const float* from, int64_t n) {
  constexpr int64_t kShort = 16;
  for (; n >= kShort; n -= kShort, to += kShort, from += kShort)
    std::memcpy(to, from, kShort * sizeof(float));
  for (int64_t i = 0; i < n; ++i) to[i] = from[i];
}

// Channels [c0, c1) of a block, channel after channel with `ld` floats each.
void gather(const Images& m, const Block& b, const float* x, int64_t c0, int64_t c1, float* to,
            int64_t ld) {
  const auto every_other = kernels::tables().depthwise.every_other;
  const int64_t width = b.p1 - b.p0;
  for (int64_t c = c0; c < c1; ++c) {
    for (int64_t i = 0; i < b.images; ++i) {
      const float* from = x + (b.image + i) * m.image_step + c / m.taps * m.size();
      float* out = to + (c - c0) * ld + i * width;
      if (m.index != nullptr) {
        const int32_t* at = m.index + c % m.taps * m.positions() + b.p0;
        for (int64_t j = 0; j < width; ++j) out[j] = at[j] < 0 ? 0.f : from[at[j]];
        continue;
      }
      if (m.dense()) {
        copy(out, from + b.p0, width);
        continue;
      }
      for (int64_t p = b.p0; p < b.p1;) {
        const int64_t row = p / m.columns, column = p % m.columns;
        const int64_t count = std::min(b.p1 - p, m.columns - column);
        const float* line = from + row * m.stride_h * m.width + column * m.stride_w;
        if (m.stride_w == 2 && count >= 8)
          every_other(out, line, count);
        else
          for (int64_t j = 0; j < count; ++j) out[j] = line[j * m.stride_w];
        out += count;
        p += count;
      }
    }
  }
}

// The reverse: pixels that the stride passes over are left alone, taps are added to what is there;
// `from` holds whole images or rows.
void scatter(const Images& m, const Block& b, const float* from, int64_t c0, int64_t c1, int64_t ld,
             float* x) {
  const int64_t width = b.p1 - b.p0;
  for (int64_t c = c0; c < c1; ++c) {
    for (int64_t i = 0; i < b.images; ++i) {
      float* to = x + (b.image + i) * m.image_step + c / m.taps * m.size();
      const float* line = from + c * ld + i * width;
      if (m.index != nullptr) {
        const int32_t* at = m.index + c % m.taps * m.positions() + b.p0;
        for (int64_t j = 0; j < width; ++j)
          if (at[j] >= 0) to[at[j]] += line[j];
        continue;
      }
      if (m.dense()) {
        copy(to + b.p0, line, width);
        continue;
      }
      for (int64_t p = b.p0; p < b.p1;) {
        const int64_t row = p / m.columns, column = p % m.columns;
        const int64_t count = std::min(b.p1 - p, m.columns - column);
        float* out = to + row * m.stride_h * m.width + column * m.stride_w;
        for (int64_t j = 0; j < count; ++j) out[j * m.stride_w] = line[j];
        line += count;
        p += count;
      }
    }
  }
}

// Calls f(i) for each of `count` blocks. Many blocks are the units of work themselves; the loops
// inside are serial then.
template <class F>
void each_block(int64_t count, F&& f) {
  if (count >= 4)
    parallel_chunks(count, f);
  else
    for (int64_t i = 0; i < count; ++i) f(i);
}

// y = op(A) x + bias for all blocks, with A(m, k) or, transposed, A(k, m).
class Product {
 public:
  Product(const Images& x_of, const Images& y_of, int64_t n, const float* a, bool transposed,
          const float* x, const float* bias, float* y)
      : in_(x_of),
        out_(y_of),
        blocks_(n, std::min(x_of.positions(), y_of.positions())),
        x_(x),
        y_(y) {
    g_.m = out_.channels;
    g_.k = in_.channels;
    g_.a = a;
    g_.trans_a = transposed;
    g_.lda = transposed ? g_.m : g_.k;
    g_.bias_m = bias;
    depth_ = ceil_div(g_.k, ceil_div(g_.k, kDepth));
    depths_ = ceil_div(g_.k, depth_);
    mode_ = transposed             ? PanelA::kColumns
            : rows_collide(g_.lda) ? PanelA::kCopied
                                   : PanelA::kInPlace;
    panel_m_ = ceil_div(g_.m, ceil_div(g_.m, gemm_kernels().tile_m));
    panels_ = ceil_div(g_.m, panel_m_);
    a_stride_ = round_up(depth_, 16) + 16;
    a_step_ = (g_.m + gemm_kernels().tile_m) * a_stride_;
  }

  void run() {
    if (mode_ != PanelA::kInPlace) {
      pa_ = workspace<float>(Workspace::kPackedA, depths_ * a_step_);
      parallel_for(panels_, 8, [&](int64_t p0, int64_t p1) {
        for (int64_t d = 0; d < depths_; ++d) gemm_kernels().pack_a(g_, at_depth(d), p0, p1);
      });
    }
    each_block(blocks_.count(), [&](int64_t i) { block(blocks_[i]); });
  }

 private:
  GemmBlock<float> at_depth(int64_t d) const {
    GemmBlock<float> block{};
    block.mode = mode_;
    block.mc = g_.m;
    block.panel_m = panel_m_;
    block.a_stride = a_stride_;
    block.k0 = d * depth_;
    block.kc = std::min(depth_, g_.k - block.k0);
    block.pa = pa_ ? pa_ + d * a_step_ : nullptr;
    return block;
  }

  void block(const Block& b) const {
    const GemmKernels<float>& kernel = gemm_kernels();
    const int64_t columns = b.columns(), wide = round_up(blocks_.most_columns(), kernel.tile_n);
    GemmArgs<float> g = g_;
    g.n = columns;
    g.b = x_ + b.image * in_.image_step + b.p0;
    g.ldb = in_.size();
    if (!in_place(in_, b)) {
      float* staged = workspace<float>(Workspace::kChannels, g.k * wide);
      parallel_for(g.k, kChannels, [&](int64_t c0, int64_t c1) {
        gather(in_, b, x_, c0, c1, staged + c0 * wide, wide);
      });
      g.b = staged;
      g.ldb = wide;
    }
    const bool direct = in_place(out_, b);
    g.c = y_ + b.image * out_.image_step + b.p0;
    g.ldc = out_.size();
    if (!direct) {
      g.c = workspace<float>(Workspace::kWinograd, g.m * wide);
      g.ldc = wide;
    }
    float* pb = workspace<float>(Workspace::kPackedB, depth_ * wide);
    const int64_t q = ceil_div(columns, kernel.tile_n);
    for (int64_t d = 0; d < depths_; ++d) {
      GemmBlock<float> at = at_depth(d);
      at.nc = columns;
      at.pb = pb;
      parallel_for(q, 2, [&](int64_t q0, int64_t q1) { kernel.multiply_and_pack(g, at, q0, q1); });
      parallel_for(panels_ - 1, kPanels,
                   [&](int64_t p0, int64_t p1) { kernel.multiply(g, at, 1 + p0, 1 + p1, 0, q); });
    }
    if (direct) return;
    // all taps of a channel in one piece: they are added to the same pixels
    parallel_for(g.m, ceil_div(kChannels, out_.taps) * out_.taps,
                 [&](int64_t c0, int64_t c1) { scatter(out_, b, g.c, c0, c1, wide, y_); });
  }

  const Images in_, out_;
  const Blocks blocks_;
  GemmArgs<float> g_;
  int64_t depth_, depths_, panel_m_, panels_, a_stride_, a_step_;
  PanelA mode_;
  const float* x_;
  float *y_, *pa_ = nullptr;
};

// dw(m, k) = sum over blocks of dy x^T. Parts of the blocks add up on their own; their number comes
// from the shape.
class WeightProduct {
 public:
  WeightProduct(const Images& x_of, const Images& y_of, int64_t n, const float* x, const float* dy,
                float* dw)
      : in_(x_of), out_(y_of), blocks_(n, y_of.positions()), x_(x), dy_(dy), dw_(dw) {
    const int64_t size = in_.channels * out_.channels, count = blocks_.count();
    parts_ = std::clamp<int64_t>(std::min(count / 2, kPartials / size), 1, kParts);
    if (parts_ < 4) parts_ = 1;  // the loops inside have work for the threads
    part_blocks_ = ceil_div(count, parts_);
    parts_ = ceil_div(count, part_blocks_);
  }

  void run() {
    const int64_t size = in_.channels * out_.channels;
    float* partial =
        parts_ > 1 ? workspace<float>(Workspace::kPackedA, (parts_ - 1) * size) : nullptr;
    parallel_chunks(parts_, [&](int64_t part) {
      accumulate(part, part == 0 ? dw_ : partial + (part - 1) * size);
    });
    if (parts_ == 1) return;
    const auto add = kernels::tables().binary.f32.add;
    parallel_for(size, 1 << 14, [&](int64_t i0, int64_t i1) {
      for (int64_t part = 1; part < parts_; ++part)
        add(dw_ + i0, dw_ + i0, 1, partial + (part - 1) * size + i0, 1, i1 - i0, 1);
    });
  }

 private:
  void accumulate(int64_t part, float* dw) const {
    const GemmKernels<float>& kernel = gemm_kernels();
    const int64_t first = part * part_blocks_;
    const int64_t last = std::min(first + part_blocks_, blocks_.count());
    GemmArgs<float> g;
    g.m = out_.channels;
    g.n = in_.channels;
    g.trans_b = true;
    g.c = dw;
    g.ldc = g.n;
    GemmBlock<float> block{};
    block.mc = g.m;
    block.panel_m = ceil_div(g.m, ceil_div(g.m, kernel.tile_m));
    const int64_t most = round_up(std::min(g.n, kGradColumns), kernel.tile_n);
    block.pb = workspace<float>(Workspace::kPackedB, most * blocks_.most_columns());
    for (int64_t i = first; i < last; ++i) {
      const Block b = blocks_[i];
      g.k = block.kc = b.columns();
      g.beta = i == first ? 0.f : 1.f;
      g.a = matrix(out_, b, dy_, Workspace::kWinograd, &g.lda);
      g.b = matrix(in_, b, x_, Workspace::kChannels, &g.ldb);
      for (block.j0 = 0; block.j0 < g.n; block.j0 += most) {
        block.nc = std::min(most, g.n - block.j0);
        const int64_t q = ceil_div(block.nc, kernel.tile_n);
        parallel_for(q, 2, [&](int64_t q0, int64_t q1) { kernel.pack_b(g, block, q0, q1); });
        parallel_for(ceil_div(g.m, block.panel_m), kPanels,
                     [&](int64_t p0, int64_t p1) { kernel.multiply(g, block, p0, p1, 0, q); });
      }
    }
  }

  // The block where it is, or gathered.
  const float* matrix(const Images& m, const Block& b, const float* x, Workspace slot,
                      int64_t* ld) const {
    *ld = m.size();
    if (in_place(m, b) && !rows_collide(*ld)) return x + b.image * m.image_step + b.p0;
    *ld = round_up(blocks_.most_columns(), 16) + 16;
    float* staged = workspace<float>(slot, m.channels * *ld);
    parallel_for(m.channels, kChannels,
                 [&](int64_t c0, int64_t c1) { gather(m, b, x, c0, c1, staged + c0 * *ld, *ld); });
    return staged;
  }

  const Images in_, out_;
  const Blocks blocks_;
  const float *x_, *dy_;
  float* dw_;
  int64_t parts_, part_blocks_;
};

// Large images of few channels, where nothing has to be gathered, are left to the general path.
bool takes(const Conv2d& p) {
  if (p.k_h != 1 || p.k_w != 1 || p.pad_h != 0 || p.pad_w != 0 || p.n <= 0 || p.out_h <= 0 ||
      p.out_w <= 0)
    return false;
  // Nothing past the end is read here.
  if ((p.out_h - 1) * p.stride_h >= p.in_h || (p.out_w - 1) * p.stride_w >= p.in_w) return false;
  const bool gathers = p.stride_h > 1 || p.stride_w > 1 || p.out_h * p.out_w < kColumns / 2;
  return std::min(p.in_c, p.out_c) >= (gathers ? 16 : 64) * p.groups;
}

// The pixels of x that are read, and those of y.
Images input_images(const Conv2d& p) {
  return {p.in_c / p.groups, p.in_c * p.in_h * p.in_w, p.in_h, p.in_w, p.out_h, p.out_w, p.stride_h,
          p.stride_w};
}
Images output_images(const Conv2d& p) {
  return {
      p.out_c / p.groups, p.out_c * p.out_h * p.out_w, p.out_h, p.out_w, p.out_h, p.out_w, 1, 1};
}

// Calls f(x's, y's and w's first element of the group, group).
template <class F>
void each_group(const Conv2d& p, F&& f) {
  const int64_t channels = p.in_c / p.groups, filters = p.out_c / p.groups;
  for (int64_t g = 0; g < p.groups; ++g)
    f(g * channels * p.in_h * p.in_w, g * filters * p.out_h * p.out_w,
      g * filters * channels * p.k_h * p.k_w, g * filters);
}

void clear(const Conv2d& p, float* dx) {
  constexpr int64_t kZeros = 1 << 16;
  parallel_for(p.n * p.in_c * p.in_h * p.in_w, kZeros,
               [&](int64_t i0, int64_t i1) { std::fill(dx + i0, dx + i1, 0.f); });
}

bool takes_joined(const Conv2d& p) {
  const int64_t positions = p.out_h * p.out_w, taps = p.k_h * p.k_w;
  return p.n > 1 && positions > 0 && positions < kColumns / 2 && taps > 1 && taps <= 64 &&
         p.in_h > 0 && p.in_w > 0 && p.in_h * p.in_w <= INT32_MAX &&
         std::min(p.in_c, p.out_c) >= 16 * p.groups;
}

// The windows of x as a matrix.
Images window_images(const Conv2d& p) {
  const int64_t positions = p.out_h * p.out_w, taps = p.k_h * p.k_w;
  int32_t* index = workspace<int32_t>(Workspace::kRows, taps * positions);
  for (int64_t t = 0; t < taps; ++t)
    for (int64_t i = 0; i < positions; ++i) {
      const int64_t h = i / p.out_w * p.stride_h + t / p.k_w * p.dil_h - p.pad_h;
      const int64_t w = i % p.out_w * p.stride_w + t % p.k_w * p.dil_w - p.pad_w;
      const bool inside = h >= 0 && h < p.in_h && w >= 0 && w < p.in_w;
      index[t * positions + i] = inside ? static_cast<int32_t>(h * p.in_w + w) : -1;
    }
  Images m = input_images(p);
  m.channels *= taps;
  m.taps = taps;
  m.index = index;
  return m;
}

}  // namespace

bool joined_first(const Conv2d& p) {
  constexpr int64_t kPixels = 16, kWeights = 1 << 19;
  return p.out_h * p.out_w <= kPixels && p.groups == 1 &&
         p.in_c * p.out_c * p.k_h * p.k_w >= kWeights && p.k_h * p.k_w <= 9;
}

bool joined_forward(const Conv2d& p, const float* x, const float* w, const float* bias, float* y) {
  if (!takes_joined(p)) return false;
  const Images in = window_images(p);
  each_group(p, [&](int64_t x0, int64_t y0, int64_t w0, int64_t o) {
    Product(in, output_images(p), p.n, w + w0, false, x + x0, bias ? bias + o : nullptr, y + y0)
        .run();
  });
  return true;
}

bool joined_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx) {
  if (!takes_joined(p)) return false;
  const Images in = window_images(p);
  clear(p, dx);
  each_group(p, [&](int64_t x0, int64_t y0, int64_t w0, int64_t) {
    Product(output_images(p), in, p.n, w + w0, true, dy + y0, nullptr, dx + x0).run();
  });
  return true;
}

bool pointwise_forward(const Conv2d& p, const float* x, const float* w, const float* bias,
                       float* y) {
  if (!takes(p)) return false;
  each_group(p, [&](int64_t x0, int64_t y0, int64_t w0, int64_t o) {
    Product(input_images(p), output_images(p), p.n, w + w0, false, x + x0,
            bias ? bias + o : nullptr, y + y0)
        .run();
  });
  return true;
}

bool pointwise_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx) {
  if (!takes(p)) return false;
  const Images in = input_images(p);
  if (!in.dense()) clear(p, dx);
  each_group(p, [&](int64_t x0, int64_t y0, int64_t w0, int64_t) {
    Product(output_images(p), in, p.n, w + w0, true, dy + y0, nullptr, dx + x0).run();
  });
  return true;
}

bool pointwise_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw) {
  if (!takes(p)) return false;
  each_group(p, [&](int64_t x0, int64_t y0, int64_t w0, int64_t) {
    WeightProduct(input_images(p), output_images(p), p.n, x + x0, dy + y0, dw + w0).run();
  });
  return true;
}

}  // namespace nabla::ops
