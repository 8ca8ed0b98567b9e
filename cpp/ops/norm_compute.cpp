// The work of the normalisation layers, cut into channels, groups or rows that stay in the second
// cache from the statistics to the scaling. The cuts follow from the shape alone.
#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/tables.h"
#include "ops/norm.h"
#include "parallel/parallel.h"

namespace nabla::ops {

namespace {

constexpr int64_t kChannels = 256;    // channels per kernel call
constexpr int64_t kResident = 65536;  // elements of one array that a task works on
constexpr int64_t kGrain = 16384;     // elements per parallel chunk
constexpr int64_t kRows = 64;         // rows whose column sums are added up in one chain

template <class T>
const kernels::NormFns<T>& functions() {
  if constexpr (std::is_same_v<T, float>) {
    return kernels::tables().norm.f32;
  } else {
    return kernels::tables().norm.f64;
  }
}

template <class T>
T rstd_of(T var, double eps) {
  return static_cast<T>(1 / std::sqrt(static_cast<double>(var) + eps));
}

// Planes that are their own group: [rows, channels, s] with statistics per channel. Instance norm
// is one row of n * c channels, whose weights repeat.
struct Planes {
  int64_t rows, channels, s, weights;
  int64_t stride() const { return channels * s; }
  // Channels per task: `arrays` blocks stay in cache, and runs of memory are not too short.
  int64_t per_task(int64_t arrays) const {
    const int64_t fit = kResident / arrays / std::max<int64_t>(1, rows * s);
    const int64_t run = s < 64 ? 64 / s : 1;
    return std::clamp<int64_t>(std::max(fit, run), 1, kChannels);
  }
};

Planes planes_of(const NormPlan& p) {
  if (p.batch) return {p.n, p.g, p.s, p.g};
  return {1, p.n * p.g, p.s, p.g};
}

template <class T>
void planes_forward(const NormPlan& p, const NormForward<T>& a) {
  const Planes v = planes_of(p);
  const auto& fns = functions<T>();
  const double count = static_cast<double>(v.rows * v.s);
  parallel_for(v.channels, v.per_task(2), [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; c += kChannels) {
      const int64_t size = std::min(kChannels, end - c);
      const T* x = a.x + c * v.s;
      if (!p.fixed) {
        double mean[kChannels], m2[kChannels];
        fns.plane_moments(mean, m2, x, size, v.rows, v.stride(), v.s);
        for (int64_t i = 0; i < size; ++i) {
          a.mean[c + i] = static_cast<T>(mean[i]);
          a.var[c + i] = static_cast<T>(m2[i] / count);
        }
      }
      T scale[kChannels], shift[kChannels];
      for (int64_t i = 0; i < size; ++i) {
        const int64_t w = (c + i) % v.weights;
        scale[i] = rstd_of(a.var[c + i], p.eps) * (a.weight != nullptr ? a.weight[w] : T(1));
        shift[i] = a.bias != nullptr ? a.bias[w] : T(0);
      }
      fns.plane_scale(a.y + c * v.s, x, a.mean + c, scale, shift, size, v.rows, v.stride(), v.s);
    }
  });
}

template <class T>
void planes_backward(const NormPlan& p, const NormBackward<T>& a) {
  const Planes v = planes_of(p);
  const auto& fns = functions<T>();
  const double count = static_cast<double>(v.rows * v.s);
  const bool sums = !p.fixed || a.dw != nullptr || a.db != nullptr;
  // Weights that repeat get their gradient from a sum over the repetitions.
  std::vector<double> parts(static_cast<size_t>(2 * v.channels));
  parallel_for(v.channels, v.per_task(4), [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; c += kChannels) {
      const int64_t size = std::min(kChannels, end - c);
      const T *x = a.x + c * v.s, *dy = a.dy + c * v.s, *mean = a.mean + c;
      double s1[kChannels], s2[kChannels];
      if (sums) fns.plane_sums(s1, s2, dy, x, mean, size, v.rows, v.stride(), v.s);
      T scale[kChannels], slope[kChannels], shift[kChannels];
      for (int64_t i = 0; i < size; ++i) {
        const double r = 1 / std::sqrt(static_cast<double>(a.var[c + i]) + p.eps);
        const T* w = a.weight;
        const double factor = w != nullptr ? r * static_cast<double>(w[(c + i) % v.weights]) : r;
        scale[i] = static_cast<T>(factor);
        slope[i] = p.fixed ? T(0) : static_cast<T>(-factor * r * r * s2[i] / count);
        shift[i] = p.fixed ? T(0) : static_cast<T>(-factor * s1[i] / count);
        if (!sums) continue;
        parts[static_cast<size_t>(c + i)] = s2[i] * r;
        parts[static_cast<size_t>(v.channels + c + i)] = s1[i];
      }
      if (a.dx != nullptr) {
        fns.plane_grad(a.dx + c * v.s, dy, x, mean, scale, slope, shift, size, v.rows, v.stride(),
                       v.s);
      }
    }
  });
  for (int64_t w = 0; w < v.weights; ++w) {
    double dw = 0, db = 0;
    for (int64_t c = w; c < v.channels; c += v.weights) {
      dw += parts[static_cast<size_t>(c)];
      db += parts[static_cast<size_t>(v.channels + c)];
    }
    if (a.dw != nullptr) a.dw[w] = static_cast<T>(dw);
    if (a.db != nullptr) a.db[w] = static_cast<T>(db);
  }
}

// Calls f(k) for each group k.
template <class F>
void each_group(const NormPlan& p, F&& f) {
  parallel_for(p.groups(), std::max<int64_t>(1, kGrain / p.group_size()),
               [&](int64_t begin, int64_t end) {
                 for (int64_t k = begin; k < end; ++k) f(k);
               });
}

template <class T>
void groups_forward(const NormPlan& p, const NormForward<T>& a) {
  const auto& fns = functions<T>();
  const int64_t size = p.group_size();
  each_group(p, [&](int64_t k) {
    double mean, m2;
    fns.plane_moments(&mean, &m2, a.x + k * size, 1, 1, size, size);
    a.mean[k] = static_cast<T>(mean);
    a.var[k] = static_cast<T>(m2 / static_cast<double>(size));
    const T r = rstd_of(a.var[k], p.eps);
    const int64_t w = k % p.g * p.d;
    T center[kChannels], scale[kChannels], shift[kChannels];
    for (int64_t c = 0; c < p.d; c += kChannels) {
      const int64_t count = std::min(kChannels, p.d - c);
      for (int64_t i = 0; i < count; ++i) {
        center[i] = a.mean[k];
        scale[i] = a.weight != nullptr ? r * a.weight[w + c + i] : r;
        shift[i] = a.bias != nullptr ? a.bias[w + c + i] : T(0);
      }
      const int64_t at = k * size + c * p.s;
      fns.plane_scale(a.y + at, a.x + at, center, scale, shift, count, 1, count * p.s, p.s);
    }
  });
}

template <class T>
void groups_backward(const NormPlan& p, const NormBackward<T>& a) {
  const auto& fns = functions<T>();
  const int64_t size = p.group_size(), channels = p.channels(), all = p.n * channels;
  std::vector<double> sums(static_cast<size_t>(2 * all));
  double *s1 = sums.data(), *s2 = s1 + all;
  each_group(p, [&](int64_t k) {
    const double r = 1 / std::sqrt(static_cast<double>(a.var[k]) + p.eps);
    const int64_t w = k % p.g * p.d;
    T center[kChannels], scale[kChannels], slope[kChannels], shift[kChannels];
    std::fill_n(center, kChannels, a.mean[k]);
    double g1 = 0, g2 = 0;
    for (int64_t c = 0; c < p.d; c += kChannels) {
      const int64_t count = std::min(kChannels, p.d - c), at = k * size + c * p.s;
      double *t1 = s1 + k * p.d + c, *t2 = s2 + k * p.d + c;
      fns.plane_sums(t1, t2, a.dy + at, a.x + at, center, count, 1, count * p.s, p.s);
      for (int64_t i = 0; i < count; ++i) {
        const double weight = a.weight != nullptr ? static_cast<double>(a.weight[w + c + i]) : 1.0;
        g1 += weight * t1[i];
        g2 += weight * t2[i];
        t2[i] *= r;
      }
    }
    if (a.dx == nullptr) return;
    const double over = 1 / static_cast<double>(size);
    std::fill_n(slope, kChannels, static_cast<T>(-r * r * r * g2 * over));
    std::fill_n(shift, kChannels, static_cast<T>(-r * g1 * over));
    for (int64_t c = 0; c < p.d; c += kChannels) {
      const int64_t count = std::min(kChannels, p.d - c), at = k * size + c * p.s;
      for (int64_t i = 0; i < count; ++i) {
        scale[i] =
            static_cast<T>(a.weight != nullptr ? r * static_cast<double>(a.weight[w + c + i]) : r);
      }
      fns.plane_grad(a.dx + at, a.dy + at, a.x + at, center, scale, slope, shift, count, 1,
                     count * p.s, p.s);
    }
  });
  for (int64_t c = 0; c < channels; ++c) {
    double dw = 0, db = 0;
    for (int64_t i = c; i < all; i += channels) {
      dw += s2[i];
      db += s1[i];
    }
    if (a.dw != nullptr) a.dw[c] = static_cast<T>(dw);
    if (a.db != nullptr) a.db[c] = static_cast<T>(db);
  }
}

template <class T>
void rows_forward(const NormPlan& p, const NormForward<T>& a) {
  const auto kernel = p.center ? functions<T>().row_norm : functions<T>().row_rms;
  parallel_for(p.n, std::max<int64_t>(1, kGrain / p.d), [&](int64_t begin, int64_t end) {
    const int64_t at = begin * p.d;
    kernel(a.y + at, a.mean + begin, a.var + begin, a.x + at, a.weight, a.bias, end - begin, p.d,
           static_cast<T>(p.eps));
  });
}

template <class T>
void rows_backward(const NormPlan& p, const NormBackward<T>& a) {
  const auto kernel = p.center ? functions<T>().row_norm_grad : functions<T>().row_rms_grad;
  // Column sums of each block of rows are kept apart: at most half of the input's size.
  const int64_t n = p.d, per = std::clamp<int64_t>(4 * kGrain / n, 4, kRows);
  const int64_t blocks = (p.n - 1) / per + 1;
  const bool sums = a.dw != nullptr || a.db != nullptr;
  std::vector<T> parts(static_cast<size_t>(sums ? 2 * blocks * n : 0));
  T *dw = parts.data(), *db = dw + blocks * n;
  parallel_for(blocks, std::max<int64_t>(1, kGrain / (per * n)), [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; ++b) {
      const int64_t row = b * per, at = row * n;
      kernel(a.dx != nullptr ? a.dx + at : nullptr, a.dw != nullptr ? dw + b * n : nullptr,
             a.db != nullptr ? db + b * n : nullptr, a.dy + at, a.x + at, a.weight, a.mean + row,
             a.var + row, std::min(per, p.n - row), n, static_cast<T>(p.eps));
    }
  });
  if (a.dw != nullptr) sum_down(a.dw, dw, blocks, n);
  if (a.db != nullptr) sum_down(a.db, db, blocks, n);
}

template <class T>
void forward(const NormPlan& p, const NormForward<T>& a) {
  if (p.numel() == 0) {  // groups of nothing
    if (!p.fixed) std::fill_n(a.mean, p.groups(), T(0));
    if (!p.fixed) std::fill_n(a.var, p.groups(), T(0));
  } else if (p.rows()) {
    rows_forward(p, a);
  } else if (p.d == 1) {
    planes_forward(p, a);
  } else {
    groups_forward(p, a);
  }
}

template <class T>
void backward(const NormPlan& p, const NormBackward<T>& a) {
  if (p.numel() == 0) {
    if (a.dw != nullptr) std::fill_n(a.dw, p.channels(), T(0));
    if (a.db != nullptr) std::fill_n(a.db, p.channels(), T(0));
  } else if (p.rows()) {
    rows_backward(p, a);
  } else if (p.d == 1) {
    planes_backward(p, a);
  } else {
    groups_backward(p, a);
  }
}

}  // namespace

void sum_down(float* out, const float* x, int64_t rows, int64_t n) {
  kernels::tables().reduce.f32.cols[kernels::kReduceSum](out, x, nullptr, rows, n, n);
}
void sum_down(double* out, const double* x, int64_t rows, int64_t n) {
  kernels::tables().reduce.f64.cols[kernels::kReduceSum](out, x, nullptr, rows, n, n);
}

void normalize_forward(const NormPlan& p, const NormForward<float>& a) { forward(p, a); }
void normalize_forward(const NormPlan& p, const NormForward<double>& a) { forward(p, a); }
void normalize_backward(const NormPlan& p, const NormBackward<float>& a) { backward(p, a); }
void normalize_backward(const NormPlan& p, const NormBackward<double>& a) { backward(p, a); }

}  // namespace nabla::ops
