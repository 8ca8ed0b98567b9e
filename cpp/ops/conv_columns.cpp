#include "ops/conv_columns.h"

#include <algorithm>

namespace nabla::ops {
namespace {

// The outputs [first, last) of an axis whose tap lies within the input: 0 <= i * stride + shift <
// size.
struct Inside {
  int64_t first, last;
};
Inside inside(int64_t shift, int64_t stride, int64_t size, int64_t outputs) {
  const int64_t first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
  const int64_t last = size <= shift ? 0 : (size - 1 - shift) / stride + 1;
  return {std::min(first, outputs), std::clamp<int64_t>(last, std::min(first, outputs), outputs)};
}

// Calls from_x(at, count, index) for each run of columns at `at` that reads x from `index` on in
// steps of stride_w, and outside(at, count) for the runs between.
template <class FromX, class Outside>
void each_run(const Conv3d& p, const ColumnBlock& block, int64_t ld, FromX&& from_x,
              Outside&& outside) {
  const int64_t row0 = block.p0 / p.out_w, row1 = (block.p1 - 1) / p.out_w;
  for (int64_t k = block.k0; k < block.k1; ++k) {
    const int64_t tap = k % p.taps(), c = k / p.taps();
    const int64_t shift_d = tap / (p.k_h * p.k_w) * p.dil_d - p.pad_d;
    const int64_t shift_h = tap / p.k_w % p.k_h * p.dil_h - p.pad_h;
    const int64_t shift_w = tap % p.k_w * p.dil_w - p.pad_w;
    const Inside columns = inside(shift_w, p.stride_w, p.in_w, p.out_w);
    const int64_t base = (k - block.k0) * ld - block.p0;
    for (int64_t row = row0; row <= row1; ++row) {
      const int64_t begin = std::max(block.p0, row * p.out_w);
      const int64_t end = std::min(block.p1, (row + 1) * p.out_w);
      const int64_t d = row / p.out_h * p.stride_d + shift_d;
      const int64_t h = row % p.out_h * p.stride_h + shift_h;
      if (d < 0 || d >= p.in_d || h < 0 || h >= p.in_h) {
        outside(base + begin, end - begin);
        continue;
      }
      const int64_t first = std::clamp(row * p.out_w + columns.first, begin, end);
      const int64_t last = std::clamp(row * p.out_w + columns.last, first, end);
      if (first > begin) outside(base + begin, first - begin);
      if (last > first) {
        const int64_t j = first - row * p.out_w;
        from_x(base + first, last - first,
               ((c * p.in_d + d) * p.in_h + h) * p.in_w + j * p.stride_w + shift_w);
      }
      if (end > last) outside(base + last, end - last);
    }
  }
}

}  // namespace

template <class T>
void gather_columns(const Conv3d& p, const ColumnBlock& block, const T* x, T* columns, int64_t ld) {
  each_run(
      p, block, ld,
      [&](int64_t at, int64_t count, int64_t index) {
        const T* from = x + index;
        T* to = columns + at;
        if (p.stride_w == 1) {
          std::copy_n(from, count, to);
        } else {
          for (int64_t i = 0; i < count; ++i) to[i] = from[i * p.stride_w];
        }
      },
      [&](int64_t at, int64_t count) { std::fill_n(columns + at, count, T(0)); });
}

template <class T>
void scatter_columns(const Conv3d& p, const ColumnBlock& block, const T* columns, int64_t ld,
                     T* x) {
  each_run(
      p, block, ld,
      [&](int64_t at, int64_t count, int64_t index) {
        const T* from = columns + at;
        T* to = x + index;
        if (p.stride_w == 1) {
          for (int64_t i = 0; i < count; ++i) to[i] = static_cast<T>(to[i] + from[i]);
        } else {
          for (int64_t i = 0; i < count; ++i)
            to[i * p.stride_w] = static_cast<T>(to[i * p.stride_w] + from[i]);
        }
      },
      [](int64_t, int64_t) {});
}

#define NABLA_COLUMNS(T)                                                                  \
  template void gather_columns(const Conv3d&, const ColumnBlock&, const T*, T*, int64_t); \
  template void scatter_columns(const Conv3d&, const ColumnBlock&, const T*, int64_t, T*);
NABLA_COLUMNS(float)
NABLA_COLUMNS(double)
NABLA_COLUMNS(uint64_t)
NABLA_COLUMNS(uint32_t)
NABLA_COLUMNS(uint16_t)
NABLA_COLUMNS(uint8_t)
#undef NABLA_COLUMNS

}  // namespace nabla::ops
