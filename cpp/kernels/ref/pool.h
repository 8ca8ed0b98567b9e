// Plain twins of pooling: every window element by element, one plane at a time.
#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/tables/pool.h"

namespace nabla::kernels::ref {

// Calls f(output, input, number in the window) for every element of every window that is inside.
template <class F>
void each_element(const PoolWindow& w, F&& f) {
  int64_t o = 0;
  for (int64_t z = 0; z < w.out[0]; ++z)
    for (int64_t y = 0; y < w.out[1]; ++y)
      for (int64_t x = 0; x < w.out[2]; ++x, ++o) {
        const int64_t at[3] = {z, y, x};
        for (int64_t k = 0; k < w.kernel[0] * w.kernel[1] * w.kernel[2]; ++k) {
          const int64_t step[3] = {k / (w.kernel[1] * w.kernel[2]), k / w.kernel[2] % w.kernel[1],
                                   k % w.kernel[2]};
          int64_t input = 0;
          bool inside = true;
          for (int a = 0; a < 3; ++a) {
            const int64_t i = at[a] * w.stride[a] - w.padding[a] + step[a] * w.dilation[a];
            inside &= i >= 0 && i < w.in[a];
            input = input * w.in[a] + i;
          }
          if (inside) f(o, input, k);
        }
      }
}

// Largest of each window, its number in the window and its place in the plane.
template <class T>
void max_pool(T* y, int64_t* number, int64_t* index, const T* x, const PoolWindow& w) {
  for (int64_t o = 0; o < w.out[0] * w.out[1] * w.out[2]; ++o) number[o] = -1;
  each_element(w, [&](int64_t o, int64_t i, int64_t k) {
    if (number[o] >= 0 && !(x[i] > y[o]) && !std::isnan(x[i])) return;
    y[o] = x[i];
    number[o] = k;
    index[o] = i;
  });
}

// Sums over windows in double, divided.
template <class T>
void avg_pool(T* y, const T* x, const PoolWindow& w, const PoolDivisor& d) {
  const int64_t outputs = w.out[0] * w.out[1] * w.out[2];
  for (int64_t o = 0; o < outputs; ++o) {
    double sum = 0;
    int64_t count = 0;
    each_element(w, [&](int64_t other, int64_t i, int64_t) {
      if (other != o) return;
      sum += static_cast<double>(x[i]);
      ++count;
    });
    if (d.padded) {
      const int64_t at[3] = {o / (w.out[1] * w.out[2]), o / w.out[2] % w.out[1], o % w.out[2]};
      count = 1;
      for (int a = 0; a < 3; ++a) {
        const int64_t start = at[a] * w.stride[a] - w.padding[a];
        const int64_t end = start + w.kernel[a], edge = w.in[a] + w.padding[a];
        count *= (end < edge ? end : edge) - start;
      }
    }
    y[o] = static_cast<T>(sum / static_cast<double>(d.fixed != 0 ? d.fixed : count));
  }
}

}  // namespace nabla::kernels::ref
