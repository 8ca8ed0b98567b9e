#pragma once
// Largest elements of windows.
#include "window.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// The largest so far of one window, or of a vector of windows, and its number.
template <class T>
struct Best {
  T value;
  int64_t number;
  NABLA_INLINE void meet(T v, int64_t k) {
    const bool larger = (v > value) | (v != v);
    value = larger ? v : value;
    number = larger ? k : number;
  }
};
template <class T, bool kWinner>
struct BestLanes {
  using V = typename Kind<T>::V;
  using I = typename Kind<T>::I;
  V value;
  I number;
  NABLA_INLINE BestLanes(V v, int64_t k) : value(v), number(I::set1(static_cast<int>(k))) {}
  NABLA_INLINE void meet(V v, int64_t k) {
    const auto larger = gt(v, value) | is_nan(v);
    value = select(larger, v, value);
    number = select(larger, I::set1(static_cast<int>(k)), number);
  }
  NABLA_INLINE V largest() const { return value; }
};
// Without the number NaNs are remembered apart: the maxima wait for one instruction each.
template <class T>
struct BestLanes<T, false> {
  using V = typename Kind<T>::V;
  V value;
  typename Kind<T>::M nan;
  NABLA_INLINE BestLanes(V v, int64_t) : value(v), nan(is_nan(v)) {}
  NABLA_INLINE void meet(V v, int64_t) {
    value = max_num(v, value);
    nan = nan | is_nan(v);
  }
  NABLA_INLINE V largest() const {
    return select(nan, V::set1(static_cast<T>(__builtin_nan(""))), value);
  }
};
template <class T>
constexpr T kLeast = static_cast<T>(-__builtin_inf());
template <>
constexpr int64_t kLeast<int64_t> = INT64_MIN;

// The largest of one window anywhere in the plane. Nothing is larger than its first element, if
// nothing is larger than the least value.
template <class T>
[[gnu::noinline]] Best<T> best_at(const T* plane, const PoolWindow& w, Span z, Span y,
                                  int64_t column) {
  const Span x = span_at(w, 2, column);
  Best<T> best = {kLeast<T>, (z.first * w.kernel[1] + y.first) * w.kernel[2] + x.first};
  each_line(w, z, y, [&](int64_t offset, int64_t number) {
    const T* p = plane + offset + x.start;
    for (int64_t k = x.first; k < x.last; ++k) best.meet(p[k * w.dilation[2]], number + k);
  });
  return best;
}

template <class T, bool kWinner>
NABLA_INLINE void put(T* y, uint8_t* winner, int64_t at, const BestLanes<T, kWinner>& best, int n) {
  using V = typename Kind<T>::V;
  store_lanes(y + at, best.largest(), n);
  if constexpr (kWinner) {
    if (n == V::W) {
      store_u8(winner + at, best.number);
    } else {
      store_u8_n(winner + at, best.number, n);
    }
  }
}

// One row of outputs: vectors of columns where windows are inside, one by one at the borders.
template <class T, bool kWinner, int Stride>
NABLA_INLINE void max_row(T* out, uint8_t* winner, const T* plane, const T* end,
                          const PoolWindow& w, Interior inner, Span z, Span y) {
  const auto border = [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; ++i) {
      const Best<T> best = best_at(plane, w, z, y, i);
      out[i] = best.value;
      if constexpr (kWinner) winner[i] = static_cast<uint8_t>(best.number);
    }
  };
  border(0, inner.first);
  const int64_t first = (z.first * w.kernel[1] + y.first) * w.kernel[2];
  for_lanes<T>(inner.last - inner.first, [&](int64_t i, int n) NABLA_LAMBDA {
    using L = BestLanes<T, kWinner>;
    L best(L::V::set1(kLeast<T>), first);
    const int64_t at = inner.first + i, start = at * w.stride[2] - w.padding[2];
    each_line(w, z, y, [&](int64_t offset, int64_t number) NABLA_LAMBDA {
      each_tap<Stride>(plane + offset + start, w, n, end,
                       [&](int64_t k, typename L::V v) NABLA_LAMBDA { best.meet(v, number + k); });
    });
    put(out, winner, at, best, n);
  });
  border(inner.last, w.out[2]);
}

template <class T, bool kWinner, int Stride>
void max_planes(T* out, uint8_t* winner, const T* x, int64_t planes, const PoolWindow& w) {
  const int64_t in = w.in[0] * w.in[1] * w.in[2], count = w.out[0] * w.out[1] * w.out[2];
  const T* end = x + planes * in;
  const Interior inner = interior(w);
  for (int64_t p = 0; p < planes; ++p, x += in, out += count) {
    each_row(w.out, [&](int64_t z, int64_t y, int64_t row) {
      const int64_t at = row * w.out[2];
      max_row<T, kWinner, Stride>(out + at, winner + (kWinner ? at : 0), x, end, w, inner,
                                  span_at(w, 0, z), span_at(w, 1, y));
    });
    if constexpr (kWinner) winner += count;
  }
}

template <class T, bool kWinner>
void max_halving(T* out, uint8_t* winner, const T* x, int64_t planes, const PoolWindow& w) {
  using L = BestLanes<T, kWinner>;
  each_halving<T>(planes, w, [&](int64_t i, int n, int64_t upper, int64_t lower) NABLA_LAMBDA {
    typename L::V a, b, c, d;
    load_pairs(x + upper, n, a, b);
    load_pairs(x + lower, n, c, d);
    L best(a, 0);
    best.meet(b, 1);
    best.meet(c, 2);
    best.meet(d, 3);
    put(out, winner, i, best, n);
  });
}

template <class T, bool kWinner>
void max_any(T* out, uint8_t* winner, const T* x, int64_t planes, const PoolWindow& w) {
  if (is_halving(w)) {
    max_halving<T, kWinner>(out, winner, x, planes, w);
  } else if (w.stride[2] == 1) {
    max_planes<T, kWinner, 1>(out, winner, x, planes, w);
  } else if (w.stride[2] == 2) {
    max_planes<T, kWinner, 2>(out, winner, x, planes, w);
  } else {
    max_planes<T, kWinner, 0>(out, winner, x, planes, w);
  }
}

template <class T>
void max(T* out, uint8_t* winner, const T* x, int64_t planes, const PoolWindow& w) {
  if (winner == nullptr) {
    max_any<T, false>(out, winner, x, planes, w);
  } else {
    max_any<T, true>(out, winner, x, planes, w);
  }
}

template <class T>
void max_index(T* out, int64_t* index, const T* x, int64_t planes, const PoolWindow& w) {
  const int64_t in = w.in[0] * w.in[1] * w.in[2];
  for (int64_t p = 0; p < planes; ++p, x += in) {
    each_row(w.out, [&](int64_t zi, int64_t yi, int64_t) {
      const Span z = span_at(w, 0, zi), y = span_at(w, 1, yi);
      for (int64_t i = 0; i < w.out[2]; ++i) {
        const Span s = span_at(w, 2, i);
        Best<T> best = {kLeast<T>, -1};
        each_line(w, z, y, [&](int64_t offset, int64_t) {
          for (int64_t k = s.first; k < s.last; ++k) {
            const int64_t at = offset + s.start + k * w.dilation[2];
            if (best.number < 0) best.number = at;
            best.meet(x[at], at);
          }
        });
        *out++ = best.value;
        *index++ = best.number;
      }
    });
  }
}

template <class T>
void max_ranges(T* out, int64_t* index, const T* x, int64_t planes, const PoolRanges& r) {
  const int64_t in = r.in[0] * r.in[1] * r.in[2];
  for (int64_t p = 0; p < planes; ++p, x += in) {
    each_row(r.out, [&](int64_t zi, int64_t yi, int64_t) {
      for (int64_t i = 0; i < r.out[2]; ++i) {
        const int64_t from = r.first[2][i], to = r.last[2][i];
        Best<T> best = {kLeast<T>, (r.first[0][zi] * r.in[1] + r.first[1][yi]) * r.in[2] + from};
        for (int64_t z = r.first[0][zi]; z < r.last[0][zi]; ++z) {
          for (int64_t y = r.first[1][yi]; y < r.last[1][yi]; ++y) {
            const int64_t line = (z * r.in[1] + y) * r.in[2];
            for (int64_t k = from; k < to; ++k) best.meet(x[line + k], line + k);
          }
        }
        *out++ = best.value;
        *index++ = best.number;
      }
    });
  }
}

// Each input lies in at most one window: dx is written once, in order.
template <class T>
void max_grad_halving(T* dx, const T* dy, const uint8_t* winner, int64_t planes,
                      const PoolWindow& w) {
  using V = typename Kind<T>::V;
  using I = typename Kind<T>::I;
  each_halving<T>(planes, w, [&](int64_t i, int n, int64_t upper, int64_t lower) NABLA_LAMBDA {
    const V g = load_lanes(dy + i, n);
    I k;
    if (n == V::W) {
      load_u8(winner + i, k);
    } else {
      load_u8_n(winner + i, n, k);
    }
    const auto won = [&](int number)
                         NABLA_LAMBDA { return select(eq(k, I::set1(number)), g, V::zero()); };
    store_pairs(dx + upper, won(0), won(1), n);
    store_pairs(dx + lower, won(2), won(3), n);
  });
  clear_unhalved(dx, planes, w);
}

// Calls f(output, place of its winner in the plane) for all outputs of a plane.
template <class F>
NABLA_INLINE void each_winner(const uint8_t* winner, const PoolWindow& w, const int64_t* place,
                              F&& f) {
  each_row(w.out, [&](int64_t z, int64_t y, int64_t row) {
    int64_t start =
        ((z * w.stride[0] - w.padding[0]) * w.in[1] + y * w.stride[1] - w.padding[1]) * w.in[2] -
        w.padding[2];
    for (int64_t i = row * w.out[2]; i < (row + 1) * w.out[2]; ++i, start += w.stride[2])
      f(i, start + place[winner[i]]);
  });
}
// place[k] = where element k of a window lies, seen from the window's start.
NABLA_INLINE void find_places(int64_t* place, const PoolWindow& w) {
  int64_t k = 0;
  for (int64_t z = 0; z < w.kernel[0]; ++z)
    for (int64_t y = 0; y < w.kernel[1]; ++y)
      for (int64_t x = 0; x < w.kernel[2]; ++x)
        place[k++] =
            (z * w.dilation[0] * w.in[1] + y * w.dilation[1]) * w.in[2] + x * w.dilation[2];
}

template <class T>
void max_grad(T* dx, const T* dy, const uint8_t* winner, int64_t planes, const PoolWindow& w) {
  if (is_halving(w)) return max_grad_halving(dx, dy, winner, planes, w);
  const int64_t in = w.in[0] * w.in[1] * w.in[2], count = w.out[0] * w.out[1] * w.out[2];
  int64_t place[256];
  find_places(place, w);
  for (int64_t p = 0; p < planes; ++p, dx += in, dy += count, winner += count) {
    clear(dx, in);
    each_winner(winner, w, place, [&](int64_t i, int64_t at) { dx[at] += dy[i]; });
  }
}

void index_of(int64_t* index, const uint8_t* winner, int64_t planes, const PoolWindow& w) {
  const int64_t count = w.out[0] * w.out[1] * w.out[2];
  int64_t place[256];
  find_places(place, w);
  for (int64_t p = 0; p < planes; ++p, index += count, winner += count)
    each_winner(winner, w, place, [&](int64_t i, int64_t at) { index[i] = at; });
}

template <class T>
void max_take(T* out, const T* v, const uint8_t* winner, int64_t planes, const PoolWindow& w) {
  const int64_t in = w.in[0] * w.in[1] * w.in[2], count = w.out[0] * w.out[1] * w.out[2];
  int64_t place[256];
  find_places(place, w);
  for (int64_t p = 0; p < planes; ++p, v += in, out += count, winner += count)
    each_winner(winner, w, place, [&](int64_t i, int64_t at) { out[i] = v[at]; });
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
