// Plain twins of pooling: every window element by element, one plane at a time.
#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/tables/pool.h"

namespace nabla::kernels::ref {

inline int64_t pool_outputs(const PoolWindow& w) { return w.out[0] * w.out[1] * w.out[2]; }

// Where the window of output o starts along an axis.
inline int64_t pool_start(const PoolWindow& w, int64_t o, int axis) {
  const int64_t at[3] = {o / (w.out[1] * w.out[2]), o / w.out[2] % w.out[1], o % w.out[2]};
  return at[axis] * w.stride[axis] - w.padding[axis];
}

// Calls f(place in the plane, number in the window) for the elements of a window that are inside.
template <class F>
void each_element(const PoolWindow& w, int64_t o, F&& f) {
  for (int64_t k = 0; k < w.kernel[0] * w.kernel[1] * w.kernel[2]; ++k) {
    const int64_t step[3] = {k / (w.kernel[1] * w.kernel[2]), k / w.kernel[2] % w.kernel[1],
                             k % w.kernel[2]};
    int64_t place = 0;
    bool inside = true;
    for (int a = 0; a < 3; ++a) {
      const int64_t i = pool_start(w, o, a) + step[a] * w.dilation[a];
      inside &= i >= 0 && i < w.in[a];
      place = place * w.in[a] + i;
    }
    if (inside) f(place, k);
  }
}

// Largest of each window, its number in the window and its place in the plane.
template <class T>
void max_pool(T* y, int64_t* number, int64_t* index, const T* x, const PoolWindow& w) {
  for (int64_t o = 0; o < pool_outputs(w); ++o) {
    number[o] = -1;
    each_element(w, o, [&](int64_t i, int64_t k) {
      if (number[o] >= 0 && !(x[i] > y[o]) && !std::isnan(x[i])) return;
      y[o] = x[i];
      number[o] = k;
      index[o] = i;
    });
  }
}

// Sums over windows in double, divided.
template <class T>
void avg_pool(T* y, const T* x, const PoolWindow& w, const PoolDivisor& d) {
  for (int64_t o = 0; o < pool_outputs(w); ++o) {
    double sum = 0;
    int64_t count = 0, padded = 1;
    each_element(w, o, [&](int64_t i, int64_t) {
      sum += static_cast<double>(x[i]);
      ++count;
    });
    for (int a = 0; a < 3; ++a) {
      const int64_t start = pool_start(w, o, a);
      const int64_t end = start + w.kernel[a], edge = w.in[a] + w.padding[a];
      padded *= (end < edge ? end : edge) - start;
    }
    const int64_t divisor = d.fixed != 0 ? d.fixed : d.padded ? padded : count;
    y[o] = static_cast<T>(sum / static_cast<double>(divisor));
  }
}

}  // namespace nabla::kernels::ref
