// Winograd, depthwise and 1x1 convolutions: us of the three passes; the multiplications of the
// definition in per cent of the FMA peak measured beside; 3x3 against the path that is taken
// without Winograd; two threads to one.
//   winograd_bench [part of a case's name]
#include <cstdio>
#include <functional>

#include "bench.h"
#include "ops/conv2d.h"
#include "ops/conv_winograd.h"
#include "parallel/parallel.h"

using namespace nabla;
using namespace nabla::ops;
using namespace nabla_bench;

namespace {

struct Case {
  const char* name;
  int64_t n, in_c, size, out_c, k = 3, stride = 1, pad = 1, groups = 1;
};

constexpr Case kCases[] = {
    {"N4 64x56", 4, 64, 56, 64},
    {"N4 256x14", 4, 256, 14, 256},
    {"N32 64x56", 32, 64, 56, 64},
    {"N32 256x14", 32, 256, 14, 256},
    {"N8 64x32", 8, 64, 32, 64},
    {"N8 128x16", 8, 128, 16, 128},
    {"N8 256x8", 8, 256, 8, 256},
    {"N8 512x4", 8, 512, 4, 512},
    {"N32 64x32", 32, 64, 32, 64},
    {"N32 128x16", 32, 128, 16, 128},
    {"N32 256x8", 32, 256, 8, 256},
    {"N32 512x4", 32, 512, 4, 512},
    {"N8 512x7", 8, 512, 7, 512},
    {"N32 16x32", 32, 16, 32, 16},
    {"N32 32x16", 32, 32, 16, 32},
    {"N32 64x8", 32, 64, 8, 64},
    {"N32 128x4", 32, 128, 4, 128},
    {"dw N4 32x112 k3", 4, 32, 112, 32, 3, 1, 1, 32},
    {"dw N4 256x14 k3", 4, 256, 14, 256, 3, 1, 1, 256},
    {"dw N4 32x112 k3 s2", 4, 32, 112, 32, 3, 2, 1, 32},
    {"dw N4 256x14 k3 s2", 4, 256, 14, 256, 3, 2, 1, 256},
    {"dw N4 32x112 k5", 4, 32, 112, 32, 5, 1, 2, 32},
    {"dw N4 256x14 k5", 4, 256, 14, 256, 5, 1, 2, 256},
    {"dw N4 32x112 k5 s2", 4, 32, 112, 32, 5, 2, 2, 32},
    {"dw N4 256x14 k5 s2", 4, 256, 14, 256, 5, 2, 2, 256},
    {"dw N4 96x28 k7", 4, 96, 28, 96, 7, 1, 3, 96},
    {"k1 N4 64x56->256", 4, 64, 56, 256, 1, 1, 0},
    {"k1 N4 256x56->64", 4, 256, 56, 64, 1, 1, 0},
    {"k1 N4 512x7->2048", 4, 512, 7, 2048, 1, 1, 0},
    {"k1 s2 N8 64x32", 8, 64, 32, 128, 1, 2, 0},
    {"k1 s2 N8 128x16", 8, 128, 16, 256, 1, 2, 0},
    {"k1 s2 N8 256x8", 8, 256, 8, 512, 1, 2, 0},
    {"k1 s2 N32 64x32", 32, 64, 32, 128, 1, 2, 0},
    {"k1 s2 N32 128x16", 32, 128, 16, 256, 1, 2, 0},
    {"k1 s2 N32 256x8", 32, 256, 8, 512, 1, 2, 0},
    {"k1 s2 N32 16x32", 32, 16, 32, 32, 1, 2, 0},
    {"k1 s2 N32 32x16", 32, 32, 16, 64, 1, 2, 0},
    {"k1 s2 N32 64x8", 32, 64, 8, 128, 1, 2, 0},
};

void run_case(const Case& c) {
  const int64_t out = (c.size + 2 * c.pad - c.k) / c.stride + 1;
  const Conv2d p{c.n, c.groups, c.in_c,   c.size,   c.size, c.out_c, out, out,
                 c.k, c.k,      c.stride, c.stride, c.pad,  c.pad,   1,   1};
  const int64_t pixels = c.n * out * out;
  std::vector<float> x(c.n * c.in_c * c.size * c.size), dx(x.size()), y(pixels * c.out_c),
      dy(y.size());
  std::vector<float> w(c.in_c / c.groups * c.out_c * c.k * c.k), dw(w.size());
  for (size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 17) * 0.1f - 0.8f;
  for (size_t i = 0; i < dy.size(); ++i) dy[i] = static_cast<float>(i % 19) * 0.1f - 0.9f;
  for (size_t i = 0; i < w.size(); ++i) w[i] = static_cast<float>(i % 13) * 0.1f - 0.6f;
  const std::function<void()> passes[3] = {
      [&] { conv2d_forward(p, x.data(), w.data(), nullptr, y.data()); },
      [&] { conv2d_grad_input(p, dy.data(), w.data(), dx.data()); },
      [&] { conv2d_grad_weight(p, x.data(), dy.data(), dw.data(), nullptr); }};
  const double flops = 2.0 * static_cast<double>(pixels * c.in_c * c.out_c * c.k * c.k / c.groups);
  const int inner = static_cast<int>(std::clamp(1e-3 / (flops / 200e9), 1.0, 100.0));
  std::printf("%-18s", c.name);
  for (int pass = 0; pass < 3; ++pass) {
    auto seconds = [&](int threads, const auto& f) {
      set_num_threads(threads);
      f();
      const double start = now();
      for (int i = 0; i < inner; ++i) f();
      return (now() - start) / inner;
    };
    std::vector<double> one, share, gain, two;
    const double end = now() + 0.25;
    for (int i = 0; i < 3 || (now() < end && i < 100); ++i) {
      const double top = peak();
      one.push_back(seconds(1, passes[pass]));
      two.push_back(one.back() / seconds(2, passes[pass]));
      share.push_back(flops / one.back() * 1e-9 / top * 100);
      set_winograd_enabled(false);
      if (c.k == 3 && c.stride == 1 && c.groups == 1)
        gain.push_back(seconds(1, passes[pass]) / one.back());
      set_winograd_enabled(true);
    }
    if (gain.empty()) gain.push_back(0);
    std::printf(" | %s %8.0f us %4.0f %% %5.2fx, 2 threads %4.2fx",
                pass == 0   ? "y"
                : pass == 1 ? "dx"
                            : "dw",
                median(one) * 1e6, median(share), median(gain), median(two));
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("instruction set %s\n", kernels::tables().isa);
  for (const Case& c : kCases)
    if (argc < 2 || std::strstr(c.name, argv[1]) != nullptr) run_case(c);
}
