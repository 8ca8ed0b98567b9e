#include "ops/resample_bands.h"

#include <cmath>
#include <numbers>

namespace nabla::ops {
namespace {

// Input elements per output element. All positions are computed in T, float for float32, so that
// they are PyTorch's to the bit.
template <class T>
T step_of(const ResampleAxis& a, bool align_corners) {
  if (align_corners) return a.out > 1 ? T(a.in - 1) / T(a.out - 1) : T(0);
  return a.scale > 0 ? T(1.0 / a.scale) : T(a.in) / T(a.out);
}

// One element of the matrix before equal columns of a row are joined.
template <class T>
struct Tap {
  int64_t at;
  T weight;
};

// Appends a row: taps in the order of their places, those beyond the ends already clamped to them.
template <class T>
class Rows {
 public:
  explicit Rows(int64_t out) { rows_.reserve(size_t(out)); }
  void add(std::vector<Tap<T>> taps) {
    std::vector<Tap<T>> joined;
    for (const Tap<T>& tap : taps) {
      if (!joined.empty() && joined.back().at == tap.at)
        joined.back().weight += tap.weight;
      else
        joined.push_back(tap);
    }
    rows_.push_back(std::move(joined));
  }
  int64_t size() const { return int64_t(rows_.size()); }
  Band<T> band(int64_t in) const {
    Band<T> b;
    b.in = in;
    b.out = int64_t(rows_.size());
    for (const auto& row : rows_) b.taps = std::max(b.taps, int64_t(row.size()));
    b.weights.assign(rows_.size() * size_t(b.taps), T(0));
    b.identity = in == b.out;
    for (size_t o = 0; o < rows_.size(); ++o) {
      b.begin.push_back(rows_[o].empty() ? 0 : rows_[o].front().at);
      b.count.push_back(int64_t(rows_[o].size()));
      for (size_t k = 0; k < rows_[o].size(); ++k)
        b.weights[o * size_t(b.taps) + k] = rows_[o][k].weight;
      b.identity &= rows_[o].size() == 1 && rows_[o][0].at == int64_t(o) && rows_[o][0].weight == 1;
    }
    return b;
  }

 private:
  std::vector<std::vector<Tap<T>>> rows_;
};

template <class T>
Band<T> transpose_of(const Band<T>& b) {
  std::vector<std::vector<Tap<T>>> columns(static_cast<size_t>(b.in));
  for (int64_t o = 0; o < b.out; ++o)
    for (int64_t k = 0; k < b.count[size_t(o)]; ++k) {
      auto& column = columns[size_t(b.begin[size_t(o)] + k)];
      // A column is a run of rows: one that skips a row (never for monotone places) gets a zero.
      while (!column.empty() && column.back().at + 1 < o)
        column.push_back({column.back().at + 1, T(0)});
      column.push_back({o, b.weights[size_t(o * b.taps + k)]});
    }
  Rows<T> rows(b.in);
  for (auto& column : columns) rows.add(std::move(column));
  return rows.band(b.out);
}

// The place between elements that linear and cubic interpolation look at: element `at`, and the
// share `beyond` of the way to the next one.
template <class T>
struct Place {
  int64_t at;
  T beyond;
  Place(T real, int64_t in)
      : at(std::min(int64_t(std::floor(float(real))), in - 1)),
        beyond(std::min(std::max(real - T(at), T(0)), T(1))) {}
};

template <class T>
T source_place(T step, int64_t o, bool align_corners) {
  return align_corners ? step * T(o) : step * (T(o) + T(0.5)) - T(0.5);
}

// Keys' cubic convolution, inside and outside of the nearest elements.
template <class T>
T cubic_near(T x, T a) {
  return ((a + 2) * x - (a + 3)) * x * x + 1;
}
template <class T>
T cubic_far(T x, T a) {
  return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
}

template <class T>
std::vector<Tap<T>> linear_taps(const ResampleAxis& a, T step, int64_t o, bool align_corners) {
  if (a.in == a.out) return {{o, T(1)}};
  const Place<T> p(std::max(source_place(step, o, align_corners), T(0)), a.in);
  return {{p.at, T(1) - p.beyond}, {p.at + (p.at < a.in - 1 ? 1 : 0), p.beyond}};
}

template <class T>
std::vector<Tap<T>> cubic_taps(const ResampleAxis& a, T step, int64_t o, bool align_corners) {
  constexpr T kA = T(-0.75);
  const Place<T> p(source_place(step, o, align_corners), a.in);
  const T x = p.beyond;
  const T w[4] = {cubic_far(x + 1, kA), cubic_near(x, kA), cubic_near(1 - x, kA),
                  cubic_far(2 - x, kA)};
  std::vector<Tap<T>> taps;
  for (int64_t k = 0; k < 4; ++k)
    taps.push_back({std::clamp<int64_t>(p.at + k - 1, 0, a.in - 1), w[k]});
  return taps;
}

// The mean of the elements that the output element covers, in part or wholly.
template <class T>
std::vector<Tap<T>> area_taps(const ResampleAxis& a, int64_t o) {
  const int64_t first = o * a.in / a.out, last = ((o + 1) * a.in - 1) / a.out;
  std::vector<Tap<T>> taps;
  for (int64_t i = first; i <= last; ++i) taps.push_back({i, T(1) / T(last - first + 1)});
  return taps;
}

template <class T>
T sinc(T x) {
  if (x == 0) return 1;
  x *= std::numbers::pi_v<T>;
  return std::sin(x) / x;
}

// The kernels of antialiased resampling.
template <class T>
T smooth(Filter filter, T x) {
  x = std::abs(x);
  if (filter == Filter::smooth_linear) return x < 1 ? 1 - x : 0;
  if (filter == Filter::lanczos) return x < 3 ? sinc(x) * sinc(x / 3) : 0;
  constexpr T kA = T(-0.5);
  return x < 1 ? cubic_near(x, kA) : x < 2 ? cubic_far(x, kA) : 0;
}

// Antialiased: the kernel is as wide as the output elements where these are larger than the
// input's.
template <class T>
std::vector<Tap<T>> smooth_taps(const ResampleAxis& a, Filter filter, T step, int64_t o) {
  const T half = filter == Filter::smooth_linear ? 1 : filter == Filter::smooth_cubic ? 2 : 3;
  const T support = step >= 1 ? half * step : half;
  const T shrink = step >= 1 ? 1 / step : 1;
  const T centre = step * (T(o) + T(0.5));
  const int64_t first = std::max(int64_t(centre - support + T(0.5)), int64_t(0));
  const int64_t end = std::min(int64_t(centre + support + T(0.5)), a.in);
  std::vector<Tap<T>> taps;
  T total = 0;
  for (int64_t i = first; i < end; ++i) {
    const T w = smooth(filter, (T(i) - centre + T(0.5)) * shrink);
    taps.push_back({i, w});
    total += w;
  }
  if (total != 0)
    for (Tap<T>& tap : taps) tap.weight /= total;
  return taps;
}

template <class T>
int64_t nearest_index(const ResampleAxis& a, T step, int64_t o, bool exact) {
  if (a.by_size && !exact && a.out == a.in) return o;
  if (a.by_size && !exact && a.out == 2 * a.in) return o / 2;
  const double place = exact ? (double(o) + 0.5) * double(step) : double(T(o) * step);
  return std::clamp<int64_t>(int64_t(std::floor(float(place))), 0, a.in - 1);
}

}  // namespace

std::vector<int64_t> nearest_indices(const ResampleAxis& a, DType type, bool exact) {
  std::vector<int64_t> indices(static_cast<size_t>(a.out));
  for (int64_t o = 0; o < a.out; ++o)
    indices[size_t(o)] = type == DType::float64 && !a.by_size
                             ? nearest_index(a, step_of<double>(a, false), o, exact)
                             : nearest_index(a, step_of<float>(a, false), o, exact);
  return indices;
}

template <class T>
Band<T> resample_band(const ResampleAxis& a, Filter filter, bool align_corners, bool transposed) {
  const T step = step_of<T>(a, align_corners);
  Rows<T> rows(a.out);
  if (filter == Filter::nearest || filter == Filter::nearest_exact)
    for (int64_t i : nearest_indices(a, dtype_of<T>, filter == Filter::nearest_exact))
      rows.add({{i, T(1)}});
  for (int64_t o = rows.size(); o < a.out; ++o) {
    switch (filter) {
      case Filter::linear:
        rows.add(linear_taps(a, step, o, align_corners));
        break;
      case Filter::cubic:
        rows.add(cubic_taps(a, step, o, align_corners));
        break;
      case Filter::area:
        rows.add(area_taps<T>(a, o));
        break;
      default:
        rows.add(a.in == a.out ? std::vector<Tap<T>>{{o, T(1)}} : smooth_taps(a, filter, step, o));
    }
  }
  const Band<T> band = rows.band(a.in);
  return transposed ? transpose_of(band) : band;
}

template Band<float> resample_band(const ResampleAxis&, Filter, bool, bool);
template Band<double> resample_band(const ResampleAxis&, Filter, bool, bool);

}  // namespace nabla::ops
