// Convolutions through the direct kernels: microseconds, per cent of the FMA peak measured beside
// each one (counting the multiplications of the definition), and two threads to one.
//   conv_bench [part of a case's name]
#include <cstdio>
#include <string>

#include "bench.h"
#include "ops/conv_direct.h"
#include "parallel/parallel.h"

using namespace nabla;
using namespace nabla_bench;
using ops::Conv2d;

namespace {

struct Layer {
  const char* name;
  int64_t in_c, size, out_c, k, stride, pad;
  bool grad_input;
};

constexpr Layer kLayers[] = {
    {"3x32x32->6 k5", 3, 32, 6, 5, 1, 0, false},
    {"6x14x14->16 k5", 6, 14, 16, 5, 1, 0, true},
    {"1x28x28->8 k3 p1", 1, 28, 8, 3, 1, 1, false},
    {"64x56x56->64 k3 p1", 64, 56, 64, 3, 1, 1, true},
    {"256x14x14->256 k3 p1", 256, 14, 256, 3, 1, 1, true},
    {"512x4x4->512 k3 p1", 512, 4, 512, 3, 1, 1, true},
    {"64x32x32->128 k3 s2 p1", 64, 32, 128, 3, 2, 1, true},
    {"3x224x224->64 k7 s2 p3", 3, 224, 64, 7, 2, 3, true},
};

Conv2d problem(const Layer& l, int64_t n) {
  Conv2d p{};
  p.n = n, p.groups = 1, p.in_c = l.in_c, p.in_h = p.in_w = l.size, p.out_c = l.out_c;
  p.k_h = p.k_w = l.k, p.stride_h = p.stride_w = l.stride, p.pad_h = p.pad_w = l.pad;
  p.dil_h = p.dil_w = 1;
  p.out_h = p.out_w = (l.size + 2 * l.pad - l.k) / l.stride + 1;
  return p;
}

template <class F>
void measure(const std::string& name, double flops, F&& run) {
  const int inner = static_cast<int>(std::clamp(300e-6 / (flops / 100e9), 1.0, 2000.0));
  auto seconds = [&](int threads) {
    set_num_threads(threads);
    if (!run()) return 0.0;
    const double start = now();
    for (int i = 0; i < inner; ++i) run();
    return (now() - start) / inner;
  };
  if (seconds(1) == 0) {
    std::printf("%-34s left to the general path\n", name.c_str());
    return;
  }
  std::vector<double> one, share, gain;
  const double end = now() + 0.3;
  for (int i = 0; i < 5 || (now() < end && i < 200); ++i) {
    const double top = peak();
    one.push_back(seconds(1));
    share.push_back(flops / one.back() * 1e-9 / top * 100);
    gain.push_back(one.back() / seconds(2));
  }
  std::printf("%-34s %10.2f us %8.1f GFLOP/s %6.1f %% of peak  2 threads %5.2fx\n", name.c_str(),
              median(one) * 1e6, flops / median(one) * 1e-9, median(share), median(gain));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("instruction set %s\n", kernels::tables().isa);
  for (const Layer& l : kLayers)
    for (int64_t n : {1, 4, 64, 256}) {
      if (l.size * l.in_c > 1000 && n > 4) continue;
      const Conv2d p = problem(l, n);
      const int64_t outputs = n * p.out_c * p.out_h * p.out_w;
      std::vector<float> x(n * p.in_c * p.in_h * p.in_w, 0.5f), y(outputs, 0.25f);
      std::vector<float> w(p.out_c * p.in_c * p.k_h * p.k_w, 0.125f), bias(p.out_c, 1.f);
      std::vector<float> dx(x.size()), dw(w.size());
      const double flops = 2.0 * static_cast<double>(outputs * p.in_c * p.k_h * p.k_w);
      const std::string name = std::string(l.name) + " n" + std::to_string(n);
      if (argc > 1 && name.find(argv[1]) == std::string::npos) continue;
      measure(name + " forward", flops, [&] {
        return ops::conv_direct_forward(p, x.data(), w.data(), bias.data(), y.data());
      });
      if (l.grad_input)
        measure(name + " dx", flops,
                [&] { return ops::conv_direct_grad_input(p, y.data(), w.data(), dx.data()); });
      measure(name + " dw", flops,
              [&] { return ops::conv_direct_grad_weight(p, x.data(), y.data(), dw.data()); });
    }
}
