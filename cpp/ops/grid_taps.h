#pragma once
// Where a sampled point lies between the elements of one axis, and the weights of these elements
// with their derivatives by the point's coordinate.
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace nabla::ops {

enum class GridMode { bilinear, nearest, bicubic };
enum class GridPadding { zeros, border, reflection };

struct GridSampling {
  GridMode mode = GridMode::bilinear;
  GridPadding padding = GridPadding::zeros;
  bool align_corners = false;
};

// A place along an axis and its derivative by the coordinate in [-1, 1].
template <class T>
struct GridPlace {
  T at, slope;
};

// Coordinates -1 and 1 are the centres of the corner elements, or their outer edges.
template <class T>
GridPlace<T> unnormalized(T coordinate, int64_t size, bool align_corners) {
  const T slope = align_corners ? T(size - 1) / 2 : T(size) / 2;
  return {(coordinate + 1) * slope - (align_corners ? T(0) : T(0.5)), slope};
}

// Clamped to the elements; NaN becomes 0.
template <class T>
GridPlace<T> clipped(GridPlace<T> p, int64_t size) {
  const T last = T(size - 1);
  if (!(p.at > 0)) return {T(0), T(0)};
  if (p.at >= last) return {last, T(0)};
  return p;
}

// Mirrored at the corner elements, or at their outer edges.
template <class T>
GridPlace<T> reflected(GridPlace<T> p, int64_t size, bool align_corners) {
  const T low = align_corners ? T(0) : T(-0.5);
  const T span = align_corners ? T(size - 1) : T(size);
  if (span == 0) return {T(0), T(0)};
  T x = p.at - low;
  T slope = p.slope;
  if (x < 0) {
    x = -x;
    slope = -slope;
  }
  const T extra = std::fmod(x, span);
  const bool odd = std::fmod(std::floor(x / span), T(2)) != 0;
  return odd ? GridPlace<T>{span - extra + low, -slope} : GridPlace<T>{extra + low, slope};
}

template <class T>
GridPlace<T> padded(GridPlace<T> p, int64_t size, const GridSampling& how) {
  if (how.padding == GridPadding::zeros) return p;
  if (how.padding == GridPadding::reflection) p = reflected(p, size, how.align_corners);
  return clipped(p, size);
}

// Up to four elements of an axis: index (-1: none, counts as 0), weight and its first two
// derivatives by the coordinate.
template <class T>
struct AxisTaps {
  int count = 0;
  int64_t at[4];
  T w[4], d[4], dd[4];

  void add(T place, int64_t size, T weight, T first, T second) {
    at[count] = place >= 0 && place <= T(size - 1) ? int64_t(place) : -1;
    w[count] = weight;
    d[count] = first;
    dd[count] = second;
    ++count;
  }
};

// Keys' cubic convolution with a = -0.75 at distance x, its value and derivatives.
template <class T>
struct CubicWeight {
  T w, d, dd;
  static CubicWeight near(T x) {
    constexpr T a = T(-0.75);
    return {((a + 2) * x - (a + 3)) * x * x + 1, (3 * (a + 2) * x - 2 * (a + 3)) * x,
            6 * (a + 2) * x - 2 * (a + 3)};
  }
  static CubicWeight far(T x) {
    constexpr T a = T(-0.75);
    return {((a * x - 5 * a) * x + 8 * a) * x - 4 * a, (3 * a * x - 10 * a) * x + 8 * a,
            6 * a * x - 10 * a};
  }
};

template <class T>
AxisTaps<T> axis_taps(T coordinate, int64_t size, const GridSampling& how) {
  AxisTaps<T> taps;
  const GridPlace<T> raw = unnormalized(coordinate, size, how.align_corners);
  if (how.mode == GridMode::nearest) {
    taps.add(std::nearbyint(padded(raw, size, how).at), size, T(1), T(0), T(0));
    return taps;
  }
  if (how.mode == GridMode::bilinear) {
    const GridPlace<T> p = padded(raw, size, how);
    const T low = std::floor(p.at), beyond = p.at - low;
    taps.add(low, size, 1 - beyond, -p.slope, T(0));
    taps.add(low + 1, size, beyond, p.slope, T(0));
    return taps;
  }
  const T low = std::floor(raw.at), x = raw.at - low, s = raw.slope;
  const CubicWeight<T> weights[4] = {CubicWeight<T>::far(x + 1), CubicWeight<T>::near(x),
                                     CubicWeight<T>::near(1 - x), CubicWeight<T>::far(2 - x)};
  for (int k = 0; k < 4; ++k) {
    const CubicWeight<T>& c = weights[k];
    const T place = padded(GridPlace<T>{low + T(k - 1), s}, size, how).at;
    taps.add(std::trunc(place), size, c.w, (k < 2 ? c.d : -c.d) * s, c.dd * s * s);
  }
  return taps;
}

}  // namespace nabla::ops
