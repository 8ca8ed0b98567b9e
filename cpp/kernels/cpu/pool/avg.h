#pragma once
// Sums over windows, divided.
#include "window.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// Elements that a window counts along one axis.
NABLA_INLINE int64_t counted(const PoolWindow& w, const PoolDivisor& d, int axis, Span s) {
  if (!d.padded) return s.last - s.first;
  return least(s.start + w.kernel[axis], w.in[axis] + w.padding[axis]) - s.start;
}

// What the sums of one row of outputs are divided by.
struct RowDivisor {
  int64_t fixed, rows;
  NABLA_INLINE RowDivisor(const PoolWindow& w, const PoolDivisor& d, Span z, Span y)
      : fixed(d.fixed), rows(counted(w, d, 0, z) * counted(w, d, 1, y)) {}
  NABLA_INLINE int64_t with(int64_t columns) const { return fixed != 0 ? fixed : rows * columns; }
};

template <class T>
[[gnu::noinline]] T sum_long(const T* p, int64_t n) {
  return sum_row<T>(n, [&](int64_t i, int lanes) { return load_lanes(p + i, lanes); });
}
template <class T>
NABLA_INLINE T sum_line(const T* p, int64_t n) {
  if constexpr (requires { typename Kind<T>::V; }) {
    if (n >= 2 * Kind<T>::V::W) return sum_long(p, n);
  }
  T sum = 0;
  for (int64_t k = 0; k < n; ++k) sum += p[k];
  return sum;
}

// The sum of one window anywhere in the plane, divided.
template <class T>
[[gnu::noinline]] T avg_at(const T* plane, const PoolWindow& w, const PoolDivisor& d,
                           const RowDivisor& by, Span z, Span y, int64_t column) {
  const Span x = span_at(w, 2, column);
  T sum = 0;
  each_line(w, z, y, [&](int64_t offset, int64_t) {
    sum += sum_line(plane + offset + x.start + x.first, x.last - x.first);
  });
  return sum / static_cast<T>(by.with(counted(w, d, 2, x)));
}

template <class T, int Stride>
NABLA_INLINE void avg_row(T* out, const T* plane, const T* end, const PoolWindow& w,
                          const PoolDivisor& d, Interior inner, Span z, Span y) {
  const RowDivisor by(w, d, z, y);
  const auto border = [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; ++i) out[i] = avg_at(plane, w, d, by, z, y, i);
  };
  using V = typename Kind<T>::V;
  border(0, inner.first);
  const V divisor = V::set1(static_cast<T>(by.with(w.kernel[2])));
  for_lanes<T>(inner.last - inner.first, [&](int64_t i, int n) NABLA_LAMBDA {
    const int64_t at = inner.first + i, start = at * w.stride[2] - w.padding[2];
    V sum = V::zero();
    each_line(w, z, y, [&](int64_t offset, int64_t) NABLA_LAMBDA {
      each_tap<Stride>(plane + offset + start, w, n, end,
                       [&](int64_t, V v) NABLA_LAMBDA { sum = sum + v; });
    });
    store_lanes(out + at, sum / divisor, n);
  });
  border(inner.last, w.out[2]);
}

// One window that is the whole plane.
NABLA_INLINE bool is_whole(const PoolWindow& w) {
  for (int a = 0; a < 3; ++a)
    if (w.out[a] != 1 || w.kernel[a] != w.in[a] || w.padding[a] != 0) return false;
  return true;
}

template <class T, int Stride>
void avg_planes(T* out, const T* x, int64_t planes, const PoolWindow& w, const PoolDivisor& d) {
  const int64_t in = w.in[0] * w.in[1] * w.in[2], count = w.out[0] * w.out[1] * w.out[2];
  const T* end = x + planes * in;
  const Interior inner = interior(w);
  for (int64_t p = 0; p < planes; ++p, x += in, out += count) {
    each_row(w.out, [&](int64_t z, int64_t y, int64_t row) {
      avg_row<T, Stride>(out + row * w.out[2], x, end, w, d, inner, span_at(w, 0, z),
                         span_at(w, 1, y));
    });
  }
}

template <class T>
void avg_halving(T* out, const T* x, int64_t planes, const PoolWindow& w, int64_t by) {
  using V = typename Kind<T>::V;
  const V divisor = V::set1(static_cast<T>(by));
  each_halving<T>(planes, w, [&](int64_t i, int n, int64_t upper, int64_t lower) NABLA_LAMBDA {
    V a, b, c, d;
    load_pairs(x + upper, n, a, b);
    load_pairs(x + lower, n, c, d);
    store_lanes(out + i, (((a + b) + c) + d) / divisor, n);
  });
}

template <class T>
void avg(T* out, const T* x, int64_t planes, const PoolWindow& w, const PoolDivisor& d) {
  if (is_halving(w)) {
    avg_halving(out, x, planes, w, d.fixed != 0 ? d.fixed : 4);
  } else if (is_whole(w)) {
    const int64_t n = w.in[0] * w.in[1] * w.in[2];
    const T by = static_cast<T>(d.fixed != 0 ? d.fixed : n);
    for (int64_t p = 0; p < planes; ++p) out[p] = sum_line(x + p * n, n) / by;
  } else if (w.stride[2] == 1) {
    avg_planes<T, 1>(out, x, planes, w, d);
  } else if (w.stride[2] == 2) {
    avg_planes<T, 2>(out, x, planes, w, d);
  } else {
    avg_planes<T, 0>(out, x, planes, w, d);
  }
}

void avg_i64(int64_t* out, const int64_t* x, int64_t planes, const PoolWindow& w,
             const PoolDivisor& d) {
  for (int64_t p = 0; p < planes; ++p, x += w.in[0] * w.in[1] * w.in[2]) {
    each_row(w.out, [&](int64_t zi, int64_t yi, int64_t) {
      const Span z = span_at(w, 0, zi), y = span_at(w, 1, yi);
      const RowDivisor by(w, d, z, y);
      for (int64_t i = 0; i < w.out[2]; ++i) *out++ = avg_at(x, w, d, by, z, y, i);
    });
  }
}

// p[0 .. n) += g, for each of the lines of one window.
template <class T>
[[gnu::noinline]] void add_to_long(T* p, int64_t n, T g) {
  for (int64_t k = 0; k < n; ++k) p[k] += g;
}
template <class T>
NABLA_INLINE void add_to_line(T* p, int64_t n, T g) {
  if (n >= 8) return add_to_long(p, n, g);
  for (int64_t k = 0; k < n; ++k) p[k] += g;
}

// p[i * Stride + k] += g[i] for k < kernel: k by k, so that no sum waits for the one before it.
template <class T, int Stride>
NABLA_INLINE void add_windows(T* p, const T* g, int64_t count, int64_t kernel, int64_t stride) {
  using V = typename Kind<T>::V;
  int64_t k = 0;
  if constexpr (Stride == 1) {
    for (; k < kernel; ++k) {
      for_lanes<T>(count, [&](int64_t i, int n) NABLA_LAMBDA {
        store_lanes(p + k + i, load_lanes(p + k + i, n) + load_lanes(g + i, n), n);
      });
    }
  } else {
    if constexpr (Stride == 2) {
      for (; k + 2 <= kernel; k += 2) {
        for_lanes<T>(count, [&](int64_t i, int n) NABLA_LAMBDA {
          T* to = p + k + 2 * i;
          const V add = load_lanes(g + i, n);
          V even, odd;
          load_pairs(to, n, even, odd);
          store_pairs(to, even + add, odd + add, n);
        });
      }
    }
    for (; k < kernel; ++k)
      for (int64_t i = 0; i < count; ++i) p[k + i * stride] += g[i];
  }
}

template <class T, int Stride>
NABLA_INLINE void avg_grad_row(T* plane, const T* dy, const PoolWindow& w, const PoolDivisor& d,
                               Interior inner, Span z, Span y) {
  const RowDivisor by(w, d, z, y);
  const auto border = [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; ++i) {
      const Span x = span_at(w, 2, i);
      const T g = dy[i] / static_cast<T>(by.with(counted(w, d, 2, x)));
      each_line(w, z, y, [&](int64_t offset, int64_t) {
        add_to_line(plane + offset + x.start + x.first, x.last - x.first, g);
      });
    }
  };
  using V = typename Kind<T>::V;
  constexpr int64_t kTile = 256;
  T g[kTile];
  border(0, inner.first);
  const V divisor = V::set1(static_cast<T>(by.with(w.kernel[2])));
  for (int64_t at = inner.first; at < inner.last; at += kTile) {
    const int64_t count = least(kTile, inner.last - at);
    for_lanes<T>(count, [&](int64_t i, int n) NABLA_LAMBDA {
      store_lanes(g + i, load_lanes(dy + at + i, n) / divisor, n);
    });
    each_line(w, z, y, [&](int64_t offset, int64_t) {
      add_windows<T, Stride>(plane + offset + at * w.stride[2] - w.padding[2], g, count,
                             w.kernel[2], w.stride[2]);
    });
  }
  border(inner.last, w.out[2]);
}

template <class T, int Stride>
void avg_grad_planes(T* dx, const T* dy, int64_t planes, const PoolWindow& w,
                     const PoolDivisor& d) {
  const int64_t in = w.in[0] * w.in[1] * w.in[2], count = w.out[0] * w.out[1] * w.out[2];
  const Interior inner = interior(w);
  for (int64_t p = 0; p < planes; ++p, dx += in, dy += count) {
    clear(dx, in);
    each_row(w.out, [&](int64_t z, int64_t y, int64_t row) {
      avg_grad_row<T, Stride>(dx, dy + row * w.out[2], w, d, inner, span_at(w, 0, z),
                              span_at(w, 1, y));
    });
  }
}

// Each input lies in at most one window: dx is written once, in order.
template <class T>
void avg_grad_halving(T* dx, const T* dy, int64_t planes, const PoolWindow& w, int64_t by) {
  using V = typename Kind<T>::V;
  const V divisor = V::set1(static_cast<T>(by));
  each_halving<T>(planes, w, [&](int64_t i, int n, int64_t upper, int64_t lower) NABLA_LAMBDA {
    const V g = load_lanes(dy + i, n) / divisor;
    store_pairs(dx + upper, g, g, n);
    store_pairs(dx + lower, g, g, n);
  });
  clear_unhalved(dx, planes, w);
}

template <class T>
void avg_grad(T* dx, const T* dy, int64_t planes, const PoolWindow& w, const PoolDivisor& d) {
  if (is_halving(w)) {
    avg_grad_halving(dx, dy, planes, w, d.fixed != 0 ? d.fixed : 4);
  } else if (w.stride[2] == 1) {
    avg_grad_planes<T, 1>(dx, dy, planes, w, d);
  } else if (w.stride[2] == 2) {
    avg_grad_planes<T, 2>(dx, dy, planes, w, d);
  } else {
    avg_grad_planes<T, 0>(dx, dy, planes, w, d);
  }
}

// Calls f(output, offset of a line, its length, elements of the window) for each line of inputs of
// each window of a plane.
template <class F, class G>
NABLA_INLINE void each_range(const PoolRanges& r, F&& line, G&& done) {
  int64_t i = 0;
  each_row(r.out, [&](int64_t zi, int64_t yi, int64_t) {
    const int64_t z0 = r.first[0][zi], z1 = r.last[0][zi], y0 = r.first[1][yi], y1 = r.last[1][yi];
    for (int64_t xi = 0; xi < r.out[2]; ++xi, ++i) {
      const int64_t from = r.first[2][xi], n = r.last[2][xi] - from;
      const int64_t elements = (z1 - z0) * (y1 - y0) * n;
      for (int64_t z = z0; z < z1; ++z)
        for (int64_t y = y0; y < y1; ++y) line(i, (z * r.in[1] + y) * r.in[2] + from, n, elements);
      done(i, elements);
    }
  });
}

template <class T>
void avg_ranges(T* out, const T* x, int64_t planes, const PoolRanges& r) {
  const int64_t in = r.in[0] * r.in[1] * r.in[2], count = r.out[0] * r.out[1] * r.out[2];
  for (int64_t p = 0; p < planes; ++p, x += in, out += count) {
    T sum = 0;
    each_range(
        r, [&](int64_t, int64_t at, int64_t n, int64_t) { sum += sum_line(x + at, n); },
        [&](int64_t i, int64_t elements) {
          out[i] = sum / static_cast<T>(elements);
          sum = 0;
        });
  }
}

template <class T>
void avg_ranges_grad(T* dx, const T* dy, int64_t planes, const PoolRanges& r) {
  const int64_t in = r.in[0] * r.in[1] * r.in[2], count = r.out[0] * r.out[1] * r.out[2];
  for (int64_t p = 0; p < planes; ++p, dx += in, dy += count) {
    clear(dx, in);
    each_range(
        r,
        [&](int64_t i, int64_t at, int64_t n, int64_t elements) {
          add_to_line(dx + at, n, dy[i] / static_cast<T>(elements));
        },
        [](int64_t, int64_t) {});
  }
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
