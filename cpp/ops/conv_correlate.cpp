#include "ops/conv_correlate.h"

#include <algorithm>

#include "kernels/tables.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

using kernels::ConvChannels;
using kernels::ConvPack;
using kernels::ConvPad;
using kernels::ConvPixels;
using kernels::ConvTable;
using kernels::ConvTap;
using kernels::ConvVector;

constexpr int64_t kSlack = 128;  // floats behind a padded block that may be read or written
constexpr int64_t kMostFlatTaps = 512;
constexpr int64_t kLeastPixels = 128;  // that pay for packing large weights
constexpr double kChunkFlops = 1.2e6;
// Images of a unit whose rows of equal number share a tile, so that none multiplies a border of
// zeros.
constexpr int64_t kImagesOfUnit = 4;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t b) { return ceil_div(a, b) * b; }

// A workspace that lies in huge pages from 32 kB on: rows of many channels miss few TLB entries
// then.
template <class T>
T* scratch(Workspace slot, int64_t count) {
  const int64_t size = count * static_cast<int64_t>(sizeof(T));
  const int64_t bytes = size > 32768 ? std::max<int64_t>(size, 512 << 10) : size;
  return static_cast<T*>(workspace_bytes(slot, static_cast<size_t>(bytes)));
}

// Where the rows of a unit stand: (row, column) of channel c at origin[c * channel + row * pitch +
// column].
struct Block {
  bool in_place;
  int64_t top, left;      // least row and column that a tap reaches, relative to its pixel
  int64_t bottom, right;  // and greatest
  int64_t lead, pitch;
};

struct Plan {
  Correlation c;
  Block block;
  Phase* phases;
  int64_t phase_count;
  bool by_channels;
  int64_t unit_images, unit_rows;  // rows of a phase
  int64_t max_phase_h, max_phase_w;
};

// Of kernel rows of `phase`, those that meet the image from output row i on: [first, last).
void meeting_rows(const Phase& phase, const Correlation& c, int64_t i, int32_t* first,
                  int32_t* last) {
  int32_t a = 0, b = static_cast<int32_t>(phase.k_h);
  const int64_t row = i * c.step_h;
  auto outside = [&](int32_t k) {
    const int64_t at = row + phase.row_at[k];
    return at < 0 || at >= c.in_h;
  };
  while (a < b && outside(a)) ++a;
  while (b > a && outside(b - 1)) --b;
  *first = a;
  *last = b;
}

Block block_of(const Correlation& c, const Phase* phases, int64_t count) {
  Block b{};
  b.top = b.left = INT32_MAX;
  b.bottom = b.right = INT32_MIN;
  int64_t low_w = 0, high_w = 0, low_h = 0, high_h = 0;
  for (int64_t q = 0; q < count; ++q) {
    const Phase& phase = phases[q];
    if (phase.taps() == 0) continue;
    const auto [t0, t1] = std::minmax_element(phase.row_at, phase.row_at + phase.k_h);
    const auto [l0, l1] = std::minmax_element(phase.col_at, phase.col_at + phase.k_w);
    b.top = std::min<int64_t>(b.top, *t0);
    b.bottom = std::max<int64_t>(b.bottom, *t1);
    b.left = std::min<int64_t>(b.left, *l0);
    b.right = std::max<int64_t>(b.right, *l1);
    low_h = std::min<int64_t>(low_h, *t0);
    high_h = std::max(high_h, (phase.out_h - 1) * c.step_h + *t1 - c.in_h + 1);
    low_w = std::min<int64_t>(low_w, *l0);
    high_w = std::max(high_w, (phase.out_w - 1) * c.step_w + *l1 - c.in_w + 1);
  }
  b.in_place = low_h == 0 && high_h == 0 && low_w == 0 && high_w == 0;
  b.lead = -low_w;
  b.pitch = c.in_w + std::max(-low_w, high_w);
  return b;
}

// Whether the pixels of `rows` rows are read as one stream over the row ends, which are left out at
// the store: where vectors of single rows would leave many lanes empty.
bool streams(const Plan& plan, const Phase& phase, int64_t rows, int64_t y_row) {
  const int64_t lanes = kernels::tables().conv.lanes;
  const int64_t length = (rows - 1) * plan.block.pitch + phase.out_w;
  return y_row == phase.out_w && phase.out_w <= plan.block.pitch && plan.c.step_h == 1 &&
         ceil_div(length, lanes) * 10 < rows * ceil_div(phase.out_w, lanes) * 9;
}

// Whether each tile has the same row of several images and nothing else, so that it reads no row
// outside of the image.
bool single_rows(const Plan& plan, int64_t images, int64_t rows) {
  const ConvTable& table = kernels::tables().conv;
  const Phase& phase = plan.phases[0];
  return !plan.by_channels && plan.phase_count == 1 && images % table.pixel_vectors == 0 &&
         phase.out_w <= table.lanes && !streams(plan, phase, rows, phase.out_w);
}

// The vectors of rows [i0, i1) of `images` images: the same row of all images side by side, or one
// stream.
template <class Meet>
int64_t list_vectors(ConvVector* out, const Plan& plan, const Phase& phase, int64_t i0, int64_t i1,
                     int64_t images, int64_t x_image, int64_t y_image, int64_t y_row, Meet&& meet) {
  const int64_t lanes = kernels::tables().conv.lanes;
  const int64_t pitch = plan.block.pitch, rows = i1 - i0, width = phase.out_w;
  const int64_t length = (rows - 1) * pitch + width;
  int64_t count = 0;
  if (streams(plan, phase, rows, y_row)) {
    for (int64_t n = 0; n < images; ++n) {
      for (int64_t at = 0; at < length; at += lanes) {
        ConvVector& v = out[count];
        v.lanes = 0;
        int64_t column = at % pitch, row = at / pitch;
        v.x = static_cast<int32_t>(n * x_image + at);
        v.y = static_cast<int32_t>(n * y_image + row * width + std::min(column, width));
        meet(i0 + row, &v.first, &v.last);
        for (int64_t l = 0; l < lanes && at + l < length; ++l) {
          if (column < width) v.lanes |= 1u << l;
          if (++column == pitch) {
            column = 0;
            ++row;
            if (row == rows) break;
            int32_t first, last;
            meet(i0 + row, &first, &last);
            v.first = std::min(v.first, first);
            v.last = std::max(v.last, last);
          }
        }
        if (v.lanes != 0) ++count;
      }
    }
    return count;
  }
  for (int64_t i = i0; i < i1; ++i) {
    int32_t first, last;
    meet(i, &first, &last);
    for (int64_t n = 0; n < images; ++n) {
      for (int64_t j = 0; j < width; j += lanes) {
        ConvVector& v = out[count++];
        v.x = static_cast<int32_t>(n * x_image + (i - i0) * pitch + j);
        v.y = static_cast<int32_t>(n * y_image + (i - i0) * y_row + j);
        v.lanes = (1u << std::min(lanes, width - j)) - 1;
        v.first = first;
        v.last = last;
      }
    }
  }
  return count;
}

// Memory of one unit: the padded block, then the phases of y, then the small lists.
template <class T>
T* carve(char*& at, int64_t count) {
  T* result = reinterpret_cast<T*>(at);
  at += round_up(count * static_cast<int64_t>(sizeof(T)), 64);
  return result;
}

// The stride of channels in a padded block, away from multiples of 4096 bytes.
int64_t padded_channel(const Block& b, int64_t rows) {
  const int64_t size = round_up(b.lead + rows * b.pitch, 16);
  return size % 1024 == 0 ? size + 16 : size;
}

// One phase of images [n0, n0 + images), rows [i0, i1), from the block whose origin is the pixel of
// row i0.
struct Source {
  const float* origin;
  int64_t channel, image, readable;
};

void run_phase(const Plan& plan, const Phase& phase, const float* packed, int64_t g, int64_t i0,
               int64_t i1, int64_t images, const Source& src, float* y, int64_t y_row,
               int64_t y_channel, int64_t y_image, char* lists) {
  const ConvTable& table = kernels::tables().conv;
  const Correlation& c = plan.c;
  // Where no tap meets a border and the weights of all channels stand side by side, the channels
  // are just more taps: one long loop.
  const bool flat = plan.block.in_place && phase.w_channel == phase.taps() &&
                    c.in_c * phase.taps() <= kMostFlatTaps;
  const int64_t channels = flat ? 1 : c.in_c, channel_taps = c.in_c / channels * phase.taps();
  const int64_t row_taps = flat ? channel_taps : phase.k_w;
  int32_t* taps = carve<int32_t>(lists, channel_taps + 1);
  taps[0] = 0;
  for (int64_t i = 0, t = 0; t < channel_taps; ++i)
    for (int64_t a = 0; a < phase.k_h; ++a)
      for (int64_t b = 0; b < phase.k_w; ++b)
        taps[t++] = static_cast<int32_t>(i * src.channel + phase.row_at[a] * plan.block.pitch +
                                         phase.col_at[b]);
  const int32_t reach = *std::max_element(taps, taps + std::max<int64_t>(channel_taps, 1));
  auto meet = [&](int64_t i, int32_t* first, int32_t* last) {
    meeting_rows(phase, c, i, first, last);
    if (flat) *last = 1;
  };
  const float* bias = c.bias ? c.bias + g * c.out_c : nullptr;
  if (plan.by_channels) {
    ConvChannels k{};
    k.x_channel = src.channel;
    k.channels = channels;
    k.x_row = c.step_h * plan.block.pitch;
    k.x_step = c.step_w;
    k.taps = taps;
    k.row_taps = row_taps;
    k.tap_count = channel_taps;
    k.w = packed;
    k.bias = bias;
    k.y_channel = y_channel;
    k.y_row = y_row;
    k.out_channels = c.out_c;
    k.rows = i1 - i0;
    k.columns = phase.out_w;
    int32_t* ranges = carve<int32_t>(lists, 2 * k.rows);
    for (int64_t i = 0; i < k.rows; ++i) meet(i0 + i, ranges + i, ranges + k.rows + i);
    k.first = ranges;
    k.last = ranges + k.rows;
    for (int64_t n = 0; n < images; ++n) {
      k.x = src.origin + n * src.image;
      k.y = y + n * y_image;
      table.channels(k, 0, ceil_div(c.out_c, table.panel_width));
    }
    return;
  }
  ConvPixels k{};
  k.x = src.origin;
  k.x_channel = src.channel;
  k.channels = channels;
  k.readable = src.readable;
  k.taps = taps;
  k.row_taps = row_taps;
  k.reach = reach;
  k.w = phase.w + g * phase.w_group;
  k.w_row = phase.w_row;
  k.w_channel = phase.w_channel;
  k.bias = bias;
  k.y = y;
  k.y_channel = y_channel;
  k.out_channels = c.out_c;
  ConvVector* vectors = carve<ConvVector>(lists, 0);
  k.count = list_vectors(vectors, plan, phase, i0, i1, images, src.image, y_image, y_row, meet);
  k.vectors = vectors;
  table.pixels(k);
}

int64_t list_bytes(const Plan& plan) {
  const int64_t vectors = plan.unit_images * plan.unit_rows *
                          ceil_div(plan.max_phase_w + 16, kernels::tables().conv.lanes);
  return 4096 + vectors * static_cast<int64_t>(sizeof(ConvVector)) + plan.unit_rows * 8 +
         std::max<int64_t>(kMostTaps * kMostTaps, kMostFlatTaps) * 4;
}

// Images [n0, n0 + images) of group g, rows [i0, i1) of each phase.
void run_unit(const Plan& plan, const float* packed, int64_t packed_group, int64_t n0,
              int64_t images, int64_t g, int64_t i0, int64_t i1) {
  const ConvTable& table = kernels::tables().conv;
  const Correlation& c = plan.c;
  const Block& b = plan.block;
  const int64_t in_plane = c.in_h * c.in_w, out_plane = c.out_h * c.out_w;
  const int64_t x_image = c.groups * c.in_c * in_plane, y_image = c.groups * c.out_c * out_plane;
  const float* x = c.x + n0 * x_image + g * c.in_c * in_plane;
  float* y = c.y + n0 * y_image + g * c.out_c * out_plane;

  // rows of x that are read
  int64_t low = i0 * c.step_h + b.top, high = (i1 - 1) * c.step_h + b.bottom + 1;
  if (single_rows(plan, images, i1 - i0)) {
    low = std::max<int64_t>(low, 0);
    high = std::max(std::min(high, c.in_h), low + 1);
  }
  const int64_t rows = high - low;
  const int64_t channel = padded_channel(b, rows), image = c.in_c * channel;
  const bool phased = c.phases_h * c.phases_w > 1;
  const int64_t phase_size = phased ? plan.unit_rows * plan.max_phase_w : 0;
  const int64_t phase_image = c.out_c * plan.phase_count * phase_size;
  const int64_t copied = b.in_place ? 0 : images * image + kSlack;
  char* memory =
      scratch<char>(Workspace::kRows, (copied + images * phase_image) * 4 + 128 + list_bytes(plan));
  float* padded = carve<float>(memory, copied);
  float* out = carve<float>(memory, images * phase_image);

  Source src;
  if (b.in_place) {
    src.channel = in_plane;
    src.image = x_image;
    src.origin = x + i0 * c.step_h * c.in_w;
    src.readable = c.x + c.n * x_image - src.origin;
  } else {
    ConvPad k{};
    k.channels = c.in_c;
    k.height = c.in_h;
    k.width = c.in_w;
    k.row0 = low;
    k.rows = rows;
    k.lead = b.lead;
    k.pitch = b.pitch;
    k.out_channel = channel;
    for (int64_t n = 0; n < images; ++n) {
      k.x = x + n * x_image;
      k.out = padded + n * image;
      table.pad(k);
    }
    src.channel = channel;
    src.image = image;
    src.origin = padded + b.lead + (i0 * c.step_h - low) * b.pitch;
    src.readable = padded + copied - src.origin;
  }
  if (!phased) {
    run_phase(plan, plan.phases[0], packed + g * packed_group, g, i0, i1, images, src,
              y + i0 * c.out_w, c.out_w, out_plane, y_image, memory);
    return;
  }
  const float* panel = packed + g * packed_group;
  for (int64_t q = 0; q < plan.phase_count; ++q) {
    const Phase& phase = plan.phases[q];
    const int64_t last = std::min(i1, phase.out_h);
    if (last > i0)
      run_phase(plan, phase, panel, g, i0, last, images, src, out + q * phase_size,
                plan.max_phase_w, plan.phase_count * phase_size, phase_image, memory);
    panel += round_up(c.out_c, table.lanes) * c.in_c * phase.taps();
  }
  for (int64_t n = 0; n < images; ++n)
    for (int64_t o = 0; o < c.out_c; ++o)
      for (int64_t i = i0 * c.phases_h; i < std::min(i1 * c.phases_h, c.out_h); ++i) {
        const int64_t ph = i % c.phases_h, row = i / c.phases_h - i0;
        table.join_phases(y + n * y_image + o * out_plane + i * c.out_w, c.out_w,
                          out + n * phase_image +
                              (o * plan.phase_count + ph * c.phases_w) * phase_size +
                              row * plan.max_phase_w,
                          phase_size, c.phases_w);
      }
}

// Cycles of the two kernels for all channels of one image, roughly, with two multiply-adds or two
// loads a cycle; a load that crosses a cache line counts twice.
double pixel_cycles(const Correlation& c, const Phase& phase, const Block& b) {
  const ConvTable& table = kernels::tables().conv;
  const int64_t lanes = table.lanes;
  const int64_t by_rows = phase.out_h * ceil_div(phase.out_w, lanes);
  const int64_t stream = ceil_div((phase.out_h - 1) * b.pitch + phase.out_w, lanes);
  const double vectors = static_cast<double>(
      phase.out_w <= b.pitch && c.phases_w == 1 ? std::min(by_rows, stream) : by_rows);
  const double nv = table.pixel_vectors, depth = static_cast<double>(c.in_c * phase.taps());
  const int64_t tiles = ceil_div(c.out_c, table.pixel_rows);
  const double rows = static_cast<double>(c.out_c) / static_cast<double>(tiles);
  const double step = std::max({rows * nv / 2, rows / 2 + nv, 4.0});
  return vectors / nv * static_cast<double>(tiles) * (depth * step * 1.05 + rows * nv * 2 + 40);
}
double channel_cycles(const Correlation& c, const Phase& phase) {
  const ConvTable& table = kernels::tables().conv;
  const double nv = static_cast<double>(table.panel_width / table.lanes);
  const double vectors = static_cast<double>(ceil_div(c.out_c, table.lanes));
  const double pixels = static_cast<double>(phase.out_h * phase.out_w);
  const double depth = static_cast<double>(c.in_c * phase.taps());
  // pixels of a tile share the loads of the weights
  const double tile = static_cast<double>(std::min<int64_t>(phase.out_w * 2, table.channel_pixels));
  const double step = std::max(0.5, (0.5 + 0.5 * nv / tile) / std::min(nv, vectors)) * 1.05;
  const double store = 6.0 * static_cast<double>(table.lanes) / tile;
  const double pack = depth * vectors * 6 / static_cast<double>(c.n);
  return vectors * pixels * (depth * step + store) + pack;
}

double flops(const Correlation& c, const Phase* phases, int64_t count) {
  double sum = 0;
  for (int64_t q = 0; q < count; ++q)
    sum += 2.0 * static_cast<double>(phases[q].out_h * phases[q].out_w * phases[q].taps());
  return sum * static_cast<double>(c.in_c * c.out_c);
}

// The taps of each phase side by side, as `pixels` reads them: w[phase][g][o][c][t].
void gather_phases(const Correlation& c, Phase* phases, int64_t count) {
  float* to = workspace<float>(Workspace::kConvert, c.groups * c.out_c * c.in_c * c.k_h * c.k_w);
  for (int64_t q = 0; q < count; ++q) {
    Phase& phase = phases[q];
    phase.w = to;
    phase.w_channel = phase.taps();
    phase.w_row = c.in_c * phase.taps();
    phase.w_group = c.out_c * phase.w_row;
    for (int64_t g = 0; g < c.groups; ++g)
      for (int64_t o = 0; o < c.out_c; ++o)
        for (int64_t i = 0; i < c.in_c; ++i) {
          const float* from = c.w + g * c.w_group + o * c.w_row + i * c.w_channel;
          for (int64_t a = 0; a < phase.k_h; ++a)
            for (int64_t b = 0; b < phase.k_w; ++b)
              *to++ = from[phase.rows[a] * c.k_w + phase.columns[b]];
        }
  }
}

// All weights as `channels` reads them, `size` floats for each group: packed[g][phase][...].
float* pack_phases(const Correlation& c, const Phase* phases, int64_t count, int64_t size) {
  const ConvTable& table = kernels::tables().conv;
  float* packed = scratch<float>(Workspace::kPackedB, c.groups * size + 64);
  ConvTap places[kMostTaps * kMostTaps];
  int64_t at = 0;
  for (int64_t q = 0; q < count; ++q) {
    const Phase& phase = phases[q];
    for (int64_t a = 0; a < phase.k_h; ++a)
      for (int64_t b = 0; b < phase.k_w; ++b)
        places[phase.rows[a] * c.k_w + phase.columns[b]] = {at, phase.taps(), a * phase.k_w + b};
    at += round_up(c.out_c, table.lanes) * c.in_c * phase.taps();
  }
  const int64_t panels = ceil_div(c.out_c, table.panel_width);
  const int64_t grain = std::max<int64_t>(1, 32768 * panels / std::max<int64_t>(size, 1));
  parallel_for(c.groups * panels, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t g = i / panels, p = i % panels;
      const ConvPack k{c.w + g * c.w_group,
                       c.w_row,
                       c.w_channel,
                       c.out_c,
                       c.in_c,
                       c.k_h * c.k_w,
                       count > 1 ? places : nullptr,
                       packed + g * size};
      table.pack_weights(k, p, p + 1);
    }
  });
  return packed;
}

}  // namespace

bool correlate(const Correlation& c, Phase* phases, int64_t count) {
  const ConvTable& table = kernels::tables().conv;
  Plan plan;
  plan.c = c;
  plan.phases = phases;
  plan.phase_count = count;
  plan.block = block_of(c, phases, count);
  plan.max_phase_h = ceil_div(c.out_h, c.phases_h);
  plan.max_phase_w = ceil_div(c.out_w, c.phases_w);
  plan.by_channels = c.step_h != 1 || c.step_w != 1;
  if (!plan.by_channels) {
    double by_pixels = 0, by_channels = 0;
    for (int64_t q = 0; q < count; ++q) {
      by_pixels += pixel_cycles(c, phases[q], plan.block);
      by_channels += channel_cycles(c, phases[q]);
    }
    plan.by_channels = by_channels < by_pixels;
  }
  const int64_t most_x = kImagesOfUnit * c.groups * c.in_c * (c.in_h + 64) * plan.block.pitch;
  const int64_t most_y = kImagesOfUnit * c.groups * c.out_c * c.out_h * c.out_w;
  if (std::max(most_x, most_y) >= INT32_MAX) return false;

  const double image_flops = flops(c, phases, count);
  int64_t weights = 0;  // of one group, packed
  if (plan.by_channels) {
    const int64_t pixels = c.n * plan.max_phase_h * plan.max_phase_w;
    for (int64_t q = 0; q < count; ++q)
      weights += round_up(c.out_c, table.lanes) * c.in_c * phases[q].taps();
    if (weights > 65536 && pixels < kLeastPixels) return false;
  }

  // A unit is a few small images or some rows of a big one.
  plan.unit_images = 1;
  plan.unit_rows = plan.max_phase_h;
  const int64_t row_bytes = 4 * c.in_c * plan.block.pitch * c.step_h;
  const int64_t whole_bytes = row_bytes * (plan.max_phase_h + plan.block.bottom - plan.block.top);
  if (!plan.by_channels && plan.block.top < 0 && c.n >= kImagesOfUnit && whole_bytes <= 65536)
    plan.unit_images = kImagesOfUnit;
  int64_t parts = plan.block.in_place ? 1 : ceil_div(whole_bytes, 160 << 10);
  if (c.n * c.groups < 4)
    parts = std::max(parts, std::min<int64_t>(4, static_cast<int64_t>(image_flops / 4e6)));
  parts = std::clamp<int64_t>(parts, 1, std::max<int64_t>(1, plan.max_phase_h / 4));
  plan.unit_rows = ceil_div(plan.max_phase_h, parts);
  parts = ceil_div(plan.max_phase_h, plan.unit_rows);

  const float* packed = nullptr;
  if (plan.by_channels)
    packed = pack_phases(c, phases, count, weights);
  else if (count > 1)
    gather_phases(c, phases, count);

  const int64_t image_units = ceil_div(c.n, plan.unit_images);
  const int64_t units = image_units * c.groups * parts;
  const double unit_flops = image_flops * static_cast<double>(plan.unit_images) / parts;
  const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>(kChunkFlops / unit_flops));
  parallel_for(units, grain, [&](int64_t begin, int64_t end) {
    for (int64_t u = begin; u < end; ++u) {
      const int64_t part = u % parts, g = u / parts % c.groups, n = u / parts / c.groups;
      const int64_t n0 = n * plan.unit_images;
      run_unit(plan, packed, weights, n0, std::min(plan.unit_images, c.n - n0), g,
               part * plan.unit_rows, std::min((part + 1) * plan.unit_rows, plan.max_phase_h));
    }
  });
  return true;
}

}  // namespace nabla::ops
