#pragma once
// Direct convolution of dense NCHW blocks: see cpp/ops/conv_direct.cpp. No kernel here knows
// padding: `x` below is an image whose zero border stands in memory (pad) or is not needed, and a
// tap of the kernel is an offset from the place of the output pixel. So dilation, flipped kernels
// and the phases of a strided gradient are other tables of offsets.
#include <cstdint>

namespace nabla::kernels {

// Rows [row0, row0 + rows) of an image of height x width, the rows outside of it zero, into
//   out[c * out_channel + lead + (row - row0) * pitch + column].
// The lead of the first row and the pitch - width columns after each row are zero: they are the
// left border of the next row as well as the right one of this. Writes up to 64 floats more.
struct ConvPad {
  const float* x;
  int64_t channels, height, width;
  int64_t row0, rows;
  int64_t lead, pitch;
  float* out;
  int64_t out_channel;
};

// One vector of output pixels. Lane l is the pixel that reads x[x + l + tap]; the lanes in `lanes`
// are stored side by side from y[y] on. Only kernel rows [first, last) meet the image.
struct ConvVector {
  int32_t x, y;
  uint32_t lanes;
  int32_t first, last;
};

// y[o][v] = bias[o] + sum_{c, t} w[o * w_row + c * w_channel + t] * x[c * x_channel + v.x +
// taps[t]]
struct ConvPixels {
  const float* x;
  int64_t x_channel, channels;
  int64_t readable;  // x[i] may be read for i < readable
  const int32_t* taps;
  int64_t row_taps;  // taps of one kernel row
  int32_t reach;     // the greatest tap
  const float* w;
  int64_t w_row, w_channel;
  const float* bias;  // may be null
  float* y;
  int64_t y_channel, out_channels;
  const ConvVector* vectors;
  int64_t count;
};

// y[o * y_channel + i * y_row + j] =
//   bias[o] + sum_{c, t} w[o][c][t] * x[c * x_channel + i * x_row + j * x_step + taps[t]]
// with w packed by pack_weights, and only kernel rows [first[i], last[i]) for output row i.
struct ConvChannels {
  const float* x;
  int64_t x_channel, channels, x_row, x_step;
  const int32_t* taps;
  int64_t row_taps, tap_count;
  const float* w;
  const float* bias;  // may be null
  float* y;
  int64_t y_channel, y_row, out_channels;
  int64_t rows, columns;
  const int32_t *first, *last;
};

// Panels [p0, p1) of w for `channels`: panel_width output channels a panel (the last one is rounded
// up to whole vectors) from w[o * w_row + c * w_channel + t]. The taps may be shared out among
// several packed kernels: tap t becomes tap `index` of the one at `out + at`, which has `count`.
struct ConvTap {
  int64_t at, count, index;
};
struct ConvPack {
  const float* w;
  int64_t w_row, w_channel;
  int64_t out_channels, channels, tap_count;
  const ConvTap* places;  // null: one kernel, out[panel][c][t][lane]
  float* out;
};

// Dot products along the rows of dy for each output channel and tap,
//   sum_{n, i, j} dy[n][o](i, j) * x[n * x_image + i * x_row + j + taps[k]],
// left as vectors of partial sums: added to `sums` or, the first time, written there.
struct ConvDots {
  const float* x;
  int64_t x_image, x_row;
  const float* dy;  // packed by pack_rows
  int64_t dy_image;
  int64_t images, rows, columns, out_channels;
  const int32_t* taps;
  int64_t tap_count;
  float* sums;
  bool first;
  int64_t readable;  // of the last image: floats from x on that may be read
};

// dw[r][t][lane] for windows r in [r0, r1) = (accumulate ? dw : 0) +
//   sum_{n, i, j} x[n * x_image + windows[r] + i * x_row + j * x_step + t] *
//                 dy[n * dy_image + i * columns + j][lane]
// for t < width, lanes of `vectors` vectors: dy is packed by pack_grad, dw has the same lanes.
struct ConvOuter {
  const float* x;
  int64_t x_image, x_row, x_step;
  const float* dy;
  int64_t dy_image;
  int64_t images, rows, columns;
  const int32_t* windows;
  int64_t r0, r1;
  int width, vectors;
  float* dw;
  bool accumulate;
};

struct ConvTable {
  int lanes;
  int panel_width;                // output channels of a full panel of `channels`
  int channel_pixels;             // pixels of a tile of `channels` with full panels
  int pixel_rows, pixel_vectors;  // output channels and vectors of a tile of `pixels`
  int outer_widths;               // bit w is set: `outer` knows windows of width w
  int outer_sums;                 // vectors of sums of a tile: windows * width * vectors
  void (*pad)(const ConvPad&);
  void (*pixels)(const ConvPixels&);
  void (*pack_weights)(const ConvPack&, int64_t p0, int64_t p1);
  void (*channels)(const ConvChannels&, int64_t p0, int64_t p1);  // panels of output channels
  // Rows of dy as `dots` reads them, `packed_rows(out_channels, rows, columns)` floats.
  int64_t (*packed_rows)(int64_t out_channels, int64_t rows, int64_t columns);
  void (*pack_rows)(float* out, const float* dy, int64_t dy_channel, int64_t out_channels,
                    int64_t rows, int64_t columns);
  void (*dots)(const ConvDots&);
  // Floats of `sums`, and dw[o * tap_count + k] = their totals; overwrites sums.
  int64_t (*dot_sums)(int64_t out_channels, int64_t tap_count);
  void (*finish_dots)(float* dw, float* sums, int64_t out_channels, int64_t tap_count);
  // out[pixel][lane] = dy[lane * dy_channel + pixel], zero for lanes from out_channels up to whole
  // vectors.
  void (*pack_grad)(float* out, const float* dy, int64_t dy_channel, int64_t out_channels,
                    int64_t pixels);
  void (*outer)(const ConvOuter&);
  // dw[o * dw_row + k] = packed[k][o] for o < out_channels, k < count; `lanes` floats a row of
  // packed.
  void (*unpack_dw)(float* dw, int64_t dw_row, const float* packed, int64_t lanes,
                    int64_t out_channels, int64_t count);
  // out[i * step + p] = in[p * in_phase + i] for p < step, all indices of out below n.
  void (*join_phases)(float* out, int64_t n, const float* in, int64_t in_phase, int64_t step);
};

}  // namespace nabla::kernels
