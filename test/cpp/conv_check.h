// Data and comparisons for the tests of single paths of convolution.
#pragma once

#include <cmath>
#include <vector>

#include "check.h"
#include "kernel_data.h"
#include "kernels/ref/conv.h"
#include "ops/conv_columns.h"
#include "parallel/parallel.h"

namespace conv_check {

using nabla::ops::Conv2d;
using nabla_test::Guarded;

struct Data {
  explicit Data(const Conv2d& p, uint64_t seed = 1) {
    nabla_test::Numbers numbers(seed);
    x = numbers.vector<float>(p.n * p.in_c * p.in_h * p.in_w);
    w = numbers.vector<float>(p.out_c * p.in_c / p.groups * p.k_h * p.k_w);
    bias = numbers.vector<float>(p.out_c);
    dy = numbers.vector<float>(p.n * p.out_c * p.out_h * p.out_w);
  }
  std::vector<float> x, w, bias, dy;
};

// The largest difference; a NaN is the worst.
inline double worst(Guarded<float>& got, const std::vector<float>& want) {
  double e = 0;
  for (size_t i = 0; i < want.size(); ++i) {
    const double d =
        std::fabs(static_cast<double>(got[static_cast<int64_t>(i)]) - static_cast<double>(want[i]));
    e = d <= e ? e : d;
  }
  return e;
}

inline Guarded<float> like(const std::vector<float>& v) {
  return Guarded<float>(static_cast<int64_t>(v.size()));
}

// The three passes against the definition. Operands lie in [-1, 1), so what n terms add up to grows
// as the root of n, and so do the roundings, `eps` each.
template <class F, class I, class G>
void all_passes(const Conv2d& p, double eps, F&& forward, I&& grad_input, G&& grad_weight) {
  const Data d(p);
  const nabla::ops::Conv3d p3{p};
  const auto bound = [&](int64_t terms) {
    return eps * (2 + std::sqrt(static_cast<double>(terms)));
  };
  std::vector<float> y(d.dy), dx(d.x), dw(d.w);
  auto got_y = like(y), got_dx = like(dx), got_dw = like(dw);
  for (const float* bias : {d.bias.data(), static_cast<const float*>(nullptr)}) {
    nabla::kernels::ref::conv_forward(p3, d.x.data(), d.w.data(), bias, y.data());
    CHECK_TRUE(forward(p, d.x.data(), d.w.data(), bias, got_y.data()));
    CHECK_TRUE(got_y.intact());
    CHECK_NEAR(worst(got_y, y), 0, bound(p.in_c / p.groups * p.k_h * p.k_w));
  }
  nabla::kernels::ref::conv_grad_input(p3, d.dy.data(), d.w.data(), dx.data());
  CHECK_TRUE(grad_input(p, d.dy.data(), d.w.data(), got_dx.data()));
  CHECK_TRUE(got_dx.intact());
  CHECK_NEAR(worst(got_dx, dx), 0, bound(p.out_c / p.groups * p.k_h * p.k_w));
  nabla::kernels::ref::conv_grad_weight(p3, d.x.data(), d.dy.data(), dw.data(),
                                        static_cast<float*>(nullptr));
  CHECK_TRUE(grad_weight(p, d.x.data(), d.dy.data(), got_dw.data()));
  CHECK_TRUE(got_dw.intact());
  CHECK_NEAR(worst(got_dw, dw), 0, bound(p.n * p.out_h * p.out_w));
}

template <class F, class I, class G>
void same_bits(const Conv2d& p, F&& forward, I&& grad_input, G&& grad_weight) {
  const Data d(p);
  const int before = nabla::num_threads();
  std::vector<float> first[3];
  for (int threads : {1, 2, 5}) {
    std::vector<float> y(d.dy), dx(d.x), dw(d.w);
    nabla::set_num_threads(threads);
    forward(p, d.x.data(), d.w.data(), d.bias.data(), y.data());
    grad_input(p, d.dy.data(), d.w.data(), dx.data());
    grad_weight(p, d.x.data(), d.dy.data(), dw.data());
    if (threads == 1) {
      first[0] = y, first[1] = dx, first[2] = dw;
      continue;
    }
    CHECK_TRUE(first[0] == y);
    CHECK_TRUE(first[1] == dx);
    CHECK_TRUE(first[2] == dw);
  }
  nabla::set_num_threads(before);
}

}  // namespace conv_check
