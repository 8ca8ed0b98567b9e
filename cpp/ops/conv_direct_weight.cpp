// Weight gradient: dots along the rows of dy for few output channels, sums of outer products for
// many.
#include <algorithm>

#include "kernels/tables.h"
#include "ops/conv_direct.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

using kernels::ConvDots;
using kernels::ConvOuter;
using kernels::ConvPad;
using kernels::ConvTable;

constexpr int64_t kSlack = 128;
constexpr int64_t kMostReach = 64;  // of the border and of the kernel
// What is made ready at a time: dots read an image a few times from the L1 cache, outer products a
// block from the L2 cache. Fixed numbers: the order of additions follows from them.
constexpr int64_t kDotBytes = 32 << 10, kOuterBytes = 384 << 10;
constexpr double kChunkFlops = 1.2e6;
// Partial gradients that threads may work on: as many as are worth their while.
constexpr int64_t kMostParts = 16, kPartBytes = 4 << 20;
constexpr double kPartFlops = 3e6;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t b) { return ceil_div(a, b) * b; }

// Some images, or some rows of dy of one image.
struct Piece {
  int64_t n0, images, i0, i1;
};

// How a problem is cut into pieces, and where the pixels of a piece stand.
struct Cut {
  Conv2d p;
  int64_t in_c, out_c;  // of one group
  bool in_place;        // no tap reaches outside of x
  int64_t lead, pitch;
  int64_t piece_images, piece_rows, pieces;
  int64_t parts;

  // x rows that rows of dy need
  int64_t x_rows(int64_t rows) const { return (rows - 1) * p.stride_h + (p.k_h - 1) * p.dil_h + 1; }
  int64_t x_channel(int64_t rows) const {
    if (in_place) return p.in_h * p.in_w;
    // each channel has room for what is written behind its last row
    const int64_t size = round_up(lead + x_rows(rows) * pitch + 16, 16);
    return size % 1024 == 0 ? size + 16 : size;
  }
  int64_t x_image(int64_t rows) const { return p.in_c * x_channel(rows); }

  Piece piece(int64_t i) const {
    const int64_t row_pieces = ceil_div(p.out_h, piece_rows);
    const int64_t n0 = i / row_pieces * piece_images, i0 = i % row_pieces * piece_rows;
    return {n0, std::min(piece_images, p.n - n0), i0, std::min(i0 + piece_rows, p.out_h)};
  }
};

// dy_channels: channels of packed dy; sums: floats of one gradient.
Cut cut_of(const Conv2d& p, int64_t dy_channels, int64_t bytes, int64_t sums) {
  Cut c;
  c.p = p;
  c.in_c = p.in_c / p.groups;
  c.out_c = p.out_c / p.groups;
  const int64_t reach_h = (p.out_h - 1) * p.stride_h + (p.k_h - 1) * p.dil_h - p.pad_h + 1;
  const int64_t reach_w = (p.out_w - 1) * p.stride_w + (p.k_w - 1) * p.dil_w - p.pad_w + 1;
  c.in_place = p.pad_h == 0 && p.pad_w == 0 && reach_h <= p.in_h && reach_w <= p.in_w;
  c.lead = c.in_place ? 0 : p.pad_w;
  c.pitch = c.in_place ? p.in_w : p.in_w + std::max(c.lead, reach_w - p.in_w);

  const double flops = 2.0 * static_cast<double>(p.n * p.out_h * p.out_w * p.out_c * c.in_c) *
                       static_cast<double>(p.k_h * p.k_w);
  int64_t parts = std::min<int64_t>(std::min<int64_t>(kMostParts, kPartBytes / (4 * sums)),
                                    static_cast<int64_t>(flops / kPartFlops));
  while (parts & (parts - 1)) parts &= parts - 1;  // a power of two

  const int64_t dy_row = dy_channels * p.out_w, x_row = p.in_c * c.pitch;
  const int64_t image = 4 * (x_row * c.x_rows(p.out_h) + dy_row * p.out_h);
  c.piece_images = std::clamp<int64_t>(bytes / image, 1, p.n);
  c.piece_rows = p.out_h;
  if (c.piece_images == 1) {
    const int64_t row = 4 * (x_row * p.stride_h + dy_row);
    const int64_t rows = std::max<int64_t>(bytes / row, 4 * p.k_h);
    c.piece_rows = ceil_div(p.out_h, ceil_div(p.out_h, rows));
  } else if (parts > 1) {
    c.piece_images = std::min(c.piece_images, ceil_div(p.n, parts));
  }
  c.pieces = ceil_div(p.n, c.piece_images) * ceil_div(p.out_h, c.piece_rows);
  c.parts = std::clamp<int64_t>(parts, 1, c.pieces);
  return c;
}

// Calls work(part, piece, first piece of its part) for all pieces; parts run side by side. sums
// are one array for each part, added up into the first in the end.
template <class F>
void each_piece(const Cut& c, float* sums, int64_t count, F&& work) {
  parallel_for(c.parts, 1, [&](int64_t begin, int64_t end) {
    for (int64_t q = begin; q < end; ++q) {
      const int64_t first = c.pieces * q / c.parts;
      for (int64_t i = first; i < c.pieces * (q + 1) / c.parts; ++i)
        work(sums + q * count, c.piece(i), i == first);
    }
  });
  const auto add = kernels::tables().binary.f32.add;
  if (c.parts > 1)
    parallel_for(count, 16384, [&](int64_t begin, int64_t end) {
      for (int64_t q = 1; q < c.parts; ++q)
        add(sums + begin, sums + begin, 1, sums + q * count + begin, 1, end - begin, 0);
    });
}

// x as a piece needs it: pixel (i0, 0) of dy under tap (0, 0) reads origin[0].
struct Pixels {
  const float* origin;
  int64_t channel, image;
  int64_t readable;  // of the last image, from its origin on
};

Pixels pixels_of(const Cut& c, const Piece& piece, const float* x) {
  const Conv2d& p = c.p;
  const int64_t plane = p.in_h * p.in_w;
  const float* from = x + piece.n0 * p.in_c * plane;
  Pixels result;
  const int64_t rows = piece.i1 - piece.i0;
  result.channel = c.x_channel(c.piece_rows);
  result.image = p.in_c * result.channel;
  if (c.in_place) {
    const int64_t skipped = piece.i0 * p.stride_h * p.in_w;
    result.origin = from + skipped;
    result.readable = (p.n - piece.n0 - piece.images + 1) * p.in_c * plane - skipped;
    return result;
  }
  float* padded = workspace<float>(Workspace::kPackedA, piece.images * result.image + kSlack);
  const int64_t grain = std::max<int64_t>(1, 32768 / result.channel);
  parallel_for(piece.images * p.in_c, grain, [&](int64_t begin, int64_t end) {
    ConvPad k{};
    k.x = from + begin * plane;
    k.channels = end - begin;
    k.height = p.in_h;
    k.width = p.in_w;
    k.row0 = piece.i0 * p.stride_h - p.pad_h;
    k.rows = c.x_rows(rows);
    k.lead = c.lead;
    k.pitch = c.pitch;
    k.out = padded + begin * result.channel;
    k.out_channel = result.channel;
    kernels::tables().conv.pad(k);
  });
  result.origin = padded;
  result.readable = result.image + kSlack;
  return result;
}

// Where the window of kernel row a that begins at column b stands, for output pixel (0, 0).
int32_t window_at(const Cut& c, int64_t channel, int64_t a, int64_t b) {
  return static_cast<int32_t>(channel + a * c.p.dil_h * c.pitch + b * c.p.dil_w);
}

void by_dots(const Conv2d& p, const float* x, const float* dy, float* dw) {
  const ConvTable& table = kernels::tables().conv;
  const int64_t in_c = p.in_c / p.groups, out_c = p.out_c / p.groups;
  const int64_t count = in_c * p.k_h * p.k_w, plane = p.out_h * p.out_w;
  const int64_t group_sums = table.dot_sums(out_c, count);
  const Cut cut = cut_of(p, p.out_c, kDotBytes, p.groups * group_sums);
  float* sums =
      workspace<float>(Workspace::kConvert, cut.parts * p.groups * group_sums + count + 64);
  int32_t* taps = reinterpret_cast<int32_t*>(sums + cut.parts * p.groups * group_sums);
  const int64_t channel = cut.x_channel(cut.piece_rows);
  for (int64_t c = 0, k = 0; c < in_c; ++c)
    for (int64_t a = 0; a < p.k_h; ++a)
      for (int64_t b = 0; b < p.k_w; ++b) taps[k++] = window_at(cut, c * channel, a, b);

  each_piece(cut, sums, p.groups * group_sums, [&](float* to, const Piece& piece, bool first) {
    const int64_t rows = piece.i1 - piece.i0;
    const Pixels pixels = pixels_of(cut, piece, x);
    const int64_t group_dy = table.packed_rows(out_c, rows, p.out_w);
    float* packed = workspace<float>(Workspace::kPackedB, p.groups * group_dy * piece.images);
    for (int64_t n = 0; n < piece.images; ++n)
      for (int64_t g = 0; g < p.groups; ++g)
        table.pack_rows(packed + (n * p.groups + g) * group_dy,
                        dy + ((piece.n0 + n) * p.out_c + g * out_c) * plane + piece.i0 * p.out_w,
                        plane, out_c, rows, p.out_w);
    for (int64_t g = 0; g < p.groups; ++g) {
      ConvDots k{};
      k.x = pixels.origin + g * in_c * pixels.channel;
      k.x_image = pixels.image;
      k.x_row = cut.pitch * p.stride_h;
      k.dy = packed + g * group_dy;
      k.dy_image = p.groups * group_dy;
      k.images = piece.images;
      k.rows = rows;
      k.columns = p.out_w;
      k.out_channels = out_c;
      k.taps = taps;
      k.tap_count = count;
      k.sums = to + g * group_sums;
      k.first = first;
      k.readable = pixels.readable - g * in_c * pixels.channel;
      table.dots(k);
    }
  });
  for (int64_t g = 0; g < p.groups; ++g)
    table.finish_dots(dw + g * out_c * count, sums + g * group_sums, out_c, count);
}

// Runs of `width` taps that cover a kernel row, the last one shifted back to end with it.
struct Runs {
  int64_t width, count;
  int64_t begin(int64_t i, int64_t k_w) const { return std::min(i * width, k_w - width); }
};

Runs runs_of(int64_t k_w, int64_t dilation) {
  const int known = kernels::tables().conv.outer_widths;
  Runs best{1, k_w};
  if (dilation != 1) return best;
  for (int64_t width = 1; width <= 7; ++width) {
    if ((known >> width & 1) == 0 || width > k_w) continue;
    const int64_t count = ceil_div(k_w, width);
    if (count * width < best.count * best.width ||
        (count * width == best.count * best.width && width > best.width))
      best = {width, count};
  }
  return best;
}

void by_outer_products(const Conv2d& p, const float* x, const float* dy, float* dw) {
  const ConvTable& table = kernels::tables().conv;
  const int64_t in_c = p.in_c / p.groups, out_c = p.out_c / p.groups;
  const int64_t plane = p.out_h * p.out_w, taps = p.k_h * p.k_w;
  const int64_t panel = 2 * table.lanes, panels = ceil_div(out_c, panel);
  const int64_t lanes = round_up(out_c, table.lanes);  // of one group
  const Runs runs = runs_of(p.k_w, p.dil_w);
  const int64_t rows = in_c * p.k_h * runs.count, group_sums = rows * runs.width * lanes;
  const Cut cut = cut_of(p, p.groups * lanes, kOuterBytes, p.groups * group_sums);
  float* sums =
      workspace<float>(Workspace::kConvert, cut.parts * p.groups * group_sums + rows + 64);
  int32_t* windows = reinterpret_cast<int32_t*>(sums + cut.parts * p.groups * group_sums);
  const int64_t channel = cut.x_channel(cut.piece_rows);
  for (int64_t c = 0, r = 0; c < in_c; ++c)
    for (int64_t a = 0; a < p.k_h; ++a)
      for (int64_t i = 0; i < runs.count; ++i)
        windows[r++] = window_at(cut, c * channel, a, runs.begin(i, p.k_w));

  each_piece(cut, sums, p.groups * group_sums, [&](float* to, const Piece& piece, bool first) {
    const int64_t here = piece.i1 - piece.i0, pixel_count = here * p.out_w;
    const Pixels pixels = pixels_of(cut, piece, x);
    const int64_t image_dy = p.groups * lanes * pixel_count;
    float* packed = workspace<float>(Workspace::kPackedB, image_dy * piece.images + kSlack);
    const int64_t packs = p.groups * panels;
    parallel_for(piece.images * packs, std::max<int64_t>(1, 16384 / (panel * pixel_count)),
                 [&](int64_t begin, int64_t end) {
                   for (int64_t u = begin; u < end; ++u) {
                     const int64_t n = u / packs, g = u % packs / panels, q = u % panels;
                     const int64_t o = q * panel;
                     table.pack_grad(packed + n * image_dy + (g * lanes + o) * pixel_count,
                                     dy + ((piece.n0 + n) * p.out_c + g * out_c + o) * plane +
                                         piece.i0 * p.out_w,
                                     plane, std::min(panel, out_c - o), pixel_count);
                   }
                 });
    // chunks of whole tiles
    const int64_t tile = std::max<int64_t>(1, table.outer_sums / (2 * runs.width));
    const double row_flops = 2.0 * static_cast<double>(pixel_count * piece.images * panel) *
                             static_cast<double>(runs.width);
    const int64_t grain =
        round_up(std::max<int64_t>(1, static_cast<int64_t>(kChunkFlops / row_flops)), 4 * tile);
    const int64_t chunks = ceil_div(rows, grain);
    parallel_for(packs * chunks, 1, [&](int64_t begin, int64_t end) {
      for (int64_t u = begin; u < end; ++u) {
        const int64_t chunk = u % chunks, q = u / chunks % panels, g = u / chunks / panels;
        ConvOuter k{};
        k.x = pixels.origin + g * in_c * pixels.channel;
        k.x_image = pixels.image;
        k.x_row = cut.pitch * p.stride_h;
        k.x_step = p.stride_w;
        k.dy = packed + (g * lanes + q * panel) * pixel_count;
        k.dy_image = image_dy;
        k.images = piece.images;
        k.rows = here;
        k.columns = p.out_w;
        k.windows = windows;
        k.r0 = chunk * grain;
        k.r1 = std::min(rows, k.r0 + grain);
        k.width = static_cast<int>(runs.width);
        k.vectors = static_cast<int>(std::min(panel, lanes - q * panel) / table.lanes);
        k.dw = to + g * group_sums + q * panel * rows * runs.width;
        k.accumulate = !first;
        table.outer(k);
      }
    });
  });

  const int64_t grain = std::max<int64_t>(1, 65536 / (panel * rows * runs.width));
  parallel_for(p.groups * panels, grain, [&](int64_t begin, int64_t end) {
    for (int64_t u = begin; u < end; ++u) {
      const int64_t q = u % panels, g = u / panels;
      const int64_t width = std::min(panel, lanes - q * panel);
      const float* s = sums + g * group_sums + q * panel * rows * runs.width;
      float* out = dw + (g * out_c + q * panel) * in_c * taps;
      const int64_t here = std::min(panel, out_c - q * panel);
      if (runs.count * runs.width == p.k_w) {
        table.unpack_dw(out, in_c * taps, s, width, here, in_c * taps);
        continue;
      }
      for (int64_t r = 0; r < in_c * p.k_h; ++r)
        for (int64_t i = 0; i < runs.count; ++i)
          table.unpack_dw(out + r * p.k_w + runs.begin(i, p.k_w), in_c * taps,
                          s + (r * runs.count + i) * runs.width * width, width, here, runs.width);
    }
  });
}

// Cycles of one weight, roughly: dots leave the last lanes of each row of dy empty and add up lanes
// in the end, outer products leave the last channels empty and pack dy.
bool prefers_dots(const Conv2d& p) {
  if (p.stride_w != 1) return false;
  const int64_t whole = kernels::tables().conv.lanes, out_c = p.out_c / p.groups;
  const double depth = static_cast<double>(p.in_c / p.groups * p.k_h * p.k_w);
  const double rows = static_cast<double>(p.n * p.out_h);
  const double pixels = rows * static_cast<double>(p.out_w);
  const double channel_fill =
      static_cast<double>(out_c) / static_cast<double>(round_up(out_c, whole));
  const double bytes =
      4 * static_cast<double>(p.n * (p.in_c * p.in_h * p.in_w + p.out_c * p.out_h * p.out_w));
  const double dots =
      0.6 * rows * static_cast<double>(ceil_div(p.out_w, whole)) + 4 + 2 * bytes / kDotBytes;
  const double outer =
      pixels * (0.52 / static_cast<double>(whole) + 0.4 / depth) / channel_fill + 1;
  return (out_c >= 3 ? 1 : 2) * dots < outer;
}

}  // namespace

bool conv_direct_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw) {
  if (p.n == 0 || p.out_h == 0 || p.out_w == 0 || p.in_c == 0 || p.out_c == 0) return false;
  if (p.pad_h < 0 || p.pad_w < 0 || std::max(p.pad_h, p.pad_w) > kMostReach ||
      std::max(p.dil_h * (p.k_h - 1), p.dil_w * (p.k_w - 1)) > kMostReach)
    return false;
  if (p.k_h * p.k_w == 1 && p.stride_h == 1 && p.stride_w == 1) return false;
  if (p.in_c * (p.in_h + 2 * p.pad_h + 64) * (p.in_w + 2 * p.pad_w + 64) >= INT32_MAX) return false;
  const int64_t pixels = p.n * p.out_h * p.out_w;
  const int64_t weights = p.out_c * (p.in_c / p.groups) * p.k_h * p.k_w;
  if (pixels <= 32 && weights > 32768) return false;
  const int64_t depth = p.in_c / p.groups * p.k_h * p.k_w;
  if (depth < 8 && p.out_c / p.groups >= 16) return false;  // does not pay for packing
  if (prefers_dots(p)) {
    by_dots(p, x, dy, dw);
    return true;
  }
  if (depth < 8) return false;
  by_outer_products(p, x, dy, dw);
  return true;
}

}  // namespace nabla::ops
