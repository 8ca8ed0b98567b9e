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

constexpr double kChunkFlops = 1.2e6;
constexpr int64_t kSlack = 128;
// Bytes of x and dy that are made ready at a time. A fixed number: the order of additions follows
// from it.
constexpr int64_t kBlockBytes = 1 << 20;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t b) { return ceil_div(a, b) * b; }

// x with its border of zeros, or as it is where no tap reaches outside.
struct Images {
  bool in_place;
  int64_t rows, lead, pitch, channel, image;
};

Images images_of(const Conv2d& p) {
  Images im;
  const int64_t reach_h = (p.out_h - 1) * p.stride_h + (p.k_h - 1) * p.dil_h - p.pad_h + 1;
  const int64_t reach_w = (p.out_w - 1) * p.stride_w + (p.k_w - 1) * p.dil_w - p.pad_w + 1;
  im.in_place = p.pad_h <= 0 && p.pad_w <= 0 && reach_h <= p.in_h && reach_w <= p.in_w;
  if (im.in_place) {
    im.rows = p.in_h;
    im.lead = 0;
    im.pitch = p.in_w;
    im.channel = p.in_h * p.in_w;
  } else {
    im.rows = p.pad_h + std::max(reach_h, p.in_h);
    im.lead = std::max<int64_t>(p.pad_w, 0);
    im.pitch = p.in_w + std::max(im.lead, reach_w - p.in_w);
    im.channel = round_up(im.lead + im.rows * im.pitch, 16);
    if (im.channel % 1024 == 0) im.channel += 16;
  }
  im.image = p.in_c * im.channel;
  return im;
}

void pad_image(const Conv2d& p, const Images& im, const float* x, float* out) {
  ConvPad k{};
  k.x = x;
  k.channels = p.in_c;
  k.height = p.in_h;
  k.width = p.in_w;
  k.row0 = -p.pad_h;
  k.rows = im.rows;
  k.lead = im.lead;
  k.pitch = im.pitch;
  k.out = out;
  k.out_channel = im.channel;
  kernels::tables().conv.pad(k);
}

double image_flops(const Conv2d& p) {
  return 2.0 * static_cast<double>(p.out_h * p.out_w * p.out_c * (p.in_c / p.groups)) *
         static_cast<double>(p.k_h * p.k_w);
}

// Where the window of kernel row a that begins at column b starts, for output pixel (0, 0).
int32_t window_at(const Conv2d& p, const Images& im, int64_t c, int64_t a, int64_t b) {
  const int64_t row0 = im.in_place ? -p.pad_h : 0,
                column0 = im.in_place ? -p.pad_w : im.lead - p.pad_w;
  return static_cast<int32_t>(c * im.channel + (a * p.dil_h + row0) * im.pitch + column0 +
                              b * p.dil_w);
}

int64_t images_of_block(const Conv2d& p, int64_t image_floats) {
  return std::clamp<int64_t>(kBlockBytes / (4 * std::max<int64_t>(image_floats, 1)), 1, p.n);
}

void by_dots(const Conv2d& p, const Images& im, const float* x, const float* dy, float* dw) {
  const ConvTable& table = kernels::tables().conv;
  const int64_t in_c = p.in_c / p.groups, out_c = p.out_c / p.groups;
  const int64_t count = in_c * p.k_h * p.k_w, plane = p.out_h * p.out_w;
  const int64_t block = images_of_block(p, im.image + p.out_c * plane);
  int32_t* taps = workspace<int32_t>(Workspace::kConvert, count);
  for (int64_t c = 0, k = 0; c < in_c; ++c)
    for (int64_t a = 0; a < p.k_h; ++a)
      for (int64_t b = 0; b < p.k_w; ++b) taps[k++] = window_at(p, im, c, a, b);
  float* padded =
      im.in_place ? nullptr : workspace<float>(Workspace::kPackedA, block * im.image + kSlack);
  for (int64_t n0 = 0; n0 < p.n; n0 += block) {
    const int64_t images = std::min(block, p.n - n0);
    const float* from = x + n0 * p.in_c * p.in_h * p.in_w;
    if (!im.in_place)
      parallel_for(images, std::max<int64_t>(1, 65536 / im.image), [&](int64_t begin, int64_t end) {
        for (int64_t n = begin; n < end; ++n)
          pad_image(p, im, from + n * p.in_c * p.in_h * p.in_w, padded + n * im.image);
      });
    // a multiple of any tile's taps
    const int64_t grain = round_up(
        std::max<int64_t>(
            1, static_cast<int64_t>(kChunkFlops * count * p.groups / (image_flops(p) * images))),
        12);
    const int64_t chunks = ceil_div(count, grain);
    parallel_for(p.groups * chunks, 1, [&](int64_t begin, int64_t end) {
      for (int64_t u = begin; u < end; ++u) {
        const int64_t g = u / chunks, chunk = u % chunks;
        ConvDots k{};
        k.x = (im.in_place ? from : padded) + g * in_c * im.channel;
        k.x_image = im.image;
        k.x_row = im.pitch * p.stride_h;
        k.dy = dy + (n0 * p.out_c + g * out_c) * plane;
        k.dy_image = p.out_c * plane;
        k.dy_channel = plane;
        k.images = images;
        k.rows = p.out_h;
        k.columns = p.out_w;
        k.out_channels = out_c;
        k.taps = taps;
        k.k0 = chunk * grain;
        k.k1 = std::min(count, (chunk + 1) * grain);
        k.dw = dw + g * out_c * count;
        k.dw_row = count;
        k.accumulate = n0 > 0;
        const int64_t left = n0 + images == p.n ? 0 : kSlack;
        k.x_readable = im.image - g * in_c * im.channel + (im.in_place ? left : kSlack);
        k.dy_readable = (p.out_c - g * out_c) * plane + left;
        table.dots(k);
      }
    });
  }
}

// Runs of `width` taps that cover a kernel row, the last one shifted back to end with it.
struct Runs {
  int64_t width, count;
  int64_t begin(int64_t i, int64_t k_w) const { return std::min(i * width, k_w - width); }
};

Runs runs_of(int64_t k_w) {
  const int known = kernels::tables().conv.outer_widths;
  Runs best{1, k_w};
  for (int64_t width = 1; width <= 7; ++width) {
    if ((known >> width & 1) == 0 || width > k_w) continue;
    const int64_t count = ceil_div(k_w, width);
    if (count * width < best.count * best.width ||
        (count * width == best.count * best.width && width > best.width))
      best = {width, count};
  }
  return best;
}

void by_outer_products(const Conv2d& p, const Images& im, const float* x, const float* dy,
                       float* dw) {
  const ConvTable& table = kernels::tables().conv;
  const int64_t in_c = p.in_c / p.groups, out_c = p.out_c / p.groups;
  const int64_t plane = p.out_h * p.out_w, x_plane = p.in_h * p.in_w;
  const int64_t panel = 2 * table.lanes, panels = ceil_div(out_c, panel);
  const int64_t lanes = round_up(out_c, table.lanes);  // of one group
  const int64_t grad_image = p.groups * lanes * plane;
  const int64_t block = images_of_block(p, im.image + grad_image);
  const Runs runs = runs_of(p.k_w);
  const int64_t rows = in_c * p.k_h * runs.count, taps = p.k_h * p.k_w;

  float* grads = workspace<float>(Workspace::kPackedB, block * grad_image + kSlack);
  float* padded =
      im.in_place ? nullptr : workspace<float>(Workspace::kPackedA, block * im.image + kSlack);
  const int64_t sums = rows * runs.width * lanes;
  char* memory = workspace<char>(Workspace::kConvert, (p.groups * sums + rows + 64) * 4);
  float* packed = reinterpret_cast<float*>(memory);
  int32_t* windows = reinterpret_cast<int32_t*>(packed + p.groups * sums);
  for (int64_t c = 0, r = 0; c < in_c; ++c)
    for (int64_t a = 0; a < p.k_h; ++a)
      for (int64_t i = 0; i < runs.count; ++i)
        windows[r++] = window_at(p, im, c, a, runs.begin(i, p.k_w));

  for (int64_t n0 = 0; n0 < p.n; n0 += block) {
    const int64_t images = std::min(block, p.n - n0);
    const float* from = x + n0 * p.in_c * x_plane;
    const int64_t ready = std::max<int64_t>(1, 65536 / (im.image + grad_image));
    parallel_for(images, ready, [&](int64_t begin, int64_t end) {
      for (int64_t n = begin; n < end; ++n) {
        if (!im.in_place) pad_image(p, im, from + n * p.in_c * x_plane, padded + n * im.image);
        for (int64_t g = 0; g < p.groups; ++g)
          for (int64_t o = 0; o < out_c; o += panel)
            table.pack_grad(grads + n * grad_image + (g * lanes + o) * plane,
                            dy + ((n0 + n) * p.out_c + g * out_c + o) * plane, plane,
                            std::min(panel, out_c - o), plane);
      }
    });
    const double panel_flops = image_flops(p) * images / static_cast<double>(p.groups * panels);
    int64_t grain = std::max<int64_t>(
        1, static_cast<int64_t>(4 * kChunkFlops * static_cast<double>(rows) / panel_flops));
    grain = round_up(std::min(grain, rows), 12);
    const int64_t chunks = ceil_div(rows, grain);
    parallel_for(p.groups * panels * chunks, 1, [&](int64_t begin, int64_t end) {
      for (int64_t u = begin; u < end; ++u) {
        const int64_t chunk = u % chunks, q = u / chunks % panels, g = u / chunks / panels;
        ConvOuter k{};
        k.x = (im.in_place ? from : padded) + g * in_c * im.channel;
        k.x_image = im.image;
        k.x_row = im.pitch * p.stride_h;
        k.x_step = p.stride_w;
        k.dy = grads + (g * lanes + q * panel) * plane;
        k.dy_image = grad_image;
        k.images = images;
        k.rows = p.out_h;
        k.columns = p.out_w;
        k.windows = windows;
        k.r0 = chunk * grain;
        k.r1 = std::min(rows, (chunk + 1) * grain);
        k.width = static_cast<int>(runs.width);
        k.vectors = static_cast<int>(std::min(panel, lanes - q * panel) / table.lanes);
        k.dw = packed + g * sums + q * panel * rows * runs.width;
        k.accumulate = n0 > 0;
        table.outer(k);
      }
    });
  }

  const int64_t grain = std::max<int64_t>(1, 65536 / (panel * rows * runs.width));
  parallel_for(p.groups * panels, grain, [&](int64_t begin, int64_t end) {
    for (int64_t u = begin; u < end; ++u) {
      const int64_t q = u % panels, g = u / panels;
      const int64_t width = std::min(panel, lanes - q * panel);
      const float* s = packed + g * sums + q * panel * rows * runs.width;
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

// Dots leave the last lanes of each row of dy empty, outer products the last channels.
bool prefers_dots(const Conv2d& p) {
  if (p.stride_w != 1) return false;
  const int64_t lanes = kernels::tables().conv.lanes, out_c = p.out_c / p.groups;
  const double dots = static_cast<double>(p.out_w) / round_up(p.out_w, lanes);
  const double outer = static_cast<double>(out_c) / round_up(out_c, lanes);
  return (out_c >= 3 ? 1.0 : 0.5) * dots > outer;
}

}  // namespace

bool conv_direct_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw) {
  if (p.n == 0 || p.out_h == 0 || p.out_w == 0 || p.in_c == 0 || p.out_c == 0) return false;
  if (p.pad_h < 0 || p.pad_w < 0) return false;
  const Images im = images_of(p);
  if (im.image >= INT32_MAX) return false;
  const bool dots = prefers_dots(p);
  if (!dots && (p.dil_w != 1 || p.k_w > 16)) return false;
  if (dots)
    by_dots(p, im, x, dy, dw);
  else
    by_outer_products(p, im, x, dy, dw);
  return true;
}

}  // namespace nabla::ops
