// Plain twins of the convolutions: the sums as they are defined, added up in double precision. P is
// any struct with the fields of a three-dimensional problem (cpp/ops/conv_general.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nabla::kernels::ref {

using std::size_t;

// Calls f(output, input, weight) with the three flat indices of each product of the correlation.
template <class P, class F>
void each_conv_product(const P& p, F&& f) {
  const int64_t channels = p.in_c / p.groups, filters = p.out_c / p.groups;
  for (int64_t n = 0; n < p.n; ++n)
    for (int64_t o = 0; o < p.out_c; ++o)
      for (int64_t c = 0; c < channels; ++c)
        for (int64_t a = 0; a < p.k_d; ++a)
          for (int64_t b = 0; b < p.k_h; ++b)
            for (int64_t e = 0; e < p.k_w; ++e)
              for (int64_t z = 0; z < p.out_d; ++z)
                for (int64_t i = 0; i < p.out_h; ++i)
                  for (int64_t j = 0; j < p.out_w; ++j) {
                    const int64_t d = z * p.stride_d + a * p.dil_d - p.pad_d;
                    const int64_t h = i * p.stride_h + b * p.dil_h - p.pad_h;
                    const int64_t w = j * p.stride_w + e * p.dil_w - p.pad_w;
                    if (d < 0 || d >= p.in_d || h < 0 || h >= p.in_h || w < 0 || w >= p.in_w)
                      continue;
                    const int64_t from = o / filters * channels + c;
                    f((((n * p.out_c + o) * p.out_d + z) * p.out_h + i) * p.out_w + j,
                      (((n * p.in_c + from) * p.in_d + d) * p.in_h + h) * p.in_w + w,
                      (((o * channels + c) * p.k_d + a) * p.k_h + b) * p.k_w + e);
                  }
}

template <class T, class P>
void conv_forward(const P& p, const T* x, const T* w, const T* bias, T* y) {
  const int64_t plane = p.out_d * p.out_h * p.out_w;
  std::vector<double> sum(static_cast<size_t>(p.n * p.out_c * plane));
  for (size_t i = 0; bias != nullptr && i < sum.size(); ++i)
    sum[i] = static_cast<double>(bias[static_cast<int64_t>(i) / plane % p.out_c]);
  each_conv_product(p, [&](int64_t out, int64_t in, int64_t k) {
    sum[static_cast<size_t>(out)] += static_cast<double>(x[in]) * static_cast<double>(w[k]);
  });
  for (size_t i = 0; i < sum.size(); ++i) y[i] = static_cast<T>(sum[i]);
}

template <class T, class P>
void conv_grad_input(const P& p, const T* dy, const T* w, T* dx) {
  std::vector<double> sum(static_cast<size_t>(p.n * p.in_c * p.in_d * p.in_h * p.in_w));
  each_conv_product(p, [&](int64_t out, int64_t in, int64_t k) {
    sum[static_cast<size_t>(in)] += static_cast<double>(dy[out]) * static_cast<double>(w[k]);
  });
  for (size_t i = 0; i < sum.size(); ++i) dx[i] = static_cast<T>(sum[i]);
}

template <class T, class P>
void conv_grad_weight(const P& p, const T* x, const T* dy, T* dw, T* db) {
  const int64_t plane = p.out_d * p.out_h * p.out_w;
  std::vector<double> sum(
      static_cast<size_t>(p.out_c * (p.in_c / p.groups) * p.k_d * p.k_h * p.k_w));
  each_conv_product(p, [&](int64_t out, int64_t in, int64_t k) {
    sum[static_cast<size_t>(k)] += static_cast<double>(dy[out]) * static_cast<double>(x[in]);
  });
  for (size_t i = 0; i < sum.size(); ++i) dw[i] = static_cast<T>(sum[i]);
  if (db == nullptr) return;
  std::vector<double> total(static_cast<size_t>(p.out_c));
  for (int64_t i = 0; i < p.n * p.out_c * plane; ++i)
    total[static_cast<size_t>(i / plane % p.out_c)] += static_cast<double>(dy[i]);
  for (size_t o = 0; o < total.size(); ++o) db[o] = static_cast<T>(total[o]);
}

}  // namespace nabla::kernels::ref
