#pragma once
// Where windows lie in a plane, and how the elements of a row of windows are loaded.
#include "../../tables/pool.h"
#include "../row_sum.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

NABLA_INLINE int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
NABLA_INLINE int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

// One window along one axis: its elements first <= k < last are inside, element k at start + k *
// dilation.
struct Span {
  int64_t start, first, last;
};
NABLA_INLINE Span span_at(const PoolWindow& w, int axis, int64_t i) {
  const int64_t start = i * w.stride[axis] - w.padding[axis], d = w.dilation[axis];
  const int64_t inside = w.in[axis] - start;  // elements of the plane from start on
  if (d == 1) return {start, most(-start, 0), least(w.kernel[axis], inside)};
  return {start, start < 0 ? (d - 1 - start) / d : 0,
          least(w.kernel[axis], inside > 0 ? (inside - 1) / d + 1 : 0)};
}

// Columns of output whose windows lie inside of the plane along the last axis.
struct Interior {
  int64_t first, last;
};
NABLA_INLINE Interior interior(const PoolWindow& w) {
  const int64_t s = w.stride[2], p = w.padding[2];
  const int64_t room = w.in[2] - 1 - (w.kernel[2] - 1) * w.dilation[2] + p;
  const int64_t last = room < 0 ? 0 : least(w.out[2], room / s + 1);
  const int64_t first = least((p + s - 1) / s, last);
  // Lanes that are loaded one by one pay from a few columns on.
  if (s > 2 && last - first < 4) return {0, 0};
  return {first, last};
}

// Calls f(z, y, row of output) for each row of outputs of a plane.
template <class F>
NABLA_INLINE void each_row(const int64_t* out, F&& f) {
  int64_t row = 0;
  for (int64_t z = 0; z < out[0]; ++z)
    for (int64_t y = 0; y < out[1]; ++y, ++row) f(z, y, row);
}

// Calls f(offset, number) for each row of inputs of the windows (z, y) that is inside: the offset
// of the row in the plane, the number of its first element in the window.
template <class F>
NABLA_INLINE void each_line(const PoolWindow& w, Span z, Span y, F&& f) {
  for (int64_t kz = z.first; kz < z.last; ++kz)
    for (int64_t ky = y.first; ky < y.last; ++ky)
      f(((z.start + kz * w.dilation[0]) * w.in[1] + y.start + ky * w.dilation[1]) * w.in[2],
        (kz * w.kernel[1] + ky) * w.kernel[2]);
}

// The even ones of 2n - 1 elements from p on; below `end` anything may be read.
template <class T>
NABLA_INLINE typename Kind<T>::V load_even(const T* p, int n, const T* end) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  V even, odd;
  if (end - p >= 2 * W) {
    deinterleave(V::load(p), V::load(p + W), even, odd);
    return even;
  }
  const int count = 2 * n - 1, low = count < W ? count : W;
  deinterleave(V::load_n(p, low), V::load_n(p + W, count - low), even, odd);
  return even;
}

// The even and the odd ones of 2n elements from p on.
template <class T>
NABLA_INLINE void load_pairs(const T* p, int n, typename Kind<T>::V& even,
                             typename Kind<T>::V& odd) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  if (n == W) {
    deinterleave(V::load(p), V::load(p + W), even, odd);
    return;
  }
  const int low = 2 * n < W ? 2 * n : W;
  deinterleave(V::load_n(p, low), V::load_n(p + W, 2 * n - low), even, odd);
}

// n elements from p on, `step` apart.
template <class T>
NABLA_INLINE typename Kind<T>::V load_spaced(const T* p, int64_t step, int n) {
  using V = typename Kind<T>::V;
  T lanes[V::W] = {};
  for (int i = 0; i < n; ++i) lanes[i] = p[i * step];
  return V::load(lanes);
}

// Calls f(k, vector) for the elements k of one line of n neighbouring windows, the first of which
// begins at p; Stride is 1, 2 or, for any other, 0.
template <int Stride, class T, class F>
NABLA_INLINE void each_tap(const T* p, const PoolWindow& w, int n, const T* end, F&& f) {
  const int64_t kernel = w.kernel[2], d = w.dilation[2];
  int64_t k = 0;
  if constexpr (Stride == 1) {
    for (; k < kernel; ++k) f(k, load_lanes(p + k * d, n));
  } else if constexpr (Stride == 0) {
    for (; k < kernel; ++k) f(k, load_spaced(p + k * d, w.stride[2], n));
  } else {
    if (d == 1) {
      for (; k + 2 <= kernel; k += 2) {
        typename Kind<T>::V even, odd;
        load_pairs(p + k, n, even, odd);
        f(k, even);
        f(k + 1, odd);
      }
    }
    for (; k < kernel; ++k) f(k, load_even(p + k * d, n, end));
  }
}

// The inverse of load_pairs.
template <class V, class T>
NABLA_INLINE void store_pairs(T* p, V even, V odd, int n) {
  V a, b;
  interleave(even, odd, a, b);
  if (n == V::W) {
    a.store(p);
    b.store(p + V::W);
    return;
  }
  const int low = 2 * n < V::W ? 2 * n : V::W;
  a.store_n(p, low);
  b.store_n(p + V::W, 2 * n - low);
}

template <class T>
NABLA_INLINE void clear(T* p, int64_t n) {
  __builtin_memset(p, 0, sizeof(T) * static_cast<size_t>(n));
}

// The windows of most networks: 2 x 2 elements, two apart, none outside.
NABLA_INLINE bool is_halving(const PoolWindow& w) {
  return w.in[0] == 1 && w.kernel[0] == 1 && w.kernel[1] == 2 && w.kernel[2] == 2 &&
         w.stride[1] == 2 && w.stride[2] == 2 && w.padding[0] == 0 && w.padding[1] == 0 &&
         w.padding[2] == 0 && w.dilation[1] == 1 && w.dilation[2] == 1 && w.out[1] == w.in[1] / 2 &&
         w.out[2] == w.in[2] / 2;
}

// Calls f(i, n, upper, lower) for vectors of n halving windows: the outputs from i on, their first
// inputs in the two rows at `upper` and `lower`, all counted from the first plane on.
template <class T, class F>
NABLA_INLINE void each_halving(int64_t planes, const PoolWindow& w, F&& f) {
  const int64_t width = w.in[2], half = w.out[2];
  int64_t out = 0, upper = 0;
  for (int64_t p = 0; p < planes; ++p, upper += w.in[1] % 2 * width) {
    for (int64_t y = 0; y < w.out[1]; ++y, out += half, upper += 2 * width) {
      for_lanes<T>(half, [&](int64_t i, int n)
                             NABLA_LAMBDA { f(out + i, n, upper + 2 * i, upper + width + 2 * i); });
    }
  }
}

// Zeros for the inputs that lie in no halving window: a last row or column alone.
template <class T>
NABLA_INLINE void clear_unhalved(T* dx, int64_t planes, const PoolWindow& w) {
  const int64_t rows = w.in[1], width = w.in[2];
  for (int64_t p = 0; p < planes; ++p, dx += rows * width) {
    if (width % 2 != 0)
      for (int64_t y = 0; y < rows; ++y) dx[(y + 1) * width - 1] = 0;
    if (rows % 2 != 0) clear(dx + (rows - 1) * width, width);
  }
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
